"""What stands beside the process plan and is told in a status report: activities of initiatives,
money, requests that were answered, values that were measured. Nothing of a closed item."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.timespan.phrase import day_words
from plans.budget.amounts import kroner_words
from plans.document.date_words import short
from plans.enums import ActivityState
from plans.indicators.numbers import number_words
from plans.models import (
    ActivityMove,
    BudgetStep,
    InitiativeActivity,
    Measurement,
    Plan,
    RequestAnswer,
    StatusReport,
)

from .first_text import Fact, FactKind
from .period import CoveredTime

CLOSED = Q(item__own_closed=True) | Q(item__treatment__is_closed=True)


def other_facts(report: StatusReport, period: CoveredTime) -> Iterator[Fact]:
    """All of them, of the plan or of the one initiative that a report is about."""
    yield from _activities(report, period)
    if report.initiative_id is None:
        yield from _money(report.plan, period)
        yield from _measured(report.plan, period)
    yield from _answered(report.plan, period)


def _activities(report: StatusReport, period: CoveredTime) -> Iterator[Fact]:
    rows = InitiativeActivity.objects.filter(
        initiative__plan=report.plan, initiative__retired_at__isnull=True
    )
    if report.initiative_id is not None:
        rows = rows.filter(initiative=report.initiative_id)
    moves = Prefetch("moves", ActivityMove.objects.order_by("changed_at", "pk"))
    for row in rows.select_related("initiative").prefetch_related(moves):
        yield from _activity(report.plan, row, period)


def _activity(plan: Plan, row: InitiativeActivity, period: CoveredTime) -> Iterator[Fact]:
    when = short(row.when) if row.when else row.written
    moved = [one for one in row.moves.all() if period.holds(clock.local_day(one.changed_at))]
    done = row.done_on or (row.when.latest if row.when else None)
    kind, told = None, {"when": when}
    if row.state == ActivityState.DONE and period.holds(done):
        kind, told = FactKind.DONE, {"when": day_words(row.done_on) if row.done_on else when}
    elif moved and ActivityState(row.state).is_open:
        before = short(moved[0].when) if moved[0].when else moved[0].written
        kind, told = FactKind.MOVED, {"when": when, "before": before, "why": moved[-1].reason}
    elif row.is_overdue(period.until):
        kind = FactKind.OVERDUE
    elif row.state == ActivityState.UNDER_WAY:
        kind = FactKind.UNDER_WAY
    elif row.state == ActivityState.PLANNED and period.comes(row.when):
        kind = FactKind.COMING
    if kind is not None:
        yield Fact(
            kind,
            str(row.uid),
            row.title,
            source=_("Initiative: %(title)s") % {"title": row.initiative.title},
            address=reverse("plans:initiative", args=[plan.slug, row.initiative.uid]),
            **told,
        )


def _money(plan: Plan, period: CoveredTime) -> Iterator[Fact]:
    rows = BudgetStep.objects.filter(plan=plan).exclude(CLOSED)
    rows = rows.select_related("meeting", "milestone__meeting", "item__own_meeting")
    for row in rows:
        span = row.takes_place
        if span is None or not period.holds(span.latest):
            continue
        amount = kroner_words(row.amount) if row.amount is not None else ""
        what = f"{row.title} ({amount})" if amount else row.title
        yield Fact(
            FactKind.MONEY,
            str(row.uid),
            what,
            when=short(span),
            why=str(row.get_state_display()),
            source=_("Money: %(title)s") % {"title": row.title},
            address=reverse("plans:budget-step", args=[plan.slug, row.uid]),
        )


def _answered(plan: Plan, period: CoveredTime) -> Iterator[Fact]:
    rows = RequestAnswer.objects.filter(
        request__plan=plan, reopened_on__isnull=True, answered_on__lte=period.until
    )
    if period.since is not None:
        rows = rows.filter(answered_on__gt=period.since)
    rows = rows.exclude(CLOSED).exclude(
        Q(request__item__own_closed=True) | Q(request__item__treatment__is_closed=True)
    )
    for row in rows.select_related("request__body"):
        yield Fact(
            FactKind.ANSWERED,
            str(row.uid),
            row.request.title,
            when=day_words(row.answered_on),
            who=row.request.body.name,
            source=_("Request: %(title)s") % {"title": row.request.title},
            address=reverse("plans:request", args=[row.request.uid]),
        )


def _measured(plan: Plan, period: CoveredTime) -> Iterator[Fact]:
    uses = plan.indicators.filter(retired_at__isnull=True).values("indicator")
    newest: dict[int, Measurement] = {}
    rows = Measurement.objects.filter(indicator__in=uses).select_related("indicator")
    for row in rows.order_by("sort_begin", "sort_end", "pk"):
        if row.when is not None and period.holds(row.when.latest):
            newest[row.indicator_id] = row
    for row in newest.values():
        one = row.indicator
        yield Fact(
            FactKind.MEASURED,
            str(row.uid),
            one.name,
            when=short(row.when) if row.when else "",
            before=number_words(row.value, decimals=one.decimals, unit=one.unit),
            source=_("Indicator: %(title)s") % {"title": one.name},
            address=reverse("plans:indicator", args=[plan.slug, one.uid]),
        )
