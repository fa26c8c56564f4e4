"""The municipality's own sign-in by SAML: over to the provider, and back with its answer.

The answer is a POST from the provider's page, so it comes without our cookies. It is checked
there and then; what it says, or why it is refused, goes signed in a cookie of two minutes to a
page of our own, which sees the session again and knows whether this browser has asked. Nothing is
stored meanwhile, and the session is not touched: a new one would push aside the one there is.
"""

from __future__ import annotations

import logging

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kommuneplan.access import public
from kommuneplan.read_only import writes_when_opened

from .. import saml
from .account import carried_on

logger = logging.getLogger(__name__)
_COOKIE = "saml-svar"


def _refused(request: HttpRequest, error: saml.SamlRefused) -> HttpResponse:
    """Back to the sign-in page with a message; the log says which check it was, and no more."""
    if not isinstance(error, saml.RefusedBefore):
        logger.warning("SAML: %s", error)
    if str(error) == "LEVEL_TOO_LOW":
        messages.error(
            request,
            _(
                "The municipality's sign-in was not safe enough for this place. Sign in again "
                "with two factors, such as a code on your telephone."
            ),
        )
        return redirect("account:login")
    try:
        get_adapter().on_authentication_error(request, None)
    except ImmediateHttpResponse as answer:
        return answer.response
    return redirect("account:login")


def _provider(request: HttpRequest) -> saml.Provider:
    return saml.Provider(request, app=saml.app_or_404())


@public
@require_safe
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Over to the provider with a question; where the person wanted to go is kept meanwhile."""
    provider = _provider(request)
    try:
        address, number = saml.question(request)
    except saml.SamlRefused as error:
        return _refused(request, error)
    wanted = request.GET.get("next")
    wanted = wanted if wanted and get_account_adapter().is_safe_url(wanted) else None
    provider.stash_redirect_state(request, "login", next_url=wanted, state_id=number)
    return redirect(address)


@public
@csrf_exempt  # comes from the provider's page; what guards it is the signature, and ``finish``
@require_POST
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """The provider's answer: checked, and carried on to where the session can be seen."""
    try:
        sealed = saml.answer(request).sealed()
    except saml.SamlRefused as error:
        logger.warning("SAML: %s", error)
        sealed = saml.RefusedBefore(str(error)).sealed()
    there = reverse("saml_finish")
    response = redirect(there)
    response.set_cookie(
        _COOKIE,
        sealed,
        max_age=120,
        path=there,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@public
@require_safe
@never_cache
@writes_when_opened
def finish(request: HttpRequest) -> HttpResponse:
    """Signed in, if this very browser asked and the question was not answered before."""
    response = _finished(request)
    response.delete_cookie(_COOKIE, path=reverse("saml_finish"), samesite="Lax")
    return response


def _finished(request: HttpRequest) -> HttpResponse:
    provider = _provider(request)
    try:
        told = saml.Told.unsealed(request.COOKIES.get(_COOKIE, ""))
        state = provider.unstash_redirect_state(request, told.answers)
    except saml.SamlRefused as error:
        return _refused(request, error)
    except PermissionDenied:
        return _refused(request, saml.SamlRefused("NOT_ASKED_FOR"))
    sign_in = provider.sociallogin_from_response(request, told)
    sign_in.state = state
    try:
        return carried_on(request, complete_social_login(request, sign_in))
    except ImmediateHttpResponse as answer:
        return answer.response


@public
@require_safe
@never_cache
def metadata(request: HttpRequest) -> HttpResponse:
    """This house as the provider is to know it."""
    return HttpResponse(saml.own_metadata(request), content_type="application/samlmetadata+xml")


@public
@require_safe
@never_cache
@writes_when_opened
def single_logout(request: HttpRequest) -> HttpResponse:
    """The person has signed out over there, and is signed out here too."""
    try:
        there, kind = saml.logged_out_over_there(request)
    except saml.SamlRefused as error:
        return _refused(request, error)
    if kind == "request":
        logout(request)
    return redirect(there or "account:login")
