"""The tables of Danish date expressions: strict window, precision, modifier and status.

An invented date counts for more than a missed one: there must be none at all.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from kommuneplan.timespan.danish import phrase, read
from kommuneplan.timespan.edtf import from_edtf, to_edtf
from kommuneplan.timespan.span import Reading

DATA = Path(__file__).parents[2] / "data"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


ROWS = rows("dates.tsv") + rows("more_dates.tsv")


def reading_of(row: Row) -> Reading:
    return read(
        row["expression"],
        year=int(row["context_year"]) if row["context_year"] else None,
        anchor=dt.date.fromisoformat(row["anchor_date"]) if row["anchor_date"] else None,
    )


def facts(reading: Reading) -> tuple[str, ...]:
    spans = reading.spans
    if not spans:
        return ("", "", "", "", str(reading.status))
    modifier = "multi" if len(spans) > 1 else str(spans[0].modifier)
    earliest, latest = str(spans[0].earliest or ""), str(spans[-1].latest or "")
    return (earliest, latest, str(spans[0].precision), modifier, str(reading.status))


@pytest.mark.parametrize("name", ["dates.tsv", "more_dates.tsv"])
def test_table(name: str) -> None:
    misses = []
    table = rows(name)
    for row in table:
        wanted = tuple(
            row[key] for key in ("earliest", "latest", "precision", "modifier", "status")
        )
        got = facts(reading_of(row))
        if got != wanted:
            misses.append(f"{row['id']} {row['expression']!r}: {wanted} but {got}")
    print("\n".join(misses))
    assert len(misses) <= 0.02 * len(table), misses


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row["status"] in ("reject", "nodate", "recurring")],
    ids=lambda row: row["id"],
)
def test_no_date_is_invented(row: Row) -> None:
    assert reading_of(row).spans == ()


def test_every_reading_can_be_said_and_read_again() -> None:
    for row in ROWS:
        for span in reading_of(row).spans:
            again = read(phrase(span))
            assert again.spans == (span,), (row["expression"], phrase(span), again)
            assert phrase(span, "en")


def test_edtf_goes_both_ways() -> None:
    for row in ROWS:
        for span in reading_of(row).spans:
            text = to_edtf(span)
            if text is not None:
                again = from_edtf(text)
                assert again.earliest_begin == span.earliest_begin
                assert again.latest_begin == span.latest_begin
                assert again.earliest_end == span.earliest_end
                assert again.latest_end == span.latest_end
                assert again.modifier == span.modifier
