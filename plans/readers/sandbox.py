"""Hostile files are parsed in a process of their own, with limits, and killed when over them.

The child is started anew (never forked from a running server), gets no environment of ours,
no open files and no network work to do, and answers with JSON rows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from plans.readers.deadline import OPENING, TOO_HEAVY
from plans.readers.source import RefusedFile, Source, row_from_json

ROOT = Path(__file__).resolve().parents[2]
WALL_SECONDS = OPENING
MAX_ANSWER = 20_000_000


def read_in_sandbox(format: str, data: bytes, name: str = "") -> Source:
    """Parse bytes of the format ("docx", "pdf", "html") in a limited process."""
    started = time.monotonic()
    answer = _source(_answer(format, data), format, name)
    return replace(answer, seconds=time.monotonic() - started)


def word_in_sandbox(data: bytes) -> dict[str, Any]:
    """A whole text from Word, parsed in a limited process: ``WordText`` as plain data."""
    found: dict[str, Any] = _answer("word", data)["word"]
    return found


def _answer(format: str, data: bytes) -> dict[str, Any]:
    """What the limited process says; a refusal is raised here."""
    command = [sys.executable, "-E", "-s", "-m", "plans.readers.child", format]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=environment,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedFile(TOO_HEAVY) from error
    if done.returncode != 0 or len(done.stdout) > MAX_ANSWER:
        raise RefusedFile(TOO_HEAVY)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise RefusedFile(answer["refused"], **answer["params"])
    return answer


def _source(answer: dict[str, Any], format: str, name: str) -> Source:
    rows = tuple(row_from_json(row) for row in answer["rows"])
    return Source(name, format, rows, unread=tuple(answer["unread"]))
