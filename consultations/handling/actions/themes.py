"""What remarks are about: themes of a round in their order, with a summary; and replies that a
body uses again and again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from consultations.models import Round, StandardAnswer, Theme
from kommuneplan import clock
from kommuneplan.core.models import Body, User
from kommuneplan.locking import Conflict
from kommuneplan.richtext.blocks import sanitise


class NameTaken(Exception):
    """The round has a theme of that name already."""


class InUse(Exception):
    """Remarks are still put under the theme: so many."""

    def __init__(self, remarks: int) -> None:
        super().__init__(f"{remarks} remarks are under it")
        self.remarks = remarks


@transaction.atomic
def add_theme(*, round: Round, title: str, by: User | None) -> Theme:
    """A new theme, last in the order. Raises NameTaken."""
    Round.objects.select_for_update().get(pk=round.pk)
    standing = _standing(round)
    last = standing[-1].position if standing else 0
    return _saved(Theme(round=round, title=title, position=last + 1), by)


@transaction.atomic
def edit_theme(*, theme: Theme, title: str, summary: str, seen: int, by: User | None) -> Theme:
    """Another name, or the administration's summary of what was said. Raises NameTaken, and
    Conflict when somebody has saved it since ``seen``."""
    row = Theme.objects.select_for_update().get(pk=theme.pk, retired_at__isnull=True)
    if row.version != seen:
        row.title, row.summary = title, summary
        raise Conflict(row)
    row.title, row.summary = title, sanitise(summary)
    return _saved(row, by)


@transaction.atomic
def move_theme(*, theme: Theme, up: bool, by: User | None) -> Theme:
    """One place up or down, as the report tells them; at an end nothing happens."""
    Round.objects.select_for_update().get(pk=theme.round_id)
    rows = _standing(theme.round)
    at = next(place for place, row in enumerate(rows) if row.pk == theme.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows.insert(to, rows.pop(at))
        for place, row in enumerate(rows, start=1):
            if row.position != place:
                row.position = place
                _saved(row, by)
    return rows[min(max(to, 0), len(rows) - 1)]


@transaction.atomic
def retire_theme(*, theme: Theme, by: User | None) -> Theme:
    """Take a theme away that no remark is under. Raises InUse."""
    Round.objects.select_for_update().get(pk=theme.round_id)
    row = Theme.objects.select_for_update().get(pk=theme.pk)
    used = row.remarks.filter(retired_at__isnull=True).count()
    if used:
        raise InUse(used)
    row.retired_at = row.retired_at or clock.now()
    return _saved(row, by)


@transaction.atomic
def save_answer(
    *,
    body: Body,
    facts: Mapping[str, Any],
    answer: StandardAnswer | None = None,
    seen: int = 0,
    by: User | None,
) -> StandardAnswer:
    """Keep a reply for use again, or change one (``answer``); what was copied into remarks stays
    as it is. Raises Conflict when somebody has saved it since ``seen``."""
    row = StandardAnswer(body=body)
    if answer is not None:
        row = StandardAnswer.objects.select_for_update().get(pk=answer.pk, body=body)
        if row.version != seen:
            raise Conflict(row)
    row.title, row.proposal = facts["title"], facts["proposal"]
    row.reply = sanitise(facts["reply"])
    return _saved(row, by)


@transaction.atomic
def retire_answer(*, answer: StandardAnswer, by: User | None) -> StandardAnswer:
    """A reply that is no longer offered."""
    row = StandardAnswer.objects.select_for_update().get(pk=answer.pk)
    row.retired_at = row.retired_at or clock.now()
    return _saved(row, by)


def _standing(round: Round) -> list[Theme]:
    return list(round.themes.filter(retired_at__isnull=True).order_by("position", "pk"))


def _saved(row: Any, by: User | None) -> Any:
    row._history_user = by
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NameTaken from None
    return row
