"""Forty initiatives of eight activities each: how many questions their pages ask."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommuneplan.timespan.span import TimeSpan
from plans.models import Initiative, InitiativeActivity, InitiativeFunding, InitiativePhase
from tests.factories import secretary
from tests.plans.published import publication_of
from tests.plans.statuses import in_force

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.no_cover]


@pytest.fixture
def plan(db):
    plan = in_force()
    for number in range(40):
        row = Initiative.objects.create(
            plan=plan, title=f"Initiativ {number}", is_public=True, position=number
        )
        phase = InitiativePhase.objects.create(initiative=row, title="Analyse", is_current=True)
        InitiativeFunding.objects.create(initiative=row, source="Puljen", amount=1000)
        for place in range(8):
            activity = InitiativeActivity(initiative=row, title=f"Trin {place}", phase=phase)
            activity.when = TimeSpan.day(dt.date(2027, 1 + place, 5))
            activity.save()
    publication_of(plan, visible_from=NOW - dt.timedelta(days=300))
    return plan


WORK = ["initiativer/", "initiativer/{uid}/", "initiativer/{uid}/ret/"]
PUBLIC = ["initiativer/", "initiativer/{uid}/"]


@pytest.mark.parametrize(
    ("base", "below"),
    [("/arbejde/planer", one) for one in WORK] + [("/planer", one) for one in PUBLIC],
)
def test_a_page_asks_at_most_this_much(client, plan, base, below):
    if base.startswith("/arbejde"):
        client.force_login(secretary())
    address = f"{base}/{plan.slug}/{below}".format(uid=plan.initiatives.first().uid)
    client.get(address)  # how much is not published is counted once after a change
    if base == "/planer":
        cache.clear()
    begun = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    took = round((time.process_time() - begun) * 1000)
    print(address, len(asked), "questions,", took, "ms")
    assert len(asked) <= 20, [one["sql"][:90] for one in asked]
