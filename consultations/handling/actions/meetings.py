"""What was said about a draft at a meeting, written down by the administration: remarks like those
of the responses, told apart from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from consultations.models import MeetingInput, Remark, Round
from kommuneplan.core.models import User

from .remarks import quote_of


@transaction.atomic
def note_meeting(
    *, round: Round, facts: Mapping[str, Any], said: Sequence[str], anchor: str, by: User | None
) -> MeetingInput:
    """Write down what was said at a meeting: each of ``said`` is a remark, numbered with those
    of the responses. ``facts``: title and held_on."""
    row = MeetingInput(round=round, title=facts["title"], held_on=facts["held_on"], written_by=by)
    row._history_user = by
    row.save()
    add_said(meeting=row, said=said, anchor=anchor, by=by)
    return row


@transaction.atomic
def add_said(
    *, meeting: MeetingInput, said: Sequence[str], anchor: str, by: User | None
) -> list[Remark]:
    """Add remarks to what was said at a meeting, about one place of the draft or the whole."""
    round = Round.objects.select_for_update().get(pk=meeting.round_id)
    quoted = quote_of(round, anchor)
    rows = []
    for words in said:
        row = Remark(
            round=round, meeting=meeting, number=round.next_remark, words=words, anchor=anchor,
            quote=quoted,
        )  # fmt: skip
        row._history_user = by
        row.save()
        round.next_remark += 1
        rows.append(row)
    Round.objects.filter(pk=round.pk).update(next_remark=round.next_remark)
    return rows
