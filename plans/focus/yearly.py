"""Focus areas and the yearly status, read: when one is due, and what stands in its rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from kommuneplan.clock import local_day, today
from plans.enums import CycleState, MilestoneState, StatusState
from plans.models import FocusArea, FocusStatus, Milestone, Plan, YearlyStatus


@dataclass(frozen=True, slots=True)
class StatusDue:
    """A plan in force and the last day its next yearly status is due; ``open_year`` is the year
    of the status that is open, or None."""

    plan: Plan
    day: dt.date
    open_year: int | None = None

    @property
    def is_late(self) -> bool:
        """The day is past, and nothing has been closed."""
        return self.day < today()


def a_year_after(day: dt.date) -> dt.date:
    """The same day a year later; 28 February after 29 February."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def status_dues(plans: QuerySet[Plan]) -> list[StatusDue]:
    """When the next yearly status is due, for those of the plans that are in force: a year after
    the last adoption or the last status, whichever is later. One query, however many plans."""
    day = today()
    being_made = YearlyStatus.objects.filter(plan=OuterRef("pk"), state=StatusState.OPEN)
    rows = (
        plans.filter(retired_at__isnull=True, cycles__state=CycleState.ADOPTED)
        .filter(Q(repealed_on__isnull=True) | Q(repealed_on__gt=day))
        .filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))
        .exclude(pk__in=_replaced())
        .annotate(
            adopted_at=Max("cycles__closed_at", filter=Q(cycles__state=CycleState.ADOPTED)),
            looked_at=Max("yearly_statuses__closed_at"),
            open_year=Subquery(being_made.values("year")[:1]),
        )
    )
    dues = [
        StatusDue(row, a_year_after(local_day(max(instants))), row.open_year)
        for row in rows
        if (instants := [at for at in (row.adopted_at, row.looked_at) if at])
    ]
    return sorted(dues, key=lambda due: (due.day, due.plan.pk))


def _replaced() -> QuerySet[Plan]:
    rows = Plan.objects.filter(cycles__state=CycleState.ADOPTED, replaces__isnull=False)
    return rows.values("replaces")


def next_status_due(plan: Plan) -> dt.date | None:
    """The last day the plan's next yearly status is due; None for a plan not in force."""
    dues = status_dues(Plan.objects.filter(pk=plan.pk))
    return dues[0].day if dues else None


def is_in_force(plan: Plan) -> bool:
    """Adopted, and neither replaced, repealed nor expired."""
    return next_status_due(plan) is not None


# --- the rooms -----------------------------------------------------------------------------------


def areas_of(plan: Plan, *, retired: bool = False) -> list[FocusArea]:
    """The plan's focus areas in their order: those in use, or those taken out."""
    return list(plan.focus_areas.filter(retired_at__isnull=not retired))


def open_status(plan: Plan) -> YearlyStatus | None:
    """The yearly status that is being made."""
    return plan.yearly_statuses.filter(state=StatusState.OPEN).select_related("owner").first()


def entries_of(status: YearlyStatus) -> list[FocusStatus]:
    """What the status says of each focus area, in their order; areas taken out have none."""
    rows = status.entries.filter(focus_area__retired_at__isnull=True)
    rows = rows.select_related("focus_area", "status")
    return sorted(rows, key=lambda row: (row.focus_area.position, row.focus_area_id))


def undecided(entries: Iterable[FocusStatus]) -> list[FocusStatus]:
    """Those that still lack a decision."""
    return [entry for entry in entries if not entry.decision]


def milestones_of_year(
    areas: Collection[FocusArea], year: int, *, only_public: bool = False
) -> dict[int, list[Milestone]]:
    """By focus area (pk), its milestones that fall in a year, and those of earlier years that
    nobody has marked done or cancelled."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    rows = Milestone.objects.filter(focus_area__in=[area.pk for area in areas])
    if only_public:
        rows = rows.filter(is_public=True)
    found: dict[int, list[Milestone]] = {}
    for row in rows.select_related("meeting").order_by("sort_begin", "sort_end", "position", "pk"):
        span = row.takes_place
        begin = (span.earliest or span.latest) if span else row.done_on
        if begin is None or begin > last:
            continue
        end = (span.latest if span else row.done_on) or last
        if end >= first or row.state == MilestoneState.PLANNED:
            found.setdefault(row.focus_area_id, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class YearsRow:
    """One focus area through the years: its status in each, None where it had none."""

    area: FocusArea
    entries: list[FocusStatus | None]


def side_by_side(plan: Plan) -> tuple[list[YearlyStatus], list[YearsRow]]:
    """All statuses of a plan, the newest first, and each focus area's word in each of them."""
    statuses = list(plan.yearly_statuses.order_by("-year").select_related("frozen"))
    said: dict[tuple[int, int], FocusStatus] = {}
    for entry in FocusStatus.objects.filter(status__in=statuses):
        said[entry.focus_area_id, entry.status_id] = entry
    rows = []
    for area in plan.focus_areas.all():
        entries = [said.get((area.pk, status.pk)) for status in statuses]
        if any(entries) or area.retired_at is None:
            rows.append(YearsRow(area, entries))
    return statuses, rows
