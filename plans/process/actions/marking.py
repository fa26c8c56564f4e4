"""Rows of a plan marked public, many at once, as somebody saw them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kommuneplan.change_reason import because
from kommuneplan.core.models import User
from kommuneplan.timespan.fields import sort_days
from kommuneplan.timespan.phrase import phrase
from plans.models import Milestone, Plan, Section
from plans.text.actions.outline import mark_section
from plans.text.outline import outline

from ..marking import MarkKind, MarkLine, mark_kinds, register_mark_kind
from .milestones import mark_milestone


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of the choice, as titles: ``changed`` as it was chosen; ``theirs`` are marked
    otherwise by somebody else meanwhile and were left so; ``gone`` counts what is not there any
    more."""

    changed: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    gone: int = 0


@transaction.atomic
def mark_many(
    *,
    plan: Plan,
    shown: Mapping[str, bool],
    public: Collection[str],
    reason: str = "",
    by: User | None,
) -> Marked:
    """Let rows of all kinds be public or internal, by their uids.

    ``shown``: what the chooser had before them, and whether it was public then. Only what was
    chosen otherwise is changed: what others have marked or added meanwhile stays as they left it.
    Nothing becomes visible by this. ``reason`` is kept with each in the history.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    rows: dict[str, Any] = {}
    chosen: set[str] = set()
    changed = []
    with because(reason.strip()):
        for kind in mark_kinds():
            there = {str(row.uid): row for row in kind.rows(plan)}
            rows |= there
            mine = {uid for uid, was in shown.items() if uid in there and (uid in public) != was}
            chosen |= mine
            for uid, row in there.items():
                if uid in mine and row.is_public != (uid in public):
                    kind.mark(row, uid in public, by)
                    changed.append(row.title)
    return Marked(
        changed=tuple(changed),
        theirs=tuple(
            rows[uid].title
            for uid, was in shown.items()
            if uid in rows and uid not in chosen and rows[uid].is_public != was
        ),
        gone=len(shown.keys() - rows.keys()),
    )


# --- the kinds of this wing and of those below it ------------------------------------------------


def _milestones(plan: Plan) -> list[MarkLine]:
    """In the order of time. A meeting's day is not on the milestone's own row, so the database
    cannot put them in order."""
    cycle = plan.shown_cycle
    rows = cycle.milestones.select_related("meeting", "within") if cycle else ()
    in_order = sorted(rows, key=lambda row: sort_days(row.takes_place))
    return [MarkLine(row, words=_when(row)) for row in in_order]


def _when(row: Milestone) -> str:
    span = row.takes_place
    return phrase(span) if span else row.written


def _open_milestones(plan: Plan) -> list[Milestone]:
    cycle = plan.open_cycle
    return list(cycle.milestones.all()) if cycle else []


def _sections(plan: Plan) -> list[MarkLine]:
    return [
        MarkLine(line.section, number=line.number, depth=min(line.depth, 3))
        for line in outline(plan)
    ]


def _standing_sections(plan: Plan) -> list[Section]:
    return list(plan.sections.filter(retired_at__isnull=True))


def register_mark_kinds() -> None:
    """Called once, when the app is ready."""
    register_mark_kind(
        MarkKind(
            "milepaele",
            _("The process plan"),
            _("Mark all milestones"),
            _milestones,
            _open_milestones,
            lambda row, public, by: mark_milestone(milestone=row, public=public, by=by),
            order=10,
        )
    )
    register_mark_kind(
        MarkKind(
            "afsnit",
            _("The text"),
            _("Mark all sections"),
            _sections,
            _standing_sections,
            lambda row, public, by: mark_section(section=row, public=public, by=by),
            order=20,
            note=_("Sections under one that is internal stay internal with it."),
        )
    )
