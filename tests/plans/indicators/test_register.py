"""The register over all plans, whoever measures, the reminder, and all of it as a table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import pytest
import time_machine

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Membership, Notice, User
from kommuneplan.core.notices.kinds import kinds, lines_for
from plans.enums import Interval
from plans.indicators.due import due_soon, late
from plans.indicators.periods import due_by, end_of_month, next_due
from plans.indicators.reminding import MEASUREMENT
from plans.models import Indicator, Measurement, Plan
from tests.plans.history.test_history_room import cells
from tests.plans.indicators.test_indicators import (
    add,
    body,
    in_summer,
    measure,
    plan,
    room,
    said,
    secretary,
    targets,
    use,
)

pytestmark = pytest.mark.django_db

__all__ = ["body", "in_summer", "plan", "secretary", "use"]  # fixtures


@pytest.fixture
def counter(body) -> User:
    """Somebody of the house who works with no plan."""
    user = User.objects.create_user("m@example.org", "x", name="Måleren")
    Membership.objects.create(user=user, role=Role.COUNCIL_SECRETARY, body=body)
    return user


def test_the_register_has_the_indicators_of_all_plans_and_finds_them(use, plan, client, body):
    other = Plan.objects.create(title="Plan for gårde", body=body)
    add(client, other, name="Æbler høstet")
    measure(client, use, "2025", "7")
    page = said(client.get("/arbejde/indikatorer/"))
    for words in ("Borgere i egen bolig", "Æbler høstet", "Plan for gårde", "7 borgere (2025)"):
        assert words in page.replace("\xa0", " ")
    found = said(client.get("/arbejde/indikatorer/?q=aebler"))
    assert "Æbler høstet" in found and "Borgere i egen bolig" not in found


def test_nobody_finds_what_another_body_works_on(use, client):
    foreign = Body.objects.create(name="Teknik", kind="committee")
    stranger = User.objects.create_user("t@example.org", "x", name="T")
    Membership.objects.create(user=stranger, role=Role.SECRETARY, body=foreign)
    client.force_login(stranger)
    assert "Borgere i egen bolig" not in said(client.get("/arbejde/indikatorer/"))
    csv_of_all = client.get("/arbejde/indikatorer/tabel.csv").content.decode()
    assert "Borgere i egen bolig" not in csv_of_all
    assert client.get(f"/arbejde/indikatorer/{use.indicator.uid}/").status_code == 404


def test_whoever_measures_enters_a_value_and_sees_no_plan(use, client, counter):
    Indicator.objects.filter(pk=use.indicator_id).update(owner=counter)
    client.force_login(counter)
    address = f"/arbejde/indikatorer/{use.indicator.uid}/"
    assert use.plan.title not in said(client.get(address))
    told = {"seen": "0", "when": "2025", "value": "1.234"}
    assert client.post(address, told).status_code == 302
    assert Measurement.objects.get().entered_by == counter
    assert client.get(room(use.plan, f"{use.uid}/")).status_code == 404


def owned(use, counter) -> None:
    Indicator.objects.filter(pk=use.indicator_id).update(owner=counter)


def test_who_measures_is_reminded_two_weeks_before_once_and_until_it_is_there(use, client, counter):
    owned(use, counter)
    measure(client, use, "2024", "7")
    find = kinds[MEASUREMENT].find
    assert find
    due = dt.date(2026, 4, 30)
    assert list(find(dt.date(2026, 4, 15))) == []
    told = [(counter.pk, use.indicator.uid, due.isoformat())]
    assert list(find(dt.date(2026, 4, 16))) == told == list(find(dt.date(2026, 4, 29)))
    notice = Notice.objects.create(
        user=counter, kind=MEASUREMENT, thing=use.indicator.uid, occasion=due.isoformat()
    )
    with time_machine.travel("2026-04-20", tick=False):
        (line,) = lines_for(counter, [notice]).values()
        assert "30. april 2026" in line.words and not line.plan
        client.force_login(counter)
        assert client.get(line.address).status_code == 200
        assert "skal snart måles" in said(client.get("/arbejde/"))
    with time_machine.travel("2026-05-04", tick=False):
        client.force_login(counter)
        assert "skulle have været målt nu" in said(client.get("/arbejde/"))
        client.post(line.address, {"seen": "0", "when": "2025", "value": "8"})
        assert not lines_for(counter, [notice])
        assert "skulle have været målt nu" not in said(client.get("/arbejde/"))


def test_without_anybody_who_measures_those_who_work_with_the_plan_are_told(use, client):
    measure(client, use, "2023", "7")
    assert "skulle have været målt nu" in said(client.get("/arbejde/"))
    client.post(room(use.plan, f"{use.uid}/tag-ud/"))
    assert "skulle have været målt nu" not in said(client.get("/arbejde/"))


@pytest.mark.parametrize("interval", [one for one in Interval if one.months])
def test_the_question_to_the_database_is_the_rule_of_python(interval):
    for days in range(0, 900, 7):
        last = end_of_month(dt.date(2023, 1, 1) + dt.timedelta(days=days))
        for ahead in range(0, 1400, 13):
            day = last + dt.timedelta(days=ahead)
            due, newest = next_due(interval, last), due_by(interval, day)
            assert due and newest
            assert (due <= day) == (last <= newest), (interval, last, day)


def test_late_is_late_in_both(use, client):
    measure(client, use, "2024", "7")
    with time_machine.travel("2026-04-30", tick=False):
        assert not late(dt.date(2026, 4, 30)) and due_soon(dt.date(2026, 4, 30))
    assert list(late(dt.date(2026, 5, 1))) == [use.indicator]
    targets(client, use, ("2028", "9"))
    assert "Ikke målt" in said(client.get(room(use.plan)))


def test_the_table_of_a_plan_has_a_row_for_each_indicator_and_period(use, plan, client):
    measure(client, use, "2023", "1.100")
    measure(client, use, "2025", "1.200", is_preliminary="on")
    targets(client, use, ("2028", "1500"))
    text = client.get(room(plan, "tabel.csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["periode"], row["vaerdi"], row["foreloebig"]) for row in rows] == [
        ("2023", "1100", "nej"), ("2024", "", ""), ("2025", "1200", "ja"), ("2028", "", ""),
    ]  # fmt: skip
    assert {row["plan"] for row in rows} == {"Strategi for haver"}
    table = cells(client.get(room(plan, "tabel.xlsx")).content)
    place = table[0].index("vaerdi")
    assert [row[place] for row in table[1:3]] == [1100, ""]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1"])
def test_nothing_in_a_table_is_a_formula(use, plan, client, name):
    use.indicator.name = name
    use.indicator.save()
    text = client.get(room(plan, "tabel.csv")).content.decode("utf-8-sig")
    cell = next(csv.reader(io.StringIO(text.partition("\r\n")[2]), delimiter=";"))[2]
    assert cell[:1] not in "=+-@\t\r"
    with zipfile.ZipFile(io.BytesIO(client.get(room(plan, "tabel.xlsx")).content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
