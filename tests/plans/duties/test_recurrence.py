"""When a duty is due: pure, so tried with all sorts of days."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kommuneplan.timespan.span import Precision, TimeSpan
from plans.duties.recurrence import (
    ONCE,
    Adoption,
    DueRule,
    DutyTurn,
    Rule,
    months_after,
    next_turn,
    turns,
)

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
MONTHS = st.integers(1, 12)
NUMBERS = st.integers(1, 31)


def adopted(*days: dt.date) -> list[Adoption]:
    return [Adoption(number, day) for number, day in enumerate(days, start=1)]


def by(year: int, month: int, day: int) -> TimeSpan:
    return TimeSpan.by(dt.date(year, month, day))


# --- months and month ends -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2024, 2, 29), 48, (2028, 2, 29)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
    ],
)
def test_the_last_of_a_shorter_month_is_its_last(day, months, after):
    assert months_after(dt.date(*day), months) == dt.date(*after)


@given(DAYS, st.integers(0, 240))
def test_so_many_months_are_so_many_months(day, months):
    after = months_after(day, months)
    assert (after.year - day.year) * 12 + after.month - day.month == months
    last = calendar.monthrange(after.year, after.month)[1]
    assert after.day == min(day.day, last)


# --- every year ----------------------------------------------------------------------------------


@given(MONTHS, NUMBERS, DAYS)
def test_a_yearly_day_comes_once_a_year_and_is_in_its_year(month, day, begins):
    rule = Rule(DueRule.YEARLY, month=month, day=day, begins=begins)
    found = list(turns(rule, [], until=months_after(begins, 120)))
    years = [int(one.key) for one in found]
    assert years == list(range(years[0], years[0] + len(years)))
    for one in found:
        assert one.last_day.year == int(one.key)
        assert one.last_day.month == month
        assert one.last_day >= begins
        assert one.last_day.day == min(day, calendar.monthrange(one.last_day.year, month)[1])


@given(DAYS, st.one_of(st.none(), MONTHS), st.one_of(st.none(), NUMBERS))
def test_what_begins_with_the_adoption_is_never_due_before_the_day_after(day, month, number):
    rule = Rule(DueRule.YEARLY, month=month, day=number if month else None)
    first = next(turns(rule, adopted(day), until=day))
    assert (first.when.earliest or first.last_day) > day
    assert first.last_day <= dt.date(day.year + 1, 12, 31)


@given(MONTHS, NUMBERS, DAYS, DAYS)
def test_none_is_due_outside_the_days_on_which_the_duty_holds(month, day, begins, ends):
    assume(begins <= ends)
    rule = Rule(DueRule.YEARLY, month=month, day=day, begins=begins, ends=ends)
    for one in turns(rule, [], until=dt.date(2200, 1, 1)):
        assert begins <= one.last_day <= ends


@given(DAYS, st.integers(0, 12))
def test_the_next_is_the_first_that_is_not_settled(begins, done):
    rule = Rule(DueRule.YEARLY, month=3, day=31, begins=begins)
    first = [one.key for one in turns(rule, [], until=months_after(begins, 400))]
    found = next_turn(rule, [], set(first[:done]))
    assert found is not None
    assert found.key == first[done]


def test_some_time_in_the_year_is_late_when_the_year_is_over():
    rule = Rule(DueRule.YEARLY, begins=dt.date(2009, 1, 1))
    turn = next_turn(rule, [], set())
    assert turn.when.precision is Precision.YEAR
    assert not turn.is_late(dt.date(2009, 12, 31))
    assert turn.is_late(dt.date(2010, 1, 1))


def test_the_29th_of_february_is_the_28th_in_other_years():
    rule = Rule(DueRule.YEARLY, month=2, day=29, begins=dt.date(2023, 1, 1))
    days = [one.last_day.day for one in turns(rule, [], until=dt.date(2028, 2, 1))]
    assert days == [28, 29, 28, 28, 28, 29]


def test_a_plan_that_is_not_adopted_owes_nothing_yet():
    for repeats in (DueRule.YEARLY, DueRule.AFTER_ADOPTION):
        rule = Rule(repeats, months=12 if repeats is DueRule.AFTER_ADOPTION else None)
        assert next_turn(rule, [], set()) is None


def test_a_yearly_duty_until_a_day_has_an_end():
    rule = Rule(DueRule.YEARLY, begins=dt.date(2009, 1, 1), ends=dt.date(2012, 12, 31))
    keys = [one.key for one in turns(rule, [], until=dt.date(2030, 1, 1))]
    assert keys == ["2009", "2010", "2011", "2012"]
    assert next_turn(rule, [], set(keys)) is None


# --- after the adoption, and once ----------------------------------------------------------------


@given(DAYS, st.integers(1, 240))
def test_so_many_months_after_the_adoption(day, months):
    rule = Rule(DueRule.AFTER_ADOPTION, months=months)
    turn = next_turn(rule, adopted(day), set())
    assert turn == DutyTurn("1", TimeSpan.by(months_after(day, months)))
    assert next_turn(rule, adopted(day), {"1"}) is None


def test_a_plan_adopted_anew_before_it_was_due_is_counted_from_then():
    rule = Rule(DueRule.AFTER_ADOPTION, months=24)
    early = adopted(dt.date(2020, 5, 1), dt.date(2021, 5, 1))
    assert [one.key for one in turns(rule, early, until=dt.date.max)] == ["2"]
    late = adopted(dt.date(2020, 5, 1), dt.date(2024, 5, 1))
    assert [one.when for one in turns(rule, late, until=dt.date.max)] == [
        by(2022, 5, 1),
        by(2026, 5, 1),
    ]


def test_once_is_when_it_was_written_and_words_alone_are_never_late():
    span = TimeSpan.within(dt.date(2009, 10, 1), dt.date(2009, 12, 31), Precision.PART_OF_YEAR)
    turn = next_turn(Rule(DueRule.ONCE, span=span), [], set())
    assert turn == DutyTurn(ONCE, span)
    assert turn.is_late(dt.date(2010, 1, 1)) and not turn.is_late(dt.date(2009, 12, 31))
    assert not DutyTurn(ONCE, None).is_late(dt.date(2050, 1, 1))
    assert next_turn(Rule(DueRule.ONCE, span=span), [], {ONCE}) is None
