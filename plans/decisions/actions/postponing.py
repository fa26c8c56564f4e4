"""The milestones that are a treatment's meeting, and what becomes of them when it is put off."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommuneplan.core.models import Meeting, User
from plans.enums import MilestoneState, Outcome
from plans.models import Milestone, Treatment
from plans.process.actions.meetings import put_on_meeting


def milestones_of(treatment: Treatment) -> list[Milestone]:
    """The milestones to come, in the plans of the matter, that are the treatment's meeting. While
    a matter that was postponed waits for a meeting, they still stand on the one before."""
    meeting = treatment.meeting_id or _postponed_from(treatment)
    if meeting is None:
        return []
    rows = Milestone.objects.filter(
        cycle__matters__matter=treatment.matter_id,
        cycle__closed_at__isnull=True,
        meeting=meeting,
        state=MilestoneState.PLANNED,
    )
    return list(rows.select_related("cycle__plan", "meeting").distinct().order_by("pk"))


def _postponed_from(treatment: Treatment) -> int | None:
    before = Treatment.objects.filter(
        matter=treatment.matter_id, body=treatment.body_id, position__lt=treatment.position
    )
    last = before.order_by("-position").first()
    return last.meeting_id if last and last.outcome == Outcome.POSTPONED else None


def put_off(*, treatment: Treatment, to: Meeting | None, by: User | None) -> None:
    """A body has postponed a matter to another of its meetings: the milestones follow, and where
    the public has read the day, it is told who postponed it. Called within the recording."""
    if to is None or to.body_id != treatment.body_id:
        return
    reason = _("Postponed by %(body)s.") % {"body": treatment.body.name}
    for row in milestones_of(treatment):
        put_on_meeting(
            milestone=row, meeting=to, reason=reason, decided_at=treatment.meeting, by=by
        )


def take_back_put_off(*, treatment: Treatment, added: Treatment, by: User | None) -> None:
    """The postponement was recorded wrongly: what it moved goes back to where it stood."""
    if treatment.meeting is None or added.meeting_id is None:
        return
    reason = _("It was recorded by mistake that the matter was postponed.")
    for row in milestones_of(added):
        if row.history.filter(meeting_id=treatment.meeting_id).exists():
            put_on_meeting(milestone=row, meeting=treatment.meeting, reason=reason, by=by)
