"""The milestone that is a round, told of what happens to the round.

The milestone has the dates of the newest round that is announced and not withdrawn; when all are
withdrawn it is cancelled. Deadlines of single parties are theirs and are not told here.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from consultations.models import Round
from kommuneplan.core.models import User
from plans.enums import MilestoneKind
from plans.process.actions.consultation_dates import ConsultationDays, follow_consultation
from plans.process.actions.milestones import add_milestone

from ..milestones import milestone_of, suggested_milestone


def tell_milestone(round: Round, *, reason: str, by: User | None) -> None:
    """Let the round's milestone follow the round as it stands now. An internal round is no part
    of the process plan that others read, and has none."""
    if round.is_internal or round.milestone_uid is None:
        return
    row = milestone_of(round)
    shared = Round.objects.filter(plan=round.plan_id, milestone_uid=round.milestone_uid)
    shared = shared.filter(announced_at__isnull=False)
    holds = shared.standing().order_by("-announced_at", "-pk").first() or shared.first()
    if row is None or row.meeting_id is not None or holds is None:
        return
    first, last = holds.first_day, holds.last_day
    assert first is not None and last is not None  # an announced round has its times
    days = ConsultationDays(first, max(first, last), withdrawn=holds.withdrawn_at is not None)
    follow_consultation(milestone=row, days=days, reason=reason, by=by)


def give_milestone(round: Round, *, by: User | None) -> None:
    """A round that is announced stands in the process plan: where it has no place there, it gets
    a milestone of its own, public where the round is. The work on an ended cycle stays closed."""
    if round.is_internal or round.cycle.closed_at is not None:
        return
    if round.milestone_uid is None:
        found = suggested_milestone(round.cycle)
        round.milestone_uid = found.uid if found else uuid4()
    if milestone_of(round) is not None:
        return
    facts: dict[str, Any] = {"title": _("Consultation"), "kind": MilestoneKind.HEARING}
    facts |= {"uid": round.milestone_uid, "is_public": round.is_public}
    add_milestone(cycle=round.cycle, facts=facts, bodies=(), by=by)
