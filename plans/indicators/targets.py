"""The rows in which targets are typed: a year, a value, and the other limit of a range. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext as _

from plans.enums import GoodDirection

from .numbers import NotANumber, read_number, written_number
from .series import Series

EMPTY = 3  # rows for more
MOST = 60
FIRST_YEAR, LAST_YEAR = 1990, 2100

Facts = tuple[int | None, Decimal, Decimal | None]


@dataclass
class TargetRow:
    """One row as it was typed, and what is wrong in it by field."""

    number: int
    year: str = ""
    value: str = ""
    upper: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Has nothing been typed?"""
        return not (self.year or self.value or self.upper)


@dataclass
class TargetRows:
    """All rows of a page."""

    series: Series
    rows: list[TargetRow]
    facts: list[Facts] = field(default_factory=list)

    @classmethod
    def of(cls, series: Series) -> Self:
        """The targets there are, and some empty rows."""
        typed = [
            (str(one.year or ""), _typed(one.value, series), _typed(one.upper, series))
            for one in series.wanted
        ]
        return cls(series, list(_numbered([*typed, *[("", "", "")] * EMPTY])))

    @classmethod
    def sent(cls, data: Mapping[str, Any], series: Series) -> Self:
        """What was typed, and what it says."""
        columns = [data.getlist(name)[:MOST] for name in ("aar", "vaerdi", "hoejst")]  # type: ignore[attr-defined]
        longest = max(map(len, columns), default=0)
        padded = [[*column, *[""] * (longest - len(column))] for column in columns]
        found = cls(series, list(_numbered(zip(*padded, strict=True))))
        found._read()
        return found

    @property
    def is_range(self) -> bool:
        """Does a target have two limits?"""
        return self.series.direction == GoodDirection.WITHIN

    @property
    def is_valid(self) -> bool:
        """Is nothing wrong?"""
        return not any(row.wrong for row in self.rows)

    @property
    def wrong(self) -> Iterator[tuple[str, str]]:
        """(id of the field, message) of all that is wrong."""
        for row in self.rows:
            for name, words in row.wrong.items():
                yield f"{name}-{row.number}", words

    def _read(self) -> None:
        years: set[int | None] = set()
        for row in self.rows:
            if row.is_empty:
                continue
            year = self._year(row)
            value, upper = self._number(row, "value"), self._number(row, "upper")
            if not row.wrong and year in years:
                row.wrong["year"] = (
                    _("The year has two targets: keep one.")
                    if year
                    else _("There are two targets without a year: keep one.")
                )
            if not row.wrong and upper is not None and value is not None and upper < value:
                row.wrong["upper"] = _("The upper limit is below the lower one.")
            if not row.wrong and value is not None:
                years.add(year)
                self.facts.append((year, value, upper))

    def _year(self, row: TargetRow) -> int | None:
        if not row.year:
            return None
        if row.year.isascii() and row.year.isdecimal() and len(row.year) == 4:
            year = int(row.year)
            if FIRST_YEAR <= year <= LAST_YEAR:
                return year
        row.wrong["year"] = _("Write a year with four digits.")
        return None

    def _number(self, row: TargetRow, name: str) -> Decimal | None:
        words = getattr(row, name)
        if name == "upper" and (not words or not self.is_range):
            if self.is_range:
                row.wrong[name] = _("Write the upper limit as well.")
            return None
        try:
            return read_number(words, unit=self.series.unit, decimals=self.series.decimals)
        except NotANumber as wrong:
            row.wrong[name] = str(wrong)
            return None


def _typed(value: Decimal | None, series: Series) -> str:
    return "" if value is None else written_number(value, series.decimals)


def _numbered(rows: Iterable[tuple[str, ...]]) -> Iterator[TargetRow]:
    for number, (year, value, upper) in enumerate(rows, start=1):
        yield TargetRow(number, *(" ".join(one.split())[:60] for one in (year, value, upper)))
