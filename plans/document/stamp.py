"""What tells one state of a plan's own document from another, without building it: the newest
entries in the histories of everything it is built from, and of what is published of it."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from kommuneplan.core.models import Body, Meeting
from plans.consultations import rounds
from plans.models import (
    Cycle,
    DateChange,
    EffectLink,
    EffectNode,
    EffectReference,
    EffectTheme,
    FocusArea,
    Milestone,
    Phase,
    Plan,
    Publication,
    Redaction,
    Section,
)

_NAMES = (
    "plan", "replaced", "cycle", "phase", "milestone", "date_change", "section", "focus_area",
    "effect_theme", "effect_node", "effect_link", "effect_reference", "family",
    "publication", "redaction", "meeting", "body", "round",
)  # fmt: skip


def stamps() -> dict[str, Any]:
    """The annotations of plans that ``stamp_of`` reads. Bodies and meetings are asked for as a
    whole, since many plans share them."""
    this, replaced = OuterRef("pk"), Plan.replaces.through.objects
    top = OuterRef("root")  # what a plan inherits is published by those above it
    others = replaced.filter(from_plan=OuterRef(OuterRef("pk"))).values("to_plan")
    values = (
        _newest(Plan.history.filter(id=this)),
        _newest(Plan.history.filter(id__in=others)),
        _newest(Cycle.history.filter(plan=this)),
        _newest(Phase.history.filter(cycle__plan=this)),
        _newest(Milestone.history.filter(cycle__plan=this)),
        _newest(DateChange.history.filter(milestone__cycle__plan=this)),
        _newest(Section.history.filter(plan=this)),
        _newest(FocusArea.history.filter(plan=this)),
        _newest(EffectTheme.history.filter(plan=this)),
        _newest(EffectNode.history.filter(theme__plan=this)),
        _newest(EffectLink.history.filter(node__theme__plan=this)),
        _newest(EffectReference.history.filter(plan=this)),
        _newest(Publication.history.filter(plan__root=top) | Publication.history.filter(plan=top)),
        _newest(Publication.history.filter(plan=this)),
        _newest(Redaction.objects.filter(plan=this), "pk"),
        _newest(Meeting.history.all()),
        _newest(Body.history.all()),
        rounds().stamp("pk"),
    )
    return {f"stamp_{name}": value for name, value in zip(_NAMES, values, strict=True)}


def stamp_of(row: Any) -> tuple[int | None, ...]:
    """The stamp of a plan annotated by ``stamps``."""
    return tuple(getattr(row, f"stamp_{name}") for name in _NAMES)


def _newest(rows: QuerySet[Any], name: str = "history_id") -> Subquery:
    return Subquery(rows.order_by(f"-{name}").values(name)[:1])
