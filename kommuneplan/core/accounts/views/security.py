"""A person's own account: password, second factor, where they are signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kommuneplan.access import own_account
from kommuneplan.read_only import writes_when_opened

from ..browsers import in_words
from ..second_factor import is_missing


class _Security(IndexView):
    template_name = "account/security.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = UserSession.objects.purge_and_list(self.request.user)
        rows.sort(key=lambda row: row.created_at, reverse=True)
        context["sessions"] = [
            {"browser": in_words(row.user_agent), "begun": row.created_at, "here": row.is_current()}
            for row in rows
        ]
        context["must"] = is_missing(self.request)
        return context


class _Password(auth.PasswordChangeView):
    template_name = "account/password.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Every other session ends with the old password; this one gets a new key."""
        response = super().form_valid(form)
        UserSession.objects.create_from_request(self.request)
        messages.success(
            self.request, _("The new password is saved. You are signed out everywhere else.")
        )
        return response


security = own_account(_Security.as_view())
password = own_account(_Password.as_view())
again = own_account(ReauthenticateView.as_view(template_name="account/again.html"))
code_again = own_account(CodeAgainView.as_view(template_name="account/again.html"))
key_again = own_account(ReauthenticateWebAuthnView.as_view(template_name="account/key_again.html"))
code_app = own_account(ActivateTOTPView.as_view(template_name="account/code_app.html"))
code_app_off = own_account(DeactivateTOTPView.as_view(template_name="account/code_app_off.html"))
# The package moves codes into another form when they are shown.
recovery = own_account(
    writes_when_opened(ViewRecoveryCodesView.as_view(template_name="account/recovery.html"))
)
recovery_new = own_account(
    GenerateRecoveryCodesView.as_view(template_name="account/recovery_new.html")
)
key_new = own_account(AddWebAuthnView.as_view(template_name="account/key_new.html"))
key_off = own_account(RemoveWebAuthnView.as_view(template_name="account/key_off.html"))


@own_account
def keys(request: HttpRequest) -> HttpResponse:
    """Passkeys are listed with everything else."""
    return redirect("mfa_index")


@own_account
@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out in every browser, this one included."""
    end_sessions(request, list(UserSession.objects.filter(user=request.user)))
    messages.success(request, _("You are signed out everywhere."))
    return redirect("account:login")
