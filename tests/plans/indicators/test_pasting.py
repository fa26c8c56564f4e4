"""Measurements pasted from a spreadsheet, or in a CSV file: looked at, saved, and nothing lost."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from plans.indicators.measurable import measurable
from plans.indicators.pasted import KnownIndicator, column_name, read_pasted
from plans.models import Indicator, Measurement, PlanIndicator
from tests.plans.indicators.test_indicators import (
    add,
    body,
    in_summer,
    measure,
    plan,
    room,
    said,
    secretary,
    use,
)

pytestmark = pytest.mark.django_db

__all__ = ["body", "in_summer", "plan", "secretary", "use"]  # fixtures

KNOWN = [KnownIndicator(1, "Borgere i egen bolig", "borgere"), KnownIndicator(2, "Ro", "%", 1)]


@pytest.fixture
def two(use, plan, client) -> PlanIndicator:
    add(client, plan, name="Ro", unit="%", decimals="1")
    return use


WIDE = "Indikator\t2023\t2024\nBorgere i egen bolig\t1.100\t1.200*\nRo\t12,5 %\t\n"
LONG = "Ro;2024;12,5;Talt om\nBorgere i egen bolig;1. halvår 2024;7\n"


def look(client, plan, text: str, **more):
    return client.post(room(plan, "indsaet/"), {"text": text, "look": "1", **more})


def save(client, plan, page, text: str):
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page.content.decode())
    assert seen
    told = {"text": text, "save": "1", "seen": seen[1]}
    return client.post(room(plan, "indsaet/"), told)


def values() -> list[tuple[str, str, str, bool]]:
    rows = Measurement.objects.order_by("indicator__name", "sort_begin")
    return [
        (r.indicator.name, r.written, f"{r.value.normalize():f}", r.is_preliminary) for r in rows
    ]


def test_a_wide_table_is_shown_and_then_saved(two, plan, client):
    page = look(client, plan, WIDE)
    assert "Gem 3 målinger" in said(page) and not Measurement.objects.exists()
    assert save(client, plan, page, WIDE).status_code == 302
    assert values() == [
        ("Borgere i egen bolig", "2023", "1100", False),
        ("Borgere i egen bolig", "2024", "1200", True),
        ("Ro", "2023", "12.5", False),
    ]


def test_a_long_table_is_read_with_semicolons_and_without_a_head(two, plan, client):
    save(client, plan, look(client, plan, LONG), LONG)
    assert [row[:3] for row in values()] == [
        ("Borgere i egen bolig", "1. halvår 2024", "7"), ("Ro", "2024", "12.5"),
    ]  # fmt: skip
    assert Measurement.objects.get(indicator__name="Ro").note == "Talt om"


def test_what_is_wrong_is_told_by_row_and_column_and_the_rest_is_saved(two, plan, client):
    text = (
        "Indikator\t2023\t2024\t2031\n"
        "Borgere i egen bolig\t1,5\t1200\t7\n"
        "Ukendt\t1\t2\t\n"
        "Ro\t3½\t12,5\t\n"
    )
    page = look(client, plan, text)
    told = said(page)
    assert "Række 1, kolonne D: Perioden er ikke begyndt endnu." in told
    assert "Række 2, kolonne B: Skriv et helt tal" in told
    assert "Række 3, kolonne A: Planen har ingen indikator, der hedder “Ukendt”" in told
    assert "Række 4, kolonne B: Skriv brøken med komma" in told
    after = save(client, plan, page, text)
    assert after.status_code == 200 and "2 målinger er gemt" in said(after)
    assert "3½" in after.content.decode() and len(values()) == 2


def test_a_value_that_stands_is_corrected_and_the_old_one_kept(two, plan, client):
    measure(client, two, "2023", "900")
    page = look(client, plan, WIDE)
    assert "Rettet, var 900 borgere" in said(page).replace("\xa0", " ")
    save(client, plan, page, WIDE)
    row = Measurement.objects.get(indicator=two.indicator, written="2023")
    assert row.value == 1100 and row.history.count() == 2
    assert "3 værdier står der allerede" in said(look(client, plan, WIDE))


def test_what_was_shown_is_saved_once_and_nothing_else(two, plan, client):
    page = look(client, plan, WIDE)
    measure(client, two, "2023", "900")
    after = save(client, plan, page, WIDE)
    assert after.status_code == 422 and "ændret, siden du så på det" in said(after)
    assert len(values()) == 1 and "1.200*" in after.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tal.csv", "Ro;2024;12,5\n".encode("utf-8-sig")),
        ("tal.CSV", "Ro;2024;12,5;Ærlig talt\n".encode("cp1252")),
    ],
)
def test_a_csv_file_comes_into_the_box(two, plan, client, name, data):
    page = look(client, plan, "", file=SimpleUploadedFile(name, data, "text/csv"))
    assert page.status_code == 200 and "Gem 1 måling" in said(page)
    assert "Ro;2024;12,5" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [("tal.xlsm", b"PK\x03\x04"), ("tal.exe", b"MZ"), ("tal.csv", b""), ("tal.csv", b"a\x00b;1;2")],
)
def test_what_is_no_csv_file_is_refused_with_a_message(two, plan, client, name, data):
    page = look(client, plan, "", file=SimpleUploadedFile(name, data, "text/csv"))
    assert page.status_code == 422 and "form-error-message" in page.content.decode()


def test_an_indicator_of_another_plan_is_measured_there(use, plan, client, body):
    from kommuneplan.core.enums import Role
    from kommuneplan.core.models import Body, Membership, User
    from plans.models import Plan

    other = Body.objects.create(name="Teknik", kind="committee")
    theirs = Plan.objects.create(title="Veje", body=other)
    PlanIndicator.objects.create(plan=theirs, indicator=Indicator.objects.get())
    stranger = User.objects.create_user("t@example.org", "x", name="T")
    Membership.objects.create(user=stranger, role=Role.SECRETARY, body=other)
    client.force_login(stranger)
    page = look(client, theirs, "Borgere i egen bolig;2024;7")
    assert "hører til en anden plan" in said(page) and 'name="save"' not in page.content.decode()


def test_columns_are_named_as_a_spreadsheet_does():
    assert [column_name(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


CELL = st.text(max_size=12) | st.sampled_from(["2023", "2024", "Ro", "12,5", "1.200", "3½", "x*"])


@given(st.lists(st.lists(CELL, max_size=5), max_size=6), st.sampled_from(["\t", ";"]))
def test_no_paste_is_too_strange_and_every_cell_is_read_or_told(rows, between):
    text = "\n".join(between.join(row) for row in rows)
    with time_machine.travel("2026-06-01", tick=False):
        found = read_pasted(text, KNOWN, measurable)
    for fault in found.faults:
        assert fault.words and re.match(r"Række \d+, kolonne [A-Z]+$", fault.place)
    assert len({(one.key, one.days) for one in found.values}) == len(found.values)
