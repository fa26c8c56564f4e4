"""Measurements: entered, corrected, taken away. What was said before stands in the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from kommuneplan.timespan.fields import sort_days
from kommuneplan.timespan.span import TimeSpan
from plans.models import Indicator, Measurement

from .indicators import save


class AlreadyMeasured(Exception):
    """The period has a value already; ``stored`` is it."""

    def __init__(self, stored: Measurement) -> None:
        super().__init__(str(stored))
        self.stored = stored


@dataclass(frozen=True, slots=True)
class MeasurementFacts:
    """A measurement as it was typed."""

    when: TimeSpan
    value: Decimal
    is_preliminary: bool = False
    is_baseline: bool = False
    note: str = ""


@transaction.atomic
def measure(*, indicator: Indicator, facts: MeasurementFacts, by: User | None) -> Measurement:
    """A new value. Raises AlreadyMeasured where the period has one: that is corrected, not written
    beside."""
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    stored = at_period(indicator, facts.when)
    if stored:
        raise AlreadyMeasured(stored)
    return _written(Measurement(indicator=indicator), facts, by)


@transaction.atomic
def correct(
    *, measurement: Measurement, seen: int, facts: MeasurementFacts, by: User | None
) -> Measurement:
    """Another value, period or note. Raises Conflict, or AlreadyMeasured where the period that it
    is moved to has a value."""
    indicator = Indicator.objects.select_for_update().get(pk=measurement.indicator_id)
    row = Measurement.objects.get(pk=measurement.pk)
    if row.version != seen:
        raise Conflict(row)
    stored = at_period(indicator, facts.when)
    if stored and stored.pk != row.pk:
        raise AlreadyMeasured(stored)
    return _written(row, facts, by)


@transaction.atomic
def take_away(*, measurement: Measurement, seen: int, by: User | None) -> None:
    """Take a measurement away that was none. Its history stays. Raises Conflict."""
    row = Measurement.objects.select_for_update().get(pk=measurement.pk)
    if row.version != seen:
        raise Conflict(row)
    row._history_user = by
    row.delete()


@transaction.atomic
def measure_many(
    *, rows: Iterable[tuple[Indicator, MeasurementFacts]], by: User | None
) -> list[Measurement]:
    """Many values at once: a period that has one gets the new value, and keeps its baseline and
    note where nothing else is said."""
    written = []
    for indicator, facts in rows:
        stored = at_period(indicator, facts.when)
        if stored is None:
            written.append(_written(Measurement(indicator=indicator), facts, by))
            continue
        same = (stored.value, stored.is_preliminary) == (facts.value, facts.is_preliminary)
        if same and facts.note in {"", stored.note}:
            continue
        stored.value, stored.is_preliminary = facts.value, facts.is_preliminary
        stored.note = facts.note or stored.note
        stored.entered_by = by
        save(stored, by)
        written.append(stored)
    return written


def at_period(indicator: Indicator, when: TimeSpan) -> Measurement | None:
    """The measurement of a period."""
    begin, end = sort_days(when)
    return indicator.measurements.filter(sort_begin=begin, sort_end=end).first()


def _written(row: Measurement, facts: MeasurementFacts, by: User | None) -> Measurement:
    if facts.is_baseline:
        _no_other_baseline(row, by)
    row.when = facts.when
    row.value, row.note = facts.value, facts.note
    row.is_preliminary, row.is_baseline = facts.is_preliminary, facts.is_baseline
    row.entered_by = by
    save(row, by)
    return row


def _no_other_baseline(row: Measurement, by: User | None) -> None:
    others: Any = Measurement.objects.filter(indicator=row.indicator_id, is_baseline=True)
    for other in others.exclude(pk=row.pk):
        other.is_baseline = False
        save(other, by)
