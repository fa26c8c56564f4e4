"""Responses that are easily taken for each other, or easily missed: small cases, one thing each."""

from __future__ import annotations

import pytest

from consultations.alike.grouping import alike
from consultations.alike.laying import counterpart
from consultations.alike.no_remarks import says_nothing
from consultations.alike.substance import own_words
from consultations.alike.words import counted_words, stretches

from .written_campaigns import CAMPAIGNS, DRAFT, OWN, SENTENCES

SCHOOL, LIGHT, MILLS, POOL = CAMPAIGNS[:4]


def groups(*texts: str) -> list[list[int]]:
    """The groups among some texts, each by their places in order."""
    quoted = stretches([DRAFT])
    words = {place: counted_words(text, quoted) for place, text in enumerate(texts)}
    return [sorted(one.members) for one in alike(words)]


def filled(n: int) -> str:
    """A sentence that somebody wrote by themselves."""
    return SENTENCES[n].format(
        topic="stien", Topic="Stien", place="Ringe", n=n, year=2010 + n, street="Banevej", age=70,
        speed=50,
    )  # fmt: skip


def test_two_campaigns_pasted_into_one_response_do_not_join_them():
    both = f"{SCHOOL}\n\n{LIGHT}"
    found = groups(SCHOOL, SCHOOL, both, LIGHT, LIGHT, SCHOOL, LIGHT)
    assert len(found) == 2
    assert [2 in one for one in found].count(True) == 1
    assert {0, 1, 5} <= set(found[0]) | set(found[1])
    assert not any({0, 3} <= set(one) for one in found)


def test_a_row_of_texts_each_like_the_next_is_no_group_of_all():
    said = [filled(n) for n in range(40)]
    row = [" ".join(said[at : at + 8]) for at in range(0, 32, 2)]  # each has 6 of 8 of the next
    assert all(max(one) - min(one) <= 4 for one in groups(*row))


def test_forms_with_the_same_headings_are_not_alike():
    form = "Høringssvar\nNavn: {}\nHvad er godt ved forslaget? {}\nHvad kan blive bedre? {}\n"
    assert groups(*(form.format("N. N.", filled(n), filled(n + 20)) for n in range(8))) == []


def test_short_answers_to_many_questions_are_not_alike():
    answers = "Ja, det er fint.\n\nJa, det er fint.\n\nNej.\n\nVed ikke.\n\nJa, det er fint."
    assert groups(answers, answers, answers.replace("Nej", "Ja")) == []


def test_an_office_that_sends_the_same_opening_and_closing_with_everything():
    opening = (
        "Danske Handicaporganisationer takker for muligheden for at afgive høringssvar. DH er "
        "talerør for handicaporganisationerne og repræsenterer alle typer af handicap fra "
        "hjerneskade og gigt til udviklingshæmning og sindslidelse.\n\n"
    )
    closing = (
        "\n\nVi står naturligvis til rådighed for uddybende spørgsmål og deltager gerne i et møde."
    )
    texts = [opening + " ".join(filled(n + k) for k in range(3)) + closing for n in (1, 9, 17, 25)]
    assert groups(*texts) == []


def test_a_text_that_many_have_in_common_with_those_who_say_something_else():
    shared = (
        "Vi har boet i kommunen i mange år og holder af naturen, skolerne og fællesskabet, og vi "
        "følger med i, hvad der besluttes, fordi det betyder noget for vores hverdag. "
    )
    assert (
        groups(*(shared + " ".join(filled(n + k) for k in range(4)) for n in range(0, 32, 4))) == []
    )


def test_a_quotation_from_the_draft_with_misreadings_is_still_a_quotation():
    quoted = DRAFT.replace("skole", "sko1e").replace("vindmøller", "vind-\nmøller")
    one, other = f"Der står: {quoted} {filled(3)}", f"{filled(7)} I skriver »{quoted}«"
    assert groups(one, other) == []


def test_letters_with_a_space_between_each_and_lines_of_a_mail():
    mail = "\n".join(f"> {line}" for line in LIGHT.split("\n"))
    assert groups(LIGHT, mail) == [[0, 1]]


def test_two_in_a_household_that_were_read_by_a_machine():
    noise = LIGHT.replace("lampe", "1ampe").replace("stien", "sticn").replace("natten", "nattcn")
    assert groups(noise, LIGHT.replace("skoven", "skovcn").replace("seks", "scks")) == [[0, 1]]


