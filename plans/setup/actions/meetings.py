"""Meetings are entered, changed, moved and cancelled; one that is there stays, whatever befalls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Conflict, Outdated
from plans.models import Plan
from plans.process.actions.meetings import DayTaken, move_meeting

from ..meeting_preview import Act, MeetingPreview, PlannedMeeting
from .shown import as_shown

FACTS = ("kind", "begins_at", "place", "papers_due", "is_public", "cancelled")


@transaction.atomic
def enter_meetings(
    *,
    preview: Callable[[], MeetingPreview],
    seen: str,
    bodies: Iterable[Body],
    reason: str = "",
    by: User,
) -> MeetingPreview:
    """Do what the preview shows, and give it; ``bodies``: those whose meetings it may write.

    ``seen`` is the fingerprint of what the person saw. Raises Outdated when the calendar has
    changed since, ReasonNeeded when the public has read the day of a meeting that is moved.
    """
    # In the order of ``plans.process.actions.meetings``: a meeting may take its plans along.
    keys = {body.pk for body in bodies}
    along = Plan.objects.filter(cycles__milestones__meeting__body__in=keys).values("pk")
    list(Plan.objects.select_for_update().filter(pk__in=along).order_by("pk"))
    list(Body.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    found = as_shown(preview, seen)
    for row in found.writing:
        try:
            _enter(row, reason, by)
        except (Conflict, DayTaken) as error:
            raise Outdated from error
    return found


def _enter(row: PlannedMeeting, reason: str, by: User) -> None:
    meeting = row.meeting or Meeting(body=row.body, date=row.read.date, kind=row.read.kind)
    if row.act is Act.MOVE:
        move_meeting(meeting=meeting, seen=meeting.version, day=row.read.date, reason=reason, by=by)
        meeting = Meeting.objects.get(pk=meeting.pk)
    meeting.begins_at = row.read.begins_at or meeting.begins_at
    meeting.place = row.read.place or meeting.place
    meeting.cancelled = meeting.cancelled or row.read.cancelled
    meeting._history_user = by
    meeting.save()


class MeetingUsed(Exception):
    """Milestones, matters or answers stand on the meeting: it is cancelled or moved instead."""


@transaction.atomic
def delete_meeting(*, meeting: Meeting, by: User) -> None:
    """Take a meeting out that was entered by mistake. Raises MeetingUsed when something in a plan
    or a consultation points to it."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    row._history_user = by
    try:
        row.delete()
    except ProtectedError as error:
        raise MeetingUsed from error


@transaction.atomic
def save_meeting(
    *, meeting: Meeting | None, body: Body, facts: Mapping[str, Any], seen: int = 0, by: User
) -> Meeting:
    """Store a meeting (a new one without ``meeting``). The day of one that is there is changed by
    ``move_meeting``. Raises Conflict when it was saved since version ``seen``, DayTaken."""
    Body.objects.select_for_update().get(pk=body.pk)
    if meeting is None:
        row = Meeting(body=body, date=facts["date"])
    else:
        row = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if row.version != seen:
            raise Conflict(row)
    for name in FACTS:
        if name in facts:
            setattr(row, name, facts[name])
    same = Meeting.objects.filter(body=row.body_id, date=row.date, kind=row.kind)
    if same.exclude(pk=row.pk).exists():
        raise DayTaken
    row._history_user = by
    row.save()
    return row
