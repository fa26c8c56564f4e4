"""What of plans no erasure may write over: frozen versions are sealed, and hidden otherwise."""

from __future__ import annotations

from kommuneplan.core import erasing

_HIDE = "Låst version: skjul afsnittet under planens Versioner, så kæden stadig kan efterprøves."


def register_plans() -> None:
    """Called once, when the app is ready."""
    for model in ("plans.PlanVersion", "plans.VersionBlock", "plans.FrozenMilestone"):
        erasing.seal(model, _HIDE)
