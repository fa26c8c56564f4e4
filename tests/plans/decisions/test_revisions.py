"""A revision does not swallow the plan in force."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.actions import steps
from plans.desk.due import dues
from plans.desk.page import whose
from plans.document.building import gather
from plans.document.differences import differences
from plans.enums import MilestoneKind, MilestoneState, Purpose, Stage
from plans.models import Cycle, Milestone, Phase, Plan
from plans.public.standing import Reads, standing_of_plan
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import process_plan_to_publish, publish
from tests.factories import secretary
from tests.plans.matters import DAY, ready_plan, submitted, treats
from tests.plans.public.test_standing import adopt, after_consultation

pytestmark = pytest.mark.django_db


def step(cycle: Cycle, title: str, days: int, phase: str = "") -> Milestone:
    row = Milestone(cycle=cycle, title=title, kind=MilestoneKind.EVALUATION, is_public=True)
    row.when = TimeSpan.day(clock.today() + days * DAY)
    if phase:
        row.phase = Phase.objects.create(cycle=cycle, title=phase)
    row.save()
    return row


@pytest.fixture
def plan() -> Plan:
    """A plan in force, published, with an evaluation to come."""
    plan = after_consultation()
    step(plan.open_cycle, "Evaluering", 20, "Opfølgning")
    adopt(plan)
    publish(version=plan.versions.filter(stage=Stage.ADOPTED).last(), by=None)
    return plan


def revise(plan: Plan) -> Cycle:
    cycle = steps.open_revision(plan=plan, reason="Nye tal", by=None)
    step(cycle, "Nyt udkast", 9)
    step(cycle, "Ny høring", 30, "Høring")
    return cycle


def test_the_remaining_steps_stay_with_the_revisions_in_phases_of_their_own(plan) -> None:
    before = gather(plan)
    revise(plan)
    after = gather(plan)
    titles = [line.title for line in after.process_plan.milestones]
    assert {"Evaluering", "Nyt udkast", "Ny høring"} <= set(titles)
    phases = [phase.title for phase in after.process_plan.phases]
    assert phases == ["Opfølgning", "Revision", "Revision: Høring"]
    changed = differences(before, after).parts["process_plan"]
    assert not changed.gone and {line.title for line in changed.new} == {"Nyt udkast", "Ny høring"}


def test_nothing_that_was_read_is_ever_gone(plan) -> None:
    """Not when the revision is adopted, nor when a published one is given up."""
    first = gather(plan)
    revise(plan)
    matter = submitted(plan, purpose=Purpose.ADOPTION, treated=True)
    treats(matter)
    assert not differences(first, gather(plan)).parts["process_plan"].gone
    second = gather(plan)
    cycle = revise(plan)
    public = process_plan_to_publish(plan)
    version = plan.versions.last()
    assert version and public.head.state == "adopted"
    steps.withdraw_cycle(cycle=cycle, reason="Ikke nu", by=None)
    assert gather(plan) == second


def test_a_published_step_of_a_revision_that_was_given_up_is_cancelled(plan) -> None:
    cycle = revise(plan)
    publish(version=freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    steps.withdraw_cycle(cycle=cycle, reason="Ikke nu", by=None)
    line = next(one for one in gather(plan).process_plan.milestones if one.title == "Ny høring")
    assert line.state == MilestoneState.CANCELLED


def test_they_stand_on_the_desk_in_the_workspace_and_can_be_finished(client, plan) -> None:
    user = secretary()
    client.force_login(user)
    revise(plan)
    row = Milestone.objects.get(title="Evaluering")
    due = dues(whose(user, at=clock.now()))
    assert "Evaluering" in [one.milestone.title for one in due.rows if one.milestone]
    room = client.get(reverse("plans:work-plan", args=[plan.slug])).content.decode()
    assert "Endnu ikke sket efter den gældende plan" in room and "Evaluering" in room
    done = reverse("plans:milestone", args=[plan.slug, row.uid])
    assert client.get(done).status_code == 200
    top = client.get(reverse("plans:overview", args=[plan.slug])).content.decode()
    assert "state-adopted" in top and "Under revision" in top


def drawn(drawing) -> set[str]:
    """The titles in a drawing."""
    return {row.line.title for group in drawing.groups for row in group.rows}


def test_the_room_draws_the_revision_and_the_plan_in_force_each_under_its_heading(client, plan):
    client.force_login(secretary())
    address = f"{reverse('plans:work-plan', args=[plan.slug])}?tidslinje=1"
    assert client.get(address).context["room"].drawing_in_force is None
    cycle = steps.open_revision(plan=plan, reason="Nye tal", by=None)
    assert client.get(address).context["room"].drawing is None  # nothing in the revision yet
    step(cycle, "Nyt udkast", 9)
    answer = client.get(address)
    room, page = answer.context["room"], answer.content.decode()
    assert drawn(room.drawing) == {"Nyt udkast"}
    assert "Evaluering" in drawn(room.drawing_in_force)
    assert "Nyt udkast" not in drawn(room.drawing_in_force)
    places = [page.index(words) for words in (
        "<h2>Revisionen</h2>", 'id="plan-title"',
        "<h2>Endnu ikke sket efter den gældende plan</h2>", 'id="in-force-title"',
    )]  # fmt: skip
    assert places == sorted(places)


def test_a_step_of_a_plan_that_is_no_longer_in_force_is_not_due(plan) -> None:
    user = secretary()
    Plan.objects.filter(pk=plan.pk).update(repealed_on=clock.today())
    assert [one for one in dues(whose(user, at=clock.now())).rows if one.milestone] == []


def test_the_public_is_told_under_revision_and_where_that_stands(client, plan) -> None:
    home = f"/planer/{plan.slug}/"
    before = client.get(home).content.decode()
    cycle = revise(plan)
    page = client.get(home).content.decode()
    assert "Under revision siden" in page and "udkastet bliver skrevet" in page
    assert "Evaluering" in page and "Vedtaget af Borgerrepræsentationen" in page
    assert "under revision" in client.get("/planer/").content.decode()
    treats(submitted(plan, treated=True))
    page = client.get(home).content.decode()
    assert "udkastet skal sendes i høring" in page
    steps.withdraw_cycle(cycle=plan.open_cycle, reason="Ikke nu", by=None)
    after = client.get(home).content.decode()
    assert "revision" not in after.lower()
    assert after == before and cycle


def test_the_draft_of_a_revision_says_what_it_is(client, plan) -> None:
    revise(plan)
    Plan.objects.filter(pk=plan.pk).update(still_open="Alt kan ændres endnu.")
    plan.refresh_from_db()
    assert "Alt kan ændres endnu." not in process_plan_to_publish(plan).head.still_open
    treats(submitted(plan, treated=True))
    publish(version=plan.versions.filter(stage=Stage.CONSULTATION).last(), by=None)
    found = standing_of_plan(plan.slug, at=clock.now())
    assert (found.reads, found.state) == (Reads.REVISION, "adopted") and found.in_force
    page = client.get(f"/planer/{plan.slug}/").content.decode()
    assert "udkastet til revisionen" in page and "Alt kan ændres endnu." in page
    assert f"/versioner/{found.in_force}/" in page


def test_a_plan_that_was_never_adopted_is_gathered_as_before() -> None:
    plan = ready_plan()
    assert [line.title for line in gather(plan).process_plan.milestones] == ["Høring"]
