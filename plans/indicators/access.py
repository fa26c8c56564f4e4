"""Which indicators a view may load, for whom."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from plans.access import plan_to_edit
from plans.models import Indicator, Plan, PlanIndicator
from plans.permissions import EDIT_INDICATORS


def use_to_edit(
    request: HttpRequest, slug: str, uid: uuid.UUID, *, taken_out: bool = False
) -> tuple[Plan, PlanIndicator]:
    """A plan and its use of an indicator; another plan's is 404, and so is one taken out."""
    plan = plan_to_edit(request, slug, EDIT_INDICATORS)
    rows = plan.indicators.select_related("indicator__home", "indicator__owner", "focus_area")
    if not taken_out:
        rows = rows.filter(retired_at__isnull=True)
    use = get_object_or_404(rows, uid=uid)
    use.plan = plan
    return plan, use


def may_measure(request: HttpRequest, indicator: Indicator, plan: Plan) -> bool:
    """May the person, who works with ``plan``, write its values?"""
    if indicator.home_id == plan.pk:
        return True
    return Indicator.objects.measured_by(request.user).filter(pk=indicator.pk).exists()


def own_to_edit(request: HttpRequest, slug: str, uid: uuid.UUID) -> tuple[Plan, PlanIndicator]:
    """The same where the indicator belongs to a plan that the person works with (403)."""
    plan, use = use_to_edit(request, slug, uid)
    home = use.indicator.home
    if home != plan and not request.user.has_perm(EDIT_INDICATORS, home):
        raise PermissionDenied
    return plan, use


def measured_to_edit(request: HttpRequest, slug: str, uid: uuid.UUID) -> tuple[Plan, PlanIndicator]:
    """The same where the person may write its values (403)."""
    plan, use = use_to_edit(request, slug, uid)
    if not may_measure(request, use.indicator, plan):
        raise PermissionDenied
    return plan, use
