"""When a duty is due, from its rule and the adoptions of its plan. Numbers and days alone.

A turn keeps its name when the date of the rule is moved: a year, a time round of the plan, or
"once". So what was done of it stays done. Nothing is late before its latest day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kommuneplan.timespan.span import Precision, TimeSpan

ONCE = "once"
_LAST_YEAR = 9999


class DueRule(enum.StrEnum):
    """How it is known when a duty is due."""

    YEARLY = "yearly"
    AFTER_ADOPTION = "after_adoption"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Adoption:
    """An adoption of a plan: which time round, and the day."""

    number: int
    day: dt.date


@dataclass(frozen=True, slots=True)
class Rule:
    """``month`` and ``day`` of a yearly duty: with neither it is due some time in the year, with a
    month alone some time in the month, with both at the latest on that day (the last of a month
    that is shorter). ``months`` after the adoption. ``span``: the date of what is due once.
    ``begins`` and ``ends`` are the first and last day on which the duty holds; without a begin a
    yearly duty holds from the first adoption on.
    """

    repeats: DueRule
    month: int | None = None
    day: int | None = None
    months: int | None = None
    span: TimeSpan | None = None
    begins: dt.date | None = None
    ends: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DutyTurn:
    """One time a duty is due. ``when`` is None where its date is not known yet."""

    key: str
    when: TimeSpan | None

    @property
    def last_day(self) -> dt.date | None:
        """After this day it is late; None where it never is."""
        return self.when.latest if self.when else None

    def is_late(self, day: dt.date) -> bool:
        """Its latest day is past."""
        return self.when is not None and self.when.is_over(day)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later; the last of a month that is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if year > _LAST_YEAR:
        return dt.date.max
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def turns(rule: Rule, adoptions: Collection[Adoption], *, until: dt.date) -> Iterator[DutyTurn]:
    """The turns of a duty in their order, up to the first that ends after ``until``, included."""
    if rule.repeats is DueRule.YEARLY:
        yield from _yearly(rule, adoptions, until)
    elif rule.repeats is DueRule.AFTER_ADOPTION:
        yield from _after_adoption(rule, adoptions)
    else:
        yield DutyTurn(ONCE, rule.span)


def next_turn(
    rule: Rule, adoptions: Collection[Adoption], settled: Collection[str]
) -> DutyTurn | None:
    """The first turn that is neither done nor skipped, late ones too; None when there is none."""
    endless = turns(rule, adoptions, until=dt.date.max)
    return next((turn for turn in endless if turn.key not in settled), None)


def _yearly(rule: Rule, adoptions: Collection[Adoption], until: dt.date) -> Iterator[DutyTurn]:
    first = min((one.day for one in adoptions), default=None)
    if rule.begins is None and first is None:
        return
    start = rule.begins or first
    assert start is not None
    for year in range(start.year, _LAST_YEAR + 1):
        when = _of_year(rule, year)
        begin, end = when.earliest or when.latest, when.latest
        assert begin and end
        is_before = end < start if rule.begins else begin <= start
        if is_before:
            continue
        if rule.ends is not None and begin > rule.ends:
            return
        yield DutyTurn(str(year), when)
        if end > until:
            return


def _of_year(rule: Rule, year: int) -> TimeSpan:
    if rule.month is None:
        return TimeSpan.within(dt.date(year, 1, 1), dt.date(year, 12, 31), Precision.YEAR)
    last = calendar.monthrange(year, rule.month)[1]
    if rule.day is None:
        first = dt.date(year, rule.month, 1)
        return TimeSpan.within(first, first.replace(day=last), Precision.MONTH)
    return TimeSpan.by(dt.date(year, rule.month, min(rule.day, last)))


def _after_adoption(rule: Rule, adoptions: Collection[Adoption]) -> Iterator[DutyTurn]:
    in_order = sorted(adoptions, key=lambda adoption: adoption.number)
    for place, one in enumerate(in_order):
        day = months_after(one.day, rule.months or 0)
        if any(later.day <= day for later in in_order[place + 1 :]):
            continue  # adopted anew before it was due: it is counted from then
        after_begin = rule.begins is None or rule.begins <= day
        if after_begin and (rule.ends is None or day <= rule.ends):
            yield DutyTurn(str(one.number), TimeSpan.by(day))
