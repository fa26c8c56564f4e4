"""What holds for somebody from a day until a day, both included; no last day: further notice."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q


class HeldQuerySet(models.QuerySet[Any]):
    """Rows with ``begins`` and ``ends`` (inclusive; empty = until further notice), by day."""

    def held(self, *, on: dt.date) -> Self:
        """Those in force on a day, first and last day included."""
        return self.sharing(on, on)

    def sharing(self, begins: dt.date, ends: dt.date | None = None) -> Self:
        """Those in force on at least one day from ``begins`` until ``ends`` (None: ever after)."""
        rows = self.filter(Q(ends__isnull=True) | Q(ends__gte=begins))
        return rows.filter(begins__lte=ends) if ends else rows
