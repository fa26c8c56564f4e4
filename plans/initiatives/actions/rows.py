"""What is done to the rows of an initiative: phases, activities, money, partners, links.

A date of an activity that everybody has read is moved with a reason, and the earlier date stays
beside it; what everybody has read is dropped with a reason, never deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.models import (
    ActivityMove,
    Initiative,
    InitiativeActivity,
    InitiativePhase,
)

from ..queries import is_published
from .initiatives import save, set_facts


class MoveNeedsReason(Exception):
    """Everybody has read the date: why is it moved?"""


class ActivityIsPublished(Exception):
    """Everybody has read it: it is dropped, not deleted."""


@transaction.atomic
def add_row(
    *, initiative: Initiative, model: type[Any], facts: Mapping[str, Any], by: User | None
) -> Any:
    """A new row of an initiative, last of its kind."""
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    rows = model.objects.filter(initiative=initiative)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    row = model(initiative=initiative, position=last + 1)
    set_facts(row, facts)
    _leave_the_current(row, by)
    save(row, by)
    return row


@transaction.atomic
def edit_row(
    *, row: Any, seen: int, facts: Mapping[str, Any], reason: str = "", by: User | None
) -> Any:
    """Change a row. Raises Conflict when it was saved since ``seen``, and MoveNeedsReason where the
    date of an activity that everybody has read is moved without one."""
    Initiative.objects.select_for_update(of=("self",)).get(pk=row.initiative_id)
    found = type(row).objects.select_related("initiative").get(pk=row.pk)
    if found.version != seen:
        raise Conflict(found)
    if isinstance(found, InitiativeActivity):
        _move(found, facts, reason.strip(), by)
    set_facts(found, facts)
    _leave_the_current(found, by)
    save(found, by)
    return found


def _move(row: InitiativeActivity, facts: Mapping[str, Any], reason: str, by: User | None) -> None:
    """Keep the earlier date beside the new one, with the reason."""
    chosen = facts.get("when")
    if chosen is None or (chosen.span, chosen.written) == (row.when, row.written):
        return
    if chosen.span == row.when and row.when is not None:
        return  # the same date in other words
    if not row.written and row.when is None:
        return  # it had none
    if not reason:
        if is_published(row):
            raise MoveNeedsReason
        return
    move = ActivityMove(activity=row, reason=reason, changed_by=by)
    move.when, move.written = row.when, row.written
    save(move, by)


def _leave_the_current(row: Any, by: User | None) -> None:
    """An initiative stands in one phase."""
    if not isinstance(row, InitiativePhase) or not row.is_current:
        return
    for other in row.initiative.phases.filter(is_current=True).exclude(pk=row.pk):
        other.is_current = False
        save(other, by)


@transaction.atomic
def delete_row(*, row: Any, seen: int, by: User | None) -> None:
    """Take a row away. Raises Conflict, and ActivityIsPublished where everybody has read it."""
    found = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if found.version != seen:
        raise Conflict(found)
    if isinstance(found, InitiativeActivity) and is_published(found):
        raise ActivityIsPublished
    found._history_user = by
    found.delete()
