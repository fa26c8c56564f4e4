"""``manage.py restore DIR``: bring a backup back, erase again whoever was erased since, and look
whether every frozen version is as it was frozen. Stop the server and the worker first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kommuneplan.core.backup.database import Damaged
from kommuneplan.core.backup.manifest import NotWhole
from kommuneplan.core.backup.restoring import Restored, RestoreOccupied, restore
from kommuneplan.core.privacy.ledger import is_known


class Command(BaseCommand):
    """Put a backup in the place of what is here."""

    help = "Restores a backup; refuses to replace anything unless told to."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder; whether to replace what is here; further ledgers of erasures."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace what is here")
        parser.add_argument("--ledger", type=Path, action="append", default=[])

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """What came back, what was erased again, and what the verifier says."""
        for file in options["ledger"]:
            if not file.exists():
                raise CommandError(f"{file} findes ikke.")
        known = is_known() or bool(options["ledger"])
        try:
            done = restore(folder, replace=options["replace"], ledgers=options["ledger"])
        except RestoreOccupied:
            raise CommandError(
                "Her er allerede konti eller filer. Brug --replace, hvis de skal erstattes."
            ) from None
        except (NotWhole, Damaged) as error:
            raise CommandError(str(error)) from None
        self._tell(done, known)
        call_command("verify_versions", stdout=self.stdout)

    def _tell(self, done: Restored, known: bool) -> None:
        self.stdout.write(
            f"Gendannet fra {done.manifest.day:%d-%m-%Y kl. %H.%M} (UTC): "
            f"rækker: {sum(done.manifest.rows.values())}, filer: {len(done.manifest.files)}."
        )
        if not known:
            self.stdout.write(
                "Der blev ikke fundet nogen fortegnelse over sletninger. Er nogen slettet eller "
                "noget skjult siden, så gendan igen med --ledger FIL."
            )
        self.stdout.write(f"Personer slettet igen: {done.erased_again}.")
        self.stdout.write(f"Skjult, taget ud eller trukket tilbage igen: {done.hidden_again}.")
        if done.mails_held:
            self.stdout.write(
                f"Mails holdt tilbage: {done.mails_held}. De kan være sendt siden; "
                "se dem på siden Mails."
            )
