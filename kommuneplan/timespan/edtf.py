"""Spans in EDTF (ISO 8601-2, levels 0 to 2), where it can say the same; and back."""

from __future__ import annotations

import datetime as dt
import re

from . import calendar as cal
from .calendar import Season
from .names import period
from .span import Modifier, Precision, TimeSpan

_QUARTERS, _HALVES = 32, 39  # EDTF 2009-33..36 are quarters, 2009-40..41 half-years


def to_edtf(span: TimeSpan) -> str | None:
    """The EDTF expression for the same dates, or ``None`` where EDTF has none.

    "senest" is an open interval ("../2026-10-01"), "fra" an interval without end
    ("2026-03-01/.."), "tidligst" one day of a set ("[2026-08-15..]"), a part of a month or
    year one day of a set ("[2015-10-21..2015-10-31]"), approximate "~".
    """
    begin, end = span.earliest_begin, span.latest_end
    if begin is None or end is None:
        return _open(span)
    sure = _closed(span, begin, end)
    if sure is None or span.modifier is not Modifier.APPROX:
        return sure
    if "/" in sure:
        first, last = sure.split("/")
        return f"{first}~/{last}~"
    if sure.startswith("[") or _is_grouping(sure):
        return None
    return f"{sure}~"


def _is_grouping(text: str) -> bool:
    """A quarter or half-year: level 2 has no qualifier for them."""
    return len(text) == 7 and int(text[5:]) > _QUARTERS


def _open(span: TimeSpan) -> str | None:
    begin, end = span.earliest_begin, span.latest_end
    if begin is None and end is not None and span.latest_begin is None:
        return f"../{end}" if span.earliest_end is None else None
    if begin is None or end is not None or span.earliest_end is not None:
        return None
    if span.latest_begin is None:
        return f"[{begin}..]"
    if span.latest_begin == begin:
        return f"{begin}/.."
    if (begin, span.latest_begin) == cal.month_window(begin.year, begin.month):
        return f"{begin:%Y-%m}/.."
    if (begin, span.latest_begin) == cal.year_window(begin.year):
        return f"{begin.year:04}/.."
    return None


def _closed(span: TimeSpan, begin: dt.date, end: dt.date) -> str | None:
    if span.earliest_end == begin and span.latest_begin == end:
        return _within(begin, end, span.precision)
    first = _plain(begin, span.latest_begin)
    last = _plain(span.earliest_end, end)
    return f"{first}/{last}" if first and last else None


def _plain(first: dt.date | None, last: dt.date | None) -> str | None:
    """A day, month or year: what an interval may begin and end with."""
    if first is None or last is None:
        return None
    if first == last:
        return str(first)
    if (first, last) == cal.month_window(first.year, first.month):
        return f"{first:%Y-%m}"
    return f"{first.year:04}" if (first, last) == cal.year_window(first.year) else None


def _within(first: dt.date, last: dt.date, precision: Precision) -> str:
    """One period. What EDTF has no name for is one day of a set: within a week, a part."""
    found = period(first, last, precision)
    if precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return _plain(first, last) or f"[{first}..{last}]"
    if found is not None and precision is Precision.QUARTER:
        return f"{found.year:04}-{_QUARTERS + found.number}"
    if found is not None and precision is Precision.HALF_YEAR:
        return f"{found.year:04}-{_HALVES + found.number}"
    if found is not None and precision is Precision.SEASON and found.part is None:
        return f"{_season_year(found.year, found.number):04}-{found.number}"
    return f"[{first}..{last}]"


def _season_year(year: int, season: int) -> int:
    """EDTF names a winter by the year it begins in; the calendar here by the one it ends in."""
    return year - 1 if season == Season.WINTER else year


_ONE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)")
_SET = re.compile(r"\[(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})?\]")


def from_edtf(text: str) -> TimeSpan:
    """The span of an EDTF expression. Raises ``ValueError`` on what a span cannot hold."""
    text = text.strip()
    one_of = _SET.fullmatch(text)
    if one_of:
        first = dt.date.fromisoformat(one_of[1])
        if one_of[2] is None:
            return TimeSpan.from_(first)
        last = dt.date.fromisoformat(one_of[2])
        return TimeSpan.within(first, last, _precision(first, last))
    if "/" not in text:
        first, last, precision, approx = _one(text)
        modifier = Modifier.APPROX if approx else Modifier.NONE
        return TimeSpan.within(first, last, precision, modifier)
    left, right = text.split("/", 1)
    if left == "..":
        _first, last, precision, approx = _one(right)
        if approx:
            raise ValueError(f"cannot hold an approximate limit: {text!r}")
        return TimeSpan.by(last, precision)
    if right == "..":
        first, last, precision, approx = _one(left)
        if approx:
            raise ValueError(f"cannot hold an approximate limit: {text!r}")
        return TimeSpan.from_(first, precision, last)
    return _interval(left, right)


def _interval(left: str, right: str) -> TimeSpan:
    begin, end = _one(left), _one(right)
    months = begin[2] is Precision.MONTH and end[2] is Precision.MONTH
    approx = begin[3] or end[3]
    return TimeSpan(
        begin[0],
        begin[1],
        end[0],
        end[1],
        Precision.MONTH_RANGE if months else Precision.RANGE,
        Modifier.APPROX if approx else Modifier.NONE,
    )


def _precision(first: dt.date, last: dt.date) -> Precision:
    """The finest precision that names the window of a set."""
    for precision in (
        Precision.DAY,
        Precision.WEEK,
        Precision.PART_OF_MONTH,
        Precision.PART_OF_YEAR,
    ):
        if period(first, last, precision) is not None:
            return precision
    return Precision.PART_OF_YEAR


def _one(text: str) -> tuple[dt.date, dt.date, Precision, bool]:
    match = _ONE.fullmatch(text)
    if match is None:
        raise ValueError(f"not an EDTF date that a span can hold: {text!r}")
    year, approx = int(match[1]), bool(match[4])
    if match[3]:
        day = dt.date(year, int(match[2]), int(match[3]))
        return day, day, Precision.DAY, approx
    if match[2] is None:
        return *cal.year_window(year), Precision.YEAR, approx
    number = int(match[2])
    if 1 <= number <= 12:
        return *cal.month_window(year, number), Precision.MONTH, approx
    if number in tuple(Season):
        season = Season(number)
        shift = 1 if season is Season.WINTER else 0
        return *cal.season_window(year + shift, season), Precision.SEASON, approx
    if _QUARTERS < number <= _QUARTERS + 4:
        return *cal.quarter_window(year, number - _QUARTERS), Precision.QUARTER, approx
    if _HALVES < number <= _HALVES + 2:
        return *cal.half_year_window(year, number - _HALVES), Precision.HALF_YEAR, approx
    raise ValueError(f"no such month, season, quarter or half-year: {text!r}")
