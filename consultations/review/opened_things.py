"""What stands in the log of opened originals: each thing by its number, never by what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from consultations.models import Attachment, JournalPackage, OriginalRead


@dataclass(frozen=True, slots=True)
class OpenedThing:
    """A row of the log: ``annex`` counts among the annexes of its response, 0 where it is none or
    was not written down; ``made_at`` is when a package was made."""

    row: OriginalRead
    annex: int = 0
    made_at: dt.datetime | None = None


def opened_things(rows: Sequence[OriginalRead]) -> list[OpenedThing]:
    """The rows with what their things are called, in two queries."""
    responses = {row.response_id for row in rows if row.thing and row.response_id}
    counts: dict[int, int] = {}
    annexes = {}
    for pk, uid in _annexes(responses):
        annexes[uid] = counts[pk] = counts.get(pk, 0) + 1
    uids = [row.thing for row in rows if row.thing and not row.response_id]
    packages = JournalPackage.objects.filter(uid__in=uids).values_list("uid", "made_at")
    made = dict(packages) if uids else {}
    return [OpenedThing(row, annexes.get(row.thing, 0), made.get(row.thing)) for row in rows]


def _annexes(responses: set[int]) -> Sequence[tuple[int, object]]:
    rows = Attachment.objects.filter(response__in=responses).order_by("pk")
    return list(rows.values_list("response_id", "uid")) if responses else []
