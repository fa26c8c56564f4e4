"""What plans are told of their rounds: state, front page, the page of a plan."""

from __future__ import annotations

import datetime as dt

import pytest

from kommuneplan import clock
from kommuneplan.core.site.public_mark import public_mark
from plans.consultations import rounds
from plans.enums import CycleState, PublicState
from plans.lifecycle.state import state_on, with_state
from plans.public.publications import published, with_public_state
from tests.consultations.round_factories import a_round, an_invitation
from tests.plans.published import hearing, published_plan

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def a_plan(title: str = "Strategi for naboskab"):
    """Published as being in consultation; by the process plan its consultation is over."""
    today = clock.today()
    over = hearing(today - 60 * DAY, today - 30 * DAY)
    return published_plan(title, state=CycleState.IN_CONSULTATION, milestones=(over,))


def public_state(plan, at: dt.datetime) -> str:
    return with_public_state(published(at=at), at=at).get(plan=plan).public_state


def round_of(plan, *, opens: dt.timedelta, closes: dt.timedelta, **more):
    now = clock.now()
    return a_round(plan, opens=now + opens, closes=now + closes, **more)


def test_the_times_of_a_round_count_and_not_those_of_the_process_plan() -> None:
    plan = a_plan()
    now = clock.now()
    assert public_state(plan, now) == PublicState.AFTER_CONSULTATION
    row = round_of(plan, opens=-DAY, closes=DAY)
    assert public_state(plan, now) == PublicState.IN_CONSULTATION
    assert public_state(plan, row.closes_at) == PublicState.AFTER_CONSULTATION
    assert state_on(plan.open_cycle, clock.today()) == CycleState.IN_CONSULTATION
    assert with_state(type(plan).objects, on=clock.today()).get().state_now == "in_consultation"
    later = clock.local_day(row.closes_at) + 2 * DAY
    assert with_state(type(plan).objects, on=later).get().state_now == "after_consultation"
    assert state_on(plan.open_cycle, later) == CycleState.AFTER_CONSULTATION


def test_a_round_that_was_closed_today_is_over_at_once() -> None:
    plan = a_plan()
    row = round_of(plan, opens=-DAY, closes=DAY)
    row.closes_at = clock.now()
    row.save()
    assert state_on(plan.open_cycle, clock.today()) == CycleState.AFTER_CONSULTATION
    assert with_state(type(plan).objects, on=clock.today()).get().state_now == "after_consultation"


def test_what_was_withdrawn_or_is_only_prepared_is_still_to_be_sent_out() -> None:
    """And an internal one is none of it."""
    plan = a_plan()
    internal = round_of(plan, opens=-DAY, closes=DAY, public=False)
    internal.is_internal = True
    internal.save()
    assert public_state(plan, clock.now()) == PublicState.AFTER_CONSULTATION
    withdrawn = round_of(plan, opens=-DAY, closes=DAY)
    withdrawn.withdrawn_at, withdrawn.withdrawn_because = clock.now(), "Fejl i udkastet"
    withdrawn.save()
    assert public_state(plan, clock.now()) == PublicState.TO_BE_SENT_OUT
    round_of(plan, opens=-DAY, closes=DAY, announced=False)
    assert public_state(plan, clock.now()) == PublicState.TO_BE_SENT_OUT
    assert state_on(plan.open_cycle, clock.today()) == CycleState.TO_BE_SENT_OUT
    assert rounds().end_of(plan.open_cycle) is None
    round_of(plan, opens=DAY, closes=2 * DAY)
    assert public_state(plan, clock.now()) == PublicState.TO_BE_SENT_OUT
    assert public_state(plan, clock.now() + 1.5 * DAY) == PublicState.IN_CONSULTATION


def test_a_partys_own_deadline_keeps_the_plan_in_consultation_for_those_who_work_with_it() -> None:
    plan = a_plan()
    row = round_of(plan, opens=-3 * DAY, closes=-DAY)
    party = an_invitation(row)
    party.closes_at = clock.now() + 5 * DAY
    party.save()
    assert rounds().end_of(plan.open_cycle) == party.closes_at
    assert state_on(plan.open_cycle, clock.today()) == CycleState.IN_CONSULTATION
    assert public_state(plan, clock.now()) == PublicState.AFTER_CONSULTATION


def test_an_open_round_stands_on_the_front_page_and_on_the_plans(client) -> None:
    plan = a_plan()
    row = round_of(plan, opens=-DAY, closes=5 * DAY)
    front = client.get("/").content.decode()
    assert f"/hoeringer/{row.slug}/" in front
    page = client.get(f"/planer/{plan.slug}/").content.decode()
    assert page.count(f"/hoeringer/{row.slug}/") == 2
    assert "Læs udkastet og svar" in page


def test_a_round_of_a_plan_that_is_not_published_is_nowhere(client) -> None:
    plan = a_plan()
    row = round_of(plan, opens=-DAY, closes=5 * DAY)
    plan.publications.all().delete()
    assert row.slug not in client.get("/").content.decode()


def test_the_page_of_a_plan_changes_when_its_round_opens_and_ends(client) -> None:
    row = round_of(a_plan(), opens=DAY, closes=2 * DAY)
    moment = dt.timedelta(microseconds=1)
    for instant in (row.opens_at, row.closes_at):
        before, at_it, after = (public_mark(at=instant + n * moment) for n in (-1, 0, 9))
        assert before != at_it == after
