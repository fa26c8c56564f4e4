"""Calendar files (.ics, RFC 5545): the meetings in them, as rows.

Read in the limited process alone. A recurring meeting is every day it falls on; one of them that
stands for itself (RECURRENCE-ID) takes the place of that day, and says from where it was moved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from .files.messages import gettext_noop
from .files.source import RefusedFile

MAX_BYTES = 2_000_000
MOST_EVENTS = 1000
MOST_DAYS = 400  # of one recurring meeting
LONGEST = 200
COPENHAGEN = ZoneInfo("Europe/Copenhagen")

SIZE = gettext_noop("%(name)s is too large. The limit is %(limit)s MB. Export one year only.")
NO_CALENDAR = gettext_noop(
    "%(name)s is no calendar file. Export the calendar as .ics, or paste the dates instead."
)
NOTHING = gettext_noop("There is no meeting in %(name)s between %(first)s and %(last)s.")


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A meeting of a calendar file."""

    date: dt.date
    begins_at: dt.time | None
    title: str
    place: str
    cancelled: bool = False
    moved_from: dt.date | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "date": self.date.isoformat(),
            "begins_at": self.begins_at.isoformat("minutes") if self.begins_at else "",
            "title": self.title,
            "place": self.place,
            "cancelled": self.cancelled,
            "moved_from": self.moved_from.isoformat() if self.moved_from else "",
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> CalendarRow:
        """The same from plain data."""
        time, moved = data["begins_at"], data["moved_from"]
        return cls(
            dt.date.fromisoformat(data["date"]),
            dt.time.fromisoformat(time) if time else None,
            data["title"],
            data["place"],
            data["cancelled"],
            dt.date.fromisoformat(moved) if moved else None,
        )


def check_calendar(name: str, data: bytes) -> None:
    """Refuse what is no calendar by its size, name and first bytes."""
    if len(data) > MAX_BYTES:
        raise RefusedFile(SIZE, name=name, limit=MAX_BYTES // 1_000_000)
    begins = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").upper()
    if not name.lower().endswith((".ics", ".ical", ".ifb")) or not begins.startswith(
        b"BEGIN:VCALENDAR"
    ):
        raise RefusedFile(NO_CALENDAR, name=name)


def read_calendar(name: str, data: bytes, first: dt.date, last: dt.date) -> list[CalendarRow]:
    """The meetings from one day to another, in order."""
    from icalendar import Calendar

    try:
        events = list(islice(Calendar.from_ical(data).walk("VEVENT"), MOST_EVENTS))
        rows = sorted(_rows(events, first, last), key=lambda row: (row.date, row.title))
    except MemoryError:
        raise
    except Exception as error:  # whatever the library makes of a bad file
        raise RefusedFile(NO_CALENDAR, name=name) from error
    if not rows:
        raise RefusedFile(NOTHING, name=name, first=first.isoformat(), last=last.isoformat())
    return rows[:MOST_EVENTS]


def _rows(events: list[Any], first: dt.date, last: dt.date) -> Iterator[CalendarRow]:
    alone = [event for event in events if "RECURRENCE-ID" in event]
    replaced = {(str(one.get("UID")), _day(one["RECURRENCE-ID"].dt)) for one in alone}
    for event in events:
        if "DTSTART" not in event:
            continue
        start = event["DTSTART"].dt
        if event in alone:
            was = _day(event["RECURRENCE-ID"].dt)
            yield from _within(_row(event, start, was if was != _day(start) else None), first, last)
            continue
        for moment in _moments(event, start, last):
            if (str(event.get("UID")), _day(moment)) not in replaced:
                yield from _within(_row(event, moment, None), first, last)


def _within(row: CalendarRow, first: dt.date, last: dt.date) -> Iterator[CalendarRow]:
    if first <= row.date <= last:
        yield row


def _moments(event: Any, start: Any, last: dt.date) -> Iterator[Any]:
    """Each time it takes place."""
    rule = event.get("RRULE")
    if rule is None or isinstance(rule, list):
        yield start
        return
    from dateutil.rrule import rrulestr

    zone = start.tzinfo if isinstance(start, dt.datetime) else None
    plain = start.replace(tzinfo=None) if zone else start
    if not isinstance(plain, dt.datetime):
        plain = dt.datetime.combine(plain, dt.time.min)
    words = rule.to_ical().decode().rstrip("Z").replace("Z;", ";")
    left_out = {_day(one.dt) for group in _listed(event.get("EXDATE")) for one in group.dts}
    for moment in islice(rrulestr(words, dtstart=plain), MOST_DAYS):
        if moment.date() > last:
            return
        real = moment.replace(tzinfo=zone) if isinstance(start, dt.datetime) else moment.date()
        if _day(real) not in left_out:
            yield real


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _here(moment: Any) -> Any:
    if isinstance(moment, dt.datetime) and moment.tzinfo:
        return moment.astimezone(COPENHAGEN)
    return moment


def _day(moment: Any) -> dt.date:
    here = _here(moment)
    return here.date() if isinstance(here, dt.datetime) else here


def _row(event: Any, moment: Any, moved_from: dt.date | None) -> CalendarRow:
    here = _here(moment)
    time = here.time().replace(second=0, microsecond=0) if isinstance(here, dt.datetime) else None
    return CalendarRow(
        _day(moment),
        time.replace(tzinfo=None) if time else None,
        _words(event.get("SUMMARY")),
        _words(event.get("LOCATION")),
        str(event.get("STATUS", "")).upper() == "CANCELLED",
        moved_from,
    )


def _words(value: Any) -> str:
    """One line that fits a cell of a table."""
    text = str(value or "")[:2000]
    for sign in "\t|;":
        text = text.replace(sign, ",")
    return " ".join(text.split())[:LONGEST]
