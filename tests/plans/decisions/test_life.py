"""A plan's life: put before the bodies, decided, withdrawn, revised, repealed."""

from __future__ import annotations

import datetime as dt

import pytest

from kommuneplan import clock
from kommuneplan.core.gates import Blocked
from kommuneplan.core.models import Meeting
from kommuneplan.locking import Conflict
from plans.decisions.actions import outcomes, steps
from plans.document import plan_document as doc
from plans.enums import CycleState, MilestoneState, Outcome, Purpose, Stage
from plans.lifecycle.plan_state import PlanState
from plans.lifecycle.state import state_on
from plans.lifecycle.transitions import NotAllowed
from plans.models import Matter, Plan, Treatment
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import (
    newest_public,
    process_plan_to_publish,
    publish,
    publish_process_plan,
    seen_as,
)
from tests.consultations.round_factories import a_round
from tests.factories import committee, secretary
from tests.plans.matters import (
    DAY,
    adopted,
    bodies,
    consulted,
    meeting,
    ready_plan,
    submitted,
    treats,
)

pytestmark = pytest.mark.django_db


def state(plan: Plan) -> str:
    return state_on(plan.cycles.order_by("-number").first(), clock.today())


def stages(plan: Plan) -> list[str]:
    return list(plan.versions.order_by("number").values_list("stage", flat=True))


def test_submitting_freezes_what_the_bodies_have_before_them():
    plan = ready_plan()
    matter = submitted(plan, chain=bodies())
    assert state(plan) == CycleState.BEFORE_BODIES
    version = matter.plans.get().version
    assert (version.stage, doc.from_json(version.content).head.state) == (
        Stage.SUBMITTED,
        "before_bodies",
    )
    names = [row.body.name for row in matter.treatments.all()]
    assert names == ["Socialudvalget", "Økonomiudvalget", "Borgerrepræsentationen"]
    assert not plan.publications.exists()


def test_what_is_missing_blocks_submitting_and_leads_to_where_it_is_put_right():
    plan = ready_plan()
    Plan.objects.filter(pk=plan.pk).update(proposal="")
    plan.sections.all().delete()
    plan.open_cycle.milestones.all().delete()
    with pytest.raises(Blocked) as error:
        submitted(plan)
    links = [blocker.link for blocker in error.value.blockers]
    home = f"/arbejde/planer/{plan.slug}/"
    assert links == [f"{home}tekst/", f"{home}oplysninger/#div_id_proposal", f"{home}procesplan/"]
    assert state(plan) == CycleState.DRAFT
    assert not Matter.objects.exists() and not plan.versions.exists()


def test_what_the_bodies_have_treated_already_can_always_be_recorded():
    plan = ready_plan()
    plan.sections.all().delete()
    matter = submitted(plan, treated=True)
    treats(matter)
    assert state(plan) == CycleState.TO_BE_SENT_OUT


def test_a_plan_is_not_submitted_twice():
    plan = ready_plan()
    submitted(plan)
    with pytest.raises(NotAllowed):
        submitted(plan)
    assert Matter.objects.count() == 1


def test_nothing_is_submitted_while_people_may_answer():
    plan = ready_plan()
    treats(submitted(plan))
    a_round(plan, version=plan.versions.last())
    with pytest.raises(Blocked) as error:
        submitted(plan, purpose=Purpose.ADOPTION)
    [blocker] = error.value.blockers
    assert str(PlanState(plan, clock.today()).hearing_ends.year) in blocker.text


def test_from_the_committee_to_the_council_and_into_force():
    plan = consulted(ready_plan())
    matter = submitted(plan, purpose=Purpose.ADOPTION, chain=bodies())
    treats(matter, Outcome.RECOMMENDED)
    treats(matter, Outcome.RECOMMENDED)
    assert state(plan) == CycleState.BEFORE_BODIES
    treats(matter, Outcome.APPROVED)
    cycle = plan.cycles.get()
    assert (cycle.state, cycle.closed_at is not None) == (CycleState.ADOPTED, True)
    assert stages(plan) == ["submitted", "consultation", "submitted", "adopted"]
    matter.refresh_from_db()
    assert matter.closed_at and PlanState(plan, clock.today()).state == "adopted"


