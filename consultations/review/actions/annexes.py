"""Annexes are looked into: for personal data, for viruses, and for whether everybody can read them.

It takes seconds, so the worker does it; the room has a button for it as well. Nothing that was not
looked into is ever shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.enums import PublicationState
from consultations.models import Attachment
from kommuneplan import clock
from kommuneplan.core.enums import ScanState
from kommuneplan.core.models import Job, StoredFile, User
from kommuneplan.core.worker import jobs
from kommuneplan.locking import Conflict
from kommuneplan.personal import SenderData
from kommuneplan.personal.files import FileFindings, Unread, find_in_file
from kommuneplan.uploads import Accepted, Barrier, Refused, accessibility, look_outside

from ..hidden_again import note_annex, note_response
from ..response_review import known_of
from . import looking
from .looking import FirstLook
from .reviewing import back_to_waiting, locked

KIND = "consultations.annex"


class AnnexRefused(ValueError):
    """The file cannot be taken in; its words say why, in the reader's language."""


def register_jobs() -> None:
    """Called once, when the app is ready."""
    reasons = {"gone": _("The annex is no longer there.")}
    jobs.register(KIND, _examine, reasons, called=_("An annex looked through"))


def later(annex: Attachment, by: User | None = None) -> Job:
    """Have an annex looked into by the worker; part of the transaction that takes it in."""
    return jobs.start(
        kind=KIND,
        subject=annex.uid,
        by=by,
        lane=looking.LANE,
        sender=str(annex.response.uid),
        weight=annex.file.size,
    )


def is_being_looked_into(annex: Attachment) -> bool:
    """Is the worker at it, or will it be?"""
    job = jobs.latest(KIND, annex.uid)
    return job is not None and job.is_open


def _examine(subject: UUID, work: jobs.Work) -> None:
    row = Attachment.objects.filter(uid=subject).select_related("file", "response").first()
    if row is None:
        raise jobs.CannotBeMade("gone")
    looked = look_into(row)
    with work.finishing():
        _store(row, looked)


@dataclass(frozen=True, slots=True)
class LookedInto:
    """What is in a file: its state, findings and barriers (plain data)."""

    file: StoredFile
    look: FirstLook
    found: dict[str, Any]
    barriers: list[dict[str, Any]]


def look_into(annex: Attachment) -> list[LookedInto]:
    """What is in the file as received, and in the one given out instead; stored nowhere yet."""
    known = known_of(annex.response.newest.content)
    files = [file for file in (annex.file, annex.published) if file is not None]
    return [_look_into(file, known) for file in files]


def _look_into(file: StoredFile, known: SenderData) -> LookedInto:
    with file.content.open("rb") as stored:
        data = stored.read()
    look = looking.look_at(file, data)
    if look.refusal:  # opened no further
        unread = FileFindings(unread=(Unread("refused"),))
        return LookedInto(file, look, unread.to_json(), [Barrier("unread").to_json()])
    found = find_in_file(file.name, data, known=known).to_json()
    return LookedInto(file, look, found, [one.to_json() for one in accessibility(file.name, data)])


def _store(annex: Attachment, looked: list[LookedInto]) -> None:
    """Write down what was seen of the files that the annex still has."""
    rows = Attachment.objects.select_for_update(of=("self",)).select_related("file", "published")
    row = rows.get(pk=annex.pk)
    seen = {one.file.pk: one for one in looked}
    for one in looked:
        looking.noted(StoredFile.objects.select_for_update().get(pk=one.file.pk), one.look)
    shown = seen.get(row.published_id or row.file_id)
    if shown is None:  # it has got another file meanwhile, which is looked into in its turn
        return
    row.findings = seen[row.file_id].found
    row.published_findings = shown.found if row.published_id else {}
    row.accessibility, row.examined_at = shown.barriers, clock.now()
    row._history_user = None
    row.save()


def replace(*, annex: Attachment, name: str, data: bytes, seen: int, by: User | None) -> Attachment:
    """Another file is given out instead: the same annex without what must not be shown. The worker
    looks into it as into the one received, which stays as it is; what is found has to be decided.

    Raises AnnexRefused for a file that is not what it says, Conflict when the annex has moved on.
    """
    verdict = look_outside(name, data)
    if isinstance(verdict, Refused):
        raise AnnexRefused(str(verdict.message))
    assert isinstance(verdict, Accepted)
    with transaction.atomic():
        response = locked(annex.response)
        row = Attachment.objects.select_for_update(of=("self",)).get(pk=annex.pk)
        if row.version != seen:
            raise Conflict(row)
        file = StoredFile.keep(
            verdict.clean_name, data, verdict.content_type, by, scan_state=ScanState.WAITING
        )
        row.published, row.published_findings, row.examined_at = file, {}, None
        row.state, row.decided_by, row.decided_because = PublicationState.WAITING, None, ""
        row._history_user = by
        row.save()
        note_annex(row)
        later(row, by)
        if response.publication_state == PublicationState.CLEARED:
            back_to_waiting(response)
            response._history_user = by
            response.save()
            note_response(response)
    return row
