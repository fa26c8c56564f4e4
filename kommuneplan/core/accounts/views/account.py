"""Signing in and out, and getting in again when the password is forgotten."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import public
from kommuneplan.core.forms import ForgottenForm, SignInForm
from kommuneplan.pending_form import PendingForm, kept

from ..actions.passwords import offer_new_password

_KEPT = "kept"


class _SignIn(LoginView):
    """Sign-in that carries on a form which the session did not last for."""

    form_class = SignInForm
    template_name = "account/login.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = kept(request.POST.get(_KEPT, ""))
        if request.user.is_authenticated and form:
            return _go_on(request, form)
        if form and "elsewhere" in request.POST:
            return _wait_for(request, form)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        answer = super().form_valid(form)
        typed = kept(self.request.POST.get(_KEPT, ""))
        if not typed:
            return carried_on(self.request, answer)
        if self.request.user.is_authenticated:
            return _go_on(self.request, typed)
        # Between password and code it waits, signed, in the session that is being begun.
        return _waiting(self.request, answer, "known")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sealed = self.request.POST.get(_KEPT, "")
        providers = get_adapter().list_providers(self.request)
        more = {"providers": providers, "kept": sealed if kept(sealed) else ""}
        return super().get_context_data(**kwargs, **more)


class _Code(AuthenticateView):
    """The second step, after which a kept form goes on."""

    template_name = "account/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return carried_on(request, super().dispatch(request, *args, **kwargs))


def _wait_for(request: HttpRequest, form: PendingForm) -> HttpResponse:
    """The person wants to sign in by a passkey or the municipality's sign-in: the form waits,
    signed, as it does between password and code."""
    query = urlencode({"next": form.address})
    there = redirect(f"{reverse('account:login')}?{query}")
    answer = _waiting(request, there, "stranger")
    if answer is there:
        messages.info(request, _("What you wrote is kept here. Sign in, and you can send it."))
    return answer


def _waiting(request: HttpRequest, onwards: HttpResponse, who: str) -> HttpResponse:
    """A short form waits in the session, and the person goes on. A longer one is kept in no row: it
    waits in its page, while the person signs in in another window."""
    sealed = request.POST[_KEPT]
    if len(sealed) <= settings.WAITING_FORM_BYTES[who]:
        request.session[_KEPT] = sealed
        return onwards
    context = {"kept": sealed, "onwards": onwards["Location"]}
    return render(request, "account/wait_here.html", context)


def carried_on(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer to a sign-in, or first the form that waited for it."""
    if not request.user.is_authenticated:
        return answer
    form = kept(request.session.pop(_KEPT, ""))
    return _go_on(request, form) if form else answer


def _go_on(request: HttpRequest, form: PendingForm) -> HttpResponse:
    return render(request, "account/go_on.html", {"form": form})


_sign_in = _SignIn.as_view()
_code = _Code.as_view()
_passkey = LoginWebAuthnView.as_view()


@public
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Sign in, and on to the page asked for, if it is one of ours, or first to the code."""
    return _sign_in(request)


@public
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The second step of signing in: a code or a passkey."""
    return _code(request)


@public
@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in by passkey alone: the challenge (GET, by script), and the answer to it (POST)."""
    return carried_on(request, _passkey(request))


@public
@require_POST
@never_cache
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out, and to the front page; nothing that was written stays in the browser."""
    answer = auth.LogoutView.as_view()(request)
    answer["Clear-Site-Data"] = '"storage"'
    return answer


class _Forgotten(auth.PasswordResetView):
    form_class = ForgottenForm
    template_name = "account/forgotten.html"
    success_url = reverse_lazy("account:forgotten-sent")

    def form_valid(self, form: Any) -> HttpResponse:
        page = reverse("account:new-password", args=["WHO", "TOKEN"])
        for person in form.get_users(form.cleaned_data["email"]):
            offer_new_password(user=person, address=self.request.build_absolute_uri(page))
        return redirect(self.get_success_url())


_forgotten = _Forgotten.as_view()


@public
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link to a new password; the answer is the same for everybody.

    Who asks too often gets the same answer and no mail.
    """
    if request.method == "POST":
        address = request.POST.get("email", "").strip().lower()
        if not ratelimit.consume(request, action="reset_password", key=address):
            return redirect("account:forgotten-sent")
    return _forgotten(request)


@public
@never_cache
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    """What to expect in the mail, and what to do when nothing comes."""
    return auth.PasswordResetDoneView.as_view(template_name="account/forgotten_sent.html")(request)


class _NewPassword(auth.PasswordResetConfirmView):
    template_name = "account/password_new.html"
    success_url = reverse_lazy("account:login")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("The new password is saved. Sign in with it."))
        return super().form_valid(form)


_new_password = _NewPassword.as_view()


@public
@never_cache
def new_password(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Choose a new password by the link in the mail; signing in still asks for the code."""
    return _new_password(request, uidb64=uidb64, token=token)
