"""On the desk: measurements that are due, for whoever measures; where nobody does, for those who
work with the plan."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.indicators.due import due_soon, late

from .tasks import Me, Waiting, as_rows, register_task


def _measurements(me: Me) -> QuerySet[Any]:
    plans = me.plans.values("pk")
    mine = Q(owner=me.user) | Q(owner__isnull=True, home__in=plans)
    known = When(home__in=plans, then="home__slug")
    title = When(home__in=plans, then="home__title")
    is_late = When(pk__in=late(me.day).values("pk"), then=Value(1))
    return as_rows(
        due_soon(me.day).filter(mine),
        plan="home",
        slug=Case(known, default=Value("")),
        title=Case(title, default=Value("")),
        uid="uid",
        words="name",
        number=Case(is_late, default=Value(0), output_field=IntegerField()),
    )


def _measurement(row: Waiting) -> tuple[str, str]:
    said = _("“%(name)s” is to be measured soon")
    if row.number:
        said = _("“%(name)s” should have been measured by now")
    return said % {"name": row.words}, reverse("plans:indicator-measure", args=[row.uid])


def register_tasks() -> None:
    """Called once, when the app is ready."""
    register_task("measurement", rows=_measurements, says=_measurement)
