"""Uploaded plans are opened and understood in a limited process of their own."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from kommuneplan.uploads.sandbox import IN_A_REQUEST, TooHeavy, ask

from .deadline import TOO_HEAVY
from .source import RefusedFile, Source, row_from_json

WALL_SECONDS = IN_A_REQUEST


def read_in_sandbox(format: str, data: bytes, name: str = "") -> Source:
    """The rows of bytes of a format (see ``opening.rows_of``)."""
    answer = _answer("rows", data, format=format, name=name)
    rows = tuple(row_from_json(row) for row in answer["rows"])
    unread, seconds = tuple(answer["unread"]), answer["seconds"]
    return Source(name, answer["format"], rows, unread=unread, seconds=seconds)


def plan_in_sandbox(
    format: str, data: bytes, name: str, *, language: str, known: Mapping[str, Any]
) -> dict[str, Any]:
    """A process plan as it is understood, as plain data; ``known``: what the municipality says of
    itself, as ``process_plan.sandbox`` has it. What is told of it is said in ``language``."""
    asked = {"format": format, "name": name, "language": language, "known": known}
    found: dict[str, Any] = _answer("plan", data, **asked)["plan"]
    return found


def word_in_sandbox(data: bytes, name: str) -> dict[str, Any]:
    """A whole text from Word: ``WordText`` as plain data."""
    found: dict[str, Any] = _answer("word", data, name=name)["word"]
    return found


def pictures_in_sandbox(data: bytes, parts: Iterable[str], most: int) -> dict[str, bytes]:
    """The bytes of pictures in a .docx, by their parts; empty where one is larger than ``most`` or
    not there. As many are asked for at a time as fit an answer."""
    found: dict[str, bytes] = {}
    left = list(dict.fromkeys(parts))
    while left:
        try:
            answer = _answer("pictures", data, parts=left, most=most)["pictures"]
        except RefusedFile:
            return found | dict.fromkeys(left, b"")
        found |= {part: base64.b64decode(one) for part, one in answer.items()}
        left = [part for part in left if part not in found]
    return found


def calendar_in_sandbox(data: bytes, name: str, *, first: str, last: str) -> list[dict[str, Any]]:
    """The meetings of a calendar file between two days: ``CalendarRow`` as plain data."""
    found: list[dict[str, Any]] = _answer("calendar", data, name=name, first=first, last=last)[
        "meetings"
    ]
    return found


def _answer(what: str, data: bytes, **question: Any) -> dict[str, Any]:
    """What the limited process says; a refusal is raised here."""
    line = json.dumps(question).encode() + b"\n"
    try:
        answer = ask("plans.readers.child", what, data=line + data, seconds=WALL_SECONDS)
    except TooHeavy as error:
        raise RefusedFile(TOO_HEAVY) from error
    if "refused" in answer:
        raise RefusedFile(answer["refused"], **answer["params"])
    return answer
