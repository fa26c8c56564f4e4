"""``manage.py erase_notes``: take away the private notes whose term is over.

They ceased to be shown on the day after the term; this takes the rows away. Safe to run daily.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from plans.members.actions.reading import erase_over


class Command(BaseCommand):
    """Erase members' notes at the end of the term, where the municipality says so."""

    help = "Erases the private notes whose term is over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tells how many, never whose or what."""
        self.stdout.write(f"{erase_over()} noter slettet")
