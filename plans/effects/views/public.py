"""The theory of change of a plan as it is published now, on a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.site.page_cache import kept_page
from plans.public.gone import gone
from plans.public.plan_page import plan_page
from plans.public.publications import moved_address

from ..part import KEY
from ..theme_view import theme_views
from ..words import column_heads


@public
@require_safe
def chain(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Pictures, lists and tables of what is published; an earlier address leads on."""
    return kept_page(request, "plans/effects/public.html", lambda: _page(request, slug))


def _page(request: HttpRequest, slug: str) -> dict[str, Any] | HttpResponseBase:
    at = request.arrived_at
    page = plan_page(slug, at=at)
    if page is None:
        return _elsewhere(request, slug)
    value = page["document"].more.get(KEY)
    if not value:
        raise Http404("nothing of it is published")
    return {**page, "chain": value, "views": theme_views(value, column_heads())}


def _elsewhere(request: HttpRequest, slug: str) -> HttpResponseBase:
    taken_back = gone(slug, None, at=request.arrived_at)
    if taken_back is not None:
        return taken_back
    moved = moved_address(slug, at=request.arrived_at)
    if moved is None:
        raise Http404
    return redirect("plans:effects-public", moved, permanent=True)
