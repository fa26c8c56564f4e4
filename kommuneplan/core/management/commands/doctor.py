"""``manage.py doctor``: is this installation in order? A line for each question, with what to do;
the exit code is 1 when there is a fault. Changes nothing.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.core.doctor.examining import examine
from kommuneplan.core.doctor.finding import FindingLevel

LABELS = {
    FindingLevel.OK: gettext_lazy("ok"),
    FindingLevel.WARNING: gettext_lazy("warning"),
    FindingLevel.FAULT: gettext_lazy("FAULT"),
}


class Command(BaseCommand):
    """Ask everything, and say what came of it."""

    help = "Checks the installation and says what is wrong and what to do."
    requires_system_checks = []  # it says itself what they would say

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each finding, and one for what to do about it."""
        width = max(len(str(label)) for label in LABELS.values())
        faults = 0
        for finding in examine():
            label = str(LABELS[finding.level]).ljust(width)
            self.stdout.write(f"{label}  {finding.subject}: {finding.words}")
            if finding.remedy:
                self.stdout.write(f"{' ' * width}  → {finding.remedy}")
            faults += finding.level == FindingLevel.FAULT
        self.stdout.write(_("Faults: %(count)s.") % {"count": faults})
        if faults:
            raise SystemExit(1)
