"""Dates as iCalendar (RFC 5545, RFC 7986): whole days, and clock times in Copenhagen.

The last day of a whole-day event is written exclusively, as the standard demands; callers give
and mean inclusive days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import icalendar

from .memo import clean, on_one_line

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PRODUCT = "-//kommuneplan//Procesplaner//DA"
REFRESH = dt.timedelta(hours=12)
# The rule of the European Union since 1996: one hour forward on the last Sunday of March. The
# library would list every switch by its date, and stop some years from now.
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

    ``tentative``: it may not take place, or not then. ``uid`` stays with the matter for ever,
    ``sequence`` and ``changed`` grow with each issue of it.
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
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar to subscribe to."""

    name: str
    events: tuple[Event, ...]
    url: str = ""


def render_calendar(calendar: Calendar) -> bytes:
    """The calendar as text/calendar in UTF-8, lines folded at 75 octets."""
    written = icalendar.Calendar()
    name = on_one_line(calendar.name)
    for key, value in [
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("X-WR-TIMEZONE", str(COPENHAGEN)),
        ("X-PUBLISHED-TTL", icalendar.vDuration(REFRESH)),
    ]:
        written.add(key, value)
    written.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    if calendar.url:
        written.add("SOURCE", on_one_line(calendar.url), parameters={"VALUE": "URI"})
    if any(event.at for event in calendar.events):
        written.add_component(icalendar.Timezone.from_ical(TIME_ZONE.strip()))
    for event in calendar.events:
        written.add_component(_event(event))
    return written.to_ical(sorted=False)


def _event(event: Event) -> icalendar.Event:
    """One VEVENT."""
    written = icalendar.Event()
    written.add("UID", on_one_line(event.uid))
    written.add("DTSTAMP", event.changed.astimezone(dt.UTC))
    written.add("LAST-MODIFIED", event.changed.astimezone(dt.UTC))
    written.add("SEQUENCE", event.sequence)
    if event.at:
        # How long a meeting lasts is not known, and is not invented: it has a begin only.
        written.add("DTSTART", dt.datetime.combine(event.first, event.at, COPENHAGEN))
    else:
        after = event.last + dt.timedelta(days=1) if event.last < dt.date.max else event.last
        written.add("DTSTART", event.first)
        written.add("DTEND", after)
    written.add("SUMMARY", on_one_line(event.summary))
    for key, words in [
        ("DESCRIPTION", clean(event.description).strip()),
        ("LOCATION", on_one_line(event.place)),
        ("CATEGORIES", [on_one_line(event.category)] if event.category else []),
        ("URL", on_one_line(event.url)),
    ]:
        if words:
            written.add(key, words)
    written.add("STATUS", _status(event))
    written.add("TRANSP", "TRANSPARENT")
    return written


def _status(event: Event) -> str:
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"
