"""The journal package of a round, made in the background, and the marks "journaliseret"."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Filing, JournalPackage, OriginalRead, Round
from consultations.review.actions.originals import PACKAGE, write_down
from kommuneplan import clock
from kommuneplan.core.models import Job, StoredFile, User
from kommuneplan.core.worker import jobs
from kommuneplan.documents.package import write_package

from ..case_file import Package, things_of

KIND = "consultations.package"
ZIP = "application/zip"
LONGEST_NUMBER = 60  # letters of a document number


def register_jobs() -> None:
    """Called once, when the app is ready."""
    reasons = {
        "no_round": _("The consultation is no longer there."),
        "no_file": _(
            "A file of the consultation cannot be read, so no package was made: it would not have "
            "been whole. Tell whoever runs the system."
        ),
    }
    jobs.register(KIND, _make, reasons, called=_("Package for the case system"))


@transaction.atomic
def start_package(*, round: Round, by: User) -> Job:
    """Have a package made of everything that is in the round when the worker begins."""
    return jobs.start(kind=KIND, subject=round.uid, by=by)


def _make(subject: UUID, work: jobs.Work) -> None:
    """Written to a file outside memory, and stored whole or not at all."""
    round = Round.objects.select_related("plan", "frozen").filter(uid=subject).first()
    if round is None:
        raise jobs.CannotBeMade("no_round")
    at = clock.now()
    package = Package(round, at=at)
    total = max(package.count(), 1)
    made_by = Job.objects.select_related("created_by").get(uid=work.uid).created_by
    with tempfile.TemporaryFile() as file:
        try:
            write_package(
                file,
                package.items(),
                head=package.head,
                case_number=round.plan.case_number,
                done=lambda count: work.progress(min(95, count * 95 // total)),
            )
        except OSError as error:  # nothing is left out in silence
            raise jobs.CannotBeMade("no_file") from error
        work.progress(96)
        with work.finishing():
            stored = StoredFile.keep_large(f"journal-{round.slug}.zip", file, ZIP, by=made_by)
            JournalPackage.objects.create(round=round, made_at=at, made_by=made_by, file=stored)


def note_fetching(*, package: JournalPackage, by: User) -> OriginalRead:
    """Somebody takes a package along: the originals are in it, so it is written down first."""
    return write_down(round=package.round, thing=package.uid, what=PACKAGE, by=by)


@transaction.atomic
def file_things(*, round: Round, numbers: Mapping[tuple[str, UUID], str], by: User) -> int:
    """Mark what has got a document number in the case system as filed; returns how many marks
    changed. ``numbers``: by kind and uid; an empty one takes a mark back, which stays in the
    list. Things that are not the round's are left alone."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    changed = 0
    for thing in things_of(round):
        wanted = numbers.get((thing.kind, thing.uid))
        if wanted is None or wanted == thing.document_number:
            continue
        changed += 1
        rows = Filing.objects.filter(kind=thing.kind, thing=thing.uid, undone_at__isnull=True)
        for row in rows:
            row.undone_at = clock.now()
            row._history_user = by
            row.save()
        if wanted:
            row = Filing(
                round=round, kind=thing.kind, thing=thing.uid,
                document_number=wanted, at=clock.now(), by=by,
            )  # fmt: skip
            row._history_user = by
            row.save()
    return changed
