"""``manage.py erase_person EMAIL [--dry-run]``: erase a person, and say what is kept and why."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from kommuneplan.core.privacy.actions import erase
from kommuneplan.core.privacy.places import ErasureAct

_WORDS = {
    ErasureAct.ERASE: "Slettet",
    ErasureAct.REDACT: "Gjort anonymt",
    ErasureAct.RETAIN: "Beholdt",
}
_WOULD = {
    ErasureAct.ERASE: "Slettes",
    ErasureAct.REDACT: "Gøres anonymt",
    ErasureAct.RETAIN: "Beholdes",
}


class Command(BaseCommand):
    """Erase a person by mail address."""

    help = "Erases a person: tells for each place what is erased, redacted or kept, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, and whether only to tell."""
        parser.add_argument("email")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be done")

    def handle(self, *args: Any, email: str, dry_run: bool, **options: Any) -> None:
        """Everything that is done or kept, a line each."""
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError("Det er ikke en mailadresse.") from None
        told = erase(address=email, dry_run=dry_run)
        words = _WOULD if dry_run else _WORDS
        for one in told:
            note = f" {one.note}" if one.note else ""
            self.stdout.write(f"{words[one.act]}: {one.place} ({one.count}) – {one.ground}.{note}")
        if not told:
            self.stdout.write("Adressen findes ingen steder.")
        self.stdout.write("Navne i tekster er ikke søgt; kun adressen skelner én person fra andre.")
        if dry_run:
            self.stdout.write("Intet er ændret (--dry-run).")
