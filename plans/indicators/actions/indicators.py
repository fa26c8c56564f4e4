"""What is done to an indicator, and to a plan's use of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.models import Indicator, IndicatorTarget, Plan, PlanIndicator


class AlreadyUsed(Exception):
    """The plan uses the indicator already."""


@transaction.atomic
def add_indicator(
    *, plan: Plan, facts: Mapping[str, Any], use: Mapping[str, Any], by: User | None
) -> PlanIndicator:
    """A new indicator that belongs to the plan, last in its order. ``use``: what is the plan's
    own, focus area, rank and whether it may be published."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    indicator = Indicator(home=plan, **facts)
    save(indicator, by)
    return _use(plan, indicator, use, by)


@transaction.atomic
def reuse_indicator(*, plan: Plan, indicator: Indicator, by: User | None) -> PlanIndicator:
    """Use an indicator of another plan, internal until it is marked; one that was taken out comes
    back as it was. Raises AlreadyUsed."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    row = PlanIndicator.objects.filter(plan=plan, indicator=indicator).first()
    if row is None:
        return _use(plan, indicator, {}, by)
    if row.retired_at is None:
        raise AlreadyUsed
    row.retired_at, row.is_public = None, False
    save(row, by)
    return row


def _use(
    plan: Plan, indicator: Indicator, use: Mapping[str, Any], by: User | None
) -> PlanIndicator:
    last = plan.indicators.order_by("position").last()
    position = last.position + 1 if last else 1
    row = PlanIndicator(plan=plan, indicator=indicator, position=position, **use)
    save(row, by)
    return row


@transaction.atomic
def edit_indicator(
    *, indicator: Indicator, seen: int, facts: Mapping[str, Any], by: User | None
) -> Indicator:
    """Change what an indicator is, for every plan that uses it. Raises Conflict."""
    return _changed(Indicator, indicator, seen, facts, by)


@transaction.atomic
def edit_use(
    *, use: PlanIndicator, seen: int, facts: Mapping[str, Any], by: User | None
) -> PlanIndicator:
    """Change what a plan says of it: focus area, rank, public. Raises Conflict."""
    return _changed(PlanIndicator, use, seen, facts, by)


@transaction.atomic
def set_standing(
    *, use: PlanIndicator, seen: int, standing: str, reason: str, by: User | None
) -> PlanIndicator:
    """Say otherwise than the rule, with a reason; an empty ``standing`` lets the rule hold again.
    Raises Conflict, ValueError for a standing without a reason."""
    reason = reason.strip() if standing else ""
    if standing and not reason:
        raise ValueError("A reason is needed")
    facts = {
        "override": standing,
        "override_reason": reason,
        "overridden_by": by if standing else None,
        "overridden_on": clock.today() if standing else None,
    }
    return _changed(PlanIndicator, use, seen, facts, by)


@transaction.atomic
def take_out(*, use: PlanIndicator, by: User | None) -> PlanIndicator:
    """Take an indicator out of a plan; its numbers stay, and it can be put back."""
    row = PlanIndicator.objects.select_for_update().get(pk=use.pk)
    if row.retired_at is None:
        row.retired_at = clock.now()
        save(row, by)
    return row


@transaction.atomic
def put_back(*, use: PlanIndicator, by: User | None) -> PlanIndicator:
    """Put an indicator back into the plan it was taken out of."""
    row = PlanIndicator.objects.select_for_update().get(pk=use.pk)
    if row.retired_at is not None:
        row.retired_at = None
        save(row, by)
    return row


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A target as it was typed."""

    year: int | None
    value: Decimal
    upper: Decimal | None = None


@transaction.atomic
def save_targets(
    *, use: PlanIndicator, seen: int, targets: list[TargetFacts], by: User | None
) -> PlanIndicator:
    """The plan's targets are these, one a year. Raises Conflict when the plan's use of the
    indicator, or a target, was saved since ``seen``."""
    row = PlanIndicator.objects.select_for_update().get(pk=use.pk)
    if row.version != seen:
        raise Conflict(row)
    known = {one.year: one for one in row.targets.all()}
    changed = False
    for year in known.keys() - {one.year for one in targets}:
        known[year]._history_user = by
        known[year].delete()
        changed = True
    for facts in targets:
        target = known.get(facts.year) or IndicatorTarget(use=row, year=facts.year)
        if target.pk and (target.value, target.upper) == (facts.value, facts.upper):
            continue
        target.value, target.upper = facts.value, facts.upper
        save(target, by)
        changed = True
    if changed:
        save(row, by)
    return row


def _changed(model: Any, thing: Any, seen: int, facts: Mapping[str, Any], by: User | None) -> Any:
    row = model.objects.select_for_update().get(pk=thing.pk)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    if row.version != seen:
        raise Conflict(row)
    for name, value in facts.items():
        setattr(row, name, value)
    save(row, by)
    return row


def save(row: Any, by: User | None) -> None:
    """Store a row, with who did it in its history."""
    row._history_user = by
    row.save()
