"""The forms of core."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


def attempted_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whose failures an attempt counts among: the mail address in lower case, so that capital
    letters give nobody more attempts."""
    given = credentials if credentials else request.POST
    return str(given.get("username") or "").strip().lower()


class SignInForm(AuthenticationForm):
    """Sign-in with mail address and password; says the same whatever was wrong."""

    error_messages = {
        "invalid_login": _(
            "The e-mail address and the password do not belong together. Check both and try again."
        ),
        "inactive": _("This account is closed. Write to your system administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": not self.is_bound}
        )
        self.fields["password"].label = _("Password")

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """The password was right: on to the second factor, or in."""
        login = Login(user=self.get_user(), redirect_url=redirect_url)
        return perform_password_login(request, {}, login)


class ForgottenForm(PasswordResetForm):
    """Asks for the mail address; never says whether anybody has it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
