"""The work a browser does before an answer is sent."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from consultations import proof

NOW = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def little_work(settings):
    settings.CONSULTATION_PROOF_BITS = 6


def test_a_solved_task_is_a_proof_for_its_own_sending_alone():
    task = proof.challenge("a")
    number = proof.solve(task)
    assert proof.is_proved("a", task, number)
    assert not proof.is_proved("b", task, number)
    assert not proof.is_proved("a", proof.challenge("b"), number)


@pytest.mark.parametrize("number", ["", "x", "-1", "1" * 21, "١"])
def test_what_is_no_number_is_no_proof(number):
    assert not proof.is_proved("a", proof.challenge("a"), number)


def test_a_task_of_ones_own_making_is_none():
    assert not proof.is_proved("a", "a:b:c", proof.solve("a:b:c"))


def test_a_task_lasts_half_a_day():
    with time_machine.travel(NOW, tick=False) as traveller:
        task = proof.challenge("a")
        number = proof.solve(task)
        traveller.shift(dt.timedelta(hours=11))
        assert proof.is_proved("a", task, number)
        traveller.shift(dt.timedelta(hours=2))
        assert not proof.is_proved("a", task, number)


def test_the_bits_are_those_the_browser_counts():
    assert [proof.zero_bits(words) for words in ("a", "4", "39", "286")] == [0, 1, 4, 10]
