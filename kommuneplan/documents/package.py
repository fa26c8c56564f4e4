"""A package for a case system: files in folders, and what each of them is, as JSON and CSV.

Plain data in, a zip out, written file by file so that no more than one of them is in memory.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any

from kommuneplan.plain_text import composed

from .memo import clean

COLUMNS = (
    "nr", "fil", "titel", "type", "retning", "dato", "sagsnummer", "dokumentnummer",
    "filtype", "stoerrelse", "sha256", "uid",
)  # fmt: skip
LONGEST_NAME = 80
_BARRED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of the package. ``direction`` is "ind", "ud" or "intern"; ``date`` the day it was
    received or sent, in Denmark; ``data`` gives its bytes when it is its turn."""

    folder: str
    name: str
    title: str
    kind: str
    direction: str
    date: dt.date | None
    data: Callable[[], bytes]
    document_number: str = ""
    uid: str = ""


def write_package(
    target: IO[bytes],
    items: Iterable[PackageFile],
    *,
    head: dict[str, Any],
    case_number: str,
    done: Callable[[int], None] = lambda count: None,
) -> list[dict[str, str]]:
    """Write the zip to a file; the rows of its list. ``done`` is called with the number of files
    written so far. Every item becomes a file and a row: one that cannot be read raises."""
    rows: list[dict[str, str]] = []
    taken: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, item in enumerate(items, start=1):
            data = item.data()
            path = free_path(item.folder, item.name, taken)
            archive.writestr(path, data)
            rows.append(_row(number, path, item, data, case_number))
            done(number)
        listed = {**head, "sagsnummer": case_number, "filer": rows}
        archive.writestr("metadata.json", json.dumps(listed, ensure_ascii=False, indent=2))
        archive.writestr("metadata.csv", as_csv(rows))
    return rows


def _row(
    number: int, path: str, item: PackageFile, data: bytes, case_number: str
) -> dict[str, str]:
    values = (
        str(number), path, clean(item.title), item.kind, item.direction,
        item.date.isoformat() if item.date else "", case_number, item.document_number,
        path.rpartition(".")[2].lower(), str(len(data)), hashlib.sha256(data).hexdigest(), item.uid,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def as_csv(rows: Iterable[dict[str, str]]) -> bytes:
    """The list as a spreadsheet opens it: UTF-8 with a mark, semicolons, no cell a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([as_text(row[name]) for name in COLUMNS] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_text(cell: str) -> str:
    """A cell that a spreadsheet takes for text, whatever it begins with; spaces before it are
    nothing to a spreadsheet."""
    begins = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    return f"'{cell}" if begins else cell


def free_path(folder: str, name: str, taken: set[str]) -> str:
    """A path that every system can store and no other file of the package has."""
    stem, dot, ending = safe_name(name).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    path, count = f"{folder}/{stem}{dot}{ending}", 1
    while path.casefold() in taken:
        count += 1
        path = f"{folder}/{stem} ({count}){dot}{ending}"
    taken.add(path.casefold())
    return path


def safe_name(name: str) -> str:
    """A file's name without what leads elsewhere or means something to a system; its end stays."""
    name = composed(clean(name)).replace("\\", "/").rpartition("/")[2]
    name = " ".join(_BARRED.sub(" ", name).split()).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 5:
        name = f"{stem[:LONGEST_NAME].rstrip(' .')}.{ending}"
    else:
        name = name[:LONGEST_NAME].rstrip(" .")
    if _RESERVED.match(name):
        name = f"_{name}"
    return name if name.strip("._ ") else "fil"
