"""From an atom with its year to first day, last day and precision (conventions 1 to 7)."""

from __future__ import annotations

import datetime as dt

from . import calendar as cal
from .atoms import Atom, Unit
from .calendar import Break, Feast, Season, Window, YearParts
from .messages import note
from .span import Precision
from .words import DANISH


class Impossible(Exception):
    """The words name a date that does not exist; the message is for the user."""


class Missing(Exception):
    """A year or month that nothing gives; the message is for the user."""


Named = tuple[dt.date, dt.date, Precision]


def window(atom: Atom, year: int, parts: YearParts = YearParts.THIRDS) -> Named:
    """First day, last day and precision of an atom in ``year``. Raises ``Impossible``."""
    if not 1 <= year <= 9998:
        raise Impossible(note("The year is out of range."))
    return _WINDOWS[atom.unit](atom, year, parts)


def _day(atom: Atom, year: int, parts: YearParts) -> Named:
    month = atom.month or 0
    if not 1 <= month <= 12:
        raise Impossible(note("There is no month %(month)s.", month=month))
    if atom.number < 1:
        raise Impossible(note("There is no day 0."))
    if atom.number > cal.days_in_month(year, month):
        days = cal.days_in_month(year, month)
        name = DANISH.months[month - 1]
        if month == 2 and atom.number > 29:
            days = 29
        elif month == 2:
            name = f"{name} {year}"
        raise Impossible(
            note("There are at most %(days)s days in %(month)s.", days=days, month=name)
        )
    day = dt.date(year, month, atom.number)
    return day, day, Precision.DAY


def _month(atom: Atom, year: int, parts: YearParts) -> Named:
    month = atom.month or 0
    if not 1 <= month <= 12:
        raise Impossible(note("There is no month %(month)s.", month=month))
    if atom.part is not None:
        return *cal.third_of_month(year, month, atom.part), Precision.PART_OF_MONTH
    if atom.half is not None:
        return *cal.half_of_month(year, month, atom.half), Precision.PART_OF_MONTH
    return *cal.month_window(year, month), Precision.MONTH


def _week(atom: Atom, year: int, parts: YearParts) -> Named:
    if not 1 <= atom.number <= 53:
        raise Impossible(note("There is no week %(week)s.", week=atom.number))
    if atom.number > cal.weeks_in_year(year):
        raise Impossible(note("The year %(year)s has no week 53.", year=year))
    if atom.weekday is not None:
        day = cal.week_window(year, atom.number)[0] + atom.weekday * cal.DAY
        return day, day, Precision.DAY
    if atom.part is not None:
        return *cal.part_of_week(year, atom.number, atom.part), Precision.WEEK
    return *cal.week_window(year, atom.number), Precision.WEEK


def _halved(whole: Window, half: int) -> Window:
    """The half of whole months; of three months the first or last one and a half."""
    first, last = whole
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months % 2 == 0:
        middle = first.month + months // 2
        year, month = first.year + (middle - 1) // 12, (middle - 1) % 12 + 1
        cut = dt.date(year, month, 1)
    else:
        cut = dt.date(first.year, first.month + 1, 16)
    return (first, cut - cal.DAY) if half == 0 else (cut, last)


def _divided(atom: Atom, whole: Window, precision: Precision) -> Named:
    if atom.part is not None:
        return *cal.third_of_months(whole, atom.part), Precision.PART_OF_YEAR
    if atom.half is not None:
        return *_halved(whole, atom.half), Precision.PART_OF_YEAR
    return *whole, precision


def _quarter(atom: Atom, year: int, parts: YearParts) -> Named:
    if not 1 <= atom.number <= 4:
        raise Impossible(note("There is no quarter %(number)s.", number=atom.number))
    return _divided(atom, cal.quarter_window(year, atom.number), Precision.QUARTER)


def _half_year(atom: Atom, year: int, parts: YearParts) -> Named:
    if not 1 <= atom.number <= 2:
        raise Impossible(note("There is no half-year %(number)s.", number=atom.number))
    return _divided(atom, cal.half_year_window(year, atom.number), Precision.HALF_YEAR)


def _season(atom: Atom, year: int, parts: YearParts) -> Named:
    season = Season(atom.number)
    if atom.end_year is not None and season is not Season.WINTER:
        raise Missing(note("The year is missing."))
    whole = cal.season_window(atom.end_year or year, season)
    if atom.part is not None:
        return *cal.third_of_months(whole, atom.part), Precision.SEASON
    return *whole, Precision.SEASON


