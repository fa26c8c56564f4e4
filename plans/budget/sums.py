"""Amounts summed by year and state, in whole kroner. Pure.

The rule, which the page says too:

- An amount is for its budget years together. One year stands under that year; several years stand
  once, under the span as it was told ("2009–2012"), and are neither divided nor counted in each.
- A state is a sum of its own: the same money is set aside, agreed and made concrete in turn, so
  amounts of different states are never added.
- Where a step goes on from an earlier one in the same state, it is the same money told anew: only
  the later one counts.
- An unknown amount counts nothing, and how many there are is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Years = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Money:
    """What is summed of a step. ``key`` names it, ``follows`` the one it goes on from."""

    key: int
    state: str
    amount: int | None
    years: Years = None
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class YearSum:
    """The sums of one year or span, by state; without years, of what has none."""

    years: Years
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of a plan: by year and state, of each state, and how many amounts are unknown."""

    rows: tuple[YearSum, ...]
    totals: Mapping[str, int]
    unknown: int


def sums_of(steps: Collection[Money]) -> Sums:
    """The sums, the earliest year first, what has no year last."""
    by_years: dict[Years, dict[str, int]] = {}
    totals: dict[str, int] = {}
    for step in counted(steps):
        amounts = by_years.setdefault(step.years, {})
        amounts[step.state] = amounts.get(step.state, 0) + (step.amount or 0)
        totals[step.state] = totals.get(step.state, 0) + (step.amount or 0)
    order = sorted(by_years, key=lambda years: (years is None, years or (0, 0)))
    unknown = sum(step.amount is None for step in steps)
    return Sums(tuple(YearSum(years, by_years[years]) for years in order), totals, unknown)


def counted(steps: Collection[Money]) -> list[Money]:
    """The steps whose amount counts, in the order given."""
    known = [step for step in steps if step.amount is not None]
    by_key = {step.key: step for step in steps}
    told_anew = {
        before.key
        for step in known
        for before in _before(step, by_key)
        if before.state == step.state
    }
    return [step for step in known if step.key not in told_anew]


def _before(step: Money, by_key: Mapping[int, Money]) -> list[Money]:
    """All that a step goes on from, the nearest first."""
    found: dict[int, Money] = {}
    at = step.follows
    while at is not None and at in by_key and at != step.key and at not in found:
        found[at] = by_key[at]
        at = by_key[at].follows
    return list(found.values())


def leads_back(key: int, follows: int | None, links: Mapping[int, int | None]) -> bool:
    """Would a step that goes on from ``follows`` come back to itself? ``links``: from which each
    step goes on now."""
    seen: set[int] = set()
    at = follows
    while at is not None and at not in seen:
        if at == key:
            return True
        seen.add(at)
        at = links.get(at)
    return False
