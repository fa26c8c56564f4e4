"""``manage.py verify_versions``: is everything that was frozen still as it was frozen?"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from plans.versions.verification import Fault, verify


class Command(BaseCommand):
    """Exits with 1, and says which version, block and what, when something was changed."""

    help = "Recompute the digests, the index and the chain of all frozen versions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON object on one line.")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify()
        if options["json"]:
            told = {
                "ok": not report.faults,
                "versions": report.versions,
                "blocks": report.blocks,
                "faults": [fault.as_dict() for fault in report.faults],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for fault in report.faults:
                self.stdout.write(self.style.ERROR(self.sentence(fault)))
            self.stdout.write(
                _("%(versions)d versions with %(blocks)d blocks looked at, %(faults)d faults.")
                % {
                    "versions": report.versions,
                    "blocks": report.blocks,
                    "faults": len(report.faults),
                }
            )
        if report.faults:
            raise SystemExit(1)

    def sentence(self, fault: Fault) -> str:
        """One fault in one line."""
        where = _("%(plan)s, version %(version)d") % {"plan": fault.plan, "version": fault.version}
        if fault.block:
            where = f"{where}, #{fault.block}"
        return f"{where}: {fault.what}"
