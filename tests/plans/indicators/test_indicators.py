"""Indicators at the door: added, measured, corrected, reused, and where they stand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.html import strip_tags

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Membership, User
from plans.models import FocusArea, Indicator, Measurement, Plan, PlanIndicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Body:
    return Body.objects.create(name="Socialudvalget", kind="committee")


@pytest.fixture
def plan(body: Body) -> Plan:
    return Plan.objects.create(title="Strategi for haver", body=body)


@pytest.fixture
def secretary(body: Body, client) -> User:
    user = User.objects.create_user("s@example.org", "x", name="Sekretæren")
    Membership.objects.create(user=user, role=Role.SECRETARY, body=body)
    client.force_login(user)
    return user


def room(plan: Plan, below: str = "") -> str:
    return f"/arbejde/planer/{plan.slug}/indikatorer/{below}"


def said(answer) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


ABOUT = {"seen": "0", "name": "Borgere i egen bolig", "unit": "borgere", "decimals": "0",
         "direction": "up", "interval": "yearly"}  # fmt: skip


def add(client, plan: Plan, **facts: str) -> PlanIndicator:
    answer = client.post(room(plan, "ny/"), {**ABOUT, **facts})
    assert answer.status_code == 302, said(answer)
    return PlanIndicator.objects.latest("pk")


def measure(client, use: PlanIndicator, when: str, value: str, **more: str):
    address = room(use.plan, f"{use.uid}/")
    return client.post(address, {"seen": "0", "when": when, "value": value, **more})


def targets(client, use: PlanIndicator, *rows: tuple[str, str], upper: list[str] | None = None):
    use.refresh_from_db()
    data = {"seen": str(use.version), "aar": [year for year, _v in rows],
            "vaerdi": [value for _y, value in rows], "hoejst": upper or []}  # fmt: skip
    return client.post(room(use.plan, f"{use.uid}/maal/"), data)


@pytest.fixture
def use(secretary, plan, client) -> PlanIndicator:
    return add(client, plan)


@pytest.fixture(autouse=True)
def in_summer(time_machine=None):
    import time_machine as machine

    with machine.travel("2026-06-01 10:00:00+02:00", tick=False):
        yield


def test_an_empty_room_offers_the_first_step(secretary, plan, client):
    assert "Der er ingen indikatorer endnu" in said(client.get(room(plan)))


def test_an_indicator_is_added_with_what_is_the_plans_own(secretary, plan, client):
    area = FocusArea.objects.create(plan=plan, title="Bolig")
    use = add(client, plan, focus_area=str(area.uid), rank="2", is_public="on")
    assert (use.focus_area, use.rank, use.is_public) == (area, 2, True)
    page = said(client.get(room(plan)))
    assert "Borgere i egen bolig" in page and "Bolig" in page and "Nr. 2" in page


def test_a_measurement_is_entered_in_danish_and_shown(use, client):
    assert measure(client, use, "2024", "1.234").status_code == 302
    page = said(client.get(room(use.plan, f"{use.uid}/")))
    assert "1.234 borgere" in page.replace("\xa0", " ") and "2024" in page
    row = Measurement.objects.get()
    assert row.value == Decimal(1234) and row.entered_by.name == "Sekretæren"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("3½", "komma"),
        ("1.5", "komma før decimalerne"),
        ("ca. 12", "tallet alene"),
        ("12,5", "helt tal"),
        ("12 %", "Enheden er ikke procent"),
        ("", "værdi"),
    ],
)
def test_what_is_no_number_is_refused_and_kept(use, client, typed, told):
    answer = measure(client, use, "2024", typed)
    assert answer.status_code == 422 and told in said(answer)
    assert not typed or f'value="{typed}"' in answer.content.decode()
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("when", ["2027", "senest 2024", "løbende", "31. februar 2024"])
def test_a_period_that_cannot_have_been_measured_is_refused(use, client, when):
    assert measure(client, use, when, "1").status_code == 422
    assert not Measurement.objects.exists()


def test_a_period_has_one_value_that_is_corrected_and_the_old_one_is_kept(use, client):
    measure(client, use, "2024", "1200")
    again = measure(client, use, "2024", "1300")
    assert again.status_code == 422 and "har allerede en værdi" in said(again)
    row = Measurement.objects.get()
    address = room(use.plan, f"{use.uid}/maalinger/{row.uid}/")
    told = {"seen": str(row.version), "when": "2024", "value": "1.300"}
    assert client.post(address, told).status_code == 302
    assert "1.200 borgere" in said(client.get(address)).replace("\xa0", " ")
    assert client.post(address, told).status_code == 409
    row.refresh_from_db()
    assert row.value == 1300


def test_a_measurement_that_was_none_is_taken_away_and_stands_in_the_history(use, client):
    measure(client, use, "2024", "1200")
    row = Measurement.objects.get()
    client.post(room(use.plan, f"{use.uid}/maalinger/{row.uid}/slet/"), {"seen": row.version})
    assert not Measurement.objects.exists()
    assert Measurement.history.filter(history_type="-").exists()


def test_where_it_stands_follows_from_baseline_target_and_the_newest_value(use, client):
    def stands() -> str:
        return said(client.get(room(use.plan)))

    assert "Intet mål" in stands()
    assert targets(client, use, ("2028", "1500")).status_code == 302
    assert "Ikke målt" in stands()
    measure(client, use, "2024", "1100", is_baseline="on")
    measure(client, use, "2025", "1200")
    assert "På vej" in stands()
    row = Measurement.objects.get(value=1200)
    address = room(use.plan, f"{use.uid}/maalinger/{row.uid}/")
    told = {"seen": str(row.version), "when": "2025", "value": "1.199"}
    client.post(address, told)
    assert "Bagud" in stands()


def test_a_person_says_otherwise_with_a_reason_and_it_is_told_as_such(use, client):
    targets(client, use, ("2028", "1500"))
    measure(client, use, "2025", "1600")
    address = room(use.plan, f"{use.uid}/status/")
    use.refresh_from_db()
    told = {"seen": str(use.version), "standing": "behind", "reason": ""}
    assert client.post(address, told).status_code == 422
    assert client.post(address, {**told, "reason": "Tælles anderledes nu."}).status_code == 302
    page = said(client.get(room(use.plan, f"{use.uid}/")))
    assert "Sat manuelt af Sekretæren" in page and "Tælles anderledes nu." in page
    assert "Reglen siger: På vej" in page


def test_targets_are_typed_at_once_and_what_is_wrong_is_told(use, client):
    wrong = targets(client, use, ("28", "1500"), ("2027", "meget"))
    page = said(wrong)
    assert wrong.status_code == 422 and "fire cifre" in page and "er ikke et tal" in page
    assert 'value="meget"' in wrong.content.decode()
    targets(client, use, ("2027", "1400"), ("", "1500"))
    assert list(use.targets.values_list("year", "value")) == [(2027, 1400), (None, 1500)]
    assert "Et mål har intet årstal" in said(client.get(room(use.plan)))
    targets(client, use, ("2027", ""), ("2030", "1500"))
    assert use.targets.count() == 2  # a year without a value is no target yet


def test_an_indicator_of_another_plan_is_used_with_targets_of_its_own(use, client, body):
    other = Plan.objects.create(title="Plan for gårde", body=body)
    assert "Borgere i egen bolig" in said(client.get(room(other, "genbrug/")))
    client.post(room(other, "genbrug/"), {"indikator": str(use.indicator.uid)})
    theirs = other.indicators.get()
    assert theirs.indicator == use.indicator and not theirs.is_public
    targets(client, theirs, ("2030", "9"))
    assert not use.targets.exists()
    assert "Hører til Strategi for haver" in said(client.get(room(other)))


def test_what_another_body_works_on_is_neither_found_nor_measured(use, client, body):
    foreign = Body.objects.create(name="Teknik", kind="committee")
    stranger = User.objects.create_user("t@example.org", "x", name="T")
    Membership.objects.create(user=stranger, role=Role.SECRETARY, body=foreign)
    theirs = Plan.objects.create(title="Veje", body=foreign)
    client.force_login(stranger)
    assert client.get(room(use.plan)).status_code == 404
    assert client.get(room(theirs, f"{use.uid}/")).status_code == 404
    assert "Borgere i egen bolig" not in said(client.get(room(theirs, "genbrug/")))
    told = {"indikator": str(use.indicator.uid)}
    assert client.post(room(theirs, "genbrug/"), told).status_code == 404


def test_it_is_taken_out_and_put_back_with_its_numbers(use, client):
    measure(client, use, "2025", "7")
    client.post(room(use.plan, f"{use.uid}/tag-ud/"))
    assert client.get(room(use.plan, f"{use.uid}/")).status_code == 404
    client.post(room(use.plan, f"{use.uid}/saet-ind/"))
    assert "7 borgere" in said(client.get(room(use.plan))).replace("\xa0", " ")


def test_a_missing_year_is_a_gap_in_the_chart_and_a_row_of_the_table(use, client):
    for year in ("2022", "2023", "2025"):
        measure(client, use, year, "5")
    page = client.get(room(use.plan, f"{use.uid}/")).content.decode()
    assert page.count('class="ic-line"') == 1 and page.count("ic-gap") == 2  # one is in the key
    assert "2024" in page and "ikke målt" in page
    assert "Ikke målt: 2024" in said(client.get(room(use.plan)))


def test_decimals_are_never_taken_from_values_that_have_them(secretary, plan, client):
    use = add(client, plan, decimals="1", unit="%")
    measure(client, use, "2025", "12,5 %")
    address = room(plan, f"{use.uid}/ret/")
    answer = client.post(address, {**ABOUT, "unit": "%", "seen": str(use.indicator.version)})
    assert answer.status_code == 422 and "flere decimaler" in said(answer)
    assert Indicator.objects.get().decimals == 1


def test_within_limits_has_two_ends(secretary, plan, client):
    use = add(client, plan, direction="within")
    assert targets(client, use, ("2026", "10"), upper=[""]).status_code == 422
    assert targets(client, use, ("2026", "10"), upper=["20"]).status_code == 302
    measure(client, use, "2025", "15")
    assert "På vej" in said(client.get(room(plan)))
    measure(client, use, str(dt.date(2026, 5, 1)), "21")


def test_a_year_that_was_not_measured_stands_in_its_place_in_the_table(use, client):
    for year in ("2022", "2023", "2025"):
        measure(client, use, year, "5")
    page = client.get(room(use.plan, f"{use.uid}/")).content.decode()
    table = page[page.index("<tbody>") :]
    places = [table.index(year) for year in ("2025", "2024", "2023", "2022")]
    assert places == sorted(places)
