"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kommuneplan.access import public
from kommuneplan.kept import KeptForm, kept

from ..forms import SignInForm


class _SignIn(auth.LoginView):
    """Sign-in that carries on a form which the session did not last for."""

    template_name = "account/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and self._form():
            return self._go_on()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        answer = super().form_valid(form)
        return self._go_on() if self._form() else answer

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        sealed = self.request.POST.get("kept", "") if self._form() else ""
        return {**super().get_context_data(**more), "kept": sealed}

    def _form(self) -> KeptForm | None:
        return kept(self.request.POST.get("kept", ""))

    def _go_on(self) -> HttpResponse:
        return render(self.request, "account/go_on.html", {"form": self._form()})


_sign_in = _SignIn.as_view()


@public
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Sign in, and on to the page asked for, if it is one of ours."""
    return _sign_in(request)


@public
@require_POST
@never_cache
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out, and to the front page."""
    return auth.LogoutView.as_view()(request)
