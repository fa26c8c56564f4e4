"""Items of meetings found again by their titles, by whoever may know them: a closed item, or one
that a person is inhabil in, is found by nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from kommuneplan.clock import today
from kommuneplan.timespan.phrase import day_words
from plans.agenda.items import own_items
from plans.enums import ItemType
from plans.models import AgendaItem

from .kinds import Asked, FoundAgain, Kind, marked, named, register_kind


def register_kinds() -> None:
    """Called once, when the app is ready. Items of matters are found as their matters."""
    register_kind(Kind("punkter", gettext_lazy("Items of meetings"), 45, _items, _hits))


def _items(asked: Asked) -> list[Any]:
    rows = own_items(asked.user, on=today()).distinct()
    return named(rows.order_by("-own_meeting__date", "-pk"), asked, "own_title")


def _hits(keys: Iterable[Any], asked: Asked) -> list[FoundAgain]:
    rows = AgendaItem.objects.filter(pk__in=list(keys)).select_related("own_meeting__body")
    return [
        FoundAgain(
            marked(row.own_title, asked.words),
            reverse("plans:agenda-item", args=[row.uid]),
            f"{row.body.name}, {day_words(row.own_meeting.date)}"
            f" · {capfirst(ItemType(row.own_type).label)}",
        )
        for row in rows.order_by("-own_meeting__date", "-pk")
        if row.own_meeting
    ]
