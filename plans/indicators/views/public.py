"""The indicators of a published plan on a page of their own."""

from __future__ import annotations

import datetime as dt
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

from ..part import indicators_of


@public
@require_safe
def indicators(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What is published of them, by focus area; 404 where there is none."""
    at = request.arrived_at  # type: ignore[attr-defined]
    return kept_page(
        request,
        "plans/indicators/public.html",
        lambda: _page(slug, at=at) or _elsewhere(slug, at=at),
    )


def _page(slug: str, *, at: dt.datetime) -> dict[str, Any] | None:
    family = publications.family(slug, at=at)
    plan = publications.member(family, slug)
    if plan is None:
        return None
    document = publications.documents([plan], on=local_day(at))[plan.uid]
    found = indicators_of(document)
    if not found:
        raise Http404
    areas = {area.uid: area.title for area in document.focus}
    shown = [(title, [one for one in found if one.focus == uid]) for uid, title in areas.items()]
    whole = [one for one in found if one.focus not in areas]
    return {
        "slug": slug,
        "document": document,
        "whole": whole,
        "areas": [(title, rows) for title, rows in shown if rows],
    }


def _elsewhere(slug: str, *, at: dt.datetime) -> HttpResponseBase:
    taken_back = gone(slug, None, at=at)
    if taken_back is not None:
        return taken_back
    moved = publications.moved_address(slug, at=at)
    if moved is None:
        raise Http404
    return redirect("plans:public-indicators", moved, permanent=True)
