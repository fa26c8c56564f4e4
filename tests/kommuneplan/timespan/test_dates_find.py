"""Dates in running text, the row above, spans compared, and the command."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.danish import find, phrase, read
from kommuneplan.timespan.span import Answer, Precision, ReadingStatus, TimeSpan


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021Idéudvikling", ["2021"]),
        ("Sept-oktSeks partnerskaber", ["Sept-okt"]),
        ("5. martsBehandling i udvalget", ["5. marts"]),
        ("Status (ultimo oktober)", ["ultimo oktober"]),
        ("12 deltagere mødes 5. maj kl. 16-18 i lokale 211", ["5. maj kl. 16-18"]),
        ("lov nr. 1053 af 8. september 2015, senest 1. oktober", ["senest 1. oktober"]),
        ("Kommuneplan 2009/2025, Strategi 2026-2029, BR 644/05, 1592 København V", []),
        ("sektorplanen fra 2004 og 1/3 af brugerne, tlf. 33 17 33 17", []),
        ("Punkt 4. Maj Olsen og Jan Hansen", []),
    ],
)
def test_found_in_running_text(text: str, words: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find(text, year=2026)] == words


def test_the_row_above_gives_the_year() -> None:
    december = TimeSpan.day(dt.date(2026, 12, 10))
    assert read("januar", previous=december, year=2020).span == read("januar 2027").span
    assert read("november", previous=december).span == read("november 2026").span
    assert read("samme dag", previous=december).span == december
    assert read("5. maj").status is ReadingStatus.NODATE
    assert read("5. maj").notes


def test_spans_compare() -> None:
    year = TimeSpan.within(dt.date(2012, 1, 1), dt.date(2012, 12, 31), Precision.YEAR)
    day = TimeSpan.day(dt.date(2012, 6, 1))
    assert not year.is_overdue(dt.date(2012, 12, 31))
    assert year.is_overdue(dt.date(2013, 1, 1))
    assert not TimeSpan.from_(dt.date(2012, 1, 1)).is_over(dt.date(2099, 1, 1))
    assert year.before(day) is Answer.POSSIBLY
    assert day.overlaps(year) is Answer.POSSIBLY
    assert day.before(TimeSpan.day(dt.date(2012, 6, 2))) is Answer.CERTAINLY
    assert sorted([TimeSpan.by(dt.date(2012, 7, 1)), day])[0] == day
    assert phrase(day.shifted(1)) == "2. juni 2012"
    with pytest.raises(ValueError, match="order"):
        TimeSpan.between(dt.date(2012, 2, 1), dt.date(2012, 1, 1))


def test_the_command_reads_a_table(tmp_path: Path) -> None:
    table = tmp_path / "dates.tsv"
    table.write_text("id\texpression\nA\tuge 36 og 39 2026\nbad\nB\tmaj\t2026\n", "utf-8")
    out = io.StringIO()
    call_command("read_dates", tsv=str(table), stdout=out)
    first, bad, last = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["earliest"], first["latest"], first["modifier"]) == (
        "2026-08-31",
        "2026-09-27",
        "multi",
    )
    assert bad["status"] == "reject"
    assert last["edtf"] == "2026-05"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Høringen starter august og slutter oktober", ["august", "oktober"]),
        ("Maj Olsen bor i Augustenborg hos August Krogh", []),
        ("Vi er med. August bliver travl. Vi mødes med. aug. 2026", ["med. aug. 2026"]),
        ("Der er status hvert år den 1. oktober", []),
        ("Svar gives senest 4 uger efter 1. maj 2026 i salen", ["senest 4 uger efter 1. maj 2026"]),
        ("Det tages om sommeren og til jul", []),
        ("Det var sådan i 2020'erne", []),
    ],
)
def test_words_around_a_date_in_running_text(text: str, words: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find(text, year=2026)] == words


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("udskudt fra 5. maj til 8. juni 2026", dt.date(2026, 5, 5)),
        ("8. juni 2026 (tidligere 5. maj)", dt.date(2026, 5, 5)),
    ],
)
def test_a_moved_date_is_the_new_one_and_the_old_one_is_told(text: str, day: dt.date) -> None:
    reading = read(text)
    assert reading.span == TimeSpan.day(dt.date(2026, 6, 8))
    assert any(phrase(TimeSpan.day(day)) in remark for remark in reading.notes)


@pytest.mark.parametrize("parts", YearParts)
@pytest.mark.parametrize("text", ["primo 2026", "senest medio 2026", "tidligst ultimo 2026"])
def test_parts_of_a_year_are_read_again_under_any_setting(parts: YearParts, text: str) -> None:
    span = read(text, year_parts=parts).span
    assert span is not None
    assert read(phrase(span)).span == span
    assert read(phrase(span), year_parts=parts).span == span


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("medio/ultimo august 2026", "medio–ultimo august 2026"),
        ("6. marts - ultimo april 2026", "6. marts til ultimo april 2026"),
        ("uge 51, 2026 - uge 2, 2027", "uge 51, 2026 til uge 2, 2027"),
        ("slutningen af 2026", "ultimo 2026 (september–december)"),
        ("21.-31. oktober 2015", "21.–31. oktober 2015"),
    ],
)
def test_spans_are_told_as_a_secretary_writes_them(text: str, words: str) -> None:
    span = read(text).span
    assert span is not None
    assert phrase(span) == words


def test_what_edtf_cannot_say_is_left_out(tmp_path: Path) -> None:
    """A set lists days, months and years; quarters take no qualifier (EDTF level 2)."""
    table = tmp_path / "dates.tsv"
    table.write_text("A\tca. 2. kvartal 2026\nB\tforåret og efteråret 2026\n", "utf-8")
    out = io.StringIO()
    call_command("read_dates", tsv=str(table), stdout=out)
    assert [json.loads(line)["edtf"] for line in out.getvalue().splitlines()] == [None, None]
