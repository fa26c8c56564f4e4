"""Where the bytes of files lie, and that they lie there before a row says so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage


class DurableFileStorage(FileSystemStorage):
    """A folder of this machine. What has been saved is on the disk, the names of the file and of
    the folders it lies in too: a row that is committed afterwards never names what the power took.
    """

    def _save(self, name: str, content: File[bytes]) -> str:
        saved: str = super()._save(name, content)
        root, place = Path(self.location), Path(self.path(saved))
        for path in (place, *place.parents):
            flush(path)
            if path == root:
                break
        return saved


def flush(*paths: Path) -> None:
    """See that files, and the names in folders, are on the disk."""
    for path in paths:
        line = os.open(path, os.O_RDONLY)
        try:
            os.fsync(line)
        finally:
            os.close(line)


def names_in(store: Storage, folder: str = "") -> Iterator[str]:
    """The name of every file in a store, or below a folder of it."""
    try:
        folders, files = store.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from names_in(store, f"{folder}/{name}" if folder else name)
