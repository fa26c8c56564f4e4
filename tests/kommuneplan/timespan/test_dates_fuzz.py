"""Any text at all: reading never fails, spans are valid, places lie inside the text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.danish import find, phrase, read
from kommuneplan.timespan.edtf import from_edtf, to_edtf
from kommuneplan.timespan.span import ReadingStatus, TimeSpan

TEXT = (
    "senest inden fra til og samt efter tidligst ca. frem t.o.m. udgangen af i d. den primo "
    "medio ultimo uge uger kvartal halvår halvdel første anden sidste forår sommer efterår "
    "vinter vinteren sommerferien påsken jul årsskiftet januar februar marts april maj juni "
    "juli august september oktober november december jan feb okt. mandag onsdag fredag året "
    "år måned 1 2 3 4 5 7 12 15 28 29 30 31 34 52 53 26 27 2026 2027 2008 1. 4. 15. 21. 31. - "
    "– / , . ( ) : ; & 5/3 31/12 2/12-15 02-12-2015 2026-10-01 Q1 K4 H2 møde deltagere § kl. "
    "næste denne sidste forrige kommende de om ugen måneden dage siden dag morgen på et en to par "
    "weekend igen hverdag hele mandags ds. i_dag samme tredje halvt eller senere "
    "17 2026/27 nov. frist halvdelen året ud og_frem mellem årets_udgang skoleåret K 2025/26 "
)
WORDS = [*TEXT.split(), "\n", "\t"]
PIECES = [word.replace("_", " ") for word in WORDS]
sentences = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).flatmap(
    lambda words: st.sampled_from([" ", ""]).map(lambda glue: glue.join(words))
)
anchors = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
years = st.none() | st.integers(1990, 2060)
previous = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1)).map(TimeSpan.day)
parts = st.sampled_from(YearParts)


@settings(max_examples=600, deadline=None)
@given(sentences | st.text(max_size=60), years, anchors, previous, parts)
def test_reading_never_fails(
    text: str,
    year: int | None,
    anchor: dt.date | None,
    row_above: TimeSpan | None,
    year_parts: YearParts,
) -> None:
    reading = read(text, year=year, anchor=anchor, previous=row_above, year_parts=year_parts)
    if reading.status in (ReadingStatus.REJECT, ReadingStatus.NODATE, ReadingStatus.RECURRING):
        assert reading.spans == ()
    else:
        assert reading.spans
    if reading.status in (ReadingStatus.REJECT, ReadingStatus.AMBIGUOUS):
        assert reading.notes


@pytest.mark.slow  # six hundred texts
@settings(max_examples=600, deadline=None)
@given(sentences, years, anchors)
def test_what_is_read_can_be_said_and_read_again(
    text: str, year: int | None, anchor: dt.date | None
) -> None:
    for span in read(text, year=year, anchor=anchor).spans:
        again = read(phrase(span))
        assert again.spans == (span,), (phrase(span), again)


@settings(max_examples=400, deadline=None)
@given(sentences, years)
def test_edtf_goes_both_ways(text: str, year: int | None) -> None:
    for span in read(text, year=year).spans:
        edtf = to_edtf(span)
        if edtf is not None:
            again = from_edtf(edtf)
            assert (again.earliest, again.latest) == (span.earliest, span.latest)
            assert (again.latest_begin, again.earliest_end) == (
                span.latest_begin,
                span.earliest_end,
            )
            assert again.modifier == span.modifier


@settings(max_examples=400, deadline=None)
@given(sentences | st.text(max_size=80), years, anchors)
def test_finding_stays_inside_the_text(text: str, year: int | None, anchor: dt.date | None) -> None:
    end = 0
    for found in find(text, year=year, anchor=anchor):
        assert end <= found.start < found.end <= len(text)
        assert found.reading.written == text[found.start : found.end]
        end = found.end
