"""The state of a plan on a day, each rule in Python, for a plan that is at hand, and beside it in
SQL, for lists. No job changes a state: what was stored is read in the light of the day.
``tests/plans/lifecycle/test_state.py`` compares the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    Expression,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import Exact, In

from kommuneplan.clock import local_day, now
from kommuneplan.prepared import PreparedColumns
from plans.consultations import RoundsStage, moment_of, rounds
from plans.enums import CycleState, MilestoneKind, MilestoneState, PublicState
from plans.models import Cycle, FrozenMilestone, MatterPlan, Milestone, Plan

# When a consultation ends ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConsultationEnd:
    """Where a cycle's consultation stands on a day, and its last day.

    ``stage``: of its rounds at ``moment_of`` the day, parties' own deadlines included; where none
    was ever made here, the process plan says it. ``last_day``: the last civil day; date.max when a
    consultation has none, None when there is no consultation.
    """

    last_day: dt.date | None
    stage: RoundsStage = RoundsStage.NONE

    def is_past(self, day: dt.date) -> bool:
        """On that day nobody may answer any more."""
        if self.stage != RoundsStage.NONE:
            return self.stage == RoundsStage.OVER
        return self.last_day is not None and self.last_day < day

    def state(self, day: dt.date) -> str:
        """The CycleState value of a draft that the bodies have sent out. Without a round nobody can
        answer here, so that there is no consultation; one that is past was held elsewhere."""
        if self.stage == RoundsStage.OPEN:
            return CycleState.IN_CONSULTATION
        return CycleState.AFTER_CONSULTATION if self.is_past(day) else CycleState.TO_BE_SENT_OUT


def consultation_end(
    cycle: Cycle,
    *,
    rounds_end: dt.datetime | None,
    stage: RoundsStage,
    rows: Iterable[Milestone] | None = None,
) -> ConsultationEnd:
    """By the rounds, else by the process plan; ``rows``: the cycle's milestones with their
    meetings, where they are at hand."""
    if rounds_end is not None:
        return ConsultationEnd(local_day(rounds_end - dt.timedelta(microseconds=1)), stage)
    if rows is None:
        rows = cycle.milestones.filter(kind=MilestoneKind.HEARING).select_related("meeting")
    spans = [
        row.takes_place
        for row in rows
        if row.kind == MilestoneKind.HEARING and row.state != MilestoneState.CANCELLED
    ]
    days = ((span and span.latest_end) or dt.date.max for span in spans)
    return ConsultationEnd(max(days, default=None), stage)


def consultation_over(path: str, on: dt.date) -> Q:
    """SQL of: the plan is stored as being in consultation, and ``ConsultationEnd.is_past``.
    ``path`` leads to the plan's key."""
    by_plan = Exists(_hearings(path)) & ~Exists(_hearings(path, not_ended=on))
    over = _is_at(path, on, RoundsStage.OVER)
    return _sent_out(path) & (over | (_is_at(path, on, RoundsStage.NONE) & by_plan))


def consultation_to_come(path: str, on: dt.date) -> Q:
    """SQL of: there is a consultation, and not ``ConsultationEnd.is_past``."""
    by_plan = Q(Exists(_hearings(path, not_ended=on)))
    return (
        _is_at(path, on, RoundsStage.COMING)
        | _is_at(path, on, RoundsStage.OPEN)
        | (_is_one_of(path, on, _NOT_TOLD) & Exists(_hearings(path)))
        | (_is_at(path, on, RoundsStage.NONE) & by_plan)
    )


def _is_at(path: str, on: dt.date, stage: RoundsStage) -> Q:
    return Q(Exact(rounds().stage(path, moment_of(on)), Value(stage.value)))


_NOT_TOLD = (RoundsStage.SPENT, RoundsStage.PREPARED)


def _is_one_of(path: str, on: dt.date, stages: Iterable[RoundsStage]) -> Q:
    return Q(In(rounds().stage(path, moment_of(on)), [stage.value for stage in stages]))


def _sent_out(path: str) -> Q:
    """SQL of: the bodies have sent the draft of the plan's open cycle out."""
    return Q(
        Exists(
            Cycle.objects.filter(
                plan=OuterRef(path), closed_at__isnull=True, state=CycleState.IN_CONSULTATION
            )
        )
    )


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
    """The CycleState value of a day. ``end`` is looked at only while the cycle is stored as being
    in consultation."""
    if cycle.state == CycleState.IN_CONSULTATION and end is not None:
        return end.state(day)
    return cycle.state


def state_on(cycle: Cycle, day: dt.date) -> str:
    """``cycle_state`` of a cycle of which nothing is at hand."""
    if cycle.state != CycleState.IN_CONSULTATION:
        return cycle.state
    asked = rounds()
    stage = asked.stage_of(cycle, moment_of(day))
    end = consultation_end(cycle, rounds_end=asked.end_of(cycle), stage=stage)
    return cycle_state(cycle, day, end)


def open_state(path: str, stored: str, on: dt.date) -> Case:
    """SQL of ``cycle_state`` for a plan's open cycle; ``stored`` leads to its ``state``."""
    return Case(*_of_the_day(path, on), default=F(stored), output_field=CharField())


