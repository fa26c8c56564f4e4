"""Where a plan stands today, for those who work with it: state, next meeting, what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, IsNull, LessThanOrEqual

from kommuneplan.clock import now, today
from kommuneplan.core.gates import Blocker, blockers
from kommuneplan.core.models import Meeting, Municipality
from plans.consultations import moment_of, rounds
from plans.enums import CycleKind, CycleState, MilestoneKind, MilestoneState, PublicState, Purpose
from plans.models import Cycle, Matter, Milestone, Plan, Publication, Treatment

from .gates import SUBMIT, facts_of


@dataclass(frozen=True, slots=True)
class Dates:
    """How many milestones are late, and the one whose last day comes next."""

    late: int
    next: Milestone | None


@dataclass
class Standing:
    """What the workspace says of a plan at the top of every room; asked once a request."""

    plan: Plan
    day: dt.date
    rows: list[Milestone] | None = None

    def use(self, rows: list[Milestone]) -> None:
        """The milestones of the cycle, already fetched with their meetings: not asked again."""
        self.rows = rows

    @cached_property
    def cycles(self) -> list[Cycle]:
        """All times round, the newest first."""
        return sorted(self.plan.cycles.all(), key=lambda cycle: -cycle.number)

    @cached_property
    def open_cycle(self) -> Cycle | None:
        """The one being worked on."""
        found = next((cycle for cycle in self.cycles if cycle.closed_at is None), None)
        if found is not None and "rounds_end" in self.plan.__dict__:  # came along with the plan
            found.__dict__["rounds_end"] = self.plan.__dict__["rounds_end"]
        return found

    @cached_property
    def in_force(self) -> Cycle | None:
        """The last adopted one."""
        return next((c for c in self.cycles if c.state == CycleState.ADOPTED), None)

    @cached_property
    def cycle(self) -> Cycle | None:
        """The one the pages are about: open, else in force, else the last."""
        last = self.cycles[0] if self.cycles else None
        return self.open_cycle or self.in_force or last

    @cached_property
    def state(self) -> str:
        """The word for it: a CycleState value, or of a plan once in force a PublicState value."""
        if self.open_cycle is None and self.in_force is not None:
            return self.state_in_force
        return self.cycle.state_on(self.day, self.rows) if self.cycle else CycleState.DRAFT

    @cached_property
    def state_in_force(self) -> str:
        """What has become of the adopted plan."""
        plan = self.plan
        if self.replaced_by:
            return PublicState.REPLACED
        if plan.repealed_on and plan.repealed_on <= self.day:
            return PublicState.REPEALED
        if plan.expires_on and plan.expires_on < self.day:
            return PublicState.EXPIRED
        return PublicState.ADOPTED

    @cached_property
    def replaced_by(self) -> list[Plan]:
        """The adopted plans that stand in its place."""
        return list(
            self.plan.replaced_by.filter(cycles__state=CycleState.ADOPTED)
            .distinct()
            .order_by("sort_key")
        )

    @property
    def is_revision(self) -> bool:
        """A plan in force is being worked on anew."""
        return bool(self.open_cycle and self.open_cycle.kind == CycleKind.REVISION)

    @cached_property
    def matter(self) -> Matter | None:
        """What lies before the bodies now."""
        if self.plan.__dict__.get("has_matter") is False:  # came along with the plan
            return None
        return (
            Matter.objects.filter(plans__cycle__plan=self.plan, closed_at__isnull=True)
            .order_by("pk")
            .last()
        )

    @cached_property
    def treatment(self) -> Treatment | None:
        """The treatment that comes next."""
        if self.matter is None:
            return None
        rows = self.matter.treatments.filter(outcome="").select_related("body", "meeting__body")
        return rows.order_by("position").first()

    @cached_property
    def meeting(self) -> Meeting | None:
        """The next meeting: of the matter, else of the process plan."""
        if self.treatment is not None:
            return self.treatment.meeting
        if self.cycle is None:
            return None
        if self.rows is not None:
            return self._next_meeting(self.rows)
        rows = self.cycle.milestones.filter(
            meeting__date__gte=self.day, meeting__cancelled=False, state=MilestoneState.PLANNED
        )
        row = rows.select_related("meeting__body").order_by("meeting__date", "pk").first()
        return row.meeting if row else None

    def _next_meeting(self, rows: list[Milestone]) -> Meeting | None:
        met = [row.meeting for row in rows if row.meeting and row.state == MilestoneState.PLANNED]
        ahead = [one for one in met if one.date >= self.day and not one.cancelled]
        return min(ahead, key=lambda one: one.date, default=None)

    @cached_property
    def dates(self) -> Dates:
        """What is late and what is due next in the process plan that is being worked on."""
        if self.open_cycle is None:
            return Dates(0, None)
        planned = self.open_cycle.milestones.filter(state=MilestoneState.PLANNED)
        rows = planned.annotate(last_day=Coalesce("meeting__date", "latest_end"))
        late = rows.filter(last_day__lt=self.day).count()
        ahead = rows.filter(last_day__gte=self.day).select_related("meeting")
        return Dates(late, ahead.order_by("last_day", "pk").first())

    @cached_property
    def purpose(self) -> str:
        """What the next matter would ask for: a consultation first, unless one has been held."""
        cycle = self.open_cycle
        if cycle is None:
            return ""
        last = cycle.last_of_hearings(self.rows)
        if last is None or last < self.day:
            return Purpose.ADOPTION
        return Purpose.CONSULTATION if cycle.state == CycleState.DRAFT else Purpose.ADOPTION

    @cached_property
    def missing(self) -> list[Blocker]:
        """What blocks the next step: nothing while the plan lies before the bodies."""
        cycle = self.open_cycle
        if cycle is None or cycle.state == CycleState.BEFORE_BODIES:
            return []
        return blockers(SUBMIT, plan=self.plan, cycle=cycle, purpose=self.purpose)

    @property
    def papers_late(self) -> bool:
        """The deadline for papers to the next meeting is past."""
        return bool(self.meeting and self.meeting.papers_due_on < self.day)


def standing(plan: Plan) -> Standing:
    """Where the plan stands; kept on the plan for as long as it is at hand."""
    found = plan.__dict__.get("_standing")
    if found is None:
        found = plan.__dict__["_standing"] = Standing(plan, today())
    return found


def for_rooms(plans: QuerySet[Plan], *, on: dt.date) -> QuerySet[Plan]:
    """Plans with what the top of their rooms asks of them, so that it is asked once."""
    before_bodies = Matter.objects.filter(plans__cycle__plan=OuterRef("pk"), closed_at__isnull=True)
    newest = Publication.objects.current(at=now()).filter(plan=OuterRef("pk")).order_by("-number")
    return plans.annotate(
        **facts_of("pk", on),
        has_matter=Exists(before_bodies),
        rounds_end=rounds().ends("pk"),
        approval_steps=Subquery(Municipality.objects.filter(pk=1).values("approval_steps")[:1]),
        published_number=Subquery(newest.values("number")[:1]),
        published_from=Subquery(newest.values("visible_from")[:1]),
    )


def with_state(plans: QuerySet[Plan], *, on: dt.date) -> QuerySet[Plan]:
    """Plans with ``state_now``: the same word as ``Standing.state``, for lists."""
    cycles = Cycle.objects.filter(plan=OuterRef("pk"))
    being_worked_on = cycles.filter(closed_at__isnull=True)
    adopted = cycles.filter(state=CycleState.ADOPTED)
    in_its_place = Plan.objects.filter(replaces=OuterRef("pk"), cycles__state=CycleState.ADOPTED)
    rests = ~Exists(being_worked_on) & Exists(adopted)
    return plans.annotate(
        state_now=Case(
            When(rests & Exists(in_its_place), then=Value(PublicState.REPLACED)),
            When(rests & Q(repealed_on__lte=on), then=Value(PublicState.REPEALED)),
            When(rests & Q(expires_on__lt=on), then=Value(PublicState.EXPIRED)),
            When(rests, then=Value(PublicState.ADOPTED)),
            When(consultation_over("pk", on), then=Value(CycleState.AFTER_CONSULTATION)),
            When(Exists(being_worked_on), then=Subquery(being_worked_on.values("state")[:1])),
            When(Exists(cycles), then=Subquery(cycles.order_by("-number").values("state")[:1])),
            default=Value(CycleState.DRAFT),
            output_field=CharField(),
        )
    )


def consultation_over(path: str, on: dt.date) -> Q:
    """A plan is stored as being in consultation, and the last day of every one is past (the rule
    of ``Cycle.state_on``). ``path`` leads to the plan's key."""
    stored = Cycle.objects.filter(
        plan=OuterRef(path), closed_at__isnull=True, state=CycleState.IN_CONSULTATION
    )
    by_plan = Exists(_hearings(path)) & ~Exists(_hearings(path, not_ended=on))
    rounds_over = LessThanOrEqual(rounds().ends(path), moment_of(on))
    return Exists(stored) & (rounds_over | (Q(IsNull(rounds().ends(path), True)) & by_plan))


def consultation_to_come(path: str, on: dt.date) -> Q:
    """A consultation whose last day is not past: of the rounds, or, where none was announced, in
    the process plan."""
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
