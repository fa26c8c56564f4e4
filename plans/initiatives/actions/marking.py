"""Initiatives among what is marked public, many at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from plans.process.marking import MarkKind, MarkLine, register_mark_kind

from ..queries import initiatives_of
from .initiatives import mark_initiative


def _lines(plan: Plan) -> list[MarkLine]:
    return [MarkLine(row, words=row.written or row.duration) for row in initiatives_of(plan)]


def register_mark_kinds() -> None:
    """Called once, when the app is ready."""
    register_mark_kind(
        MarkKind(
            "initiativer",
            _("Initiatives"),
            _("Mark all initiatives"),
            _lines,
            initiatives_of,
            lambda row, public, by: mark_initiative(initiative=row, public=public, by=by),
            order=40,
        )
    )
