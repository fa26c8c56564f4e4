"""A file that somebody of the house hands in, looked at before it is kept: what it is, viruses,
personal data, and what stands in the way of readers. It takes some seconds and belongs outside
transactions."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kommuneplan import uploads
from kommuneplan.personal.files import FileFindings, find_in_file
from kommuneplan.uploads import Accepted, Barrier

from . import virus_scanner
from .enums import ScanState
from .models import StoredFile
from .virus_scanner import ScannerDown, scan

# Seconds on the wall of each look: together with the scanner's less than a request may take. What
# needs longer is said to be unread.
OPENED, SEARCHED = 6.0, 10.0


class NotTaken(Exception):
    """The file cannot be taken; ``message`` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Infected(NotTaken):
    """The virus scanner refuses the file."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that can be kept: its bytes, what looks like personal data in it, and what stands in
    the way of readers."""

    data: bytes
    accepted: Accepted
    found: FileFindings
    barriers: tuple[Barrier, ...]
    scan_state: ScanState


def examine(name: str, data: bytes) -> Examined:
    """Look at a file.

    Raises NotTaken for a file that is not what it says, Infected for one with a virus, and
    ``ScannerDown`` where a scanner is set up and does not answer.
    """
    verdict = uploads.check(name, data, seconds=OPENED)
    if not isinstance(verdict, Accepted):
        raise NotTaken(verdict.message)
    state = scan(data, seconds=virus_scanner.IN_A_REQUEST)
    if state == ScanState.INFECTED:
        raise Infected("")
    return Examined(
        data,
        verdict,
        find_in_file(verdict.clean_name, data, seconds=SEARCHED),
        tuple(uploads.accessibility(verdict.clean_name, data, seconds=OPENED)),
        state,
    )


def examined(upload: UploadedFile) -> Examined:
    """The upload looked at; NotTaken with words where it cannot be taken."""
    try:
        return examine(upload.name or "", upload.read())
    except Infected:
        raise NotTaken(_("The virus scanner says that the file is harmful.")) from None
    except ScannerDown:
        raise NotTaken(
            _("The virus scanner does not answer, so the file was not taken. Try again later.")
        ) from None


def keep_examined(file: Examined, by: object) -> StoredFile:
    """Store its bytes, with what the scanner said."""
    stored = StoredFile.keep(file.accepted.clean_name, file.data, file.accepted.content_type, by=by)
    if file.scan_state != ScanState.NOT_SCANNED:
        stored.scan_state = file.scan_state
        stored.save()
    return stored
