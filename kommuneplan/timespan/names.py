"""Which calendar period a window is: the inverse of the calendar's functions."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from . import calendar as cal
from .calendar import Break, Season
from .span import Precision


class Period(NamedTuple):
    """A named period. ``part`` is a third of it (0-2), ``half`` a half of it (0-1)."""

    precision: Precision
    year: int
    number: int = 0  # month, week, quarter, half-year or season
    part: int | None = None
    half: int | None = None
    feast: Break | None = None


def period(first: dt.date, last: dt.date, precision: Precision) -> Period | None:
    """The period of that precision which is exactly ``first``..``last``, or ``None``."""
    finder = _FINDERS.get(precision)
    return finder(first, last) if finder is not None else None


def any_period(first: dt.date, last: dt.date) -> Period | None:
    """The plainest period that is exactly the window, for the end of a range."""
    for precision in _PLAINEST:
        found = period(first, last, precision)
        if found is None or (precision is Precision.WEEK and found.part is not None):
            continue
        if precision is Precision.SEASON and found.part is not None:
            continue
        return found
    thirds = [cal.part_of_year(first.year, third) for third in range(3)]
    if (first, last) in thirds:
        return Period(Precision.PART_OF_YEAR, first.year, part=thirds.index((first, last)))
    feast = feast_of(first, last)
    return Period(Precision.PART_OF_YEAR, first.year, feast=feast) if feast else None


def feast_of(first: dt.date, last: dt.date) -> Break | None:
    """The break or feast that is exactly the window."""
    for feast in Break:
        if cal.break_window(first.year, feast) == (first, last):
            return feast
    return None


def _day(first: dt.date, last: dt.date) -> Period | None:
    return Period(Precision.DAY, first.year) if first == last else None


def _week(first: dt.date, last: dt.date) -> Period | None:
    year, week, _weekday = first.isocalendar()
    if (first, last) == cal.week_window(year, week):
        return Period(Precision.WEEK, year, week)
    for third in range(3):
        if (first, last) == cal.part_of_week(year, week, third):
            return Period(Precision.WEEK, year, week, part=third)
    return None


def _part_of_month(first: dt.date, last: dt.date) -> Period | None:
    for third in range(3):
        if (first, last) == cal.third_of_month(first.year, first.month, third):
            return Period(Precision.PART_OF_MONTH, first.year, first.month, part=third)
    for half in range(2):
        if (first, last) == cal.half_of_month(first.year, first.month, half):
            return Period(Precision.PART_OF_MONTH, first.year, first.month, half=half)
    return None


def _month(first: dt.date, last: dt.date) -> Period | None:
    if (first, last) == cal.month_window(first.year, first.month):
        return Period(Precision.MONTH, first.year, first.month)
    return None


def _quarter(first: dt.date, last: dt.date) -> Period | None:
    number = (first.month + 2) // 3
    if (first, last) == cal.quarter_window(first.year, number):
        return Period(Precision.QUARTER, first.year, number)
    return None


def _half_year(first: dt.date, last: dt.date) -> Period | None:
    number = 1 if first.month < 7 else 2
    if (first, last) == cal.half_year_window(first.year, number):
        return Period(Precision.HALF_YEAR, first.year, number)
    return None


def _season(first: dt.date, last: dt.date) -> Period | None:
    for season in Season:
        for year in (first.year, first.year + 1):
            whole = cal.season_window(year, season)
            if (first, last) == whole:
                return Period(Precision.SEASON, year, season)
            for third in range(3):
                if (first, last) == cal.third_of_months(whole, third):
                    return Period(Precision.SEASON, year, season, part=third)
    return None


def _part_of_year(first: dt.date, last: dt.date) -> Period | None:
    """Any window inside a year; what is in brackets after its name tells it exactly."""
    feast = feast_of(first, last)
    if feast is not None:
        return Period(Precision.PART_OF_YEAR, first.year, feast=feast)
    month = _month(first, last)
    if month is not None:
        quarter = (first.month + 2) // 3
        return Period(Precision.PART_OF_YEAR, first.year, quarter, part=(first.month - 1) % 3)
    if first.year != last.year:
        return None
    middle = first + (last - first) / 2
    return Period(Precision.PART_OF_YEAR, first.year, part=(middle.month - 1) // 4)


def _year(first: dt.date, last: dt.date) -> Period | None:
    return (
        Period(Precision.YEAR, first.year) if (first, last) == cal.year_window(first.year) else None
    )


_FINDERS = {
    Precision.DAY: _day,
    Precision.WEEK: _week,
    Precision.PART_OF_MONTH: _part_of_month,
    Precision.MONTH: _month,
    Precision.QUARTER: _quarter,
    Precision.HALF_YEAR: _half_year,
    Precision.SEASON: _season,
    Precision.PART_OF_YEAR: _part_of_year,
    Precision.YEAR: _year,
}
_PLAINEST = (
    Precision.DAY,
    Precision.PART_OF_MONTH,
    Precision.MONTH,
    Precision.WEEK,
    Precision.QUARTER,
    Precision.HALF_YEAR,
    Precision.SEASON,
    Precision.YEAR,
)
