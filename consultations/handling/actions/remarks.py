"""Handling remarks: what the administration replies and proposes, who sees to it, what it is
about, and which are answered together. One remark at a time or many in one act.

A saved form that meets another's change is put together field by field; where both have changed
the same field it is a Conflict, and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from consultations.models import Remark, Round, StandardAnswer, Theme
from consultations.notices.telling import tell_assigned
from consultations.responses.quotes import NoSuchBlock, quote
from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from kommuneplan.richtext.blocks import plain, sanitise
from plans.document import plan_document as doc

from ..meanwhile import as_it_was

FIELDS = (
    "theme", "assignee", "anchor", "reply", "proposal", "reason", "wanted_anchor", "wanted_change",
)  # fmt: skip
DECIDED = ("decision", "decision_words")


class NotAlike(Exception):
    """The remark cannot be answered with that one: it is the same, or another round's."""


@dataclass(frozen=True, slots=True)
class Many:
    """What became of an act on many remarks: how many were changed, and how many were left as
    they are because they have words or a decision of their own already."""

    done: int
    left: int = 0


# --- one remark ----------------------------------------------------------------------------------


@transaction.atomic
def handle(*, remark: Remark, facts: Mapping[str, Any], seen: int, by: User | None) -> Remark:
    """Save what is written of a remark (``FIELDS``); it is answered when it has both a reply and
    a proposal.

    Raises Conflict when somebody has changed the same field since ``seen``, and ValueError for a
    theme or a paragraph that is not the round's.
    """
    row = _locked(remark)
    facts = {name: value for name, value in facts.items() if name in FIELDS}
    if "reply" in facts:
        facts["reply"] = sanitise(facts["reply"])
    facts = _reconciled(row, facts, seen)
    _demand_own(row.round, facts)
    if "anchor" in facts and facts["anchor"] != row.anchor:
        facts["quote"] = quote_of(row.round, facts["anchor"])
    return _stored(row, facts, by)


@transaction.atomic
def decide(*, remark: Remark, decision: str, words: str, seen: int, by: User | None) -> Remark:
    """Record what the committee decided where it is another than what was proposed, or take that
    back (both empty). The proposal stays as it was. Never refused for what is missing.

    Raises Conflict as ``handle`` does.
    """
    row = _locked(remark)
    facts = _reconciled(row, {"decision": decision, "decision_words": words}, seen)
    return _stored(row, facts, by)


@transaction.atomic
def join(*, remark: Remark, head: Remark | None, seen: int, by: User | None) -> Remark:
    """Answer a remark together with another (``head``), or by itself again (None).

    There are no chains: a head that is answered with a third leads to the third, and what was
    answered with the remark follows it. Raises NotAlike, and Conflict when somebody has saved the
    remark since ``seen``.
    """
    Round.objects.select_for_update().get(pk=remark.round_id)
    row = Remark.objects.select_for_update().get(pk=remark.pk)
    if row.version != seen:
        raise Conflict(row)
    _join([row], _head_of(row.round_id, head) if head else None, by)
    row.refresh_from_db()
    return row


# --- many at once --------------------------------------------------------------------------------


@transaction.atomic
def sort_many(*, remarks: Iterable[Remark], facts: Mapping[str, Any], by: User | None) -> Many:
    """Give many remarks of one round a theme or an assignee (``facts``)."""
    facts = {name: facts[name] for name in ("theme", "assignee") if name in facts}
    return _on_all(remarks, facts, by, may=lambda row: True)


@transaction.atomic
def answer_many(
    *, remarks: Iterable[Remark], proposal: str, answer: StandardAnswer | None, by: User | None
) -> Many:
    """Propose the same for many remarks, with a standard answer copied in as the reply.

    A remark that has a reply or a proposal already keeps both, and one that is answered with
    another has none of its own. Raises ValueError for another body's answer.
    """
    rows = list(remarks)
    if answer is not None and any(row.round.plan.body_id != answer.body_id for row in rows[:1]):
        raise ValueError("The answer is another body's")
    facts: dict[str, Any] = {"proposal": proposal or (answer.proposal if answer else "")}
    if answer is not None:
        facts["reply"] = answer.reply
    free = {"reply", "proposal"} & facts.keys()

    def may(row: Remark) -> bool:
        return row.same_as_id is None and not any(getattr(row, name) for name in free)

    return _on_all(rows, facts, by, may=may)


@transaction.atomic
def decide_many(*, remarks: Iterable[Remark], decision: str, words: str, by: User | None) -> Many:
    """Record one decision of the committee for many remarks; those that have one keep theirs."""
    facts = {"decision": decision, "decision_words": words}
    return _on_all(remarks, facts, by, may=lambda row: not (row.decision or row.decision_words))


@transaction.atomic
def join_many(*, remarks: Sequence[Remark], head: Remark | None, by: User | None) -> Remark:
    """Answer many remarks together: with ``head``, else with the lowest number among them.

    Raises NotAlike when there is nothing to put together.
    """
    for round_id in sorted({row.round_id for row in remarks}):
        Round.objects.select_for_update().get(pk=round_id)
    rows = lock_all(remarks)
    target = common_head(rows, head)
    _join([row for row in rows if row.pk != target.pk], target, by)
    return target


