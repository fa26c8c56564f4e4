"""What duties and the end of plans let wait on the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import day_words
from plans.duties.ending import ending_soon

from .tasks import Me, Waiting, as_rows, register_task


def _ending(me: Me) -> QuerySet[Any]:
    """Plans in force whose end is near, while nothing is decided of it."""
    return as_rows(ending_soon(me.run, on=me.day), plan="", day="end")


def _end(row: Waiting) -> tuple[str, str]:
    said = _("The plan ends %(day)s: is it to be extended, revised, replaced, or left to expire?")
    address = reverse("plans:duties", args=[row.slug])
    return said % {"day": day_words(row.day)}, f"{address}#plan-end"


def register_tasks() -> None:
    """Called once, when the app is ready."""
    register_task("plan_end", rows=_ending, says=_end)
