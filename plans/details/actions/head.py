"""Correcting what a plan is: title, proposal, the citizen's questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.models import Plan


@transaction.atomic
def edit_head(*, plan: Plan, seen: int, facts: Mapping[str, Any], by: User | None) -> Plan:
    """Change what stands at the head of a plan; Conflict when it was saved since it was read."""
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    if row.version != seen:
        raise Conflict(row)
    row._history_user = by
    row.save()
    return row
