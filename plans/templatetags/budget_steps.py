"""The money of a plan, as it is told in the workspace and to everybody."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import phrase
from plans.budget.amounts import kroner_words
from plans.budget.steps import in_time, states_in, steps_of, sums
from plans.models import BudgetStep, Plan
from plans.permissions import EDIT_BUDGET

register = template.Library()


@register.filter
def kroner(amount: int | None) -> str:
    """ "4.000.000 kr."; a dash where it is not known."""
    return "–" if amount is None else kroner_words(amount)


@register.filter
def years_words(years: tuple[int, int] | None) -> str:
    """ "2009", "2009–2012"; empty without years."""
    return "–".join(dict.fromkeys(str(year) for year in years)) if years else ""


@register.filter
def step_badge(step: BudgetStep) -> SafeString:
    """Which step it is, as a word in a badge."""
    return badge(capfirst(step.get_state_display()), "draft")


@register.filter
def step_when(step: BudgetStep) -> str:
    """When it takes place, in words."""
    if step.meeting is None and step.written:
        return step.written
    when = step.takes_place
    return phrase(when) if when else ""


def _told(steps: list[BudgetStep]) -> dict[str, Any]:
    told = sums(steps)
    return {"steps": in_time(steps), "sums": told, "states": states_in(told)}


@register.inclusion_tag("plans/budget/room.html", takes_context=True)
def budget_room(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """All steps of a plan's money with their sums, for those who work with it."""
    may_edit = context["request"].user.has_perm(EDIT_BUDGET, plan)
    return {**_told(list(steps_of(plan))), "plan": plan, "may_edit": may_edit}
