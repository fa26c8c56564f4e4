"""Files that were taken in while the virus scanner did not answer, or before there was one."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from consultations.models import Attachment, DraftFile, Material
from kommuneplan.core import upkeep, virus_scanner
from kommuneplan.core.enums import ScanState
from kommuneplan.core.models import StoredFile

AT_ONCE = 200  # files of one round of the worker


def scan_waiting() -> int:
    """Have them scanned, the oldest first; how many were. Stops where the scanner is down: they
    wait on, shown to nobody."""
    if not virus_scanner.configured():
        return 0
    done = 0
    for file in _waiting()[:AT_ONCE]:
        try:
            with file.content.open("rb") as stored:
                state = virus_scanner.scan(stored.read())
        except virus_scanner.ScannerDown:
            break
        except OSError:  # its bytes are gone: there is nothing to show either
            continue
        done += _noted(file, state)
    return done


def _waiting() -> QuerySet[StoredFile]:
    """Those of responses, drafts and materials that nobody has scanned."""
    held = (
        Q(pk__in=Attachment.objects.values("file"))
        | Q(pk__in=Attachment.objects.filter(published__isnull=False).values("published"))
        | Q(pk__in=DraftFile.objects.values("file"))
        | Q(pk__in=Material.objects.values("file"))
    )
    return StoredFile.objects.filter(held, scan_state=ScanState.NOT_SCANNED).order_by("pk")


@transaction.atomic
def _noted(file: StoredFile, state: ScanState) -> int:
    row = StoredFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if row.scan_state != ScanState.NOT_SCANNED:
        return 0
    row.scan_state = state
    row.save(update_fields=["scan_state"])
    return 1


def register_upkeep() -> None:
    """Called once, when the app is ready."""
    upkeep.register("consultations.scanning", scan_waiting)
