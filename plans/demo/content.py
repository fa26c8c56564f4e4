"""Everything the demo holds, in the order in which it is loaded: parents before children."""

from __future__ import annotations

import datetime as dt

from . import (
    activity_offers,
    effects,
    families,
    living,
    living_effects,
    social_psychiatry,
    social_strategy,
)
from .effects import DemoChain
from .spec import PlanSpec

HISTORIC: tuple[PlanSpec, ...] = (
    social_psychiatry.PLAN,
    social_psychiatry.PROJECT,
    social_strategy.BASIS_PAPER,
    social_strategy.PLAN,
    families.PLAN,
    activity_offers.PLAN,
)

EFFECTS: dict[str, DemoChain] = {
    social_psychiatry.SLUG: effects.SOCIAL_PSYCHIATRY,
    families.PLAN.slug: effects.FAMILIES,
    living.SLUG: living_effects.STRATEGY,
    living.HOME: living_effects.HOME_AND_EVERYDAY,
}
"""The theories of change, by the addresses of their plans."""


def plans(today: dt.date) -> tuple[PlanSpec, ...]:
    """The plans of the sources, then those that live today."""
    return (*HISTORIC, *living.plans(today))
