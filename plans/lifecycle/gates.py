"""What must be in a plan before it is put before the bodies. Registered in ``ready()``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from kommuneplan.core.gates import Blocker, register_gate
from kommuneplan.timespan.phrase import day_words
from plans.enums import CycleState, MilestoneKind, MilestoneState, Purpose
from plans.models import Cycle, Milestone, Plan, Section

from .approval import Standing, Step, approval_of

SUBMIT = "submit"
WITH_TEXT = {Purpose.CONSULTATION, Purpose.ADOPTION, Purpose.DISCUSSION}
WITH_SUMMARY = {Purpose.CONSULTATION, Purpose.ADOPTION}


def facts_of(path: str, day: dt.date) -> dict[str, Any]:
    """What the light gates ask of a plan, as annotations; ``path`` leads to the plan's key."""
    milestones = Milestone.objects.filter(
        cycle__plan=OuterRef(path), cycle__closed_at__isnull=True, is_public=True
    )
    hearings = milestones.filter(kind=MilestoneKind.HEARING).exclude(state=MilestoneState.CANCELLED)
    to_come = Q(meeting__date__gte=day) | Q(meeting__isnull=True, latest_end__gte=day)
    sections = Section.objects.filter(
        plan=OuterRef(path), is_public=True, retired_at__isnull=True
    ).exclude(text="")
    return {
        "has_text": Exists(sections),
        "has_milestones": Exists(milestones),
        "has_hearing_to_come": Exists(hearings.filter(to_come)),
    }


def _fact(plan: Plan, name: str) -> bool:
    """A fact that came along with the plan, else asked for now (and not kept)."""
    if name in plan.__dict__:
        return bool(plan.__dict__[name])
    asked = {name: facts_of("pk", today())[name]}
    return bool(Plan.objects.filter(pk=plan.pk).annotate(**asked).values_list(name, flat=True)[0])


def there_is_a_text(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """Some section that is to be shown has words in it."""
    if purpose in WITH_TEXT and not _fact(plan, "has_text"):
        yield Blocker(
            _("The text of the plan is empty, or none of it is marked as public."),
            f"{reverse('plans:overview', args=[plan.slug])}tekst/",
        )


def the_summary_is_there(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """A citizen can read in plain words what is proposed."""
    if purpose in WITH_SUMMARY and not plan.proposal.strip():
        yield Blocker(
            _("“What is proposed?” is not answered in plain words."),
            reverse("plans:head", args=[plan.slug]) + "#div_id_proposal",
        )


def there_are_milestones(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """A process plan that is to be approved has something in it."""
    if purpose == Purpose.PROCESS_PLAN and not _fact(plan, "has_milestones"):
        yield Blocker(
            _("The process plan has no milestone that is marked as public."),
            reverse("plans:publish-choose", args=[plan.slug]),
        )


def the_hearing_has_its_days(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """Whoever is to answer must be told until when."""
    if purpose == Purpose.CONSULTATION and not _fact(plan, "has_hearing_to_come"):
        yield Blocker(
            _("The process plan has no public consultation with a last day to come."),
            reverse("plans:work-plan", args=[plan.slug]),
        )


def the_hearing_is_over(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """Nothing is put before the bodies while people may still answer."""
    if cycle.state_on(today()) != CycleState.IN_CONSULTATION:
        return
    last = cycle.hearing_ends
    known = last is not None and last.year < 9999
    yield Blocker(
        _("The consultation is open until and including %(day)s.") % {"day": day_words(last)}
        if known and last
        else _("The consultation has no last day."),
        reverse("plans:work-plan", args=[plan.slug]),
    )


def it_is_approved(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """Those whom the municipality wants to ask have approved the plan as it is."""
    now = approval_of(plan, cycle) if purpose != Purpose.STATUS else None
    for step in now.steps if now else ():
        if not step.counts:
            yield _not_approved(plan, step)


def changed_since(approved: Standing) -> Iterator[Blocker]:
    """What blocks when the plan was changed after it was found to be approved."""
    for step in approved.steps:
        yield _not_approved(approved.plan, replace(step, counts=False))


def _not_approved(plan: Plan, step: Step) -> Blocker:
    words = (
        _("The plan was changed after it was approved (%(step)s).")
        if step.outdated
        else _("The plan is not approved yet (%(step)s).")
    )
    address = reverse("plans:approval", args=[plan.slug])
    return Blocker(words % {"step": step.role.label}, address)


def register_gates() -> None:
    """Called once, when the app is ready."""
    for gate in (
        there_is_a_text,
        the_summary_is_there,
        there_are_milestones,
        the_hearing_has_its_days,
    ):
        register_gate(SUBMIT, gate, light=True)
    for gate in (
        the_hearing_is_over,
        it_is_approved,
    ):
        register_gate(SUBMIT, gate)
