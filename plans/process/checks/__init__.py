"""What a process plan should be looked at for: warnings with reason and source, never a refusal.

Pure: facts in, findings out; no database, no today. From a date that is not precise only what is
certain is said. An invented worry is worse than a missed one.
"""

from __future__ import annotations

from .consultations import HEARING_CHECKS
from .facts import (
    BodyFact,
    CheckedMilestone,
    Depends,
    MeetingFact,
    ProcessFacts,
    Relative,
    Rules,
    TextFact,
)
from .findings import CheckFinding
from .meetings import MEETING_CHECKS
from .order import ORDER_CHECKS
from .texts import TEXT_CHECKS
from .whole import WHOLE_CHECKS

__all__ = [
    "CHECKS",
    "BodyFact",
    "CheckFinding",
    "CheckedMilestone",
    "Depends",
    "MeetingFact",
    "ProcessFacts",
    "Relative",
    "Rules",
    "TextFact",
    "check",
]

CHECKS = (*ORDER_CHECKS, *HEARING_CHECKS, *MEETING_CHECKS, *TEXT_CHECKS, *WHOLE_CHECKS)


def check(facts: ProcessFacts) -> list[CheckFinding]:
    """Every finding, in the order of the milestones they concern; those of the whole plan last."""
    place = {step.uid: number for number, step in enumerate(facts.steps)}
    found = [finding for one in CHECKS for finding in one(facts)]
    return sorted(found, key=lambda f: min((place[u] for u in f.milestones), default=len(place)))
