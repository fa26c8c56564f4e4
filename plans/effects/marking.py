"""A theory of change among what is marked public, many at once."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from plans.process.marking import MarkKind, MarkLine, register_mark_kind

from .actions.chain import mark
from .building import chain_rows


def _lines(plan: Plan) -> list[MarkLine]:
    """Each theme, and below it what stands in it."""
    rows = chain_rows(plan)
    lines = []
    for theme in plan.effect_themes.filter(retired_at__isnull=True):
        lines.append(MarkLine(theme))
        lines += [
            MarkLine(row, words=capfirst(row.get_kind_display()), depth=1)
            for row in rows
            if row.theme_id == theme.pk
        ]
    return lines


def _rows(plan: Plan) -> list[Any]:
    return [line.row for line in _lines(plan)]


def register_mark_kinds() -> None:
    """Called once, when the app is ready."""
    register_mark_kind(
        MarkKind(
            "forandringsteori",
            _("Theory of change"),
            _("Mark all of the theory of change"),
            _lines,
            _rows,
            lambda row, public, by: mark(row=row, public=public, by=by),
            order=35,
            note=_("Of an internal theme nothing stands in any version."),
        )
    )
