"""Approving a plan before it is put before the bodies, or sending it back."""

from __future__ import annotations

from django.db import transaction

from kommuneplan.core.models import User
from plans.lifecycle.approval import PlanApproval, approval_of
from plans.models import Approval, Plan
from plans.notices.telling import tell_next_approver


class NotYourTurn(Exception):
    """Somebody else is to act now, or nobody: the plan has moved on."""


class ChangedMeanwhile(Exception):
    """The plan is not what the person has read."""


def _locked(plan: Plan, by: User) -> PlanApproval:
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    now = approval_of(row)
    if now is None or not now.is_turn_of(by):
        raise NotYourTurn
    return now


def _act(now: PlanApproval, *, words: str, sent_back: bool, by: User) -> Approval:
    assert now.next_step is not None
    row = Approval(
        cycle=now.cycle,
        step=now.next_step.role,
        sent_back=sent_back,
        words=words.strip(),
        digest=now.digest,
        by=by,
    )
    row._history_user = by
    row.save()
    return row


@transaction.atomic
def approve(*, plan: Plan, seen: str, by: User, words: str = "") -> Approval:
    """Take the next step, for the plan as it was read (``seen``: its digest).

    Raises NotYourTurn, or ChangedMeanwhile when the plan is another by now.
    """
    now = _locked(plan, by)
    if now.digest != seen:
        raise ChangedMeanwhile
    tell_next_approver(before=now, by=by)
    return _act(now, words=words, sent_back=False, by=by)


@transaction.atomic
def send_back(*, plan: Plan, words: str, by: User) -> Approval:
    """Send the plan back to be worked on, with the reason; all steps begin anew.

    Raises NotYourTurn, ValueError without a reason.
    """
    if not words.strip():
        raise ValueError("A reason is needed")
    return _act(_locked(plan, by), words=words, sent_back=True, by=by)
