"""Remind parties that were invited and have not answered, a few days before their deadline.

The worker does it by day; ``manage.py remind`` does it now, and ``--dry-run`` says how many it
would write to. How many days: the setting CONSULTATION_REMIND_DAYS (0: nobody is reminded).
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from consultations.parties.actions.invitations import due_reminders, remind_due
from kommuneplan import clock


class Command(BaseCommand):
    """Each party is reminded once before its deadline; run twice, the second does nothing."""

    help = "Reminds parties that have not answered a consultation, some days before its deadline."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--dry-run", action="store_true", help="say whom, and write to nobody")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        """Round by round, each in a transaction of its own."""
        due = due_reminders(clock.now())
        if not due:
            self.stdout.write(_("Nobody is to be reminded."))
        for round, rows in due.items():
            number = len(rows) if dry_run else remind_due(round=round)
            words = (
                _("%(title)s: %(n)d would be reminded.")
                if dry_run
                else _("%(title)s: %(n)d reminded.")
            )
            self.stdout.write(words % {"title": round.title, "n": number})
