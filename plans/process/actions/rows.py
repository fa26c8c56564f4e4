"""The rows of a process plan as rows: duplicated, put in order, taken back; findings accepted."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kommuneplan.core.models import Body, User
from kommuneplan.timespan.fields import sort_days
from plans.enums import MilestoneState
from plans.models import AcceptedFinding, Dependency, Milestone, Plan

from ..check_facts import in_order
from ..checks import CheckFinding

_COPIED = (
    "cycle", "phase", "within", "position", "description", "kind", "others", "meeting",
    "conditional", "written",
)  # fmt: skip


class NothingToRestore(Exception):
    """There is no deleted milestone of that name in the open cycle, or it is back already."""


@transaction.atomic
def duplicate_milestone(*, milestone: Milestone, by: User | None) -> Milestone:
    """The same milestone once more: internal, planned, not confirmed."""
    copy = Milestone(**{name: getattr(milestone, name) for name in _COPIED})
    copy.when, copy.written = milestone.when, milestone.written
    copy.title = _("%(title)s (copy)") % {"title": milestone.title[:480]}
    copy._history_user = by
    copy.save()
    copy.bodies.set(milestone.bodies.all())
    return copy


@transaction.atomic
def place_milestone(*, milestone: Milestone, up: bool, by: User | None) -> bool:
    """One place up or down among those with the same date; False where there is none."""
    Plan.objects.select_for_update().get(pk=milestone.cycle.plan_id)
    rows = in_order(milestone.cycle.milestones.select_for_update(of=("self",)).all())
    here = next(row for row in rows if row.pk == milestone.pk)
    same = [row for row in rows if sort_days(row.takes_place) == sort_days(here.takes_place)]
    place = same.index(here)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(same):
        return False
    same[place], same[other] = same[other], same[place]
    for number, row in enumerate(same):
        if row.position != number:
            row.position = number
            row._history_user = by
            row.save()
    return True


@transaction.atomic
def restore_milestone(*, plan: Plan, uid: Any, by: User | None) -> Milestone:
    """Take a deletion back: the milestone as it was, with its bodies and dependencies.

    Only what was never published can be deleted, so nothing public comes back unseen.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    cycle = plan.open_cycle
    if cycle is None or Milestone.objects.filter(uid=uid).exists():
        raise NothingToRestore
    history = Milestone.history.filter(uid=uid, cycle_id=cycle.pk)
    record = history.filter(history_type="-").order_by("-history_id").first()
    if record is None:
        raise NothingToRestore
    row = record.instance
    row._state.adding = True
    row.phase = cycle.phases.filter(pk=record.phase_id).first()
    row.within = cycle.milestones.filter(pk=record.within_id).first()
    row._history_user = by
    row.save(force_insert=True)
    before = history.exclude(history_type="-").order_by("-history_id")
    last = before.filter(history_id__lt=record.history_id).first()
    if last is not None:
        row.bodies.set([one.body for one in last.bodies.select_related("body") if one.body])
    _restore_dependencies(record, row, by)
    return row


def _restore_dependencies(record: Any, row: Milestone, by: User | None) -> None:
    """Those that went with the milestone, where the other end is still there."""
    gone = Dependency.history.filter(history_type="-")
    around = set(row.cycle.milestones.values_list("pk", flat=True))
    for one in gone.filter(milestone_id=row.pk) | gone.filter(after_id=row.pk):
        same_act = abs((one.history_date - record.history_date).total_seconds()) < 5
        if not same_act or not {one.milestone_id, one.after_id} <= around:
            continue
        if not Dependency.objects.filter(
            milestone_id=one.milestone_id, after_id=one.after_id
        ).exists():
            again = Dependency(milestone_id=one.milestone_id, after_id=one.after_id, days=one.days)
            again._history_user = by
            again.save()


@transaction.atomic
def confirm_milestone(*, milestone: Milestone, confirmed: bool, by: User | None) -> Milestone:
    """Say that a date is confirmed, so that it never moves by itself; or take that back."""
    row = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if row.confirmed != confirmed and row.state == MilestoneState.PLANNED:
        row.confirmed = confirmed
        row._history_user = by
        row.save()
    return row


@transaction.atomic
def add_body(*, milestone: Milestone, body: Body, by: User | None) -> Milestone:
    """One more takes part. Adding twice is no error."""
    row = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    if not row.bodies.filter(pk=body.pk).exists():
        row._history_user = by
        row.save()
        row.bodies.add(body)
    return row


# --- findings ----------------------------------------------------------------------------------


@transaction.atomic
def accept_finding(
    *, plan: Plan, finding: CheckFinding, note: str, by: User | None
) -> AcceptedFinding:
    """Let a finding stand, with a note. Accepting twice (double click) leaves the first."""
    known = plan.accepted_findings.filter(code=finding.code, key=finding.key).first()
    if known:
        return known
    row = AcceptedFinding(
        plan=plan, code=finding.code, key=finding.key, note=note.strip(), accepted_by=by
    )
    row._history_user = by
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return plan.accepted_findings.get(code=finding.code, key=finding.key)
    return row


@transaction.atomic
def unaccept_finding(*, plan: Plan, code: str, key: str, by: User | None) -> None:
    """Show it again. Twice is no error."""
    for row in plan.accepted_findings.filter(code=code, key=key):
        row._history_user = by
        row.delete()


@transaction.atomic
def set_planning_act(*, plan: Plan, rule: str, by: User | None) -> Plan:
    """Which rule of the planning act the consultation is checked by; "" for none."""
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    if row.planning_act != rule:
        row.planning_act = rule
        row._history_user = by
        row.save()
    return row
