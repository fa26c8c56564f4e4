"""What must be in a plan before it is put before the bodies. Registered in ``ready()``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from kommuneplan.core.gates import Blocker, register_gate
from kommuneplan.timespan.phrase import day_words
from plans.consultations import RoundsStage, rounds
from plans.enums import CycleState, Purpose
from plans.models import Cycle, Plan

from .approval import ApprovalStep, PlanApproval, gather_approval
from .facts import ContentFacts, plan_facts
from .state import consultation_end, cycle_state

SUBMIT = "submit"
CONSULT = "consult"
GIVE_UP = "give_up"
WITH_TEXT = {Purpose.CONSULTATION, Purpose.ADOPTION, Purpose.DISCUSSION}
WITH_SUMMARY = {Purpose.CONSULTATION, Purpose.ADOPTION}


@dataclass(frozen=True, slots=True)
class SubmissionFacts:
    """What the gates of SUBMIT are asked about: a plan that is to be put before the bodies.

    ``state``: the cycle's, of the day; ``hearing_ends``: while people may answer, the last day on
    which they may; ``approval``: None where nobody is to approve. The light gates look at neither
    of the last two, nor at the cycle, so that a list need not gather them.
    """

    plan: Plan
    cycle: Cycle | None
    purpose: str
    content: ContentFacts
    state: str
    hearing_ends: dt.date | None = None
    approval: PlanApproval | None = None


def submission_facts(plan: Plan, cycle: Cycle, purpose: str) -> SubmissionFacts:
    """All of it, asked for now. A yearly status needs no approval."""
    facts = plan_facts(plan, on=today())
    is_consulted = cycle.state == CycleState.IN_CONSULTATION
    end = (
        consultation_end(cycle, rounds_end=facts.rounds_end, stage=facts.rounds_stage)
        if is_consulted
        else None
    )
    state = cycle_state(cycle, today(), end)
    approvers = () if purpose == Purpose.STATUS else facts.approvers
    return SubmissionFacts(
        plan,
        cycle,
        purpose,
        facts.content,
        state,
        hearing_ends=end and end.last_day,
        approval=gather_approval(plan, cycle, state=state, approvers=approvers),
    )


def there_is_a_text(facts: SubmissionFacts) -> Iterator[Blocker]:
    """Some section that is to be shown has words in it."""
    if facts.purpose in WITH_TEXT and not facts.content.has_text:
        yield Blocker(
            _("The text of the plan is empty, or none of it is marked as public."),
            f"{reverse('plans:overview', args=[facts.plan.slug])}tekst/",
        )


def the_summary_is_there(facts: SubmissionFacts) -> Iterator[Blocker]:
    """A citizen can read in plain words what is proposed."""
    if facts.purpose in WITH_SUMMARY and not facts.plan.proposal.strip():
        yield Blocker(
            _("“What is proposed?” is not answered in plain words."),
            reverse("plans:head", args=[facts.plan.slug]) + "#div_id_proposal",
        )


def it_has_not_expired(facts: SubmissionFacts) -> Iterator[Blocker]:
    """What is adopted applies: a plan whose last day is past is told a new one first."""
    expires_on = facts.plan.expires_on
    if facts.purpose == Purpose.ADOPTION and expires_on is not None and expires_on < today():
        yield Blocker(
            _("The plan expired on %(day)s. Say until when it applies once it is adopted.")
            % {"day": day_words(expires_on)},
            reverse("plans:head", args=[facts.plan.slug]) + "#div_id_expires_on",
        )


def there_are_milestones(facts: SubmissionFacts) -> Iterator[Blocker]:
    """A process plan that is to be approved has something in it."""
    if facts.purpose == Purpose.PROCESS_PLAN and not facts.content.has_milestones:
        yield Blocker(
            _("The process plan has no milestone that is marked as public."),
            reverse("plans:publish-choose", args=[facts.plan.slug]),
        )


def the_hearing_has_its_days(facts: SubmissionFacts) -> Iterator[Blocker]:
    """Whoever is to answer must be told until when."""
    if facts.purpose == Purpose.CONSULTATION and not facts.content.has_hearing_to_come:
        yield Blocker(
            _("The process plan has no public consultation with a last day to come."),
            reverse("plans:work-plan", args=[facts.plan.slug]),
        )


def the_hearing_is_over(facts: SubmissionFacts) -> Iterator[Blocker]:
    """Nothing is put before the bodies while people may still answer."""
    if facts.state != CycleState.IN_CONSULTATION:
        return
    last = facts.hearing_ends
    yield Blocker(
        _("The consultation is open until and including %(day)s.") % {"day": day_words(last)}
        if last is not None and last.year < 9999
        else _("The consultation has no last day."),
        rounds().list_address(facts.plan.slug)
        or reverse("plans:work-plan", args=[facts.plan.slug]),
    )


def it_is_approved(facts: SubmissionFacts) -> Iterator[Blocker]:
    """Those whom the municipality wants to ask have approved the plan as it is."""
    for step in facts.approval.steps if facts.approval else ():
        if not step.counts:
            yield _not_approved(facts.plan, step)


def changed_since(approval: PlanApproval) -> Iterator[Blocker]:
    """What blocks when the plan was changed after it was found to be approved."""
    for step in approval.steps:
        yield _not_approved(approval.plan, replace(step, counts=False))


def _not_approved(plan: Plan, step: ApprovalStep) -> Blocker:
    words = (
        _("The plan was changed after it was approved (%(step)s).")
        if step.outdated
        else _("The plan is not approved yet (%(step)s).")
    )
    address = reverse("plans:approval", args=[plan.slug])
    return Blocker(words % {"step": step.role.label}, address)


def there_is_a_consultation(plan: Plan, stage: RoundsStage) -> Iterator[Blocker]:
    """A draft that the bodies have sent out can be answered here: its one next step."""
    if stage == RoundsStage.COMING:
        yield Blocker(
            _("The consultation is announced and has not opened yet."),
            rounds().list_address(plan.slug),
        )
    elif stage == RoundsStage.PREPARED:
        yield Blocker(
            _("The consultation is not announced: nobody can answer yet."),
            rounds().list_address(plan.slug),
        )
    elif stage == RoundsStage.SPENT:
        yield Blocker(
            _("The draft has no consultation that can be answered: a new one is to be made."),
            rounds().new_address(plan.slug),
        )
    else:
        yield Blocker(
            _("The bodies have sent the draft out, and no consultation is made."),
            rounds().new_address(plan.slug),
        )


def nobody_is_being_asked(plan: Plan, stage: RoundsStage) -> Iterator[Blocker]:
    """Work is given up only when nobody is asked about it any more: whoever has been asked is told
    why, which withdrawing the consultation does."""
    if stage in {RoundsStage.COMING, RoundsStage.OPEN}:
        yield Blocker(
            _("A consultation is announced and not over. Withdraw it first, with its reason."),
            rounds().list_address(plan.slug),
        )


def register_gates() -> None:
    """Called once, when the app is ready."""
    register_gate(CONSULT, there_is_a_consultation)
    register_gate(GIVE_UP, nobody_is_being_asked)
    for gate in (
        there_is_a_text,
        the_summary_is_there,
        there_are_milestones,
        the_hearing_has_its_days,
        it_has_not_expired,
    ):
        register_gate(SUBMIT, gate, light=True)
    for gate in (
        the_hearing_is_over,
        it_is_approved,
    ):
        register_gate(SUBMIT, gate)
