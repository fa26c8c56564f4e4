"""The public pages of a plan: as it is published now, and each publication at its own address.

They know nobody and are kept as bytes (``kommuneplan.core.site.page_cache``).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.site.open_data import linked
from kommuneplan.core.site.page_cache import kept_page

from .. import plan_page
from ..gone import gone
from ..metadata import tables_of
from ..publications import moved_address, number_now


@public
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A plan as it is published now; an earlier address leads on."""
    at = request.arrived_at
    page = kept_page(
        request,
        "plans/public/plan.html",
        lambda: plan_page.plan_page(slug, at=at) or _elsewhere(slug, at=at),
    )
    return linked(page, (path for path, _title in tables_of(slug)))


@public
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A version at its lasting address; a withdrawn one says that it is, and why. What a version
    was once numbered as well leads to its number."""
    at = request.arrived_at
    return kept_page(request, "plans/public/version.html", lambda: _version(slug, number, at=at))


def _version(slug: str, number: int, *, at: dt.datetime) -> dict[str, Any] | HttpResponseBase:
    now = number_now(slug, number, at=at)
    if now is not None:
        return redirect("plans:version", slug, now, permanent=True)
    return plan_page.version_page(slug, number, at=at) or _elsewhere(slug, number, at=at)


def _elsewhere(slug: str, number: int | None = None, *, at: dt.datetime) -> HttpResponseBase:
    """Lead on from an address a plan once had, or say that what stood there was taken back.
    Raises Http404 when there never was anything."""
    taken_back = gone(slug, number, at=at)
    if taken_back is not None:
        return taken_back
    moved = moved_address(slug, at=at)
    if moved is None:
        raise Http404
    if number is None:
        return redirect("plans:plan", moved, permanent=True)
    return redirect("plans:version", moved, number, permanent=True)
