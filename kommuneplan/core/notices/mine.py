"""What a person sees of their own notices."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from kommuneplan.core.models import Notice, User

from .kinds import NoticeLine, lines_for

MOST = 30


@dataclass(frozen=True, slots=True)
class ToldNotice:
    """A notice, and what is said of it now."""

    notice: Notice
    line: NoticeLine


def latest(user: User) -> list[ToldNotice]:
    """The newest notices of things that still hold and that the person may read now, each thing
    once."""
    rows = list(user.notices.order_by("-due_at", "-pk")[: 2 * MOST])
    lines = lines_for(user, rows)
    found: dict[tuple[str, object], ToldNotice] = {}
    for row in rows:
        if row.pk in lines:
            found.setdefault((row.kind, row.thing), ToldNotice(row, lines[row.pk]))
    return list(found.values())[:MOST]


def hour_in_words() -> str:
    """When the mail of the day comes."""
    return f"{settings.NOTICES_HOUR}.00"
