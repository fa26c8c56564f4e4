"""The scale of a timeline: which days it spans, and which of them are named along the top.

A place on the scale is a percentage of the plot's width, so that the plot may be as wide as the
page allows. What fits at which width is decided here, for three widths of the plot.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .text_width import width

DAY = dt.timedelta(days=1)
LEVELS = {1: 130, 2: 320, 3: 600}  # level → the narrowest plot, in pixels, it is shown in
TICK_SIZE, MAJOR_SIZE = 13, 14  # font sizes, pixels
TICK_GAP, TICK_AIR = 5, 8  # from the tick to its name; between two names

# The timeline is Danish like the rest of the house; these are the usual short forms.
_MONTHS = ("jan.", "feb.", "mar.", "apr.", "maj", "juni",
           "juli", "aug.", "sep.", "okt.", "nov.", "dec.")  # fmt: skip


class TickUnit(enum.StrEnum):
    """What lies between two ticks."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot at ``x`` per cent, and its name at those levels where it fits."""

    x: float
    label: str
    strong: bool
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """From ``first`` to ``last``, both days included, cut into ``unit``s."""

    first: dt.date
    last: dt.date
    unit: TickUnit

    @property
    def days(self) -> int:
        """How many days the scale spans."""
        return (self.last - self.first).days + 1

    def start(self, day: dt.date) -> float:
        """Where a day begins, in per cent of the plot, never outside it."""
        share = (day - self.first).days / self.days
        return round(100 * min(max(share, 0), 1), 2)

    def end(self, day: dt.date) -> float:
        """Where a day ends."""
        return 100.0 if day >= self.last else self.start(day + DAY)

    def middle(self, day: dt.date) -> float:
        """The middle of a day: where its mark stands."""
        return round((self.start(day) + self.end(day)) / 2, 2)

    def ticks(self) -> tuple[Tick, ...]:
        """All ticks, the strong ones first."""
        major, minor = _PAIRS[self.unit]
        strong = list(_begins(self, major))
        ticks = _named(self, strong, major, strong=True)
        if minor is not major:
            ticks += _named(self, list(_begins(self, minor)), minor, strong=False)
        return tuple(ticks)


def scale_for(days: Iterable[dt.date], *, today: dt.date) -> Scale | None:
    """The scale that holds all the days with a little air, and today if it is close by.

    None when there are no days.
    """
    known = sorted(days)
    if not known:
        return None
    first, last = known[0], known[-1]
    near = max((last - first) * 0.15, 14 * DAY)
    if first - near <= today <= last + near:
        first, last = min(first, today), max(last, today)
    air = max((last - first) * 0.02, DAY)
    return _snapped(_back(first, air), _on(last, air))


def _snapped(first: dt.date, last: dt.date) -> Scale:
    days = (last - first).days
    if days < 28:
        last = _on(last, dt.timedelta(days=28 - days))
    if days <= 120:
        return Scale(
            first - first.weekday() * DAY, _on(last, (6 - last.weekday()) * DAY), TickUnit.WEEK
        )
    if days <= 900:
        return Scale(first.replace(day=1), _month_end(last), TickUnit.MONTH)
    if days <= 2600:
        first = first.replace(day=1, month=first.month - (first.month - 1) % 3)
        last = _month_end(last.replace(day=1, month=last.month + (-last.month) % 3))
        return Scale(first, last, TickUnit.QUARTER)
    return Scale(first.replace(month=1, day=1), last.replace(month=12, day=31), TickUnit.YEAR)


def _back(day: dt.date, step: dt.timedelta) -> dt.date:
    return day - step if day - dt.date.min > step + 7 * DAY else day


def _on(day: dt.date, step: dt.timedelta) -> dt.date:
    return day + step if dt.date.max - day > step + 7 * DAY else day


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


# --- ticks -----------------------------------------------------------------------------------

# unit of the scale → (unit of the strong ticks, unit of the others)
_PAIRS = {
    TickUnit.WEEK: (TickUnit.MONTH, TickUnit.WEEK),
    TickUnit.MONTH: (TickUnit.YEAR, TickUnit.MONTH),
    TickUnit.QUARTER: (TickUnit.YEAR, TickUnit.QUARTER),
    TickUnit.YEAR: (TickUnit.YEAR, TickUnit.YEAR),
}


def _begins(scale: Scale, unit: TickUnit) -> Iterable[dt.date]:
    """The first days of the units that the scale touches; the first may lie before it."""
    first, months = scale.first, {TickUnit.MONTH: 1, TickUnit.QUARTER: 3, TickUnit.YEAR: 12}
    if unit is TickUnit.WEEK:
        day = first - first.weekday() * DAY
        while day <= scale.last:
            yield day
            day += 7 * DAY
        return
    step = months[unit]
    count = first.year * 12 + (first.month - 1) - (first.month - 1) % step
    while (count // 12, count % 12 + 1) <= (scale.last.year, scale.last.month):
        yield dt.date(count // 12, count % 12 + 1, 1)
        count += step


def _name(day: dt.date, unit: TickUnit, strong: bool) -> str:
    if unit is TickUnit.WEEK:
        return f"uge {day.isocalendar().week}"
    if unit is TickUnit.QUARTER:
        return f"{(day.month + 2) // 3}. kvt."
    if unit is TickUnit.YEAR:
        return str(day.year)
    return f"{_MONTHS[day.month - 1]} {day.year}" if strong else _MONTHS[day.month - 1]


_STRIDES: dict[TickUnit, tuple[int, ...]] = {
    TickUnit.WEEK: (1, 2, 4, 8),
    TickUnit.MONTH: (1, 2, 3, 6),
    TickUnit.QUARTER: (1, 2),
    TickUnit.YEAR: (1, 2, 5, 10, 20, 50),
}
_COUNT: dict[TickUnit, Callable[[dt.date], int]] = {
    TickUnit.WEEK: lambda day: day.isocalendar().week - 1,
    TickUnit.MONTH: lambda day: day.month - 1,
    TickUnit.QUARTER: lambda day: day.month // 3,
    TickUnit.YEAR: lambda day: day.year,
}


def _named(scale: Scale, days: list[dt.date], unit: TickUnit, *, strong: bool) -> list[Tick]:
    labels = [_name(day, unit, strong) for day in days]
    places = [scale.start(day) for day in days]
    shown = {
        level: _fitting(days, labels, places, unit, strong, plot) for level, plot in LEVELS.items()
    }
    return [
        Tick(x, label, strong, tuple(level for level in LEVELS if place in shown[level]))
        for place, (x, label) in enumerate(zip(places, labels, strict=True))
    ]


def _fitting(
    days: list[dt.date],
    labels: list[str],
    places: list[float],
    unit: TickUnit,
    strong: bool,
    plot: int,
) -> set[int]:
    """Which ticks can be named in a plot of that many pixels, at an even stride.

    The first unit is often cut short by the edge; then the name of the next one goes before it.
    """
    for stride in _STRIDES[unit]:
        even = [place for place, day in enumerate(days) if _COUNT[unit](day) % stride == 0]
        for chosen in (even, even[1:]):
            if chosen and _all_fit([(places[i], labels[i]) for i in chosen], strong, plot):
                return set(chosen)
    return {0}


def _all_fit(ticks: list[tuple[float, str]], strong: bool, plot: int) -> bool:
    size = MAJOR_SIZE if strong else TICK_SIZE
    needs = [width(label, size, strong=strong) + TICK_AIR for _x, label in ticks]
    return all(
        (after[0] - before[0]) * plot / 100 >= need
        for before, after, need in zip(ticks, ticks[1:], needs, strict=False)
    )
