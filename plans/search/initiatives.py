"""Initiatives, found by those who work with their plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from plans.models import Initiative, Plan

from .kinds import Asked, FoundAgain, Kind, by_keys, marked, named, register_kind


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register_kind(Kind("initiativer", gettext_lazy("Initiatives"), 25, _rows, _hits))


def _readable(asked: Asked) -> QuerySet[Initiative]:
    plans = Plan.objects.filter(retired_at__isnull=True).readable_by(asked.user)
    return Initiative.objects.filter(plan__in=plans, retired_at__isnull=True)


def _rows(asked: Asked) -> list[Any]:
    """By title, aim or who leads it; the newest first."""
    return named(_readable(asked).order_by("-pk"), asked, "title", "aim", "lead")


def _hits(keys: Iterable[Any], asked: Asked) -> list[FoundAgain]:
    rows = by_keys(_readable(asked).select_related("plan"), keys)
    return [
        FoundAgain(
            marked(row.title, asked.words),
            reverse("plans:initiative", args=[row.plan.slug, row.uid]),
            row.plan.title,
        )
        for row in rows
    ]
