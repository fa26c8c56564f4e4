"""Moving a milestone and what follows it: what would happen, before anything is done. Pure.

Everything that follows is moved by the same number of days, so distances are kept. A date that
is confirmed, follows a meeting or lies behind (done, cancelled) never moves by itself. A vague
date stays as vague as it was: "maj 2027" moved by 30 days is "juni 2027".
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kommuneplan.timespan import calendar as cal
from kommuneplan.timespan.phrase import can_say, phrase
from kommuneplan.timespan.span import Answer, Precision, TimeSpan

_MONTH = 30.4375  # days on average
_UNITS = {
    Precision.MONTH: 1,
    Precision.MONTH_RANGE: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 3,
    Precision.PART_OF_YEAR: 4,
    Precision.HALF_YEAR: 6,
    Precision.YEAR: 12,
}


_EXPLANATION = re.compile(r" \([^()]*\)$")  # "medio januar 2027 (11.–20. januar)"


class Scope(enum.StrEnum):
    """What follows a milestone."""

    DEPENDENT = "dependent"  # what depends on it, directly or through others
    LATER = "later"  # everything that comes after it in time
    ALONE = "alone"  # nothing


class MoveOutcome(enum.StrEnum):
    """What becomes of a milestone."""

    MOVES = "moves"
    STAYS_VAGUE = "stays_vague"  # the new place still lies within its words
    FIXED = "fixed"  # confirmed, a meeting, or over: never by itself
    CONFLICT = "conflict"  # fixed, and no longer where it should be
    UNDATED = "undated"  # has only words


@dataclass(frozen=True, slots=True)
class Movable:
    """A milestone as moving sees it. ``fixed``: it never moves by itself."""

    uid: str
    when: TimeSpan | None
    written: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class DependencyLink:
    """``step`` begins at least ``days`` after ``after`` has ended (uids)."""

    step: str
    after: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one milestone: old and new date, with the new words."""

    uid: str
    outcome: MoveOutcome
    before: TimeSpan | None
    after: TimeSpan | None
    words: str = ""

    @property
    def changes(self) -> bool:
        """Does its date become another?"""
        return self.outcome is MoveOutcome.MOVES


def follow(
    rows: Iterable[Movable], links: Iterable[DependencyLink], uid: str, when: TimeSpan, scope: Scope
) -> list[Effect]:
    """The effects of giving one milestone another date, the milestone itself first.

    Raises KeyError for an unknown milestone and ValueError when it has no date to move from.
    """
    steps = {row.uid: row for row in rows}
    links = list(links)
    first = steps[uid]
    if first.when is None:
        raise ValueError("a milestone without a date cannot be moved by a number of days")
    days = _distance(first.when, when)
    effects = [Effect(uid, MoveOutcome.MOVES, first.when, when, when.written or words_of(when))]
    for other in _followers(steps, links, first, scope):
        effects.append(_effect(steps[other], days))
    after = {e.uid: e.after for e in effects} | {
        u: s.when for u, s in steps.items() if u not in {e.uid for e in effects}
    }
    return [_looked_at(e, steps, links, after) for e in effects]


def _distance(before: TimeSpan, after: TimeSpan) -> int:
    """Days from the old begin to the new; of a deadline, from end to end."""
    if before.earliest is None or after.earliest is None:
        one, two = before.latest, after.latest
        if one is not None and two is not None:
            return (two - one).days
    return (after.sort_key[0] - before.sort_key[0]).days


def _followers(
    steps: dict[str, Movable], links: list[DependencyLink], first: Movable, scope: Scope
) -> list[str]:
    """Uids that follow, in the order of the plan."""
    if scope is Scope.ALONE:
        return []
    if scope is Scope.LATER:
        begin = first.when.sort_key[0] if first.when else dt.date.max
        return [
            u for u, s in steps.items()
            if u != first.uid and (s.when is None or s.when.sort_key[0] > begin)
        ]  # fmt: skip
    found, todo = {first.uid}, [first.uid]
    while todo:
        here = todo.pop()
        if here != first.uid and steps[here].fixed:
            continue  # what stands fast moves nothing on
        more = {link.step for link in links if link.after == here and link.step in steps} - found
        found |= more
        todo += sorted(more)
    return [u for u in steps if u in found and u != first.uid]


