"""What is due and what is late in a person's plans: milestones, yearly statuses, and papers for
the next meeting. Nothing is late before its latest day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from kommuneplan.core.gates import Blocker
from kommuneplan.core.models import Meeting
from plans.duties.standing import DutyStanding, of_running_plans, standings
from plans.enums import MilestoneState
from plans.focus.yearly import StatusDue, status_dues
from plans.models import Cycle, Duty, Milestone, Plan

from .own_plans import OwnPlan
from .tasks import Me

AHEAD = dt.timedelta(days=30)
SOON = dt.timedelta(days=7)
_MEETINGS_AHEAD = dt.timedelta(days=150)  # the longest deadline for papers is 120 days
MOST = 400  # milestones that are looked at: what is to come first, then what is late
SHOWN = 5  # of what is late in one plan


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone, a yearly status or a duty; ``day``: its last day, which is near or past."""

    day: dt.date
    plan: Plan
    link: str
    milestone: Milestone | None = None
    status: StatusDue | None = None
    duty: DutyStanding | None = None
    is_late: bool = False

    @property
    def is_ticked_here(self) -> bool:
        """Can it be marked as done from a list? A consultation is done by its round, a meeting by
        what the body decided."""
        row = self.milestone
        return row is not None and not row.follows_consultation


@dataclass(frozen=True, slots=True)
class DueOfPlan:
    """What is due in one plan, the earliest first; ``more``: how many are not told."""

    plan: Plan
    rows: list[Due]
    more: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.rows) + self.more


@dataclass(frozen=True, slots=True)
class Dues:
    """What is due, the latest first; ``statuses``: when the next yearly status of each plan in
    force is due, however far away."""

    rows: list[Due]
    statuses: list[StatusDue] = field(default_factory=list)

    @property
    def coming(self) -> list[DueOfPlan]:
        """What has its last day within a month, by plan."""
        return _by_plan([one for one in self.rows if not one.is_late])

    @property
    def late(self) -> list[DueOfPlan]:
        """What is overdue, by plan."""
        return _by_plan([one for one in self.rows if one.is_late], shown=SHOWN)


def _by_plan(rows: Iterable[Due], shown: int = MOST) -> list[DueOfPlan]:
    found: dict[int, list[Due]] = {}
    for one in rows:
        found.setdefault(one.plan.pk, []).append(one)
    return [DueOfPlan(own[0].plan, own[:shown], max(0, len(own) - shown)) for own in found.values()]


def dues(me: Me, steps: list[Milestone] | None = None) -> Dues:
    """Planned milestones and yearly statuses that are late or have their last day within a
    month, and duties of which notice is given; three queries, and three more where there are
    duties, however many plans. ``steps``: where they are at hand."""
    steps = steps_ahead(me) if steps is None else steps
    found = [_of_milestone(row, me.day) for row in steps if _is_due(row, me.day)]
    statuses = status_dues(me.plans)
    near = [
        Due(due.day, due.plan, _status_address(due), status=due, is_late=due.is_late)
        for due in statuses
        if due.open_year or due.day <= me.day + AHEAD
    ]
    rows = sorted([*found, *near, *_duties(me)], key=lambda due: (due.day, due.plan.sort_key))
    return Dues(rows, statuses)


def _duties(me: Me) -> list[Due]:
    """Duties that are late or of which the day of notice has come."""
    rows = of_running_plans(Duty.objects.filter(plan__in=me.plans), on=me.day)
    return [
        Due(one.last_day, one.duty.plan, _duty_address(one), duty=one, is_late=one.is_late)
        for one in standings(rows, on=me.day)
        if one.last_day and one.is_near
    ]


def _duty_address(now: DutyStanding) -> str:
    return reverse("plans:duty-fulfil", args=[now.duty.plan.slug, now.duty.uid])


def steps_ahead(me: Me) -> list[Milestone]:
    """The planned milestones that are late, have their last day within a month, or are a meeting
    that takes papers soon; each with ``last_day``, a meeting's being the meeting's. What is to
    come stands first, so that what was never ticked off does not push it out."""
    rows = Milestone.objects.filter(
        cycle__plan__in=me.plans,
        cycle__in=Cycle.objects.running(on=me.day),
        state=MilestoneState.PLANNED,
    )
    rows = rows.annotate(
        last_day=Coalesce("meeting__date", "latest_end"),
        late=Case(
            When(last_day__lt=me.day, then=Value(1)), default=Value(0), output_field=IntegerField()
        ),
    )
    near = Q(last_day__lte=me.day + AHEAD)
    meets = Q(meeting__cancelled=False, meeting__date__lte=me.day + _MEETINGS_AHEAD)
    found = (
        rows.filter(near | meets)
        .select_related("cycle__plan", "meeting__body")
        .order_by("late", "last_day", "pk")
    )
    return list(found[:MOST])


def _is_due(row: Any, day: dt.date) -> bool:
    if row.follows_consultation and row.last_day < day:
        return False  # done by itself
    return bool(row.last_day <= day + AHEAD)


def _of_milestone(row: Any, day: dt.date) -> Due:
    plan, last = row.cycle.plan, row.last_day
    link = reverse("plans:milestone", args=[plan.slug, row.uid])
    return Due(last, plan, link, milestone=row, is_late=last < day)


def _status_address(due: StatusDue) -> str:
    if due.open_year:
        return reverse("plans:status", args=[due.plan.slug, due.open_year])
    return reverse("plans:focus", args=[due.plan.slug])


# --- papers for the next meeting ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Papers:
    """A plan that is to be ready for a body's meeting, and what it still lacks."""

    plan: Plan
    meeting: Meeting
    missing: list[Blocker] = field(default_factory=list)
    is_late: bool = False

    @property
    def day(self) -> dt.date:
        """The last day papers are taken."""
        return self.meeting.papers_due_on


def papers(plans: Iterable[OwnPlan], steps: list[Milestone], day: dt.date) -> list[Papers]:
    """Plans that may be submitted and whose next meeting takes papers within a month, or took
    them already; from what is at hand."""
    meets: dict[int, Meeting] = {}
    for row in steps:
        is_open = row.cycle.closed_at is None
        if row.meeting and not row.meeting.cancelled and row.meeting.date >= day and is_open:
            meets.setdefault(row.cycle.plan_id, row.meeting)
    rows = [
        Papers(own.plan, meeting, own.missing, meeting.papers_due_on < day)
        for own in plans
        if own.plan.is_run and own.is_made_ready and (meeting := meets.get(own.plan.pk))
    ]
    near = [row for row in rows if row.day <= day + AHEAD]
    return sorted(near, key=lambda row: (row.day, row.plan.pk))
