"""What a pasted list of meetings would do to the calendar, before anything is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from kommuneplan.core.enums import MeetingKind
from kommuneplan.core.models import Body, Meeting
from kommuneplan.fingerprint import digest
from kommuneplan.timespan.phrase import day_words

from .lines import BodyName, LineFault, ReadLines, ReadMeeting, read_lines


class Act(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    SAME = "same"  # it is there already, as the line has it
    CHANGE = "change"  # it is there, at another time or place
    MOVE = "move"
    CANCEL = "cancel"
    TWICE = "twice"  # an earlier line says the same


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A line with its body, the meeting that is there, and what becomes of it."""

    read: ReadMeeting
    body: Body
    act: Act
    meeting: Meeting | None = None
    earlier: int = 0

    @property
    def kind_word(self) -> str:
        """What sort of meeting it is; nothing for an ordinary one."""
        kind = self.kind
        return "" if kind == MeetingKind.ORDINARY else str(MeetingKind(kind).label)

    @property
    def kind(self) -> str:
        """The kind of the meeting that is there, which a line does not change; else the line's."""
        return self.read.kind if self.meeting is None else str(self.meeting.kind)

    @property
    def writes(self) -> bool:
        """Is there something to save?"""
        return self.act not in {Act.SAME, Act.TWICE}


@dataclass(slots=True)
class MeetingPreview:
    """Everything a text would do; ``others`` are in the calendar on days between and not in the
    text: they stay."""

    rows: list[PlannedMeeting] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    unread: list[LineFault] = field(default_factory=list)
    others: list[Meeting] = field(default_factory=list)

    @property
    def writing(self) -> list[PlannedMeeting]:
        """What would be saved."""
        return [row for row in self.rows if row.writes]

    @property
    def moves(self) -> bool:
        """Is a meeting moved?"""
        return any(row.act is Act.MOVE for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """One value for what was shown."""
        return digest(
            [
                (row.act, row.body.uid, row.read.date, row.read.begins_at, row.read.place,
                 row.read.kind, row.read.moved_from, row.read.cancelled,
                 (row.meeting.uid, row.meeting.version) if row.meeting else None)
                for row in self.rows
            ]
        )  # fmt: skip


def names_of(bodies: Iterable[Body]) -> list[BodyName]:
    """The bodies as they may be named in a line."""
    return [BodyName(str(body.uid), body.name, body.abbreviation) for body in bodies]


def preview_of(
    text: str, *, bodies: Sequence[Body], mine: Sequence[Body], body: Body | None, year: int
) -> MeetingPreview:
    """What the text would do. ``bodies``: all that a line may name; ``mine``: those whose meetings
    the person keeps; ``body``: whose they are where no line says."""
    read = read_lines(text, bodies=names_of(bodies), body=str(body.uid) if body else "", year=year)
    return weighed(read, bodies=bodies, mine=mine)


def weighed(read: ReadLines, *, bodies: Sequence[Body], mine: Sequence[Body]) -> MeetingPreview:
    """The lines that were read against the calendar."""
    known = {str(body.uid): body for body in bodies}
    kept = {body.pk for body in mine}
    found = MeetingPreview(faults=list(read.faults), unread=list(read.unread))
    there = _there(read.meetings, kept)
    seen: dict[tuple[int, dt.date, str], int] = {}
    taken: dict[int, int] = {}
    for one in read.meetings:
        body = known.get(one.body)
        if body is None or body.pk not in kept:
            found.faults.append(LineFault(one.line, one.text, _whose(body)))
            continue
        row = _planned(one, body, there)
        key = (body.pk, one.date, row.kind)
        if key in seen:
            row = replace(row, act=Act.TWICE, earlier=seen[key])
        elif row.meeting and row.meeting.pk in taken:
            found.faults.append(LineFault(one.line, one.text, _taken(row.meeting, taken)))
            continue
        elif row.meeting:
            taken[row.meeting.pk] = one.line
        seen.setdefault(key, one.line)
        found.rows.append(row)
    found.faults.sort(key=lambda fault: fault.line)
    found.others = _others(found.rows)
    return found


def _whose(body: Body | None) -> str:
    if body is None:
        return _("Whose meeting is it? Choose a body above, or write its name in the line.")
    return _("You do not look after the meetings of %(body)s.") % {"body": body.name}


def _taken(meeting: Meeting, lines: Mapping[int, int]) -> str:
    """Two lines that want different things of one meeting cannot both be saved."""
    return _(
        "Line %(line)s is about the meeting on %(day)s already. Save that line first, or keep "
        "only one of the two."
    ) % {"line": lines[meeting.pk], "day": day_words(meeting.date)}


_ByDay = dict[tuple[int, dt.date], list[Meeting]]


def _there(meetings: Iterable[ReadMeeting], kept: set[int]) -> _ByDay:
    """The meetings that are there on the days of the lines."""
    days = {day for one in meetings for day in (one.date, one.moved_from) if day}
    found: _ByDay = {}
    if not days:
        return found
    rows = Meeting.objects.filter(body__in=kept, date__range=(min(days), max(days)))
    for row in rows.select_related("body").order_by("pk"):
        found.setdefault((row.body_id, row.date), []).append(row)
    return found


def _planned(one: ReadMeeting, body: Body, there: _ByDay) -> PlannedMeeting:
    on_the_day = there.get((body.pk, one.date), [])
    if one.moved_from and not on_the_day:
        moved = [row for row in there.get((body.pk, one.moved_from), []) if not row.cancelled]
        if moved:
            return PlannedMeeting(one, body, Act.MOVE, _alike(moved, one) or moved[0])
    meeting = _alike(on_the_day, one)
    if meeting is None:
        return PlannedMeeting(one, body, Act.NEW)
    if one.cancelled and not meeting.cancelled:
        return PlannedMeeting(one, body, Act.CANCEL, meeting)
    differs = (one.begins_at and one.begins_at != meeting.begins_at) or (
        one.place and one.place != meeting.place
    )
    return PlannedMeeting(one, body, Act.CHANGE if differs else Act.SAME, meeting)


def _alike(rows: list[Meeting], one: ReadMeeting) -> Meeting | None:
    """The meeting of that kind; where the line names none, any that is there."""
    same = next((row for row in rows if row.kind == one.kind), None)
    if same is None and one.kind == MeetingKind.ORDINARY and len(rows) == 1:
        return rows[0]
    return same


def _others(rows: list[PlannedMeeting]) -> list[Meeting]:
    if not rows:
        return []
    days = [row.read.date for row in rows]
    named = {row.meeting.pk for row in rows if row.meeting}
    there = Meeting.objects.filter(
        body__in={row.body.pk for row in rows}, date__range=(min(days), max(days)), cancelled=False
    )
    return [row for row in there.select_related("body") if row.pk not in named]
