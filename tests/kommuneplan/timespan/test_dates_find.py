"""Dates in running text, the row above, spans compared, and the command."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from kommuneplan.timespan.danish import find, phrase, read
from kommuneplan.timespan.span import Answer, Precision, Status, TimeSpan


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
    assert read("5. maj").status is Status.NODATE
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
