"""The state of a plan on a day, each rule in Python, for a plan that is at hand, and beside it in
SQL, for lists. No job changes a state: what was stored is read in the light of the day.
``tests/plans/lifecycle/test_state.py`` compares the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import (
    Case,
    CharField,
    Exists,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.lookups import GreaterThan, IsNull, LessThanOrEqual

from kommuneplan.clock import local_day
from plans.consultations import moment_of, rounds
from plans.enums import CycleState, MilestoneKind, MilestoneState, PublicState
from plans.models import Cycle, FrozenMilestone, Milestone, Plan

# When a consultation ends ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConsultationEnd:
    """The end of a cycle's last consultation.

    ``instant``: of its last round, parties' own deadlines included (exclusive); None when none
    was announced, and then the process plan says it. ``last_day``: the last civil day; date.max
    when a consultation has none, None when there is no consultation.
    """

    instant: dt.datetime | None
    last_day: dt.date | None

    def is_past(self, day: dt.date) -> bool:
        """On that day nobody may answer any more."""
        if self.instant is not None:
            return self.instant <= moment_of(day)
        return self.last_day is not None and self.last_day < day


def consultation_end(
    cycle: Cycle, *, rounds_end: dt.datetime | None, rows: Iterable[Milestone] | None = None
) -> ConsultationEnd:
    """By the rounds, else by the process plan; ``rows``: the cycle's milestones with their
    meetings, where they are at hand."""
    if rounds_end is not None:
        return ConsultationEnd(rounds_end, local_day(rounds_end - dt.timedelta(microseconds=1)))
    if rows is None:
        rows = cycle.milestones.filter(kind=MilestoneKind.HEARING).select_related("meeting")
    spans = [
        row.takes_place
        for row in rows
        if row.kind == MilestoneKind.HEARING and row.state != MilestoneState.CANCELLED
    ]
    days = ((span and span.latest_end) or dt.date.max for span in spans)
    return ConsultationEnd(None, max(days, default=None))


def consultation_over(path: str, on: dt.date) -> Q:
    """SQL of: the plan is stored as being in consultation, and ``ConsultationEnd.is_past``.
    ``path`` leads to the plan's key."""
    stored = Cycle.objects.filter(
        plan=OuterRef(path), closed_at__isnull=True, state=CycleState.IN_CONSULTATION
    )
    by_plan = Exists(_hearings(path)) & ~Exists(_hearings(path, not_ended=on))
    rounds_over = LessThanOrEqual(rounds().ends(path), moment_of(on))
    return Exists(stored) & (rounds_over | (Q(IsNull(rounds().ends(path), True)) & by_plan))


def consultation_to_come(path: str, on: dt.date) -> Q:
    """SQL of: there is a consultation, and not ``ConsultationEnd.is_past``."""
    ends = rounds().ends(path)
    by_plan = Q(Exists(_hearings(path, not_ended=on)))
    return Q(GreaterThan(ends, moment_of(on))) | (Q(IsNull(ends, True)) & by_plan)


def _hearings(path: str, not_ended: dt.date | None = None) -> QuerySet[Milestone]:
    rows = Milestone.objects.filter(
        cycle__plan=OuterRef(path), cycle__closed_at__isnull=True, kind=MilestoneKind.HEARING
    ).exclude(state=MilestoneState.CANCELLED)
    if not_ended is None:
        return rows
    own = Q(latest_end__isnull=True) | Q(latest_end__gte=not_ended)
    return rows.filter(Q(meeting__date__gte=not_ended) | (Q(meeting__isnull=True) & own))


# The work on a plan ----------------------------------------------------------------------------


def cycle_state(cycle: Cycle, day: dt.date, end: ConsultationEnd | None) -> str:
    """The CycleState value of a day: a consultation that has ended is over. ``end`` is looked at
    only while the cycle is stored as being in consultation."""
    if cycle.state == CycleState.IN_CONSULTATION and end is not None and end.is_past(day):
        return CycleState.AFTER_CONSULTATION
    return cycle.state


