"""Which milestone of the process plan a round is: those one can choose, and the one suggested.

A round may also name a milestone that is still to be made: ``give_milestone`` makes it when the
round is announced.
"""

from __future__ import annotations

from consultations.models import Round
from plans.enums import MilestoneKind, MilestoneState
from plans.models import Cycle, Milestone
from plans.process.actions.consultation_dates import milestone_to_follow


def milestone_of(round: Round) -> Milestone | None:
    """The one that a round is; None for an internal round, and while it is still to be made."""
    if round.milestone_uid is None:
        return None
    return Milestone.objects.filter(cycle__plan=round.plan_id, uid=round.milestone_uid).first()


def suggested_milestone(cycle: Cycle, renews: Round | None = None) -> Milestone | None:
    """That of a round which is withdrawn and held again, else the first consultation in the
    process plan that no round has."""
    before = milestone_of(renews) if renews is not None and renews.withdrawn_at else None
    if before is not None:
        return before
    rounds = Round.objects.filter(cycle=cycle, milestone_uid__isnull=False)
    return milestone_to_follow(cycle, set(rounds.values_list("milestone_uid", flat=True)))


def milestones_to_choose(cycle: Cycle, chosen: Milestone | None = None) -> list[Milestone]:
    """The consultations of a process plan that a round can be, by time: those that take place and
    are no meeting, and ``chosen``, whatever has become of it."""
    rows = cycle.milestones.filter(kind=MilestoneKind.HEARING, meeting__isnull=True)
    found = list(rows.exclude(state=MilestoneState.CANCELLED))
    if chosen is not None and chosen not in found:
        found.insert(0, chosen)
    return found
