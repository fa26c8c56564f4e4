"""The year wheel as numbers: where each ring, month and mark stands. Pure; the template draws it.

The year begins at the top and goes clockwise. Each ring has a track for days, on which a mark
stands for a quarter of a month and says how many things it holds, and within it up to three lanes
for what lasts or falls some time within a period, so that nothing is drawn over something else.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

SIZE = 760.0
MIDDLE = SIZE / 2
OUTER = 330.0  # the outermost ring's edge; the names of months stand around it
INNER = 96.0  # the year stands within
SLOTS = 48  # four a month: where the marks of days stand
LANES = 3
TRACK = 18.0  # of days
LANE = 9.0
SHORTEST = 2.2  # degrees of the shortest arc


@dataclass(frozen=True, slots=True)
class Thing:
    """What is to be drawn: in which ring, from when until when; an open side is None. ``index``
    names it for the caller. ``whole``: it goes on throughout; ``by``: at the latest at its end."""

    index: int
    ring: int
    first: dt.date | None
    last: dt.date | None
    whole: bool = False
    by: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark on the track of days: ``things`` are the indexes it stands for."""

    ring: int
    x: float
    y: float
    things: tuple[int, ...]
    done: bool = False

    @property
    def count(self) -> int:
        """How many things it stands for."""
        return len(self.things)


@dataclass(frozen=True, slots=True)
class Arc:
    """What lasts (``whole``), falls within, or is due at its end (``by``): a path to be stroked.
    ``before`` and ``after``: it goes on outside the year."""

    ring: int
    path: str
    width: float
    things: tuple[int, ...]
    whole: bool = False
    limit: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class RingPlace:
    """One ring: its edges, and where its number stands."""

    inner: float
    outer: float
    label_y: float

    @property
    def middle(self) -> float:
        """Half way between its edges."""
        return (self.inner + self.outer) / 2

    @property
    def width(self) -> float:
        """How broad it is."""
        return self.outer - self.inner


@dataclass(frozen=True, slots=True)
class MonthPlace:
    """A month: the line where it begins, and the place of its name."""

    number: int
    x1: float
    y1: float
    x2: float
    y2: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Wheel:
    """Everything to be drawn; ``today`` is a line (x1, y1, x2, y2) where today is in the year."""

    rings: tuple[RingPlace, ...]
    months: tuple[MonthPlace, ...]
    dots: tuple[Dot, ...]
    arcs: tuple[Arc, ...]
    today: tuple[float, float, float, float] | None = None
    size: float = SIZE


def wheel(things: Sequence[Thing], *, year: int, rings: int, today: dt.date | None = None) -> Wheel:
    """The wheel of a year with so many rings, the first outermost."""
    count = max(rings, 1)
    width = (OUTER - INNER) / count
    places = tuple(
        RingPlace(outer - width + 3, outer - 3, MIDDLE - outer + TRACK / 2 + 3)
        for outer in (OUTER - n * width for n in range(count))
    )
    shown = [one for one in things if 0 <= one.ring < count]
    days = [one for one in shown if _is_a_day(one)]
    spans = [one for one in shown if not _is_a_day(one)]
    here = None
    if today and today.year == year:
        angle = _angle(today, year, 0.5)
        here = (*_at(angle, INNER - 10), *_at(angle, OUTER + 6))
    return Wheel(
        rings=places,
        months=tuple(_month(number, year) for number in range(1, 13)),
        dots=tuple(_dots(days, places, year)),
        arcs=tuple(_arcs(spans, places, year)),
        today=here,
    )


def _is_a_day(one: Thing) -> bool:
    return one.first is not None and one.first == one.last and not one.by


def _angle(day: dt.date, year: int, share: float = 0.0) -> float:
    """Degrees clockwise from the top, of a share of a day."""
    days = 366 if calendar.isleap(year) else 365
    return 360 * ((day - dt.date(year, 1, 1)).days + share) / days


def _at(angle: float, radius: float) -> tuple[float, float]:
    turn = math.radians(angle)
    return (
        round(MIDDLE + radius * math.sin(turn), 1),
        round(MIDDLE - radius * math.cos(turn), 1),
    )


def _month(number: int, year: int) -> MonthPlace:
    first = dt.date(year, number, 1)
    begin = _angle(first, year)
    middle = begin + 360 * calendar.monthrange(year, number)[1] / 2 / (
        366 if calendar.isleap(year) else 365
    )
    return MonthPlace(number, *_at(begin, INNER), *_at(begin, OUTER + 8), *_at(middle, OUTER + 24))


