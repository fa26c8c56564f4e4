"""The dates of plans as calendars: of one plan, of a body, of the whole municipality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kommuneplan.access import public
from kommuneplan.clock import local_day
from kommuneplan.core.models import Body, Meeting
from kommuneplan.core.site.page_cache import kept_bytes
from kommuneplan.documents import ical
from plans import exports
from plans.consultations import rounds
from plans.document.told_dates import told_dates
from plans.enums import MilestoneState, PublicState
from plans.models import FrozenMilestone, Publication
from plans.public.bodies import known_body, moved_body, plans_of, public_meetings
from plans.public.publications import published
from plans.public.standing import SEAL, standings, with_seal

from ..downloads import (
    document_of,
    elsewhere,
    house_row,
    issue_of,
    publication_of,
    standing_of,
    told_of,
)

LOOKS_BACK = dt.timedelta(days=365)
_TYPE = "text/calendar; charset=utf-8"


@public
@require_safe
def of_plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The dates of one plan, and the deadlines of its consultations."""
    return _kept(request, f"{slug}.ics", lambda: _of_plan(request, slug))


@public
@require_safe
def of_all(request: HttpRequest) -> HttpResponseBase:
    """The dates of all plans and the public meetings of all bodies: the last twelve months and
    what is to come."""
    at = request.arrived_at
    return _kept(request, "kalender.ics", lambda: _shared(request, published(at=at), None))


@public
@require_safe
def of_body(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A body's public meetings and the dates of its plans."""
    return _kept(request, f"{slug}.ics", lambda: _of_body(request, slug))


def _kept(
    request: HttpRequest, name: str, make: Callable[[], bytes | HttpResponseBase]
) -> HttpResponseBase:
    """A calendar, kept as public pages are."""
    response = kept_bytes(request, "calendar", make, content_type=_TYPE)
    if response.status_code == HTTPStatus.OK:
        response["Content-Disposition"] = content_disposition_header(False, name)
        response["X-Content-Type-Options"] = "nosniff"
    return response


def _of_plan(request: HttpRequest, slug: str) -> bytes | HttpResponseBase:
    at = request.arrived_at
    publication = publication_of(request, slug, None)
    if publication is None:
        return elsewhere(request, slug)
    told = told_of(publication, None)
    titles = {publication.plan_id: publication.version.title}
    ends = rounds().deadlines(list(titles), at=at)
    return ical.render_calendar(
        exports.plan_calendar(
            document_of(publication, told, at),
            issue=issue_of(publication, at),
            municipality=house_row(),
            home=f"{settings.SITE_ADDRESS}/planer/",
            told=told,
            standing=standing_of(publication, at),
            more=exports.deadline_events(ends, titles, site=settings.SITE_ADDRESS),
        )
    )


def _of_body(request: HttpRequest, slug: str) -> bytes | HttpResponseBase:
    at = request.arrived_at
    body = known_body(slug, at=at)
    if body is not None:
        return _shared(request, plans_of(body, at=at), body)
    if now := moved_body(slug):
        return redirect("plans:body-calendar", now, permanent=True)
    raise Http404


def _shared(request: HttpRequest, current: QuerySet[Publication], body: Body | None) -> bytes:
    at = request.arrived_at
    rows = with_seal(current.with_sequence(), at=at).values_list(
        "version_id", "plan__slug", "version__public_number", "visible_from", "version__title",
        "sequence", "plan_id", *SEAL,
    )  # fmt: skip
    rows = list(rows.order_by("pk"))
    issues = {
        version: exports.Issue(
            slug, number, since, sequence, title=title, withdrawn=state == PublicState.WITHDRAWN
        )
        for version, slug, number, since, title, sequence, _plan, state, *_more in rows
    }
    states = {row[0]: row[7] for row in rows if row[7] != PublicState.WITHDRAWN}
    over = [version for version, state in states.items() if PublicState(state).is_over]
    plans = {row[0]: row[6] for row in rows}
    titles = {row[6]: row[4] for row in rows}
    cut = local_day(at) - LOOKS_BACK
    # An open end ("fra 2015") is shown on its first day, so that day decides.
    recent = Q(sort_begin__gte=cut) | Q(sort_end__gte=cut, latest_end__isnull=False)
    still_to_come = Q(version__in=over, sort_begin__gt=local_day(at))
    wanted = FrozenMilestone.objects.filter(recent, version__in=current.values("version")).exclude(
        still_to_come & Q(state=MilestoneState.PLANNED)
    )
    wanted = wanted.order_by("sort_begin", "sort_end", "version", "position")
    site = settings.SITE_ADDRESS
    found = standings(current, at=at)
    ends = rounds().deadlines(list(titles), at=at, since=at - LOOKS_BACK)
    return ical.render_calendar(
        exports.shared_calendar(
            wanted.exclude(precision="").iterator(2000),
            issues=issues,
            municipality=house_row(),
            home=f"{settings.SITE_ADDRESS}/planer/",
            told=told_dates(current.values("plan")),
            standing={version: found[plan] for version, plan in plans.items() if plan in found},
            body=body.name if body else "",
            more=[
                *exports.deadline_events(ends, titles, site=site),
                *exports.meeting_events(_changed(public_meetings(since=cut, body=body)), site=site),
            ],
            url=f"{site}{request.path}",
        )
    )


def _changed(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with when each was changed last."""
    rows = Meeting.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    return meetings.annotate(changed=Subquery(rows.values("history_date")[:1]))
