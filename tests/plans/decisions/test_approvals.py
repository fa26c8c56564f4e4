"""Approval in the administration before a plan is put before the bodies, and who does it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import ApprovalSteps, PlanRole
from kommuneplan.core.gates import Blocked
from kommuneplan.core.models import Municipality, User
from plans.decisions.actions import steps as life
from plans.decisions.actions.approving import ChangedMeanwhile, NotYourTurn, approve, send_back
from plans.enums import CycleState
from plans.lifecycle.approval import approval_of
from plans.models import Approval, Plan, PlanLead
from tests.factories import secretary
from tests.plans.matters import ready_plan, submitted
from tests.races import race

pytestmark = pytest.mark.django_db
LEAD, MANAGER, DIRECTOR = PlanRole


@pytest.fixture
def municipality() -> Municipality:
    return Municipality.objects.create(pk=1, name="Prøve Kommune", approval_steps=ApprovalSteps.ALL)


@pytest.fixture
def plan(municipality) -> Plan:
    return ready_plan()


def on(plan: Plan, role: str, name: str = "") -> User:
    """Somebody with a part in the plan."""
    name = name or role
    user = User.objects.create_user(f"{name}@example.org", "x", name=name.title())
    PlanLead.objects.create(plan=plan, user=user, role=role)
    return user


@pytest.fixture
def people(plan) -> dict[str, User]:
    return {role: on(plan, role) for role in PlanRole}


def now(plan: Plan):
    return approval_of(Plan.objects.get(pk=plan.pk))


def say_yes(plan: Plan, by: User) -> Approval:
    return approve(plan=plan, seen=now(plan).digest, by=by)


def at(plan: Plan, name: str = "approval") -> str:
    return reverse(f"plans:{name}", args=[plan.slug])


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def change(plan: Plan) -> None:
    section = plan.sections.get()
    section.text = "<p>Vi vil noget helt andet.</p>"
    section.save()


# The steps


def test_three_steps_in_order_and_then_it_can_be_submitted(plan, people) -> None:
    for role in PlanRole:
        with pytest.raises(Blocked):
            submitted(plan)
        for other in PlanRole:
            if other != role:
                with pytest.raises(NotYourTurn):
                    say_yes(plan, people[other])
        say_yes(plan, people[role])
    assert now(plan).next_step is None
    submitted(plan)
    plan.refresh_from_db()
    assert plan.open_cycle.state == CycleState.BEFORE_BODIES
    assert [row.history.get().history_user for row in Approval.objects.order_by("pk")] == [
        people[role] for role in PlanRole
    ]


def test_without_the_setting_nothing_is_asked(plan, municipality) -> None:
    municipality.approval_steps = ApprovalSteps.NONE
    municipality.save()
    assert now(plan) is None
    submitted(plan)


def test_a_decision_that_was_made_is_recorded_whoever_has_not_approved(plan) -> None:
    assert submitted(plan, treated=True).pk


@pytest.mark.parametrize("what", ["text", "milestone", "summary", "new section"])
def test_a_change_after_an_approval_is_seen_and_approved_again(plan, people, what) -> None:
    for role in PlanRole:
        say_yes(plan, people[role])
    if what == "text":
        change(plan)
    elif what == "milestone":
        row = plan.cycles.get().milestones.get()
        row.title = "Høring i to uger"
        row.save()
    elif what == "summary":
        plan.refresh_from_db()
        plan.proposal = "Færre skal."
        plan.save()
    else:
        plan.sections.create(title="Nyt", text="<p>Nyt.</p>", is_public=True, position=2)
    with pytest.raises(Blocked) as error:
        submitted(plan)
    assert len(error.value.blockers) == 3
    assert now(plan).next_step.role == LEAD and all(step.outdated for step in now(plan).steps)


def test_what_nobody_else_reads_changes_nothing_and_a_change_undone_neither(plan, people) -> None:
    for role in PlanRole:
        say_yes(plan, people[role])
    plan.sections.create(title="Noter", text="<p>Internt</p>", is_public=False, position=2)
    assert now(plan).next_step is None
    before = plan.sections.get(is_public=True).text
    section = plan.sections.get(is_public=True)
    section.text = "<p>Andet</p>"
    section.save()
    assert now(plan).next_step.role == LEAD
    section.text = before
    section.save()
    assert now(plan).next_step is None


def test_sent_back_it_begins_anew(plan, people) -> None:
    say_yes(plan, people[LEAD])
    with pytest.raises(ValueError, match="reason"):
        send_back(plan=plan, words="  ", by=people[MANAGER])
    send_back(plan=plan, words="Målene kan ikke måles.", by=people[MANAGER])
    assert now(plan).next_step.role == LEAD
    assert now(plan).last_sent_back.words == "Målene kan ikke måles."
    say_yes(plan, people[LEAD])
    assert now(plan).next_step.role == MANAGER and now(plan).last_sent_back is None


def test_the_database_keeps_a_reason_with_what_is_sent_back(plan, people) -> None:
    row = Approval(cycle=plan.cycles.get(), step=LEAD, sent_back=True, digest="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_changed_while_one_read_is_not_approved(plan, people) -> None:
    seen = now(plan).digest
    change(plan)
    with pytest.raises(ChangedMeanwhile):
        approve(plan=plan, seen=seen, by=people[LEAD])
    assert not Approval.objects.exists()


def test_whose_part_has_ended_approves_no_more(plan, people) -> None:
    row = plan.leads.get(role=LEAD)
    row.begins = clock.today() - dt.timedelta(days=9)
    row.ends = clock.today() - dt.timedelta(days=1)
    row.save()
    with pytest.raises(NotYourTurn):
        say_yes(plan, people[LEAD])


def try_to_approve(number: int, key: int) -> str:
    """One of several leads who approve at once (run in a process of its own)."""
    plan = Plan.objects.get()
    by = PlanLead.objects.order_by("pk")[number].user
    try:
        approve(plan=plan, seen=approval_of(plan).digest, by=by)
    except NotYourTurn:
        return "late"
    return "approved"


@pytest.mark.django_db(transaction=True)
def test_a_step_is_taken_once(plan) -> None:
    for number in range(4):
        on(plan, LEAD, f"lead{number}")
    answers = race("tests.plans.decisions.test_approvals:try_to_approve", 4, 0)
    assert sorted(answers) == ["approved", "late", "late", "late"]
    assert Approval.objects.count() == 1


# The pages


def test_the_manager_reads_what_is_to_be_approved_and_nothing_else(plan, people) -> None:
    plan.sections.create(title="Noter", text="<p>KANARIE</p>", is_public=False, position=2)
    manager = browser(people[MANAGER])
    html = manager.get(at(plan)).content.decode()
    assert "Vi vil hinanden." in html and "KANARIE" not in html
    assert 'name="approve"' not in html  # not yet
    for room in ("overview", "head", "text", "work-plan", "versions", "people", "work-preview"):
        assert manager.get(at(plan, room)).status_code == 404, room
    assert browser(User.objects.create_user("x@example.org")).get(at(plan)).status_code == 404


def test_approving_in_the_browser(plan, people) -> None:
    lead, manager = browser(people[LEAD]), browser(people[MANAGER])
    form = {"seen": now(plan).digest, "approve": "1"}
    early = manager.post(at(plan), {**form, "words": "Mine ord"})
    assert early.status_code == 409 and "Mine ord" in early.content.decode()
    assert not Approval.objects.exists()
    assert at(plan) in lead.get(at(plan, "overview")).content.decode()
    assert lead.post(at(plan), {**form, "words": "Klar"})["Location"] == at(plan)
    waits = manager.get("/arbejde/").content.decode()
    assert f'href="{at(plan)}"' in waits
    assert 'name="approve"' in manager.get(at(plan)).content.decode()
    empty = manager.post(at(plan), {"seen": now(plan).digest, "send_back": "1"})
    assert empty.status_code == 422
    back = {"seen": now(plan).digest, "send_back": "1", "words": "Mangler økonomi"}
    assert manager.post(at(plan), back).status_code == 302
    assert "Mangler økonomi" in lead.get(at(plan, "overview")).content.decode()
    assert f'href="{at(plan)}"' not in manager.get("/arbejde/").content.decode()


def test_a_change_meanwhile_is_shown_with_the_words_that_were_typed(plan, people) -> None:
    lead = browser(people[LEAD])
    form = {"seen": now(plan).digest, "approve": "1", "words": "Fin plan"}
    change(plan)
    answer = lead.post(at(plan), form)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Fin plan" in html and "noget helt andet" in html
    assert now(plan).digest in html
    assert lead.post(at(plan), {**form, "seen": now(plan).digest}).status_code == 302


def test_the_secretary_sees_what_is_missing_but_does_not_approve(plan, people) -> None:
    client = browser(secretary())
    html = client.get(at(plan, "overview")).content.decode()
    assert html.count(f'href="{at(plan)}"') >= 3
    assert client.post(at(plan), {"seen": now(plan).digest}).status_code == 403


def test_rooms_ask_no_more_for_it_when_the_setting_is_off(plan, municipality) -> None:
    client = browser(secretary())
    counts = []
    for steps in (ApprovalSteps.NONE, ApprovalSteps.ALL):
        municipality.approval_steps = steps
        municipality.save()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(plan, "overview")).status_code == 200
        counts.append([query["sql"] for query in queries.captured_queries])
    assert not any("plans_approval" in sql for sql in counts[0])
    assert any("plans_approval" in sql for sql in counts[1])


# Who is on the plan


def test_appointed_and_ended_on_the_plans_page(plan) -> None:
    user = User.objects.create_user("ny@example.org", "x", name="Ny Tovholder")
    client, theirs = browser(secretary()), browser(user)
    assert theirs.get(at(plan, "overview")).status_code == 404
    form = {"email": "NY@example.org", "role": "lead", "begins": clock.today().isoformat()}
    assert client.post(at(plan, "people-add"), form)["Location"] == at(plan, "people")
    assert theirs.get(at(plan, "overview")).status_code == 200
    assert client.post(at(plan, "people-add"), form).status_code == 422
    unknown = client.post(at(plan, "people-add"), {**form, "email": "ukendt@example.org"})
    assert unknown.status_code == 422 and "ukendt@example.org" in unknown.content.decode()
    row = plan.leads.get()
    row.begins = clock.today() - dt.timedelta(days=3)
    row.save()
    key = f"{user.uid}/lead/{row.begins:%Y-%m-%d}"
    end = {"who": key, f"{key}-on": clock.today().isoformat()}
    assert theirs.post(at(plan, "people-end"), end).status_code == 403
    assert client.post(at(plan, "people-end"), {**end, f"{key}-on": "x"}).status_code == 422
    assert client.post(at(plan, "people-end"), end)["Location"] == at(plan, "people")
    assert theirs.get(at(plan, "overview")).status_code == 404
    row.refresh_from_db()
    assert row.ends == clock.today() - dt.timedelta(days=1)
    assert row.history.latest().history_user is not None


@pytest.mark.parametrize("role", [MANAGER, DIRECTOR])
def test_who_approves_edits_nothing(plan, role) -> None:
    user = on(plan, role)
    for permission in ("edit_text", "edit_process_plan", "edit_focus", "import_process_plan"):
        target = None if permission.startswith("import") else plan
        assert not user.has_perm(f"plans.{permission}", target), permission
    assert not Plan.objects.readable_by(user).exists()


def test_what_is_saved_while_it_is_submitted_does_not_get_past_those_who_approve(
    plan, people, monkeypatch
) -> None:
    """A save locks its section, not the plan: it may come between the look and the freezing."""
    for role in PlanRole:
        say_yes(plan, people[role])
    look = life.demand

    def and_then_somebody_saves(step: str, **facts) -> None:
        look(step, **facts)
        change(plan)

    monkeypatch.setattr(life, "demand", and_then_somebody_saves)
    with pytest.raises(Blocked) as blocked:
        submitted(plan)
    assert len(blocked.value.blockers) == len(PlanRole)
    assert not plan.versions.exists() and plan.open_cycle.state == CycleState.DRAFT
