"""The work a browser does before an answer is sent."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from consultations.answering import proof_of_work

NOW = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def little_work(settings):
    settings.CONSULTATION_PROOF_BITS = 6


def test_a_solved_task_is_a_proof_for_its_own_sending_alone():
    task = proof_of_work.challenge("a")
    number = proof_of_work.solve(task)
    assert proof_of_work.is_proved("a", task, number)
    assert not proof_of_work.is_proved("b", task, number)
    assert not proof_of_work.is_proved("a", proof_of_work.challenge("b"), number)


@pytest.mark.parametrize("number", ["", "x", "-1", "1" * 21, "١"])
def test_what_is_no_number_is_no_proof(number):
    assert not proof_of_work.is_proved("a", proof_of_work.challenge("a"), number)


def test_a_task_of_ones_own_making_is_none():
    assert not proof_of_work.is_proved("a", "a:b:c", proof_of_work.solve("a:b:c"))


def test_a_task_lasts_half_a_day():
    with time_machine.travel(NOW, tick=False) as traveller:
        task = proof_of_work.challenge("a")
        number = proof_of_work.solve(task)
        traveller.shift(dt.timedelta(hours=11))
        assert proof_of_work.is_proved("a", task, number)
        traveller.shift(dt.timedelta(hours=2))
        assert not proof_of_work.is_proved("a", task, number)


def test_the_bits_are_those_the_browser_counts():
    assert [proof_of_work.zero_bits(words) for words in ("a", "4", "39", "286")] == [0, 1, 4, 10]