def test_what_is_decided_is_what_was_submitted_however_it_was_edited_since():
    plan = ready_plan()
    matter = submitted(plan)
    section = plan.sections.get()
    section.text = "<p>KANARIEFUGL</p>"
    section.save()
    treats(matter)
    sent = plan.versions.get(stage=Stage.CONSULTATION)
    assert "KANARIEFUGL" not in sent.content and "Vi vil hinanden" in sent.content
    assert sent.state == CycleState.IN_CONSULTATION


def test_postponed_comes_again_at_a_new_meeting():
    plan = ready_plan()
    matter = submitted(plan, chain=bodies())
    again = meeting(committee(), 20)
    treats(matter, Outcome.POSTPONED, meeting=again)
    assert state(plan) == CycleState.BEFORE_BODIES
    row = matter.next_treatment
    assert (row.body, row.meeting, row.position) == (committee(), again, 2)
    assert [t.position for t in matter.treatments.all()] == [1, 2, 3, 4]


@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.REJECTED])
def test_returned_or_rejected_is_a_draft_again(outcome):
    plan = ready_plan()
    matter = submitted(plan, chain=bodies())
    treats(matter, outcome)
    matter.refresh_from_db()
    assert (state(plan), stages(plan)) == (CycleState.DRAFT, ["submitted"])
    assert matter.closed_at
    submitted(plan)


@pytest.mark.parametrize("outcome", [Outcome.DISCUSSED, Outcome.NOTED])
def test_discussed_to_the_end_decides_nothing(outcome):
    plan = ready_plan()
    matter = submitted(plan, purpose=Purpose.DISCUSSION)
    treats(matter, outcome)
    assert (state(plan), stages(plan)) == (CycleState.DRAFT, ["submitted"])


def test_halted_waits_for_the_council():
    plan = ready_plan()
    committee_, _finance, council = bodies()
    matter = submitted(plan, chain=(committee_,))
    treats(matter, Outcome.HALTED)
    assert state(plan) == CycleState.BEFORE_BODIES
    assert matter.next_treatment.body == council
    treats(matter)
    assert state(plan) == CycleState.TO_BE_SENT_OUT


def test_halted_adds_no_second_treatment_by_the_council():
    plan = ready_plan()
    matter = submitted(plan, chain=bodies())
    treats(matter, Outcome.HALTED)
    assert matter.treatments.count() == 3


def test_amended_at_the_table_waits_for_the_text_and_freezes_it():
    plan = ready_plan()
    matter = submitted(plan)
    treats(matter, Outcome.AMENDED)
    assert state(plan) == CycleState.BEFORE_BODIES and outcomes.awaits_text(matter)
    section = plan.sections.get()
    section.text = "<p>Vi vil hinanden mere.</p>"
    section.save()
    outcomes.take_amended_text(matter=matter, by=None)
    assert state(plan) == CycleState.TO_BE_SENT_OUT
    assert "mere" in plan.versions.get(stage=Stage.CONSULTATION).content
    with pytest.raises(NotAllowed):
        outcomes.take_amended_text(matter=matter, by=None)


def test_amended_with_the_text_written_in_goes_on_at_once():
    plan = ready_plan()
    matter = submitted(plan, chain=bodies()[:2])
    section = plan.sections.get()
    section.text = "<p>Vi vil hinanden mere.</p>"
    section.save()
    treats(matter, Outcome.AMENDED, amended=True)
    assert "mere" in matter.plans.get().version.content
    treats(matter)
    assert "mere" in plan.versions.get(stage=Stage.CONSULTATION).content


