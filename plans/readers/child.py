"""The limited process: a line of JSON and the bytes on standard input, JSON on standard output.

Run as ``python -m plans.readers.child rows|plan|word|pictures|calendar``; knows no Django.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

from kommuneplan.messages import say_in
from kommuneplan.plain_text import entered
from kommuneplan.uploads.sandbox import limit

from .files.deadline import OPENING, UNDERSTANDING
from .files.opening import check_word, rows_of
from .files.source import RefusedFile, Source, row_to_json

MEMORY_BYTES = 400_000_000
MOST_PICTURES = 12_000_000  # bytes of one answer

Question = dict[str, Any]


def rows(asked: Question, data: bytes) -> dict[str, Any]:
    """The rows of a file."""
    format, read_in = rows_of(asked["format"], asked["name"], data)
    return {
        "format": format,
        "rows": [row_to_json(row) for row in read_in.rows],
        "unread": read_in.unread,
        "seconds": time.process_time(),
    }


def plan(asked: Question, data: bytes) -> dict[str, Any]:
    """A file understood as a process plan."""
    from .process_plan.known import Known
    from .process_plan.reader import read_process_plan

    say_in(asked["language"])
    format, read_in = rows_of(asked["format"], asked["name"], data)
    spent, unread = time.process_time(), tuple(read_in.unread)
    source = Source(asked["name"], format, tuple(read_in.rows), unread=unread, seconds=spent)
    known = Known.from_json(asked["known"])
    read = read_process_plan(
        source, year=known.year, bodies=known.bodies, year_parts=known.year_parts
    )
    return {"plan": read.to_json()}


def word(asked: Question, data: bytes) -> dict[str, Any]:
    """A whole text from Word."""
    from .word_text.reader import read_word

    check_word(asked["name"], data)
    return {"word": _entered(read_word(data).to_json())}


def _entered(value: Any) -> Any:
    """Every text in plain data in one shape, as a form would have taken it."""
    if isinstance(value, str):
        return entered(value)
    if isinstance(value, list | tuple):
        return [_entered(one) for one in value]
    return {key: _entered(one) for key, one in value.items()} if isinstance(value, dict) else value


def pictures(asked: Question, data: bytes) -> dict[str, Any]:
    """Pictures of a .docx: the first that fit an answer, one at least."""
    found: dict[str, str] = {}
    size = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in asked["parts"]:
            one = _picture(archive, part, asked["most"])
            size += len(one)
            if found and size > MOST_PICTURES:
                break
            found[part] = base64.b64encode(one).decode()
    return {"pictures": found}


def _picture(archive: zipfile.ZipFile, part: str, most: int) -> bytes:
    try:
        with archive.open(part) as stream:
            found = stream.read(most + 1)
    except Exception:  # whatever zipfile makes of it: there is no picture
        return b""
    return found if len(found) <= most else b""


def calendar(asked: Question, data: bytes) -> dict[str, Any]:
    """The meetings of a calendar file."""
    from .calendar_file import read_calendar

    first, last = (date.fromisoformat(asked[end]) for end in ("first", "last"))
    rows = read_calendar(asked["name"], data, first, last)
    return {"meetings": _entered([row.to_json() for row in rows])}


WORK: dict[str, Callable[[Question, bytes], dict[str, Any]]] = {
    "rows": rows,
    "plan": plan,
    "word": word,
    "pictures": pictures,
    "calendar": calendar,
}


def main() -> None:
    what = sys.argv[1]
    limit(memory=MEMORY_BYTES, cpu_seconds=OPENING + (UNDERSTANDING if what == "plan" else 0))
    asked = json.loads(sys.stdin.buffer.readline())
    try:
        answer = WORK[what](asked, sys.stdin.buffer.read())
    except RefusedFile as refused:
        answer = {"refused": refused.source, "params": refused.params}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
