"""The status reports of a published plan, for everybody; kept as bytes like its other pages."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.core.site.page_cache import kept_page, page_bytes
from plans.public.gone import gone
from plans.public.publications import moved_address

from .. import public_page


@public
@require_safe
def listed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All that were published, the newest first."""
    at = request.arrived_at
    return kept_page(
        request, "plans/status_reports/public_list.html", lambda: _list(request, slug, at)
    )


def _list(request: HttpRequest, slug: str, at: dt.datetime) -> Any:
    title = public_page.public_title(slug, at=at)
    if not title:
        return _elsewhere(request, slug, at)
    reports = [one for one in public_page.public_reports(slug) if one.is_newest]
    if not reports:
        raise Http404
    return {"slug": slug, "plan_title": title, "reports": reports}


@public
@require_safe
def report(
    request: HttpRequest, slug: str, number: int, edition: int | None = None
) -> HttpResponseBase:
    """One of them, in its newest edition or in one that was named."""
    at = request.arrived_at
    context = partial(_report, request, slug, number, edition, at)
    return kept_page(request, "plans/status_reports/public.html", context)


def _report(
    request: HttpRequest, slug: str, number: int, edition: int | None, at: dt.datetime
) -> Any:
    shown = public_page.report_page(slug, number, edition, at=at)
    if shown is not None:
        return shown
    taken = public_page.taken_back(slug, number, at=at)
    if taken is not None:
        return HttpResponse(page_bytes("plans/status_reports/taken_back.html", taken), status=410)
    return _elsewhere(request, slug, at)


def _elsewhere(request: HttpRequest, slug: str, at: dt.datetime) -> HttpResponseBase:
    """Lead on from an address the plan once had, or say that it was taken back. Raises Http404
    where there never was anything."""
    taken = gone(slug, None, at=at)
    if taken is not None:
        return taken
    moved = moved_address(slug, at=at)
    if moved is None:
        raise Http404
    here = request.resolver_match
    assert here is not None
    return redirect(reverse(here.view_name, kwargs={**here.kwargs, "slug": moved}), permanent=True)
