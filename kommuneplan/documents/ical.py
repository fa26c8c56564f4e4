"""Dates as iCalendar (RFC 5545, RFC 7986): whole days, and clock times in Copenhagen.

Written line by line: it is little, and the library takes five times as long.

The last day of a whole-day event is written exclusively, as the standard demands; callers give
and mean inclusive days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .memo import clean, on_one_line

COPENHAGEN = "Europe/Copenhagen"
PRODUCT = "-//kommuneplan//Procesplaner//DA"
# The rule of the European Union since 1996: one hour forward on the last Sunday of March.
TIME_ZONE = """
BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``first``..``last`` are inclusive days; with ``at`` it begins then on ``first``.

    ``uid`` stays with the matter for ever, ``sequence`` and ``changed`` grow with each issue of it.
    """

    uid: str
    summary: str
    first: dt.date
    last: dt.date
    changed: dt.datetime
    sequence: int = 0
    at: dt.time | None = None
    description: str = ""
    place: str = ""
    category: str = ""
    url: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar to subscribe to."""

    name: str
    events: tuple[Event, ...]
    url: str = ""


def render_calendar(calendar: Calendar) -> bytes:
    """The calendar as text/calendar in UTF-8, lines folded at 75 octets."""
    name = _escaped(on_one_line(calendar.name))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"X-WR-TIMEZONE:{COPENHAGEN}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]
    if calendar.url:
        lines.append(f"SOURCE;VALUE=URI:{on_one_line(calendar.url)}")
    if any(event.at for event in calendar.events):
        lines += TIME_ZONE.strip().splitlines()
    head = "".join(map(_folded, lines))
    return "".join([head, *map(_event, calendar.events), "END:VCALENDAR\r\n"]).encode()


def _event(event: Event) -> str:
    """One VEVENT."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{on_one_line(event.uid)}",
        f"DTSTAMP:{_instant(event.changed)}",
        f"LAST-MODIFIED:{_instant(event.changed)}",
        f"SEQUENCE:{event.sequence}",
        *_when(event),
        f"SUMMARY:{_escaped(on_one_line(event.summary))}",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{_escaped(clean(event.description).strip())}")
    if event.place:
        lines.append(f"LOCATION:{_escaped(on_one_line(event.place))}")
    if event.category:
        lines.append(f"CATEGORIES:{_escaped(on_one_line(event.category))}")
    if event.url:
        lines.append(f"URL:{on_one_line(event.url)}")
    lines += [f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}", "TRANSP:TRANSPARENT"]
    lines.append("END:VEVENT")
    return "".join(_folded(line) for line in lines)


def _when(event: Event) -> list[str]:
    if event.at:
        # How long a meeting lasts is not known, and is not invented: it has a begin only.
        return [f"DTSTART;TZID={COPENHAGEN}:{event.first:%Y%m%d}T{event.at:%H%M%S}"]
    after = event.last + dt.timedelta(days=1) if event.last < dt.date.max else event.last
    return [f"DTSTART;VALUE=DATE:{_day(event.first)}", f"DTEND;VALUE=DATE:{_day(after)}"]


def _day(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _instant(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    """RFC 5545 §3.3.11."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, no letter cut in two (RFC 5545 §3.1)."""
    if len(line) < 25 or len(line.encode()) <= 75:
        return line + "\r\n"
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
