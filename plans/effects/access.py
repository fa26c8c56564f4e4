"""Which rows of a theory of change a view may load: another plan's are 404."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from plans.access import plan_to_edit
from plans.models import EffectNode, EffectReference, EffectTheme, Plan
from plans.permissions import EDIT_EFFECTS


def plan_of_chain(request: HttpRequest, slug: str) -> Plan:
    """The plan, for who may write its theory of change."""
    return plan_to_edit(request, slug, EDIT_EFFECTS)


def theme_to_edit(plan: Plan, uid: Any) -> EffectTheme:
    """A theme of the plan that stands."""
    rows = plan.effect_themes.select_related("plan").filter(retired_at__isnull=True)
    return get_object_or_404(rows, uid=uid)


def node_to_edit(plan: Plan, uid: Any) -> EffectNode:
    """A node of the plan that stands."""
    rows = EffectNode.objects.select_related("theme__plan").filter(
        theme__plan=plan, retired_at__isnull=True, theme__retired_at__isnull=True
    )
    return get_object_or_404(rows, uid=uid)


def source_to_edit(plan: Plan, uid: Any) -> EffectReference:
    """A source of the plan that stands."""
    rows = plan.effect_references.select_related("plan").filter(retired_at__isnull=True)
    return get_object_or_404(rows, uid=uid)


def row_to_edit(plan: Plan, uid: Any, *, also_retired: bool = False) -> Any:
    """A node, theme or source of the plan; one that was taken out only where that is asked for."""
    for rows in (
        EffectNode.objects.select_related("theme__plan").filter(theme__plan=plan),
        EffectTheme.objects.select_related("plan").filter(plan=plan),
        EffectReference.objects.select_related("plan").filter(plan=plan),
    ):
        found = rows.filter(uid=uid).first()
        if found and (also_retired or found.retired_at is None):
            return found
    raise Http404("no such row in this plan")
