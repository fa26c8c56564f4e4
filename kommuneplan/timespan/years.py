"""Which year is meant, and which days that makes: from atoms to windows.

Convention 9: explicit > other half of the same range > weekday in the text > row above >
context year > anchor.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from kommuneplan.timespan import calendar as cal
from kommuneplan.timespan.atoms import Atom, Link, Unit
from kommuneplan.timespan.calendar import Break, Feast, Season, Window, YearParts
from kommuneplan.timespan.messages import note
from kommuneplan.timespan.span import Precision, TimeSpan
from kommuneplan.timespan.words import DANISH


class Impossible(Exception):
    """The words name a date that does not exist; the message is for the user."""


class Missing(Exception):
    """A year or month that nothing gives; the message is for the user."""


@dataclass(slots=True)
class Context:
    """What the surroundings of an expression tell."""

    year: int | None = None
    anchor: dt.date | None = None
    previous: TimeSpan | None = None
    parts: YearParts = YearParts.THIRDS


@dataclass(slots=True)
class Remarks:
    """What is to be told to the user about a reading."""

    notes: list[str] = field(default_factory=list)
    ambiguous: bool = False
    assumed_year: int | None = None

    def doubt(self, message: str) -> None:
        self.ambiguous = True
        self.tell(message)

    def tell(self, message: str) -> None:
        if message not in self.notes:
            self.notes.append(message)


# Windows

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
}


# Years

LONGEST_CROSSING = {Precision.DAY: 300, Precision.WEEK: 270}
"""Days a range may last that crosses the turn of the year unsaid; 340 for coarser ones."""


def fill_years(atoms: list[Atom], links: list[Link], context: Context, remarks: Remarks) -> None:
    """Give every atom its year. Raises ``Missing`` when nothing tells it."""
    for atom in atoms:
        if atom.year is None and atom.gloss is not None:
            _year_from_gloss(atom)
    _relative_years(atoms, context)
    known = [here for here, atom in enumerate(atoms) if atom.year is not None]
    if not known:
        _possible_in_some_year(atoms)
        atoms[0].year = _outer_year(atoms[0], context, remarks)
        known = [0]
    for here in range(known[0] - 1, -1, -1):
        _year_before(atoms[here], atoms[here + 1], context.parts)
    for here in range(known[0] + 1, len(atoms)):
        if atoms[here].year is None:
            later = next((k for k in known if k > here), None)
            if later is not None and links[here] in (Link.RANGE, Link.EITHER):
                _year_before(atoms[here], atoms[later], context.parts)
            else:
                _year_after(atoms[here], atoms[here - 1], context.parts)
    _check_weekdays(atoms, remarks)


def _possible_in_some_year(atoms: list[Atom]) -> None:
    """Refuse "31. juni" and "3. halvår" whatever the year; 2004 has 29 February and week 53."""
    for atom in atoms:
        if atom.unit not in (Unit.NTH_WEEKDAY, Unit.MONTH_WEEK):
            window(atom, 2004)


def _year_from_gloss(atom: Atom) -> None:
    assert atom.gloss is not None
    years = [inner.year for inner in atom.gloss.atoms if inner.year is not None]
    if years:
        atom.year, atom.written_year = years[0], True


def _relative_years(atoms: list[Atom], context: Context) -> None:
    """ "i år", "næste år"."""
    for atom in atoms:
        if atom.years_on is not None:
            base = context.anchor.year if context.anchor else context.year
            if base is None:
                raise Missing(note("The year is missing."))
            atom.year, atom.years_on = base + atom.years_on, None


def _year_before(atom: Atom, after: Atom, parts: YearParts) -> None:
    """Convention 10: the start takes the year of the end, or the one before."""
    year = after.year or 0
    winter = after.unit is Unit.SEASON and after.number == Season.WINTER
    if winter and atom.unit is Unit.SEASON and after.end_year is None:
        after.year = year + 1  # "efterår/vinter 2026" begins in 2026
    atom.year = year
    if window(atom, year, parts)[0] > window(after, after.year or 0, parts)[1]:
        atom.year = year - 1


def _year_after(atom: Atom, before: Atom, parts: YearParts) -> None:
    year = before.end_year or before.year or 0
    if before.unit is Unit.WEEK and atom.unit is not Unit.WEEK:
        year = window(before, before.year or 0, parts)[1].year
    atom.year = year
    first = window(before, before.year or 0, parts)[0]
    try:
        earlier = window(atom, year, parts)[1] < first
    except Impossible:
        window(atom, year + 1, parts)
        earlier = False
        raise
    if earlier:
        atom.year = year + 1


def _outer_year(atom: Atom, context: Context, remarks: Remarks) -> int:
    """The year from the row above, the context or the anchor; a weekday decides between."""
    base = _base_year(atom, context)
    if base is None:
        raise Missing(note("The year is missing, so the date cannot be placed."))
    year = base
    if atom.weekday is not None and atom.unit is Unit.DAY:
        fitting = [y for y in (base, base - 1, base + 1) if _weekday_fits(atom, y)]
        if fitting:
            year = fitting[0]
        if year != base:
            remarks.tell(
                note("The weekday fits the year %(year)s, not %(other)s.", year=year, other=base)
            )
    remarks.assumed_year = year
    remarks.tell(note("The year %(year)s is assumed.", year=year))
    return year


def _base_year(atom: Atom, context: Context) -> int | None:
    if context.previous is not None:
        return _year_after_row(atom, context.previous, context.parts)
    if context.year is not None:
        return context.year
    if context.anchor is None:
        return None
    year = context.anchor.year
    last = window(atom, year, context.parts)[1]
    if (context.anchor - last).days > 183:  # a plan looks forward
        return year + 1
    return year


def _year_after_row(atom: Atom, previous: TimeSpan, parts: YearParts) -> int | None:
    """The row above's year; the next one when the list clearly moves on past December."""
    above = previous.latest or previous.earliest
    if above is None:
        return None
    first = window(atom, above.year, parts)[0]
    return above.year + 1 if (above - first).days > 150 else above.year


def _weekday_fits(atom: Atom, year: int) -> bool:
    try:
        return window(atom, year)[0].weekday() == atom.weekday
    except Impossible:
        return False


def _check_weekdays(atoms: list[Atom], remarks: Remarks) -> None:
    for atom in atoms:
        if (
            atom.unit is Unit.DAY
            and atom.weekday is not None
            and atom.year is not None
            and (window(atom, atom.year)[0].weekday() != atom.weekday)
        ):
            remarks.doubt(note("The weekday does not fit the date."))
