"""The doors of the house: every view stands behind one of them.

``public`` lets everybody in and knows nobody; ``public_first`` shows some people more;
``signed_in`` asks for a user; ``may`` asks a permission as well; ``own_account`` is where a
second factor is set up. What a signed-in person sees is never kept by a shared cache.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from kommuneplan.pending_form import has_typed, keep

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Open to everybody; must not look at ``request.user``."""
    view.door = "public"  # type: ignore[attr-defined]
    return view


def public_first(view: View) -> View:
    """Open to everybody for what is public, and to whoever may see more. The view answers from
    what is public alone, and looks at the person, the second factor included, only where that
    does not answer; who may not see it gets a 404."""
    view.door = "public first"  # type: ignore[attr-defined]
    view.without_second_factor = True  # type: ignore[attr-defined]
    return view


_straight: set[str] = set()


def register_straight_in(permission: str) -> None:
    """Strangers at the doors that ask this permission go over to the municipality's own sign-in at
    once, where there is one, and come back to what they wanted: a link in an agenda costs no page
    between."""
    _straight.add(permission)


def signed_in(view: View, permission: str = "") -> View:
    """Open to whoever has signed in; others are sent to the sign-in page and back.

    What they had typed comes along (``kept``). ``permission``: what the door asks besides.
    """
    inside = cache_control(private=True, no_store=True)(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return inside(request, *args, **kwargs)
        return sign_in_first(request, permission)

    guarded.door = "signed_in"  # type: ignore[attr-defined]
    return guarded


def _has_saml() -> bool:
    return bool(settings.SOCIALACCOUNT_PROVIDERS.get("saml", {}).get("APPS"))


@cache_control(private=True, no_store=True)
def sign_in_first(request: HttpRequest, permission: str = "") -> HttpResponse:
    """The way to the sign-in page; what was typed comes along (``kept``)."""
    if request.htmx:
        return HttpResponse(status=401)
    if request.method != "POST" or not has_typed(request):
        straight = permission in _straight and settings.SAML_MEMBERS_STRAIGHT and _has_saml()
        there = "saml_login" if straight and request.method == "GET" else None
        return redirect_to_login(request.get_full_path(), there)
    context = {"kept": keep(request), "had_file": bool(request.FILES)}
    return render(request, "account/session_over.html", context, status=401)


def own_account(view: View) -> View:
    """Open to whoever has signed in, even before a second factor that they must have is set up:
    the pages where it is done, and the way out."""
    guarded = signed_in(view)
    guarded.without_second_factor = True  # type: ignore[attr-defined]
    return guarded


def may(permission: str) -> Callable[[View], View]:
    """Open to a signed-in person who has the permission at all (not on an object)."""

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        outer = signed_in(guarded, permission)
        outer.door = permission  # type: ignore[attr-defined]
        return outer

    return door
