"""The next meeting that concerns a person, with what is to be treated at it; and what each of
their plans waits for at the bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.urls import reverse

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Meeting
from plans.models import Milestone, Treatment

from .tasks import Me


@dataclass(frozen=True, slots=True)
class TreatedThere:
    """Something for the meeting: a matter, or a step of a process plan that is this meeting and
    is not put before the body yet."""

    title: str
    plan: str
    link: str
    is_submitted: bool


@dataclass(frozen=True, slots=True)
class MeetingAhead:
    """A meeting to come, its items, and whether its deadline for papers is past."""

    meeting: Meeting
    items: list[TreatedThere]
    papers_late: bool


def turns_to_come(me: Me) -> list[Any]:
    """The treatments of open matters of my plans that are not recorded, in the order of their
    chains; one query. Each has ``of_plan``, and the ``slug`` and ``plan_title`` of that plan."""
    plan = "matter__plans__cycle__plan"
    rows = Treatment.objects.filter(
        outcome="", matter__closed_at__isnull=True, **{f"{plan}__in": me.plans}
    )
    rows = rows.annotate(of_plan=F(plan), slug=F(f"{plan}__slug"), plan_title=F(f"{plan}__title"))
    return list(rows.select_related("matter", "meeting__body", "body").order_by("position", "pk"))


def next_meeting(me: Me, steps: Iterable[Milestone], turns: Iterable[Any]) -> MeetingAhead | None:
    """The first meeting from today on at which one of my plans is treated or that a body of mine
    holds; one query, and none for who is secretary of no body."""
    found = {one.meeting.pk: one.meeting for one in (*steps, *turns) if one.meeting}
    ahead = [one for one in found.values() if one.date >= me.day and not one.cancelled]
    ahead += _of_my_bodies(me)
    first = min(ahead, key=lambda one: (one.date, one.begins_at or dt.time(), one.pk), default=None)
    if first is None:
        return None
    items = {
        turn.of_plan: TreatedThere(
            turn.matter.title,
            turn.plan_title,
            reverse("plans:matter", args=[turn.slug, turn.matter.uid]),
            is_submitted=True,
        )
        for turn in turns
        if turn.meeting_id == first.pk
    }
    for row in steps:
        plan = row.cycle.plan
        if row.meeting_id == first.pk and plan.pk not in items:
            link = reverse("plans:milestone", args=[plan.slug, row.uid])
            items[plan.pk] = TreatedThere(row.title, plan.title, link, is_submitted=False)
    return MeetingAhead(first, list(items.values()), first.papers_due_on < me.day)


def _of_my_bodies(me: Me) -> list[Meeting]:
    bodies = [body for body, role in me.user.roles() if role == Role.SECRETARY]
    if not bodies:
        return []
    rows = Meeting.objects.filter(body__in=bodies, date__gte=me.day, cancelled=False)
    return list(rows.select_related("body").order_by("date", "begins_at", "pk")[:1])
