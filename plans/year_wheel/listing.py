"""The entries of a year as a list: by month, and what is not within one month by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from kommuneplan.timespan.certainty import DateCertainty, certainty
from kommuneplan.timespan.phrase import phrase
from kommuneplan.timespan.span import TimeSpan

from .entries import WheelEntry


@dataclass(frozen=True, slots=True)
class WheelLine:
    """An entry in the list, with its date in words and an id for the drawing."""

    number: int
    entry: WheelEntry
    date: str

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"h-{self.number}"


@dataclass(frozen=True, slots=True)
class WheelMonth:
    """A heading of the list: a month, or 0 for what goes over several."""

    number: int
    lines: list[WheelLine] = field(default_factory=list)


def months_of(entries: Iterable[WheelEntry], year: int) -> list[WheelMonth]:
    """What goes over several months first, then the months in which something is."""
    found: dict[int, WheelMonth] = {}
    for number, entry in enumerate(entries):
        month = month_of(entry, year)
        line = WheelLine(number, entry, date_words(entry.when))
        found.setdefault(month, WheelMonth(month)).lines.append(line)
    return [found[number] for number in sorted(found)]


def date_words(span: TimeSpan) -> str:
    """As it was written, or as we say it."""
    return span.written or phrase(span)


def month_of(entry: WheelEntry, year: int) -> int:
    """The month it stands under; 0 for what falls some time in several, or began the year before.

    What is known to begin on a day stands where it begins, a deadline at its day.
    """
    span = entry.when
    known = certainty(span, lasts=entry.lasts)
    if known is DateCertainty.BY:
        return _number(span.latest or span.earliest_end, year)
    first = span.earliest_begin or span.latest_begin
    last = span.latest_end or span.earliest_end
    if known in {DateCertainty.DAY, DateCertainty.ABOUT, DateCertainty.FROM}:
        return _number(first, year)
    if known is DateCertainty.WHOLE and span.is_exact:
        return _number(first, year)
    if first and last and (first.year, first.month) == (last.year, last.month):
        return _number(first, year)
    return 0


def _number(day: dt.date | None, year: int) -> int:
    return day.month if day and day.year == year else 0
