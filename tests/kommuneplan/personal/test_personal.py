"""What looks like personal data is found, and what only looks like it is left alone."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.personal import Certainty, DataKind, Finding, SenderData, Why, find

CORPUS = Path(__file__).parents[2] / "data" / "personal.tsv"


def _lines() -> list[tuple[str, list[tuple[str, str]]]]:
    rows = []
    for row in CORPUS.read_text(encoding="utf-8").splitlines():
        if row.startswith("#") or not row.strip():
            continue
        text, _tab, expected = row.partition("\t")
        wanted = [one.split(":", 1) for one in expected.split(" ¦ ") if one.strip()]
        unescaped = [(kind, quote.replace("\\n", "\n")) for kind, quote in wanted]
        rows.append((text.replace("\\n", "\n"), unescaped))
    return rows


def test_the_corpus_is_large_enough():
    assert len(_lines()) >= 80


@pytest.mark.parametrize(("text", "expected"), _lines(), ids=lambda value: str(value)[:40])
def test_a_line_of_the_corpus(text: str, expected: list[tuple[str, str]]):
    assert [(found.kind.value, found.quote) for found in find(text)] == expected


_days = st.dates(dt.date(1900, 1, 1), dt.date(2030, 12, 31))
_four = st.integers(0, 9999).map("{:04d}".format)
_around = st.text(alphabet="abc æøå.,;()\n!?", max_size=30)


@given(_days, _four, st.sampled_from(["-", "–", " - ", "\u2011", "\u00ad-", "-\n"]), _around)
def test_every_day_and_any_four_digits_are_found(day, four, joint, around):
    """No modulus test, whatever stands around it and whichever dash it is."""
    number = f"{day:%d%m%y}{joint}{four}"
    found = [one for one in find(f"{around} {number} {around}") if one.kind == DataKind.CPR]
    assert [one.quote for one in found] == [number]
    assert found[0].certainty == Certainty.SURE


@given(_days, _four)
def test_ten_digits_in_a_row_are_found(day, four):
    assert [one.kind for one in find(f"Nr. {day:%d%m%y}{four} her")] == [DataKind.CPR]


@given(st.integers(1900, 2099), st.integers(1, 9_999_999))
def test_a_case_number_is_no_cpr_number(year, number):
    for written in (f"{year}-{number:05d}", f"{year}-{number:07d}", f"{year % 100}/{number}"):
        assert not [one for one in find(f"Sag {written}.") if one.kind == DataKind.CPR]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)), st.times())
def test_a_day_with_a_time_is_no_cpr_number(day, hour):
    for written in (f"{day:%d.%m.%y} kl. {hour:%H%M}", f"{day:%d-%m-%Y} {hour:%H:%M}",
                    f"{day:%d.%m.%y} {hour:%H%M}", f"{day:%Y-%m-%d}T{hour:%H:%M:%S}"):  # fmt: skip
        assert not [one for one in find(f"Mødet {written}") if one.kind == DataKind.CPR]


@given(st.text(max_size=200))
def test_findings_quote_the_text_as_it_was_given_and_do_not_overlap(text):
    found = find(text, known=SenderData(names=("Karin Holm",), phones=("33 66 33 66",)))
    assert all(text[one.start : one.end] == one.quote for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert [Finding.from_json(one.to_json()) for one in found] == found


def test_what_is_known_of_the_sender_is_found_everywhere():
    known = SenderData(
        names=("Karin Mølgaard Holm",),
        addresses=("Bakkehuset 3, 9999 Sønderå",),
        emails=("karin@eksempel.dk",),
        phones=("+45 33 66 33 66",),
    )
    text = (
        "jeg, karin mølgaard  holm, og Karin Holms søster bor i bakkehuset 3; ring 3366.3366 "
        "eller skriv til KARIN@eksempel.dk. Holm skriver selv."
    )
    found = find(text, known=known)
    assert [(one.kind.value, one.quote) for one in found] == [
        ("name", "karin mølgaard  holm"),
        ("name", "Karin Holms"),
        ("address", "bakkehuset 3"),
        ("phone", "3366.3366"),
        ("email", "KARIN@eksempel.dk"),
        ("name", "Holm"),
    ]
    assert found[-1].why == Why.KNOWN_PART
    assert not find(text.replace("KARIN@eksempel.dk", "").replace("3366.3366", ""))


SHAPES = {
    "as written": lambda words: words,
    "decomposed": lambda words: unicodedata.normalize("NFD", words),
    "with signs nobody sees": lambda words: "\u200b".join(words),
    "soft hyphens in it": lambda words: words.replace("e", "e\u00ad"),
    "hard spaces": lambda words: words.replace(" ", "\u00a0"),
    "letters of formulas": lambda words: words.translate({ord("r"): "\U0001d42b"}),
    "invisible inside a letter": lambda words: unicodedata.normalize("NFD", words).replace(
        "\u030a", "\u2060\u030a"
    ),
}


@pytest.mark.parametrize("given", ["as written", "decomposed"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_name_is_found_in_whatever_letters_it_is_written(shape, given):
    name = "Åse Kjærgård"
    written = SHAPES[shape](name)
    text = f"Jeg hedder {written}, og jeg er enig."
    (found,) = find(text, known=SenderData(names=(SHAPES[given](name),)))
    assert found.quote == written and found.certainty == Certainty.SURE
    assert text[found.start : found.end] == written


def test_a_number_in_circles_is_found():
    assert find("CPR ⓪①⓪②⓪③-①②③④")[0].kind == DataKind.CPR


@pytest.mark.slow  # long texts
@pytest.mark.parametrize(
    "text",
    [
        "e\u0300\u0327" * 60_000,
        "a" + "\u0300\u0327" * 60_000,
        "1" * 400_000,
        "0102031234" * 40_000,
        "010203-1234 " * 20_000,
        "A" * 400_000,
        "Aa " * 130_000,
        "Mvh\n" * 60_000,
        "a@" * 200_000,
        "1 2 " * 100_000,
        "Nordre Vej 1, 3000 By\n" * 15_000,
        "x" * 100_000 + "@" + "y." * 100_000,
    ],
    ids=lambda text: text[:14],
)
def test_a_long_text_takes_no_longer_than_its_length(text: str):
    started = time.process_time()
    find(text)
    assert time.process_time() - started < 2
