"""Whose measurements are due: the rule of ``periods`` as a question to the database."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from plans.enums import Interval
from plans.models import Indicator, Measurement, PlanIndicator

from .periods import REMINDED, due_by


def due_soon(day: dt.date) -> QuerySet[Indicator]:
    """Indicators in use, whose next measurement is late on a day, or due within the days before
    which whoever measures is reminded. ``newest``: the last day that was measured."""
    return _due(day + dt.timedelta(days=REMINDED))


def late(day: dt.date) -> QuerySet[Indicator]:
    """Those whose next measurement is late on a day."""
    return _due(day - dt.timedelta(days=1))


def _due(by: dt.date) -> QuerySet[Indicator]:
    measured = Measurement.objects.filter(indicator=OuterRef("pk")).order_by()
    newest = measured.values("indicator").annotate(last=Max("sort_end")).values("last")
    used = PlanIndicator.objects.filter(
        indicator=OuterRef("pk"), retired_at__isnull=True, plan__retired_at__isnull=True
    )
    due = Q(pk__in=[])
    for interval in Interval:
        last = due_by(interval, by)
        if last is not None:
            due |= Q(interval=interval, newest__lte=last)
    return Indicator.objects.annotate(newest=Subquery(newest)).filter(due, Exists(used))
