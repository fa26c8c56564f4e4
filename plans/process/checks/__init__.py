"""What a process plan should be looked at for: findings with reason, source and the place where
each is solved, never a refusal.

Pure: facts in, findings out; no database, no today. ``Sureness`` says how sure one is: what no
reading of the dates allows is impossible, what few allow is worth a look, and of what may hold and
is usual nothing is said. An invented worry is worse than a missed one. The preview of a move asks
the same functions as the page that shows what stands (``plans.process.preview``).
"""

from __future__ import annotations

from .bodies import BODY_CHECKS
from .consultations import HEARING_CHECKS
from .facts import (
    BodyFact,
    CheckedMilestone,
    Depends,
    MeetingFact,
    ProcessFacts,
    Relative,
    RoundFact,
    Rules,
    TextFact,
    TreatmentFact,
)
from .findings import Action, CheckFinding, Sureness
from .meetings import MEETING_CHECKS
from .order import ORDER_CHECKS
from .papers import PAPER_CHECKS
from .rounds import ROUND_CHECKS
from .texts import TEXT_CHECKS
from .whole import WHOLE_CHECKS

__all__ = [
    "CHECKS",
    "Action",
    "BodyFact",
    "CheckFinding",
    "CheckedMilestone",
    "Depends",
    "MeetingFact",
    "ProcessFacts",
    "Relative",
    "RoundFact",
    "Rules",
    "Sureness",
    "TextFact",
    "TreatmentFact",
    "check",
]

CHECKS = (
    *ORDER_CHECKS, *BODY_CHECKS, *HEARING_CHECKS, *ROUND_CHECKS, *MEETING_CHECKS, *PAPER_CHECKS,
    *TEXT_CHECKS, *WHOLE_CHECKS,
)  # fmt: skip


def check(facts: ProcessFacts) -> list[CheckFinding]:
    """Every finding, in the order of the milestones they concern; those of the whole plan last."""
    place = {step.uid: number for number, step in enumerate(facts.steps)}
    found = {(f.code, f.key): f for one in CHECKS for f in one(facts)}
    return sorted(
        found.values(), key=lambda f: min((place[u] for u in f.milestones), default=len(place))
    )
