"""Items of meetings in words."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.core.templatetags.components import badge
from plans.enums import ItemType, Outcome
from plans.models import AgendaItem

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
