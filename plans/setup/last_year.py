"""A body's meetings of one year as lines for another: the same weekday of the same week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kommuneplan.core.enums import MeetingKind
from kommuneplan.core.models import Meeting
from kommuneplan.timespan.calendar import TOWN_HALLS_CLOSED, is_holiday, weeks_in_year
from kommuneplan.timespan.phrase import day_words

KIND_WORDS = {MeetingKind.THEME: "temamøde", MeetingKind.SEMINAR: "seminar",
              MeetingKind.EXTRAORDINARY: "ekstraordinært møde"}  # fmt: skip
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
NO_MEETINGS = TOWN_HALLS_CLOSED | {(5, 1)}  # no holidays; on 1 May many are off from noon


def same_day(day: dt.date, year: int) -> dt.date:
    """The same weekday in the same week of another year; a week later where that is a holiday."""
    _old, week, weekday = day.isocalendar()
    found = dt.date.fromisocalendar(year, min(week, weeks_in_year(year)), weekday)
    while is_holiday(found) or (found.month, found.day) in NO_MEETINGS:
        found += dt.timedelta(days=7)
    return found


def line_of(
    day: dt.date, begins_at: dt.time | None, place: str, kind: str, *, cancelled: bool = False
) -> str:
    """A meeting as somebody would write it, and as ``lines`` reads it."""
    clock = f"kl. {begins_at:%H.%M}" if begins_at else ""
    parts = (clock, place.replace("\t", " "), KIND_WORDS.get(MeetingKind(kind), ""),
             "aflyst" if cancelled else "")  # fmt: skip
    return ", ".join([f"{WEEKDAYS[day.weekday()]} den {day_words(day)}", *filter(None, parts)])


def lines_for(meetings: Iterable[Meeting], year: int) -> str:
    """The lines of another year, each body with its name above."""
    lines: list[str] = []
    last = None
    taken: set[tuple[int, dt.date]] = set()
    for one in sorted(meetings, key=lambda row: (row.body.sort_key, row.date)):
        if one.body_id != last:
            lines += [*([""] if lines else []), one.body.name]
            last = one.body_id
        day = same_day(one.date, year)
        while (one.body_id, day) in taken:
            day += dt.timedelta(days=7)
        taken.add((one.body_id, day))
        lines.append(line_of(day, one.begins_at, one.place, one.kind))
    return "\n".join(lines)
