"""What waits of initiatives: activities whose latest day is past, while nobody has said what became
of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from plans.enums import ActivityState, InitiativeState
from plans.models import Initiative

from .tasks import Me, Waiting, as_rows, register_task


def _overdue(me: Me) -> QuerySet[Any]:
    """The initiatives of plans that are not over, with how many of their activities are overdue,
    and since when."""
    open_states = (ActivityState.PLANNED, ActivityState.UNDER_WAY)
    late = Q(activities__state__in=open_states, activities__latest_end__lt=me.day)
    lives = Q(plan__expires_on__isnull=True) | Q(plan__expires_on__gte=me.day)
    lives &= Q(plan__repealed_on__isnull=True) | Q(plan__repealed_on__gt=me.day)
    found = Initiative.objects.filter(
        lives,
        late,
        plan__in=me.plans,
        retired_at__isnull=True,
        state__in=(InitiativeState.PLANNED, InitiativeState.RUNNING),
    )
    return as_rows(
        found,
        plan="plan",
        uid="uid",
        words="title",
        day=Min("activities__latest_end"),
        number=Count("activities"),
    )


def _say(row: Waiting) -> tuple[str, str]:
    said = ngettext(
        "%(initiative)s: say what became of %(number)s activity that is overdue",
        "%(initiative)s: say what became of %(number)s activities that are overdue",
        row.number,
    )
    page = reverse("plans:initiative", args=[row.slug, row.uid])
    return said % {"initiative": row.words, "number": row.number}, f"{page}#aktiviteter"


def register_tasks() -> None:
    """Called once, when the app is ready."""
    register_task("activities_overdue", rows=_overdue, says=_say)
