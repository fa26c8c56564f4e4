"""An annex read: by everybody in what is published, by members and colleagues in a version."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from kommuneplan.access import public, signed_in
from kommuneplan.core.file_response import file_once
from kommuneplan.core.site.page_cache import kept_page
from plans.models import Plan, PlanVersion
from plans.models.submitted import versions_for
from plans.public.gone import gone
from plans.public.publications import moved_address, number_now

from ..published import (
    PublishedAnnex,
    annex_in,
    annex_line,
    file_of,
    last_with,
    newest_annex,
)

EVERYBODY = "public, max-age=0, must-revalidate"


@public
@require_safe
def published(request: HttpRequest, slug: str, uid: UUID) -> HttpResponseBase:
    """An annex of the plan as it is published now: its file, or a page."""
    at = request.arrived_at
    found = newest_annex(slug, uid, at=at)
    if found is not None:
        return _answer(request, found)
    last = last_with(slug, uid, at=at)
    if last is not None:
        return redirect("plans:version-annex", slug, last, uid)
    return _elsewhere(slug, None, uid, at=at)


@public
@require_safe
def in_version(request: HttpRequest, slug: str, number: int, uid: UUID) -> HttpResponseBase:
    """An annex of a version at its lasting address; of one that was withdrawn it says so."""
    at = request.arrived_at
    found = annex_in(slug, number, uid, at=at)
    if found is not None:
        return _answer(request, found)
    now = number_now(slug, number, at=at)
    if now is not None:
        return redirect("plans:version-annex", slug, now, uid, permanent=True)
    return _elsewhere(slug, number, uid, at=at)


def _answer(request: HttpRequest, found: PublishedAnnex) -> HttpResponseBase:
    if found.line.file:
        file = file_of(found.line)
        if file is None:
            raise Http404
        return file_once(request, file, caching=EVERYBODY)
    return kept_page(request, "plans/annexes/public.html", lambda: _page(found))


def _page(found: PublishedAnnex) -> dict[str, Any]:
    return {"annex": found.line, "found": found, "slug": found.slug}


def _elsewhere(slug: str, number: int | None, uid: UUID, *, at: dt.datetime) -> HttpResponseBase:
    """Lead on from an address the plan once had, or say that what stood there was taken back."""
    taken_back = gone(slug, number, at=at)
    if taken_back is not None:
        return taken_back
    moved = moved_address(slug, at=at)
    if moved is None:
        raise Http404
    if number is None:
        return redirect("plans:public-annex", moved, uid, permanent=True)
    return redirect("plans:version-annex", moved, number, uid, permanent=True)


@signed_in
@require_safe
def of_version(request: HttpRequest, key: UUID, uid: UUID) -> HttpResponseBase:
    """An annex of a frozen version, for members who may read the version and for those who work
    with its plan."""
    version = _readable(request, key)
    line = annex_line(version.content, uid)
    if line is None:
        raise Http404
    if line.file:
        file = file_of(line)
        if file is None:
            raise Http404
        return file_once(request, file, caching="private, no-cache")
    context = {"annex": line, "version": version, "plan": version.plan, "here": line.called}
    at_work = Plan.objects.readable_by(request.user).filter(pk=version.plan_id).exists()
    page = "of_version_at_work" if at_work else "of_version"
    return render(request, f"plans/annexes/{page}.html", context)


def _readable(request: HttpRequest, key: UUID) -> PlanVersion:
    """The version, if it exists for the person (404)."""
    theirs = versions_for(request.user, at=request.arrived_at).filter(uid=key).first()
    if theirs is not None:
        return theirs
    plans = Plan.objects.readable_by(request.user)
    return get_object_or_404(PlanVersion.objects.filter(plan__in=plans), uid=key)
