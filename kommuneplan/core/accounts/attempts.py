"""Wrong passwords and codes are counted by person and network, so that a stranger's attempts close
nothing for the owner of an account.

django-axes counts. A browser in which somebody has signed in before counts as a network of its
own, known by a cookie that only the house can write. An account with a second factor is not closed
by wrong passwords until there are very many: behind the password there is another door, whose
attempts are counted apart.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from collections.abc import Callable
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.exceptions import AxesBackendPermissionDenied
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from kommuneplan.client_address import network_of
from kommuneplan.core.forms import attempted_address
from kommuneplan.core.models import User

from .second_factor import has_one

COOKIE = "kendt"
DAYS = 180
FAR_TOO_MANY = 100
"""Wrong passwords from one network that close also an account with a second factor."""
CODE = "#kode"
"""Stands after the address where wrong codes are counted, and not wrong passwords."""


def network_of_attempt(request: HttpRequest) -> str:
    """Where an attempt to sign in comes from: the network, or the browser where the house knows it
    (then an address of the private IPv6 networks, which no client can have)."""
    browser = _known(request, attempted_address(request))
    if browser:
        digits = hashlib.sha256(browser.encode()).digest()[:15]
        return str(ipaddress.IPv6Address(b"\xfd" + digits))
    return network_of(request.META.get("REMOTE_ADDR", ""))


def _known(request: HttpRequest, address: str) -> str:
    """The mark of a browser in which this person has signed in; else nothing."""
    value = request.COOKIES.get(COOKIE, "")
    try:
        person, browser = signing.loads(value, salt=COOKIE, max_age=DAYS * 24 * 60 * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(browser) if constant_time_compare(str(person), _person(address)) else ""


def _person(address: str) -> str:
    """A person without their address: it would stand in the browser for everybody to read."""
    return salted_hmac(COOKIE, address.strip().lower()).hexdigest()[:20]


class KnownBrowserMiddleware:
    """Leaves the mark in a browser in which somebody has just signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = request.session.session_key
        response = self.get_response(request)
        is_new = request.session.session_key != before
        if is_new and request.user.is_authenticated and not _known(request, request.user.email):
            _leave_mark(response, request.user)
        return response


def _leave_mark(response: HttpResponse, user: User) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps([_person(user.email), secrets.token_hex(8)], salt=COOKIE),
        max_age=DAYS * 24 * 60 * 60,
        path="/konto/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class AttemptsBackend(AxesStandaloneBackend):
    """Closes the door after too many attempts."""

    def authenticate(self, request: HttpRequest, *args: Any, **credentials: Any) -> None:
        """None lets the next backend look at the password. Raises AxesBackendPermissionDenied."""
        try:
            super().authenticate(request, *args, **credentials)
        except AxesBackendPermissionDenied:
            given = {"username": credentials.get("username") or ""}
            if AxesProxyHandler.get_failures(request, given) >= FAR_TOO_MANY:
                raise
            owner = User.objects.filter(email__iexact=given["username"], is_active=True).first()
            if owner is None or not has_one(owner):
                raise
            request.axes_locked_out = False
