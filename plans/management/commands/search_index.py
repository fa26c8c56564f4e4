"""Make the index of the public search anew, or only say whether it agrees with the pages."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.public_search import engine
from plans.public_search.indexing import compared, rebuild


class Command(BaseCommand):
    """``manage.py search_index``; with ``--check`` nothing is written."""

    help = "Laver søgningens indeks på ny, eller siger om det passer med siderne (--check)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One choice."""
        parser.add_argument("--check", action="store_true", help="Sammenlign kun; skriv intet.")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Compare, or make anew."""
        if not check:
            self.stdout.write(f"Søgningens indeks er lavet på ny: {rebuild()} ting.")
            return
        wrong = [one for one in compared() if one]
        for one in wrong:
            self.stdout.write(
                f"{one.source}: {len(one.lacking)} mangler, {len(one.too_many)} er for mange,"
                f" {len(one.told_otherwise)} siger noget andet."
            )
        if wrong or not engine.is_whole():
            raise CommandError("Indekset passer ikke. Kør manage.py search_index.")
        self.stdout.write("Søgningens indeks passer med siderne.")
