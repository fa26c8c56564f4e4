"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kommuneplan.access import public

from ..forms import SignInForm

_sign_in = auth.LoginView.as_view(
    template_name="account/login.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)


@public
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Sign in, and on to the page asked for, if it is one of ours."""
    return _sign_in(request)


@public
@require_POST
@never_cache
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out, and to the front page; nothing that was written stays in the browser."""
    answer = auth.LogoutView.as_view()(request)
    answer["Clear-Site-Data"] = '"storage"'
    return answer
