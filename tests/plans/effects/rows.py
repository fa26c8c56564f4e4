"""Rows of a theory of change for tests."""

from __future__ import annotations

from typing import Any

from plans.models import EffectLink, EffectNode, EffectTheme, Plan


def theme(plan: Plan, title: str = "Bolig", **more: Any) -> EffectTheme:
    """A theme that may be published."""
    more.setdefault("is_public", True)
    return EffectTheme.objects.create(plan=plan, title=title, **more)


def node(theme: EffectTheme, kind: str, title: str, *serves: EffectNode, **more: Any) -> EffectNode:
    """Something in a theme that may be published, and what it contributes to."""
    more.setdefault("is_public", True)
    row = EffectNode.objects.create(theme=theme, kind=kind, title=title, **more)
    for other in serves:
        EffectLink.objects.create(node=row, serves=other)
    return row


def whole(plan: Plan) -> dict[str, EffectNode]:
    """One of each kind, each serving the one before, by kind."""
    home = theme(plan)
    goal = node(home, "goal", "Flere bor selv")
    result = node(home, "result", "Færre flytter igen", goal)
    activity = node(home, "activity", "Besøg i hjemmet", result)
    resource = node(home, "resource", "Tre støttepersoner", activity, amount=1_800_000)
    return {"goal": goal, "result": result, "activity": activity, "resource": resource}
