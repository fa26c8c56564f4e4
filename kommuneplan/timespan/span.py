"""The value every date in the house is made of: as precise as it was written, no more.

Nothing here knows the database, Danish or today's date.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from dataclasses import dataclass
from typing import Any


class Precision(enum.StrEnum):
    """How precisely a date was written; the names are the conventions' own.

    The order is from fine to coarse and is used to break ties when sorting.
    """

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


class Answer(enum.StrEnum):
    """The answer to a question about spans that are not exact."""

    CERTAINLY = "certainly"
    POSSIBLY = "possibly"
    NO = "no"


_PRECISION_RANK = {precision: rank for rank, precision in enumerate(Precision)}


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When something happens, in four inclusive civil dates (no time of day, no time zone).

    It begins between ``earliest_begin`` and ``latest_begin`` and ends between
    ``earliest_end`` and ``latest_end``; ``None`` is an open side. A day has all four alike;
    "22. maj til 20. juni" begins and ends exactly; "ultimo oktober" begins and ends
    somewhere from the 21st to the 31st; "senest 1. oktober" has only the latest end; "tidligst
    15. august" only the earliest begin, and "fra 15. august" both begins. At least one date is
    given, and the dates are in order. ``written`` holds the words; it takes no part in equality.

    Raises ``ValueError`` when no date is given or the dates are out of order.
    """

    earliest_begin: dt.date | None
    latest_begin: dt.date | None
    earliest_end: dt.date | None
    latest_end: dt.date | None
    precision: Precision
    modifier: Modifier = Modifier.NONE
    written: str = dataclasses.field(default="", compare=False)

    def __post_init__(self) -> None:
        dates = (self.earliest_begin, self.latest_begin, self.earliest_end, self.latest_end)
        if all(date is None for date in dates):
            raise ValueError("a span needs at least one date")
        _in_order(self.earliest_begin, self.latest_begin, "begins")
        _in_order(self.earliest_end, self.latest_end, "ends")
        _in_order(self.earliest_begin, self.earliest_end, "earliest dates")
        _in_order(self.latest_begin, self.latest_end, "latest dates")
        _in_order(self.earliest_begin, self.latest_end, "begin and end")

    # Making one

    @classmethod
    def day(cls, date: dt.date, modifier: Modifier = Modifier.NONE) -> TimeSpan:
        """One whole day."""
        return cls(date, date, date, date, Precision.DAY, modifier)

    @classmethod
    def within(
        cls,
        first: dt.date,
        last: dt.date,
        precision: Precision,
        modifier: Modifier = Modifier.NONE,
    ) -> TimeSpan:
        """Somewhere in the window ``first``..``last``, both days included."""
        return cls(first, last, first, last, precision, modifier)

    @classmethod
    def between(
        cls,
        begin: dt.date,
        end: dt.date,
        precision: Precision = Precision.RANGE,
        modifier: Modifier = Modifier.NONE,
    ) -> TimeSpan:
        """From ``begin`` to ``end``, both exact and both included."""
        return cls(begin, begin, end, end, precision, modifier)

    @classmethod
    def by(cls, limit: dt.date, precision: Precision = Precision.DAY) -> TimeSpan:
        """At ``limit`` at the latest ("senest")."""
        return cls(None, None, None, limit, precision, Modifier.BY)

    @classmethod
    def from_(
        cls, first: dt.date, precision: Precision = Precision.DAY, last: dt.date | None = None
    ) -> TimeSpan:
        """Begins at ``first`` at the earliest; with ``last``, begins in ``first``..``last``."""
        return cls(first, last, None, None, precision, Modifier.FROM)

    # What it says

    @property
    def earliest(self) -> dt.date | None:
        """The first day it can touch; ``None`` when the begin is open."""
        return self.earliest_begin

    @property
    def latest(self) -> dt.date | None:
        """The last day it can touch; ``None`` when the end is open."""
        return self.latest_end

    @property
    def is_exact(self) -> bool:
        """Do we know the very day it begins and the very day it ends?"""
        return (
            self.modifier is not Modifier.APPROX
            and self.earliest_begin is not None
            and self.latest_end is not None
            and self.earliest_begin == self.latest_begin
            and self.earliest_end == self.latest_end
        )

    def contains(self, day: dt.date) -> bool:
        """Can it touch ``day``? An open side reaches for ever."""
        after_begin = self.earliest is None or self.earliest <= day
        before_end = self.latest is None or day <= self.latest
        return after_begin and before_end

    def is_over(self, today: dt.date) -> bool:
        """Is the last possible day gone? An open end is never over."""
        return self.latest is not None and self.latest < today

    def is_overdue(self, today: dt.date, done: bool = False) -> bool:
        """Late: over and not done. Nothing dated "2012" is late in 2012."""
        return not done and self.is_over(today)

    def before(self, other: TimeSpan) -> Answer:
        """Does this end before ``other`` begins?"""
        if self._last_end < other._first_begin:
            return Answer.CERTAINLY
        if self._first_end < other._last_begin:
            return Answer.POSSIBLY
        return Answer.NO

    def after(self, other: TimeSpan) -> Answer:
        """Does this begin after ``other`` has ended?"""
        return other.before(self)

    def overlaps(self, other: TimeSpan) -> Answer:
        """Do the two share a day?"""
        if self.before(other) is Answer.CERTAINLY or self.after(other) is Answer.CERTAINLY:
            return Answer.NO
        if self.before(other) is Answer.NO and self.after(other) is Answer.NO:
            return Answer.CERTAINLY
        return Answer.POSSIBLY

    def shifted(self, days: int) -> TimeSpan:
        """The same span ``days`` later (negative: earlier); the words no longer fit and go.

        Raises ``OverflowError`` outside the years 1 to 9999. A week, month or other named
        period that is moved is no longer that period: its precision becomes ``RANGE``
        unless it is a day, or a week moved by whole weeks.
        """
        step = dt.timedelta(days=days)
        keeps = self.precision is Precision.DAY or (
            self.precision is Precision.WEEK and days % 7 == 0
        )
        return TimeSpan(
            self.earliest_begin and self.earliest_begin + step,
            self.latest_begin and self.latest_begin + step,
            self.earliest_end and self.earliest_end + step,
            self.latest_end and self.latest_end + step,
            self.precision if keeps or days == 0 else Precision.RANGE,
            self.modifier,
        )

    @property
    def sort_key(self) -> tuple[dt.date, dt.date, int]:
        """Order in a list: by begin, then end, then precision.

        Without a begin ("senest 1. oktober") it stands at its latest day; without an end
        it comes after what begins the same day and does end.
        """
        begin = self.earliest_begin or self.latest_begin or self.earliest_end or self.latest_end
        end = self.latest_end or dt.date.max
        return (begin or dt.date.max, end, _PRECISION_RANK[self.precision])

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, TimeSpan):
            return NotImplemented
        return self.sort_key < other.sort_key

    # The outermost and innermost days, open sides being as far away as they can be

    @property
    def _first_begin(self) -> dt.date:
        return self.earliest_begin or dt.date.min

    @property
    def _last_begin(self) -> dt.date:
        return self.latest_begin or self.latest_end or dt.date.max

    @property
    def _first_end(self) -> dt.date:
        return self.earliest_end or self.earliest_begin or dt.date.min

    @property
    def _last_end(self) -> dt.date:
        return self.latest_end or dt.date.max


def _in_order(first: dt.date | None, second: dt.date | None, what: str) -> None:
    if first is not None and second is not None and second < first:
        raise ValueError(f"{what} out of order: {first} .. {second}")


class ReadingStatus(enum.StrEnum):
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

    status: ReadingStatus
    spans: tuple[TimeSpan, ...] = ()
    notes: tuple[str, ...] = ()
    assumed_year: int | None = None
    written: str = ""

    @property
    def span(self) -> TimeSpan | None:
        """The only or first span."""
        return self.spans[0] if self.spans else None


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date expression in running text: ``text[start:end]`` and how it was understood."""

    start: int
    end: int
    reading: Reading


def moment(span: TimeSpan | None) -> tuple[Any, ...] | None:
    """When a span is, precision and words aside: "uge 34" is as good as "17.–23. august"."""
    if span is None:
        return None
    ends = (span.earliest_begin, span.latest_begin, span.earliest_end, span.latest_end)
    return (*ends, span.modifier)
