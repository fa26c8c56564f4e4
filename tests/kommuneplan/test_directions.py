"""Words that run from right to left keep their direction to themselves."""

from __future__ import annotations

import pytest

from kommuneplan import directions

HEBREW, TURNED = "שלום", "\u202eEslaf"


@pytest.mark.parametrize("words", ["", "Ea Elm", "Åse & Bo – “søn”", "nr. 14, 3. maj", "😀 €"])
def test_danish_words_are_left_as_they_are(words) -> None:
    assert not directions.turns(words)
    assert directions.isolated(words) == words


@pytest.mark.parametrize("words", [HEBREW, "Ali علي", TURNED, "a\u2067b", "a\u200fb", "\U0001e900"])
def test_what_turns_round_is_put_between_signs(words) -> None:
    assert directions.turns(words)
    said = directions.isolated(words)
    assert said.startswith(directions.FIRST_STRONG_ISOLATE)
    assert said.endswith(directions.END_OF_ISOLATE)


@pytest.mark.parametrize("words", ["\u2069\u202ea", "\u2068\u2068a", f"\u2069\u2069{HEBREW}\u2067"])
def test_it_cannot_step_out_of_them(words) -> None:
    said, depth = directions.isolated(words), 0
    for sign in said[:-1]:
        depth += {"\u2066": 1, "\u2067": 1, "\u2068": 1, "\u2069": -1}.get(sign, 0)
        assert depth > 0
    assert depth == 1
