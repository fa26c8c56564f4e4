"""Saving everything, while people go on working: rows first, then the files they name."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kommuneplan import clock
from kommuneplan.core.models import StoredFile

from .database import saver
from .manifest import Manifest, digests

MEDIA = "files"


class BackupOccupied(Exception):
    """The folder holds something already."""


def save(folder: Path) -> Manifest:
    """Make a backup in a new or empty folder, for its owner's eyes alone.

    A file is never changed once it lies there, so files copied after the rows belong to them;
    what the rows name and is not there is told, not passed over.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupOccupied
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    named = set(StoredFile.objects.values_list("content", flat=True))
    rows = saver().save(folder)
    media = Path(settings.MEDIA_ROOT)
    if media.exists():
        shutil.copytree(media, folder / MEDIA)
    manifest = Manifest(
        made_at=clock.now().isoformat(),
        engine=connection.vendor,
        revision=settings.CODE_REVISION,
        migrations=applied(),
        rows=rows,
        files=digests(folder),
        missing=sorted(name for name in named if not (folder / MEDIA / name).exists()),
    )
    manifest.write(folder)
    return manifest


def applied() -> list[str]:
    """The migrations the database has had."""
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)
