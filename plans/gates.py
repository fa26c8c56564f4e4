"""What must be in a plan before it is put before the bodies. Registered in ``ready()``."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan.clock import today
from kommuneplan.core.gates import Blocker, register
from kommuneplan.timespan.phrase import day_words

from .enums import CycleState, MilestoneKind, MilestoneState, Purpose
from .models import Cycle, Plan

SUBMIT = "submit"
WITH_TEXT = {Purpose.CONSULTATION, Purpose.ADOPTION, Purpose.DISCUSSION}
WITH_SUMMARY = {Purpose.CONSULTATION, Purpose.ADOPTION}


@register(SUBMIT)
def there_is_a_text(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """Some section that is to be shown has words in it."""
    if purpose not in WITH_TEXT:
        return
    sections = plan.sections.filter(is_public=True, retired_at__isnull=True)
    if not any(section.text for section in sections):
        yield Blocker(
            _("The text of the plan is empty, or none of it is marked as public."),
            f"{reverse('plans:overview', args=[plan.slug])}tekst/",
        )


@register(SUBMIT)
def the_summary_is_there(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """A citizen can read in plain words what is proposed."""
    if purpose in WITH_SUMMARY and not plan.proposal.strip():
        yield Blocker(
            _("“What is proposed?” is not answered in plain words."),
            reverse("plans:head", args=[plan.slug]) + "#div_id_proposal",
        )


@register(SUBMIT)
def there_are_milestones(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """A process plan that is to be approved has something in it."""
    if purpose == Purpose.PROCESS_PLAN and not cycle.milestones.filter(is_public=True).exists():
        yield Blocker(
            _("The process plan has no milestone that is marked as public."),
            reverse("plans:publish-choose", args=[plan.slug]),
        )


@register(SUBMIT)
def the_hearing_has_its_days(plan: Plan, cycle: Cycle, purpose: str) -> Iterator[Blocker]:
    """Whoever is to answer must be told until when."""
    if purpose != Purpose.CONSULTATION:
        return
    hearings = cycle.milestones.filter(kind=MilestoneKind.HEARING, is_public=True)
    hearings = hearings.exclude(state=MilestoneState.CANCELLED).select_related("meeting")
    spans = [row.takes_place for row in hearings]
    if not any(span and span.latest_end and span.latest_end >= today() for span in spans):
        yield Blocker(
            _("The process plan has no public consultation with a last day to come."),
            reverse("plans:work-plan", args=[plan.slug]),
        )


@register(SUBMIT)
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
