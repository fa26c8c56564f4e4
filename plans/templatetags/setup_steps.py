"""The steps of setting up: on top of the overview, and above each step's page."""

from __future__ import annotations

from typing import Any

from django import template

from plans.setup.steps import steps_to_offer

register = template.Library()


@register.inclusion_tag("plans/setup/offered.html", takes_context=True)
def setup_steps(context: dict[str, Any]) -> dict[str, Any]:
    """The list of steps, as long as the house is not set up; nothing for whoever does not do it."""
    return {"steps": steps_to_offer(context["request"].user)}


@register.inclusion_tag("plans/setup/way.html", takes_context=True)
def setup_way(context: dict[str, Any], key: str) -> dict[str, Any]:
    """Where one is among the steps, above a page; nothing once the house is set up."""
    steps = [one for one in steps_to_offer(context["request"].user) if not one.step.can_wait]
    return {"steps": steps, "key": key}
