"""Every state × every verb, and what follows from every outcome, as tables."""

from __future__ import annotations

import itertools

import pytest

from plans.enums import CycleState, Outcome, Purpose
from plans.lifecycle.transitions import (
    DECISION,
    EDGES,
    Next,
    NotAllowed,
    Verb,
    follows,
    possible,
    target,
)

#                     submit  send_out   adopt    hand_back return  withdraw   correct
TABLE = """
draft                 before  –          –        –         –       withdrawn  before
before_bodies         –       in_cons    adopted  draft     draft   withdrawn  –
to_be_sent_out        before  –        –        –         –       withdrawn  before
in_consultation       –       –          –        –         –       withdrawn  before
after_consultation    before  –          –        –         –       withdrawn  before
adopted               –       –          –        –         –       –          before
withdrawn             –       –          –        –         –       –          –
"""
SHORT = {"before": "before_bodies", "in_cons": "in_consultation"}
VERBS = ["submit", "send_out", "adopt", "hand_back", "return", "withdraw", "correct"]
CELLS = {
    (line.split()[0], verb): cell
    for line in TABLE.strip().splitlines()
    for verb, cell in zip(VERBS, line.split()[1:], strict=True)
}


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(CycleState.values, Verb)))
def test_each_cell(state, verb):
    want = CELLS[state, verb]
    if want == "–":
        with pytest.raises(NotAllowed):
            target(state, verb)
        assert verb not in possible(state)
    else:
        assert target(state, verb) == SHORT.get(want, want)
        assert verb in possible(state)


def test_the_table_is_whole():
    assert set(CELLS) == set(itertools.product(CycleState.values, [str(verb) for verb in Verb]))
    assert {(str(state), str(verb)) for state, verb in EDGES} <= set(CELLS)


OUTCOMES = """
approved     go_on    decided
amended      go_on    decided
recommended  go_on    decided
discussed    go_on    done
noted        go_on    done
postponed    again    again
returned     back     back
rejected     back     back
halted       council  council
"""


@pytest.mark.parametrize("line", OUTCOMES.strip().splitlines())
def test_what_follows(line):
    outcome, on_the_way, at_the_end = line.split()
    assert follows(outcome, is_last=False) == Next(on_the_way)
    assert follows(outcome, is_last=True) == Next(at_the_end)


def test_every_outcome_and_purpose_is_in_the_tables():
    assert {line.split()[0] for line in OUTCOMES.strip().splitlines()} == set(Outcome.values)
    assert set(DECISION) == set(Purpose.values) - {Purpose.STATUS}
