"""Meetings that come to be known while a matter is planned, and meetings that are moved.

A milestone that is a meeting has the meeting's day. Where the public has read that day, it moves
with a reason only, and the old day is kept (``planning.note_change``), in every plan it stands in.

Rows are locked in one order, here and wherever meetings are entered (``plans.setup``): plans, their
bodies, meetings, milestones. Two who each held what the other waits for would wait for ever.
"""

from __future__ import annotations

import copy
import datetime as dt

from django.db import transaction

from kommuneplan.core.enums import MeetingKind
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Conflict
from kommuneplan.timespan.span import TimeSpan
from plans.models import Milestone, Plan

from .milestones import note_change


class DayTaken(Exception):
    """The body has a meeting of that kind on that day already."""


@transaction.atomic
def meeting_on(*, body: Body, day: dt.date | None, by: User | None) -> Meeting | None:
    """The body's ordinary meeting on a day, entered in its calendar when it is not there; None
    without a day."""
    if day is None:
        return None
    Body.objects.select_for_update().get(pk=body.pk)
    found = meeting_of(body, day)
    if found.pk is None:
        found._history_user = by
        found.save()
    return found


def meeting_of(body: Body, day: dt.date) -> Meeting:
    """The body's meeting on a day, or an ordinary one that nobody has entered yet."""
    there = Meeting.objects.filter(body=body, date=day).select_related("body").order_by("pk")
    found = there.filter(cancelled=False).first()
    return found or there.filter(kind=MeetingKind.ORDINARY).first() or Meeting(body=body, date=day)


def moved_to(meeting: Meeting, day: dt.date) -> Meeting:
    """The meeting as it would be on another day: a deadline for papers that is set keeps its
    distance. The meeting itself is left alone."""
    moved = copy.copy(meeting)
    if meeting.papers_due:
        moved.papers_due = meeting.papers_due + (day - meeting.date)
    moved.date = day
    return moved


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    seen: int,
    day: dt.date,
    reason: str = "",
    decided_at: Meeting | None = None,
    by: User | None,
) -> list[Milestone]:
    """Move a meeting to another day, with every milestone that is it; gives those milestones.

    ReasonNeeded when the public has read the old day in some plan and no reason is given; the
    other plans' new day is told when they are published next. A deadline for papers that is set
    keeps its distance. Raises Conflict when the meeting was saved since ``seen``, DayTaken.
    """
    there = Plan.objects.filter(cycles__milestones__meeting=meeting)
    list(Plan.objects.select_for_update().filter(pk__in=there.values("pk")).order_by("pk"))
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.version != seen:
        raise Conflict(row)
    others = Meeting.objects.filter(body=row.body_id, kind=row.kind, date=day)
    if others.exclude(pk=row.pk).exists():
        raise DayTaken
    milestones = list(_at(row))
    if day == row.date:
        return milestones
    for milestone in milestones:
        _told_anew(milestone, day, reason, decided_at, by)
    row = moved_to(row, day)
    row._history_user = by
    row._change_reason = reason.strip() or None
    row.save()
    return milestones


def _at(meeting: Meeting) -> list[Milestone]:
    rows = Milestone.objects.select_for_update(of=("self",)).filter(meeting=meeting)
    return list(rows.select_related("cycle__plan").order_by("pk"))


def _told_anew(
    row: Milestone, day: dt.date, reason: str, decided_at: Meeting | None, by: User | None
) -> None:
    """Note the published day; words of the old one no longer hold."""
    note_change(row, TimeSpan.day(day), "", reason.strip(), decided_at, by)
    if row.written:
        row.written = ""
        row._history_user = by
        row.save()


@transaction.atomic
def put_on_meeting(
    *,
    milestone: Milestone,
    meeting: Meeting | None = None,
    day: dt.date | None = None,
    reason: str = "",
    decided_at: Meeting | None = None,
    by: User | None,
) -> Milestone:
    """Let a milestone be another meeting of its body, or one on a day; its meeting itself stays.

    ReasonNeeded when the public has read the old day. Raises Conflict when the milestone has been
    saved since it was read, ValueError for another body's meeting or without any.
    """
    if milestone.meeting is None:
        raise Conflict(milestone)
    target = meeting or meeting_on(body=milestone.meeting.body, day=day, by=by)
    row = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if row.version != milestone.version or row.meeting is None:
        raise Conflict(milestone)
    if target is None or target.body_id != row.meeting.body_id:
        raise ValueError("The milestone needs a meeting of its body")
    if target.pk == row.meeting_id:
        return row
    note_change(row, TimeSpan.day(target.date), "", reason.strip(), decided_at, by)
    row.meeting, row.written = target, ""
    row._history_user = by
    row.save()
    return row
