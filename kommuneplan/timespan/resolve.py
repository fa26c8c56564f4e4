"""From an expression to spans: windows joined to ranges, and the words around them."""

from __future__ import annotations

import datetime as dt

from . import calendar as cal
from .atoms import Atom, AtomLink, Expression, Unit
from .calendar import Break, Season
from .lexicon import TokenKind
from .limits import by_limit, from_limit, glossed
from .messages import note
from .names import any_period
from .phrase import can_say, day_words
from .span import Modifier, Precision, TimeSpan
from .windows import Impossible, Named, window
from .years import Context, Remarks, fill_years

_ADJOINING = (Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR, Unit.YEAR)


def resolve(found: Expression, context: Context, remarks: Remarks) -> list[TimeSpan]:
    """The spans of an expression, in the order written.

    Raises ``Impossible`` for dates that do not exist and ``Missing`` without a year.
    """
    fill_years(found.atoms, found.links, context, remarks)
    _drop_described_month(found)
    _tell_old_date(found, remarks)
    spans = []
    for atoms, links in _items(found):
        spans.append(_sayable(_item(found, atoms, links, context, remarks)))
    _doubts(found, remarks)
    return spans


def _drop_described_month(found: Expression) -> None:
    """ "oktober, uge 42": the month only says where the week lies."""
    if found.links != [AtomLink.LIST] or {a.unit for a in found.atoms} != {Unit.MONTH, Unit.WEEK}:
        return
    week, month = sorted(found.atoms, key=lambda atom: atom.unit is Unit.MONTH)
    monday, sunday, _precision = window(week, week.year or 0)
    first, last, precision = window(month, month.year or 0)
    if precision is Precision.MONTH and monday <= last and first <= sunday:
        found.atoms, found.links = [week], []


def _tell_old_date(found: Expression, remarks: Remarks) -> None:
    """ "udskudt fra 5. maj til 8. juni": the date it was moved from, in the new one's year."""
    old = found.moved_from
    if old is None:
        return
    old.year = old.year or found.atoms[0].year
    day = window(old, old.year or 0)
    if day[2] is Precision.DAY:
        remarks.tell(note("Moved from %(date)s; the new date is shown.", date=day_words(day[0])))


def _items(found: Expression) -> list[tuple[list[Atom], list[AtomLink]]]:
    """Runs of atoms that make one span; "og" joins whole months and quarters that adjoin."""
    items: list[tuple[list[Atom], list[AtomLink]]] = [([found.atoms[0]], [])]
    for link, atom in zip(found.links, found.atoms[1:], strict=True):
        before = items[-1][0][-1]
        joins = link in (AtomLink.RANGE, AtomLink.EITHER) or (
            link is AtomLink.AND and len(found.atoms) == 2 and _adjoin(before, atom)
        )
        if joins:
            items[-1][0].append(atom)
            items[-1][1].append(link)
        else:
            items.append(([atom], []))
    return items


def _adjoin(before: Atom, atom: Atom) -> bool:
    if before.unit is not atom.unit or atom.unit not in _ADJOINING:
        return False
    if any(a.part is not None or a.half is not None for a in (before, atom)):
        return False
    last = window(before, before.year or 0)[1]
    return last + cal.DAY == window(atom, atom.year or 0)[0]


def _item(
    found: Expression, atoms: list[Atom], links: list[AtomLink], context: Context, remarks: Remarks
) -> TimeSpan:
    named = [glossed(atom, context, remarks) for atom in atoms]
    first, last = named[0], named[-1]
    modifier = _modifier(found, ranged=len(atoms) > 1)
    if found.rest_of_year:
        return _range(first, (dt.date(first[0].year, 12, 31),) * 2 + (Precision.DAY,), atoms, links)
    if TokenKind.AS_OF in found.lead and len(atoms) == 1 and atoms[0].part == 2:
        remarks.doubt(note('"pr. ultimo" can also mean the whole last part of the period.'))
        return TimeSpan.day(first[1])
    if modifier is Modifier.BY:
        return by_limit(found, atoms[-1], last, context, remarks)
    if modifier is Modifier.FROM:
        return from_limit(found, atoms, first, last, context, remarks)
    if len(atoms) == 1 or first == last:
        return _single(atoms[0], first, modifier)
    last = _reached(atoms[-1], last, links[-1], found)
    _check_order(atoms, first, last, remarks)
    return _range(first, last, atoms, links, modifier)


def _sayable(span: TimeSpan) -> TimeSpan:
    """An open side that no named period ends at is a plain day."""
    if can_say(span):
        return span
    if span.latest_end is None and span.earliest_begin is not None:
        return TimeSpan.from_(span.earliest_begin)
    if span.earliest_begin is None and span.latest_end is not None:
        return TimeSpan.by(span.latest_end)
    assert span.earliest_begin is not None and span.latest_end is not None
    return TimeSpan.between(span.earliest_begin, span.latest_end, modifier=span.modifier)


def _single(atom: Atom, named: Named, modifier: Modifier) -> TimeSpan:
    """One period; two calendar years and a school year have exact ends."""
    first, last, precision = named
    if precision is Precision.RANGE and atom.unit is Unit.YEAR:
        return TimeSpan(
            first,
            cal.year_window(first.year)[1],
            cal.year_window(last.year)[0],
            last,
            precision,
            modifier,
        )
    if precision is Precision.RANGE:
        return TimeSpan.between(first, last, precision, modifier)
    return TimeSpan.within(first, last, precision, modifier)


