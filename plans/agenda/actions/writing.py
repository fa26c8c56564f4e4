"""The agenda written: items put on a meeting, their order, what they are, what is recommended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import Meeting, User
from kommuneplan.locking import Conflict
from plans.enums import ItemType
from plans.models import Agenda, AgendaItem, AtClause, Plan, Treatment

from ..items import all_items


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What a person writes of an item. Of an item of a matter the title, the sort and the plan are
    the matter's, and stay as they are."""

    title: str = ""
    item_type: str = ItemType.DECISION
    plan: Plan | None = None
    is_closed: bool = False
    closed_reason: str = ""
    label: str = ""
    case_number: str = ""
    summary: str = ""
    papers_on: dt.date | None = None


class HasOutcome(Exception):
    """What a body has treated stays on its agenda."""


class IsTreatment(Exception):
    """A matter is taken off a meeting where it was put before the body."""


@transaction.atomic
def add_item(*, meeting: Meeting, facts: ItemFacts, by: User | None) -> AgendaItem:
    """Put an item on a meeting, as the last."""
    _locked(meeting)
    before = [stored(item=one, by=by) for one in all_items(meeting)]
    _number(before, by)
    row = AgendaItem(own_meeting=meeting, position=len(before) + 1)
    _write(row, facts)
    row._history_user = by
    row.save()
    return row


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _write(row: AgendaItem, facts: ItemFacts) -> None:
    if row.treatment_id is None:
        row.own_title, row.own_type = facts.title, facts.item_type
        row.plan, row.own_closed = facts.plan, facts.is_closed
    for name in ("closed_reason", "label", "case_number", "summary", "papers_on"):
        setattr(row, name, getattr(facts, name))


@transaction.atomic
def stored(*, item: AgendaItem, by: User | None) -> AgendaItem:
    """The row of an item that a treatment is, stored now where it was not; any other as it is."""
    if item.pk:
        return item
    treatment = Treatment.objects.select_for_update().get(pk=item.treatment_id)
    row = AgendaItem.objects.filter(treatment=treatment).first()
    if row is None:
        row = AgendaItem(uid=treatment.uid, treatment=treatment, position=item.position)
        row._history_user = by
        row.save()
    return row


@transaction.atomic
def edit_item(*, item: AgendaItem, seen: int, facts: ItemFacts, by: User | None) -> AgendaItem:
    """Store what an item is. Raises Conflict when it was saved since version ``seen``."""
    row = _to_write(item, seen, by)
    _write(row, facts)
    row._history_user = by
    row.save()
    treatment = row.treatment
    if treatment is not None and treatment.is_closed != facts.is_closed:
        treatment.is_closed = facts.is_closed
        treatment._history_user = by
        treatment.save()
    return row


def _to_write(item: AgendaItem, seen: int, by: User | None) -> AgendaItem:
    """The row under lock, where it is still as it was seen; 0 was seen of one not stored."""
    if item.pk is None:
        row = stored(item=item, by=by)
        if row.version != 1:
            raise Conflict(row)
    else:
        row = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if row.version != seen:
            raise Conflict(row)
    return AgendaItem.objects.told().get(pk=row.pk)


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User | None) -> None:
    """One place up or down; at the end nothing happens. All items of the meeting get their places
    with it, the treatments that had none as well."""
    meeting = item.meeting
    if meeting is None:
        return
    _locked(meeting)
    order = [stored(item=one, by=by) for one in all_items(meeting)]
    here = next(place for place, one in enumerate(order) if one.uid == item.uid)
    there = here + (-1 if up else 1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    _number(order, by)


def _number(order: Sequence[AgendaItem], by: User | None) -> None:
    for place, one in enumerate(order, start=1):
        if one.position != place:
            one.position = place
            one._history_user = by
            one.save()


@transaction.atomic
def take_off(*, item: AgendaItem, by: User | None) -> None:
    """Take an item off the agenda that is no matter and has no outcome."""
    if item.treatment_id is not None:
        raise IsTreatment
    row = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if row.outcome_row is not None:
        raise HasOutcome
    row._history_user = by
    row.delete()


# --- the recommendation --------------------------------------------------------------------------

_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]\s+)")


def clauses_in(text: str) -> list[str]:
    """The clauses in what somebody typed: one a line; a number in front is taken off."""
    lines = (_NUMBERED.sub("", line.strip()) for line in text.splitlines())
    return [line.strip() for line in lines if line.strip()]


def as_typed(item: AgendaItem) -> str:
    """The clauses as they are typed again."""
    return "\n".join(one.words for one in clauses_of(item))


def clauses_of(item: AgendaItem) -> Sequence[AtClause]:
    """Its clauses in order; none of an item nothing was written at."""
    return list(item.clauses.all()) if item.pk else []


@transaction.atomic
def recommend(
    *, item: AgendaItem, seen: int, sender: str, clauses: Sequence[str], by: User | None
) -> AgendaItem:
    """Store who recommends what, in numbered clauses. A clause that keeps its number keeps what
    was recorded of it. Raises Conflict when the item was saved since version ``seen``."""
    row = _to_write(item, seen, by)
    row.sender = sender
    row._history_user = by
    row.save()
    known = {one.number: one for one in row.clauses.all()}
    for number, words in enumerate(clauses, start=1):
        clause = known.pop(number, None) or AtClause(item=row, number=number)
        if clause.words != words:
            clause.words = words
            clause._history_user = by
            clause.save()
    for left in known.values():
        left._history_user = by
        left.delete()
    return row


# --- the whole agenda ----------------------------------------------------------------------------


@transaction.atomic
def send_out(*, meeting: Meeting, by: User | None) -> Agenda:
    """The agenda is sent out: the members read it, and everybody what is open. Again changes
    nothing."""
    row = _agenda(meeting)
    if not row.is_out:
        row.is_out, row.sent_at = True, clock.now()
        row._history_user = by
        row.save()
    return row


@transaction.atomic
def take_back(*, meeting: Meeting, by: User | None) -> Agenda:
    """It was sent out by mistake: those who make it alone know it again."""
    row = _agenda(meeting)
    if row.is_out:
        row.is_out, row.sent_at = False, None
        row._history_user = by
        row.save()
    return row


def _agenda(meeting: Meeting) -> Agenda:
    _locked(meeting)
    return Agenda.objects.filter(meeting=meeting).first() or Agenda(meeting=meeting)


@transaction.atomic
def link_protocol(*, meeting: Meeting, address: str, by: User | None) -> Agenda:
    """Where the protocol of the whole meeting lies."""
    row = _agenda(meeting)
    row.protocol = address
    row._history_user = by
    row.save()
    return row


def fact_names() -> tuple[str, ...]:
    """The names of ``ItemFacts``."""
    return tuple(ItemFacts.__dataclass_fields__)


def facts_of(item: AgendaItem) -> dict[str, Any]:
    """What is stored of an item, as a form shows it."""
    return {name: getattr(item, name) for name in fact_names()}
