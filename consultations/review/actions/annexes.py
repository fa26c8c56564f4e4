"""Annexes are looked into: for personal data, for viruses, and for whether everybody can read them.

It takes seconds, so the worker does it; the room has a button for it as well. Nothing that was not
looked into is ever shown.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.enums import PublicationState
from consultations.models import Attachment
from kommuneplan import clock
from kommuneplan.core import virus_scanner
from kommuneplan.core.enums import ScanState
from kommuneplan.core.models import Job, StoredFile, User
from kommuneplan.core.worker import jobs
from kommuneplan.locking import Conflict
from kommuneplan.personal.files import find_in_file
from kommuneplan.uploads import Accepted, Refused, accessibility, check

from ..hidden_again import note_annex, note_response
from ..response_review import known_of
from .reviewing import back_to_waiting, locked

KIND = "consultations.annex"


class AnnexRefused(ValueError):
    """The file cannot be taken in; its words say why, in the reader's language."""


def register_jobs() -> None:
    """Called once, when the app is ready."""
    reasons = {"gone": _("The annex is no longer there.")}
    jobs.register(KIND, _examine, reasons)


def later(annex: Attachment, by: User | None = None) -> Job:
    """Have an annex looked into by the worker; part of the transaction that takes it in."""
    return jobs.start(kind=KIND, subject=annex.uid, by=by)


def _examine(subject: UUID, work: jobs.Work) -> None:
    row = Attachment.objects.filter(uid=subject).select_related("file", "response").first()
    if row is None:
        raise jobs.CannotBeMade("gone")
    looked = look_into(row)
    with work.finishing():
        _store(row, looked)


def examine(*, annex: Attachment, by: User | None) -> Attachment:
    """Look into an annex now; takes up to some seconds, outside any transaction."""
    looked = look_into(annex)
    with transaction.atomic():
        return _store(annex, looked, by)


Looked = tuple[object, list[object], str]  # findings, barriers (plain data), the scanner's word


def look_into(annex: Attachment) -> Looked:
    """What is in the file as received: plain data, stored nowhere yet."""
    with annex.file.content.open("rb") as stored:
        data = stored.read()
    known = known_of(annex.response.newest.content)
    name = annex.file.name
    found = find_in_file(name, data, known=known).to_json()
    barriers = [one.to_json() for one in accessibility(name, data)]
    return found, barriers, scanned(data, annex.file.scan_state)


def scanned(data: bytes, before: str) -> str:
    """What the virus scanner says; as before, when there is none or it does not answer."""
    if not virus_scanner.configured() or before == ScanState.INFECTED:
        return before
    try:
        return virus_scanner.scan(data)
    except virus_scanner.ScannerDown:
        return before


def _store(annex: Attachment, looked: Looked, by: User | None = None) -> Attachment:
    found, barriers, scan = looked
    rows = Attachment.objects.select_for_update(of=("self",)).select_related("file")
    row = rows.get(pk=annex.pk)
    row.findings, row.accessibility, row.examined_at = found, barriers, clock.now()
    row._history_user = by
    row.save()
    if row.file.scan_state != scan:
        row.file.scan_state = scan
        row.file.save(update_fields=["scan_state"])
    return row


def replace(*, annex: Attachment, name: str, data: bytes, seen: int, by: User | None) -> Attachment:
    """Another file is given out instead: the same annex without what must not be shown. It is
    looked into like the one received, which stays as it is; what is found in it has to be decided.

    Raises AnnexRefused for a file that is not what it says, Conflict when the annex has moved on.
    """
    verdict = check(name, data)
    if isinstance(verdict, Refused):
        raise AnnexRefused(str(verdict.message))
    assert isinstance(verdict, Accepted)
    known = known_of(annex.response.newest.content)
    found = find_in_file(verdict.clean_name, data, known=known).to_json()
    barriers = [one.to_json() for one in accessibility(verdict.clean_name, data)]
    scan = scanned(data, ScanState.NOT_SCANNED)
    with transaction.atomic():
        response = locked(annex.response)
        row = Attachment.objects.select_for_update(of=("self",)).get(pk=annex.pk)
        if row.version != seen:
            raise Conflict(row)
        file = StoredFile.keep(verdict.clean_name, data, verdict.content_type, by)
        if scan != file.scan_state:
            file.scan_state = scan
            file.save(update_fields=["scan_state"])
        row.published, row.published_findings, row.accessibility = file, found, barriers
        row.examined_at = row.examined_at or clock.now()
        row.state, row.decided_by, row.decided_because = PublicationState.WAITING, None, ""
        row._history_user = by
        row.save()
        note_annex(row)
        if response.publication_state == PublicationState.CLEARED:
            back_to_waiting(response)
            response._history_user = by
            response.save()
            note_response(response)
    return row
