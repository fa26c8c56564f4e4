"""The public pages of a plan: as it is published now, and each publication at its own address.

The pages know nobody and are kept, as bytes, under a key that names everything they show
(``plans.public.fingerprint``). They are rendered without a request, so that no cookie, nonce or
person can get into them.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.site.open_data import linked
from kommuneplan.core.site.page_cache import kept, page_bytes

from .. import plan_page
from ..fingerprint import pulse
from ..gone import gone
from ..metadata import tables_of
from ..publications import moved_address


@public
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A plan as it is published now; an earlier address leads on."""
    beat = pulse(slug, at=request.arrived_at)
    if not beat.is_published:
        return _elsewhere(request, slug)
    page = kept(
        request,
        f"plan-{beat.key}",
        lambda: page_bytes(
            "plans/public/plan.html", plan_page.plan_page(slug, at=request.arrived_at)
        ),
    )
    return linked(page, (path for path, _title in tables_of(slug)))


@public
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A version at its lasting address; a withdrawn one says that it is, and why. What a version
    was once numbered as well leads to its number."""
    beat = pulse(slug, at=request.arrived_at)
    if number in beat.former:
        return redirect("plans:version", slug, beat.former[number], permanent=True)
    if number in beat.withdrawn:
        return gone(slug, number, at=request.arrived_at) or _elsewhere(request, slug, number)
    if not beat.is_published:
        return _elsewhere(request, slug, number)
    if number not in beat.open:
        raise Http404
    return kept(
        request,
        f"version-{number}-{beat.key}",
        lambda: page_bytes(
            "plans/public/version.html", plan_page.version_page(slug, number, at=request.arrived_at)
        ),
    )


def _elsewhere(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Lead on from an address a plan once had, or say that what stood there was taken back.
    Raises Http404 when there never was anything."""
    taken_back = gone(slug, number, at=request.arrived_at)
    if taken_back is not None:
        return taken_back
    now = moved_address(slug, at=request.arrived_at)
    if now is None:
        raise Http404
    if number is None:
        return redirect("plans:plan", now, permanent=True)
    return redirect("plans:version", now, number, permanent=True)
