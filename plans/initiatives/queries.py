"""Initiatives as they are read in the workspace: those of a plan, and one with all its rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from kommuneplan import clock
from plans.models import (
    Initiative,
    InitiativeActivity,
    InitiativeLink,
    InitiativePhase,
    Plan,
    Publication,
)


def initiatives_of(plan: Plan, *, retired: bool = False) -> QuerySet[Initiative]:
    """A plan's initiatives in their order: those in use, or those taken out."""
    return plan.initiatives.filter(retired_at__isnull=not retired).order_by("position", "pk")


def whole(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """With everything that is said of them, in a fixed number of queries."""
    activities = InitiativeActivity.objects.select_related(
        "phase", "milestone__meeting", "node__theme"
    )
    return rows.select_related("own_plan").prefetch_related(
        Prefetch("activities", activities.prefetch_related("moves")),
        "phases",
        "funding",
        "partners",
        Prefetch("links", InitiativeLink.objects.select_related("annex")),
        "focus_areas",
    )


@dataclass(frozen=True, slots=True)
class ListedInitiative:
    """An initiative in the list of a plan: its next activity, and those whose latest day is
    past."""

    initiative: Initiative
    phase: InitiativePhase | None
    next: InitiativeActivity | None
    overdue: tuple[InitiativeActivity, ...]


def list_of(plan: Plan, day: dt.date) -> list[ListedInitiative]:
    """The plan's initiatives on a day."""
    rows = initiatives_of(plan).prefetch_related("activities", "phases")
    return [listed(row, day) for row in rows]


def listed(row: Initiative, day: dt.date) -> ListedInitiative:
    """One of them, with its activities and phases already fetched."""
    activities = list(row.activities.all())
    phases = (phase for phase in row.phases.all() if phase.is_current)
    late = () if row.is_over else tuple(one for one in activities if one.is_overdue(day))
    return ListedInitiative(row, next(phases, None), next_of(activities, day), late)


def next_of(activities: list[InitiativeActivity], day: dt.date) -> InitiativeActivity | None:
    """The first that is still to come, or goes on, in the order of time; what has no date last."""
    open_ones = (
        one for one in activities if one.state in {"planned", "under_way"}
        if not one.is_overdue(day)
    )  # fmt: skip
    return next(open_ones, None)


def is_published(activity: InitiativeActivity) -> bool:
    """Has everybody been able to read it? Then its date is moved with a reason, and it is dropped,
    not deleted."""
    read = Publication.objects.published(at=clock.now()).filter(plan=activity.initiative.plan_id)
    return read.filter(version__content__contains=str(activity.uid)).exists()
