"""A year wheel as one page: its entries as a list by month, and as rings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import gettext as _t

from kommuneplan.clock import local_day
from kommuneplan.collation import sort_key
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.timespan.certainty import DateCertainty, certainty
from plans.models import FrozenMilestone, Milestone
from plans.public.bodies import known_bodies
from plans.public.publications import published

from .entries import WheelAsked, WheelEntry, entries_of, wheel_kinds
from .listing import WheelMonth, date_words, months_of
from .rings import Arc, Dot, Thing, Wheel, wheel
from .sources import made_by

MOST_RINGS = 6
FIRST, LAST = 1990, 2100


@dataclass(frozen=True, slots=True)
class WheelMark:
    """A mark of the drawing with its way and its name: of one entry its own, of several the way
    to the first of them in the list."""

    shape: Dot | Arc
    address: str
    label: str


@dataclass(frozen=True, slots=True)
class RingName:
    """What a ring stands for, in the order of the rings, and how much is in it."""

    number: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class WheelPage:
    """Everything on the page of a year."""

    year: int
    body: Body | None
    months: list[WheelMonth]
    drawing: Wheel
    dots: list[WheelMark]
    arcs: list[WheelMark]
    rings: list[RingName]
    count: int
    years: range
    bodies: list[Body]

    @property
    def earlier(self) -> int | None:
        """The year before, where there may be something."""
        return self.year - 1 if self.year - 1 in self.years else None

    @property
    def later(self) -> int | None:
        """The next year."""
        return self.year + 1 if self.year + 1 in self.years else None


def years_of(user: User | None, *, at: dt.datetime) -> range:
    """The years of which there may be something to tell, this one among them."""
    days = []
    frozen = FrozenMilestone.objects.filter(version__in=published(at=at).values("version"))
    asked: list[Any] = [frozen.filter(precision__gt="")]
    if user is not None:
        asked.append(Milestone.objects.filter(cycle__plan__in=made_by(user), precision__gt=""))
    for rows in asked:
        days += rows.aggregate(a=Min("sort_begin"), b=Max("sort_begin")).values()
    meetings = Meeting.objects.filter(cancelled=False)
    if user is None:
        meetings = meetings.filter(is_public=True)
    days += meetings.aggregate(a=Min("date"), b=Max("date")).values()
    now = local_day(at).year
    known = [day.year for day in days if day and FIRST <= day.year <= LAST]
    return range(min([*known, now]), max([*known, now + 1]) + 1)


def bodies_for(user: User | None, *, at: dt.datetime) -> list[Body]:
    """The bodies one may choose among: those that everybody knows; inside, all."""
    return list(known_bodies(at=at) if user is None else Body.objects.order_by("sort_key", "pk"))


def wheel_page(
    year: int,
    body: Body | None,
    *,
    user: User | None,
    at: dt.datetime,
    years: range,
    bodies: list[Body],
) -> WheelPage:
    """The page of a year, of all bodies or of one."""
    entries = entries_of(WheelAsked(year, at, user))
    if body is not None:
        entries = [one for one in entries if one.body == body.name]
    names = _rings(entries, by_kind=body is not None)
    numbers = {name: place for place, name in enumerate(names)}
    key = _kind_name if body is not None else _body_name
    places = [numbers.get(key(one), len(names) - 1) for one in entries]
    things = [_thing(number, one, places[number]) for number, one in enumerate(entries)]
    drawing = wheel(things, year=year, rings=len(names), today=local_day(at))
    return WheelPage(
        year=year,
        body=body,
        months=months_of(entries, year),
        drawing=drawing,
        dots=[_mark(one, entries, names) for one in drawing.dots],
        arcs=[_mark(one, entries, names) for one in drawing.arcs],
        rings=[
            RingName(number, name, places.count(number - 1))
            for number, name in enumerate(names, start=1)
        ],
        count=len(entries),
        years=years,
        bodies=bodies,
    )


def _kind_name(entry: WheelEntry) -> str:
    return next(str(kind.label) for kind in wheel_kinds() if kind.key == entry.kind)


def _body_name(entry: WheelEntry) -> str:
    return entry.body


def _rings(entries: Sequence[WheelEntry], *, by_kind: bool) -> list[str]:
    """The names of the rings: of one body its kinds; of all the bodies that have most, in the
    order of their names, and one for the others."""
    if by_kind:
        used = {_kind_name(one) for one in entries}
        return [str(kind.label) for kind in wheel_kinds() if str(kind.label) in used]
    count: dict[str, int] = {}
    for one in entries:
        count[one.body] = count.get(one.body, 0) + 1
    if len(count) <= MOST_RINGS:
        return sorted(count, key=sort_key)
    most = sorted(count, key=lambda name: (-count[name], sort_key(name)))[: MOST_RINGS - 1]
    return [*sorted(most, key=sort_key), _t("Other bodies")]


def _thing(number: int, entry: WheelEntry, ring: int) -> Thing:
    span = entry.when
    known = certainty(span, lasts=entry.lasts)
    return Thing(
        number,
        ring,
        span.earliest_begin or span.latest_begin,
        span.latest_end or span.earliest_end,
        whole=known in {DateCertainty.WHOLE, DateCertainty.ENDS},
        by=known is DateCertainty.BY,
        done=entry.is_done,
    )


def _mark(shape: Dot | Arc, entries: Sequence[WheelEntry], names: Sequence[str]) -> WheelMark:
    things = [entries[index] for index in shape.things]
    first = things[0]
    if len(things) == 1:
        words = [date_words(first.when), first.title, first.plan or first.body]
        return WheelMark(shape, first.address, ", ".join(filter(None, words)))
    facts = {"n": len(things), "when": date_words(first.when), "ring": names[shape.ring]}
    label = _t("%(n)s things from %(when)s, %(ring)s: see the list") % facts
    return WheelMark(shape, f"#h-{shape.things[0]}", label)