def common_head(rows: Sequence[Remark], head: Remark | None = None) -> Remark:
    """The remark that answers for all of the locked rows: what ``head`` leads to, else the lowest
    number among them. Raises NotAlike when there is nothing to put together."""
    if head is None and len({row.round_id for row in rows}) == 1:
        head = rows[0]
    if head is None or not rows:
        raise NotAlike
    target = _head_of(rows[0].round_id, head)
    if all(row.pk == target.pk for row in rows):
        raise NotAlike
    return target


# --- what they share


def _locked(remark: Remark) -> Remark:
    rows = Remark.objects.select_for_update(of=("self",)).select_related(
        "round", "response", "meeting"
    )
    return rows.get(pk=remark.pk, retired_at__isnull=True)


def _reconciled(row: Remark, facts: Mapping[str, Any], seen: int) -> dict[str, Any]:
    """What is to be stored of what was sent, field by field; Conflict when somebody else has
    changed the same field to something else since."""
    if row.version == seen:
        return dict(facts)
    base = as_it_was(row, seen)
    out = {}
    for name, mine in facts.items():
        column = Remark._meta.get_field(name).attname
        key = mine.pk if hasattr(mine, "pk") else mine
        theirs = getattr(row, column)
        if key == theirs or (base is not None and key == getattr(base, column)):
            continue
        if base is None or theirs != getattr(base, column):
            raise Conflict(row)
        out[name] = mine
    return out


def _demand_own(round: Round, facts: Mapping[str, Any]) -> None:
    theme: Theme | None = facts.get("theme")
    if theme is not None and theme.round_id != round.pk:
        raise ValueError("The theme is another round's")


def quote_of(round: Round, anchor: str) -> str:
    """The words of the draft there; nothing of the whole. Raises ValueError for no such place."""
    if not anchor:
        return ""
    document = doc.from_json(round.frozen.content)
    for place in document.cited():
        if place.anchor == anchor and place.quote is None:
            return place.label
    try:
        return quote(document, anchor)
    except NoSuchBlock:
        raise ValueError("The draft has no such place") from None


def _stored(row: Remark, facts: Mapping[str, Any], by: User | None) -> Remark:
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, facts[name])
    _settle(row)
    row._history_user = by
    row.save(update_fields=[*changed, "handled_at"])
    tell_assigned(remarks=[row] if "assignee" in changed else [], by=by)
    return row


def _settle(row: Remark) -> None:
    """Answered, or not any more."""
    whole = row.same_as_id is None and bool(row.proposal) and bool(plain(row.reply))
    row.handled_at = (row.handled_at or clock.now()) if whole else None


def lock_all(remarks: Iterable[Remark]) -> list[Remark]:
    """The rows as they are now, locked in the order of their keys."""
    keys = [row.pk for row in remarks]
    rows = Remark.objects.select_for_update(of=("self",)).filter(
        pk__in=keys, retired_at__isnull=True
    )
    found = list(rows.select_related("response", "meeting", "round__plan").order_by("pk"))
    return sorted(found, key=lambda row: row.number)


def _on_all(
    remarks: Iterable[Remark],
    facts: Mapping[str, Any],
    by: User | None,
    *,
    may: Callable[[Remark], bool],
) -> Many:
    rows = lock_all(remarks)
    for row in rows[:1]:
        _demand_own(row.round, facts)
    mine = [row for row in rows if may(row)]
    changed = [row for row in mine if any(getattr(row, n) != v for n, v in facts.items())]
    for row in changed:
        for name, value in facts.items():
            setattr(row, name, value)
        _settle(row)
    _save_all(changed, facts, by)
    tell_assigned(remarks=changed if "assignee" in facts else [], by=by)
    return Many(len(changed), len(rows) - len(mine))


def _save_all(rows: Sequence[Remark], fields: Iterable[str], by: User | None) -> None:
    """Store the fields of many locked rows with their history; each counts as saved anew."""
    for row in rows:
        row.version += 1
        row.search_text = row.found_by()
    if rows:
        names = [*fields, "handled_at", "version", "search_text"]
        bulk_update_with_history(rows, Remark, names, batch_size=200, default_user=by)


def _head_of(round_id: int, head: Remark) -> Remark:
    """The remark that answers for ``head`` now: itself, or the one it follows."""
    rows = Remark.objects.select_for_update(of=("self",)).filter(retired_at__isnull=True)
    found = rows.filter(pk=head.pk).first()
    if found is not None and found.same_as_id is not None:
        found = rows.filter(pk=found.same_as_id).first()
    if found is None or found.round_id != round_id:
        raise NotAlike
    return found


def _join(rows: Sequence[Remark], head: Remark | None, by: User | None) -> None:
    """Let rows follow a head; what followed them follows it too. The head itself is free."""
    if head is not None and any(row.round_id != head.round_id for row in rows):
        raise NotAlike
    if head is not None and any(row.pk == head.pk for row in rows):
        raise NotAlike
    followers = Remark.objects.filter(same_as__in=[row.pk for row in rows]) if head else []
    all_rows = {row.pk: row for row in [*rows, *lock_all(followers)]}
    if head is not None and head.pk in all_rows:  # it followed one of them
        head = all_rows.pop(head.pk)
        head.same_as = None
        _settle(head)
        _save_all([head], ["same_as"], by)
    changed = [row for row in all_rows.values() if row.same_as_id != (head and head.pk)]
    for row in changed:
        row.same_as = head
        _settle(row)
    _save_all(changed, ["same_as"], by)
