"""What a body did with an item that is no matter, recorded and corrected; and with each clause of a
recommendation, of any item. Nothing is refused: what was decided is written down.

What a body did with a matter is recorded at the matter (``plans.decisions.actions.outcomes``),
since something follows from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.models import AgendaItem, AtClause, ItemOutcome


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the protocol says of an item."""

    outcome: str
    decided_on: dt.date
    wording: str = ""
    votes: str = ""
    dissent: str = ""
    protocol: str = ""


FACTS = tuple(Minutes.__dataclass_fields__)


@transaction.atomic
def record(
    *, item: AgendaItem, minutes: Minutes, seen: int = 0, reason: str = "", by: User | None
) -> ItemOutcome:
    """Write down what a body did with an item of its own, or correct it for a reason; ``seen``: the
    version of the outcome that was shown, 0 where there was none. Raises Conflict."""
    row = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if row.treatment_id is not None:
        raise ValueError("What is decided of a matter is recorded at the matter")
    told = ItemOutcome.objects.filter(item=row).first() or ItemOutcome(item=row)
    if told.version != seen:
        raise Conflict(told)
    if told.pk and not reason.strip():
        raise ValueError("A reason is needed")
    if told.outcome != minutes.outcome:
        told.recorded_at, told.recorded_by = clock.now(), by
    for name in FACTS:
        setattr(told, name, getattr(minutes, name))
    told._history_user = by
    told._change_reason = reason.strip()[:100] or None
    told.save()
    return told


@transaction.atomic
def record_clauses(
    *, item: AgendaItem, said: Mapping[int, tuple[str, str]], by: User | None
) -> None:
    """What the body did with single clauses, by number: outcome and wording; both empty where it
    is as with the whole."""
    for clause in AtClause.objects.select_for_update().filter(item=item.pk):
        outcome, wording = said.get(clause.number, ("", ""))
        if (clause.outcome, clause.wording) != (outcome, wording):
            clause.outcome, clause.wording = outcome, wording
            clause._history_user = by
            clause.save()
