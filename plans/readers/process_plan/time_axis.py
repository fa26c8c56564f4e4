"""Columns that are time: months, quarters, weeks, half-years or years side by side, one axis.

A year stands in the column itself, or in a row above it, mostly merged over its months.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..files.source import SourceCell, SourceRow
from .vocabulary import YEAR_ONLY

MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
          "oktober", "november", "december")  # fmt: skip
INITIALS = "JFMAMJJASOND"
UNITS = ("year", "half", "quarter", "month", "week")
FEWEST = 3
FEWEST_INITIALS = 4
HEADER_ROWS = 4

_YEAR = r"(?:[ ,.'’/-]{0,3}((?:19|20)\d\d|(?<=['’ ])\d\d))?"
_MONTH = r"(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zæøå]{0,7}\.?"
ONE_MONTH = re.compile(rf"{_MONTH}{_YEAR}", re.IGNORECASE)
TWO_MONTHS = re.compile(rf"{_MONTH} ?[-–/] ?{_MONTH}{_YEAR}", re.IGNORECASE)
QUARTER = re.compile(
    rf"(?:[qk]\.? ?([1-4])|([1-4])\.? ?(?:kv\.?|kvt\.?|kvartal)|(?:kv\.?|kvartal) ?([1-4]))"
    rf"{_YEAR}",
    re.IGNORECASE,
)
HALF_YEAR = re.compile(rf"([12])\. ?halvår{_YEAR}", re.IGNORECASE)
WEEK = re.compile(rf"(?:uge|u\.?) ?(\d{{1,2}}){_YEAR}", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,2}")
SAYS_WEEK = re.compile(r"(?i)\buge(?:r|nr\.?|nummer)?\b")


@dataclass(frozen=True)
class TimeColumn:
    """What one column covers, in words that are read as a date; ``place``: its place in a year."""

    unit: str
    place: int
    first: str
    last: str = ""
    year: int | None = None

    @property
    def begins(self) -> str:
        return f"{self.first} {self.year}" if self.year else self.first

    @property
    def ends(self) -> str:
        last = self.last or self.first
        return f"{last} {self.year}" if self.year else last


@dataclass(frozen=True)
class TimeAxis:
    """The columns of time by their place in the grid, and the rows that head them.

    ``guessed``: no year stands in the table itself.
    """

    columns: dict[int, TimeColumn]
    header: frozenset[str]
    names: SourceRow
    guessed: bool = False

    def words(self, first: int, last: int) -> str:
        """A run of columns as a date in words."""
        begin, end = self.columns[first], self.columns[last]
        if first == last and not begin.last:
            return begin.begins
        return f"{begin.begins} - {end.ends}"

    def in_column(self, at: int, days: str) -> str:
        """Days that stand in a column of a month."""
        return f"{days.rstrip('.')}. {self.columns[at].begins}"


def find_axis(rows: Sequence[SourceRow], year: int | None = None) -> TimeAxis | None:
    """The axis of a table, if its first rows hold one; ``year`` holds where none is written."""
    years: dict[int, int] = {}
    axis: dict[int, TimeColumn] = {}
    header: set[str] = set()
    names = None
    says_week = False
    for row in rows[:HEADER_ROWS]:
        says_week = says_week or bool(SAYS_WEEK.search(row.text))
        found = _columns(row, says_week)
        if axis and not (found and _finer(found, axis)):
            break
        if found:
            axis, names = found, row
        years = years or _years(row)
        header.add(row.id)
    if not axis or names is None:
        return None
    guessed = not years and not any(c.year or c.unit == "year" for c in axis.values())
    return TimeAxis(_with_years(axis, years, year), frozenset(header), names, guessed)


def names_time(cells: Sequence[str]) -> bool:
    """Whether a row of plain text heads columns of time."""
    row = SourceRow("", "row", tuple(SourceCell(cell) for cell in cells))
    return len(cells) > FEWEST and bool(_columns(row, bool(SAYS_WEEK.search(row.text))))


def _finer(found: dict[int, TimeColumn], axis: dict[int, TimeColumn]) -> bool:
    units = [UNITS.index(next(iter(columns.values())).unit) for columns in (axis, found)]
    return units[1] > units[0]


def grid(row: SourceRow) -> list[tuple[int, int, str]]:
    """The cells of a row with text: first column, columns covered, text."""
    at, found = 0, []
    for cell in row.cells:
        if cell.text.strip():
            found.append((at, cell.span, " ".join(cell.text.split()).strip(" :")))
        at += cell.span
    return found


def _columns(row: SourceRow, says_week: bool) -> dict[int, TimeColumn]:
    """The columns of time a row names: at least three, of one unit, going forward."""
    cells = grid(row)
    found = {at: column for at, _span, text in cells if (column := _column(text))}
    if len(found) < FEWEST:
        found = _initials(cells) or (_weeks(cells) if says_week else {})
    outside = [at for at, _span, _text in cells if at not in found]
    units = {column.unit for column in found.values()}
    between = found and any(min(found) < at for at in outside if at < max(found))
    enough = len(found) >= FEWEST and len(units) == 1 and not between
    return found if enough and _goes_forward(list(found.values())) else {}


def _column(text: str) -> TimeColumn | None:
    if match := TWO_MONTHS.fullmatch(text):
        first, last = _month(match[1]), _month(match[2])
        return TimeColumn("month", first, MONTHS[first], MONTHS[last], _year(match[3]))
    if (match := ONE_MONTH.fullmatch(text)) and _is_month(text):
        place = _month(match[1])
        return TimeColumn("month", place, MONTHS[place], year=_year(match[2]))
    if match := QUARTER.fullmatch(text):
        place = int(match[1] or match[2] or match[3])
        return TimeColumn("quarter", place, f"{place}. kvartal", year=_year(match[4]))
    if match := HALF_YEAR.fullmatch(text):
        return TimeColumn("half", int(match[1]), f"{match[1]}. halvår", year=_year(match[2]))
    if (match := WEEK.fullmatch(text)) and 1 <= int(match[1]) <= 53:
        return TimeColumn("week", int(match[1]), f"uge {match[1]}", year=_year(match[2]))
    if match := YEAR_ONLY.match(text):
        return TimeColumn("year", int(match[1]), match[1])
    return None


def _month(written: str) -> int:
    return next(at for at, name in enumerate(MONTHS) if name.startswith(written.lower()))


def _is_month(text: str) -> bool:
    """ "Maj", "jan.", "sept.", "Januar 2026"; not "Marked" or "Maling"."""
    word = re.match(r"[a-zæøå]+", text.lower())
    return word is not None and any(name.startswith(word[0]) for name in MONTHS)


def _year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) + (2000 if len(written) == 2 else 0)


def _initials(cells: list[tuple[int, int, str]]) -> dict[int, TimeColumn]:
    """ "J F M A M J": letters that are the beginnings of months in a row, in one way only."""
    letters = [(at, text.upper()) for at, _span, text in cells if len(text) == 1]
    run = "".join(letter for _at, letter in letters)
    places = [at for at in range(12) if (INITIALS * 4)[at : at + len(run)] == run]
    if not FEWEST_INITIALS <= len(run) <= 36 or len(places) != 1:
        return {}
    return {
        at: TimeColumn("month", (places[0] + n) % 12, MONTHS[(places[0] + n) % 12])
        for n, (at, _letter) in enumerate(letters)
    }


def _weeks(cells: list[tuple[int, int, str]]) -> dict[int, TimeColumn]:
    """Bare numbers are weeks where the row or the one above says so."""
    return {
        at: TimeColumn("week", int(text), f"uge {text}")
        for at, _span, text in cells
        if NUMBER.fullmatch(text) and 1 <= int(text) <= 53
    }


def _goes_forward(columns: list[TimeColumn]) -> bool:
    """Each column later than the one before it, but where a year ends or months are left out."""
    back = sum(
        b.place <= a.place and not (a.year and b.year and b.year > a.year)
        for a, b in pairwise(columns)
    )
    return back <= len(columns) // (4 if columns[0].unit == "quarter" else 5)


def _years(row: SourceRow) -> dict[int, int]:
    """The years a row names, and from which column each holds."""
    return {
        at: int(match[1]) for at, _s, text in grid(row) if (match := YEAR_ONLY.match(text))
    } or {at: int(m[0]) for at, _s, text in grid(row)[:1] if (m := re.search(r"\b20\d\d\b", text))}


def _with_years(
    axis: dict[int, TimeColumn], years: dict[int, int], given: int | None
) -> dict[int, TimeColumn]:
    """Each column with its year: its own, the one above it, or counted on from the first."""
    result: dict[int, TimeColumn] = {}
    several = len(years) > 1
    year, before = given, None
    for at, column in sorted(axis.items()):
        above = [years[start] for start in sorted(years) if start <= at]
        turned = before is not None and column.place <= before.place
        if column.unit == "year":
            result[at] = column
            continue
        if column.year:
            year = column.year
        elif (several and above) or (before is None and above):
            year = above[-1]
        elif year and turned:
            year += 1
        result[at] = replace(column, year=year)
        before = column
    return result