def test_an_amendment_on_the_way_is_not_forgotten_at_the_end():
    plan = ready_plan()
    matter = submitted(plan, chain=bodies()[:2])
    treats(matter, Outcome.AMENDED)
    treats(matter, Outcome.APPROVED)
    assert state(plan) == CycleState.BEFORE_BODIES
    outcomes.take_amended_text(matter=matter, by=None)
    assert state(plan) == CycleState.TO_BE_SENT_OUT


def test_one_decision_over_a_framework_and_its_sub_strategies():
    framework = ready_plan("Rammeplan")
    below = [ready_plan(f"Delstrategi {n}", parent=framework) for n in (1, 2)]
    for plan in (framework, *below):
        consulted(plan)
    matter = submitted(framework, *below, purpose=Purpose.ADOPTION)
    treats(matter)
    assert {state(plan) for plan in (framework, *below)} == {CycleState.ADOPTED}


def test_one_of_several_that_is_missing_something_blocks_them_all():
    framework = ready_plan("Rammeplan")
    below = ready_plan("Delstrategi", parent=framework)
    below.sections.all().delete()
    with pytest.raises(Blocked):
        submitted(framework, below)
    assert (state(framework), state(below)) == (CycleState.DRAFT, CycleState.DRAFT)
    assert not framework.versions.exists()


def test_one_withdrawn_from_a_matter_does_not_stop_the_others():
    one, two = ready_plan("Én"), ready_plan("To")
    matter = submitted(one, two)
    steps.withdraw_cycle(cycle=two.open_cycle, reason="Opgivet", by=None)
    matter.refresh_from_db()
    assert matter.closed_at is None
    treats(matter)
    assert (state(one), state(two)) == (CycleState.TO_BE_SENT_OUT, CycleState.WITHDRAWN)
    assert "consultation" not in stages(two)


def test_withdrawn_closes_its_matter_and_a_later_outcome_is_only_written_down():
    plan = ready_plan()
    matter = submitted(plan)
    steps.withdraw_cycle(cycle=plan.open_cycle, reason="Opgivet", by=secretary())
    matter.refresh_from_db()
    assert matter.closed_at and state(plan) == CycleState.WITHDRAWN
    row = treats(matter, wording="Godkendt alligevel")
    assert row.outcome == Outcome.APPROVED and stages(plan) == ["submitted"]
    with pytest.raises(NotAllowed):
        steps.withdraw_cycle(cycle=plan.cycles.get(), reason="Igen", by=None)


def test_the_last_body_may_be_recorded_before_the_others():
    plan = ready_plan()
    matter = submitted(plan, chain=bodies()[:2])
    last = matter.treatments.last()
    outcomes.record_outcome(
        treatment=last, decision=outcomes.Decision("approved", clock.today()), by=None
    )
    assert state(plan) == CycleState.TO_BE_SENT_OUT
    treats(matter, Outcome.RECOMMENDED)
    assert state(plan) == CycleState.TO_BE_SENT_OUT


def test_an_outcome_is_recorded_once():
    matter = submitted(ready_plan())
    treatment = matter.next_treatment
    treats(matter)
    with pytest.raises(outcomes.AlreadyRecorded):
        outcomes.record_outcome(
            treatment=treatment, decision=outcomes.Decision("rejected", clock.today()), by=None
        )


def test_the_milestone_that_is_the_meeting_has_taken_place():
    plan = ready_plan()
    day = meeting(committee(), -1)
    milestone = plan.open_cycle.milestones.create(title="Udvalget", meeting=day)
    matter = steps.submit(
        plans=[plan],
        purpose=Purpose.CONSULTATION,
        title="Sag",
        chain=[steps.ChainStep(committee(), day)],
        by=None,
    )
    treats(matter, decided_on=day.date)
    milestone.refresh_from_db()
    assert (milestone.state, milestone.done_on) == (MilestoneState.DONE, day.date)


