"""``manage.py backup [DIR]``: rows, files and a manifest with digests, while people go on working.

Without DIR a folder named after the moment is made in ``BACKUP_ROOT``. The exit code is 0 when
everything was saved, and only then. A backup holds everything the house holds, secrets and personal
data too: keep it as such.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from kommuneplan import clock
from kommuneplan.core.backup.database import Damaged
from kommuneplan.core.backup.saving import BackupOccupied, forget_all_but, save


class Command(BaseCommand):
    """Save everything into an empty folder."""

    help = "Saves the database and the files into an empty folder, with a manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder; how many of the whole ones in BACKUP_ROOT stay."""
        parser.add_argument("folder", type=Path, nargs="?")
        parser.add_argument(
            "--keep", type=int, default=0, help="so many stay in BACKUP_ROOT (0: all)"
        )

    def handle(self, *args: Any, folder: Path | None, keep: int, **options: Any) -> None:
        """How much was saved, and what was missing."""
        if folder is None:
            folder = self._named_after_now()
        try:
            manifest = save(folder)
        except BackupOccupied:
            raise CommandError(
                f"{folder} er ikke tom. Vælg en ny mappe til hver sikkerhedskopi."
            ) from None
        except (OSError, DatabaseError, Damaged) as error:
            raise CommandError(
                f"Sikkerhedskopien blev ikke lavet: {type(error).__name__}: {error}"
            ) from error
        rows = sum(manifest.rows.values())
        self.stdout.write(
            f"Gemt i {folder}: {rows} rækker i {len(manifest.rows)} tabeller; "
            f"filer: {len(manifest.files)}."
        )
        for name in manifest.missing:
            self.stderr.write(f"Filen {name} nævnes i databasen, men findes ikke på disken.")
        if manifest.missing:
            raise SystemExit(1)  # and none of the older ones is deleted
        if keep > 0 and settings.BACKUP_ROOT:
            for older in forget_all_but(keep, settings.BACKUP_ROOT):
                self.stdout.write(f"Slettet: {older}.")

    def _named_after_now(self) -> Path:
        if settings.BACKUP_ROOT is None:
            raise CommandError("Nævn en mappe, eller sæt BACKUP_ROOT.")
        return Path(settings.BACKUP_ROOT) / f"{clock.now():%Y-%m-%dT%H%M%SZ}"
