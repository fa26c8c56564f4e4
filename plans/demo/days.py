"""The days of the plan of today: counted from the day the demo is loaded, on days bodies meet."""

from __future__ import annotations

import datetime as dt

from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.enums import MeetingKind
from kommuneplan.timespan.calendar import easter, is_working_day
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan

from .spec import MONTHS, MeetingSpec, exactly, meets, part_of_month, words

DAY = dt.timedelta(days=1)
TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3


def is_meeting_day(day: dt.date) -> bool:
    """A working day in a week in which bodies meet: not summer, week 42, Christmas or Easter."""
    if not is_working_day(day) or day.month == 7 or day.isocalendar().week == 42:
        return False
    if (6, 24) <= (day.month, day.day) <= (8, 9):
        return False
    if (day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 6):
        return False
    sunday = easter(day.year)
    return not sunday - 7 * DAY <= day <= sunday + DAY


def next_meeting_day(near: dt.date, weekday: int = WEDNESDAY, step: int = 1) -> dt.date:
    """The nearest such weekday from a day on (step 1) or back (step -1)."""
    day = near
    while day.weekday() != weekday or not is_meeting_day(day):
        day += step * DAY
    return day


def working_day(day: dt.date, step: int = 1) -> dt.date:
    while not is_working_day(day):
        day += step * DAY
    return day


def third_of_month(day: dt.date) -> TimeSpan:
    third = min((day.day - 1) // 10, 2)
    name = ("primo", "medio", "ultimo")[third]
    return part_of_month(f"{name} {MONTHS[day.month - 1]} {day.year}", day.year, day.month, third)


def months_from_to(first: dt.date, last: dt.date) -> TimeSpan:
    begin, end = _whole_month(first), _whole_month(last)
    year = "" if first.year == last.year else f" {first.year}"
    written = f"{MONTHS[first.month - 1]}{year} – {MONTHS[last.month - 1]} {last.year}"
    return TimeSpan(*begin, *end, Precision.MONTH_RANGE, Modifier.NONE, written)


def _whole_month(day: dt.date) -> tuple[dt.date, dt.date]:
    following = (day.replace(day=1) + 32 * DAY).replace(day=1)
    return day.replace(day=1), following - DAY


def quarter_of(day: dt.date) -> TimeSpan:
    number = (day.month - 1) // 3
    first = dt.date(day.year, 3 * number + 1, 1)
    last = (first + 95 * DAY).replace(day=1) - DAY
    written = f"{number + 1}. kvartal {day.year}"
    return TimeSpan(first, last, first, last, Precision.QUARTER, Modifier.NONE, written)


def weeks_from(day: dt.date, count: int) -> TimeSpan:
    monday = day - day.weekday() * DAY
    last = monday + (7 * count - 1) * DAY
    first_week, last_week = monday.isocalendar().week, last.isocalendar().week
    return TimeSpan(
        monday,
        monday + 6 * DAY,
        last - 6 * DAY,
        last,
        Precision.RANGE,
        Modifier.NONE,
        f"uge {first_week}-{last_week}, {last.isocalendar().year}",
    )


class DemoDays:
    """The days of the living plan, seen from the day the demo is loaded."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.terms = next_meeting_day(today - 200 * DAY, step=-1)
        self.interviews = weeks_from(today - 170 * DAY, 3)
        self.theme = next_meeting_day(today - 125 * DAY, step=-1)
        self.released = next_meeting_day(today - 16 * DAY, step=-1)
        self.hearing_begins = self.released + DAY
        self.citizens = next_meeting_day(today + 7 * DAY, TUESDAY)
        self.hearing_ends = working_day(max(today + 24 * DAY, self.citizens + 8 * DAY))
        self.first_end = working_day(self.hearing_ends - 14 * DAY, -1)
        self.treated = next_meeting_day(self.hearing_ends + 45 * DAY)
        self.council = next_meeting_day(self.treated + 15 * DAY, THURSDAY)
        self.extended = today - 2 * DAY

    def morning(self, day: dt.date, hour: int = 8) -> dt.datetime:
        return dt.datetime(day.year, day.month, day.day, hour, tzinfo=COPENHAGEN)


def days_from_to(first: dt.date, last: dt.date) -> TimeSpan:
    begin = words(first) if first.year != last.year else words(first).rpartition(" ")[0]
    return exactly(f"{begin} til {words(last)}", first, last)


def on_day(day: dt.date) -> TimeSpan:
    return TimeSpan(day, day, day, day, Precision.DAY, Modifier.NONE, words(day))


def meeting_on(body: str, day: dt.date, kind: MeetingKind = MeetingKind.ORDINARY) -> MeetingSpec:
    return meets(body, day, kind, begins_at=dt.time(15), place="Rådhuset")