def test_a_day_that_is_no_meeting_yet_becomes_one():
    plan = ready_plan()
    day = clock.today() + 30 * DAY
    matter = steps.submit(
        plans=[plan],
        purpose=Purpose.CONSULTATION,
        title="Sag",
        chain=[steps.ChainStep(committee(), day=day)],
        by=None,
    )
    assert matter.next_treatment.meeting == Meeting.objects.get(body=committee(), date=day)


# --- corrected ---------------------------------------------------------------------------------


def corrected(row: Treatment, outcome: str, **facts):
    facts.setdefault("decided_on", clock.today())
    return outcomes.correct_outcome(
        treatment=Treatment.objects.get(pk=row.pk),
        decision=outcomes.Decision(outcome, **facts),
        reason="Skrevet forkert af",
        by=None,
    )


def test_a_wrong_outcome_is_corrected_and_the_history_keeps_it():
    plan = ready_plan()
    matter = submitted(plan)
    row = treats(matter, Outcome.REJECTED)
    corrected(row, Outcome.APPROVED)
    matter.refresh_from_db()
    assert (state(plan), stages(plan)) == (
        CycleState.TO_BE_SENT_OUT,
        ["submitted", "consultation"],
    )
    kept = row.history.order_by("history_id")
    assert [entry.outcome for entry in kept][-2:] == ["rejected", "approved"]
    assert kept.last().history_change_reason == "Skrevet forkert af"


def test_an_adoption_recorded_by_mistake_opens_the_cycle_again():
    plan = adopted(ready_plan())
    row = Treatment.objects.order_by("pk").last()
    corrected(row, Outcome.POSTPONED)
    cycle = plan.cycles.get()
    assert (cycle.state, cycle.closed_at) == (CycleState.BEFORE_BODIES, None)
    assert row.matter.next_treatment is not None


@pytest.mark.parametrize("outcome", [Outcome.POSTPONED, Outcome.HALTED])
def test_what_was_added_to_the_chain_goes_with_the_correction(outcome):
    plan = ready_plan()
    bodies()
    matter = submitted(plan)
    row = treats(matter, outcome)
    assert matter.treatments.count() == 2
    corrected(row, Outcome.APPROVED)
    assert matter.treatments.count() == 1
    assert state(plan) == CycleState.TO_BE_SENT_OUT


def test_halted_by_mistake_leaves_the_planned_council_in_the_chain():
    matter = submitted(ready_plan(), chain=bodies())
    row = treats(matter, Outcome.HALTED)
    corrected(row, Outcome.RECOMMENDED)
    assert matter.treatments.count() == 3


def test_what_is_published_is_withdrawn_before_the_outcome_is_taken_back():
    plan = ready_plan()
    row = treats(submitted(plan))
    publish(version=plan.versions.last(), by=None)
    with pytest.raises(outcomes.AlreadyPublic):
        corrected(row, Outcome.REJECTED)
    corrected(row, Outcome.APPROVED, wording="Med bedre ord")
    assert state(plan) == CycleState.TO_BE_SENT_OUT


def test_an_outcome_with_something_after_it_is_not_taken_back():
    matter = submitted(ready_plan(), chain=bodies()[:2])
    row = treats(matter, Outcome.RECOMMENDED)
    treats(matter)
    with pytest.raises(outcomes.MovedOn):
        corrected(row, Outcome.REJECTED)


def test_correcting_what_somebody_else_has_corrected_is_a_conflict():
    row = treats(submitted(ready_plan()))
    stale = Treatment.objects.get(pk=row.pk)
    corrected(row, Outcome.APPROVED, votes="7 for")
    with pytest.raises(Conflict):
        outcomes.correct_outcome(
            treatment=stale,
            decision=outcomes.Decision("approved", clock.today()),
            reason="x",
            by=None,
        )


# --- revised and repealed ----------------------------------------------------------------------


