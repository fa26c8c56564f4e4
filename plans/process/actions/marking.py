"""Milestones and sections marked public, many at once, as somebody saw them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from kommuneplan.change_reason import because
from kommuneplan.core.models import User
from plans.models import Milestone, Plan, Section
from plans.text.actions.outline import mark_section

from .milestones import mark_public


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
    """Let milestones of the open cycle, and sections, be public or internal, by their uids.

    ``shown``: what the chooser had before them, and whether it was public then. Only what was
    chosen otherwise is changed: what others have marked or added meanwhile stays as they left it.
    Nothing becomes visible by this. ``reason`` is kept with each in the history.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    cycle = plan.open_cycle
    milestones = {str(row.uid): row for row in (cycle.milestones.all() if cycle else ())}
    sections = {str(row.uid): row for row in plan.sections.filter(retired_at__isnull=True)}
    rows: dict[str, Milestone | Section] = {**milestones, **sections}
    chosen = {uid for uid, was in shown.items() if uid in rows and (uid in public) != was}
    changed = [uid for uid in chosen if rows[uid].is_public != (uid in public)]
    with because(reason.strip()):
        kept = {uid for uid, row in milestones.items() if row.is_public} - chosen
        mark_public(plan=plan, public=kept | (chosen & set(public)), by=by)
        for uid in changed:
            if uid in sections:
                mark_section(section=sections[uid], public=uid in public, by=by)
    return Marked(
        changed=tuple(row.title for uid, row in rows.items() if uid in changed),
        theirs=tuple(
            rows[uid].title
            for uid, was in shown.items()
            if uid in rows and uid not in chosen and rows[uid].is_public != was
        ),
        gone=len(shown.keys() - rows.keys()),
    )
