"""The money of a plan, as it is told in the workspace and to everybody."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import phrase
from plans.budget.amounts import kroner_words
from plans.budget.public import PublicMoney, own_words, public_money
from plans.budget.steps import in_time, states_in, steps_of, sums
from plans.document.plan_document import PlanDocument
from plans.models import BudgetStep, Plan
from plans.permissions import EDIT_BUDGET

register = template.Library()


@register.filter
def kroner(amount: Any) -> str:
    """ "4.000.000 kr."; a dash where it is not known."""
    return kroner_words(amount) if isinstance(amount, int) else "–"


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
    own = own_words(step)
    if own or step.milestone is None:
        return own
    when = step.milestone.takes_place
    return step.milestone.written or (phrase(when) if when else "")


def _told(steps: list[BudgetStep]) -> dict[str, Any]:
    told = sums(steps)
    return {"steps": in_time(steps), "sums": told, "states": states_in(told)}


@register.simple_tag
def money_of_document(slug: str, document: PlanDocument) -> PublicMoney:
    """The public steps beside what everybody reads of a plan."""
    return public_money(slug, document)


@register.filter
def beside(money: Any, uid: str) -> tuple[Any, ...]:
    """The steps beside a milestone; none where no money is told."""
    return money.get(uid, ()) if money else ()


@register.simple_tag
def money_of_milestones(plan: Plan) -> dict[int, list[BudgetStep]]:
    """The steps beside the milestones of a plan's room, by the milestone's key; one question."""
    found: dict[int, list[BudgetStep]] = {}
    for step in BudgetStep.objects.filter(plan=plan, milestone__isnull=False).order_by("position"):
        found.setdefault(step.milestone_id, []).append(step)
    return found


@register.inclusion_tag("plans/budget/room.html", takes_context=True)
def budget_room(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """All steps of a plan's money with their sums, for those who work with it."""
    may_edit = context["request"].user.has_perm(EDIT_BUDGET, plan)
    return {**_told(list(steps_of(plan))), "plan": plan, "may_edit": may_edit}
