"""The forms of an account: codes, keys, passwords, invitations."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.models import Body, Invitation, User
from kommuneplan.core.permissions import GIVEN_BY_SECRETARIES

from .adapters import WRONG_CODE
from .attempts import CODE


def matching_counter(row: Authenticator, code: str) -> int | None:
    """The thirty seconds a code app's code belongs to; None when it is wrong, or not newer than
    the last one taken, so that a code that somebody has seen counts once."""
    secret = decrypt(row.data["secret"])
    last = row.data.get("last_counter", -1)
    for counter in yield_hotp_counters_from_time():
        right = format_hotp_value(hotp_value(secret, counter))
        if counter > last and constant_time_compare(code, right):
            return counter
    return None


class CodeForm(BaseAuthenticateForm):
    """A code from the app, or a recovery code. Wrong ones are counted apart from wrong passwords:
    only who knows the password can try codes."""

    again = False
    code = forms.CharField(
        label=_("Code"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
        help_text=_("Six digits from your code app, or one of your recovery codes."),
    )

    def clean_code(self) -> str:
        """Try every way to confirm the person has; the first that fits is used up."""
        code = "".join(self.cleaned_data["code"].split())
        credentials = {"username": f"{self.user.email}{CODE}"}
        if not AxesProxyHandler.is_allowed(context.request, credentials):
            context.request.axes_locked_out = True
            raise forms.ValidationError(WRONG_CODE)
        with transaction.atomic():
            rows = Authenticator.objects.select_for_update().filter(user=self.user)
            for row in rows.exclude(type=Authenticator.Type.WEBAUTHN):
                if self._takes(row, code):
                    self.authenticator = row
                    return code
        user_login_failed.send(sender=__name__, credentials=credentials, request=context.request)
        raise forms.ValidationError(WRONG_CODE)

    def _takes(self, row: Authenticator, code: str) -> bool:
        row.user = self.user
        if row.type == Authenticator.Type.RECOVERY_CODES:
            return row.wrap().validate_code(code)
        counter = matching_counter(row, code)
        if counter is None:
            return False
        row.data["last_counter"] = counter
        row.save(update_fields=["data"])
        return True

    def save(self) -> None:
        """Note in the session that this factor has been shown."""
        post_authentication(context.request, self.authenticator, reauthenticated=self.again)


class CodeAgainForm(CodeForm):
    """The same, before something that only its owner may change."""

    again = True


class CodeAppForm(ActivateTOTPForm):
    """The first code of a newly set up app."""

    code = forms.CharField(
        label=_("Code from the app"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """People type the space that apps show."""
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return super().clean_code()


class KeyForm(AddWebAuthnForm):
    """A new passkey; the browser fills in the hidden part."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        required=False,
        max_length=60,
        help_text=_("So that you know it again: “work computer”, “my telephone”."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with the passkey alone, without a password"),
        required=False,
        initial=True,
        help_text=_("The device then asks for your fingerprint, face or PIN."),
    )


class PasswordAgainForm(forms.Form):
    """The password once more, before something that only its owner may change."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Through the same counting as signing in."""
        password = self.cleaned_data["password"]
        found = authenticate(context.request, username=self.user.email, password=password)
        if found != self.user:
            raise forms.ValidationError(_("The password is not right."))
        return password


class NewPersonForm(forms.Form):
    """What an invited person says about themselves."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters, not only digits, and not a common password."),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """As strong as the installation asks."""
        password = self.cleaned_data["password"]
        person = User(email=self.email, name=self.cleaned_data.get("name", ""))
        password_validation.validate_password(password, person)
        return password


class InvitationForm(forms.ModelForm):
    """Whom to invite to what."""

    class Meta:
        model = Invitation
        fields = ["email", "name", "role", "body"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:  # the admin shows what was sent without fields
            self.fields["body"].queryset = Body.objects.all()

    def only_into(self, bodies: QuerySet[Body]) -> None:
        """A secretary invites members and those who work with plans, to the secretary's bodies."""
        roles = [(role.value, capfirst(role.label)) for role in GIVEN_BY_SECRETARIES]
        self.fields["role"].choices = [("", _("Choose")), *roles]
        self.fields["body"].queryset = bodies
        self.fields["body"].required = True
        self.fields["body"].help_text = ""
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0]

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return self.cleaned_data["email"].strip().lower()
