"""The door of a plan's rooms, and what the pages of its process plan show around them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from kommuneplan.clock import today

from .lifecycle.state import for_rooms
from .models import Plan
from .permissions import EDIT_PROCESS_PLAN, EDIT_TEXT


def plan_to_edit(request: HttpRequest, slug: str, permission: str = EDIT_PROCESS_PLAN) -> Plan:
    """The plan, if it exists for the person (404) and they may act on it (403)."""
    plans = Plan.objects.readable_by(request.user).select_related("body")
    plan = get_object_or_404(for_rooms(plans, on=today()), slug=slug)
    if not request.user.has_perm(permission, plan):
        raise PermissionDenied
    return plan


def plan_to_write(request: HttpRequest, slug: str) -> Plan:
    """The plan, if it exists for the person (404) and they may write in it (403)."""
    plans = Plan.objects.readable_by(request.user).select_related("body")
    plan = get_object_or_404(plans, slug=slug)
    if not request.user.has_perm(EDIT_TEXT, plan):
        raise PermissionDenied
    return plan
