"""Pasted measurements saved, as they were shown."""

from __future__ import annotations

from django.db import transaction

from kommuneplan.core.models import User
from kommuneplan.locking import Outdated
from plans.models import Plan

from ..paste_preview import preview
from .measuring import MeasurementFacts, measure_many


@transaction.atomic
def save_pasted(*, plan: Plan, text: str, seen: str, by: User) -> int:
    """Save what the preview showed; how many values were written. What could not be read is left
    out, and is told again. Raises Outdated where it shows something else by now: a button that was
    pressed twice saves once."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    shown = preview(plan, text, by)
    if shown.fingerprint != seen:
        raise Outdated
    rows = [
        (
            shown.indicators[line.read.key],
            MeasurementFacts(
                when=line.read.when,
                value=line.read.value,
                is_preliminary=line.read.is_preliminary,
                note=line.read.note,
            ),
        )
        for line in shown.to_save
    ]
    return len(measure_many(rows=rows, by=by))
