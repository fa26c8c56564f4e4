"""Measurements as somebody pastes them from a spreadsheet, or as a CSV file holds them. Pure.

Two shapes are known. *Wide*: the first row names periods, and each row below is an indicator.
*Long*: each row is one value, with its indicator and period. A star after a number ("12,5*") says
that it is preliminary. What cannot be read is told by row and column, as a spreadsheet counts them,
and everything else is read all the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from kommuneplan.timespan import danish
from kommuneplan.timespan.span import ReadingStatus, TimeSpan

from .numbers import NotANumber, read_number
from .periods import period_words

MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 2000, 200, 400_000
HEADS = {
    "indikator": "name", "navn": "name", "hvad": "name", "periode": "period", "år": "period",
    "dato": "period", "dag": "period", "værdi": "value", "tal": "value", "måling": "value",
    "note": "note", "bemærkning": "note", "foreløbig": "preliminary", "status": "preliminary",
}  # fmt: skip
LONG = ("name", "period", "value", "note")
YES = {"ja", "x", "foreløbig", "1", "sand"}

Period = Callable[[TimeSpan | None], TimeSpan]
"""What says whether a span can have been measured; raises ValueError with the reason."""


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """An indicator that values may be pasted of: its key, and how its numbers are written."""

    key: int
    name: str
    unit: str = ""
    decimals: int = 0
    may: bool = True


@dataclass(frozen=True, slots=True)
class PastedFault:
    """What is wrong, and where: rows from 1, columns from 0."""

    row: int
    column: int
    words: str

    @property
    def place(self) -> str:
        """ "row 3, column C" """
        where = {"row": self.row, "column": column_name(self.column)}
        return _("Row %(row)s, column %(column)s") % where


@dataclass(frozen=True, slots=True)
class PastedValue:
    """A value that was read."""

    row: int
    column: int
    key: int
    name: str
    when: TimeSpan
    value: Decimal
    is_preliminary: bool = False
    note: str = ""

    @property
    def days(self) -> tuple[object, object]:
        """Its period, as a measurement is known by."""
        return self.when.earliest, self.when.latest

    @property
    def period(self) -> str:
        """What its period is called."""
        assert self.when.earliest and self.when.latest
        return period_words(self.when.earliest, self.when.latest)


@dataclass
class PastedTable:
    """What a paste says: values in its order, and what is wrong."""

    values: list[PastedValue] = field(default_factory=list)
    faults: list[PastedFault] = field(default_factory=list)


def column_name(place: int) -> str:
    """ "A", "B" … "Z", "AA", as a spreadsheet names them."""
    name, left = "", place + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(65 + letter) + name
    return name


def cells_of(text: str) -> list[list[str]]:
    """The cells of a paste, or of a CSV file: between tabs, else between semicolons. A cell in
    quotation marks may hold lines of its own."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    between = "\t" if "\t" in lines else ";"
    try:
        rows = list(csv.reader(io.StringIO(lines), delimiter=between, strict=True))
    except csv.Error:  # a lone quotation mark is a sign like others
        rows = list(csv.reader(io.StringIO(lines), delimiter=between, quoting=csv.QUOTE_NONE))
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def read_pasted(text: str, known: Sequence[KnownIndicator], allowed: Period) -> PastedTable:
    """The values of a paste. Never raises on any text."""
    found = PastedTable()
    if len(text) > MOST_LETTERS:
        found.faults.append(PastedFault(1, 0, _("This is too much at once. Paste it in parts.")))
        return found
    rows = cells_of(text)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        found.faults.append(PastedFault(1, 0, _("This is too much at once. Paste it in parts.")))
        return found
    reader = _Reader(found, known, allowed)
    top = next((number for number, row in enumerate(rows) if any(row)), None)
    if top is None:
        return found
    head = rows[top]
    columns = {HEADS[cell.casefold().rstrip(".:")]: place for place, cell in enumerate(head)
               if cell.casefold().rstrip(".:") in HEADS}  # fmt: skip
    if len(columns) >= 2 and "name" in columns and "value" in columns:
        reader.long(rows, top + 1, columns)
    elif _is_wide(head):
        reader.wide(rows, top)
    else:
        reader.long(rows, top, {name: place for place, name in enumerate(LONG)})
    return found


def _is_wide(head: Sequence[str]) -> bool:
    """Does a row name periods from its second cell on, and no value?"""
    said = [cell for cell in head[1:] if cell]
    return bool(said) and _span(said[0]) is not None and (len(said) < 2 or bool(_span(said[1])))


