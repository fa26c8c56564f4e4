"""Two hundred indicators with ten years of values: how much is asked does not grow with them."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kommuneplan.core.models import User
from kommuneplan.timespan.span import TimeSpan
from plans.enums import Stage
from plans.models import Indicator, IndicatorTarget, Measurement, Plan, PlanIndicator
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import secretary
from tests.plans.statuses import area, in_force, opened
from tests.standing import standing

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,  # two thousand measurements, and every page with them
    pytest.mark.one_database,  # counts questions; what they find is asked on both elsewhere
]
MOST = 13  # questions of a page of indicators; of a page of others that shows them, five more
OTHERS = ("indsatsomraader/", "revision/", "planer/{slug}/")


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield build()


def build() -> Plan:
    secretary("ida")
    plan = in_force()
    areas = [area(plan, f"Område {number}") for number in range(6)]
    indicators = [
        Indicator(home=plan, name=f"Indikator {n}", sort_key=f"{n:03}", unit="borgere", decimals=1)
        for n in range(200)
    ]
    Indicator.objects.bulk_create(indicators)
    uses = [
        PlanIndicator(plan=plan, indicator=one, focus_area=areas[n % 6], position=n, is_public=True)
        for n, one in enumerate(indicators)
    ]
    PlanIndicator.objects.bulk_create(uses)
    IndicatorTarget.objects.bulk_create(IndicatorTarget(use=u, year=2030, value=500) for u in uses)
    rows = []
    for n, one in enumerate(indicators):
        for year in range(2016, 2026):
            if (n + year) % 20:
                row = Measurement(indicator=one, value=Decimal(n * 10 + year % 100) / 10)
                row.is_baseline = year == 2017
                row.when = TimeSpan.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
                rows.append(row)
    Measurement.objects.bulk_create(rows)
    publish(version=freeze(plan=plan, stage=Stage.ADOPTED, by=None), by=None)
    opened(plan)
    return plan


PAGES = (
    "arbejde/planer/{slug}/indikatorer/", "arbejde/planer/{slug}/indikatorer/{uid}/",
    "arbejde/planer/{slug}/indikatorer/{uid}/maal/", "arbejde/planer/{slug}/indikatorer/indsaet/",
    "arbejde/planer/{slug}/indikatorer/genbrug/", "arbejde/indikatorer/",
    "arbejde/indikatorer/?vis=forsinkede", "arbejde/planer/{slug}/indikatorer/tabel.csv",
    "arbejde/planer/{slug}/indsatsomraader/", "arbejde/planer/{slug}/indsatsomraader/status/2026/",
    "arbejde/planer/{slug}/revision/", "planer/{slug}/", "planer/{slug}/indikatorer/",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_no_more_for_two_hundred(many, db, page, record_property):
    client = Client()
    client.force_login(User.objects.get(email="ida@example.org"))
    address = "/" + page.format(slug=many.slug, uid=many.indicators.first().uid)
    client.get(address)
    if page.startswith("planer/"):  # else it is told from the bytes that are kept
        cache.clear()
    begin = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    took = f"{(time.process_time() - begin) * 1000:.0f} ms, {len(asked)} questions"
    record_property("took", took)  # told, never asserted: a test depends on no clock
    print(f"{address}: {took}")
    shown_elsewhere = page.endswith(OTHERS) or "/status/" in page
    assert len(asked) <= MOST + 5 * shown_elsewhere
