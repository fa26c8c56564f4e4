"""The files that go out with a draft (høringsmateriale): looked at before they are kept, since
everybody who is consulted gets them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Sum

from consultations.locking import RoundMovedOn, locked, saved
from consultations.models import Material, Round
from kommuneplan import clock, uploads
from kommuneplan.core import virus_scanner
from kommuneplan.core.enums import ScanState
from kommuneplan.core.models import StoredFile, User
from kommuneplan.core.virus_scanner import scan
from kommuneplan.personal.files import FileFindings, find_in_file
from kommuneplan.uploads import Accepted, Barrier


class NotTaken(Exception):
    """The file cannot go out; ``message`` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


# Seconds on the wall of each look at a file that the house itself hands in: together with the
# scanner's less than a request may take. What needs longer is said to be unread.
OPENED, SEARCHED = 6.0, 10.0


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that can be kept: its bytes, what looks like personal data in it, and what stands in
    the way of readers."""

    data: bytes
    accepted: Accepted
    found: FileFindings
    barriers: tuple[Barrier, ...]
    scan_state: ScanState


class Infected(NotTaken):
    """The virus scanner refuses the file."""


def examine(name: str, data: bytes) -> Examined:
    """Look at a file; takes some seconds and belongs outside transactions.

    Raises NotTaken for a file that is not what it says, Infected for one with a virus, and
    ``scanning.ScannerDown`` where a scanner is set up and does not answer.
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


@transaction.atomic
def add_material(*, round: Round, title: str, file: Examined, by: User | None) -> Material:
    """Keep a file with a round that is being prepared; whoever calls has shown what was found in
    it. Raises NotNow once the round is announced, NotTaken when the files become too many.
    """
    row = locked(round)
    if row.announced_at is not None or row.withdrawn_at is not None:
        raise RoundMovedOn
    return keep_material(row, title, file, by)


def keep_material(round: Round, title: str, file: Examined, by: User | None) -> Material:
    """The file behind those there are, once if it is sent twice; part of a verb that has locked the
    round."""
    there = round.materials.filter(retired_at__isnull=True)
    digest = hashlib.sha256(file.data).hexdigest()
    same = there.filter(file__sha256=digest, file__name=file.accepted.clean_name).first()
    if same is not None:
        return same
    size = there.aggregate(total=Sum("file__size"))["total"] or 0
    refused = uploads.too_many(there.count() + 1, size + len(file.data))
    if refused is not None:
        raise NotTaken(refused.message)
    stored = StoredFile.keep(file.accepted.clean_name, file.data, file.accepted.content_type, by=by)
    if file.scan_state != ScanState.NOT_SCANNED:
        stored.scan_state = file.scan_state
        stored.save()
    last = round.materials.aggregate(last=Max("position"))["last"] or 0
    material = Material(
        round=round,
        position=last + 1,
        title=title or file.accepted.clean_name,
        file=stored,
        findings=[one.to_json() for one in file.barriers],
    )
    return saved(material, by)


@transaction.atomic
def take_out(*, material: Material, by: User | None) -> Material:
    """Send the file out no more. Raises NotNow once the round is announced."""
    round = locked(material.round)
    if round.announced_at is not None or round.withdrawn_at is not None:
        raise RoundMovedOn
    row = Material.objects.get(pk=material.pk)
    row.retired_at = row.retired_at or clock.now()
    return saved(row, by)
