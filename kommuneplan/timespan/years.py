"""Which year is meant.

Convention 9: explicit > other half of the same range > weekday in the text > row above >
context year > anchor.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from .atoms import Atom, AtomLink, Unit
from .calendar import Season, YearParts
from .messages import note
from .near import counted_from, settle
from .span import TimeSpan
from .windows import Impossible, Missing, window


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


def fill_years(
    atoms: list[Atom], links: list[AtomLink], context: Context, remarks: Remarks
) -> None:
    """Give every atom its year. Raises ``Missing`` when nothing tells it."""
    for atom in atoms:
        if atom.year is None and atom.gloss is not None:
            _year_from_gloss(atom)
    _relative_years(atoms, context, remarks)
    _share_two_years(atoms)
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
            if later is not None and links[here] in (AtomLink.RANGE, AtomLink.EITHER):
                _year_before(atoms[here], atoms[later], context.parts)
            else:
                _year_after(atoms[here], atoms[here - 1], context.parts)
    _check_weekdays(atoms, remarks)


def _possible_in_some_year(atoms: list[Atom]) -> None:
    """Refuse "31. juni" and "3. halvår" whatever the year; 2004 has 29 February and week 53."""
    for atom in atoms:
        if atom.unit not in (Unit.NTH_WEEKDAY, Unit.MONTH_WEEK):
            window(atom, 2004)


def _share_two_years(atoms: list[Atom]) -> None:
    """ "nov.–jan. 2026/27": the first year is the start's, the second the end's."""
    last = atoms[-1]
    alike = len(atoms) == 2 and atoms[0].unit is last.unit and atoms[0].year is None
    if alike and last.unit in _WITHOUT_TWO_YEARS and last.end_year is not None:
        atoms[0].year, last.year, last.end_year = last.year, last.end_year, None
        atoms[0].written_year = True


_WITHOUT_TWO_YEARS = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR)


def _year_from_gloss(atom: Atom) -> None:
    assert atom.gloss is not None
    years = [inner.year for inner in atom.gloss.atoms if inner.year is not None]
    if years:
        atom.year, atom.written_year = years[0], True


def _relative_years(atoms: list[Atom], context: Context, remarks: Remarks) -> None:
    """ "i år", "næste år", and all that is counted from the anchor."""
    for atom in atoms:
        if atom.near is not None:
            told = settle(atom, context.anchor, context.previous)
            if told.note:
                remarks.tell(told.note)
            if told.doubt:
                remarks.doubt(told.doubt)
        if atom.years_on is not None:
            base = context.anchor.year if context.anchor else context.year
            if base is None:
                raise Missing(note("The year is missing."))
            atom.year, atom.years_on = base + atom.years_on, None
            if context.anchor:
                remarks.tell(counted_from(context.anchor))


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
    feast = atom.unit in (Unit.FEAST, Unit.BREAK)
    passed = 0 if feast else 183  # a plan looks forward: "efter jul" is the next
    if (context.anchor - last).days > passed:
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