def _year(atom: Atom, year: int, parts: YearParts) -> Named:
    if atom.part is not None:
        return *cal.part_of_year(year, atom.part, parts), Precision.PART_OF_YEAR
    if atom.end_year is not None:
        return cal.year_window(year)[0], cal.year_window(atom.end_year)[1], Precision.RANGE
    return *cal.year_window(year), Precision.YEAR


def _school_year(atom: Atom, year: int, parts: YearParts) -> Named:
    return dt.date(year, 8, 1), dt.date(year + 1, 7, 31), Precision.RANGE


def _break(atom: Atom, year: int, parts: YearParts) -> Named:
    feast = Break(str(atom.feast))
    first, last = cal.break_window(year, feast)
    if atom.beside:
        if feast is Break.TURN_OF_YEAR and atom.half == 0:  # "ugen efter nytår"
            first, last = dt.date(year, 12, 31), dt.date(year + 1, 1, 1)
        return *cal.week_beside((first, last), atom.beside), Precision.WEEK
    if atom.part is not None:
        third = max(1, ((last - first).days + 1) // 3)
        first, last = (
            (first, first + (third - 1) * cal.DAY),
            (first + third * cal.DAY, last - third * cal.DAY),
            (last - (third - 1) * cal.DAY, last),
        )[atom.part]
    week = feast in (Break.WINTER_BREAK, Break.AUTUMN_BREAK) and atom.part is None
    return first, last, Precision.WEEK if week else Precision.PART_OF_YEAR


def _feast(atom: Atom, year: int, parts: YearParts) -> Named:
    assert isinstance(atom.feast, Feast)
    day = cal.feast_day(year, atom.feast)
    return day, day, Precision.DAY


def _nth_weekday(atom: Atom, year: int, parts: YearParts) -> Named:
    day = cal.nth_weekday(year, atom.month or 1, atom.weekday or 0, atom.number)
    if day is None or atom.number == 0:
        raise Impossible(note("The month has no such weekday."))
    return day, day, Precision.DAY


def _month_week(atom: Atom, year: int, parts: YearParts) -> Named:
    try:
        first, last = cal.nth_week_of_month(year, atom.month or 1, atom.number)
    except ValueError:
        raise Impossible(note("The month has no such week.")) from None
    return first, last, Precision.WEEK


def _whole_week(atom: Atom, year: int, parts: YearParts) -> Named:
    """ "første hele uge i maj": Monday to Sunday, all of them in the month."""
    first, last = cal.month_window(year, atom.month or 1)
    mondays = [first + days * cal.DAY for days in range(-first.weekday() % 7, last.day - 6, 7)]
    if not 1 <= atom.number <= len(mondays) and atom.number != -1:
        raise Impossible(note("The month has no such week."))
    monday = mondays[atom.number - 1 if atom.number > 0 else -1]
    return monday, monday + 6 * cal.DAY, Precision.WEEK


def _working_day(atom: Atom, year: int, parts: YearParts) -> Named:
    """ "første hverdag i maj": Monday to Friday, holidays left out."""
    first, last = cal.month_window(year, atom.month or 1)
    days = [first + days * cal.DAY for days in range(last.day)]
    working = [day for day in days if cal.is_working_day(day)]
    if not 1 <= atom.number <= len(working) and atom.number != -1:
        raise Impossible(note("The month has no such day."))
    day = working[atom.number - 1 if atom.number > 0 else -1]
    return day, day, Precision.DAY


def _last_day(atom: Atom, year: int, parts: YearParts) -> Named:
    day = cal.month_window(year, atom.month or 1)[1]
    return day, day, Precision.DAY


_WINDOWS = {
    Unit.DAY: _day,
    Unit.MONTH: _month,
    Unit.WEEK: _week,
    Unit.QUARTER: _quarter,
    Unit.HALF_YEAR: _half_year,
    Unit.SEASON: _season,
    Unit.BREAK: _break,
    Unit.FEAST: _feast,
    Unit.YEAR: _year,
    Unit.SCHOOL_YEAR: _school_year,
    Unit.NTH_WEEKDAY: _nth_weekday,
    Unit.MONTH_WEEK: _month_week,
    Unit.LAST_DAY: _last_day,
    Unit.WHOLE_WEEK: _whole_week,
    Unit.WORKING_DAY: _working_day,
}
