"""The milestones that an outcome marks as done, on the day of the decision; and that taken back.

Which ones is kept on the treatment (``Treatment.marked``), so that a correction undoes exactly
these, and nothing that somebody has marked by hand. The caller has the plans under lock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from kommuneplan.core.models import User
from plans.enums import MilestoneKind, MilestoneState, Outcome
from plans.models import Cycle, Milestone, Treatment


def mark_met(*, treatment: Treatment, cycles: Collection[Cycle], by: User | None) -> None:
    """A body has treated the matter: the milestones that are its meeting have taken place; where
    the process plan has no such meeting, the body's own whose time the day lies in."""
    if treatment.outcome == Outcome.POSTPONED or treatment.decided_on is None:
        return
    for cycle in cycles:
        planned = cycle.milestones.filter(state=MilestoneState.PLANNED)
        met = planned.filter(meeting=treatment.meeting_id) if treatment.meeting_id else ()
        _mark(treatment, list(met) or _within(planned, treatment), by)


def _within(planned: QuerySet[Milestone], treatment: Treatment) -> list[Milestone]:
    """The body's first treatment without a meeting whose days hold the day of the decision."""
    day = treatment.decided_on
    rows = planned.filter(
        kind__in=[kind for kind in MilestoneKind if kind.is_turn],
        bodies=treatment.body,
        meeting__isnull=True,
        sort_begin__lte=day,
        sort_end__gte=day,
        latest_end__isnull=False,
    )
    return list(rows.order_by("sort_end", "pk")[:1])


def mark_adopted(*, treatment: Treatment, cycle: Cycle, by: User | None) -> None:
    """The plan is adopted: so are the milestones that say so, of the body or of none by name."""
    mine = Q(bodies=treatment.body) | Q(meeting__body=treatment.body)
    unnamed = Q(bodies__isnull=True, meeting__isnull=True)
    rows = cycle.milestones.filter(
        mine | unnamed, kind=MilestoneKind.ADOPTION, state=MilestoneState.PLANNED
    )
    _mark(treatment, rows.distinct(), by)


def _mark(treatment: Treatment, rows: Iterable[Milestone], by: User | None) -> None:
    marked = [_set(row, MilestoneState.DONE, treatment.decided_on, by) for row in rows]
    if marked:
        treatment.marked = [*treatment.marked, *(str(row.uid) for row in marked)]
        treatment._history_user = by
        treatment.save()


def take_back_marks(*, treatment: Treatment, by: User | None) -> None:
    """The outcome was another: what it marked as done is planned again. Saved with the row."""
    for row in _marked(treatment):
        _set(row, MilestoneState.PLANNED, None, by)
    treatment.marked = []


def redate_marks(*, treatment: Treatment, by: User | None) -> None:
    """The day of the decision was another."""
    for row in _marked(treatment):
        if row.done_on != treatment.decided_on:
            _set(row, MilestoneState.DONE, treatment.decided_on, by)


def _marked(treatment: Treatment) -> QuerySet[Milestone]:
    return Milestone.objects.filter(uid__in=treatment.marked, state=MilestoneState.DONE)


def _set(row: Milestone, state: MilestoneState, on: dt.date | None, by: User | None) -> Milestone:
    row.state, row.done_on = state, on
    row._history_user = by
    row.save()
    return row
