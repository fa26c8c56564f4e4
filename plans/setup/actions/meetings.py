"""Meetings are entered, changed, moved and cancelled; one that is there stays, whatever befalls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.locking import Conflict, Outdated
from plans.process.actions.meetings import DayTaken, move_meeting

from ..meeting_preview import Act, MeetingPreview, PlannedMeeting

FACTS = ("kind", "begins_at", "place", "papers_due", "is_public", "cancelled")


@transaction.atomic
def enter_meetings(*, preview: MeetingPreview, seen: str, reason: str = "", by: User) -> int:
    """Do what the preview shows; how many meetings were written.

    ``seen`` is the fingerprint of what the person saw. Raises Outdated when the calendar has
    changed since, ReasonNeeded when the public has read the day of a meeting that is moved.
    """
    bodies = {row.body.pk for row in preview.rows}
    list(Body.objects.select_for_update().filter(pk__in=bodies).order_by("pk"))
    if preview.fingerprint != seen:
        raise Outdated
    for row in preview.writing:
        try:
            _enter(row, reason, by)
        except (Conflict, DayTaken) as error:
            raise Outdated from error
    return len(preview.writing)


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
