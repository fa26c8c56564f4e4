"""The room *Pligter*: written, due, fulfilled, skipped; by HTTP."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from kommuneplan.timespan.danish import read
from plans.duties.standing import duties_of
from plans.models import Duty, DutyFulfilment, Milestone
from plans.models.duties import DutyRule
from tests.factories import a_plan, lead, secretary
from tests.plans.statuses import area, closed, in_force, opened, say

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
DAY = NOW.date()
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]

YEARLY = {
    "seen": "0", "kind": "yearly_report", "title": "Årlig statusrapport", "rule": "yearly",
    "month": "3", "day": "31", "recipients": "Socialudvalget", "unit": "Voksenkontoret",
    "notice_days": "60", "begins": "2026-11-22",
}  # fmt: skip


@pytest.fixture
def plan(db):
    return in_force()


@pytest.fixture
def work(client, plan):
    client.force_login(secretary())
    return client


def to(name, plan, **more):
    return reverse(f"plans:{name}", kwargs={"slug": plan.slug, **more})


def added(work, plan, **more) -> Duty:
    answer = work.post(to("duty-add", plan), {**YEARLY, **more})
    assert answer.status_code == 302, answer.content.decode()
    return Duty.objects.get(plan=plan, title=more.get("title", YEARLY["title"]))


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_duty_is_written_and_told_with_what_is_due_next(work, plan):
    added(work, plan)
    page = text_of(work.get(to("duties", plan)))
    assert "Årlig statusrapport" in page
    assert "Hvert år senest 31. marts" in page
    assert "Næste gang: senest 31. marts 2027" in page
    assert "Socialudvalget · Voksenkontoret" in page


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"rule": "after_adoption"}, "months"),
        ({"month": "", "day": "31"}, "month"),
        ({"rule": "once"}, "when"),
        ({"title": ""}, "title"),
        ({"begins": "2027-01-01", "ends": "2026-01-01"}, "ends"),
        ({"day": "32"}, "day"),
        ({"notice_days": "x"}, "notice_days"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(work, plan, sent, field):
    answer = work.post(to("duty-add", plan), {**YEARLY, **sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="#div_id_{field}"' in page or f'href="#id_{field}' in page
    assert "Voksenkontoret" in page
    assert not Duty.objects.exists()


def test_fulfilled_it_says_by_what_and_the_next_is_due(work, plan):
    duty = added(work, plan)
    work.post(
        to("duty-fulfil", plan, uid=duty.uid),
        {"occurrence": "2027", "done_on": "2026-11-20", "words": "Rapport til ministeriet"},
    )
    (now,) = duties_of(plan, on=DAY)
    assert now.turn.key == "2028"
    page = text_of(work.get(to("duties", plan)))
    assert "Rapport til ministeriet" in page and "20. november 2026" in page


def test_what_somebody_recorded_meanwhile_is_recorded_once(work, plan):
    duty = added(work, plan)
    sent = {"occurrence": "2027", "done_on": "2026-11-20", "words": "Rapport"}
    for _again in range(2):
        answer = work.post(to("duty-fulfil", plan, uid=duty.uid), sent, follow=True)
    assert "registreret det i mellemtiden" in answer.content.decode()
    assert DutyFulfilment.objects.count() == 1


def test_taken_back_it_is_due_again_and_twice_is_as_once(work, plan):
    duty = added(work, plan)
    sent = {"occurrence": "2027", "done_on": "2026-11-20", "words": "Rapport"}
    work.post(to("duty-fulfil", plan, uid=duty.uid), sent)
    row = DutyFulfilment.objects.get()
    for _again in range(2):
        assert work.post(to("duty-undo", plan, uid=row.uid)).status_code == 302
    assert duties_of(plan, on=DAY)[0].turn.key == "2027"


def test_a_turn_is_skipped_with_a_reason_and_by_the_secretary_alone(client, work, plan):
    duty = added(work, plan)
    address = to("duty-skip", plan, uid=duty.uid)
    assert work.post(address, {"occurrence": "2027", "reason": ""}).status_code == 422
    work.post(address, {"occurrence": "2027", "reason": "Planen er lige vedtaget"})
    page = text_of(work.get(to("duties", plan)))
    assert "Sprunget over" in page and "Planen er lige vedtaget" in page
    client.force_login(lead(plan))
    assert client.post(address, {"occurrence": "2028", "reason": "x"}).status_code == 403


@pytest.mark.parametrize(("hour", "is_late"), [((3, 31, 20), False), ((4, 1, 9), True)])
def test_it_is_late_only_after_its_latest_day(client, plan, time_machine, hour, is_late):
    Duty.objects.create(
        plan=plan, kind="own", title="Rapport", rule="yearly", month=3, day=31,
        begins=dt.date(2027, 1, 1),
    )  # fmt: skip
    time_machine.move_to(dt.datetime(2027, *hour, tzinfo=dt.UTC))
    client.force_login(secretary())
    page = text_of(client.get(to("duties", plan)))
    assert ("Overskredet" in page) is is_late


def test_what_a_milestone_is_due_moves_with_it(work, plan):
    step = Milestone(cycle=plan.cycles.get(), title="Evaluering", kind="evaluation")
    step.when = read("ultimo 2027").span
    step.save()
    sent = {"kind": "evaluation", "title": "Evaluering", "rule": "once", "milestone": step.uid}
    duty = added(work, plan, **sent)
    assert duty.when is None
    assert duties_of(plan, on=DAY)[0].due_words.startswith("ultimo 2027")
    step.when = read("maj 2028").span
    step.save()
    assert duties_of(plan, on=DAY)[0].due_words == "maj 2028"


def test_a_closed_yearly_status_offers_to_fulfil_it(work, plan):
    area(plan)
    status = opened(plan)
    say(status.entries.get())
    closed(status)
    duty = added(work, plan, kind="revision", title="Årlig revision", month="", day="")
    page = text_of(work.get(to("status", plan, year=status.year)))
    offered = f"{to('duty-fulfil', plan, uid=duty.uid)}?status={status.uid}"
    assert offered in page
    form = text_of(work.get(offered))
    assert f'value="{status.uid}" selected' in form
    occurrence = duties_of(plan, on=DAY)[0].turn.key
    sent = {"occurrence": occurrence, "done_on": "2026-11-22", "status": status.uid}
    work.post(to("duty-fulfil", plan, uid=duty.uid), sent)
    assert DutyFulfilment.objects.get().status == status
    assert offered not in text_of(work.get(to("status", plan, year=status.year)))


def test_a_colleague_who_was_first_is_shown_beside_what_i_wrote(work, plan):
    duty = added(work, plan)
    Duty.objects.get(pk=duty.pk).save()
    sent = {**YEARLY, "seen": str(duty.version), "title": "Mit navn"}
    answer = work.post(to("duty", plan, uid=duty.uid), sent)
    assert answer.status_code == 409
    assert "Mit navn" in answer.content.decode()
    duty.refresh_from_db()
    assert duty.title == "Årlig statusrapport"


def test_a_duty_of_a_plan_that_is_not_adopted_waits_for_the_adoption(client):
    plan = a_plan()
    client.force_login(secretary())
    duty = Duty.objects.create(plan=plan, kind="own", title="Rapport", rule=DutyRule.YEARLY)
    assert duties_of(plan, on=DAY)[0].turn is None
    page = text_of(client.get(to("duties", plan)))
    assert "vedtagelse" in page and duty.title in page


def test_the_form_of_a_plan_in_force_begins_today_so_that_nothing_is_late_at_once(work, plan):
    page = text_of(work.get(to("duty-add", plan)))
    assert 'name="begins" value="2026-11-22"' in page


def test_another_plans_duty_is_not_found(work, plan):
    other = a_plan("Anden plan")
    duty = Duty.objects.create(plan=other, kind="own", title="Rapport", rule=DutyRule.YEARLY)
    for name in ("duty", "duty-fulfil", "duty-skip", "duty-retire"):
        assert work.get(to(name, plan, uid=duty.uid)).status_code == 404


def test_taken_out_with_a_reason_and_put_back(work, plan):
    duty = added(work, plan)
    sent = {"seen": str(duty.version), "reason": "Skrevet to gange"}
    work.post(to("duty-retire", plan, uid=duty.uid), sent)
    assert duties_of(plan, on=DAY) == []
    assert "Skrevet to gange" in text_of(work.get(to("duties", plan)))
    work.post(to("duty-restore", plan, uid=duty.uid))
    assert len(duties_of(plan, on=DAY)) == 1
