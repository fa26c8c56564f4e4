"""The theory of change of a plan as it is published now, on a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.clock import local_day
from kommuneplan.core.site.page_cache import kept_page
from plans.public import publications
from plans.public.gone import gone

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
    plan = publications.member(publications.family(slug, at=at), slug)
    if plan is None:
        return _elsewhere(request, slug)
    document = publications.documents([plan], on=local_day(at))[plan.uid]
    value = document.more.get(KEY)
    if not value:
        raise Http404("nothing of it is published")
    return {
        "slug": slug,
        "document": document,
        "chain": value,
        "views": theme_views(value, column_heads()),
    }


def _elsewhere(request: HttpRequest, slug: str) -> HttpResponseBase:
    taken_back = gone(slug, None, at=request.arrived_at)
    if taken_back is not None:
        return taken_back
    moved = publications.moved_address(slug, at=request.arrived_at)
    if moved is None:
        raise Http404
    return redirect("plans:effects-public", moved, permanent=True)
