"""Saving everything, while people go on working: rows first, then the files they name."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kommuneplan import clock
from kommuneplan.core.file_store import flush
from kommuneplan.core.models import StoredFile

from .database import saver
from .manifest import Manifest, digests, whole_in

MEDIA = "files"


class BackupOccupied(Exception):
    """The folder holds something already."""


def save(folder: Path) -> Manifest:
    """Make a backup in a new or empty folder, for its owner's eyes alone.

    It gets its name, and its manifest, when it is whole; one that is broken off has neither. A
    folder that was there already (another disk, say) is filled where it is.
    """
    if folder.exists():
        if any(folder.iterdir()):
            raise BackupOccupied
        folder.chmod(0o700)
        return _fill(folder)
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)  # of an earlier try
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        manifest = _fill(unfinished)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)  # it may have filled the disk
        raise
    flush(folder.parent)
    return manifest


def _fill(folder: Path) -> Manifest:
    """Rows first, then the files they name: a file is never changed once it lies there, so files
    copied after the rows belong to them. What is not there is told, not passed over; but for what
    was deleted with its row in the meantime, as it should be."""
    rows = saver().save(folder)
    gone = {name for name in sorted(rows.files) if not _copied(name, folder / MEDIA / name)}
    manifest = Manifest(
        made_at=clock.now().isoformat(),
        engine=connection.vendor,
        revision=settings.CODE_REVISION,
        migrations=applied(),
        rows=rows.counts,
        files=digests(folder),
        missing=_still_named(gone),
    )
    manifest.write(folder)
    return manifest


def _still_named(files: set[str]) -> list[str]:
    rows = StoredFile.objects.filter(content__in=files).order_by("content")
    return list(rows.values_list("content", flat=True))


def _copied(name: str, to: Path) -> bool:
    """Copy a file out of the store, wherever that is; whether it is there."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        with default_storage.open(name) as stored, to.open("xb") as copy:
            shutil.copyfileobj(stored, copy, 1024 * 1024)
    except FileNotFoundError:
        return False
    return True


def applied() -> list[str]:
    """The migrations the database has had."""
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def forget_all_but(newest: int, root: Path) -> list[Path]:
    """Delete the older of the whole backups below a folder, and nothing else; which they were."""
    older = [folder for _manifest, folder in whole_in(root)[:-newest]]
    for folder in older:
        shutil.rmtree(folder)
    return older
