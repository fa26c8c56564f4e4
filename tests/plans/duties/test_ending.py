"""The end of a plan as a decision: the state and every page follow at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from plans.enums import PublicState
from plans.lifecycle.plan_state import PlanState
from plans.models import Plan, PlanExtension
from plans.versions.actions.publishing import publish
from tests.factories import lead, secretary
from tests.plans.statuses import in_force

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


@pytest.fixture
def plan(db):
    plan = in_force()
    Plan.objects.filter(pk=plan.pk).update(
        expires_on=dt.date(2026, 12, 31), first_year=2023, last_year=2026
    )
    plan.refresh_from_db()
    publish(version=plan.versions.get(), by=None)
    return plan


@pytest.fixture
def work(client, plan):
    client.force_login(secretary())
    return client


def end(work, plan, **more):
    plan.refresh_from_db()
    sent = {
        "seen": str(plan.version), "choice": "extend", "until": "2028-12-31",
        "body": str(plan.body.uid), "decided_on": "2026-11-12", "reason": "Først evaluering",
        **more,
    }  # fmt: skip
    return work.post(reverse("plans:plan-end", args=[plan.slug]), sent)


def read(client, plan) -> str:
    return client.get(f"/planer/{plan.slug}/").content.decode()


def test_extended_the_plan_holds_longer_and_everybody_reads_it_at_once(client, work, plan):
    assert "Den gælder til og med 31. december 2026" in read(client, plan)
    assert end(work, plan).status_code == 302
    page = read(client, plan)
    assert "Forlænget af Socialudvalget 12. november 2026" in page
    assert "31. december 2028" in page and "Først evaluering" in page
    assert "31. december 2026" not in page
    plan.refresh_from_db()
    assert (plan.expires_on, plan.last_year) == (dt.date(2028, 12, 31), 2028)


def test_after_the_old_end_an_extended_plan_is_in_force(client, work, plan, time_machine):
    end(work, plan)
    time_machine.move_to(dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC))
    plan.refresh_from_db()
    assert PlanState(plan, dt.date(2027, 6, 1)).state == PublicState.ADOPTED
    assert "Udløbet" not in read(client, plan)


def test_left_to_expire_it_is_recorded_and_leaves_the_desk(client, work, plan, time_machine):
    desk = reverse("plans:desk")
    assert "skal den forlænges" in work.get(desk).content.decode()
    end(work, plan, choice="expire", until="", reason="Afløst af loven")
    assert "skal den forlænges" not in work.get(desk).content.decode()
    assert "besluttede 12. november 2026, at planen udløber 31. december 2026" in read(client, plan)
    time_machine.move_to(dt.datetime(2027, 1, 1, 9, tzinfo=dt.UTC))
    assert "Udløbet" in read(client, plan)


def test_of_a_closed_item_everybody_reads_nothing_but_the_day(client, work, plan):
    end(work, plan, is_closed="on", reason="Kanariefuglenqx", protocol="https://ref.dk/kanarie")
    page = read(client, plan)
    assert "31. december 2028" in page
    assert "anarie" not in page and "12. november 2026" not in page


def test_taken_back_the_plan_has_its_former_end(client, work, plan):
    end(work, plan)
    made = PlanExtension.objects.get()
    address = reverse("plans:plan-end-back", args=[plan.slug, made.uid])
    assert work.post(address, {"reason": ""}).status_code == 422
    work.post(address, {"reason": "Forkert plan"})
    plan.refresh_from_db()
    assert (plan.expires_on, plan.last_year) == (dt.date(2026, 12, 31), 2026)
    assert "Forlænget" not in read(client, plan)
    assert work.get(address).status_code == 404


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"until": "2026-12-31"}, "until"),
        ({"until": ""}, "until"),
        ({"reason": ""}, "reason"),
        ({"decided_on": "2026-11-23"}, "decided_on"),
        ({"choice": ""}, "choice"),
        ({"protocol": "javascript:alert(1)"}, "protocol"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_stored(work, plan, sent, field):
    answer = end(work, plan, **sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not PlanExtension.objects.exists()


def test_somebody_else_has_changed_the_plan_meanwhile(work, plan):
    answer = end(work, plan, seen="0")
    assert answer.status_code == 409
    assert not PlanExtension.objects.exists()


def test_a_lead_does_not_decide_it(client, plan):
    client.force_login(lead(plan))
    assert end(client, plan).status_code == 403


def test_its_room_says_until_when_and_offers_the_choices(work, plan):
    page = work.get(reverse("plans:duties", args=[plan.slug])).content.decode()
    assert "Planen gælder til og med 31. december 2026" in page
    for choice in ("?valg=extend", "?valg=expire", reverse("plans:revise", args=[plan.slug])):
        assert choice in page
