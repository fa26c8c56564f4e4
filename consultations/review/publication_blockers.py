"""What hinders that a response is shown to everybody, and what was found in its annexes."""

from __future__ import annotations

from enum import StrEnum

from consultations.enums import PublicationState
from consultations.models import Attachment
from kommuneplan.core import virus_scanner
from kommuneplan.core.enums import ScanState
from kommuneplan.personal import find
from kommuneplan.personal.files import FileFindings


class Hindrance(StrEnum):
    """Why a response cannot be shown to everybody yet."""

    FINDINGS = "findings"
    EARLIER = "earlier"
    ANNEX_WAITS = "annex_waits"
    ANNEX_NOT_EXAMINED = "annex_not_examined"
    ANNEX_NOT_SCANNED = "annex_not_scanned"
    ANNEX_REFUSED = "annex_refused"
    ANNEX_INFECTED = "annex_infected"
    LATE = "late"
    WITHDRAWN = "withdrawn"


def findings_of(annex: Attachment) -> FileFindings | None:
    """What was found in the file that everybody would get; None when nobody has looked."""
    data = annex.published_findings if annex.published_id else annex.findings
    if annex.examined_at is None:
        return None
    return FileFindings.from_json(data) if data else None


def needs_person(annex: Attachment) -> bool:
    """Was something found in the file, or in what it is called, that a person must look at?"""
    found = findings_of(annex)
    return bool(found and found.needs_person) or bool(find(annex.title))


def hindered(annex: Attachment) -> Hindrance | None:
    """What hinders that a response is shown because of one of its annexes."""
    if annex.state == PublicationState.HIDDEN:
        return None
    file = annex.published or annex.file
    if file.scan_state == ScanState.INFECTED:
        return Hindrance.ANNEX_INFECTED
    if file.scan_state == ScanState.REFUSED:
        return Hindrance.ANNEX_REFUSED
    if annex.examined_at is None or file.is_unopened:
        return Hindrance.ANNEX_NOT_EXAMINED
    if file.scan_state not in virus_scanner.safe_states():
        return Hindrance.ANNEX_NOT_SCANNED
    if annex.state == PublicationState.WAITING and needs_person(annex):
        return Hindrance.ANNEX_WAITS
    return None
