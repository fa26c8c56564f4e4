"""What has happened to a plan in a time, gathered from the data for a status report.

Nothing of a closed item is gathered: a report goes to those who have no part in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import TimeSpan
from plans.consultations import rounds
from plans.document.date_words import short
from plans.enums import CycleState, MilestoneState, Outcome, Purpose
from plans.models import DateChange, Milestone, Plan, StatusReport, Treatment

from .first_text import Fact, FactKind
from .other_facts import other_facts
from .period import CoveredTime, period_of


def last_sent(plan: Plan, *, before: StatusReport | None = None) -> StatusReport | None:
    """The last report of a plan that was sent; of those before another."""
    rows = plan.status_reports.frozen().newest_editions()
    if before is not None:
        rows = rows.filter(number__lt=before.number)
    return rows.defer("content", "facts").order_by("-number").first()


def gather(report: StatusReport) -> list[Fact]:
    """The facts of a report's time, in the order in which they are told."""
    plan, period = report.plan, period_of(report)
    beside = list(other_facts(report, period))
    if report.initiative_id is not None:
        return [*_background(plan, report), *beside]
    milestones = [*_milestones(plan)]
    return [
        *_background(plan, report),
        *_done(plan, milestones, period),
        *_decided(plan, period),
        *_consultations(plan, period),
        *_under_way(plan, milestones, period),
        *_coming(plan, milestones, period),
        *beside,
    ]


def _milestones(plan: Plan) -> list[Milestone]:
    rows = Milestone.objects.filter(cycle__plan=plan).exclude(cycle__state=CycleState.WITHDRAWN)
    moved = DateChange.objects.order_by("changed_at", "pk")
    return list(
        rows.select_related("meeting")
        .prefetch_related(Prefetch("date_changes", moved))
        .order_by("sort_begin", "sort_end", "position", "pk")
    )


def _when(span: TimeSpan | None, written: str = "") -> str:
    return short(span) if span else written


def _of(kind: FactKind, plan: Plan, row: Milestone, **more: str) -> Fact:
    more.setdefault("when", _when(row.takes_place, row.written))
    return Fact(
        kind,
        str(row.uid),
        row.title,
        source=_("Process plan: %(title)s") % {"title": row.title},
        address=reverse("plans:milestone", args=[plan.slug, row.uid]),
        **more,
    )


def _background(plan: Plan, report: StatusReport) -> Iterator[Fact]:
    adopted = (
        Treatment.objects.deciding(Purpose.ADOPTION)
        .filter(matter__plans__cycle__plan=plan, is_closed=False, decided_on__isnull=False)
        .select_related("body", "matter")
        .order_by("decided_on", "pk")
        .last()
    )
    if adopted is not None:
        yield _treated(FactKind.ADOPTED, plan, adopted)
    last = last_sent(plan, before=report)
    if last is not None and last.dated_on is not None:
        yield Fact(
            FactKind.LAST_REPORT,
            str(last.uid),
            last.title,
            when=day_words(last.dated_on),
            source=last.name,
            address=reverse("plans:report", args=[plan.slug, last.uid]),
        )


def _done_on(row: Milestone) -> dt.date | None:
    """The day it was done; where nobody has written it, its own last day."""
    if row.done_on is not None:
        return row.done_on
    span = row.takes_place
    return span.latest if span else None


def _done(plan: Plan, rows: list[Milestone], period: CoveredTime) -> Iterator[Fact]:
    for row in rows:
        if row.state == MilestoneState.DONE and period.holds(_done_on(row)):
            told = {"when": day_words(row.done_on)} if row.done_on else {}
            yield _of(FactKind.DONE, plan, row, **told)


def _treated(kind: FactKind, plan: Plan, row: Treatment) -> Fact:
    outcome = Outcome(row.outcome).label
    return Fact(
        kind,
        str(row.uid),
        _("%(outcome)s (%(matter)s)") % {"outcome": outcome, "matter": row.matter.title},
        when=day_words(row.decided_on),
        who=row.body.name,
        source=_("Decision: %(matter)s") % {"matter": row.matter.title},
        address=reverse("plans:matter", args=[plan.slug, row.matter.uid]),
    )


def _decided(plan: Plan, period: CoveredTime) -> Iterator[Fact]:
    rows = Treatment.objects.filter(
        matter__plans__cycle__plan=plan, is_closed=False, decided_on__lte=period.until
    )
    if period.since is not None:
        rows = rows.filter(decided_on__gt=period.since)
    rows = rows.exclude(outcome="").select_related("body", "matter").distinct()
    for row in rows.order_by("decided_on", "pk"):
        yield _treated(FactKind.DECIDED, plan, row)


def _consultations(plan: Plan, period: CoveredTime) -> Iterator[Fact]:
    for line in rounds().lines(plan.slug, at=clock.now()):
        told = {
            "title": line.title,
            "when": day_words(line.last_day),
            "source": _("Consultation: %(title)s") % {"title": line.title},
            "address": line.address,
        }
        if line.is_open:
            yield Fact(FactKind.CONSULTING, line.address, **told)
        elif line.state == "closed" and period.holds(line.last_day):
            yield Fact(FactKind.CONSULTED, line.address, number=line.responses, **told)


def _under_way(plan: Plan, rows: list[Milestone], period: CoveredTime) -> Iterator[Fact]:
    for row in rows:
        moved = [
            one for one in row.date_changes.all() if period.holds(clock.local_day(one.changed_at))
        ]
        if moved and row.state == MilestoneState.CANCELLED:
            yield _of(FactKind.CANCELLED, plan, row, why=moved[-1].reason)
        elif moved and row.state == MilestoneState.PLANNED:
            before = _when(moved[0].when, moved[0].written)
            yield _of(FactKind.MOVED, plan, row, before=before, why=moved[-1].reason)
        span = row.takes_place
        if row.state != MilestoneState.PLANNED or span is None or span.latest is None:
            continue
        if span.latest < period.until:
            yield _of(FactKind.OVERDUE, plan, row)
        elif span.earliest is not None and span.earliest <= period.until:
            yield _of(FactKind.UNDER_WAY, plan, row)


def _coming(plan: Plan, rows: list[Milestone], period: CoveredTime) -> Iterator[Fact]:
    for row in rows:
        span = row.takes_place
        if row.state == MilestoneState.PLANNED and period.comes(span):
            yield _of(FactKind.COMING, plan, row)
