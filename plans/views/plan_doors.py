"""The door of a plan's rooms, and what the pages of its process plan show around them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from kommuneplan.clock import today
from kommuneplan.timespan.fields import sort_days

from ..actions import planning
from ..enums import Audience
from ..models import Milestone, Plan
from ..permissions import EDIT_PROCESS_PLAN, PUBLISH_PROCESS_PLAN
from ..standing import for_rooms


def plan_to_edit(request: HttpRequest, slug: str, permission: str = EDIT_PROCESS_PLAN) -> Plan:
    """The plan, if it exists for the person (404) and they may act on it (403)."""
    plans = Plan.objects.readable_by(request.user).select_related("body")
    plan = get_object_or_404(for_rooms(plans, on=today()), slug=slug)
    if not request.user.has_perm(permission, plan):
        raise PermissionDenied
    return plan


def plan_context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """What the pages of a plan in the workspace show around their content."""
    cycle = plan.shown_cycle
    rows = (
        cycle.milestones.select_related("phase", "meeting") if cycle else Milestone.objects.none()
    )
    # A meeting's day is not on the milestone's own row, so the database cannot put them in order.
    rows = sorted(rows.prefetch_related("bodies"), key=lambda row: sort_days(row.takes_place))
    newest = plan.publications.filter(audience=Audience.PUBLIC).order_by("-number").first()
    published = planning.published_uids(row.uid for row in rows)
    return {
        "plan": plan,
        "cycle": cycle,
        "is_open": plan.open_cycle is not None or cycle is None,
        "milestones": [(row, str(row.uid) in published) for row in rows],
        "newest": newest,
        "internal": sum(not row.is_public for row in rows),
        "may_publish": request.user.has_perm(PUBLISH_PROCESS_PLAN, plan),
        "today": request.arrived_at,
    }
