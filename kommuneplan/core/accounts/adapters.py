"""How django-allauth is used here: closed to self sign-up, in our words, with our counting."""

from __future__ import annotations

import base64
import hashlib
from pathlib import PurePath
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.core.models import User
from kommuneplan.core.site.context import municipality_of

WRONG_CODE = gettext_lazy(
    "The code is not right, or has been used. Wait for the next code, or use a recovery code."
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, with a new session key; the backend that loads the person is Django's own."""
        user.backend = "kommuneplan.core.backends.PasswordBackend"  # type: ignore[attr-defined]
        super().login(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """A closed account does not come in by a passkey or the municipality's sign-in either."""
        messages.error(request, _("This account is closed. Write to your system administrator."))
        return redirect("account:login")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The library sends no mail of its own; ours go through ``actions.mailing``."""
        raise NotImplementedError(template_prefix)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address a session comes from; behind a local socket there is none."""
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104  (an address that is none)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our own words for what has been done; nothing where the page says it already."""
        words = {
            "totp_activated": _("The code app is set up. It is asked for when you sign in."),
            "totp_deactivated": _("The code app is removed. Its codes are no longer taken."),
            "webauthn_added": _("The passkey is set up."),
            "webauthn_removed": _("The passkey is removed. It is no longer taken."),
        }
        done = PurePath(message_template or "").stem
        text = message or words.get(done)
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"kommuneplan.second-factor:" + key.encode()) for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(d.digest())) for d in digests])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of code apps are enciphered in the database: a stolen copy opens nothing."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Enciphered with a key made from SECRET_KEY."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Deciphered with the key of today or one of SECRET_KEY_FALLBACKS."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """What the code app shows as the place."""
        from allauth.core import context

        return municipality_of(context.request).name

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """A name for a passkey that was given none."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}


class OpenIdAdapter(DefaultSocialAccountAdapter):
    """The municipality's own sign-in lets in those who have an account here, and nobody else."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Known by the subject; the first time by an address the provider has verified."""
        if not sociallogin.is_existing:
            user = self._by_verified_address(sociallogin)
            if user is None:
                self._refuse(request)
            sociallogin.connect(request, user)

    def _by_verified_address(self, sociallogin: SocialLogin) -> User | None:
        for address in sociallogin.email_addresses:
            if address.verified:
                found = User.objects.filter(email=address.email.strip().lower(), is_active=True)
                return found.first()
        return None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: an account comes from an invitation."""
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_rest: Any) -> None:
        """Back to the sign-in page, whatever went wrong over there."""
        messages.error(
            request,
            _(
                "The municipality's sign-in did not answer as it should. Nothing has happened. "
                "Try again."
            ),
        )
        raise ImmediateHttpResponse(redirect("account:login"))

    def _refuse(self, request: HttpRequest) -> None:
        messages.error(
            request,
            _(
                "You have no account here that belongs to the municipality's sign-in. Ask your "
                "administrator for an invitation."
            ),
        )
        raise ImmediateHttpResponse(redirect("account:login"))
