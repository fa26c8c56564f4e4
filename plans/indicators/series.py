"""What is known in numbers of an indicator of a plan: the one value that the rule, the findings,
the charts and the tables are made from, of live rows and of frozen ones. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from plans.enums import GoodDirection, Interval

from .numbers import number_words
from .periods import Days, expected, next_due, period_words


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of a period. ``uid``, ``note`` and ``by`` are known in the house alone."""

    begins: dt.date
    ends: dt.date
    value: Decimal
    is_preliminary: bool = False
    is_baseline: bool = False
    uid: str = ""
    note: str = ""
    by: str = ""

    @property
    def period(self) -> str:
        """What its period is called."""
        return period_words(self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A target: at the end of a year, or without one. ``upper``: the other limit of a range."""

    year: int | None
    value: Decimal
    upper: Decimal | None = None
    uid: str = ""


@dataclass(frozen=True)
class Series:
    """Measurements in the order of time, and targets in the order of years."""

    unit: str = ""
    decimals: int = 0
    direction: str = GoodDirection.UP
    interval: str = Interval.YEARLY
    measured: tuple[Measured, ...] = ()
    wanted: tuple[Wanted, ...] = ()

    @cached_property
    def baseline(self) -> Measured | None:
        """From where it is to change."""
        return next((one for one in self.measured if one.is_baseline), None)

    @cached_property
    def newest(self) -> Measured | None:
        """The newest measurement; a baseline alone is where one began, and no measurement since."""
        later = [one for one in self.measured if not one.is_baseline]
        return later[-1] if later else None

    @cached_property
    def dated(self) -> tuple[Wanted, ...]:
        """The targets of a year."""
        return tuple(one for one in self.wanted if one.year)

    @property
    def next_due(self) -> dt.date | None:
        """The day by which the next measurement is to be there."""
        return next_due(self.interval, self.measured[-1].ends) if self.measured else None

    def is_late(self, on: dt.date) -> bool:
        """Is the next measurement late?"""
        due = self.next_due
        return due is not None and due < on

    @cached_property
    def missing(self) -> tuple[Days, ...]:
        """The periods between the first measurement and the newest that nobody measured."""
        if not self.measured:
            return ()
        first, last = self.measured[0], self.measured[-1]
        periods = expected(self.interval, first.begins, last.ends)
        return tuple(days for days in periods if not any(_in(days, one) for one in self.measured))

    def words(self, value: Decimal | None) -> str:
        """A value with its unit."""
        return number_words(value, decimals=self.decimals, unit=self.unit)

    def plain(self, value: Decimal | None) -> str:
        """A value without it."""
        return number_words(value, decimals=self.decimals)

    def wanted_words(self, one: Wanted) -> str:
        """ "90 %", "between 40 and 60 %" as "40–60 %" """
        if one.upper is None:
            return self.words(one.value)
        return f"{self.plain(one.value)}–{self.words(one.upper)}"


def _in(days: Days, one: Measured) -> bool:
    """Does a measurement fall within some days? Longer periods count for each they cover."""
    return one.begins <= days[1] and days[0] <= one.ends
