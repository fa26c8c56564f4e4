"""Tables that programs read: one set of columns and rows in every form."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.documents.tables import (
    ColumnKind,
    DataColumn,
    Dataset,
    DataSource,
    DataTable,
    as_csv,
    as_json,
    as_metadata,
    as_schema,
)

KINDS = {kind.value.lower(): kind for kind in ColumnKind}
TABLE = DataTable(
    "proeve", "Prøve", "En tabel",
    tuple(DataColumn(name, f"Om {name}", kind) for name, kind in KINDS.items()),
)  # fmt: skip
SOURCE = DataSource(
    "Prøve Kommune", "https://x.dk/", "En plan", "https://x.dk/planer/en/", "CC BY 4.0",
    "https://creativecommons.org/licenses/by/4.0/deed.da",
    dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC), version=3, seal="abc",
)  # fmt: skip
NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
ROW = ("ord", 7, Decimal("-1234.50"), dt.date(2026, 5, 1), NOON, "https://x.dk/", True, ("Æ", "Ø"))


def data(*rows) -> Dataset:
    return Dataset(TABLE, rows, SOURCE, "https://x.dk/planer/en/proeve", "https://x.dk/data/#p")


def cells(of: Dataset) -> list[list[str]]:
    text = as_csv(of).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def test_both_forms_hold_the_same() -> None:
    of = data(ROW, ("", None, None, None, None, "", None, ()))
    told = json.loads(as_json(of))
    assert told["raekker"][0] == {
        "string": "ord", "integer": 7, "decimal": -1234.5, "date": "2026-05-01",
        "datetime": "2026-05-01T12:00:00+00:00", "anyuri": "https://x.dk/", "boolean": True,
        "list": ["Æ", "Ø"],
    }  # fmt: skip
    head, first, second = cells(of)
    assert head == list(told["raekker"][0])
    assert first == [
        "ord", "7", "-1234,5", "2026-05-01", "2026-05-01T12:00:00+00:00", "https://x.dk/", "ja",
        "Æ|Ø",
    ]  # fmt: skip
    assert second == [""] * 8


def test_where_it_comes_from_is_told_in_json_and_beside_the_csv() -> None:
    told = json.loads(as_json(data(ROW)))
    assert told["kilde"]["version"] == 3
    assert told["kilde"]["segl"] == "abc"
    assert told["kilde"]["laest"].startswith("2026-11-30T12:00")
    assert told["licens"]["adresse"].startswith("https://creativecommons.org/")
    beside = json.loads(as_metadata(data(ROW)))
    assert beside["url"] == "https://x.dk/planer/en/proeve.csv"
    assert beside["dc:license"] == {"@id": told["licens"]["adresse"]}
    assert beside["dialect"]["delimiter"] == ";"
    assert [one["name"] for one in beside["tableSchema"]["columns"]] == list(KINDS)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "\x0b="])
def test_no_text_is_a_formula(begins) -> None:
    words = f'{begins}HYPERLINK("http://x")'
    (_head, row) = cells(data((words, *ROW[1:])))
    assert row[0].startswith("'")
    assert json.loads(as_json(data((words, *ROW[1:]))))["raekker"][0]["string"] == words


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cf"]))))
def test_what_is_written_is_read_again(texts) -> None:
    rows = cells(data(*((text, *ROW[1:]) for text in texts)))[1:]
    assert [row[0].removeprefix("'") for row in rows] == [text.removeprefix("'") for text in texts]
    assert all(not row[0].lstrip().startswith(("=", "+", "-", "@")) for row in rows)


def test_the_schema_names_every_column_with_its_type() -> None:
    schema = json.loads(as_schema(TABLE, "https://x.dk/data/proeve.schema.json"))
    row = schema["properties"]["raekker"]["items"]
    assert row["required"] == list(KINDS)
    assert row["properties"]["list"]["items"] == {"type": "string"}
    told = json.loads(as_json(data(ROW)))
    assert set(told) == set(schema["required"])
    assert set(told["kilde"]) == set(schema["properties"]["kilde"]["required"])