def _span(words: str) -> TimeSpan | None:
    reading = danish.read(words)
    known = reading.status in (ReadingStatus.OK, ReadingStatus.AMBIGUOUS)
    return reading.spans[0] if known and len(reading.spans) == 1 else None


class _Reader:
    """One paste being read."""

    def __init__(
        self, found: PastedTable, known: Sequence[KnownIndicator], allowed: Period
    ) -> None:
        self.found, self.allowed = found, allowed
        self.known: dict[str, list[KnownIndicator]] = {}
        for one in known:
            self.known.setdefault(_key(one.name), []).append(one)
        self.seen: dict[tuple[int, object, object], PastedValue] = {}
        self.periods: dict[str, TimeSpan | str] = {}

    def wide(self, rows: Sequence[Sequence[str]], top: int) -> None:
        """Periods along the top, an indicator a row; an empty cell is no measurement."""
        periods: dict[int, TimeSpan] = {}
        for place, cell in enumerate(rows[top]):
            if place and cell:
                when = self.period(top, place, cell)
                if when:
                    periods[place] = when
        for number, row in enumerate(rows[top + 1 :], start=top + 1):
            if not any(row):
                continue
            one = self.indicator(number, 0, row[0])
            for place, cell in enumerate(row[1:], start=1):
                if not cell or one is None:
                    continue
                if place in periods:
                    self.value(number, place, one, periods[place], cell)
                elif place >= len(rows[top]) or not rows[top][place]:
                    self.fault(number, place, _("There is no period above this value."))

    def long(self, rows: Sequence[Sequence[str]], begin: int, columns: Mapping[str, int]) -> None:
        """A value a row."""

        def cell(row: Sequence[str], name: str) -> str:
            place = columns.get(name, len(row))
            return row[place] if place < len(row) else ""

        for number, row in enumerate(rows[begin:], start=begin):
            if not any(row):
                continue
            one = self.indicator(number, columns["name"], cell(row, "name"))
            period = columns.get("period", 1)
            when = self.period(number, period, cell(row, "period"))
            if one and when:
                self.value(
                    number,
                    columns["value"],
                    one,
                    when,
                    cell(row, "value"),
                    preliminary=cell(row, "preliminary").casefold() in YES,
                    note=cell(row, "note"),
                )

    def indicator(self, row: int, column: int, name: str) -> KnownIndicator | None:
        """The indicator of that name."""
        found = self.known.get(_key(name), [])
        if not name:
            self.fault(row, column, _("Write which indicator it is."))
        elif not found:
            said = _("The plan has no indicator called “%(name)s”.")
            self.fault(row, column, said % {"name": name[:80]})
        elif len(found) > 1:
            said = _("The plan has several indicators called “%(name)s”.")
            self.fault(row, column, said % {"name": name[:80]})
        elif not found[0].may:
            said = _("“%(name)s” belongs to another plan, where its measurements are entered.")
            self.fault(row, column, said % {"name": name[:80]})
        else:
            return found[0]
        return None

    def period(self, row: int, column: int, words: str) -> TimeSpan | None:
        """The period that the words say."""
        if words not in self.periods:
            self.periods[words] = self._period(words)
        found = self.periods[words]
        if isinstance(found, str):
            self.fault(row, column, found)
            return None
        return found

    def _period(self, words: str) -> TimeSpan | str:
        if not words:
            return _("Write which period the value is of.")
        span = _span(words[:200])
        if span is None:
            said = _("“%(words)s” is no period. Write it like “2024” or “1. kvartal 2024”.")
            return said % {"words": words[:40]}
        try:
            return self.allowed(replace(span, written=words))
        except ValueError as wrong:
            return str(wrong)

    def value(
        self, row: int, column: int, one: KnownIndicator, when: TimeSpan, words: str, *,
        preliminary: bool = False, note: str = "",
    ) -> None:  # fmt: skip
        """A value, unless it is none or stands twice."""
        star = words.endswith("*")
        try:
            number = read_number(words.rstrip("* "), unit=one.unit, decimals=one.decimals)
        except NotANumber as wrong:
            self.fault(row, column, str(wrong))
            return
        if len(note) > 500:
            self.fault(row, column, _("The note is too long: 500 characters at most."))
            return
        found = PastedValue(
            row + 1, column, one.key, one.name, when, number, star or preliminary, note
        )
        first = self.seen.setdefault((one.key, *found.days), found)
        if first is not found:
            where = {"row": first.row, "column": column_name(first.column)}
            said = _("The same period stands in row %(row)s, column %(column)s already.")
            self.fault(row, column, said % where)
            return
        self.found.values.append(found)

    def fault(self, row: int, column: int, words: str) -> None:
        self.found.faults.append(PastedFault(row + 1, column, words))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
