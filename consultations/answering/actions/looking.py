"""A file laid in an answer is looked at by the worker; meanwhile the answer can be sent."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from consultations.models import DraftFile
from consultations.review.actions import looking
from kommuneplan.core.models import StoredFile
from kommuneplan.core.worker import jobs

KIND = "consultations.file"


def register_jobs() -> None:
    """Called once, when the app is ready."""
    reasons = {"taken_out": _("The file is no longer there.")}
    jobs.register(KIND, _look, reasons, called=_("A file that was handed in"))


def later(row: DraftFile) -> None:
    """Have a file looked at; part of the transaction that lays it in the answer."""
    jobs.start(
        kind=KIND,
        subject=row.uid,
        lane=looking.LANE,
        sender=str(row.draft.uid),
        weight=row.file.size,
    )


def _look(subject: UUID, work: jobs.Work) -> None:
    row = DraftFile.objects.filter(uid=subject).select_related("file").first()
    if row is None:
        raise jobs.CannotBeMade("taken_out")
    with row.file.content.open("rb") as stored:
        data = stored.read()
    look = looking.look_at(row.file, data)
    with work.finishing():
        file = StoredFile.objects.select_for_update().filter(pk=row.file_id).first()
        if file is not None:
            looking.noted(file, look)
