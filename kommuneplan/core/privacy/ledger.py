"""The ledger: a file beside the database, one line of JSON for each act that an older backup must
not undo. It holds no names, no addresses and no words."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings


def ledger() -> Path:
    """Where it lies (setting ``ERASURE_LEDGER``): apart from the backups."""
    return Path(settings.ERASURE_LEDGER)


def append(*rows: Mapping[str, Any]) -> None:
    """Add lines; they are on the disk when this returns. One that was cut off stays by itself."""
    ledger().parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with open(ledger(), "ab+", opener=_private) as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            text = text if file.read(1) == b"\n" else f"\n{text}"
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def lines(*files: Path) -> Iterator[dict[str, Any]]:
    """The lines of some ledgers. A last line that was cut off (the power went) is left out."""
    for file in files:
        if file.exists():
            yield from _lines(file.read_text(encoding="utf-8").splitlines())


def _lines(rows: Iterable[str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        try:
            yield json.loads(row)
        except ValueError:
            continue
