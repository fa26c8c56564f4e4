"""Files that are handed in with a form: kept unopened, and looked at by the worker."""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations.models import DraftFile, ResponseDraft
from kommuneplan.core.enums import ScanState
from kommuneplan.core.strangers import UsedUp
from kommuneplan.uploads import Refused, look_outside, too_many
from kommuneplan.uploads.names import extension_of

from ..actions import drafts
from ..budgets import limits_of
from .phrases import no_room_for_files


def take_in(draft: ResponseDraft, request: HttpRequest) -> list[str]:
    """Lay the files of a form in the draft, and take out the one whose button was pressed.
    Returns why some were not taken, in words."""
    _take_out(draft, request.POST.get("remove", ""))
    refused = []
    held = [row.file for row in draft.files.select_related("file") if not row.file.is_refused]
    count, total = len(held), sum(file.size for file in held)
    most = limits_of(draft, is_known=False)
    for upload in request.FILES.getlist("files"):
        beyond = too_many(count + 1, total + upload.size, files=most["files"], most=most["bytes"])
        data = b"" if beyond else upload.read()
        looked = beyond or look_outside(upload.name, data)
        if isinstance(looked, Refused):
            refused.append(f"{upload.name}: {looked.message}")
            continue
        try:
            drafts.add_file(
                draft=draft,
                name=looked.clean_name,
                data=data,
                content_type=looked.content_type,
                at=request.arrived_at,
            )
        except UsedUp:
            refused.append(f"{upload.name}: {no_room_for_files()}")
            continue
        count, total = count + 1, total + upload.size
    return refused


def _take_out(draft: ResponseDraft, uid: str) -> None:
    with contextlib.suppress(ValueError):
        drafts.remove_file(draft=draft, uid=uuid.UUID(uid))


@dataclass(frozen=True, slots=True)
class LaidFile:
    """A file of an answer as its page shows it; ``why`` it is not taken in, in words."""

    row: DraftFile
    why: str = ""

    @property
    def is_waiting(self) -> bool:
        """Is it still being looked at?"""
        return self.row.file.is_unopened


def laid(draft: ResponseDraft | None) -> list[LaidFile]:
    """The files of an answer, and what became of each."""
    rows = draft.files.select_related("file") if draft else []
    return [LaidFile(row, _why(row)) for row in rows]


def _why(row: DraftFile) -> str:
    file = row.file
    if file.scan_state == ScanState.INFECTED:
        return _("The virus scanner refused it.")
    if file.scan_state != ScanState.REFUSED:
        return ""
    told = {"name": file.name, "extension": extension_of(file.name)}
    return str(Refused(file.refusal, told).message)
