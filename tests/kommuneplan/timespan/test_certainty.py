"""What a date's pattern tells to eyes is told in words to everybody, and both alike."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.timespan import danish
from kommuneplan.timespan.certainty import DateCertainty, certainty, certainty_words
from kommuneplan.timespan.span import TimeSpan
from plans.document.date_words import precise_date, precision
from plans.document.plan_document import MilestoneLine


def told(written: str, kind: str = "meeting", when: TimeSpan | None = None) -> str:
    when = when or danish.read(written).spans[0]
    return precision(MilestoneLine(uid="m", title="x", when=when, written=written, kind=kind))


@pytest.mark.parametrize(
    ("written", "kind", "words"),
    [
        ("22. december 2026", "meeting", ""),
        ("ca. 3. maj 2027", "meeting", ""),  # says it itself
        ("senest 1. oktober 2027", "meeting", ""),
        ("inden sommerferien 2027", "meeting", ""),
        ("fra 1. august 2027", "implementation", ""),
        ("12. november–24. december 2026", "hearing", "hele perioden"),
        ("maj 2027", "hearing", "hele perioden"),
        ("maj 2027", "meeting", "et tidspunkt i perioden"),
        ("ultimo oktober 2027", "meeting", "et tidspunkt i perioden"),
        ("ca. maj 2027", "hearing", "et tidspunkt i perioden"),
        (
            "maj–august 2027",
            "meeting",
            "begynder eller slutter på en dag, der ikke er fastlagt",
        ),
    ],
)
def test_how_precise_a_date_is_stands_in_words(written: str, kind: str, words: str) -> None:
    assert told(written, kind) == words


def test_a_deadline_whose_words_name_only_the_day_says_at_the_latest() -> None:
    """As under a column's heading "Frist": the value is a deadline, the words are a day."""
    when = TimeSpan.by(dt.date(2027, 10, 1))
    assert told("1. oktober 2027", when=when) == "senest"
    line = MilestoneLine(uid="m", title="x", when=when, written="1. oktober 2027", kind="deadline")
    assert precise_date(line) == "1. oktober 2027 (senest)"


def test_what_has_no_date_has_no_precision() -> None:
    line = MilestoneLine(uid="m", title="x", when=None, written="afventer", kind="other")
    assert precision(line) == "" and precise_date(line) == "afventer"


days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@given(first=days, last=days, lasts=st.booleans())
def test_only_a_day_needs_no_words(first: dt.date, last: dt.date, lasts: bool) -> None:
    first, last = sorted((first, last))
    known = certainty(TimeSpan.between(first, last), lasts=lasts)
    assert known is (DateCertainty.DAY if first == last else DateCertainty.WHOLE)
    assert bool(certainty_words(known)) is (first != last)
