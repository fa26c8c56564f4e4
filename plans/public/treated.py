"""What the bodies were recommended and what they did with it, as everybody may know it: live, for
the page of a published plan and its papers.

Told is an item that is not closed, once the agenda of its meeting is sent out. Without that, a
matter's treatments are told once the matter is over and its work not given up, and any other item
once its outcome is recorded: a body's word on what another body is still to decide is not ours to
give out. Of a closed item there is not a word, not even that it was there. The protocol is
authoritative; what is told here is an extract with a link to it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from plans.enums import CycleState
from plans.models import AgendaItem, Treatment


@dataclass(frozen=True, slots=True)
class TreatedClause:
    """A clause of a recommendation; ``outcome``: an Outcome value where it is its own."""

    number: int
    words: str
    outcome: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class TreatedItem:
    """An item about a plan. ``title``: of an item of its own; of a matter its ``purpose``, since
    its title was not written for everybody. ``day``: of the meeting, or of the decision where no
    meeting is known; ``outcome`` is empty where none is recorded."""

    uid: UUID
    body: str
    day: dt.date
    item_type: str
    title: str = ""
    purpose: str = ""
    label: str = ""
    summary: str = ""
    sender: str = ""
    clauses: tuple[TreatedClause, ...] = ()
    outcome: str = ""
    decided_on: dt.date | None = None
    wording: str = ""
    protocol: str = ""


_OUT = "__agenda__is_out"


def _turns(plan: Any) -> QuerySet[Treatment]:
    alive = [state for state in CycleState if state != CycleState.WITHDRAWN]
    over = Q(matter__closed_at__isnull=False, matter__plans__cycle__state__in=alive)
    return Treatment.objects.filter(
        ~Q(outcome="") & over | Q(**{f"meeting{_OUT}": True}, meeting__cancelled=False),
        matter__plans__cycle__plan=plan,
        is_closed=False,
    )


def _items(plan: Any) -> QuerySet[AgendaItem]:
    own = AgendaItem.objects.filter(plan=plan, own_closed=False, treatment__isnull=True)
    return own.filter(
        Q(item_outcome__isnull=False)
        | Q(**{f"own_meeting{_OUT}": True}, own_meeting__cancelled=False)
    )


def is_treated(path: str = "plan_id") -> Case:
    """Whether anything is told of the plan that a query's rows lead to: asked with what is asked
    anyway, so that a plan of which nothing is told costs no query more."""
    turns, items = Exists(_turns(OuterRef(path))), Exists(_items(OuterRef(path)))
    return Case(When(turns, then=Value(True)), When(items, then=Value(True)), default=Value(False))


def treated_of(plan: int) -> tuple[TreatedItem, ...]:
    """What is told of a plan (by key), in the order of its meetings; a fixed number of queries."""
    rows = (
        _turns(plan)
        .select_related("body", "matter", "meeting__agenda", "agenda_item")
        .prefetch_related("agenda_item__clauses")
    )
    items = _items(plan).select_related("own_meeting__body", "own_meeting__agenda", "item_outcome")
    found = [
        *((row.agenda_item.position, _matter(row)) if hasattr(row, "agenda_item")
          else (2**15, _matter(row)) for row in rows),
        *((row.position, _own(row)) for row in items.prefetch_related("clauses")),
    ]  # fmt: skip
    found.sort(key=lambda pair: (pair[1].day, pair[1].body, pair[0], pair[1].uid))
    return tuple(one for _position, one in found)


def _matter(row: Treatment) -> TreatedItem:
    item = getattr(row, "agenda_item", None)
    day = row.decided_on or (row.meeting.date if row.meeting else None)
    assert day is not None  # it has an outcome, or a meeting whose agenda is sent out
    return TreatedItem(
        uid=row.uid,
        body=row.body.name,
        day=day,
        item_type=row.item_type,
        purpose=row.matter.purpose,
        **_said(item),
        **_came_of(row if row.outcome else None, row.meeting),
    )


def _own(row: AgendaItem) -> TreatedItem:
    meeting = row.own_meeting
    assert meeting is not None  # a constraint
    return TreatedItem(
        uid=row.uid,
        body=meeting.body.name,
        day=meeting.date,
        item_type=row.own_type,
        title=row.own_title,
        **_said(row),
        **_came_of(getattr(row, "item_outcome", None), meeting),
    )


def _said(item: AgendaItem | None) -> dict[str, Any]:
    if item is None:
        return {}
    clauses = tuple(
        TreatedClause(one.number, one.words, one.outcome, one.wording) for one in item.clauses.all()
    )
    names = ("label", "summary", "sender")
    return {"clauses": clauses, **{name: getattr(item, name) for name in names}}


def _came_of(told: Any, meeting: Any) -> dict[str, Any]:
    agenda = getattr(meeting, "agenda", None)
    if told is None:
        return {}
    return {
        "outcome": told.outcome,
        "decided_on": told.decided_on,
        "wording": told.wording,
        "protocol": told.protocol or (agenda.protocol if agenda else ""),
    }
