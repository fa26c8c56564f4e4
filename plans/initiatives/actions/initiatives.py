"""What is done to the initiatives of a plan: written, put in order, taken out and put back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.models import FocusArea, Initiative, Plan

from ..queries import initiatives_of


@transaction.atomic
def add_initiative(
    *,
    plan: Plan,
    facts: Mapping[str, Any],
    focus_areas: Collection[FocusArea] = (),
    by: User | None,
) -> Initiative:
    """A new initiative, last in the order; internal until it is marked public."""
    plan = _lock(plan)
    last = plan.initiatives.order_by("position").last()
    row = Initiative(plan=plan, position=last.position + 1 if last else 1)
    set_facts(row, facts)
    save(row, by)
    if focus_areas:
        row.focus_areas.set(focus_areas)
    return row


@transaction.atomic
def edit_initiative(
    *,
    initiative: Initiative,
    seen: int,
    facts: Mapping[str, Any],
    focus_areas: Collection[FocusArea] | None = None,
    by: User | None,
) -> Initiative:
    """Change what is said of an initiative. Raises Conflict when it was saved since ``seen``."""
    row = _initiative(initiative, seen)
    set_facts(row, facts)
    save(row, by)
    if focus_areas is not None:
        row._history_user = by
        row.focus_areas.set(focus_areas)
    return row


@transaction.atomic
def move_initiative(*, initiative: Initiative, step: int, by: User | None) -> bool:
    """One place up (-1) or down (1) among those in use; False where there is no such place."""
    rows = list(initiatives_of(_lock(initiative.plan)))
    keys = [row.pk for row in rows]
    place = keys.index(initiative.pk)
    if not 0 <= place + step < len(rows):
        return False
    rows[place], rows[place + step] = rows[place + step], rows[place]
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            save(row, by)
    return True


@transaction.atomic
def retire_initiative(
    *, initiative: Initiative, seen: int, reason: str, by: User | None
) -> Initiative:
    """Take an initiative out, for a reason; what was published of it stays in its versions."""
    if not reason.strip():
        raise ValueError("A reason is needed")
    row = _initiative(initiative, seen)
    row.retired_at, row.retired_because = clock.now(), reason.strip()
    save(row, by)
    return row


@transaction.atomic
def restore_initiative(*, initiative: Initiative, by: User | None) -> Initiative:
    """Put an initiative back where it stood."""
    row = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if row.retired_at is not None:
        row.retired_at, row.retired_because = None, ""
        save(row, by)
    return row


@transaction.atomic
def mark_initiative(*, initiative: Initiative, public: bool, by: User | None) -> Initiative:
    """Let an initiative be published, or keep it internal; what others see changes with the next
    publication."""
    row = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if row.is_public != public:
        row.is_public = public
        save(row, by)
    return row


def _initiative(initiative: Initiative, seen: int) -> Initiative:
    row = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if row.version != seen:
        raise Conflict(row)
    return row


def _lock(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def set_facts(row: Any, facts: Mapping[str, Any]) -> None:
    """Give a row its columns; a date takes its words along, or has words alone."""
    for name, value in facts.items():
        if name == "when":
            row.when, row.written = value.span, value.written
        else:
            setattr(row, name, value)


def save(row: Any, by: User | None) -> None:
    """Store a row, with who did it."""
    row._history_user = by
    row.save()
