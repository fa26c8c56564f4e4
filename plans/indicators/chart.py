"""A small line chart of an indicator, in numbers: what stands where. Pure.

A place across is a percentage of the plot, a height is in pixels, so the picture is as wide as the
page and its letters keep their size, also on a phone. A value stands at the end of its period, a
target at the end of its year. Where a period was not measured the line is broken and the gap is
marked: nothing is drawn through years that nobody knows.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from decimal import Decimal

from plans.enums import GoodDirection

from .series import Measured, Series

TOP, PLOT, FOOT = 14, 130, 28
HEIGHT = TOP + PLOT + FOOT
PAD = 4.0  # per cent of the plot that is left free on both sides
MOST_YEARS = 5  # names of years that fit on a phone
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A value: ``shape`` is "confirmed", "preliminary" or "baseline"."""

    x: float
    y: float
    shape: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    """From one place to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class ChartBox:
    """A field: a gap in time, or what lies between two limits."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class IndicatorChart:
    """All that is drawn. ``across``: (y, name) of the lines of the scale; ``years``: (x, name)."""

    across: tuple[tuple[float, Decimal], ...]
    years: tuple[tuple[float, str], ...]
    line: tuple[ChartLine, ...] = ()
    marks: tuple[ChartMark, ...] = ()
    gaps: tuple[ChartBox, ...] = ()
    limits: tuple[ChartBox, ...] = ()
    path: tuple[ChartLine, ...] = ()
    targets: tuple[tuple[float, float], ...] = ()
    baseline: float | None = None

    @property
    def shapes(self) -> set[str]:
        """The shapes there are, for the key."""
        return {mark.shape for mark in self.marks}


def chart_of(series: Series) -> IndicatorChart | None:
    """The chart of a series; None where nothing has been measured."""
    if not series.measured:
        return None
    return _Plot(series).drawn()


class _Plot:
    def __init__(self, series: Series) -> None:
        self.series = series
        days = [one.ends for one in series.measured]
        days += [_end(one.year) for one in series.dated if one.year]
        self.first, self.last = min(days), max(days)
        if self.first == self.last:
            self.first -= dt.timedelta(days=180)
            self.last += dt.timedelta(days=180)
        values = [one.value for one in series.measured]
        values += [v for one in series.wanted for v in (one.value, one.upper) if v is not None]
        self.ticks = scale(min(values), max(values))
        self.low, self.high = self.ticks[0], self.ticks[-1]

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(PAD + share * (100 - 2 * PAD), 2)

    def y(self, value: Decimal) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(TOP + PLOT * (1 - float(share)), 1)

    def drawn(self) -> IndicatorChart:
        series = self.series
        base = series.baseline
        return IndicatorChart(
            across=tuple((self.y(tick), tick) for tick in self.ticks),
            years=self._years(),
            line=self._line(),
            marks=tuple(self._mark(one) for one in series.measured),
            gaps=self._gaps(),
            limits=self._limits(),
            path=self._path(),
            targets=tuple(
                (self.x(_end(one.year)), self.y(one.value))
                for one in series.dated
                if one.year and not self._is_range
            ),
            baseline=self.y(base.value) if base else None,
        )

    @property
    def _is_range(self) -> bool:
        return self.series.direction == GoodDirection.WITHIN

    def _years(self) -> tuple[tuple[float, str], ...]:
        years = [
            year
            for year in range(self.first.year - 1, self.last.year + 1)
            if self.first <= _end(year) <= self.last
        ]
        step = -(-len(years) // MOST_YEARS) or 1
        return tuple((self.x(_end(year)), str(year)) for year in years[::step])

    def _mark(self, one: Measured) -> ChartMark:
        shape = "baseline" if one.is_baseline else "confirmed"
        return ChartMark(
            self.x(one.ends), self.y(one.value), "preliminary" if one.is_preliminary else shape
        )

    def _line(self) -> tuple[ChartLine, ...]:
        found = []
        rows = self.series.measured
        for before, after in itertools.pairwise(rows):
            broken = any(before.ends < days[1] and days[0] < after.begins
                         for days in self.series.missing)  # fmt: skip
            if not broken:
                found.append(ChartLine(self.x(before.ends), self.y(before.value),
                                       self.x(after.ends), self.y(after.value)))  # fmt: skip
        return tuple(found)

    def _gaps(self) -> tuple[ChartBox, ...]:
        found = []
        for begins, ends in self.series.missing:
            half = (ends - begins) / 2
            left = max(self.x(ends - half), 0.0)
            right = min(self.x(ends + half), 100.0)
            found.append(ChartBox(left, TOP, round(right - left, 2), PLOT))
        return tuple(found)

    def _limits(self) -> tuple[ChartBox, ...]:
        """What lies between the limits: each until the end of its year."""
        if not self._is_range:
            return ()
        found, left = [], 0.0
        wanted = self.series.wanted
        for place, one in enumerate(wanted):
            last = place == len(wanted) - 1
            right = self.x(_end(one.year)) if one.year and not last else 100.0
            top, foot = self.y(one.upper if one.upper is not None else one.value), self.y(one.value)
            found.append(ChartBox(left, top, round(right - left, 2), round(max(foot - top, 1), 1)))
            left = right
        return tuple(found)

    def _path(self) -> tuple[ChartLine, ...]:
        """The straight line that values are held against, and what is wanted without a year."""
        if self._is_range:
            return ()
        series = self.series
        begin = series.baseline or series.measured[0]
        places = [(self.x(begin.ends), self.y(begin.value))]
        places += [
            (self.x(_end(one.year)), self.y(one.value))
            for one in series.dated
            if one.year and _end(one.year) > begin.ends
        ]
        found = [ChartLine(*before, *after) for before, after in itertools.pairwise(places)]
        level = [self.y(one.value) for one in series.wanted if one.year is None]
        return (*found, *(ChartLine(0.0, y, 100.0, y) for y in level))


def scale(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Round numbers from below the lowest to above the highest, three to six of them. It begins at
    zero where the lowest is not far above it: else a small change looks like a large one."""
    if low > 0 and low * 2 <= high:
        low = Decimal(0)
    if high < 0 and high * 2 >= low:
        high = Decimal(0)
    if low == high:
        low, high = low - 1, high + 1
    step = _step((high - low) / 4)
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
    ticks = [first]
    while ticks[-1] < high:
        ticks.append(ticks[-1] + step)
    return tuple(ticks)


def _step(rough: Decimal) -> Decimal:
    """The first round step that is not smaller."""
    size = Decimal(1).scaleb(rough.adjusted())
    return next(size * step for step in STEPS if size * step >= rough)


def _end(year: int | None) -> dt.date:
    return dt.date(year or 1, 12, 31)
