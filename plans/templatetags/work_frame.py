"""The frame of a plan's workspace: its rooms, and what stands at the top of each."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import ngettext

from plans import rooms
from plans.access import state_of
from plans.document.building import filed_under
from plans.enums import ItemType, Outcome, Purpose
from plans.models import Plan
from plans.permissions import EDIT_PROCESS_PLAN, PUBLISH_PROCESS_PLAN
from plans.versions.unpublished import unpublished_of

register = template.Library()


@register.inclusion_tag("plans/workspace/rooms.html", takes_context=True)
def plan_rooms(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The left navigation: the rooms that wings have registered, the one we are in marked."""
    request = context["request"]
    here = rooms.room_at(request.path, plan.slug)
    entries = [
        (room.title, room.address_for(plan.slug), room == here, room.icon)
        for room in rooms.rooms_for(request.user, plan)
    ]
    return {"rooms": entries}


@register.inclusion_tag("plans/workspace/top.html", takes_context=True)
def plan_top(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """Title, badge, next meeting, and how much is missing before the next step."""
    home = reverse("plans:overview", args=[plan.slug])
    request = context["request"]
    standing = state_of(request, plan)
    return {"plan": plan, "standing": standing, "home": home, "is_home": request.path == home}


@register.inclusion_tag("plans/workspace/changes.html", takes_context=True)
def plan_changes(context: dict[str, Any], plan: Plan, place: str = "") -> dict[str, Any]:
    """How many changes nobody has published; ``place``: "bar" where it is one line of the bar of
    a working screen, which has the way to publish itself."""
    request, publish = context["request"], reverse("plans:publish", args=[plan.slug])
    draft, now = reverse("plans:publish-draft", args=[plan.slug]), state_of(request, plan)
    difference = reverse("plans:version-compare", args=[plan.slug])
    return {
        "plan": plan,
        "waiting": unpublished_of(plan, now.facts.stamp),
        "may_publish": request.user.has_perm(PUBLISH_PROCESS_PLAN, plan),
        "publish": publish,
        "is_here": request.path == publish,
        "draft": draft if now.open_cycle is not None and request.path != draft else "",
        "is_difference": request.path == difference,
        "difference": difference,
        "place": place,
    }


@register.simple_tag(takes_context=True)
def publish_step(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """Where somebody goes on to publish: straight there when something is ready and they may, else
    to the choice of what is public; ``waits``: whether anything is not published."""
    request = context["request"]
    waiting = unpublished_of(plan, state_of(request, plan).facts.stamp)
    may = waiting.ready and request.user.has_perm(PUBLISH_PROCESS_PLAN, plan)
    name = "plans:publish" if may else "plans:publish-choose"
    return {
        "address": reverse(name, args=[plan.slug]),
        "waits": bool(waiting.total) or waiting.public is None,
    }


@register.inclusion_tag("plans/workspace/filed.html", takes_context=True)
def plan_filed(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """Under what the plan is filed, what is missing too, and the way to write that."""
    return {"request": context["request"], "plan": plan, "head": filed_under(plan)}


@register.inclusion_tag("plans/workspace/filling.html", takes_context=True)
def plan_filling(context: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The way to write what the plan's head lacks, for those who may."""
    lacks = not all(filed_under(plan).values())
    may = lacks and context["request"].user.has_perm(EDIT_PROCESS_PLAN, plan)
    return {"plan": plan, "may_write": may}


@register.filter
def not_published(n: int) -> str:
    """ "3 ændringer er ikke offentliggjort" """
    said = ngettext("%(n)s change is not published", "%(n)s changes are not published", n)
    return said % {"n": n}


@register.simple_tag
def room_address(slug: str, key: str) -> str:
    """The address of a room of a plan: ``{% room_address plan.slug "history" %}``."""
    return rooms.room(key).address_for(slug)


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
