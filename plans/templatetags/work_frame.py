"""The frame of a plan's workspace: its rooms, and what stands at the top of each."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from plans.access import state_of
from plans.enums import ItemType, Outcome, Purpose
from plans.models import Plan

register = template.Library()

# The first word of an address below the plan, by room; what is not named is the process plan's.
_ROOM_OF = {
    "": "",
    "oplysninger": "",
    "personer": "",
    "godkendelse": "",
    "sager": "",
    "behandlinger": "",
    "traek-tilbage": "",
    "revision": "",
    "ophaev": "",
    "udgivelser": "versioner",
}


def rooms() -> list[tuple[str, str]]:
    """The rooms of a plan, always in this order: (part of the address, name)."""
    return [
        ("", _("Overview")),
        ("tekst", _("Text")),
        ("procesplan", _("Process plan")),
        ("hoeringer", _("Consultations")),
        ("struktur", _("Structure")),
        ("indsatsomraader", _("Focus areas")),
        ("versioner", _("Versions")),
        ("historik", _("History")),
    ]


@register.inclusion_tag("plans/work/rooms.html", takes_context=True)
def plan_rooms(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The left navigation: the rooms that there are, the one we are in marked."""
    home = reverse("plans:overview", args=[plan.slug])
    below = context["request"].path.removeprefix(home).partition("/")[0]
    known = [part for part, _name in rooms()]
    here = below if below in known else _ROOM_OF.get(below, "procesplan")
    entries = []
    for part, name in rooms():
        address = f"{home}{part}/" if part else home
        try:
            resolve(address)
        except Resolver404:
            continue
        entries.append((name, address, part == here))
    return {"rooms": entries}


@register.inclusion_tag("plans/work/top.html", takes_context=True)
def plan_top(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """Title, badge, next meeting, and how much is missing before the next step."""
    home = reverse("plans:overview", args=[plan.slug])
    request = context["request"]
    standing = state_of(request, plan)
    return {"plan": plan, "standing": standing, "home": home, "is_home": request.path == home}


@register.simple_tag
def room_address(slug: str, part: str) -> str:
    """The address of a room of a plan; of its overview, where there is no such room."""
    home = reverse("plans:overview", args=[slug])
    try:
        resolve(f"{home}{part}/")
    except Resolver404:
        return home
    return f"{home}{part}/"


@register.filter
def outcome_word(outcome: str) -> str:
    """What a body did, in a word."""
    return str(Outcome(outcome).label) if outcome else ""


@register.filter
def purpose_word(purpose: str) -> str:
    """What the bodies are asked to do."""
    return str(Purpose(purpose).label) if purpose else ""


@register.filter
def item_word(item_type: str) -> str:
    """What sort of item it is on an agenda."""
    return str(ItemType(item_type).label) if item_type else ""
