"""Everything the demo holds, in the order in which it is loaded: parents before children."""

from __future__ import annotations

import datetime as dt

from . import activity_offers, families, living, social_psychiatry, social_strategy
from .spec import PlanSpec

HISTORIC: tuple[PlanSpec, ...] = (
    social_psychiatry.PLAN,
    social_psychiatry.PROJECT,
    social_strategy.BASIS_PAPER,
    social_strategy.PLAN,
    families.PLAN,
    activity_offers.PLAN,
)


def plans(today: dt.date) -> tuple[PlanSpec, ...]:
    """The plans of the sources, then those that live today."""
    return (*HISTORIC, *living.plans(today))
