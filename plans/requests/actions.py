"""What is done with the requests of bodies: from registered to answered or withdrawn.

A request never closes by itself: each of these is a person's act.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.change_reason import because
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from plans.agenda.actions.writing import stored
from plans.models import CommitteeRequest, RequestAnswer


class NotWaiting(Exception):
    """It is answered or withdrawn already."""


class StillWaiting(Exception):
    """It is open: there is nothing to open again."""


@transaction.atomic
def register(*, facts: Mapping[str, Any], by: User | None) -> CommitteeRequest:
    """A new request. ``facts``: column values, with ``when`` and ``written``."""
    row = CommitteeRequest()
    _set(row, facts, by)
    _save(row, by)
    return row


@transaction.atomic
def edit(
    *, request: CommitteeRequest, seen: int, facts: Mapping[str, Any], by: User | None
) -> CommitteeRequest:
    """Correct what was asked for. Raises Conflict when it was saved since ``seen``."""
    row = _locked(request, seen)
    _set(row, facts, by)
    _save(row, by)
    return row


@transaction.atomic
def answer(
    *, request: CommitteeRequest, seen: int, facts: Mapping[str, Any], by: User | None
) -> RequestAnswer:
    """Write down what answered it. Raises Conflict, and NotWaiting where something has already."""
    row = _locked(request, seen)
    if row.withdrawn_on is not None or row.answer is not None:
        raise NotWaiting
    made = RequestAnswer(request=row, **_with_item(facts, by))
    _save(made, by)
    _save(row, by)  # its count: whoever has it open learns that it has moved on
    return made


@transaction.atomic
def reopen(*, request: CommitteeRequest, seen: int, reason: str, by: User | None) -> None:
    """Wait for it again: the answer was not enough, or it was not to be withdrawn.

    Raises Conflict, and StillWaiting where it is open.
    """
    row = _locked(request, seen)
    standing = row.answer
    if standing is None and row.withdrawn_on is None:
        raise StillWaiting
    with because(_given(reason)):
        if standing is not None:
            standing.reopened_on, standing.reopened_because = clock.today(), _given(reason)
            _save(standing, by)
        row.withdrawn_on, row.withdrawn_because = None, ""
        _save(row, by)


@transaction.atomic
def withdraw(*, request: CommitteeRequest, seen: int, reason: str, by: User | None) -> None:
    """The body does not ask for it any more. Raises Conflict, and NotWaiting."""
    row = _locked(request, seen)
    if row.withdrawn_on is not None or row.answer is not None:
        raise NotWaiting
    row.withdrawn_on, row.withdrawn_because = clock.today(), _given(reason)
    _save(row, by)


def _given(reason: str) -> str:
    if not reason.strip():
        raise ValueError("A reason is needed")
    return reason.strip()


def _locked(request: CommitteeRequest, seen: int) -> CommitteeRequest:
    """The row as it is now, held until the end; Conflict when it was saved since ``seen``."""
    row = CommitteeRequest.objects.select_for_update().get(pk=request.pk)
    if row.version != seen:
        raise Conflict(row)
    return row


def _with_item(facts: Mapping[str, Any], by: User | None) -> dict[str, Any]:
    """The facts with the row of the item; the one that a treatment is may not be stored yet."""
    item = facts.get("item")
    return {**facts, **({"item": stored(item=item, by=by)} if item is not None else {})}


def _set(row: CommitteeRequest, facts: Mapping[str, Any], by: User | None) -> None:
    given = _with_item(facts, by)
    if "when" in given:
        row.when, row.written = given.pop("when"), given.pop("written", "")
    for name, value in given.items():
        setattr(row, name, value)


def _save(row: Any, by: User | None) -> None:
    row._history_user = by
    row.save()
