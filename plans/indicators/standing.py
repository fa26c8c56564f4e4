"""How it goes with an indicator. Pure; told in the same words on the page (``rule.html``).

1. Without a target there is nothing to hold a value against: *no target*.
2. Without a measurement since the baseline, or where the next one is late, nobody knows:
   *not measured*.
3. Within limits: the newest value is between the limits of the target that holds, or it is
   *behind*.
4. Else the newest value is held against a straight line: from the baseline (without one, from the
   first measurement) to the target of the first year that has not ended before the measurement,
   and on to the next. What is as good as the line or better is *on the way*. Where there is nothing
   to draw a line from, and for a target without a year, the target itself is the line; after the
   last year, the last target is.

A preliminary value counts as any other. A person may say otherwise, with a reason; then that
holds, and is told as set by hand beside what the rule says.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from plans.enums import GoodDirection, Standing

from .series import Measured, Series, Wanted


def standing(series: Series, *, on: dt.date) -> Standing:
    """Where it stands on a day, by the rule."""
    if not series.wanted:
        return Standing.NO_TARGET
    newest = series.newest
    if newest is None or series.is_late(on):
        return Standing.NOT_MEASURED
    good = _within(series, newest) if _is_range(series) else _as_good(series, newest)
    return Standing.ON_THE_WAY if good else Standing.BEHIND


def _is_range(series: Series) -> bool:
    return series.direction == GoodDirection.WITHIN


def target_for(series: Series, year: int) -> Wanted | None:
    """The target that holds in a year: the next one to come, else the last, else the one without
    a year."""
    dated = series.dated
    coming = [one for one in dated if one.year and one.year >= year]
    return coming[0] if coming else (dated or series.wanted or (None,))[-1]


def _within(series: Series, one: Measured) -> bool:
    target = target_for(series, one.ends.year)
    assert target is not None
    upper = target.value if target.upper is None else target.upper
    return target.value <= one.value <= upper


def _as_good(series: Series, one: Measured) -> bool:
    line = line_at(series, one)
    if series.direction == GoodDirection.DOWN:
        return one.value <= line
    return one.value >= line


def line_at(series: Series, one: Measured) -> Decimal:
    """What a value is held against, with the decimals of the unit."""
    target = target_for(series, one.ends.year)
    assert target is not None
    begin = _start(series, one)
    if target.year is None or begin is None:
        return target.value
    day = _end_of(target.year)
    earlier = [w for w in series.dated if w.year and begin[0] < _end_of(w.year) < one.ends]
    if earlier and earlier[-1] is not target:
        begin = _end_of(earlier[-1].year or 0), earlier[-1].value
    if day <= begin[0] or one.ends >= day:
        return target.value
    share = Decimal((one.ends - begin[0]).days) / Decimal((day - begin[0]).days)
    line = begin[1] + (target.value - begin[1]) * share
    return line.quantize(Decimal(1).scaleb(-series.decimals))


def _start(series: Series, one: Measured) -> tuple[dt.date, Decimal] | None:
    first = series.baseline or series.measured[0]
    return None if first is one or first.ends >= one.ends else (first.ends, first.value)


def _end_of(year: int) -> dt.date:
    return dt.date(year, 12, 31)
