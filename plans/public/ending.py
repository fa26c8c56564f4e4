"""What the bodies decided of the end of published plans, as everybody is told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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


def newest_decision(plan: OuterRef) -> Subquery:
    """SQL of the key of the decision that brought about the end that a plan has."""
    rows = PlanExtension.objects.filter(
        plan=plan, taken_back_at__isnull=True, new_end=F("plan__expires_on")
    )
    return Subquery(rows.order_by("-pk").values("pk")[:1])


def end_decisions(keys: Iterable[int | None]) -> dict[int, EndDecision]:
    """By plan, what was decided; ``keys`` as by ``newest_decision``. Where nothing was, nothing
    is asked."""
    known = [key for key in keys if key is not None]
    if not known:
        return {}
    rows = PlanExtension.objects.filter(pk__in=known).select_related("body")
    return {row.plan_id: _end_decision(row) for row in rows}


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
