"""Words typed in several windows at once: a few runs of the machine always, as many as asked for
at each door by ``KEPT_RUNS=10000`` (the first one ``KEPT_FROM``)."""

from __future__ import annotations

import os

import pytest

from tests.kept import doors, machine

RUNS = int(os.environ.get("KEPT_RUNS", "0"))
FIRST = int(os.environ.get("KEPT_FROM", "0"))
pytestmark = pytest.mark.django_db


@pytest.mark.slow  # some hundred steps of several windows
@pytest.mark.parametrize(
    ("kind", "few"),
    [(doors.Plain, 500), (doors.Answers, 4), (doors.SectionText, 5), (doors.Status, 5)],
)
def test_no_word_that_was_told_to_be_kept_is_lost(kind, few):
    door, runs, clashes, typed = kind(), RUNS or few, 0, 0
    for number in range(FIRST, FIRST + runs):
        one = machine.run(door, number)
        clashes, typed = clashes + one.clashes, typed + one.typed
    assert clashes and typed > runs * 3  # else nothing was tried
    print(f"{kind.__name__}: {runs} runs, {typed} words, {clashes} times two texts")


@pytest.mark.parametrize("kind", [doors.Plain, doors.Answers])
def test_the_marks_of_all_fields_lose_words(kind):
    """The control: the fault that was, which this machine finds."""
    door = kind()
    with pytest.raises(AssertionError, match="lost"):
        for number in range(50):
            machine.run(door, number, all_marks=True)