def test_a_revision_leaves_the_plan_in_force_until_it_is_adopted():
    plan = adopted(ready_plan())
    publish(version=plan.versions.last(), by=None)
    cycle = steps.open_revision(plan=plan, reason="Nye tal", by=None)
    assert (cycle.number, cycle.state) == (2, CycleState.DRAFT)
    section = plan.sections.get()
    section.text = "<p>KANARIEFUGL</p>"
    section.save()
    shown = process_plan_to_publish(plan)
    assert shown.head.state == CycleState.ADOPTED and "KANARIEFUGL" not in doc.to_json(shown)
    treats(submitted(plan, purpose=Purpose.ADOPTION))
    assert plan.open_cycle is None and "KANARIEFUGL" in plan.versions.last().content


def test_a_revision_given_up_leaves_the_plan_as_it_was():
    plan = adopted(ready_plan())
    steps.open_revision(plan=plan, reason="Nye tal", by=None)
    steps.withdraw_cycle(cycle=plan.open_cycle, reason="Ikke nødvendig", by=None)
    assert PlanState(plan, clock.today()).state == CycleState.ADOPTED
    assert freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None).state == CycleState.ADOPTED
    assert plan.shown_cycle == PlanState(plan, clock.today()).cycle == plan.cycles.get(number=1)
    steps.open_revision(plan=plan, reason="Alligevel", by=None)


def test_only_a_plan_in_force_is_revised_and_only_once_at_a_time():
    plan = ready_plan()
    with pytest.raises(NotAllowed):
        steps.open_revision(plan=plan, reason="x", by=None)
    adopted(plan)
    steps.open_revision(plan=plan, reason="x", by=None)
    with pytest.raises(NotAllowed):
        steps.open_revision(plan=plan, reason="x", by=None)


def test_repealed_from_a_day():
    plan = adopted(ready_plan())
    day = clock.today() + DAY
    steps.repeal(plan=plan, on=day, reason="Lovændring", by=None)
    plan.refresh_from_db()
    assert PlanState(plan, clock.today()).state == "adopted"
    assert PlanState(plan, day).state == "repealed"
    assert plan.history.first().history_change_reason == "Lovændring"
    with pytest.raises(NotAllowed):
        steps.repeal(plan=ready_plan("Ny"), on=day, reason="x", by=None)


def test_the_predecessor_is_replaced_when_its_successor_is_adopted():
    old, new = adopted(ready_plan("Gammel")), ready_plan("Ny")
    new.replaces.add(old)
    assert PlanState(old, clock.today()).state == "adopted"
    adopted(new)
    assert PlanState(old, clock.today()).state == "replaced"


# --- what the public sees meanwhile --------------------------------------------------------------


def test_moving_a_meeting_does_not_publish_the_text_that_the_bodies_have_before_them():
    plan = ready_plan()
    submitted(plan)
    document = process_plan_to_publish(plan)
    assert not document.text
    publication = publish_process_plan(plan=plan, reason="", seen=seen_as(document), by=None)
    assert "Vi vil hinanden" not in publication.version.content
    treats(Matter.objects.get())
    assert "Vi vil hinanden" in plan.versions.last().content


def test_an_adopted_text_that_is_not_published_does_not_make_the_draft_look_adopted():
    plan = consulted(ready_plan())
    publish(version=plan.versions.last(), by=None)
    treats(submitted(plan, purpose=Purpose.ADOPTION))
    assert newest_public(plan).head.state == CycleState.IN_CONSULTATION
    assert process_plan_to_publish(plan).head.state == CycleState.IN_CONSULTATION


def test_a_consultation_is_over_without_anybodys_doing():
    plan = ready_plan()
    treats(submitted(plan))
    cycle = plan.open_cycle
    last = PlanState(plan, clock.today()).hearing_ends
    assert state_on(cycle, last) == CycleState.TO_BE_SENT_OUT
    assert state_on(cycle, last + dt.timedelta(days=1)) == CycleState.AFTER_CONSULTATION
