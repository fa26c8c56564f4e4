"""A wheel of thirty plans with ten years behind them asks little, however much it tells."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan.timespan.span import Precision, TimeSpan
from plans.enums import Stage
from plans.models import Duty, DutyFulfilment, Milestone
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import secretary
from tests.plans.statuses import in_force

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_database]
PLANS, MILESTONES, YEARS = 30, 150, 10


@pytest.fixture
def much(db):
    for number in range(PLANS):
        plan = in_force(f"Plan {number}")
        cycle = plan.cycles.get()
        rows = []
        for place in range(MILESTONES):
            year, month = 2017 + place % YEARS, 1 + place % 12
            row = Milestone(cycle=cycle, title=f"Skridt {place}", is_public=True, position=place)
            first = dt.date(year, month, 1 + place % 28)
            row.when = (
                TimeSpan.within(first.replace(day=1), first.replace(day=28), Precision.MONTH)
                if place % 3 == 0
                else TimeSpan.day(first)
            )
            rows.append(row)
        Milestone.objects.bulk_create(rows)
        duty = Duty.objects.create(
            plan=plan, kind="own", title="Rapport", rule="yearly", is_public=True,
            begins=dt.date(2017, 1, 1),
        )  # fmt: skip
        DutyFulfilment.objects.bulk_create(
            DutyFulfilment(duty=duty, occurrence=str(year), done_on=dt.date(year, 5, 1))
            for year in range(2017, 2017 + YEARS)
        )
        publish(version=freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), by=None)


@pytest.mark.parametrize(("route", "most"), [("plans:year-wheel", 14), ("plans:work-wheel", 21)])
def test_a_year_of_all_plans_asks_little(much, client, route, most):
    client.force_login(secretary())
    address = reverse(route)
    client.get(address, {"aar": "2020"})  # what is composed once is composed
    for one in ("default", "searched"):
        caches[one].clear()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, {"aar": "2021"})
    assert answer.content.decode().count("Skridt") > 400
    assert len(asked) <= most, [one["sql"][:160] for one in asked]
