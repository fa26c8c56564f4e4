"""What is shown of a response: passages taken out, and who is named."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from consultations.enums import Ground, SenderKind
from consultations.responses.passages import (
    TakenOut,
    is_covered,
    occurrences,
    pieces,
    places,
    search_words,
)
from consultations.responses.public_form import ShownResponse, plain, remark_words, shown
from kommuneplan.personal import normal, whole_letters

CPR, HEALTH = Ground.CPR.value, Ground.HEALTH.value


def content(text: str = "", **sender: Any) -> dict[str, Any]:
    """A response as received."""
    names_public = sender.pop("names_public", True)
    sender.setdefault("sender_kind", SenderKind.CITIZEN)
    return {
        "text": text,
        "answers": [{"question": "q", "asked": "Er det klart?", "words": "Ja, 010203-1234"}],
        "remarks": [{"uid": "r", "anchor": "a", "quote": "Afsnit", "words": "Ring til mig"}],
        "files": [],
        "sender": sender,
        "names_public": names_public,
    }


def test_a_passage_leaves_a_mark_and_not_a_letter():
    assert pieces("Mit nummer er 010203-1234.", [TakenOut(14, 25, CPR)]) == (
        ("Mit nummer er ", ""), ("", CPR), (".", ""),
    )  # fmt: skip


def test_passages_that_touch_are_one_mark():
    assert pieces("abcdef", [TakenOut(1, 3, CPR), TakenOut(3, 5, HEALTH)]) == (
        ("a", ""), ("", CPR), ("f", ""),
    )  # fmt: skip


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda p: (p[0], p[0] + p[1]))),
)
def test_whatever_is_taken_out_no_letter_of_it_is_left_and_no_other_is_lost(text, spans):
    shown_words = "".join(
        words for words, _ground in pieces(text, [TakenOut(*s, CPR) for s in spans])
    )
    out = {place for begin, end in spans for place in range(begin, end)}
    assert shown_words == "".join(text[place] for place in range(len(text)) if place not in out)


def test_a_stretch_counts_as_covered_only_when_all_of_it_is():
    parts = [TakenOut(0, 5, CPR), TakenOut(5, 9, CPR), TakenOut(12, 20, CPR)]
    assert is_covered(2, 9, parts)
    assert not is_covered(8, 13, parts)


def test_words_are_found_at_every_place_over_line_breaks_too():
    assert occurrences("Bo Ek og Bo\nEk, Bo Ekman", " Bo  Ek ") == [(0, 5), (9, 14), (16, 21)]
    assert occurrences("intet", "") == []


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Vi og Åse Kjærgård", "A\u030ase Kj\u00e6rga\u030ard", ["Åse Kjærgård"]),
        ("Vi og A\u030ase Kjærga\u030ard.", "Åse Kjærgård", ["A\u030ase Kjærga\u030ard"]),
        ("ÅSE KJÆRGÅRDS have", "Åse Kjærgård", ["ÅSE KJÆRGÅRDS"]),
        ("Å\u00adse\u00a0Kjær\u200bgård", "Åse Kjærgård", ["Å\u00adse\u00a0Kjær\u200bgård"]),
        ("010203 1234 og 010203-1234", "010203-1234", ["010203 1234", "010203-1234"]),
        ("Per i perioden", "Per", ["Per"]),
        ("a ?? b", "??", ["??"]),
        ("Åå og åÅ", "Å", ["Å", "å", "å", "Å"]),
    ],
)
def test_words_are_found_in_whatever_letters_they_are_written(text, words, found):
    assert [text[begin:end] for begin, end in occurrences(text, words)] == found


@given(st.text("Åå\u030aAa\u200bé e.B", max_size=30), st.text("Åå\u030aAaeB ", max_size=4))
def test_what_is_taken_out_everywhere_is_not_left_behind(text, words):
    out = [TakenOut(*whole_letters(text, *span), CPR) for span in occurrences(text, words)]
    shown = "".join("\n#\n" if ground else letters for letters, ground in pieces(text, out))
    assert not normal(words) or not occurrences(shown, words)


@pytest.mark.parametrize("text", ["Bo " * 33_000, "Bo Ek " * 16_000, "." * 100_000])
def test_words_are_looked_for_in_time_by_the_letters(text):
    began = time.process_time()
    occurrences(text, "Bo " * 40 + "Ek")
    occurrences(text, ".")
    assert time.process_time() - began < 1


def test_a_remark_that_is_a_part_of_a_text_is_shown_without_what_is_taken_out():
    whole = content("Kald mig Bo. Jeg bor i nr. 7. Tak.")
    passages = {"text": [TakenOut(9, 11, CPR), TakenOut(20, 28, HEALTH)]}
    with translation.override("en"):
        assert remark_words(whole, passages, "text", 13, 34) == (
            "Jeg bor[removed: health or social circumstances]. Tak."
        )


def test_places_are_paths_into_what_was_received():
    assert places(content("Ja", name="Bo Ek")) == {
        "sender.name": "Bo Ek",
        "sender.organisation": "",
        "text": "Ja",
        "answers.q": "Ja, 010203-1234",
        "remarks.r": "Ring til mig",
    }


def test_what_is_shown_survives_being_stored():
    made = shown(content("Ja", name="Bo Ek"), {"answers.q": [TakenOut(4, 15, CPR)]}, names=True)
    assert ShownResponse.from_json(made.to_json()) == made
    assert plain(made.answers[0].words) == "Ja, [fjernet: CPR-nummer]"


def label(names: bool = True, passages: Any = None, trusted: bool = False, **sender: Any) -> str:
    """Who has written response 14, as everybody reads it."""
    made = shown(
        content(**sender), passages or {}, names=names, trusted=trusted, house="Aarhus Kommune"
    )
    return made.label(14, names=names)


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        ({"name": "Bo Ek"}, "Bo Ek"),
        ({"name": "Bo Ek", "names": False}, "Borger, nr. 14"),
        ({"name": "Bo Ek", "names_public": False}, "Borger, nr. 14"),
        ({"name": "Bo Ek", "names_public": None}, "Borger, nr. 14"),
        ({"name": "Bo Ek", "is_protected": True}, "Borger, nr. 14"),
        ({"name": "Bo Ek", "passages": {"sender.name": [TakenOut(0, 2, CPR)]}}, "Borger, nr. 14"),
        ({"name": "Forvaltningen"}, "Borger, nr. 14"),
        ({"name": "Bo Ek", "organisation": "Hemmelig", "names": False}, "Borger, nr. 14"),
        ({"sender_kind": "organisation", "organisation": "Ask og Elm"}, "Ask og Elm"),
        ({"sender_kind": "organisation", "organisation": "Ask", "names": False}, "Ask"),
        ({"sender_kind": "organisation", "organisation": "Ask", "is_protected": True},
         "Organisation, nr. 14"),
        ({"sender_kind": "organisation", "name": "Bo Ek"}, "Organisation, nr. 14"),
        ({"sender_kind": "authority", "organisation": " forvaltningen. "}, "Myndighed, nr. 14"),
        ({"sender_kind": "authority", "organisation": "AARHUS KOMMUNE"}, "Myndighed, nr. 14"),
        ({"sender_kind": "authority", "organisation": "Forvaltningen", "trusted": True},
         "Forvaltningen"),
        ({"sender_kind": "council", "organisation": "Ældrerådet"}, "Ældrerådet"),
        ({"sender_kind": "nonsense", "name": "Bo Ek", "names": False}, "Borger, nr. 14"),
    ],
)  # fmt: skip
def test_who_is_named(sender, said):
    assert label(**sender) == said


def test_a_name_that_was_shown_goes_when_the_municipality_no_longer_shows_names():
    made = shown(content(name="Bo Ek"), {}, names=True)
    assert made.label(14, names=True) == "Bo Ek"
    assert made.label(14, names=False) == "Borger, nr. 14"


def test_the_preview_before_sending_has_no_number_yet():
    assert shown(content(name="Bo Ek"), {}, names=False).label() == "Borger"


def test_no_address_function_or_postcode_is_ever_in_what_is_shown():
    made = shown(
        content("Hej", name="Bo Ek", email="bo@ek.dk", role="nabo", postcode="8000"), {}, names=True
    )
    told = str(made.to_json())
    assert not [word for word in ("bo@ek.dk", "nabo", "8000") if word in told]


def test_a_search_of_the_originals_finds_every_place():
    found = search_words(content("Æblet", name="Bo Ek", role="Nabo"))
    assert found == "bo ek nabo aeblet ja, 010203-1234 ring til mig"
