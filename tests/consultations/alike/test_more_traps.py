"""Traps that were set after the search was built. What was mended for them stands beside."""

from __future__ import annotations

import random

from consultations.alike.grouping import alike
from consultations.alike.substance import own_words
from consultations.alike.words import counted_words

from .test_traps import filled, groups
from .written_campaigns import CAMPAIGNS, DRAFT

SCHOOL, LIGHT, MILLS, POOL = CAMPAIGNS[:4]


def test_a_preamble_in_every_response():
    # Each was laid beside each: minutes for two thousand. What many share is looked up once.
    chance = random.Random(7)
    words = [f"ord{n}" for n in range(5000)]
    preamble = chance.choices(words, k=200)
    texts = {n: preamble + chance.choices(words, k=100) for n in range(600)}
    assert alike(texts) == []


def test_texts_of_a_hundred_pages_fit_in_memory():
    # All of their stretches took 770 MB; of each the beginning is looked at.
    chance = random.Random(8)
    words = [f"ord{n}" for n in range(300)]
    long = [chance.choices(words, k=20_000) for _each in range(20)]
    texts = dict(enumerate([*long, long[3]]))
    assert [sorted(group.members) for group in alike(texts)] == [[3, 20]]


def test_lines_that_begin_like_a_greeting():
    # "til at …" at the beginning of a line was taken for a greeting wherever it stood.
    lines = LIGHT.replace(" ", "\n")
    assert counted_words(lines) == counted_words(LIGHT)
    assert own_words(LIGHT, lines).is_same


def test_an_authority_with_the_same_law_in_every_letter():
    # Sentences that cite the law are anybody's.
    law = (
        "I medfør af lov om jernbane § 21 skal myndigheden give tilladelse til anlæg nærmere end "
        "ti meter fra banens midte. Ansøgning efter § 24 stk. 2 indsendes seks uger før arbejdet, "
        "og vilkår kan fastsættes, jf. lovbekendtgørelse nr. 686 af 27. maj 2015. "
    )
    assert groups(law + filled(4), law + filled(11)) == []


def test_somebody_who_quotes_a_campaign_to_say_no():
    answer = f"Jeg har set, at mange sender dette: »{LIGHT}« Det er forkert. Sluk lyset, tak."
    assert own_words(LIGHT, answer).differs  # laid together, and not ticked


def test_a_text_pasted_twice():
    assert groups(LIGHT, f"{LIGHT}\n\n{LIGHT}") == [[0, 1]]
    assert not own_words(LIGHT, f"{LIGHT}\n\n{LIGHT}").differs


def test_a_form_with_blanks_that_each_has_filled_in():
    form = SCHOOL.replace("Vi er en gruppe forældre", "Jeg bor i {} og har {} børn på skolen")
    assert groups(
        *(form.format(*one) for one in (("Horne", 2), ("Nr. Broby", 3), ("____", "_")))
    ) == [[0, 1, 2]]


def test_a_campaign_that_quotes_the_draft_at_length():
    quoted = " ".join(DRAFT.split()[:60])
    text = f"I skriver: »{quoted}« {LIGHT}"
    other = f"I skriver: »{quoted}« {POOL}"
    assert groups(text, other, text, other) == [[0, 2], [1, 3]]


def test_one_word_that_was_exchanged_for_its_opposite():
    # Was ticked: a word for another counts, however few they are.
    assert own_words(POOL, POOL.replace("ikke lukkes", "gerne lukkes")).differs
    assert own_words(POOL, POOL.replace("fire hundrede", "to hundrede")).differs
    assert own_words(MILLS, MILLS.replace("Vi kræver, at", "Vi foreslår, at")).differs


def test_a_letter_from_an_office_with_a_long_address():
    below = (
        "\n\nMed venlig hilsen\n\nBodil Bæk\nFormand for Danmarks Naturfredningsforening i Faaborg-"
        "Midtfyn\nMobil 12 34 56 78\nbodil@example.org\nAssensvej 4, 5600 Faaborg"
    )
    assert groups(LIGHT, LIGHT + below) == [[0, 1]]
    assert own_words(LIGHT, LIGHT + below).is_same


def test_signs_of_web_pages_and_lists():
    # The tags became words of their own, and numbers before paragraphs were words that weigh.
    web = "<p>" + LIGHT.replace("\n\n", "</p>\n<p>").replace(" i ", "&nbsp;i ") + "</p>"
    listed = "\n\n".join(f"{n}. {one}" for n, one in enumerate(LIGHT.split("\n\n"), start=1))
    assert groups(LIGHT, web, listed) == [[0, 1, 2]]
    assert not own_words(LIGHT, web).differs
    assert not own_words(LIGHT, listed).differs


def test_letters_from_another_alphabet_that_look_the_same():
    # Cyrillic а and о, as some keyboards and programs leave them.
    foreign = LIGHT.replace("a", "а").replace("o", "о")
    assert groups(LIGHT, foreign) == [[0, 1]]
