"""What is due and what is late in a person's plans: milestones, yearly statuses, and papers for
the next meeting. Nothing is late before its latest day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from kommuneplan.core.gates import Blocker, blockers
from kommuneplan.core.models import Meeting
from plans.enums import CycleState, MilestoneState, Purpose
from plans.focus.yearly import StatusDue, coming_dues
from plans.lifecycle.facts import ContentFacts, content_facts
from plans.lifecycle.gates import SUBMIT, SubmissionFacts
from plans.lifecycle.state import consultation_to_come, open_state
from plans.lifecycle.transitions import MADE_READY
from plans.models import Cycle, Milestone, Plan

from .tasks import Me

AHEAD = dt.timedelta(days=30)
_MEETINGS_AHEAD = dt.timedelta(days=150)  # the longest deadline for papers is 120 days
MOST = 12


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone or a yearly status whose last day is near or past. ``day``: that last day."""

    day: dt.date
    plan: Plan
    link: str
    milestone: Milestone | None = None
    status: StatusDue | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Dues:
    """What is due, the latest first; ``more`` when there is more than is told."""

    rows: list[Due]
    more: bool


def dues(me: Me) -> Dues:
    """Planned milestones and yearly statuses that are late or have their last day within a
    month; two queries, however many plans."""
    found = [_of_milestone(row, me.day) for row in _milestones(me)[: MOST + 1]]
    statuses = [
        Due(due.day, due.plan, _status_address(due), status=due, is_late=due.is_late)
        for due in coming_dues(me.plans, within=AHEAD.days)
    ]
    rows = sorted([*found, *statuses], key=lambda due: (due.day, due.plan.sort_key))
    return Dues(rows[:MOST], len(rows) > MOST)


def _milestones(me: Me) -> QuerySet[Milestone]:
    """Those with a last day that is past or near, by that day: a meeting's is the meeting's."""
    last = Coalesce("meeting__date", "latest_end")
    rows = Milestone.objects.filter(
        cycle__plan__in=me.plans,
        cycle__in=Cycle.objects.running(on=me.day),
        state=MilestoneState.PLANNED,
    )
    return (
        rows.annotate(last_day=last)
        .filter(last_day__lte=me.day + AHEAD)
        .exclude(follows_consultation=True, last_day__lt=me.day)  # done by itself
        .select_related("cycle__plan", "meeting")
        .order_by("last_day", "pk")
    )


def _of_milestone(row: Milestone, day: dt.date) -> Due:
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
    missing: list[Blocker]
    is_late: bool

    @property
    def day(self) -> dt.date:
        """The last day papers are taken."""
        return self.meeting.papers_due_on


def papers(me: Me) -> list[Papers]:
    """Plans that may be submitted and whose next meeting takes papers within a month, or took
    them already; one query, however many plans."""
    last = me.day + AHEAD
    next_ones: dict[int, Milestone] = {}
    for row in _meetings(me):
        next_ones.setdefault(row.cycle.plan_id, row)
    rows = [_papers(row, me.day) for row in next_ones.values()]
    return sorted((row for row in rows if row.day <= last), key=lambda row: (row.day, row.plan.pk))


def _meetings(me: Me) -> QuerySet[Any]:
    path = "cycle__plan"
    consulted_first = Q(cycle__state=CycleState.DRAFT) & consultation_to_come(path, me.day)
    return (
        Milestone.objects.filter(
            cycle__plan__in=me.run,
            cycle__closed_at__isnull=True,
            state=MilestoneState.PLANNED,
            meeting__cancelled=False,
            meeting__date__range=(me.day, me.day + _MEETINGS_AHEAD),
        )
        .annotate(state_now=open_state(path, "cycle__state", me.day))
        .filter(state_now__in=MADE_READY)
        .annotate(
            **content_facts(path, me.day),
            asks_for=Case(
                When(consulted_first, then=Value(Purpose.CONSULTATION)),
                default=Value(Purpose.ADOPTION),
                output_field=CharField(),
            ),
        )
        .select_related("cycle__plan", "meeting__body")
        .order_by("meeting__date", "pk")
    )


def _papers(row: Any, day: dt.date) -> Papers:
    plan, content = row.cycle.plan, ContentFacts.of(row)
    facts = SubmissionFacts(plan, row.cycle, row.asks_for, content, row.state_now)
    missing = blockers(SUBMIT, only_light=True, facts=facts)
    return Papers(plan, row.meeting, missing, row.meeting.papers_due_on < day)
