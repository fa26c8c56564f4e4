"""What duties and the end of a plan let wait: on the desk, and by mail."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from plans.duties.notices import find_duties
from plans.models import Duty, Plan
from tests.factories import a_plan, lead, secretary
from tests.plans.statuses import in_force

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
DAY = NOW.date()
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


@pytest.fixture
def plan(db):
    return in_force()


@pytest.fixture
def boss(db):
    return secretary()


@pytest.fixture
def work(client, boss):
    client.force_login(boss)
    return client


def duty(plan, day: dt.date, **more) -> Duty:
    facts = {"kind": "own", "title": "Rapport til ministeriet", "rule": "yearly"}
    return Duty.objects.create(
        plan=plan, month=day.month, day=day.day, begins=day, **{**facts, **more}
    )


def desk(client) -> str:
    return client.get(reverse("plans:desk")).content.decode()


@pytest.mark.parametrize(
    ("day", "stands"),
    [((2027, 1, 20), True), ((2027, 2, 20), False), ((2026, 11, 21), True)],
)
def test_a_duty_stands_on_the_desk_from_its_day_of_notice(work, plan, day, stands):
    duty(plan, dt.date(*day))
    assert ("Rapport til ministeriet" in desk(work)) is stands


def test_a_duty_of_a_plan_that_is_no_longer_in_force_reminds_nobody(work, plan):
    duty(plan, dt.date(2026, 12, 1))
    assert "Rapport til ministeriet" in desk(work)
    Plan.objects.filter(pk=plan.pk).update(expires_on=dt.date(2026, 10, 1))
    assert "Rapport til ministeriet" not in desk(work)


def test_whoever_sees_to_it_is_told_once_a_turn(plan, boss):
    row = duty(plan, dt.date(2026, 12, 20), person=boss)
    assert list(find_duties(DAY)) == [(boss.pk, row.uid, "2026")]


def test_without_anybody_those_who_lead_the_plan_are_told(plan, boss):
    row = duty(plan, dt.date(2026, 12, 20))
    leads = lead(plan)
    assert list(find_duties(DAY)) == [(leads.pk, row.uid, "2026")]


# --- the end of a plan ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        ({"expires_on": dt.date(2027, 5, 22)}, True),
        ({"expires_on": dt.date(2027, 5, 23)}, False),
        ({"expires_on": dt.date(2026, 11, 22)}, True),
        ({"expires_on": dt.date(2026, 11, 21)}, False),
        ({"last_year": 2026}, True),
        ({"last_year": 2027}, False),
        ({}, False),
    ],
)
def test_a_plan_about_to_end_stands_on_the_desk_half_a_year_before(work, plan, facts, stands):
    Plan.objects.filter(pk=plan.pk).update(**facts)
    assert ("skal den forlænges" in desk(work)) is stands


def test_a_plan_that_is_being_replaced_is_taken_care_of(work, plan):
    Plan.objects.filter(pk=plan.pk).update(expires_on=dt.date(2027, 1, 1))
    assert "skal den forlænges" in desk(work)
    new = a_plan("Den nye strategi")
    new.replaces.add(plan)
    assert "skal den forlænges" not in desk(work)
