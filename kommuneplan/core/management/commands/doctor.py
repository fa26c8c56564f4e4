"""``manage.py doctor``: is this installation in order? A line for each question, with what to do;
the exit code is 1 when there is a fault. Changes nothing.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.core.doctor.diagnosis import Severity
from kommuneplan.core.doctor.examining import examine

LABELS = {
    Severity.OK: gettext_lazy("ok"),
    Severity.WARNING: gettext_lazy("warning"),
    Severity.FAULT: gettext_lazy("FAULT"),
}


class Command(BaseCommand):
    """Ask everything, and say what came of it."""

    help = "Checks the installation and says what is wrong and what to do."
    requires_system_checks = []  # it says itself what they would say

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each diagnosis, and one for what to do about it."""
        width = max(len(str(label)) for label in LABELS.values())
        faults = 0
        for diagnosis in examine():
            label = str(LABELS[diagnosis.level]).ljust(width)
            self.stdout.write(f"{label}  {diagnosis.subject}: {diagnosis.words}")
            if diagnosis.remedy:
                self.stdout.write(f"{' ' * width}  → {diagnosis.remedy}")
            faults += diagnosis.level == Severity.FAULT
        self.stdout.write(_("Faults: %(count)s.") % {"count": faults})
        if faults:
            raise SystemExit(1)
