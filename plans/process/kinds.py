"""The kinds of milestones that a person can choose."""

from __future__ import annotations

from django.utils.text import capfirst

from plans.enums import MilestoneKind


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of milestones, as choices begin: with a capital."""
    return [(value, capfirst(label)) for value, label in MilestoneKind.choices]
