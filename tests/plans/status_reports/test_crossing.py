"""What other wings say stands in a report, and a report settles what it was asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from kommuneplan.timespan.span import TimeSpan
from plans.enums import ActivityState, RequestState
from plans.models import (
    BudgetStep,
    CommitteeRequest,
    Duty,
    Indicator,
    Initiative,
    InitiativeActivity,
    Measurement,
    PlanIndicator,
    RequestAnswer,
)
from plans.status_reports.actions import recipients, reports
from plans.status_reports.facts import gather
from plans.status_reports.first_text import lines_of
from tests.factories import secretary
from tests.plans.status_reports.household import begun
from tests.plans.statuses import in_force

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]
DAY = dt.date(2026, 6, 1)


@pytest.fixture
def plan(db):
    return in_force()


@pytest.fixture
def work(client, plan):
    client.force_login(secretary())
    return client


def words(report) -> str:
    return " ".join(line.words for line in lines_of(gather(report)))


def activity(initiative, title, **facts):
    row = InitiativeActivity(initiative=initiative, title=title, **facts)
    row.when = TimeSpan.day(DAY)
    row.save()
    return row


def test_a_report_on_an_initiative_is_begun_from_its_activities_alone(plan):
    one = Initiative.objects.create(plan=plan, title="Naboværter")
    other = Initiative.objects.create(plan=plan, title="Haver")
    done = {"state": ActivityState.DONE, "done_on": DAY}
    activity(one, "Første møde", **done)
    activity(other, "Frø", **done)
    report = reports.plan_report(plan=plan, values={"title": "S", "initiative": one}, by=None)
    assert "Første møde: gennemført, 1. juni 2026." in words(report)
    assert "Frø" not in words(report)
    whole = reports.plan_report(plan=plan, values={"title": "S"}, by=None)
    assert "Første møde" in words(whole) and "Frø" in words(whole)


def test_money_measurements_and_answers_are_told(plan):
    step = BudgetStep(plan=plan, title="Bænke", state="agreed", amount=4_000_000)
    step.when = TimeSpan.day(DAY)
    step.save()
    indicator = Indicator.objects.create(home=plan, name="Naboer, der mødes", unit="%")
    PlanIndicator.objects.create(plan=plan, indicator=indicator)
    value = Measurement(indicator=indicator, value=42)
    value.when = TimeSpan.day(DAY)
    value.save()
    asked = CommitteeRequest.objects.create(body=plan.body, plan=plan, title="Et notat")
    RequestAnswer.objects.create(request=asked, answered_on=DAY, document="Notat 1")
    told = words(begun(plan))
    assert "Bænke (4.000.000 kr.): aftalt 1. juni 2026." in told.replace("\xa0", " ")
    assert "Naboer, der mødes var 42 %" in told.replace("\xa0", " ")
    assert "Socialudvalget bad om “Et notat”; det er besvaret 1. juni 2026." in told


def test_what_it_settles_is_written_down_where_a_person_says_so(work, plan):
    asked = CommitteeRequest.objects.create(body=plan.body, plan=plan, title="En status")
    other = CommitteeRequest.objects.create(body=plan.body, plan=plan, title="Et andet")
    duty = Duty.objects.create(plan=plan, kind="yearly_report", title="Årsrapport", rule="yearly")
    report = begun(plan)
    chosen = {"answers": [asked.uid, other.uid], "fulfils": [duty.uid]}
    work.post(
        reverse("plans:report-head", args=[plan.slug, report.uid]),
        {"title": "Status", "seen": report.version, **chosen},
    )
    report.refresh_from_db()
    page = work.get(reverse("plans:report", args=[plan.slug, report.uid])).content.decode()
    assert "En status" in page and "Årsrapport" in page
    to = [str(one.uid) for one in report.recipients.all()]
    work.post(
        reverse("plans:report-send", args=[plan.slug, report.uid]),
        {"seen": report.version, "to": to, "on": "2026-11-20",
         "settles": [str(asked.uid), str(duty.uid)]},
    )  # fmt: skip
    assert asked.state_on(DAY) == RequestState.ANSWERED
    assert other.state_on(DAY) == RequestState.OPEN  # a promise never closes by itself
    assert duty.fulfilments.get().done_on == dt.date(2026, 11, 20)
    for address in (
        reverse("plans:request", args=[asked.uid]),
        reverse("plans:duty", args=[plan.slug, duty.uid]),
    ):
        assert "Fortalt i:" in work.get(address).content.decode(), address


def test_the_desk_tells_of_what_is_begun_and_of_what_is_due(work, plan):
    report = begun(plan, title="Halvårsstatus")
    values = {"kind": "ministry", "name": "Ministeriet", "when": TimeSpan.day(dt.date(2026, 11, 1))}
    recipients.add_recipient(report=report, values=values, by=None)
    page = work.get(reverse("plans:desk")).content.decode()
    assert "Skriv statusrapporten “Halvårsstatus” færdig" in page
    assert "For sent: send statusrapporten “Halvårsstatus”" in page
