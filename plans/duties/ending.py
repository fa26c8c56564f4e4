"""How long a plan holds, and which plans have their end near while nothing is decided of it."""

from __future__ import annotations

import datetime as dt

from django.db.models import CharField, DateField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from plans.enums import CycleState
from plans.models import Cycle, Plan, PlanExtension
from plans.models.duties import EndChoice

from .recurrence import months_after

AHEAD_MONTHS = 6


def end_of(plan: Plan) -> dt.date | None:
    """The last day of a plan: the day on which it expires, else the last of its period."""
    if plan.expires_on:
        return plan.expires_on
    return dt.date(plan.last_year, 12, 31) if plan.last_year else None


def decisions_of(plan: Plan) -> QuerySet[PlanExtension]:
    """What the bodies decided of the end of a plan and still holds, the newest first."""
    rows = PlanExtension.objects.filter(plan=plan, taken_back_at__isnull=True)
    return rows.select_related("body", "meeting").order_by("-pk")


def is_near(plan: Plan, *, on: dt.date) -> bool:
    """The end of the plan is less than half a year off, or past."""
    end = end_of(plan)
    return end is not None and end <= months_after(on, AHEAD_MONTHS)


def ending_soon(plans: QuerySet[Plan], *, on: dt.date) -> QuerySet[Plan]:
    """Plans in force whose end is less than half a year off, where nothing is decided of it: not
    let expire, not being revised, and no other plan being made in their place. With ``end``."""
    adopted = Cycle.objects.filter(plan=OuterRef("pk"), state=CycleState.ADOPTED)
    revised = Cycle.objects.filter(plan=OuterRef("pk"), closed_at__isnull=True)
    instead = Plan.objects.filter(replaces=OuterRef("pk"), retired_at__isnull=True)
    decided = PlanExtension.objects.filter(
        plan=OuterRef("pk"),
        choice=EndChoice.EXPIRE,
        taken_back_at__isnull=True,
        new_end=OuterRef("expires_on"),
    )
    by_year = Cast(
        Concat(Cast("last_year", CharField()), Value("-12-31"), output_field=CharField()),
        DateField(),
    )
    return (
        plans.filter(
            Exists(adopted),
            ~Exists(revised),
            ~Exists(instead),
            ~Exists(decided),
            retired_at__isnull=True,
            repealed_on__isnull=True,
        )
        .filter(Q(expires_on__isnull=False) | Q(last_year__isnull=False))
        .annotate(end=Coalesce("expires_on", by_year))
        .filter(end__gte=on, end__lte=months_after(on, AHEAD_MONTHS))
    )
