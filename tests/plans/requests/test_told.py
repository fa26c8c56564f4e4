"""Who is told in time of what a body asked for: on the desk, and by mail."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from kommuneplan.core.enums import Role
from kommuneplan.timespan.span import TimeSpan
from plans.models import CommitteeRequest
from plans.requests import actions
from tests.factories import a_plan, committee, lead, person, secretary
from tests.plans.notices.told import MONDAY, TUESDAY, told

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DUE = dt.date(2027, 3, 9)  # a Tuesday


@pytest.fixture(autouse=True)
def clocks():
    with time_machine.travel(MONDAY, tick=False) as found:
        yield found


def asked(due: dt.date = DUE, **more) -> CommitteeRequest:
    facts = {"body": committee(), "title": "Tal for ventetiden", "when": TimeSpan.day(due), **more}
    return actions.register(facts=facts, by=None)


def answered(row: CommitteeRequest) -> None:
    facts = {"answered_on": dt.date(2027, 2, 27), "document": "Notat"}
    actions.answer(request=row, seen=row.version, facts=facts, by=None)


def mornings(clocks, number=12):
    found = []
    for days in range(number):
        clocks.move_to(TUESDAY + days * DAY)
        found += [((TUESDAY + days * DAY).date(), mail) for mail in told()]
    return found


def test_the_secretary_and_the_lead_are_told_three_working_days_before_and_when_it_is_late(clocks):
    plan = a_plan()
    anna, boss = lead(plan, "anna"), secretary("sek")
    person("medlem", Role.MEMBER, committee())
    asked(plan=plan)
    mails = mornings(clocks)
    days = {(day, *mail.to) for day, mail in mails}
    assert days == {
        (day, who.email)
        for day in (dt.date(2027, 3, 4), dt.date(2027, 3, 10))
        for who in (anna, boss)
    }
    assert "Det, Socialudvalget har bestilt, har frist 9. marts 2027" in mails[0][1].body
    assert "havde frist 9. marts 2027 og er forsinket" in mails[-1][1].body
    assert all("Tal for ventetiden" not in mail.body for _day, mail in mails)


@pytest.mark.parametrize("end", ["answered", "withdrawn"])
def test_of_what_is_answered_or_withdrawn_nobody_is_told(clocks, end):
    secretary("sek")
    row = asked()
    if end == "answered":
        answered(row)
    else:
        actions.withdraw(request=row, seen=row.version, reason="Ikke mere", by=None)
    assert mornings(clocks) == []


def test_what_was_late_long_ago_is_no_news(clocks):
    secretary("sek")
    asked(dt.date(2015, 1, 1))
    assert mornings(clocks, 3) == []


def test_a_secretary_of_another_body_is_told_nothing(clocks):
    secretary("fremmed", "Teknikudvalget")
    asked()
    assert mornings(clocks) == []


def desk(client, user) -> str:
    client.force_login(user)
    return client.get("/arbejde/").content.decode()


def test_what_is_late_and_what_is_due_soon_waits_on_the_desk(client):
    boss = secretary("sek")
    asked(dt.date(2027, 2, 1), title="For sent")
    asked(dt.date(2027, 3, 20), title="Om lidt")
    asked(dt.date(2027, 9, 1), title="Om længe")
    answered(asked(dt.date(2027, 2, 1), title="Klaret"))
    page = desk(client, boss)
    assert "Forsinket: besvar “For sent”" in page
    assert "Besvar “Om lidt”" in page
    assert "Om længe" not in page
    assert "Klaret" not in page


def test_on_the_desk_of_the_asking_body_a_plan_of_others_is_named_without_a_way_to_it(client):
    plan = a_plan("Planen for byggeri", "Teknikudvalget")
    asked(plan=plan)
    page = desk(client, secretary("sek"))
    assert "Planen for byggeri" in page
    assert f"/arbejde/planer/{plan.slug}/" not in page


def test_members_have_no_tasks_of_it_and_find_it_in_their_list(client):
    user = person("medlem", Role.MEMBER, committee())
    asked()
    assert "Besvar" not in desk(client, user)
    page = client.get("/arbejde/bestillinger/").content.decode()
    assert "Tal for ventetiden" in page
    assert 'href="/arbejde/udvalg/"' in page
