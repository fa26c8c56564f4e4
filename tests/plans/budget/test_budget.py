"""Money in steps: written down by the secretary, told to everybody once it is marked public."""

from __future__ import annotations

import datetime as dt

import pytest

from kommuneplan import clock
from kommuneplan.core.models import Meeting
from kommuneplan.timespan.span import TimeSpan
from plans.budget import actions
from plans.enums import Stage
from plans.models import AgendaItem, BudgetStep, Matter, Milestone, Plan, Treatment
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import a_plan, committee, lead, secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db) -> Plan:
    return a_plan()


@pytest.fixture
def milestone(plan) -> Milestone:
    row = Milestone(
        cycle=plan.open_cycle, title="Pengene gøres konkrete", kind="budget", is_public=True
    )
    row.when = TimeSpan.day(dt.date(2027, 5, 3))
    row.save()
    return row


@pytest.fixture
def published(plan, milestone) -> Plan:
    publish(version=freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    return plan


@pytest.fixture
def boss(client):
    user = secretary()
    client.force_login(user)
    return user


def step(plan: Plan, **more) -> BudgetStep:
    facts = {"title": "Ny psykiatriplan", "state": "set_aside", "amount": 4_000_000, **more}
    return actions.add_step(plan=plan, facts={"first_year": 2009, **facts}, by=None)


def typed(**more) -> dict[str, object]:
    data = {
        "seen": 0, "title": "Ny psykiatriplan", "state": "set_aside", "amount": "4 mio. kr.",
        "first_year": 2009, "source": "budgetaftale for budget 2008",
    }  # fmt: skip
    return {**data, **more}


def test_a_secretary_writes_a_step_down_and_reads_its_sum(client, boss, plan):
    room = f"/arbejde/planer/{plan.slug}/oekonomi/nyt-trin/"
    assert client.post(room, typed()).status_code == 302
    row = BudgetStep.objects.get()
    assert (row.amount, row.years, row.is_public) == (4_000_000, (2009, 2009), False)
    page = client.get(f"/arbejde/planer/{plan.slug}/bestillinger/").content.decode()
    assert page.count("4.000.000 kr.") == 3  # the step, its year, the sum of its state
    assert "budgetaftale for budget 2008" in page


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"amount": "mange penge"}, "amount"),
        ({"amount": "9999999999999999"}, "amount"),
        ({"first_year": 2012, "last_year": 2009}, "last_year"),
        ({"first_year": "", "last_year": 2009}, "first_year"),
        ({"state": "brugt op"}, "state"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(client, boss, plan, more, field):
    answer = client.post(f"/arbejde/planer/{plan.slug}/oekonomi/nyt-trin/", typed(**more))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "budgetaftale for budget 2008" in answer.content.decode()
    assert not BudgetStep.objects.exists()


def test_a_meeting_of_another_body_is_refused(client, boss, plan):
    committee("Byrådet", "council")
    theirs = Meeting.objects.create(body=committee("Byrådet"), date=clock.today())
    more = {"meeting": theirs.uid, "body": committee().uid}
    answer = client.post(f"/arbejde/planer/{plan.slug}/oekonomi/nyt-trin/", typed(**more))
    assert "meeting" in answer.context["form"].errors


def test_a_step_does_not_go_on_from_what_goes_on_from_it(client, boss, plan):
    first = step(plan)
    second = step(plan, state="agreed", follows=first)
    address = f"/arbejde/planer/{plan.slug}/oekonomi/{first.uid}/"
    answer = client.post(address, typed(seen=first.version, follows=second.uid))
    assert answer.status_code == 422
    assert "follows" in answer.context["form"].errors
    first.refresh_from_db()
    assert first.follows is None


def test_what_somebody_else_saved_is_shown_beside_what_was_typed(client, boss, plan):
    row = step(plan)
    seen = row.version
    actions.edit_step(step=row, seen=seen, facts={"title": "Noget andet"}, by=None)
    address = f"/arbejde/planer/{plan.slug}/oekonomi/{row.uid}/"
    answer = client.post(address, typed(seen=seen, title="Mit ord"))
    assert answer.status_code == 409
    assert "Noget andet" in answer.content.decode()
    assert "Mit ord" in answer.content.decode()


def test_one_that_is_deleted_leaves_the_chain_whole(client, boss, plan):
    first = step(plan)
    middle = step(plan, state="agreed", follows=first)
    last = step(plan, state="concrete", follows=middle)
    address = f"/arbejde/planer/{plan.slug}/oekonomi/{middle.uid}/slet/"
    assert client.post(address, {"seen": middle.version}).status_code == 302
    last.refresh_from_db()
    assert last.follows == first
    assert BudgetStep.history.filter(uid=middle.uid, history_type="-").exists()


def test_a_lead_reads_it_and_writes_nothing(client, plan):
    step(plan)
    client.force_login(lead(plan))
    page = client.get(f"/arbejde/planer/{plan.slug}/bestillinger/").content.decode()
    assert "4.000.000 kr." in page
    assert "nyt-trin" not in page


def test_it_stands_beside_its_milestone_in_the_process_plan(client, boss, plan, milestone):
    step(plan, milestone=milestone)
    page = client.get(f"/arbejde/planer/{plan.slug}/procesplan/").content.decode()
    assert "Afsat:" in page
    assert "4.000.000 kr." in page


# --- what everybody reads ------------------------------------------------------------------------


def read(client, plan: Plan) -> str:
    return client.get(f"/planer/{plan.slug}/").content.decode()


def test_it_is_told_to_everybody_at_once_when_it_is_marked_and_no_longer_when_it_is_not(
    client, published, milestone
):
    row = step(published, milestone=milestone)
    assert "4.000.000" not in read(client, published)
    facts = {"is_public": True}
    actions.edit_step(step=row, seen=row.version, facts=facts, by=None)
    page = read(client, published)
    assert page.count("4.000.000 kr.") == 4  # beside the milestone, the step, its year, its sum
    assert f'href="#m-{milestone.uid}"' in page
    row.refresh_from_db()
    actions.edit_step(step=row, seen=row.version, facts={"amount": 5_000_000}, by=None)
    assert "5.000.000 kr." in read(client, published)
    row.refresh_from_db()
    actions.edit_step(step=row, seen=row.version, facts={"is_public": False}, by=None)
    assert "5.000.000" not in read(client, published)


def test_nothing_of_a_closed_item_is_told_whatever_is_marked(client, published):
    matter = Matter.objects.create(title="Lukket sag", purpose="discussion")
    treatment = Treatment.objects.create(
        matter=matter, position=1, body=published.body, is_closed=True
    )
    item = AgendaItem(uid=treatment.uid, treatment=treatment)  # stored with the choice
    step(published, is_public=True, item=item, source="Kanariefugl")
    assert "Kanariefugl" not in read(client, published)
    treatment.is_closed = False
    treatment.save()
    assert "Kanariefugl" in read(client, published)
    treatment.is_closed = True
    treatment.save()
    assert "Kanariefugl" not in read(client, published)


def test_of_a_milestone_only_what_was_published_is_told(client, published, milestone):
    inside = Milestone(cycle=published.open_cycle, title="Internt forløb", kind="budget")
    inside.when = TimeSpan.day(dt.date(2027, 9, 9))
    inside.save()
    step(published, is_public=True, milestone=inside)
    milestone.when = TimeSpan.day(dt.date(2028, 8, 8))
    milestone.save()
    step(published, is_public=True, milestone=milestone, title="Følger milepælen")
    page = read(client, published)
    assert "4.000.000 kr." in page
    assert "Internt forløb" not in page
    assert "9. september 2027" not in page
    assert "8. august 2028" not in page
    assert "3. maj 2027" in page


def test_nothing_of_a_closed_item_that_is_no_matter_is_told(client, published):
    meeting = Meeting.objects.create(body=published.body, date=clock.today())
    item = AgendaItem.objects.create(
        own_meeting=meeting, own_title="Lukket", own_type="information", own_closed=True
    )
    step(published, is_public=True, item=item, source="Kanariefugl")
    assert "Kanariefugl" not in read(client, published)
    item.own_closed = False
    item.save()
    assert "Kanariefugl" in read(client, published)