# --- days ----------------------------------------------------------------------------------------


def slot(day: dt.date) -> int:
    """Which of the quarters of a month a day lies in, 0 to 47."""
    last = calendar.monthrange(day.year, day.month)[1]
    return (day.month - 1) * 4 + min(3, (day.day - 1) * 4 // last)


def _dots(days: Iterable[Thing], places: Sequence[RingPlace], year: int) -> Iterable[Dot]:
    held: dict[tuple[int, int], list[Thing]] = {}
    for one in days:
        assert one.first
        if one.first.year == year:
            held.setdefault((one.ring, slot(one.first)), []).append(one)
    for (ring, number), things in sorted(held.items()):
        angle = 360 * (number + 0.5) / SLOTS
        radius = places[ring].outer - TRACK / 2
        yield Dot(
            ring,
            *_at(angle, radius),
            tuple(one.index for one in things),
            done=all(one.done for one in things),
        )


# --- what lasts, and what is vague ---------------------------------------------------------------


def _arcs(spans: Iterable[Thing], places: Sequence[RingPlace], year: int) -> Iterable[Arc]:
    """Each in the first lane of its ring that is free; where none is, what overlaps in the last
    lane is one arc that stands for all of it."""
    lanes: dict[tuple[int, int], float] = {}
    full: dict[int, Arc] = {}
    ends: dict[int, tuple[float, float]] = {}
    ordered = sorted(spans, key=lambda one: (one.ring, _ends(one, year)))
    for one in ordered:
        begin, end = _ends(one, year)
        place = places[one.ring]
        room = min(LANES, max(1, int((place.width - TRACK) // (LANE + 2))))
        free = next((n for n in range(room) if lanes.get((one.ring, n), -1.0) <= begin), None)
        if free is None:
            last = ends[one.ring]
            union = (min(begin, last[0]), max(end, last[1]))
            before = full[one.ring]
            ends[one.ring] = union
            lanes[one.ring, room - 1] = union[1]
            full[one.ring] = replace(
                before,
                path=_path(*union, _radius(place, room - 1)),
                things=(*before.things, one.index),
                whole=before.whole and one.whole,
                done=before.done and one.done,
                limit="",
            )
            continue
        if free == room - 1:
            if one.ring in full:
                yield full.pop(one.ring)
            full[one.ring] = _arc(one, begin, end, place, free)
            ends[one.ring] = (begin, end)
        else:
            yield _arc(one, begin, end, place, free)
        lanes[one.ring, free] = end
    yield from full.values()


def _radius(place: RingPlace, lane: int) -> float:
    return place.outer - TRACK - 2 - lane * (LANE + 2) - LANE / 2


def _arc(one: Thing, begin: float, end: float, place: RingPlace, lane: int) -> Arc:
    radius = _radius(place, lane)
    limit = ""
    if one.by:
        (x1, y1), (x2, y2) = _at(end, radius - LANE / 2 - 1), _at(end, radius + LANE / 2 + 1)
        limit = f"M{x1} {y1}L{x2} {y2}"
    path = _path(begin, end, radius)
    return Arc(one.ring, path, LANE, (one.index,), one.whole, limit, one.done)


def _ends(one: Thing, year: int) -> tuple[float, float]:
    """From which degree to which; an open side is drawn a month long, and none leaves the year."""
    start, stop = dt.date(year, 1, 1), dt.date(year, 12, 31)
    first, last = one.first, one.last
    if first is None and last is None:
        return 0.0, 360.0
    first = first or max(start, (last or stop) - dt.timedelta(days=14))
    last = last or min(stop, first + dt.timedelta(days=30))
    if one.by and first == last:
        first = last - dt.timedelta(days=14)
    begin = _angle(max(first, start), year)
    end = _angle(min(last, stop), year, 1.0)
    if end - begin < SHORTEST:
        begin = max(0.0, end - SHORTEST)
        end = begin + SHORTEST
    return begin, min(end, 360.0)


def _path(begin: float, end: float, radius: float) -> str:
    """An arc; a whole turn is two halves, since one alone would be nothing."""
    if end - begin >= 359.9:
        return f"{_piece(begin, begin + 180, radius)}{_piece(begin + 180, begin + 359.9, radius)}"
    return _piece(begin, end, radius)


def _piece(begin: float, end: float, radius: float) -> str:
    (x1, y1), (x2, y2) = _at(begin, radius), _at(end, radius)
    far = 1 if end - begin > 180 else 0
    return f"M{x1} {y1}A{radius:.1f} {radius:.1f} 0 {far} 1 {x2} {y2}"
