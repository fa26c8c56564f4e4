"""What the sign-in libraries keep of people, in the admin: to look at. A lost second factor and a
link to another sign-in can be taken away; neither is made, moved or read out there. Providers
are configured in the environment alone, so that no row can let anybody in."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from kommuneplan.core.admin_kit import ReadOnlyAdmin

for theirs in (Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession):
    admin.site.unregister(theirs)


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
