"""The ledger: a file beside the database, one line of JSON for each act that an older backup must
not undo. It holds no names, no addresses and no words. Where several machines share a store of
files, the lines lie there, so that each machine knows the acts of all."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from kommuneplan import clock
from kommuneplan.core.file_store import names_in

_STORE = "ledger"


def ledger() -> Path:
    """Where it lies (setting ``ERASURE_LEDGER``): apart from the backups."""
    return Path(settings.ERASURE_LEDGER)


def append(*rows: Mapping[str, Any]) -> None:
    """Add lines; they are on the disk, or in the store, when this returns. One that was cut off
    stays by itself."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if _is_shared():
        name = f"{clock.now():%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex}.jsonl"
        storages[_STORE].save(name, ContentFile(text.encode()))
        return
    ledger().parent.mkdir(parents=True, exist_ok=True)
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
    """The lines of some ledgers; of the house's own also those in the store. A line that was cut
    off (the power went) is left out."""
    for row in _rows(*files):
        try:
            yield json.loads(row)
        except ValueError:
            continue


def unreadable() -> int:
    """How many lines of the house's own ledger cannot be read."""
    return len(list(_rows(ledger()))) - len(list(lines(ledger())))


def is_known() -> bool:
    """Whether the house has a ledger at all."""
    return ledger().exists() or any(True for _row in _rows(ledger()))


def _rows(*files: Path) -> Iterator[str]:
    for file in files:
        if file == ledger() and _is_shared():
            yield from _in_the_store()
        if file.exists():
            yield from filter(None, file.read_text(encoding="utf-8").splitlines())


def _in_the_store() -> Iterator[str]:
    store = storages[_STORE]
    for name in sorted(names_in(store)):  # named after the moment
        with store.open(name) as file:
            yield from filter(None, file.read().decode().splitlines())


def _is_shared() -> bool:
    return _STORE in settings.STORAGES


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)
