"""``manage.py verify_versions``: is everything that was frozen, received or published still as it
was?"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from kommuneplan.core.integrity import IntegrityResult, results
from plans.versions.verification import Fault, verify


class Command(BaseCommand):
    """Exits with 1, and says which version, block and what, when something was changed."""

    help = (
        "Recompute the digests, the index and the chain of all frozen versions, and the seals of "
        "what was received and published."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON object on one line.")

    def handle(self, *args: Any, **options: Any) -> None:
        report, others = verify(), list(results())
        faults = [*report.faults, *(fault for one in others for fault in one.faults)]
        if options["json"]:
            told = {
                "ok": not faults,
                "versions": report.versions,
                "blocks": report.blocks,
                "others": {one.check.key: one.looked_at for one in others},
                "faults": [fault.as_dict() for fault in faults],
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
            for one in others:
                self.told_of(one)
        if faults:
            raise SystemExit(1)

    def told_of(self, result: IntegrityResult) -> None:
        """A line for each fault of one kind of thing, and how many were looked at."""
        for fault in result.faults:
            self.stdout.write(self.style.ERROR(f"{fault.where}: {fault.what}"))
        told = {"what": result.check.label, "n": result.looked_at, "faults": len(result.faults)}
        self.stdout.write(_("%(what)s: %(n)d looked at, %(faults)d faults.") % told)

    def sentence(self, fault: Fault) -> str:
        """One fault in one line."""
        where = _("%(plan)s, version %(version)d") % {"plan": fault.plan, "version": fault.version}
        if fault.block:
            where = f"{where}, #{fault.block}"
        return f"{where}: {fault.what}"
