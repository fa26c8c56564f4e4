"""Where a published plan stands for a reader: one rule, asked by list, front page and plan page."""

from __future__ import annotations

import datetime as dt

import pytest

from plans.enums import CycleState, PublicState
from plans.public.publications import family, published, successors, with_public_state
from tests.plans.published import hearing, published_plan

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)


def state_of(plan) -> str:
    rows = with_public_state(published(at=NOON), at=NOON)
    return rows.get(plan=plan).public_state


def test_what_was_frozen_holds_until_something_happens() -> None:
    assert state_of(published_plan("A", state=CycleState.DRAFT)) == PublicState.DRAFT
    assert state_of(published_plan("B")) == PublicState.ADOPTED


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"repealed_on": dt.date(2026, 12, 4)}, PublicState.REPEALED),
        ({"repealed_on": dt.date(2026, 12, 5)}, PublicState.ADOPTED),
        ({"expires_on": dt.date(2026, 12, 3)}, PublicState.EXPIRED),
        ({"expires_on": dt.date(2026, 12, 4)}, PublicState.ADOPTED),
    ],
)
def test_repealed_from_the_day_and_expired_after_the_last_day(fields, state) -> None:
    assert state_of(published_plan("A", **fields)) == state


def test_the_day_turns_at_danish_midnight() -> None:
    published_plan("A", expires_on=dt.date(2026, 12, 4))
    before = dt.datetime(2026, 12, 4, 22, 59, tzinfo=dt.UTC)
    after = dt.datetime(2026, 12, 4, 23, 1, tzinfo=dt.UTC)
    states = [
        with_public_state(published(at=at), at=at).get().public_state for at in (before, after)
    ]
    assert states == [PublicState.ADOPTED, PublicState.EXPIRED]


def test_replaced_by_an_adopted_and_published_plan() -> None:
    old = published_plan("Socialstrategi 2015", repealed_on=dt.date(2020, 1, 1))
    new = published_plan("Socialstrategi 2027")
    new.replaces.add(old)
    assert state_of(old) == PublicState.REPLACED
    found = successors([old.slug], at=NOON)
    assert (found[old.slug].title, found[old.slug].slug) == ("Socialstrategi 2027", new.slug)


def test_a_draft_or_an_unpublished_plan_replaces_nothing_yet() -> None:
    old = published_plan("Gammel")
    published_plan("Udkast", state=CycleState.DRAFT).replaces.add(old)
    published_plan("Senere", visible_from=NOON + dt.timedelta(days=1)).replaces.add(old)
    assert state_of(old) == PublicState.ADOPTED
    assert successors([old.slug], at=NOON) == {}


def test_withdrawn_stays_withdrawn() -> None:
    plan = published_plan("A", state=CycleState.WITHDRAWN, expires_on=dt.date(2020, 1, 1))
    assert state_of(plan) == PublicState.WITHDRAWN


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (dt.date(2026, 12, 4), PublicState.TO_BE_SENT_OUT),
        (dt.date(2026, 12, 3), PublicState.AFTER_CONSULTATION),
    ],
)
def test_a_consultation_without_a_round_is_over_after_its_last_day(last, state) -> None:
    plan = published_plan(
        "A", state=CycleState.IN_CONSULTATION, milestones=(hearing(dt.date(2026, 11, 1), last),)
    )
    assert state_of(plan) == state
    assert family(plan.slug, at=NOON)[0].public_state == state
