"""Dates told from the day of the document: "næste uge", "om 14 dage", "på tirsdag".

Convention 13: they are counted from the date of the document or the meeting, never from the day
they are read; without such a date they stay words. "Næste" is the period after the one that day
lies in, "sidste" the one before; a number of days, weeks, months or years is that many whole ones
beside it ("de næste 3 uger" begins on Monday). "Om 3 uger" is that day, "om to år" that month:
one unit finer than what is counted, for nobody means more by it.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from . import calendar as cal
from .atoms import Atom, Near, Unit
from .messages import note
from .phrase import day_words
from .span import Precision, TimeSpan
from .windows import Missing, window

MONTHS_OF = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}
_COMES_AGAIN = (Unit.MONTH, Unit.SEASON, Unit.BREAK, Unit.FEAST)


class Said(NamedTuple):
    """What is to be said of an atom that was counted: sure words, and a doubt."""

    note: str = ""
    doubt: str = ""


def counted_from(anchor: dt.date) -> str:
    """What is told of everything that was counted from the day of the document."""
    return note("Counted from %(date)s.", date=day_words(anchor))


def settle(atom: Atom, anchor: dt.date | None, row: TimeSpan | None) -> Said:
    """Write the year (month, day, week) that ``atom.near`` tells. Raises ``Missing``."""
    near = atom.near
    if near is None:
        return Said()
    atom.near, atom.written_year = None, True
    if near.counted is Unit.NUMBER:
        return _day_of_some_month(atom, anchor, row)
    if anchor is None:
        raise Missing(note("There is no date to count from."))
    counted = counted_from(anchor)
    if near.counted is Unit.WEEKDAY:
        return Said(counted, _weekday(atom, near, anchor))
    if near.counted is None and _is_named(atom):
        _occurrence(atom, near.steps, anchor)
        return Said(counted)
    _step(atom, near, anchor)
    return Said(counted, near.doubt and note(near.doubt))


def _is_named(atom: Atom) -> bool:
    """A month by its name, a season, a feast: it comes again every year."""
    return atom.unit in _COMES_AGAIN and (atom.unit is not Unit.MONTH or atom.month is not None)


def _write_day(atom: Atom, day: dt.date) -> None:
    atom.unit, atom.number, atom.month, atom.year = Unit.DAY, day.day, day.month, day.year


def _step(atom: Atom, near: Near, anchor: dt.date) -> None:
    """So many whole units on: the anchor's own period, the next, the one before."""
    unit = near.counted or atom.unit
    if unit is Unit.DAY:
        _write_day(atom, anchor + near.steps * cal.DAY)
    elif unit is Unit.WEEK:
        day = anchor + near.steps * 7 * cal.DAY
        if atom.unit is Unit.DAY:
            return _write_day(atom, day)
        if near.counted is Unit.WEEK and anchor.weekday() > 4:
            day += 7 * cal.DAY  # on a Saturday the coming weekend is not this one
        atom.year, atom.number, _weekday_number = day.isocalendar()
    else:
        _step_months(atom, unit, near.steps * MONTHS_OF[unit], anchor)
    return None


def _step_months(atom: Atom, unit: Unit, months: int, anchor: dt.date) -> None:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    month += 1
    atom.year = year
    if atom.unit is Unit.DAY and unit is Unit.MONTH and atom.number:
        atom.month = month  # "den 15. i næste måned"
    elif atom.unit is Unit.DAY:
        day = min(anchor.day, cal.days_in_month(year, month))
        _write_day(atom, dt.date(year, month, day))
    elif atom.unit is Unit.MONTH:
        atom.month = month
    elif atom.unit is Unit.QUARTER:
        atom.number = (month + 2) // 3
    elif atom.unit is Unit.HALF_YEAR:
        atom.number = 1 if month < 7 else 2


def _weekday(atom: Atom, near: Near, anchor: dt.date) -> str:
    """The first such weekday after the anchor, or the last before it.

    "Næste tirsdag" is the next to come for some and the one of next week for others
    (Dansk Sprognævn): the first is taken, and the other told.
    """
    weekday = atom.weekday or 0
    if near.steps > 0:
        ahead = (weekday - anchor.weekday() - 1) % 7 + 1
        day = anchor + (ahead + 7 * (near.steps - 1)) * cal.DAY
    else:
        back = (anchor.weekday() - weekday - 1) % 7 + 1
        day = anchor - (back + 7 * (-near.steps - 1)) * cal.DAY
    _write_day(atom, day)
    if not near.doubt or day.isocalendar().week != anchor.isocalendar().week:
        return ""
    return note(near.doubt, date=day_words(day + 7 * cal.DAY))


def _occurrence(atom: Atom, steps: int, anchor: dt.date) -> None:
    """The next March to come, the last summer that is over."""
    years = range(anchor.year - 3, anchor.year + 4)
    windows = [(year, window(atom, year)) for year in years]
    if steps > 0:
        ahead = [year for year, named in windows if named[0] > anchor]
        atom.year = ahead[steps - 1]
    else:
        over = [year for year, named in windows if named[1] < anchor]
        atom.year = over[steps]


def _day_of_some_month(atom: Atom, anchor: dt.date | None, row: TimeSpan | None) -> Said:
    """ "den 21." beside or below "oktober": of that month; else the first 21st to come.

    Below another day it is a later day of the same month, or nothing.
    """
    if row is not None and row.earliest is not None and row.latest is not None:
        later = row.precision is Precision.DAY and atom.number > row.latest.day
        if row.precision is Precision.MONTH or later:
            atom.month, atom.year = row.latest.month, row.latest.year
            return Said(doubt=_month_assumed(atom))
    if anchor is None or row is not None:
        raise Missing(note("The month is missing."))
    for ahead in range(13):
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + ahead, 12)
        if atom.number > cal.days_in_month(year, month + 1):
            continue
        day = dt.date(year, month + 1, atom.number)
        fits = atom.weekday is None or day.weekday() == atom.weekday
        if day >= anchor and fits and (ahead < 2 or atom.weekday is not None):
            atom.month, atom.year = day.month, day.year
            return Said(doubt=_month_assumed(atom))
    raise Missing(note("The month is missing."))


def _month_assumed(atom: Atom) -> str:
    day = dt.date(atom.year or 1, atom.month or 1, 1)
    return note("The month is not written: %(month)s is assumed.", month=day_words(day)[3:])