def _of_the_day(path: str, on: dt.date) -> list[When]:
    """SQL of ``ConsultationEnd.state``, for those that were sent out."""
    return [
        When(consultation_over(path, on), then=Value(CycleState.AFTER_CONSULTATION)),
        When(
            _sent_out(path) & ~_is_at(path, on, RoundsStage.OPEN),
            then=Value(CycleState.TO_BE_SENT_OUT),
        ),
    ]


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
    """Plans with ``state_now``: in SQL, for lists, what ``PlanState.state`` says of one; and with
    ``force_now``, what ``PlanState.state_in_force`` says. Those of today are composed once."""
    at = now()
    return _TODAY.added_to(plans, at=at) if on == local_day(at) else _with_state(plans, on)


def _with_state(plans: QuerySet[Plan], on: dt.date) -> QuerySet[Plan]:
    cycles = Cycle.objects.filter(plan=OuterRef("pk"))
    being_worked_on = cycles.filter(closed_at__isnull=True)
    adopted = cycles.filter(state=CycleState.ADOPTED)
    in_its_place = Plan.objects.filter(replaces=OuterRef("pk"), cycles__state=CycleState.ADOPTED)
    rests = ~Exists(being_worked_on) & Exists(adopted)
    what_became_of_it = Case(
        *_no_longer_in_force("", on, Exists(in_its_place)), default=Value(PublicState.ADOPTED)
    )
    return plans.annotate(
        force_now=Case(
            When(Exists(adopted), then=what_became_of_it),
            default=Value(""),
            output_field=CharField(),
        ),
        state_now=Case(
            When(rests, then=what_became_of_it),
            *_of_the_day("pk", on),
            When(Exists(being_worked_on), then=Subquery(being_worked_on.values("state")[:1])),
            When(Exists(cycles), then=Subquery(cycles.order_by("-number").values("state")[:1])),
            default=Value(CycleState.DRAFT),
            output_field=CharField(),
        ),
    )


_TODAY = PreparedColumns(lambda at: _with_state(Plan.objects.all(), local_day(at)))


def public_state(*, at: dt.datetime, is_replaced: Q) -> Expression:
    """SQL of where a published version's plan stands for a reader; of ``Publication``.

    It follows what was decided, not what was frozen (``told_state``): the outcome of a body is
    public with its recording. What lies before the bodies is told only where it was published.
    Withdrawn work stays withdrawn. Otherwise an adopted and published plan that replaces this
    one (``is_replaced``), a repeal, and the last day of its validity count, in that order.
    """
    cycles = Cycle.objects.filter(plan=OuterRef("plan_id"))
    opened = Q(closed_at__isnull=True)
    given_up = ~Exists(cycles.filter(opened | Q(state=CycleState.ADOPTED)))
    place = Case(
        When(state=CycleState.ADOPTED, then=0),
        When(opened, then=1),
        default=2,
        output_field=IntegerField(),
    )
    told = told_state(at=at, version=OuterRef(OuterRef("version_id")))
    shown = cycles.annotate(place=place, told=told)
    return Case(
        When(
            given_up & Exists(cycles.filter(state=CycleState.WITHDRAWN)),
            then=Value(PublicState.WITHDRAWN),
        ),
        *_no_longer_in_force("plan__", local_day(at), is_replaced),
        When(
            Q(Exists(cycles.filter(opened, state=CycleState.BEFORE_BODIES)))
            & ~Exists(cycles.filter(state=CycleState.ADOPTED)),
            version__state=CycleState.BEFORE_BODIES,
            then=Value(PublicState.BEFORE_BODIES),
        ),
        default=Coalesce(
            Subquery(shown.order_by("place", "-number").values("told")[:1]), F("version__state")
        ),
        output_field=CharField(),
    )


def told_state(*, at: dt.datetime, version: Any, own: bool = False) -> Case:
    """SQL of the CycleState value that everybody is told of a ``Cycle``: the state of the day by
    the general deadlines, or, without a round, by the consultations of the published ``version``;
    of one that lies before the bodies what it was before it was submitted. ``own``: only those
    of these consultations that are the cycle's own."""
    submitted = MatterPlan.objects.filter(cycle=OuterRef("pk"), matter__closed_at__isnull=True)
    before = Subquery(submitted.order_by("-pk").values("state_before")[:1])
    sent_out = Q(state=CycleState.IN_CONSULTATION) | Q(
        Exists(submitted.filter(state_before=CycleState.IN_CONSULTATION)),
        state=CycleState.BEFORE_BODIES,
    )
    hearings = FrozenMilestone.objects.filter(version=version, kind=MilestoneKind.HEARING).exclude(
        state=MilestoneState.CANCELLED
    )
    if own:
        hearings = hearings.filter(
            Exists(Milestone.objects.filter(cycle=OuterRef(OuterRef("pk")), uid=OuterRef("uid")))
        )
    stage = rounds().public_stage("plan_id", at)
    held = Exists(hearings) & ~Exists(hearings.filter(sort_end__gte=local_day(at)))
    over = Q(Exact(stage, Value(RoundsStage.OVER.value))) | (
        Q(Exact(stage, Value(RoundsStage.NONE.value))) & held
    )
    is_open = Q(Exact(stage, Value(RoundsStage.OPEN.value)))
    return Case(
        When(sent_out & is_open, then=Value(CycleState.IN_CONSULTATION)),
        When(sent_out & over, then=Value(CycleState.AFTER_CONSULTATION)),
        When(sent_out, then=Value(CycleState.TO_BE_SENT_OUT)),
        When(
            state=CycleState.BEFORE_BODIES,
            then=Coalesce(NullIf(before, Value("")), Value(CycleState.DRAFT)),
        ),
        default=F("state"),
        output_field=CharField(),
    )
