"""The steps of a plan's money, in the order of time, and their sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from plans.enums import BudgetState
from plans.models import BudgetStep, Plan
from plans.models.budget import BudgetStepQuerySet

from .sums import Money, Sums, sums_of


def steps_of(plan: Plan) -> BudgetStepQuerySet:
    """A plan's steps with all that is told of each, in one question."""
    return BudgetStep.objects.filter(plan=plan).select_related(
        "plan",
        "body",
        "meeting__body",
        "item__own_meeting",
        "item__treatment__meeting",
        "item__treatment__matter",
        "milestone__meeting",
        "follows",
    )


def in_time(steps: Iterable[BudgetStep]) -> list[BudgetStep]:
    """By when they take place; what has no date stands last, as it was written down."""

    def place(step: BudgetStep) -> tuple[dt.date, dt.date, int]:
        when = step.takes_place
        first, last = when.sort_key[:2] if when else (dt.date.max, dt.date.max)
        return first, last, step.position

    return sorted(steps, key=place)


def sums(steps: Iterable[BudgetStep]) -> Sums:
    """Their sums by year and state (``sums.py`` says the rule)."""
    return sums_of(
        [Money(one.pk, one.state, one.amount, one.years, one.follows_id) for one in steps]
    )


def states_in(told: Sums) -> list[BudgetState]:
    """The states there are sums of, in the usual order of money."""
    return [state for state in BudgetState if state in told.totals]
