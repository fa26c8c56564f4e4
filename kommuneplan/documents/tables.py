"""Tables that programs read. The columns are said once; JSON, CSV, what is told of the CSV beside
it (CSV on the Web, W3C) and the schema of the JSON are all made from them. Pure.

The names of columns are Danish words without æ, ø and å: whoever reads a table has the page beside
it, and finds the same words there; and every program can write them. A word of the page that is
chosen from a list stands beside its code, which never changes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from .memo import clean
from .package import as_text

BETWEEN = "|"  # what stands between the words of a list, in CSV
_YES, _NO = "ja", "nej"

Value = str | int | bool | Decimal | dt.date | dt.datetime | tuple[str, ...] | None


class ColumnKind(StrEnum):
    """What stands in a column; the values are those of XML Schema, but for a list of texts."""

    TEXT = "string"
    NUMBER = "integer"
    DECIMAL = "decimal"
    DAY = "date"
    INSTANT = "dateTime"
    ADDRESS = "anyURI"
    YES = "boolean"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column: ``name`` never changes; ``about`` says in a few words what stands in it."""

    name: str
    about: Any  # lazily translated
    kind: ColumnKind = ColumnKind.TEXT

    @property
    def kind_words(self) -> str:
        """What stands in it, in a word; nothing of a text."""
        return {
            ColumnKind.TEXT: "",
            ColumnKind.NUMBER: _("a number"),
            ColumnKind.DECIMAL: _("number with decimals"),
            ColumnKind.DAY: _("day, such as 2027-03-31"),
            ColumnKind.INSTANT: _("day and time, such as 2027-03-31T12:00:00+02:00"),
            ColumnKind.ADDRESS: _("web address"),
            ColumnKind.YES: _("yes or no"),
            ColumnKind.LIST: _("a list"),
        }[self.kind]


@dataclass(frozen=True, slots=True)
class DataTable:
    """The form of a table. Its first column tells the rows apart."""

    key: str
    title: Any
    about: Any
    columns: tuple[DataColumn, ...]


@dataclass(frozen=True, slots=True)
class DataSource:
    """Where rows come from: who publishes them, on which page everybody reads the same, from which
    version with which seal, when they were read; and what may be done with them."""

    publisher: str
    home: str
    title: str
    page: str
    licence: str
    licence_address: str
    read_at: dt.datetime
    version: int | None = None
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows of a table, in the order of its columns. ``address``: where they are, without ending;
    ``fields``: the page that tells of the columns."""

    table: DataTable
    rows: Sequence[Sequence[Value]]
    source: DataSource
    address: str
    fields: str


def as_json(data: Dataset) -> bytes:
    """Where it comes from, then the rows, each with the names of its columns."""
    names = [column.name for column in data.table.columns]
    told = {
        "tabel": data.table.key,
        "titel": str(data.table.title),
        "kilde": _source(data),
        "licens": {"navn": data.source.licence, "adresse": data.source.licence_address},
        "felter": data.fields,
        "raekker": [dict(zip(names, map(_plain, row), strict=True)) for row in data.rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def as_csv(data: Dataset) -> bytes:
    """As Excel opens it in Danish, with the names of the columns in the first line."""
    return rows_as_csv([column.name for column in data.table.columns], data.rows)


def rows_as_csv(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """As Excel opens it in Danish: UTF-8 with a byte order mark, semicolons between. No cell is
    ever a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_metadata(data: Dataset) -> bytes:
    """What is told beside the CSV: source, licence, and what stands in each column."""
    source = data.source
    told = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "da"}],
        "url": f"{data.address}.csv",
        "dc:title": f"{data.table.title}: {source.title}",
        "dc:description": str(data.table.about),
        "dc:publisher": source.publisher,
        "dc:source": {"@id": source.page},
        "dc:license": {"@id": source.licence_address},
        "dc:language": "da",
        **({"dc:identifier": source.seal} if source.seal else {}),
        **({"schema:version": str(source.version)} if source.version else {}),
        "dialect": {"delimiter": ";", "encoding": "utf-8", "header": True, "doubleQuote": True},
        "tableSchema": {
            "columns": [_described(column) for column in data.table.columns],
            "primaryKey": data.table.columns[0].name,
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def as_schema(table: DataTable, address: str) -> bytes:
    """What the JSON of a table looks like, as JSON Schema (2020-12)."""
    text = {"type": "string"}
    row = {
        "type": "object",
        "properties": {column.name: _typed(column) for column in table.columns},
        "required": [column.name for column in table.columns],
        "additionalProperties": False,
    }
    source = {"udgiver": text, "hjemsted": text, "titel": text, "side": text, "adresse": text}
    source |= {"version": {"type": ["integer", "null"]}, "segl": text, "laest": text}
    told = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": str(table.title),
        "description": str(table.about),
        "type": "object",
        "properties": {
            "tabel": {"const": table.key},
            "titel": text,
            "kilde": {"type": "object", "properties": source, "required": list(source)},
            "licens": {
                "type": "object",
                "properties": {"navn": text, "adresse": text},
                "required": ["navn", "adresse"],
            },
            "felter": text,
            "raekker": {"type": "array", "items": row},
        },
        "required": ["tabel", "titel", "kilde", "licens", "felter", "raekker"],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _source(data: Dataset) -> dict[str, Any]:
    source = data.source
    return {
        "udgiver": source.publisher,
        "hjemsted": source.home,
        "titel": source.title,
        "side": source.page,
        "adresse": f"{data.address}.json",
        "version": source.version,
        "segl": source.seal,
        "laest": source.read_at.isoformat(timespec="seconds"),
    }


def _plain(value: Value) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, tuple):
        return _text(BETWEEN.join(one.replace(BETWEEN, "/") for one in value))
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Decimal):
        return _decimal(value)
    return "" if value is None else str(_plain(value))


def _decimal(value: Decimal) -> str:
    """Exactly, with the comma that a spreadsheet expects in Danish."""
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def _text(words: str) -> str:
    return as_text(clean(words))


def _described(column: DataColumn) -> dict[str, Any]:
    told = {"name": column.name, "titles": column.name, "dc:description": str(column.about)}
    if column.kind is ColumnKind.LIST:
        return {**told, "datatype": "string", "separator": BETWEEN}
    if column.kind is ColumnKind.DECIMAL:
        return {**told, "datatype": {"base": "decimal", "format": {"decimalChar": ","}}}
    if column.kind is ColumnKind.YES:
        return {**told, "datatype": {"base": "boolean", "format": f"{_YES}|{_NO}"}}
    return {**told, "datatype": column.kind.value}


def _typed(column: DataColumn) -> dict[str, Any]:
    about = {"description": str(column.about)}
    match column.kind:
        case ColumnKind.LIST:
            return {**about, "type": "array", "items": {"type": "string"}}
        case ColumnKind.NUMBER:
            return {**about, "type": ["integer", "null"]}
        case ColumnKind.DECIMAL:
            return {**about, "type": ["number", "null"]}
        case ColumnKind.YES:
            return {**about, "type": ["boolean", "null"]}
        case ColumnKind.DAY:
            return {**about, "type": ["string", "null"], "format": "date"}
        case ColumnKind.INSTANT:
            return {**about, "type": ["string", "null"], "format": "date-time"}
        case ColumnKind.ADDRESS:
            return {**about, "type": "string", "format": "uri"}
    return {**about, "type": "string"}
