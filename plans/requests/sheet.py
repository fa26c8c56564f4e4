"""The list of requests as a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.documents.xlsx import Sheet
from kommuneplan.timespan.phrase import day_words, phrase
from plans.models import RequestAnswer

from .listing import Promise

_WIDTHS = (28, 16, 26, 50, 24, 14, 16, 40, 30)


def of_promises(promises: Iterable[Promise], title: str) -> Sheet:
    """One row for each request."""
    columns = (
        _("Asked by"),
        _("Asked on"),
        _("Under the item"),
        _("What is asked for"),
        _("Due"),
        _("State"),
        _("Answered on"),
        _("Answered by"),
        _("Plan"),
    )
    return Sheet(title, columns, [_row(one) for one in promises], widths=_WIDTHS)


def _row(one: Promise) -> tuple[Any, ...]:
    row, answer = one.row, one.answer
    span = row.when
    return (
        row.body.name,
        row.asked_day or "",
        row.item_label,
        row.title,
        row.written or (phrase(span) if span else ""),
        str(capfirst(one.state.label)),
        answer.answered_on if answer else "",
        answered_by(answer) if answer else "",
        row.plan.title if row.plan else "",
    )


def answered_by(answer: RequestAnswer) -> str:
    """What answered a request, in a line."""
    meeting, frozen = answer.meeting, answer.frozen
    parts = (
        answer.document,
        f"{meeting.body.name} {day_words(meeting.date)}" if meeting else "",
        answer.item_label,
        frozen.name if frozen else "",
        answer.link,
    )
    return ", ".join(part for part in parts if part)
