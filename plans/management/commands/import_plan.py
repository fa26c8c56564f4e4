"""Read a process plan from a file: show it, give it as JSON, or apply it to a plan."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from kommuneplan.timespan.calendar import YearParts
from kommuneplan.timespan.phrase import phrase
from plans.models import imports
from plans.readers.files import upload
from plans.readers.files.source import RefusedFile
from plans.readers.process_plan.draft import DraftPlan
from plans.readers.process_plan.reader import read_process_plan


class Command(BaseCommand):
    """``import_plan FILE [--plan SLUG] [--year Y] [--dry-run] [--json]``.

    Without ``--plan``, or with ``--dry-run``, nothing is written and no database is needed. With
    ``--plan`` the file is applied as the import pages do it, all assumptions accepted and listed.
    Exit code 1 with a message when the file cannot be read or the plan does not exist.
    """

    help = "Reads a process plan (Word, PDF, text, HTML) and shows it, or imports it into a plan."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what to do with it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--plan", metavar="SLUG", help="import into this plan")
        parser.add_argument("--year", type=int, help="year of dates that name none")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, then show or apply."""
        data = self._bytes(options["file"])
        known, parts = _house()
        try:
            source = upload.open_upload(options["file"].name, data)
            read = read_process_plan(source, year=options["year"], bodies=known, year_parts=parts)
        except RefusedFile as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        applied = ""
        if options["plan"]:
            applied = self._apply(options, read)
        if options["json"]:
            self.stdout.write(json.dumps(read.as_json(), ensure_ascii=False, indent=2))
        else:
            self._tell(read)
            if applied:
                self.stdout.write(applied)

    def _bytes(self, path: Path) -> bytes:
        try:
            if path.stat().st_size > upload.MAX_BYTES:
                raise upload.too_large(path.name, path.stat().st_size)
            return path.read_bytes()
        except RefusedFile as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        except OSError as error:
            words = {"name": path, "why": error.strerror or str(error)}
            raise CommandError(
                _("%(name)s cannot be opened: %(why)s. Check the name of the file.") % words,
                returncode=1,
            ) from error

    def _apply(self, options: dict[str, Any], read: DraftPlan) -> str:
        """Apply as the import pages would; with ``--dry-run`` everything is taken back."""
        from plans.models import Plan
        from plans.process_import import actions

        plan = Plan.objects.filter(slug=options["plan"], retired_at__isnull=True).first()
        if plan is None:
            message = _("There is no plan with the address %(slug)s.") % {"slug": options["plan"]}
            raise CommandError(message, returncode=1)
        try:
            with transaction.atomic():
                look = actions.import_file(
                    plan=plan, name=options["file"].name, read=read, year=options["year"], by=None
                )
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except imports.Incomplete as incomplete:
            sentences = "\n".join(sentence for _anchor, sentence in incomplete.problems)
            raise CommandError(sentences, returncode=1) from incomplete
        numbers = {"new": look.new, "changed": look.changed, "gone": len(look.gone)}
        return (
            _(
                "%(new)s new milestones, %(changed)s changed; "
                "%(gone)s are no longer in the file and stay."
            )
            % numbers
        )

    def _tell(self, read: DraftPlan) -> None:
        head = [read.title, read.case_number, read.document_number]
        self.stdout.write(" · ".join(part for part in head if part) or "–")
        for milestone in read.milestones:
            span = milestone.reading.span
            when = phrase(span) if span else milestone.reading.written or "–"
            who = f" ({', '.join(milestone.bodies)})" if milestone.bodies else ""
            self.stdout.write(f"  {when}: {milestone.title}{who} [{milestone.kind}]")
            for warning in milestone.warnings:
                self.stdout.write(f"      ! {warning}")
        for row in read.left_out:
            self.stdout.write(f"  – {row.text or row.row}: {row.reason}")
        for warning in read.warnings:
            self.stdout.write(f"  ! {warning}")


def _house() -> tuple[list[Any], YearParts]:
    """The bodies and the convention of the house, where there is a database."""
    from kommuneplan.core.models.municipality import year_parts
    from plans.process_import.known_bodies import known_bodies

    try:
        return known_bodies(), year_parts()
    except DatabaseError:
        return [], YearParts.THIRDS
