"""``manage.py load_demo``: the demo's municipality, its plans, an open consultation, logins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from consultations.demo.loading import load_consultation
from kommuneplan import clock
from plans.demo import content, living, loading, people


class Command(BaseCommand):
    """Loads what is missing and leaves the rest alone; a second run changes nothing."""

    requires_system_checks: list[str] = []  # a second run is to take no time
    help = "Load the municipality of the demo, its plans and its logins; keeps what is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--logins",
            action="store_true",
            default=settings.DEBUG,
            help="Make the logins, whose password is public, also where DEBUG is off.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loading.load_municipality()
        if options["logins"]:
            loading.load_logins()
        today = clock.today()
        plans = loading.load_plans(content.plans(today))
        loading.load_import(living.DRAFT, living.pasted(today), today.year)
        load_consultation(today)
        for plan in plans if options["verbosity"] else ():
            self.stdout.write(_("Loaded: %(title)s") % {"title": plan.title})
        if options["verbosity"] and options["logins"]:
            self.print_logins()

    def print_logins(self) -> None:
        """Who can sign in; the addresses and the password are made up."""
        self.stdout.write(
            _("Sign in with the password %(password)s as:") % {"password": people.PASSWORD}
        )
        for login in people.LOGINS:
            self.stdout.write(f"  {login.email:32} {login.name}")
