"""``manage.py read_bounces FILE…``: mark the mails that came back, from notices saved as files.

Files, mboxes and folders (such as a Maildir). Reading the same ones again marks nothing twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kommuneplan.core.mail import bounces
from kommuneplan.core.mail.actions import record_bounce


class Command(BaseCommand):
    """Read delivery status notifications (RFC 3464)."""

    help = "Marks the mails that came back, from delivery status notifications in files."

    def add_arguments(self, parser: CommandParser) -> None:
        """The files."""
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        """How many notices were read and mails marked; never whose."""
        read = marked = 0
        for path in files:
            if not path.exists():
                raise CommandError(f"{path} findes ikke.")
            for data in bounces.in_file(path):
                read += 1
                for one in bounces.read(data):
                    marked += record_bounce(
                        address=one.address, message_id=one.message_id, full=one.full
                    )
        self.stdout.write(f"{read} mails læst, {marked} noteret som kommet retur.")
