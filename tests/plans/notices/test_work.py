"""Those who lead, approve and answer are told of what is theirs, as long as it is."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse

from kommuneplan.core.enums import ApprovalSteps, PlanRole
from kommuneplan.core.models import Meeting, Municipality, Notice
from kommuneplan.core.notices import telling
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.actions import outcomes
from plans.decisions.actions.approving import approve, send_back
from plans.details.actions.people import appoint, discharge
from plans.lifecycle.approval import approval_of
from plans.members.actions import questions
from plans.models import Plan, PlanLead
from tests.factories import committee, lead, person, secretary
from tests.plans.matters import ready_plan
from tests.plans.member_household import CANARY, member, plan_before, submitted_version, write_on
from tests.plans.notices.told import MONDAY, TUESDAY, told

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clocks():
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


# --- appointed ------------------------------------------------------------------------------------


def test_a_lead_and_an_approver_are_told_each_with_their_page(clocks):
    plan, by = ready_plan(), secretary()
    anna, bo = person("anna"), person("bo")
    appoint(plan=plan, user=anna, role=PlanRole.LEAD, by=by)
    appoint(plan=plan, user=bo, role=PlanRole.MANAGER, by=by)
    appoint(plan=plan, user=by, role=PlanRole.LEAD, by=by)  # knows it
    clocks.move_to(TUESDAY)
    first, second = told()
    assert (first.to, second.to) == ([anna.email], [bo.email])
    assert "Du er tovholder på planen" in first.body
    assert reverse("plans:overview", args=[plan.slug]) in first.body
    assert "Du skal godkende planen som chef" in second.body
    assert reverse("plans:approval", args=[plan.slug]) in second.body


def test_an_appointment_to_come_is_told_on_its_first_day(clocks):
    anna = person("anna")
    first = dt.date(2027, 3, 8)
    appoint(plan=ready_plan(), user=anna, role=PlanRole.LEAD, by=None, begins=first)
    clocks.move_to(TUESDAY)
    assert told() == []
    clocks.move_to(TUESDAY + 6 * DAY)
    assert len(told()) == 1


def test_an_appointment_that_ended_at_once_is_told_to_nobody(clocks):
    anna = person("anna")
    row = appoint(plan=ready_plan(), user=anna, role=PlanRole.LEAD, by=None)
    discharge(lead=row, on=MONDAY.date(), by=None)
    clocks.move_to(TUESDAY)
    assert told() == []


# --- asked to approve -----------------------------------------------------------------------------


@pytest.fixture
def to_approve():
    Municipality.objects.create(pk=1, name="Prøve Kommune", approval_steps=ApprovalSteps.ALL)
    plan = ready_plan()
    people = {role: person(role.value) for role in PlanRole}
    for role, user in people.items():
        PlanLead.objects.create(plan=plan, user=user, role=role)
    return plan, people


def say_yes(plan, by):
    plan = Plan.objects.get(pk=plan.pk)
    approve(plan=plan, seen=approval_of(plan).digest, by=by)


def test_whose_turn_it_is_is_asked_within_minutes(clocks, to_approve):
    plan, people = to_approve
    say_yes(plan, people[PlanRole.LEAD])
    assert told(urgent=True) == []
    clocks.shift(telling.QUIET)
    (mail,) = told(urgent=True)
    assert mail.to == [people[PlanRole.MANAGER].email]
    assert "Det er din tur til at godkende planen" in mail.body
    say_yes(plan, people[PlanRole.MANAGER])
    clocks.shift(telling.QUIET)
    assert [one.to for one in told(urgent=True)] == [[people[PlanRole.DIRECTOR].email]]
    say_yes(plan, people[PlanRole.DIRECTOR])
    clocks.shift(telling.QUIET)
    assert told(urgent=True) == []


def test_what_was_sent_back_or_approved_meanwhile_is_asked_of_nobody(clocks, to_approve):
    plan, people = to_approve
    say_yes(plan, people[PlanRole.LEAD])
    send_back(plan=plan, words="Mere om haver", by=people[PlanRole.MANAGER])
    clocks.shift(telling.QUIET)
    assert told(urgent=True) == []
    say_yes(plan, people[PlanRole.LEAD])
    say_yes(plan, people[PlanRole.MANAGER])
    clocks.shift(telling.QUIET)
    assert [one.to for one in told(urgent=True)] == [[people[PlanRole.DIRECTOR].email]]


# --- questions ------------------------------------------------------------------------------------


@pytest.fixture
def asked():
    plan = plan_before()
    people = {"asker": member(), "secretary": secretary("sek"), "lead": lead(plan)}
    person("uvedkommende")
    question = questions.ask(
        version=submitted_version(plan), anchor="", words="Hemmeligt spørgsmål",
        key=uuid.uuid4(), by=people["asker"],
    )  # fmt: skip
    return question, people


def to_whom(mails, words):
    return sorted(one.to[0] for one in mails if words in one.body)


def test_those_who_may_answer_are_told_of_a_question_without_its_words(clocks, asked):
    question, people = asked
    clocks.move_to(TUESDAY)
    mails = list(told())
    expected = sorted([people["secretary"].email, people["lead"].email])
    assert to_whom(mails, "Et medlem har stillet et spørgsmål") == expected
    page = reverse("plans:question", args=[question.uid])
    assert to_whom(mails, page) == expected
    assert not to_whom(mails, "Hemmeligt") and not to_whom(mails, CANARY)


def test_the_asker_is_told_of_the_answer_without_its_words(clocks, asked):
    question, people = asked
    questions.answer(
        question=question, words="Hemmeligt svar", show=False, seen=question.version,
        by=people["secretary"],
    )  # fmt: skip
    clocks.move_to(TUESDAY)
    mails = list(told())
    assert to_whom(mails, "Dit spørgsmål er besvaret") == [people["asker"].email]
    assert not to_whom(mails, "Hemmeligt") and not to_whom(mails, "har stillet et spørgsmål")


def test_a_question_that_was_taken_back_is_told_to_nobody(clocks, asked):
    question, people = asked
    questions.withdraw(question=question, by=people["asker"])
    clocks.move_to(TUESDAY)
    assert not to_whom(told(), "spørgsmål")


def test_who_may_no_longer_answer_is_not_told_of_a_question(clocks, asked):
    _question, people = asked
    people["secretary"].memberships.update(ends=MONDAY.date())
    clocks.move_to(TUESDAY)
    assert to_whom(told(), "har stillet et spørgsmål") == [people["lead"].email]


def test_of_a_matter_on_a_closed_item_no_title_stands_beside_a_question(clocks, asked):
    question, _people = asked
    matter = question.frozen.matters.get().matter
    decision = outcomes.Decision("recommended", MONDAY.date(), is_closed=True)
    outcomes.record_outcome(treatment=matter.next_treatment, decision=decision, by=None)
    clocks.move_to(TUESDAY)
    mails = [one for one in told() if "har stillet et spørgsmål" in one.body]
    assert len(mails) == 2 and not to_whom(mails, "naboskab")


def test_before_a_meeting_a_question_is_urgent(clocks, asked):
    question, people = asked
    treatment = question.frozen.matters.get().matter.next_treatment
    treatment.meeting = Meeting.objects.create(body=committee(), date=dt.date(2027, 3, 4))
    treatment.save()
    questions.ask(
        version=question.frozen, anchor="", words="Og?", key=uuid.uuid4(), by=people["asker"]
    )
    clocks.shift(telling.QUIET)
    assert len(to_whom(told(urgent=True), "har stillet et spørgsmål")) == 2


# --- deadlines ------------------------------------------------------------------------------------


@pytest.fixture
def plan_with_deadline():
    """The consultation ends on a Tuesday; its lead, and others who are not told."""
    plan = ready_plan()
    hearing = plan.cycles.get().milestones.get()
    hearing.when = TimeSpan.between(dt.date(2027, 3, 1), dt.date(2027, 3, 9))
    hearing.save()
    write_on(plan)
    return plan, lead(plan), secretary("sek"), member()


def mornings(clocks, number=12):
    """The days on which somebody was told, and to whom."""
    found = []
    for days in range(number):
        clocks.move_to(TUESDAY + days * DAY)
        found += [((TUESDAY + days * DAY).date(), mail) for mail in told()]
    return found


def test_three_working_days_before_it_those_who_lead_are_told_once(clocks, plan_with_deadline):
    anna = plan_with_deadline[1]
    ((day, mail),) = mornings(clocks)
    assert day == dt.date(2027, 3, 4)  # Thursday; Friday, Monday, Tuesday
    assert mail.to == [anna.email] and "En frist nærmer sig: 9. marts 2027" in mail.body
    assert "Strategi for naboskab" in mail.body and CANARY not in mail.body
    assert "/milepaele/" in mail.body


@pytest.mark.parametrize("change", ["done", "moved", "no lead", "retired"])
def test_a_deadline_that_is_none_any_more_is_told_to_nobody(clocks, plan_with_deadline, change):
    plan = plan_with_deadline[0]
    hearing = plan.cycles.get().milestones.get()
    clocks.move_to(TUESDAY.replace(day=4))
    telling.find(TUESDAY.replace(day=4))
    assert Notice.objects.count() == 1
    if change == "done":
        hearing.state = "met"
    elif change == "moved":
        hearing.when = TimeSpan.day(dt.date(2027, 5, 4))
    elif change == "no lead":
        PlanLead.objects.update(ends=dt.date(2027, 3, 3))
    else:
        Plan.objects.update(retired_at=MONDAY, retired_because="Fejl")
    hearing.save()
    assert told() == []


def test_a_deadline_that_moves_is_told_anew(clocks, plan_with_deadline):
    plan = plan_with_deadline[0]
    clocks.move_to(TUESDAY.replace(day=4))
    assert len(told()) == 1
    hearing = plan.cycles.get().milestones.get()
    hearing.when = TimeSpan.day(dt.date(2027, 3, 10))
    hearing.save()
    clocks.move_to(TUESDAY.replace(day=5))
    assert "10. marts 2027" in told()[0].body


def test_three_days_before_easter_are_counted_over_it(clocks, plan_with_deadline):
    plan = plan_with_deadline[0]
    hearing = plan.cycles.get().milestones.get()
    hearing.when = TimeSpan.day(dt.date(2027, 3, 31))  # the Wednesday after
    hearing.save()
    ((day, _mail),) = mornings(clocks, 30)
    assert day == dt.date(2027, 3, 23)  # 24, 30 and 31 are left
