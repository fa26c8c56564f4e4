"""The family of a plan: its parent and children that may be told of, with their adoptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import FilteredRelation, Q

from kommuneplan.core.models import Meeting
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import MilestoneKind, MilestoneState
from plans.models import Plan
from plans.models.plan import PlanQuerySet

from .checks import Relative

Instead = Mapping[int | None, Meeting]
"""Meetings as they would be, by their keys; one that is still to be made has none."""


def families(
    plans: list[Plan], readable: PlanQuerySet, instead: Instead
) -> dict[int, list[Relative]]:
    """Parent and children that may be told of, with the last adoption in each one's plan."""
    first_making = Q(cycles__number=1, cycles__milestones__kind=MilestoneKind.ADOPTION)
    adoption = FilteredRelation(
        "cycles__milestones",
        condition=first_making & ~Q(cycles__milestones__state=MilestoneState.CANCELLED),
    )
    pks, parents = [p.pk for p in plans], [p.parent_id for p in plans if p.parent_id]
    kin = readable.filter(retired_at__isnull=True).filter(Q(pk__in=parents) | Q(parent__in=pks))
    columns = [f"adoption__{name}" for name in _SPAN]
    known: dict[int, tuple[Relative, int | None]] = {}
    rows = kin.annotate(adoption=adoption).order_by("sort_key", "pk")
    named = rows.values_list("pk", "parent", "uid", "title", "kind", *columns)
    for pk, parent, uid, title, kind, *days in named:
        *own, meets, meeting = days
        span = _span(own, instead[meeting].date if meeting in instead else meets)
        before = known.get(pk)
        if before is None or _later(span, before[0].adoption):
            known[pk] = Relative(str(uid), title, kind, span, False), parent
    found: dict[int, list[Relative]] = {}
    for plan in plans:
        above = known.get(plan.parent_id or 0)
        children = [one for one, parent in known.values() if parent == plan.pk]
        parents_of = [replace(above[0], is_parent=True)] if above else []
        found[plan.pk] = [*parents_of, *children]
    return found


_SPAN = ("earliest_begin", "latest_begin", "earliest_end", "latest_end", "precision", "modifier",
         "written", "meeting__date", "meeting")  # fmt: skip


def _span(own: list[Any], meets: dt.date | None) -> TimeSpan | None:
    """A date as ``Milestone.takes_place`` has it, from its columns."""
    if meets:
        return TimeSpan.day(meets)
    *sides, precision, modifier, written = own
    if not precision:
        return None
    return TimeSpan(*sides, Precision(precision), Modifier(modifier), written)


def _later(span: TimeSpan | None, known: TimeSpan | None) -> bool:
    return span is not None and (known is None or known.sort_key < span.sort_key)
