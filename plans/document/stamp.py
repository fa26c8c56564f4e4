"""What tells one state of a plan's own document from another, without building it: the newest
entries in the histories of everything it is built from, and of what is published of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from kommuneplan.core.models import Body, Meeting
from plans.consultations import rounds
from plans.models import (
    ActivityMove,
    Annex,
    AnnexFile,
    Cycle,
    DateChange,
    EffectLink,
    EffectNode,
    EffectReference,
    EffectTheme,
    EffortDescription,
    FocusArea,
    Indicator,
    IndicatorTarget,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
    Measurement,
    Milestone,
    Phase,
    Plan,
    PlanIndicator,
    Publication,
    Redaction,
    Section,
)


def _newest(rows: QuerySet[Any], name: str = "history_id") -> Subquery:
    return Subquery(rows.order_by(f"-{name}").values(name)[:1])


def _replaced(this: OuterRef) -> QuerySet[Any]:
    others = Plan.replaces.through.objects.filter(from_plan=OuterRef(this)).values("to_plan")
    return Plan.history.filter(id__in=others)


def _used(this: OuterRef) -> QuerySet[Any]:
    return PlanIndicator.objects.filter(plan=OuterRef(this)).values("indicator")


def _family_publications(this: OuterRef) -> QuerySet[Any]:
    """What a plan inherits is published by those above it."""
    top = OuterRef("root")
    return Publication.history.filter(plan__root=top) | Publication.history.filter(plan=top)


# The newest state of what a document is built from, by name; ``this`` is the key of the plan.
# Bodies and meetings are asked for as a whole, since many plans share them.
_NEWEST: dict[str, Callable[[OuterRef], Any]] = {
    "plan": lambda this: _newest(Plan.history.filter(id=this)),
    "replaced": lambda this: _newest(_replaced(this)),
    "cycle": lambda this: _newest(Cycle.history.filter(plan=this)),
    "phase": lambda this: _newest(Phase.history.filter(cycle__plan=this)),
    "milestone": lambda this: _newest(Milestone.history.filter(cycle__plan=this)),
    "date_change": lambda this: _newest(DateChange.history.filter(milestone__cycle__plan=this)),
    "section": lambda this: _newest(Section.history.filter(plan=this)),
    "focus_area": lambda this: _newest(FocusArea.history.filter(plan=this)),
    "annex": lambda this: _newest(Annex.history.filter(plan=this)),
    "annex_file": lambda this: _newest(AnnexFile.history.filter(annex__plan=this)),
    "effort": lambda this: _newest(EffortDescription.history.filter(annex__plan=this)),
    "initiative": lambda this: _newest(Initiative.history.filter(plan=this)),
    "initiative_phase": lambda this: _newest(InitiativePhase.history.filter(initiative__plan=this)),
    "activity": lambda this: _newest(InitiativeActivity.history.filter(initiative__plan=this)),
    "activity_move": lambda this: _newest(
        ActivityMove.history.filter(activity__initiative__plan=this)
    ),
    "funding": lambda this: _newest(InitiativeFunding.history.filter(initiative__plan=this)),
    "partner": lambda this: _newest(InitiativePartner.history.filter(initiative__plan=this)),
    "link": lambda this: _newest(InitiativeLink.history.filter(initiative__plan=this)),
    "indicator": lambda this: _newest(Indicator.history.filter(id__in=_used(this))),
    "plan_indicator": lambda this: _newest(PlanIndicator.history.filter(plan=this)),
    "target": lambda this: _newest(IndicatorTarget.history.filter(use__plan=this)),
    "measurement": lambda this: _newest(Measurement.history.filter(indicator__in=_used(this))),
    "effect_theme": lambda this: _newest(EffectTheme.history.filter(plan=this)),
    "effect_node": lambda this: _newest(EffectNode.history.filter(theme__plan=this)),
    "effect_link": lambda this: _newest(EffectLink.history.filter(node__theme__plan=this)),
    "effect_reference": lambda this: _newest(EffectReference.history.filter(plan=this)),
    "family": lambda this: _newest(_family_publications(this)),
    "publication": lambda this: _newest(Publication.history.filter(plan=this)),
    "redaction": lambda this: _newest(Redaction.objects.filter(plan=this), "pk"),
    "meeting": lambda this: _newest(Meeting.history.all()),
    "body": lambda this: _newest(Body.history.all()),
    "round": lambda this: rounds().stamp("pk"),
}


def stamps() -> dict[str, Any]:
    """The annotations of plans that ``stamp_of`` reads."""
    return {f"stamp_{name}": newest(OuterRef("pk")) for name, newest in _NEWEST.items()}


def stamp_of(row: Any) -> tuple[int | None, ...]:
    """The stamp of a plan annotated by ``stamps``."""
    return tuple(getattr(row, f"stamp_{name}") for name in _NEWEST)
