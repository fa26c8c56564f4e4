"""What everybody reads of indicators: a page, and a table; fresh at once, and nothing internal."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kommuneplan.core.models import ReservedSlug
from plans.enums import Stage
from plans.indicators.frozen import digits
from plans.models import Measurement, Plan, PlanIndicator
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.plans.indicators.test_part import measured, publish_now, said, used
from tests.plans.published import published_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    plan = published_plan("Plan for haver")
    used(plan, "Ensomme borgere", is_public=True)
    used(plan, "Hemmelig kanariefugl")
    return plan


def test_the_page_is_there_once_something_is_published(plan, client):
    address = f"/planer/{plan.slug}/indikatorer/"
    assert client.get(address).status_code == 404
    publish_now(plan)
    page = client.get(address)
    assert "Ensomme borgere" in said(page) and "kanariefugl" not in said(page)
    assert client.head(address).status_code == 200
    assert address in client.get(f"/planer/{plan.slug}/").content.decode()


def test_a_change_is_told_at_once_when_it_is_published_and_not_before(plan, client):
    publish_now(plan)
    address = f"/planer/{plan.slug}/indikatorer/"
    client.get(address)
    measured(PlanIndicator.objects.get(is_public=True).indicator, 2025, "12.5")
    assert "12,5" not in said(client.get(address))
    publish_now(plan)
    assert "12,5 %" in said(client.get(address))


def test_an_address_of_before_leads_on(plan, client):
    publish_now(plan)
    ReservedSlug.objects.get_or_create(scope="plan", slug="haveplan", owner=plan.uid)
    answer = client.get("/planer/haveplan/indikatorer/")
    assert answer.status_code == 301
    assert answer["Location"] == f"/planer/{plan.slug}/indikatorer/"


def test_the_table_has_a_row_for_each_indicator_and_period(plan, client):
    Measurement.objects.filter(value="30").update(value="-30.25")
    publish_now(plan)
    answer = client.get(f"/planer/{plan.slug}/indikatorer.csv")
    text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["periode"], row["vaerdi"], row["maal"]) for row in rows] == [
        ("2022", "32,5", ""),
        ("2023", "", ""),
        ("2024", "-30,25", ""),
        ("2028", "", "25"),
    ]
    assert {row["indikator"] for row in rows} == {"Ensomme borgere"}
    told = json.loads(client.get(f"/planer/{plan.slug}/indikatorer.json").content)
    assert [row["vaerdi"] for row in told["raekker"]] == [32.5, None, -30.25, None]


def test_no_cell_is_a_formula(plan, client):
    use = PlanIndicator.objects.get(is_public=True)
    use.indicator.name = "=HYPERLINK(1)"
    use.indicator.save()
    publish_now(plan)
    text = client.get(f"/planer/{plan.slug}/indikatorer.csv").content.decode()
    assert ";=HYPERLINK" not in text and "HYPERLINK" in text


def test_what_is_taken_out_of_the_plan_is_in_no_later_version(plan):
    publish(version=freeze(plan=plan, stage=Stage.ADOPTED, by=None), by=None)
    PlanIndicator.objects.filter(is_public=True).delete()
    assert '"indicators"' not in freeze(plan=plan, stage=Stage.ADOPTED, by=None).content


def test_digits_are_the_same_whatever_the_column_gives():
    from decimal import Decimal

    assert digits(Decimal("1200.0000")) == digits(Decimal("1.2E+3")) == "1200"
    assert (digits(Decimal("0.0500")), digits(None)) == ("0.05", "")
