"""The mark of a date in a timeline: which shape it has and where it stands. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from kommuneplan.timespan.certainty import DateCertainty, certainty
from kommuneplan.timespan.span import TimeSpan
from plans.document.plan_document import MilestoneLine
from plans.enums import MilestoneKind

from .scale import Scale

LEAD = 7.0  # how far an open side is drawn, per cent of the plot
NARROWEST = 0.8  # the narrowest bar, per cent of the plot


class Shape(enum.StrEnum):
    """How a date is drawn; it follows from the date and from what is to happen."""

    DAY = "day"  # exact day: a diamond
    ABOUT = "about"  # about a day: a hollow diamond
    PERIOD = "period"  # goes on throughout: a bar, with vague ends if it has
    VAGUE = "vague"  # some time within: a hatched band
    DEADLINE = "deadline"  # at the latest: a bar that ends in a line
    OPEN = "open"  # from then on: a bar that fades


_SHAPES = {
    DateCertainty.DAY: Shape.DAY,
    DateCertainty.ABOUT: Shape.ABOUT,
    DateCertainty.WHOLE: Shape.PERIOD,
    DateCertainty.ENDS: Shape.PERIOD,
    DateCertainty.WITHIN: Shape.VAGUE,
    DateCertainty.BY: Shape.DEADLINE,
    DateCertainty.FROM: Shape.OPEN,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A date in the plot: ``x`` to ``x + width`` per cent; ``core`` is the certain part of it."""

    shape: Shape
    x: float
    width: float = 0.0
    core: tuple[float, float] | None = None

    @property
    def end(self) -> float:
        """Its right end, per cent."""
        return min(self.x + self.width, 100.0)


def mark_of(line: MilestoneLine, scale: Scale) -> Mark | None:
    """How and where a milestone's date is drawn."""
    return _mark(line.when, MilestoneKind(line.kind).lasts, scale) if line.when else None


def _mark(when: TimeSpan, lasts: bool, scale: Scale) -> Mark:
    known = certainty(when, lasts=lasts)
    shape = _SHAPES[known]
    first, last = when.earliest_begin or when.latest_begin, when.latest_end or when.earliest_end
    if shape is Shape.DEADLINE:
        limit = scale.end(last or first or scale.last)
        begin = max(limit - LEAD, 0.0)
        return Mark(shape, round(begin, 2), round(limit - begin, 2))
    assert first
    if shape is Shape.OPEN:
        begin = scale.start(first)
        return Mark(shape, begin, round(min(LEAD, 100 - begin), 2))
    if shape in (Shape.DAY, Shape.ABOUT):
        return Mark(shape, scale.middle(first))
    assert last
    x = min(scale.start(first), 100 - NARROWEST)
    wide = round(max(scale.end(last) - x, NARROWEST), 2)
    if known is not DateCertainty.ENDS:
        return Mark(shape, x, wide)
    begin, end = scale.start(when.latest_begin or first), scale.end(when.earliest_end or last)
    return Mark(shape, x, wide, core=(begin, round(end - begin, 2)))


def ghosts_of(line: MilestoneLine, scale: Scale) -> tuple[Mark, ...]:
    """The places of earlier published dates, the latest last; each place once."""
    lasts, now = MilestoneKind(line.kind).lasts, line.when
    before = [moved.when for moved in line.moved if moved.when and moved.when != now]
    return tuple(dict.fromkeys(_mark(when, lasts, scale) for when in before))


def check_place(line: MilestoneLine, mark: Mark, scale: Scale) -> float:
    """Where the check of what is done stands: on its day if that lies within the mark."""
    if mark.width and line.done_on and mark.x <= scale.middle(line.done_on) <= mark.end:
        return scale.middle(line.done_on)
    return mark.end


def arrow_between(ghost: Mark, mark: Mark) -> tuple[float, float] | None:
    """From the old place to the new one, if there is room for an arrow."""
    start, end = (ghost.end, mark.x) if mark.x >= ghost.end else (ghost.x, mark.end)
    apart = mark.x >= ghost.end or mark.end <= ghost.x
    return (start, end) if apart and abs(end - start) >= 3 else None