def _effect(row: Movable, days: int) -> Effect:
    if row.when is None:
        return Effect(row.uid, MoveOutcome.UNDATED, None, None, row.written)
    if row.fixed or days == 0:
        return Effect(row.uid, MoveOutcome.FIXED, row.when, row.when, row.written)
    moved = shifted(row.when, days)
    if moved == row.when:
        return Effect(row.uid, MoveOutcome.STAYS_VAGUE, row.when, row.when, row.written)
    return Effect(row.uid, MoveOutcome.MOVES, row.when, moved, words_of(moved))


def _looked_at(
    effect: Effect,
    steps: dict[str, Movable],
    links: list[DependencyLink],
    after: dict[str, TimeSpan | None],
) -> Effect:
    """What stands fast is a conflict when the others no longer fit around it."""
    if effect.outcome is not MoveOutcome.FIXED or effect.after is None:
        return effect
    for link in links:
        if effect.uid in (link.step, link.after) and _broken(link, after):
            return replace(effect, outcome=MoveOutcome.CONFLICT)
    for uid, span in after.items():
        was = steps[uid].when
        if span is None or was is None or span == was:
            continue
        mine = effect.after
        if was.before(mine) is Answer.CERTAINLY and mine.before(span) is Answer.CERTAINLY:
            return replace(effect, outcome=MoveOutcome.CONFLICT)
        if mine.before(was) is Answer.CERTAINLY and span.before(mine) is Answer.CERTAINLY:
            return replace(effect, outcome=MoveOutcome.CONFLICT)
    return effect


def _broken(link: DependencyLink, dates: dict[str, TimeSpan | None]) -> bool:
    step, after = dates.get(link.step), dates.get(link.after)
    if step is None or after is None or step.modifier or after.modifier:
        return False
    begin = step.latest_begin or step.latest_end
    end = after.earliest_end or after.earliest_begin
    return begin is not None and end is not None and begin < end + dt.timedelta(days=link.days)


def words_of(span: TimeSpan) -> str:
    """The words a date is written in, without the explanation of what they cover."""
    return _EXPLANATION.sub("", phrase(span))


# --- one date --------------------------------------------------------------------------------


def shifted(span: TimeSpan, days: int) -> TimeSpan:
    """A span moved by a number of days, as precise as it was.

    Exact days and periods move by exactly that; a week by whole weeks, a month, quarter or year
    by as many whole ones as come nearest. OverflowError outside the years 1 to 9999.
    """
    if span.precision is Precision.WEEK:
        return span.shifted(7 * round(days / 7))
    if span.precision is Precision.PART_OF_MONTH:
        return _by_thirds(span, days)
    unit = _UNITS.get(span.precision)
    if unit is None:
        return span.shifted(days)
    months = unit * round(days / _MONTH / unit)
    moved = _by_months(span, months)
    return moved if can_say(moved) else _by_months(span, 12 * round(days / _MONTH / 12))


def _by_months(span: TimeSpan, months: int) -> TimeSpan:
    """First days of a month stay first days, last days last days."""
    return TimeSpan(
        *(
            _month_moved(day, months)
            for day in (span.earliest_begin, span.latest_begin, span.earliest_end, span.latest_end)
        ),
        precision=span.precision,
        modifier=span.modifier,
    )


def _month_moved(day: dt.date | None, months: int) -> dt.date | None:
    if day is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("date value out of range")
    last = cal.days_in_month(year, month + 1)
    is_last = day.day == cal.days_in_month(day.year, day.month)
    return dt.date(year, month + 1, last if is_last else min(day.day, last))


def _by_thirds(span: TimeSpan, days: int) -> TimeSpan:
    """Primo, medio and ultimo of a month: by thirds. Other parts of a month: by months."""
    first = span.earliest or span.latest
    assert first is not None
    window = (span.earliest, span.latest)
    third = next((n for n in range(3) if window == cal.third_of_month(first.year, first.month, n)),
                 None)  # fmt: skip
    if third is None:
        return _by_months(span, round(days / _MONTH))
    place = (first.year * 12 + first.month - 1) * 3 + third + round(days / _MONTH * 3)
    months, part = divmod(place, 3)
    if not 12 <= months < 120000:
        raise OverflowError("date value out of range")
    begin, end = cal.third_of_month(months // 12, months % 12 + 1, part)
    return TimeSpan.within(begin, end, Precision.PART_OF_MONTH, span.modifier)
