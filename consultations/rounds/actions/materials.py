"""The files that go out with a draft (høringsmateriale): looked at before they are kept, since
everybody who is consulted gets them."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.db.models import Max, Sum

from consultations.locking import RoundMovedOn, locked, saved
from consultations.models import Material, Round
from kommuneplan import clock, uploads
from kommuneplan.core.examined import Examined, NotTaken, keep_examined
from kommuneplan.core.models import User


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
    stored = keep_examined(file, by)
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
