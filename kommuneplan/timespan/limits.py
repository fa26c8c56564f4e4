"""Open sides ("senest", "fra") and windows written out in brackets."""

from __future__ import annotations

import datetime as dt

from . import calendar as cal
from .atoms import Atom, Expression, Unit
from .calendar import Break, YearParts
from .lexicon import TokenKind
from .messages import note
from .phrase import day_words
from .span import Precision, TimeSpan
from .windows import Impossible, Named, window
from .years import Context, Remarks, fill_years

_WEEK = 6 * cal.DAY
_LIMITS = {TokenKind.BY, TokenKind.BEFORE, TokenKind.EARLIEST, TokenKind.AFTER}


def by_limit(
    found: Expression, atom: Atom, named: Named, context: Context, remarks: Remarks
) -> TimeSpan:
    """Convention 8: the stated date is the limit; before a whole period is before its start."""
    first, last, precision = named
    limit = last
    strictly = TokenKind.BEFORE in found.lead and TokenKind.BY_END not in found.lead
    strictly = strictly and not atom.close  # "inden oktobers udgang"
    if strictly and atom.unit is Unit.BREAK:
        limit = first - cal.DAY
        if Break(str(atom.feast)) is Break.TURN_OF_YEAR:
            return TimeSpan.by(dt.date(first.year, 12, 31), Precision.YEAR)
        precision = Precision.PART_OF_YEAR
        limit = _told(atom, TokenKind.BY, context) or limit
    elif (
        strictly
        and atom.unit is not Unit.DAY
        and precision is not Precision.DAY
        and (atom.part is None and atom.half is None)
    ):
        limit = first - cal.DAY
        remarks.doubt(
            note(
                "Read as before the period begins: %(date)s at the latest.",
                date=day_words(limit),
            )
        )
    if precision is Precision.RANGE:
        precision = Precision.YEAR if atom.unit is Unit.YEAR else Precision.DAY
    return TimeSpan.by(limit, precision)


def _told(atom: Atom, sign: TokenKind, context: Context) -> dt.date | None:
    """The limit written out in brackets: "inden sommerferien 2015 (senest 26. juni)"."""
    if atom.gloss is None or sign not in atom.gloss.lead:
        return None
    outer = window(atom, atom.year or 0, context.parts)
    last = _with_years(atom, outer, context)[-1]
    return window(last, last.year or 0, context.parts)[1]


def from_limit(
    found: Expression,
    atoms: list[Atom],
    first: Named,
    last: Named,
    context: Context,
    remarks: Remarks,
) -> TimeSpan:
    """Convention 8 mirrored: the stated date is the limit; after a period is after its end."""
    begin, end, precision = first
    after = TokenKind.AFTER in found.lead and not found.onwards
    if after and atoms[-1].unit is Unit.BREAK:
        begin = last[1] + cal.DAY
        if Break(str(atoms[-1].feast)) is Break.TURN_OF_YEAR:
            return TimeSpan.from_(dt.date(last[1].year, 1, 1), Precision.YEAR)
        begin = _told(atoms[-1], TokenKind.EARLIEST, context) or begin
        return TimeSpan.from_(begin, Precision.PART_OF_YEAR)
    if precision is Precision.RANGE:  # two years, a school year
        whole = atoms[0].unit is Unit.YEAR
        precision = Precision.YEAR if whole else Precision.DAY
        end = dt.date(begin.year, 12, 31) if whole else begin
    if after and last[2] is not Precision.DAY:
        begin, precision = last[1] + cal.DAY, last[2]
        remarks.doubt(
            note(
                "Read as after the period has ended: %(date)s at the earliest.",
                date=day_words(begin),
            )
        )
        return TimeSpan.from_(begin, _plain(precision))
    if TokenKind.EARLIEST in found.lead or after:
        return TimeSpan.from_(begin, _plain(precision))
    return TimeSpan.from_(begin, _plain(precision), end)


def _plain(precision: Precision) -> Precision:
    return Precision.YEAR if precision is Precision.RANGE else precision


def glossed(atom: Atom, context: Context, remarks: Remarks) -> Named:
    """The atom's window, or the one written out in brackets after it."""
    outer = window(atom, atom.year or 0, context.parts)
    if atom.gloss is None or set(atom.gloss.lead) & _LIMITS:
        return outer
    if all(atom.unit is Unit.BREAK for atom in atom.gloss.atoms):
        return outer  # "juli (sommerferie)": the break only describes
    inner = [window(a, a.year or 0, context.parts) for a in _with_years(atom, outer, context)]
    first, last = inner[0][0], inner[-1][1]
    if last < first:
        raise Impossible(note("The end lies before the start."))
    if (first, last) == outer[:2]:
        return outer
    if atom.unit is Unit.WEEK and first <= outer[1] and outer[0] <= last and last - first > _WEEK:
        return outer  # "uge 42 (oktober)": the week is the finer
    if outer[2] is Precision.PART_OF_YEAR and _fits_some_part(atom, first, last):
        return first, last, outer[2]
    if last < outer[0] or outer[1] < first:
        remarks.doubt(note("What stands in brackets does not fit the date before it."))
        return outer
    if outer[2] is Precision.PART_OF_YEAR:
        return first, last, outer[2]
    if outer[0] <= first and last <= outer[1] and len(inner) == 1:
        return inner[0]
    return outer if outer[2] is Precision.DAY else (first, last, Precision.RANGE)


def _fits_some_part(atom: Atom, first: dt.date, last: dt.date) -> bool:
    """Does "ultimo 2026 (oktober–december)" hold under any setting of the parts of a year?"""
    if atom.unit is not Unit.YEAR or atom.part is None:
        return False
    windows = [cal.part_of_year(atom.year or 0, atom.part, parts) for parts in YearParts]
    return any(window[0] <= last and first <= window[1] for window in windows)


def _with_years(atom: Atom, outer: Named, context: Context) -> list[Atom]:
    assert atom.gloss is not None
    atoms = atom.gloss.atoms
    near = Context(year=outer[0].year, anchor=context.anchor, parts=context.parts)
    fill_years(atoms, atom.gloss.links, near, Remarks())
    return atoms
