"""No text holds the reader of dates up: it takes time by the letters, not by their square.

Processor time, with room for a machine that has other work; by the square each of these took
minutes or ended in "maximum recursion depth".
"""

import datetime as dt
import time

import pytest

from kommuneplan.timespan import danish

pytestmark = pytest.mark.no_cover  # being watched is no part of the time

DAY = dt.date(2026, 9, 30)
SHAPES = (
    "1-", "1, ", "1-\n", "1 og ", "1 til ", "1. ", "1/", "1 1. marts ", "2026 og 1 og ",
    "1. marts og 1 og ", "uge 7, 10/9 ", "uge 7 og 1. maj og 2 ", "kvartal 1-", "mandag ",
    "mandag den ", "mandag, ", "mandag og ", "primo og ", "i ", "den ", "fra ", "til ", "mellem ",
    "senest 4 uger efter ", "dagen efter ", "4 uger fra ", "første halvdel af ", "2026 primo ",
    "sidste tredjedel af ", "1 (", "(1", "uge 7 (", "1. marts (forventet den ", "hver ", "hver a",
    "kl ", "kl. 1-", "l1|", "|", "1l", "a1", "1", "a", "a\u0301", "e\u0300\u0327", "\u00ad",
    "a-\n", " ", "\n", ".", "5/3 ØU ", "Punkt 1. ", "tidligere (1. maj ", "jul-", "uge ",
    "næste ", "næste uge ", "de næste 3 ", "om ", "om 3 ", "om ca. ", "en ", "et par ", "dags ",
    "mandag til ", "mandag-onsdag i næste ", "den 1. i ", "den 21. og ", "denne uge og ", "1 uge ",
    "i slutningen af næste ", "oktober den ", "1.2 + ", "(mandag ", "ugens ", "sidste ", "i dag ",
)  # fmt: skip


@pytest.mark.slow  # long texts, one for each of some fifty
@pytest.mark.parametrize("shape", SHAPES)
def test_twenty_thousand_letters(shape: str) -> None:
    text = (shape * 20_000)[:20_000]
    began = time.process_time()
    danish.find(text, year=2026, anchor=DAY)
    danish.read(text, year=2026, anchor=DAY)
    assert time.process_time() - began < 8  # 0.3 s alone; by the square a minute


@pytest.mark.slow  # long texts
@pytest.mark.parametrize("shape", ["1-", "uge 7 (", "1. marts og 1 og ", "(mandag ", "1.2 + "])
def test_a_hundred_thousand_letters(shape: str) -> None:
    text = (shape * 100_000)[:100_000]
    began = time.process_time()
    danish.find(text, year=2026, anchor=DAY)
    assert time.process_time() - began < 12  # 0.7 s alone; by the square an hour


def test_a_list_of_many_dates_is_read_to_its_end() -> None:
    days = ", ".join(f"{day}. marts {year}" for year in range(2001, 2041) for day in (1, 15))
    assert len(danish.find(days)) >= 2
    assert sum(len(found.reading.spans) for found in danish.find(days)) == 80
