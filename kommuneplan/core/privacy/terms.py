"""Rows whose declared term is over go: whoever declares a term need do nothing else."""

from __future__ import annotations

import datetime as dt

from django.apps import apps

from kommuneplan import clock

from .places import Term, places

UPKEEP = "core.terms"


def terms() -> dict[str, Term]:
    """By model, how long its rows are kept."""
    return {
        place.field.rpartition(".")[0]: place.term
        for place in places.values()
        if place.term is not None
    }


def enforce() -> int:
    """Take away the rows whose term is over; how many."""
    gone = 0
    for label, term in terms().items():
        if term.by == UPKEEP:
            before = clock.now() - dt.timedelta(days=term.days)
            rows = apps.get_model(label)._default_manager.filter(**{f"{term.since}__lt": before})
            gone += rows.delete()[0]
    return gone
