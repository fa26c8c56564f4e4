"""Where a plan stands today, for those who work with it: state, next meeting, what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models.functions import Coalesce

from kommuneplan.core.gates import Blocker, blockers
from kommuneplan.core.models import Meeting
from plans.enums import CycleKind, CycleState, MilestoneState, Purpose
from plans.models import Cycle, Matter, Milestone, Plan, Treatment

from .approval import PlanApproval, gather_approval
from .facts import PlanFacts, plan_facts
from .gates import CONSULT, SUBMIT, SubmissionFacts
from .state import ConsultationEnd, consultation_end, cycle_state, state_in_force


@dataclass(frozen=True, slots=True)
class Dates:
    """How many milestones are late, and the one whose last day comes next."""

    late: int
    next: Milestone | None


@dataclass
class PlanState:
    """What the workspace says of a plan at the top of every room. ``loaded``: the facts that were
    loaded with the plan; without them they are asked for when they are needed."""

    plan: Plan
    day: dt.date
    loaded: PlanFacts | None = None
    rows: list[Milestone] | None = None

    def use(self, rows: list[Milestone]) -> None:
        """The milestones of the cycle, already fetched with their meetings: not asked again."""
        self.rows = rows

    @cached_property
    def facts(self) -> PlanFacts:
        """What was loaded with the plan, else asked for now."""
        return self.loaded or plan_facts(self.plan, on=self.day)

    @cached_property
    def cycles(self) -> list[Cycle]:
        """All times round, the newest first."""
        return sorted(self.plan.cycles.all(), key=lambda cycle: -cycle.number)

    @cached_property
    def open_cycle(self) -> Cycle | None:
        """The one being worked on."""
        return next((cycle for cycle in self.cycles if cycle.closed_at is None), None)

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
        """The word for it: a CycleState value, or of a plan once in force a PublicState value.
        ``state.with_state`` says the same of a list."""
        if self.open_cycle is None and self.in_force is not None:
            return state_in_force(self.plan, self.day, is_replaced=bool(self.replaced_by))
        if self.cycle is None:
            return CycleState.DRAFT
        is_consulted = self.cycle.state == CycleState.IN_CONSULTATION
        return cycle_state(self.cycle, self.day, self.consultation_end if is_consulted else None)

    @cached_property
    def consultation_end(self) -> ConsultationEnd:
        """When the last consultation of the open cycle ends."""
        if self.open_cycle is None:
            return ConsultationEnd(None)
        facts = self.facts
        return consultation_end(
            self.open_cycle,
            rounds_end=facts.rounds_end,
            stage=facts.rounds_stage,
            rows=self.rows,
        )

    @property
    def hearing_ends(self) -> dt.date | None:
        """The last day of the last consultation; date.max when one has no last day."""
        return self.consultation_end.last_day

    @cached_property
    def state_in_force(self) -> str:
        """The PublicState value of the plan in force, also while it is being revised; "" for a
        plan that was never adopted. ``state.with_state`` says the same as ``force_now``."""
        if self.in_force is None:
            return ""
        return state_in_force(self.plan, self.day, is_replaced=bool(self.replaced_by))

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
        if not self.facts.has_matter:
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
        """What is late and what is due next in the process plan that is being worked on, and in
        that of the plan in force."""
        if self.open_cycle is None and self.in_force is None:
            return Dates(0, None)
        running = Cycle.objects.running(on=self.day).filter(plan=self.plan)
        planned = Milestone.objects.filter(cycle__in=running, state=MilestoneState.PLANNED)
        rows = planned.annotate(last_day=Coalesce("meeting__date", "latest_end"))
        late = rows.filter(last_day__lt=self.day, follows_consultation=False).count()
        ahead = rows.filter(last_day__gte=self.day).select_related("meeting")
        return Dates(late, ahead.order_by("last_day", "pk").first())

    @cached_property
    def purpose(self) -> str:
        """What the next matter would ask for: a consultation first, unless one has been held."""
        cycle = self.open_cycle
        if cycle is None:
            return ""
        if self.state == CycleState.TO_BE_SENT_OUT:
            return Purpose.CONSULTATION
        if self.hearing_ends is None or self.consultation_end.is_past(self.day):
            return Purpose.ADOPTION
        return Purpose.CONSULTATION if cycle.state == CycleState.DRAFT else Purpose.ADOPTION

    @cached_property
    def approval(self) -> PlanApproval | None:
        """Where the approval stands; None where the municipality wants none, or nothing is being
        made ready for the bodies."""
        if self.open_cycle is None:
            return None
        return gather_approval(
            self.plan, self.open_cycle, state=self.state, approvers=self.facts.approvers
        )

    @cached_property
    def missing(self) -> list[Blocker]:
        """What blocks the next step: nothing while the plan lies before the bodies."""
        cycle = self.open_cycle
        if cycle is None or cycle.state == CycleState.BEFORE_BODIES:
            return []
        if self.state == CycleState.TO_BE_SENT_OUT:
            return blockers(CONSULT, plan=self.plan, stage=self.facts.rounds_stage)
        facts = SubmissionFacts(
            self.plan,
            cycle,
            self.purpose,
            self.facts.content,
            self.state,
            self.hearing_ends,
            self.approval,
        )
        return blockers(SUBMIT, facts=facts)

    @property
    def papers_late(self) -> bool:
        """The deadline for papers to the next meeting is past."""
        return bool(self.meeting and self.meeting.papers_due_on < self.day)