def test_paragraphs_in_another_order():
    parts = SCHOOL.split("\n\n")
    assert groups(SCHOOL, "\n\n".join(reversed(parts)), "\n\n".join(parts[1:] + parts[:1])) == [
        [0, 1, 2]
    ]


def test_a_long_response_that_only_agrees_with_a_campaign_is_its_own():
    own = " ".join(filled(n) for n in range(36))
    assert groups(POOL, POOL, f"{own} {POOL} {own[::-1]}") == [[0, 1]]


def test_letters_of_other_alphabets_and_accents_that_stand_apart():
    import unicodedata

    apart = unicodedata.normalize("NFD", MILLS)
    assert groups(MILLS, apart, MILLS.replace("fi", "\ufb01")) == [[0, 1, 2]]


@pytest.mark.parametrize(
    "text",
    [
        "Ingen bemærkninger",
        "INGEN BEMÆRKNINGER!",
        "Handicaprådet har ingen bemærkninger til forslaget.\n\nVenlig hilsen\nBo Lund\nFormand",
        "Museet har ikke yderligere bemærkninger i denne sag.",
        "Ældrerådet tager orienteringen til efterretning.",
        "Vi har gennemgået planen og har hverken kommentarer eller indsigelser.",
        "Ingen bemær\u00adkninger\u200b.",
    ],
)
def test_what_says_nothing(text):
    assert says_nothing(text, ["Bo Lund"])


@pytest.mark.parametrize(
    "text",
    [
        "Ingen bemærkninger, men husk cyklerne.",
        "Vi har ingen bemærkninger ud over, at stien bør belyses.",
        "Vi har ingen bemærkninger til afsnittet om skoler. Afsnittet om stier er uklart.",
        "Der er ikke taget højde for vores bemærkninger.",
        "Jeg er imod.",
        "",
        "Hvorfor har I ikke svaret på mine bemærkninger?",
        "Vi har ingen bemærkninger.\n\nVenlig hilsen\nBo\n\nP.S. Lygtepælen på Banevej er væltet.",
    ],
)
def test_what_says_something(text):
    assert not says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        LIGHT.replace("generer ikke", "generer"),
        LIGHT.replace("ikke", "IKKE").replace("bør undersøges", "bør ikke undersøges"),
        LIGHT.replace("klokken seks", "klokken 7"),
        f"{LIGHT}\n\n{OWN[0]} Og det skal der gøres noget ved.",
        f"{LIGHT}\n\nVenlig hilsen\nBo\n\nP.S. Lygtepælen på hjørnet er gået i stykker.",
        f"{LIGHT} Jeg er uenig i det sidste.",
        f"Jeg kan ikke støtte dette: {LIGHT}",
        LIGHT.replace("bør undersøges", "bør forbydes"),
    ],
)
def test_what_differs_in_substance(text):
    assert own_words(LIGHT, text).differs


@pytest.mark.parametrize(
    "text",
    [
        LIGHT.upper(),
        f"Kære byråd\n\n{LIGHT}\n\nMed venlig hilsen\nBo Lund\nBanevej 14, 2. th.\n5600 Faaborg",
        f"Jeg hedder Bo Lund. {LIGHT}",
        LIGHT.replace("lamperne", "1amperne").replace("kolleger", "koll€ger"),
        "\n\n".join(LIGHT.split("\n\n")[:2]),
        LIGHT.replace(".", "!!"),
        LIGHT.replace(" ", "\u00a0"),
    ],
)
def test_what_does_not(text):
    assert not own_words(LIGHT, text).differs


def test_a_passage_is_found_in_the_words_of_another():
    theirs = f"Jeg er enig!\n\n{LIGHT.upper()}\n\nHilsen Bo"
    middle = LIGHT.split("\n\n")[1]
    place, begins, ends = counterpart(middle, {"text": theirs, "answers.q": "Ja."})
    assert (place, theirs[begins:ends]) == ("text", middle.upper())
    assert counterpart(middle, {"text": "\n\n".join(LIGHT.split("\n\n")[::2])}) is None
    assert counterpart("Ja.", {"text": "Nej.", "answers.q": "Ja!"}) == ("answers.q", 0, 3)
