"""What the verbs of every import share: begun once, corrected under its lock, put aside."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from plans.enums import DraftState
from plans.models.imports import Import, ImportQuerySet, NotOpen

AnyImport = TypeVar("AnyImport", bound=Import)


def begun_before(rows: ImportQuerySet, *, key: uuid.UUID | None, by: User) -> Import | None:
    """The import that the same form has begun, when it is sent a second time."""
    return rows.filter(uid=key, owner=by).first() if key else None


def begin(draft: AnyImport, *, key: uuid.UUID | None, by: User) -> AnyImport:
    """Store a new import under the key of its form, unless somebody else's has that key."""
    if key and not type(draft).objects.filter(uid=key).exists():
        draft.uid = key
    return save(draft, by=by)


def save(draft: AnyImport, *, by: User | None) -> AnyImport:
    """Store the row; its history says who."""
    draft._history_user = by
    draft.save()
    return draft


def locked(draft: AnyImport) -> AnyImport:
    """The row under its lock, open or applied. Raises NotOpen when it was discarded."""
    row: AnyImport = type(draft).objects.select_for_update().get(pk=draft.pk)
    if row.state == DraftState.DISCARDED:
        raise NotOpen
    return row


def locked_open(draft: AnyImport) -> AnyImport:
    """The row under its lock. Raises NotOpen when it was applied or discarded."""
    row = locked(draft)
    if not row.is_open:
        raise NotOpen
    return row


def mark_applied(draft: AnyImport, *, by: User) -> AnyImport:
    """The end of carrying an import out, in the transaction that does it."""
    draft.state, draft.applied_at = DraftState.APPLIED, clock.now()
    return save(draft, by=by)


@transaction.atomic
def discard_import(*, draft: Import, by: User | None) -> None:
    """Put the import aside. The plan is as it was; the file is kept with the import."""
    row = locked_open(draft)
    row.state = DraftState.DISCARDED
    save(row, by=by)
