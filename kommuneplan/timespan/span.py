"""The value every date in the house is made of: as precise as it was written, no more.

Nothing here knows the database, Danish or today's date.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from dataclasses import dataclass


class Precision(enum.StrEnum):
    """How precisely a date was written; the names are the conventions' own."""

    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    PART_OF_MONTH = "part-of-month"
    MONTH = "month"
    MONTH_RANGE = "month-range"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    SEASON = "season"
    PART_OF_YEAR = "part-of-year"
    YEAR = "year"


class Modifier(enum.StrEnum):
    """What the words around the date say about it."""

    NONE = ""
    BY = "by"  # senest, inden, frem til: the begin is open
    FROM = "from"  # fra, tidligst, efter: the end is open
    APPROX = "approx"  # ca., omkring, forventet


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When something happens, in four inclusive civil dates (no time of day, no time zone).

    It begins between ``earliest_begin`` and ``latest_begin`` and ends between
    ``earliest_end`` and ``latest_end``; ``None`` is an open side. A day has all four alike;
    "22. maj til 20. juni" begins and ends exactly; "ultimo oktober" begins and ends
    somewhere from the 21st to the 31st. At least one date is given, and the dates are in order.
    """

    earliest_begin: dt.date | None
    latest_begin: dt.date | None
    earliest_end: dt.date | None
    latest_end: dt.date | None
    precision: Precision
    modifier: Modifier = Modifier.NONE
    written: str = dataclasses.field(default="", compare=False)


class Status(enum.StrEnum):
    """What became of an attempt to read a date."""

    OK = "ok"
    AMBIGUOUS = "ambiguous"  # read, but another reading is as good: tell the user
    REJECT = "reject"  # an impossible date: no span, an error to show
    NODATE = "nodate"  # words without a date: no span, no error
    RECURRING = "recurring"  # a rule, not a date


@dataclass(frozen=True, slots=True)
class Reading:
    """How words were understood. Several dates are several spans; a refusal has none.

    ``notes`` are finished sentences for the user, in the active language: every assumption
    made, the reason of a refusal, the other way to read it.
    """

    status: Status
    spans: tuple[TimeSpan, ...] = ()
    notes: tuple[str, ...] = ()
    assumed_year: int | None = None
    written: str = ""

    @property
    def span(self) -> TimeSpan | None:
        """The only or first span."""
        return self.spans[0] if self.spans else None
