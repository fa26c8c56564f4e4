"""Uploaded plans are parsed in a limited process (``kommuneplan.uploads.sandbox``)."""

from __future__ import annotations

from typing import Any

from kommuneplan.uploads.sandbox import IN_A_REQUEST, TooHeavy, ask

from .deadline import TOO_HEAVY
from .source import RefusedFile, Source, row_from_json

WALL_SECONDS = IN_A_REQUEST


def read_in_sandbox(format: str, data: bytes, name: str = "") -> Source:
    """Parse bytes of the format ("docx", "pdf", "html") in a limited process."""
    return _source(_answer(format, data), format, name)


def word_in_sandbox(data: bytes) -> dict[str, Any]:
    """A whole text from Word, parsed in a limited process: ``WordText`` as plain data."""
    found: dict[str, Any] = _answer("word", data)["word"]
    return found


def _answer(format: str, data: bytes) -> dict[str, Any]:
    """What the limited process says; a refusal is raised here."""
    try:
        answer = ask("plans.readers.child", format, data=data, seconds=WALL_SECONDS)
    except TooHeavy as error:
        raise RefusedFile(TOO_HEAVY) from error
    if "refused" in answer:
        raise RefusedFile(answer["refused"], **answer["params"])
    return answer


def _source(answer: dict[str, Any], format: str, name: str) -> Source:
    rows = tuple(row_from_json(row) for row in answer["rows"])
    unread, seconds = tuple(answer["unread"]), answer["seconds"]
    return Source(name, format, rows, unread=unread, seconds=seconds)
