"""``manage.py backup DIR``: rows, files and a manifest with digests, while people go on working.

A backup holds everything the house holds, secrets and personal data too: keep it as such.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kommuneplan.core.backup.saving import BackupOccupied, save


class Command(BaseCommand):
    """Save everything into an empty folder."""

    help = "Saves the database and the files into an empty folder, with a manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """How much was saved, and what was missing."""
        try:
            manifest = save(folder)
        except BackupOccupied:
            raise CommandError(
                f"{folder} er ikke tom. Vælg en ny mappe til hver sikkerhedskopi."
            ) from None
        rows = sum(manifest.rows.values())
        self.stdout.write(
            f"Gemt i {folder}: {rows} rækker i {len(manifest.rows)} tabeller; "
            f"filer: {len(manifest.files)}."
        )
        for name in manifest.missing:
            self.stderr.write(f"Filen {name} nævnes i databasen, men findes ikke på disken.")
        if manifest.missing:
            raise SystemExit(1)
