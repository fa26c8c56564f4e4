"""How sure it is that one thing comes before another, when dates are only as precise as written.

A date that is not precise has several readings, one for each day it may mean. What no reading
allows is impossible; what fewer than one reading in five allows is worth a look; the rest may hold
and is usual ("udvalget i november, Borgerrepræsentationen i november"), so nothing is said of it.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from kommuneplan.timespan.span import Modifier
from plans.enums import MilestoneState

from .facts import CheckedMilestone

DAY = dt.timedelta(days=1)
ABOUT = dt.timedelta(days=31)  # "ca. 1. juni" may be a month off
USUAL = 0.2  # of the readings


class Verdict(enum.IntEnum):
    """What becomes of an order that is asked for."""

    FINE = 0
    UNLIKELY = 1
    IMPOSSIBLE = 2


@dataclass(frozen=True, slots=True)
class Window:
    """The days that one moment may be; an open side is None. ``about``: only roughly."""

    first: dt.date | None
    last: dt.date | None
    about: bool = False

    def moved(self, days: int) -> Window:
        """The same, so many days later."""
        step = dt.timedelta(days=days)
        return Window(self.first and self.first + step, self.last and self.last + step, self.about)


def begins(step: CheckedMilestone) -> Window:
    """The days on which it may begin."""
    return _moments(step)[0]


def ends(step: CheckedMilestone) -> Window:
    """The days on which it may end."""
    return _moments(step)[1]


def _moments(step: CheckedMilestone) -> tuple[Window, Window]:
    span = step.when
    lasts = step.lasts
    if step.state == MilestoneState.DONE and step.done_on and not lasts:
        return Window(step.done_on, step.done_on), Window(step.done_on, step.done_on)
    if span is None:
        return Window(None, None), Window(None, None)
    first, last = span.earliest, span.latest
    if span.modifier is Modifier.APPROX:
        first, last = first and first - ABOUT, last and last + ABOUT
        return Window(first, last, True), Window(first, last, True)
    if not lasts:  # at some moment within it
        latest = last or span.latest_begin  # "tidligst" has an open end
        return Window(first, latest), Window(first or span.earliest_end, latest)
    if step.certain_day is not None:  # the day it begins or the day it ends, nobody says which
        return Window(None, first), Window(last, None)
    ends_on = Window(span.earliest_end or first, last)
    if step.state == MilestoneState.DONE and step.done_on:
        ends_on = Window(step.done_on, step.done_on)
        first = first if first is None or first <= step.done_on else None
        return Window(first, min(span.latest_begin or step.done_on, step.done_on)), ends_on
    return Window(first, span.latest_begin or last), ends_on


def verdict(before: Window, after: Window, *, days: int = 0) -> Verdict:
    """May ``after`` come at least ``days`` days later than ``before``? The same day is 0."""
    before = before.moved(days)
    if before.first is None or after.last is None:
        return Verdict.FINE
    about = before.about or after.about
    if after.last < before.first:
        return Verdict.UNLIKELY if about else Verdict.IMPOSSIBLE
    if about or before.last is None or after.first is None:
        return Verdict.FINE
    return Verdict.UNLIKELY if _agreeing(before, after) < USUAL else Verdict.FINE


def _agreeing(before: Window, after: Window) -> float:
    """The share of all readings in which the order holds, each day as good as another."""
    assert before.first and before.last and after.first and after.last
    earlier = (before.last - before.first).days + 1
    later = (after.last - after.first).days + 1
    held = 0
    for n in range(later):
        held += min(max((after.first + DAY * n - before.first).days + 1, 0), earlier)
    return held / (earlier * later)
