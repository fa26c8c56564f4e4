"""What is given out of plans as tables: what the public pages tell, and nothing else."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine

from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import CycleState, MilestoneKind
from plans.models import Milestone
from plans.versions.actions.publishing import withdraw
from tests.plans.published import publication_of, published_plan

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
CANARY = "Kanariefugl"
TABLES = ("procesplan", "nye-datoer", "beslutninger")
MAY = TimeSpan.within(dt.date(2027, 5, 11), dt.date(2027, 5, 20), Precision.PART_OF_MONTH)
MILESTONES = (
    ("Behandling", MilestoneKind.MEETING, TimeSpan.day(dt.date(2027, 1, 6))),
    ("=Vedtagelse", MilestoneKind.ADOPTION, MAY),
    ("Frist", MilestoneKind.DEADLINE, TimeSpan.by(dt.date(2027, 6, 1))),
)


@pytest.fixture(autouse=True)
def now():
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def told(client, address: str) -> dict:
    answer = client.get(address)
    assert answer.status_code == 200
    return json.loads(answer.content)


def a_plan(**fields):
    return published_plan("Socialstrategi", milestones=MILESTONES, **fields)


def test_dates_are_told_as_precisely_as_they_were_written(client) -> None:
    plan = a_plan()
    rows = told(client, f"/planer/{plan.slug}/procesplan.json")["raekker"]
    by_title = {row["emne"]: row for row in rows}
    may = by_title["=Vedtagelse"]
    assert (may["begynder_tidligst"], may["slutter_senest"]) == ("2027-05-11", "2027-05-20")
    assert (may["praecision"], may["praecision_kode"]) == ("del af en måned", "part-of-month")
    deadline = by_title["Frist"]
    assert deadline["begynder_tidligst"] is None
    assert deadline["slutter_senest"] == "2027-06-01"
    assert deadline["forbehold_kode"] == Modifier.BY
    assert by_title["Behandling"]["slags"] == "Møde"
    assert {row["id"] for row in rows} == {
        str(uid) for uid in Milestone.objects.values_list("uid", flat=True)
    }


def test_the_csv_holds_the_same_and_no_formula(client) -> None:
    plan = a_plan()
    answer = client.get(f"/planer/{plan.slug}/procesplan.csv")
    text = answer.content.decode("utf-8-sig")
    rows = told(client, f"/planer/{plan.slug}/procesplan.json")["raekker"]
    assert text.splitlines()[0] == ";".join(rows[0])
    assert len(text.splitlines()) == 1 + len(rows)
    assert ";'=Vedtagelse;" in text
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]


def test_every_table_tells_where_it_comes_from(client) -> None:
    plan = a_plan()
    seal = plan.publications.get().version.digest
    for table in TABLES:
        data = told(client, f"/planer/{plan.slug}/{table}.json")
        assert data["kilde"]["segl"] == seal
        assert data["kilde"]["version"] == 1
        assert data["kilde"]["udgiver"] == "Prøve Kommune"
        assert data["kilde"]["side"].endswith(f"/planer/{plan.slug}/")
        assert data["licens"]["navn"].endswith("(CC BY 4.0)")
        beside = told(client, f"/planer/{plan.slug}/{table}.csv-metadata.json")
        assert beside["dc:identifier"] == seal


def test_the_licence_is_the_municipalitys(client) -> None:
    plan = a_plan()
    address = f"/planer/{plan.slug}/procesplan.json"
    before = client.get(address)["ETag"]
    Municipality.current().save()
    house = Municipality.current()
    house.data_licence = "cc0-1.0"
    house.save()
    assert told(client, address)["licens"]["navn"].endswith("CC0 1.0")
    assert client.get(address)["ETag"] != before


def test_it_is_revalidated_and_open_to_every_site(client) -> None:
    plan = a_plan()
    for address in ("/planer", *(f"/planer/{plan.slug}/{table}" for table in TABLES)):
        for form in ("json", "csv", "csv-metadata.json"):
            answer = client.get(f"{address}.{form}")
            assert answer["Access-Control-Allow-Origin"] == "*"
            assert answer["Vary"] == "Accept-Encoding"
            assert not answer.cookies
            again = client.get(f"{address}.{form}", HTTP_IF_NONE_MATCH=answer["ETag"])
            assert (again.status_code, again.content) == (304, b"")
            assert again["Access-Control-Allow-Origin"] == "*"
            head = client.head(f"{address}.{form}")
            assert (head.status_code, head["ETag"]) == (200, answer["ETag"])


def test_a_change_is_told_by_the_next_request(client) -> None:
    plan = a_plan()
    address = f"/planer/{plan.slug}/procesplan.json"
    before = client.get(address)["ETag"]
    Milestone.objects.filter(title="Behandling").update(title="Ny titel")
    publication_of(plan, visible_from=NOW)
    answer = client.get(address, HTTP_IF_NONE_MATCH=before)
    assert "Ny titel" in answer.content.decode()
    assert told(client, address)["kilde"]["version"] == 2


def test_what_is_scheduled_or_live_is_not_told(client, now) -> None:
    plan = a_plan()
    Milestone.objects.filter(title="Behandling").update(title=CANARY)
    publication_of(plan, visible_from=NOW + DAY)
    addresses = ["/planer.json", *(f"/planer/{plan.slug}/{table}.json" for table in TABLES)]
    assert not any(CANARY in client.get(one).content.decode() for one in addresses)
    now.shift(2 * DAY)
    assert CANARY in client.get(addresses[1]).content.decode()


def test_what_was_withdrawn_is_gone_with_the_reason(client) -> None:
    plan = a_plan()
    withdraw(publication=plan.publications.get(), by=None, because="Forkert bilag")
    for table in TABLES:
        answer = client.get(f"/planer/{plan.slug}/{table}.json")
        assert answer.status_code == 410
        assert json.loads(answer.content)["begrundelse"] == "Forkert bilag"
        sheet = client.get(f"/planer/{plan.slug}/{table}.csv")
        assert (sheet.status_code, "Forkert bilag" in sheet.content.decode()) == (410, True)
    assert told(client, "/planer.json")["raekker"] == []


def test_an_earlier_address_leads_on(client) -> None:
    plan = a_plan()
    old, plan.slug = plan.slug, "ny-adresse"
    plan.save()
    answer = client.get(f"/planer/{old}/procesplan.csv")
    assert (answer.status_code, answer["Location"]) == (301, "/planer/ny-adresse/procesplan.csv")
    assert client.get("/planer/findes-ikke/procesplan.json").status_code == 404


def test_the_list_tells_every_published_plan(client) -> None:
    plan = a_plan(state=CycleState.ADOPTED)
    (row,) = told(client, "/planer.json")["raekker"]
    assert (row["titel"], row["tilstand"], row["version"]) == ("Socialstrategi", "Vedtaget", 1)
    assert row["side"].endswith(f"/planer/{plan.slug}/")
    assert row["id"] == str(plan.uid)


def test_the_pages_lead_to_the_tables(client) -> None:
    plan = a_plan()
    page = client.get(f"/planer/{plan.slug}/")
    for table in TABLES:
        assert f'/planer/{plan.slug}/{table}.json>; rel="alternate"' in page["Link"]
        assert f'href="/planer/{plan.slug}/{table}.csv"' in page.content.decode()
    assert '/planer.json>; rel="alternate"' in client.get("/planer/")["Link"]


@pytest.mark.parametrize("many", [1, 3])
def test_no_more_is_asked_for_more_plans(client, many, django_assert_max_num_queries) -> None:
    slugs = [published_plan(f"Plan {n}", milestones=MILESTONES * many).slug for n in range(many)]
    for address in ("/planer", *(f"/planer/{slugs[0]}/{table}" for table in TABLES)):
        with django_assert_max_num_queries(12):
            client.get(f"{address}.json")
    with django_assert_max_num_queries(12):
        client.get("/data/")
