"""What the bodies decided of the end of published plans, as everybody is told of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery, Sum

from plans.models import PlanExtension
from plans.models.duties import EndChoice


@dataclass(frozen=True, slots=True)
class EndDecision:
    """What a body decided of the end of a plan: extended, else left to expire. Of a closed item
    nothing but the day until which the plan applies."""

    is_extended: bool
    until: dt.date
    body: str = ""
    day: dt.date | None = None
    reason: str = ""
    protocol: str = ""


def end_decisions(last_days: dict[int, dt.date | None]) -> dict[int, EndDecision]:
    """By plan, what was decided of the end that it has."""
    dated = [plan for plan, day in last_days.items() if day]
    if not dated:
        return {}
    rows = PlanExtension.objects.filter(plan__in=dated, taken_back_at__isnull=True)
    found = {}
    for row in rows.select_related("body").order_by("pk"):
        if row.new_end == last_days[row.plan_id]:
            found[row.plan_id] = _end_decision(row)
    return found


def _end_decision(row: PlanExtension) -> EndDecision:
    is_extended = row.choice == EndChoice.EXTEND
    if row.is_closed:
        return EndDecision(is_extended, row.new_end)
    told = (row.body.name, row.decided_on, row.reason.strip(), row.protocol)
    return EndDecision(is_extended, row.new_end, *told)


def ended(plan: OuterRef) -> Subquery:
    """SQL of what changes with every such decision, and with the name of a body."""
    rows = PlanExtension.objects.filter(plan=plan).order_by().values("plan")
    return Subquery(rows.annotate(v=Sum(F("version") + F("body__version"))).values("v"))
