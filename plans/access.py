"""Which plan a view may load, for whom, and where that plan stands."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from kommuneplan.clock import today

from .lifecycle.facts import PlanFacts, with_facts
from .lifecycle.plan_state import PlanState
from .models import Plan
from .permissions import EDIT_PROCESS_PLAN, EDIT_TEXT


def plan_to_edit(request: HttpRequest, slug: str, permission: str = EDIT_PROCESS_PLAN) -> Plan:
    """The plan, if it exists for the person (404) and they may act on it (403)."""
    plan = plan_with_state(request, slug)
    if not request.user.has_perm(permission, plan):
        raise PermissionDenied
    return plan


def plan_with_state(request: HttpRequest, slug: str) -> Plan:
    """The plan, if it exists for the person (404), in one query with what ``state_of`` needs."""
    plans = Plan.objects.readable_by(request.user).select_related("body")
    plan = get_object_or_404(with_facts(plans, on=today()), slug=slug)
    request.plan_state = PlanState(plan, today(), PlanFacts.of(plan))  # type: ignore[attr-defined]
    return plan


def state_of(request: HttpRequest, plan: Plan) -> PlanState:
    """Where the plan of a page stands, asked once a request."""
    state: PlanState | None = getattr(request, "plan_state", None)
    if state is None or state.plan is not plan:
        state = request.plan_state = PlanState(plan, today())  # type: ignore[attr-defined]
    return state


def plan_to_write(request: HttpRequest, slug: str) -> Plan:
    """The plan, if it exists for the person (404) and they may write in it (403)."""
    plans = Plan.objects.readable_by(request.user).select_related("body")
    plan = get_object_or_404(plans, slug=slug)
    if not request.user.has_perm(EDIT_TEXT, plan):
        raise PermissionDenied
    return plan
