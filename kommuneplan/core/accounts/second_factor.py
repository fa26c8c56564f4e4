"""Who must have a second factor, and where they are led until they have one.

The one place that asks: a middleware, because the admin has doors of its own. What is public
passes without a look at the person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kommuneplan.core.enums import Role
from kommuneplan.core.models import User
from kommuneplan.core.site.context import municipality_of

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_ROLES = {Role.ADMINISTRATOR, Role.SECRETARY}


def holds_much(user: User) -> bool:
    """Whether the person's account opens what the municipality may want guarded twice."""
    return user.is_staff or user.is_superuser or any(role in _ROLES for _body, role in user.roles())


def has_one(user: User) -> bool:
    """Whether the person has set up a code app or a passkey (recovery codes alone are none)."""
    return Authenticator.objects.filter(user=user, type__in=STRONG).exists()


def came_through_the_municipality(request: HttpRequest) -> bool:
    """Whether the sign-in came from a provider that asks for a second factor itself."""
    return any(
        settings.SAML_HAS_SECOND_FACTOR
        if record.get("provider") == "saml"
        else settings.OIDC_HAS_SECOND_FACTOR
        for record in get_authentication_records(request, request.user)
        if record.get("method") == "socialaccount"
    )


def is_missing(request: HttpRequest) -> bool:
    """Whether the signed-in person must have a second factor and has none."""
    user = request.user
    return (
        user.is_authenticated
        and holds_much(user)
        and municipality_of(request).require_second_factor
        and not came_through_the_municipality(request)
        and not has_one(user)
    )


class SecondFactorMiddleware:
    """Leads whoever lacks a second factor they must have to the page where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_args: Any
    ) -> HttpResponse | None:
        """None lets the view answer."""
        if getattr(view, "door", None) == "public" or getattr(view, "without_second_factor", False):
            return None
        return redirect("mfa_index") if is_missing(request) else None
