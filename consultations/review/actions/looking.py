"""The first look inside a file that came from outside: in the worker, in the guarded process. The
request that brought it has stored it and looked at nothing but its name and first bytes.

Files are looked at one after the other (``LANE``), so that they hold one hand of the worker at
most; each sender gets a turn before anybody gets a second one.
"""

from __future__ import annotations

from dataclasses import dataclass

from kommuneplan.core import virus_scanner
from kommuneplan.core.enums import ScanState
from kommuneplan.core.models import StoredFile
from kommuneplan.uploads import Accepted, Refused, look_inside
from kommuneplan.uploads.verdicts import kind_of

LANE = "files"


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What became of it: the file's state, and the code of why it is refused."""

    state: ScanState
    refusal: str = ""


def look_at(file: StoredFile, data: bytes) -> FirstLook:
    """Open a file that nobody has opened, and have it scanned; takes seconds, outside
    transactions. One that has been opened is only scanned, where that has not been done."""
    before = ScanState(file.scan_state)
    if file.is_refused:
        return FirstLook(before, file.refusal)
    if file.is_unopened:
        kind = kind_of(file.name)
        verdict = look_inside(Accepted(kind, file.content_type, file.name), data)
        if isinstance(verdict, Refused):
            return FirstLook(ScanState.REFUSED, verdict.code)
        before = ScanState.NOT_SCANNED
    return FirstLook(scanned(data, before))


def scanned(data: bytes, before: ScanState, *, seconds: float = virus_scanner.SECONDS) -> ScanState:
    """What the virus scanner says; as before, when there is none or it does not answer: what it
    has not scanned is shown to nobody, and scanned later."""
    if not virus_scanner.configured():
        return before
    try:
        return virus_scanner.scan(data, seconds=seconds)
    except virus_scanner.ScannerDown:
        return before


def noted(file: StoredFile, look: FirstLook) -> None:
    """Write it down; part of a transaction."""
    if (file.scan_state, file.refusal) != (look.state, look.refusal):
        file.scan_state, file.refusal = look.state, look.refusal
        file.save(update_fields=["scan_state", "refusal"])
