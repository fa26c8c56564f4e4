"""Money is summed by year and state, and told once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.budget.amounts import NotAnAmount, kroner_words, read_kroner
from plans.budget.sums import Money, counted, leads_back, sums_of
from plans.enums import BudgetState

STATES = [state.value for state in BudgetState]
years = st.none() | st.integers(2005, 2012).flatmap(
    lambda first: st.integers(first, first + 4).map(lambda last: (first, last))
)
amounts = st.none() | st.integers(-(10**12), 10**12)


@st.composite
def money(draw: st.DrawFn) -> list[Money]:
    """Steps that go on from earlier ones, in any order."""
    steps = []
    for key in range(draw(st.integers(0, 12))):
        follows = draw(st.none() | st.integers(0, key - 1)) if key else None
        state = draw(st.sampled_from(STATES))
        steps.append(Money(key, state, draw(amounts), draw(years), follows))
    return draw(st.permutations(steps))


@given(money())
def test_each_krone_stands_under_one_year_or_span_and_in_the_sum_of_its_state(steps):
    told = sums_of(steps)
    for state in STATES:
        by_year = sum(row.amounts.get(state, 0) for row in told.rows)
        by_step = sum(one.amount or 0 for one in counted(steps) if one.state == state)
        assert by_year == told.totals.get(state, 0) == by_step
    spans = [row.years for row in told.rows]
    assert len(spans) == len(set(spans))
    assert all(isinstance(amount, int) for row in told.rows for amount in row.amounts.values())


@given(money(), st.randoms(use_true_random=False))
def test_the_order_in_which_steps_were_written_down_changes_nothing(steps, dice: random.Random):
    mixed = list(steps)
    dice.shuffle(mixed)
    assert sums_of(mixed) == sums_of(steps)


@given(money(), st.integers(-(10**9), 10**9), st.sampled_from(STATES))
def test_a_step_that_goes_on_in_the_same_state_takes_the_place_of_the_earlier(steps, amount, state):
    first = Money(100, state, amount, (2009, 2009))
    anew = Money(101, state, amount + 1, (2010, 2012), follows=100)
    before, after = sums_of([*steps, first]), sums_of([*steps, first, anew])
    assert after.totals[state] == before.totals[state] + 1


@given(money(), st.integers(-(10**9), 10**9))
def test_what_happens_in_one_state_leaves_the_sums_of_the_others(steps, amount):
    more = [*steps, Money(100, "agreed", amount, (2009, 2012), follows=0 if steps else None)]
    others = [state for state in STATES if state != "agreed"]
    before, after = sums_of(steps), sums_of(more)
    assert [before.totals.get(one) for one in others] == [after.totals.get(one) for one in others]


def test_an_amount_for_several_years_stands_once_under_its_span():
    told = sums_of([Money(1, "agreed", 12, (2009, 2012)), Money(2, "agreed", 5, (2009, 2009))])
    assert [(row.years, row.amounts) for row in told.rows] == [
        ((2009, 2009), {"agreed": 5}),
        ((2009, 2012), {"agreed": 12}),
    ]
    assert told.totals == {"agreed": 17}


def test_an_unknown_amount_counts_nothing_and_is_told():
    told = sums_of([Money(1, "set_aside", 4_000_000, (2009, 2009)), Money(2, "set_aside", None)])
    assert (told.totals, told.unknown) == ({"set_aside": 4_000_000}, 1)


def test_an_unknown_amount_does_not_take_the_place_of_a_known_one():
    told = sums_of([Money(1, "agreed", 7), Money(2, "agreed", None, follows=1)])
    assert told.totals == {"agreed": 7}


def test_parts_of_the_same_money_are_added():
    told = sums_of(
        [
            Money(1, "set_aside", 4, (2009, 2009)),
            Money(2, "concrete", 1, (2009, 2009), follows=1),
            Money(3, "concrete", 3, (2009, 2009), follows=1),
        ]
    )
    assert told.totals == {"set_aside": 4, "concrete": 4}


@pytest.mark.parametrize(
    ("key", "follows", "back"), [(1, 3, True), (1, 1, True), (3, 2, False), (4, 3, False)]
)
def test_a_step_that_would_come_back_to_itself_is_found(key, follows, back):
    assert leads_back(key, follows, {1: None, 2: 1, 3: 2}) is back


@pytest.mark.parametrize(
    ("words", "kroner"),
    [
        ("4.000.000", 4_000_000),
        ("4.000.000 kr.", 4_000_000),
        ("4 mio. kr.", 4_000_000),
        ("4 mio.", 4_000_000),
        ("4,5 mill. kroner", 4_500_000),
        ("750 t.kr.", 750_000),
        ("55,5 millioner", 55_500_000),
        ("1,2 mia. kr.", 1_200_000_000),
        ("-1000", -1000),
        ("−1.000 kr.", -1000),
        ("4 000 000", 4_000_000),
        ("250,-", 250),
        ("1,50 kr.", None),
        ("4.00", None),
        ("fire millioner", None),
        ("4 mio. kr. årligt", None),
        ("", None),
    ],
)
def test_amounts_as_people_write_them(words, kroner):
    if kroner is None:
        with pytest.raises(NotAnAmount):
            read_kroner(words)
    else:
        assert read_kroner(words) == kroner


@given(st.integers(-(10**12), 10**12))
def test_what_is_said_of_an_amount_is_read_as_the_same(amount):
    assert read_kroner(kroner_words(amount)) == amount
