"""Files that are handed in with a form: looked at before they are kept."""

from __future__ import annotations

import contextlib
import uuid

from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations.models import ResponseDraft
from kommuneplan.core import virus_scanner
from kommuneplan.core.enums import ScanState
from kommuneplan.uploads import Refused, check, too_many

from ..actions import drafts


def take_in(draft: ResponseDraft, request: HttpRequest) -> list[str]:
    """Lay the files of a form in the draft, and take out the one whose button was pressed.
    Returns why some were not taken, in words."""
    _take_out(draft, request.POST.get("remove", ""))
    refused = []
    held = [row.file for row in draft.files.select_related("file")]
    count, total = len(held), sum(file.size for file in held)
    for upload in request.FILES.getlist("files"):
        beyond = too_many(count + 1, total + upload.size)
        data = b"" if beyond else upload.read()
        looked = beyond or check(upload.name, data)
        if isinstance(looked, Refused):
            refused.append(f"{upload.name}: {looked.message}")
            continue
        state = scanned(data)
        if state == ScanState.INFECTED:
            refused.append(_("%(name)s: the virus scanner refused it.") % {"name": upload.name})
            continue
        drafts.add_file(
            draft=draft,
            name=looked.clean_name,
            data=data,
            content_type=looked.content_type,
            scan_state=state,
            at=request.arrived_at,
        )
        count, total = count + 1, total + upload.size
    return refused


def _take_out(draft: ResponseDraft, uid: str) -> None:
    with contextlib.suppress(ValueError):
        drafts.remove_file(draft=draft, uid=uuid.UUID(uid))


def scanned(data: bytes) -> ScanState:
    """What the virus scanner says; a scanner that is down holds nobody up, for the file is shown
    to nobody before it has been scanned."""
    try:
        return virus_scanner.scan(data)
    except virus_scanner.ScannerDown:
        return ScanState.NOT_SCANNED
