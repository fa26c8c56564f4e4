"""How much is found in the process plans of a list, without looking at each anew.

The checks read everything of a plan's process. A list asks one light question instead, the stamp
of each plan (``plans.document.stamp``, and the histories that only the checks read); what was
counted is kept under it, so that only a plan that has been changed since is checked again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery

from kommuneplan.clock import today
from kommuneplan.core.models import Municipality, User
from kommuneplan.fingerprint import digest
from kommuneplan.prepared import PreparedColumns
from plans.models import AcceptedFinding, Dependency, Matter, MatterPlan, Plan, Treatment
from plans.models.plan import PlanQuerySet

from .findings import MOST, all_findings

Stamp = tuple[int | None, ...]
KEPT = 24 * 60 * 60  # seconds
_NAMES = ("accepted", "dependency", "matter", "matter_plan", "treatment")


@dataclass(frozen=True, slots=True)
class Found:
    """How many things in a plan's process plan are impossible, and how many to be looked at; what
    somebody has let stand is none of them."""

    impossible: int = 0
    doubtful: int = 0

    @property
    def waiting(self) -> int:
        """All of them."""
        return self.impossible + self.doubtful


def with_check_stamp(plans: QuerySet[Plan], *, at: Any) -> QuerySet[Plan]:
    """Plans with the annotations that ``check_stamp`` reads."""
    return _COLUMNS.added_to(plans, at=at)


def check_stamp(row: Any) -> Stamp:
    """What changes whenever something does that only the checks read."""
    return tuple(getattr(row, f"check_{name}") for name in _NAMES)


def found_in(
    plans: Collection[Plan],
    stamps: Mapping[int, Stamp],
    *,
    readable: PlanQuerySet,
    user: User,
    municipality: Municipality,
) -> dict[int, Found]:
    """What is found in each of the first of some plans, by their keys; nothing is asked of the
    database where no plan was changed. ``stamps``: of each plan, all that it depends on;
    ``readable``: the plans that may be told of, by whom the counts are kept."""
    looked_at = list(plans)[:MOST]
    near = _families(looked_at, stamps)
    everybody = sorted(stamps)
    about = [settings.CODE_REVISION, today(), user.pk, municipality.version, everybody]
    keys = {one.pk: f"found:{digest([*about, one.pk, near[one.pk]])}" for one in looked_at}
    kept = cache.get_many(keys.values())
    new = [one for one in looked_at if keys[one.pk] not in kept]
    if new:
        counted = _counted(new, readable, municipality)
        fresh = {keys[one.pk]: counted.get(one.pk, Found()) for one in new}
        cache.set_many(fresh, KEPT)
        kept |= fresh
    return {pk: kept[key] for pk, key in keys.items()}


def _families(plans: list[Plan], stamps: Mapping[int, Stamp]) -> dict[int, list[Any]]:
    """The stamps of each plan and of those above and below it, which its checks look at."""
    under: dict[int, list[int]] = {}
    for one in plans:
        if one.parent_id:
            under.setdefault(one.parent_id, []).append(one.pk)
    return {
        one.pk: [
            (pk, stamps.get(pk))
            for pk in (one.pk, one.parent_id, *sorted(under.get(one.pk, ())))
            if pk
        ]
        for one in plans
    }


def _counted(
    plans: list[Plan], readable: PlanQuerySet, municipality: Municipality
) -> dict[int, Found]:
    asked = Plan.objects.filter(pk__in=[one.pk for one in plans])
    rows = all_findings(asked, readable=readable, municipality=municipality)
    return {one.plan.pk: Found(len(one.impossible), len(one.doubtful)) for one in rows}


def _columns() -> dict[str, Any]:
    matters = MatterPlan.objects.filter(cycle__plan=OuterRef(OuterRef("pk"))).values("matter")
    values = (
        AcceptedFinding.history.filter(plan=OuterRef("pk")),
        Dependency.history.filter(milestone__cycle__plan=OuterRef("pk")),
        Matter.history.filter(id__in=matters),
        MatterPlan.history.filter(cycle__plan=OuterRef("pk")),
        Treatment.history.filter(matter__in=matters),
    )
    newest = (Subquery(rows.order_by("-history_id").values("history_id")[:1]) for rows in values)
    return {f"check_{name}": value for name, value in zip(_NAMES, newest, strict=True)}


_COLUMNS = PreparedColumns(lambda at: Plan.objects.annotate(**_columns()))
