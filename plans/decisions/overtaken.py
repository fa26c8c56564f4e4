"""The steps that the adoption of a plan has overtaken: they can no longer come as planned."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from plans.enums import CycleState, MilestoneKind, MilestoneState, Purpose
from plans.models import Milestone, Plan, Treatment
from plans.process.check_facts import in_order

_BEFORE_IT = (MilestoneKind.HEARING, MilestoneKind.ADOPTION)


def adopted_on(plan: Plan) -> dt.date | None:
    """The day on which the plan in force was adopted; None when it never was."""
    cycle = plan.cycles.filter(state=CycleState.ADOPTED).order_by("number").last()
    if cycle is None:
        return None
    decided = Treatment.objects.deciding(Purpose.ADOPTION).filter(matter__plans__cycle=cycle)
    last = decided.order_by("matter__closed_at", "position").last()
    if last is not None:
        return last.decided_on
    return cycle.closed_at.date() if cycle.closed_at else None


def overtaken(plan: Plan) -> list[Milestone]:
    """What is still planned for a day before the adoption, consultations and adoptions that have
    come to nothing, and other meetings of the chain that was decided; in the order of time.

    A consultation that has the dates of its round is over by itself.
    """
    day = adopted_on(plan)
    if day is None:
        return []
    cycles = plan.cycles.filter(state=CycleState.ADOPTED)
    chain = Treatment.objects.filter(matter__plans__cycle__in=cycles, meeting__isnull=False)
    past = Q(meeting__date__lt=day) | Q(meeting__isnull=True, latest_end__lt=day)
    rows = Milestone.objects.filter(
        past | Q(kind__in=_BEFORE_IT) | Q(meeting__in=chain.values("meeting")),
        cycle__in=cycles,
        state=MilestoneState.PLANNED,
        follows_consultation=False,
    )
    return in_order(rows.select_related("meeting__body", "cycle"))
