"""What the sign-in libraries keep of people, in the admin: to look at. A lost second factor and a
link to another sign-in can be taken away; neither is made, moved or read out there. Providers
are configured in the environment alone, so that no row can let anybody in."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.admin_kit import ReadOnlyAdmin

for theirs in (Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession):
    admin.site.unregister(theirs)
for attempts in (AccessAttempt, AccessFailureLog, AccessLog):
    admin.site.unregister(attempts)


def name_rows() -> None:
    """What a row is called at the head of its page; the library's own words are English."""

    def attempt(row: Any) -> str:
        return f"{row.username or row.ip_address} {date_format(localtime(row.attempt_time))}"

    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        kept.__str__ = attempt
    UserSession._meta.verbose_name = _("session")
    UserSession._meta.verbose_name_plural = _("sessions")
    SocialAccount._meta.verbose_name = _("link to the municipality's sign-in")
    SocialAccount._meta.verbose_name_plural = _("links to the municipality's sign-in")
    Authenticator._meta.verbose_name = _("second factor")
    Authenticator._meta.verbose_name_plural = _("second factors")


name_rows()


class OfAPerson(ReadOnlyAdmin):
    """Found by the person."""

    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]


class Removable(OfAPerson):
    """Can be taken away, by whoever may delete such rows at all."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As Django's permissions say."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(Authenticator)
class AuthenticatorAdmin(Removable):
    """Second factors, without their secrets."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    exclude = ["data"]


@admin.register(SocialAccount)
class SocialAccountAdmin(Removable):
    """Links to the municipality's own sign-in."""

    list_display = ["user", "provider", "date_joined", "last_login"]
    exclude = ["extra_data"]


@admin.register(UserSession)
class UserSessionAdmin(OfAPerson):
    """Where somebody is signed in; the key of the session itself is not shown."""

    list_display = ["user", "created_at", "last_seen_at"]
    exclude = ["session_key", "data"]


class OfASignIn(ReadOnlyAdmin):
    """Who tried to sign in, from where and when; what was typed is not shown."""

    list_display = ["attempt_time", "username", "ip_address"]
    list_filter = ["attempt_time"]
    search_fields = ["ip_address", "username"]
    date_hierarchy = "attempt_time"
    fields = ["username", "ip_address", "attempt_time", "user_agent"]


@admin.register(AccessLog)
class AccessLogAdmin(OfASignIn):
    """Who signed in, and when they left."""

    list_display = ["attempt_time", "logout_time", "username", "ip_address"]
    fields = ["username", "ip_address", "attempt_time", "logout_time", "user_agent"]


@admin.register(AccessFailureLog)
class AccessFailureLogAdmin(OfASignIn):
    """Each sign-in that was refused."""

    list_display = ["attempt_time", "username", "ip_address", "locked_out"]
    fields = ["username", "ip_address", "attempt_time", "locked_out", "user_agent"]


@admin.register(AccessAttempt)
class AccessAttemptAdmin(OfASignIn):
    """Refused sign-ins that still count; taking a row away lets the person try again."""

    list_display = ["attempt_time", "username", "ip_address", "failures_since_start"]
    fields = ["username", "ip_address", "attempt_time", "failures_since_start", "user_agent"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As Django's permissions say."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
