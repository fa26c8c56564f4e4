"""The plans on a desk, with all that the desk asks of each, in one query: where it stands, what it
still lacks, its next date, who leads it, and what tells whether it has been changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from kommuneplan.clock import local_day, now
from kommuneplan.core.gates import Blocker, blockers
from kommuneplan.prepared import PreparedColumns, as_day
from plans.enums import CycleState, MilestoneState, PublicState, Purpose
from plans.lifecycle.facts import PlanFacts, with_facts
from plans.lifecycle.gates import SUBMIT, SubmissionFacts
from plans.lifecycle.state import consultation_to_come, with_state
from plans.lifecycle.transitions import MADE_READY
from plans.models import Cycle, Milestone, Plan, PlanLead
from plans.models.plan import PlanQuerySet
from plans.process.known_findings import with_check_stamp

MOST = 100  # plans; whoever works with more finds the others on the next pages, and by searching

OVER = {PublicState.REPLACED, PublicState.REPEALED, PublicState.EXPIRED, PublicState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A plan on the desk. ``missing``: what it lacks before it can be put before the bodies, as
    far as a list can say; ``lead`` the first who leads it, ``leads`` how many do."""

    plan: Plan
    facts: PlanFacts
    missing: list[Blocker]
    next_day: dt.date | None
    next_title: str
    lead: str
    leads: int

    @property
    def state(self) -> str:
        """The word for where it stands today."""
        return str(self.plan.state_now)

    @property
    def is_over(self) -> bool:
        """Nothing is done with it any more: it stands folded."""
        return self.state in OVER

    @property
    def is_made_ready(self) -> bool:
        """It is being made ready for the bodies."""
        return self.state in MADE_READY

    @property
    def other_leads(self) -> int:
        """How many lead it besides the one that is named."""
        return self.leads - 1


def listed(plans: PlanQuerySet, run: PlanQuerySet, *, on: dt.date) -> QuerySet[Plan]:
    """Plans with everything ``own_plan`` reads: those that are worked on first."""
    open_ones = Cycle.objects.filter(plan=OuterRef("pk"), closed_at__isnull=True)
    rows = with_facts(with_state(plans.select_related("body"), on=on), on=on)
    rows = with_check_stamp(_with_columns(rows, on), at=now())
    rows = rows.annotate(
        is_run=Exists(run.filter(pk=OuterRef("pk"))), is_worked_on=Exists(open_ones)
    )
    return rows.order_by("-is_worked_on", "sort_key", "pk")


def own_plan(row: Any) -> OwnPlan:
    """A plan that ``listed`` has fetched."""
    facts = PlanFacts.of(row)
    missing = []
    if row.state_now in MADE_READY:
        asked = SubmissionFacts(row, None, row.asks_for, facts.content, row.state_now)
        missing = blockers(SUBMIT, only_light=True, facts=asked)
    return OwnPlan(
        plan=row,
        facts=facts,
        missing=missing,
        next_day=as_day(row.next_day),
        next_title=row.next_title or "",
        lead=row.lead_name or "",
        leads=row.leads_now or 0,
    )


def running_first(rows: Collection[OwnPlan]) -> list[OwnPlan]:
    """In the order of the table: worked on, in force, over; each in Danish order."""
    return sorted(rows, key=lambda one: one.is_over)  # the others stand in order already


# --- the columns ----------------------------------------------------------------------------------


def _with_columns(plans: QuerySet[Plan], on: dt.date) -> QuerySet[Plan]:
    at = now()
    if on == local_day(at):
        return _TODAY.added_to(plans, at=at)
    return plans.annotate(**_columns(on))


def _columns(day: dt.date) -> dict[str, Any]:
    drafts = Cycle.objects.filter(
        plan=OuterRef("pk"), closed_at__isnull=True, state=CycleState.DRAFT
    )
    held = PlanLead.objects.leading(on=day).filter(plan=OuterRef("pk"))
    ahead = _ahead(day)
    counted = held.order_by().values("plan").annotate(n=Count("pk")).values("n")
    return {
        "asks_for": Case(
            When(
                Q(Exists(drafts)) & consultation_to_come("pk", day),
                then=Value(Purpose.CONSULTATION),
            ),
            default=Value(Purpose.ADOPTION),
            output_field=CharField(),
        ),
        "next_day": Subquery(ahead.values("last_day")[:1]),
        "next_title": Subquery(ahead.values("title")[:1]),
        "lead_name": Subquery(held.order_by("begins", "pk").values("user__name")[:1]),
        "leads_now": Subquery(counted[:1], output_field=IntegerField()),
    }


def _ahead(day: dt.date) -> QuerySet[Milestone]:
    """The steps of a plan that are still to come, the next first (``PlanState.dates``)."""
    planned = Milestone.objects.filter(
        cycle__in=Cycle.objects.running(on=day).filter(plan=OuterRef(OuterRef("pk"))),
        state=MilestoneState.PLANNED,
    )
    rows = planned.annotate(last_day=Coalesce("meeting__date", "latest_end"))
    return rows.filter(last_day__gte=day).order_by("last_day", "pk")


_TODAY = PreparedColumns(lambda at: Plan.objects.annotate(**_columns(local_day(at))))