def state_on(cycle: Cycle, day: dt.date) -> str:
    """``cycle_state`` of a cycle of which nothing is at hand."""
    if cycle.state != CycleState.IN_CONSULTATION:
        return cycle.state
    return cycle_state(cycle, day, consultation_end(cycle, rounds_end=rounds().end_of(cycle)))


def open_state(path: str, stored: str, on: dt.date) -> Case:
    """SQL of ``cycle_state`` for a plan's open cycle; ``stored`` leads to its ``state``."""
    over = When(consultation_over(path, on), then=Value(CycleState.AFTER_CONSULTATION))
    return Case(over, default=F(stored), output_field=CharField())


# A plan that was adopted -----------------------------------------------------------------------


def state_in_force(plan: Plan, day: dt.date, *, is_replaced: bool) -> str:
    """The PublicState value of an adopted plan: what has become of it by a day."""
    if is_replaced:
        return PublicState.REPLACED
    if plan.repealed_on and plan.repealed_on <= day:
        return PublicState.REPEALED
    if plan.expires_on and plan.expires_on < day:
        return PublicState.EXPIRED
    return PublicState.ADOPTED


def _no_longer_in_force(path: str, day: dt.date, is_replaced: Q | Exists) -> list[When]:
    """SQL of ``state_in_force``, but for ADOPTED; ``path`` leads to the plan's fields."""
    return [
        When(is_replaced, then=Value(PublicState.REPLACED)),
        When(Q((f"{path}repealed_on__lte", day)), then=Value(PublicState.REPEALED)),
        When(Q((f"{path}expires_on__lt", day)), then=Value(PublicState.EXPIRED)),
    ]


# The plan --------------------------------------------------------------------------------------


def with_state(plans: QuerySet[Plan], *, on: dt.date) -> QuerySet[Plan]:
    """Plans with ``state_now``: in SQL, for lists, what ``PlanState.state`` says of one."""
    cycles = Cycle.objects.filter(plan=OuterRef("pk"))
    being_worked_on = cycles.filter(closed_at__isnull=True)
    adopted = cycles.filter(state=CycleState.ADOPTED)
    in_its_place = Plan.objects.filter(replaces=OuterRef("pk"), cycles__state=CycleState.ADOPTED)
    rests = ~Exists(being_worked_on) & Exists(adopted)
    what_became_of_it = Case(
        *_no_longer_in_force("", on, Exists(in_its_place)), default=Value(PublicState.ADOPTED)
    )
    return plans.annotate(
        state_now=Case(
            When(rests, then=what_became_of_it),
            When(consultation_over("pk", on), then=Value(CycleState.AFTER_CONSULTATION)),
            When(Exists(being_worked_on), then=Subquery(being_worked_on.values("state")[:1])),
            When(Exists(cycles), then=Subquery(cycles.order_by("-number").values("state")[:1])),
            default=Value(CycleState.DRAFT),
            output_field=CharField(),
        )
    )


def public_state(*, at: dt.datetime, is_replaced: Q) -> Expression:
    """SQL of where a published version's plan stands for a reader; of ``Publication``.

    Withdrawn work stays withdrawn. Otherwise an adopted and published plan that replaces this
    one (``is_replaced``), a repeal, and the last day of its validity count, in that order; and a
    consultation is over when its last round has ended, or, where no round was announced, when
    the last day of every consultation in the process plan is past. Else it is what was frozen.
    """
    today = local_day(at)
    hearings = FrozenMilestone.objects.filter(
        version=OuterRef("version_id"), kind=MilestoneKind.HEARING
    ).exclude(state=MilestoneState.CANCELLED)
    ends = rounds().public_ends("plan_id")
    by_plan = Exists(hearings) & ~Exists(hearings.filter(sort_end__gte=today))
    is_over = LessThanOrEqual(ends, at) | (Q(IsNull(ends, True)) & by_plan)
    return Case(
        When(version__state=CycleState.WITHDRAWN, then=Value(PublicState.WITHDRAWN)),
        *_no_longer_in_force("plan__", today, is_replaced),
        When(
            Q(version__state=CycleState.IN_CONSULTATION) & is_over,
            then=Value(PublicState.AFTER_CONSULTATION),
        ),
        default=F("version__state"),
        output_field=CharField(),
    )
