"""The findings of a process plan, wherever the plan is worked on, and how sure each is."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from kommuneplan.core.site.context import municipality_of
from plans.models import Plan
from plans.process.checks import Action, Sureness
from plans.process.findings import findings_now

register = template.Library()


@register.filter
def certainty_word(certainty: str) -> str:
    """How sure a finding is."""
    return {
        Sureness.IMPOSSIBLE: _("Impossible"),
        Sureness.LOOK: _("Look at it"),
        Sureness.ADVICE: _("Advice"),
    }[Sureness(certainty)]


@register.filter
def action_word(action: str) -> str:
    """What is done about a finding."""
    return {
        Action.MOVE: _("Move the date"),
        Action.EDIT: _("Correct the milestone"),
        Action.STATUS: _("Change the status"),
        Action.ADD: _("Add a milestone"),
        Action.SECTION: _("Correct the text"),
        Action.ROUND: _("See the consultation"),
        Action.MATTER: _("See the matter"),
    }[Action(action)]


@register.inclusion_tag("plans/process/findings_short.html", takes_context=True)
def plan_findings(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """What the checks say of a plan as it is now, with the way to each."""
    request = context["request"]
    found = findings_now(plan, user=request.user, municipality=municipality_of(request))
    return {"plan": plan, "found": found}
