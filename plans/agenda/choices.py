"""Items to choose from, for wings above: where something was asked for, set aside or treated.

What is chosen is named by the item's ``uid``; ``chosen`` gives its row, which is stored first where
an item of a matter has none. So a foreign key to ``AgendaItem`` can name every item of a meeting::

    field.choices = choices_for(user, on=today(), body=plan.body)
    item = chosen(user, uid, on=today(), by=user)
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from uuid import UUID

from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.timespan.phrase import day_words
from plans.models import AgendaItem

from .actions.writing import stored
from .items import item_for, items_at

MEETINGS = 24
"""The newest of a body's meetings that are offered."""


def choices_for(
    user: User, *, on: dt.date, body: Body, until: dt.date | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The items of a body's latest meetings that a person may know, under each meeting, the newest
    first; four queries. ``until``: of meetings not after a day."""
    rows = Meeting.objects.filter(body=body, cancelled=False).select_related("body")
    if until is not None:
        rows = rows.filter(date__lte=until)
    meetings = list(rows.order_by("-date", "-pk")[:MEETINGS])
    items = items_at(meetings, user, on=on)
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for meeting in meetings:
        for one in items[meeting.pk]:
            label = f"{one.label}. {one.title}" if one.label else one.title
            groups[day_words(meeting.date)].append((str(one.uid), label))
    return list(groups.items())


def chosen(user: User, uid: UUID, *, on: dt.date, by: User | None) -> AgendaItem | None:
    """The row of an item that a person may know; None where there is none for them."""
    item = item_for(user, uid, on=on)
    return stored(item=item, by=by) if item else None
