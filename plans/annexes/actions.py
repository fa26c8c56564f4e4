"""What is done to the annexes of a plan. A file that is replaced stays as an earlier version."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from kommuneplan import clock
from kommuneplan.core.examined import Examined, keep_examined
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict, Outdated
from plans.enums import AnnexKind, FoundDecision
from plans.models import Annex, AnnexFile, EffortDescription, Plan

from .listing import annexes_of


@transaction.atomic
def add_annex(
    *, plan: Plan, facts: Mapping[str, Any], file: Examined | None = None, by: User | None
) -> Annex:
    """A new annex, last in the order, with its file where there is one."""
    plan = _lock(plan)
    last = plan.annexes.aggregate(last=Max("position"))["last"] or 0
    annex = Annex(plan=plan, position=last + 1, **facts)
    _save(annex, by)
    if file is not None:
        _keep(annex, file, "", by)
    return annex


@transaction.atomic
def edit_annex(*, annex: Annex, seen: int, facts: Mapping[str, Any], by: User | None) -> Annex:
    """Change what an annex is called, and whether it may be published. Raises Conflict."""
    row = _row(annex, seen)
    if any(getattr(row, name) != value for name, value in facts.items()):
        for name, value in facts.items():
            setattr(row, name, value)
        _save(row, by)
    return row


@transaction.atomic
def replace_file(*, annex: Annex, file: Examined, reason: str = "", by: User | None) -> AnnexFile:
    """The file in a new version; the earlier ones stay. The same file once more changes nothing."""
    _lock(annex.plan)
    row = Annex.objects.get(pk=annex.pk)
    if row.is_effort:
        raise ValueError("An effort description is written, and has no file")
    return _keep(row, file, reason, by)


def _keep(annex: Annex, file: Examined, reason: str, by: User | None) -> AnnexFile:
    newest = annex.files.select_related("file").order_by("-number").first()
    if newest and newest.file.sha256 == hashlib.sha256(file.data).hexdigest():
        return newest
    row = AnnexFile(
        annex=annex,
        number=newest.number + 1 if newest else 1,
        file=keep_examined(file, by),
        replaced_because=reason.strip(),
        barriers=[one.to_json() for one in file.barriers],
        found=file.found.to_json(),
    )
    _save(row, by)
    return row


@transaction.atomic
def decide(*, file: AnnexFile, decision: FoundDecision, reason: str, by: User | None) -> AnnexFile:
    """A person has looked at what was found in a file. Raises Outdated where there is a newer
    version of the file, ValueError without a reason."""
    if not reason.strip():
        raise ValueError("A reason is needed")
    _lock(file.annex.plan)
    row = AnnexFile.objects.select_for_update().get(pk=file.pk)
    if AnnexFile.objects.filter(annex=row.annex_id, number__gt=row.number).exists():
        raise Outdated
    row.decision, row.decided_because = decision, reason.strip()
    row.decided_at, row.decided_by = clock.now(), by
    _save(row, by)
    return row


@transaction.atomic
def write_effort(
    *, annex: Annex, seen: int, facts: Mapping[str, Any], by: User | None
) -> EffortDescription:
    """What an effort description says; begun where nothing was written yet. Raises Conflict when
    it was saved since ``seen``."""
    _lock(annex.plan)
    if annex.kind != AnnexKind.EFFORT:
        raise ValueError("A file is not written here")
    rows = EffortDescription.objects.select_for_update(of=("self",))
    row = rows.filter(annex=annex).first() or EffortDescription(annex=annex)
    if row.version != seen:
        raise Conflict(row)
    if row.pk is None or any(getattr(row, name) != value for name, value in facts.items()):
        for name, value in facts.items():
            setattr(row, name, value)
        _save(row, by)
    return row


@transaction.atomic
def move_annex(*, annex: Annex, step: int, by: User | None) -> bool:
    """One place up (-1) or down (1) among the annexes in use; False where there is no such
    place."""
    rows = annexes_of(_lock(annex.plan))
    keys = [row.pk for row in rows]
    place = keys.index(annex.pk)
    if not 0 <= place + step < len(rows):
        return False
    rows[place], rows[place + step] = rows[place + step], rows[place]
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            _save(row, by)
    return True


@transaction.atomic
def retire_annex(*, annex: Annex, seen: int, reason: str, by: User | None) -> Annex:
    """Take an annex out, for a reason; what was published of it stays as it was."""
    if not reason.strip():
        raise ValueError("A reason is needed")
    _lock(annex.plan)
    row = _row(annex, seen)
    row.retired_at, row.retired_because = clock.now(), reason.strip()
    _save(row, by)
    return row


@transaction.atomic
def restore_annex(*, annex: Annex, by: User | None) -> Annex:
    """Put an annex back where it stood; twice is as once."""
    _lock(annex.plan)
    row = Annex.objects.select_for_update().get(pk=annex.pk)
    if row.retired_at is None:
        return row
    row.retired_at, row.retired_because = None, ""
    _save(row, by)
    return row


def _row(annex: Annex, seen: int) -> Annex:
    row = Annex.objects.select_for_update().get(pk=annex.pk)
    if row.version != seen:
        raise Conflict(row)
    return row


def _lock(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _save(row: Any, by: User | None) -> None:
    row._history_user = by
    row.save()