def _modifier(found: Expression, ranged: bool) -> Modifier:
    lead = set(found.lead)
    if found.onwards:
        return Modifier.FROM
    if found.rest_of_year:
        return Modifier.NONE
    if lead & {TokenKind.BY, TokenKind.BEFORE, TokenKind.BY_END} or (
        TokenKind.TO in lead and not ranged
    ):
        return Modifier.BY
    if found.atoms[0].unit is Unit.YEAR and found.atoms[0].half == 1:
        return Modifier.BY
    if lead & {TokenKind.EARLIEST, TokenKind.AFTER} or (TokenKind.FROM in lead and not ranged):
        return Modifier.FROM
    if TokenKind.APPROX in lead:
        return Modifier.APPROX
    return Modifier.NONE


# Joining two windows


def _reached(atom: Atom, named: Named, link: AtomLink, found: Expression) -> Named:
    """ "til udgangen af april" ends that day; "til sommerferien" the day before it."""
    if atom.close:
        return named[1], named[1], Precision.DAY
    if atom.unit is not Unit.BREAK or link is not AtomLink.RANGE or atom.part is not None:
        return named
    if found.up_to:
        limit = named[0] - cal.DAY
        if Break(str(atom.feast)) is Break.TURN_OF_YEAR:
            limit = dt.date(named[0].year, 12, 31)
        return limit, limit, Precision.DAY
    return named


def _range(
    first: Named,
    last: Named,
    atoms: list[Atom],
    links: list[AtomLink],
    modifier: Modifier = Modifier.NONE,
) -> TimeSpan:
    """It begins within the first window and ends within the last."""
    if first[0] == last[1]:
        return TimeSpan.day(first[0], modifier)
    seasons = _is_season(first) and _is_season(last)
    months = _is_month(first) and _is_month(last)
    if months:
        precision = Precision.MONTH_RANGE
    elif seasons and AtomLink.EITHER in links:
        precision = Precision.SEASON
    else:
        precision = Precision.RANGE
    latest_begin = first[1] if _nameable(first) else first[0]
    earliest_end = last[0] if _nameable(last) else last[1]
    if latest_begin > last[1] or earliest_end < first[0]:
        latest_begin, earliest_end = first[0], last[1]
    return TimeSpan(first[0], latest_begin, earliest_end, last[1], precision, modifier)


def _is_month(named: Named) -> bool:
    return (named[0], named[1]) == cal.month_window(named[0].year, named[0].month)


def _is_season(named: Named) -> bool:
    found = any_period(named[0], named[1])
    return found is not None and found.precision is Precision.SEASON


def _nameable(named: Named) -> bool:
    """Can a range begin or end somewhere in this window? One without a name counts as exact."""
    return any_period(named[0], named[1]) is not None


def _check_order(atoms: list[Atom], first: Named, last: Named, remarks: Remarks) -> None:
    """Refuse an end before its start, also one that a guessed year would hide."""
    if last[1] < first[0] or (last[0] < first[0] and last[1] <= first[1]):
        raise Impossible(note("The end lies before the start."))
    said = all(atom.written_year for atom in (atoms[0], atoms[-1]))
    start, end = atoms[0].year or 0, atoms[-1].year or 0
    if said or start == end:
        return
    if atoms[0].unit is Unit.SEASON or atoms[-1].unit is Unit.SEASON:
        return
    length = (last[1] - first[0]).days
    most = 300 if Precision.DAY in (first[2], last[2]) else 270
    if first[2] is Precision.MONTH and last[2] is Precision.MONTH:
        most = 340
    if length > most:
        raise Impossible(note("The end lies before the start."))
    if (first[2] is Precision.MONTH and atoms[-1].written_year) or length > 215:
        remarks.doubt(
            note(
                "The year is taken to belong to the end: the range begins in %(year)s.",
                year=start,
            )
        )


def _doubts(found: Expression, remarks: Remarks) -> None:
    """Readings that have a second one as good (status ``ambiguous`` in the conventions)."""
    atom = found.atoms[0]
    alone = len(found.atoms) == 1
    if alone and atom.unit is Unit.MONTH and atom.short_year and (atom.year or 0) % 100 <= 31:
        remarks.doubt(
            note("Read as the year %(year)s; it could be a day of the month.", year=atom.year)
        )
    if (
        alone
        and atom.unit is Unit.YEAR
        and atom.end_year is not None
        and (atom.end_year == (atom.year or 0) + 1)
        and atom.feast == "slash"
    ):
        remarks.doubt(note("Read as two calendar years; it could be a school year."))
    if alone and atom.unit is Unit.YEAR and atom.end_year is not None and atom.short_year:
        remarks.doubt(note("Read as two years; it could be a month."))
    if atom.unit is Unit.BREAK and atom.half == 0 and atom.written_year and not atom.end_year:
        remarks.doubt(
            note("New Year could be the one that begins the year, or the one that ends it.")
        )
    if atom.unit is Unit.MONTH_WEEK:
        remarks.doubt(note("Weeks of a month can be counted in several ways."))
    if atom.unit is Unit.BREAK and atom.feast is Break.WINTER_BREAK:
        remarks.doubt(note("The winter break is week 7 in some municipalities, week 8 in others."))
    if (
        alone
        and atom.unit is Unit.SEASON
        and atom.number == Season.WINTER
        and (atom.end_year is None)
    ):
        remarks.doubt(
            note("The winter could also be the one that begins in %(year)s.", year=atom.year)
        )
    if AtomLink.EITHER in found.links and found.atoms[-1].unit is Unit.DAY:
        remarks.doubt(note("One of the days is meant; the whole range is shown."))
