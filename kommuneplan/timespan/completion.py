"""What an atom is from its neighbours: "7." before "14. september" is a day of September."""

from __future__ import annotations

from itertools import pairwise

from .atoms import Atom, AtomLink, Unit


def inherited(before: Unit, atom: Atom) -> Unit:
    """A bare number is of the kind of the week or quarter before it."""
    counted = before is Unit.WEEK or (before is Unit.QUARTER and atom.number <= 4)
    return before if atom.unit is Unit.NUMBER and counted else atom.unit


def describes(atom: Atom, after: Atom) -> bool:
    """ "uge 37, 10/9", "i dag, den 5. maj": the week, or today, only describes the day."""
    week = atom.unit is Unit.WEEK and atom.weekday is None
    return after.unit is Unit.DAY and (week or (atom.near is not None and after.near is None))


def opens_list(atoms: list[Atom]) -> bool:
    """ "7, 14 og 21 september": days that rise to one with its month."""
    days = [atom.number for atom in atoms]
    return (
        atoms[-1].unit is Unit.DAY
        and all(atom.unit is Unit.NUMBER for atom in atoms[:-1])
        and all(first < second for first, second in pairwise(days))
    )


def complete(atom: Atom, after: Atom, link: AtomLink) -> None:
    """ "7." before "14. september" is a day of September; "1." before "2. kvartal" a quarter."""
    if atom.unit is Unit.NUMBER:
        if after.unit is Unit.DAY and not (link in (AtomLink.LIST, AtomLink.AND) and atom.weak):
            atom.unit, atom.month, atom.near = Unit.DAY, after.month, after.near
            atom.weak = False
        elif after.unit in (Unit.QUARTER, Unit.HALF_YEAR) and atom.number <= 9:
            atom.unit = after.unit
        elif after.unit is Unit.NTH_WEEKDAY and 1 <= atom.number <= 5:
            atom.unit, atom.month, atom.weekday = after.unit, after.month, after.weekday
            atom.weak = False  # "1. og 3. torsdag i november"
    elif atom.unit is Unit.WEEKDAY:
        if after.unit in (Unit.WEEK, Unit.WEEKDAY) and after.weekday is not None:
            atom.unit, atom.number, atom.near = after.unit, after.number, after.near
            atom.year, atom.written_year = after.year, after.written_year
    elif atom.unit is Unit.PART and after.part is not None:
        atom.unit, atom.month, atom.number = after.unit, after.month, after.number
        atom.feast, atom.near = after.feast, after.near
        atom.year, atom.written_year = after.year, after.written_year
