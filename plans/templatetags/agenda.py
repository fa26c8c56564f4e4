"""Items of meetings in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from kommuneplan.core.templatetags.components import badge
from plans.agenda.actions.writing import clauses_of
from plans.agenda.items import own_items, shown_through, turns
from plans.enums import InsightAnswer, ItemType, Outcome
from plans.models import AgendaItem, InsightRequest, Matter, Plan

register = template.Library()


@register.filter
def item_facts(item: AgendaItem) -> str:
    """What sort of item it is, and what became of it: "Sag til beslutning · Godkendt"."""
    told = item.outcome_row
    facts = [str(capfirst(ItemType(item.item_type).label))]
    facts.append(str(Outcome(told.outcome).label) if told else _("no outcome recorded"))
    return " · ".join(facts)


@register.filter
def closed_badge(item: AgendaItem) -> str | SafeString:
    """ "Lukket punkt", of one that is closed."""
    return badge(_("Closed item"), "withdrawn") if item.is_closed else ""


@register.simple_tag
def late_badge() -> SafeString:
    """ "Papirer mangler", of an item whose papers have not come in by the deadline."""
    return badge(_("Papers late"), "consultation")


@register.filter
def insight_badge(request: InsightRequest) -> SafeString:
    """Where a request for insight stands: waiting, given or refused."""
    if request.answer == InsightAnswer.GIVEN:
        return badge(_("Given"), "adopted")
    if request.answer == InsightAnswer.REFUSED:
        return badge(_("Refused"), "withdrawn")
    return badge(_("Waits for an answer"), "draft")


@register.inclusion_tag("plans/agenda/of_matter.html", takes_context=True)
def matter_items(context: dict[str, Any], matter: Matter) -> dict[str, Any]:
    """What was recommended to each body of a matter, and the way to its item: of those the reader
    may know."""
    user = context["request"].user
    may_know = turns(user).filter(matter=matter).order_by("position").select_related(
        "matter", "meeting__body", "body", "agenda_item"
    ).prefetch_related("agenda_item__clauses")  # fmt: skip
    items = [getattr(row, "agenda_item", None) or shown_through(row) for row in may_know]
    return {"items": [(one, clauses_of(one)) for one in items]}


@register.inclusion_tag("plans/agenda/of_plan.html", takes_context=True)
def plan_items(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The items about a plan that are no matters, with what came of them: those the reader may
    know."""
    rows = own_items(context["request"].user, on=today()).filter(plan=plan)
    told = rows.told().distinct().order_by("-own_meeting__date", "position")
    return {"items": list(told)}
