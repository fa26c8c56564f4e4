"""What of responses was taken from readers stays so when an older backup is restored.

A response that was not shown when the ledger was last written waits for a person, or is hidden or
withdrawn; passages that were taken out are taken out again; an annex that was not given out is not.
Nothing is shown by this that was not shown in the backup.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from consultations.enums import Ground, PublicationState
from consultations.models import Attachment, Redaction, Response, ResponseRevision
from kommuneplan import clock
from kommuneplan.core.privacy import hidden

RESPONSE, PASSAGES, ANNEX = (
    "consultations.response",
    "consultations.passages",
    "consultations.annex",
)


def register_hidden() -> None:
    """Called once, when the app is ready."""
    hidden.register(RESPONSE, _response)
    hidden.register(PASSAGES, _passages)
    hidden.register(ANNEX, _annex)


def note_response(row: Response) -> None:
    """Whether everybody may read it."""
    withdrawn = row.withdrawn_at.isoformat() if row.withdrawn_at else ""
    hidden.note(RESPONSE, row.uid, state=row.publication_state, withdrawn=withdrawn)


def note_passages(revision: ResponseRevision) -> None:
    """The letters that are taken out of a revision: places and numbers, not words."""
    rows = Redaction.objects.filter(revision=revision, lifted_at__isnull=True).order_by("pk")
    taken = [list(row) for row in rows.values_list("place", "begins", "ends", "ground")]
    hidden.note(PASSAGES, revision.uid, taken_out=taken)


def note_annex(row: Attachment) -> None:
    """Whether it is given out, and as which file."""
    given = str(row.published.uid) if row.published else ""
    hidden.note(ANNEX, row.uid, state=row.state, given=given)


@transaction.atomic
def _response(uid: UUID, facts: Mapping[str, Any]) -> bool:
    from .actions.reviewing import back_to_waiting

    row = Response.objects.select_for_update().filter(uid=uid).first()
    if row is None:
        return False
    was = row.publication_state, row.withdrawn_at
    state = PublicationState(facts["state"])
    if state != PublicationState.CLEARED and row.publication_state != state:
        back_to_waiting(row)
        if state == PublicationState.HIDDEN:
            row.publication_state, row.hidden_because = state, hidden.again()
            row.cleared_at = clock.now()
    if facts["withdrawn"] and row.withdrawn_at is None:
        row.withdrawn_at = dt.datetime.fromisoformat(facts["withdrawn"])
    if (row.publication_state, row.withdrawn_at) == was:
        return False
    row._history_user = None
    row.save()
    return True


@transaction.atomic
def _passages(uid: UUID, facts: Mapping[str, Any]) -> bool:
    from .actions.reviewing import show_as_it_is_now

    revision = ResponseRevision.objects.filter(uid=uid).select_related("response").first()
    if revision is None:
        return False
    response = Response.objects.select_for_update().get(pk=revision.response_id)
    rows = Redaction.objects.filter(revision=revision, lifted_at__isnull=True)
    there = set(rows.values_list("place", "begins", "ends"))
    missing = [one for one in facts["taken_out"] if tuple(one[:3]) not in there]
    for place, begins, ends, ground in missing:
        row = Redaction(
            response=response, revision=revision, place=place, begins=begins, ends=ends,
            ground=Ground(ground), words=hidden.again(), at=clock.now(), by=None,
        )  # fmt: skip
        row._history_user = None
        row.save()
    if missing:
        show_as_it_is_now(response, by=None)
    return bool(missing)


@transaction.atomic
def _annex(uid: UUID, facts: Mapping[str, Any]) -> bool:
    """One that was given out as another file than the backup has waits for a person."""
    row = Attachment.objects.select_for_update(of=("self",)).filter(uid=uid).first()
    if row is None or row.state != PublicationState.CLEARED:
        return False
    given = str(row.published.uid) if row.published else ""
    state = PublicationState(facts["state"])
    if state == PublicationState.CLEARED and facts["given"] == given:
        return False
    row.state = PublicationState.WAITING if state == PublicationState.CLEARED else state
    row.decided_because, row.decided_by = hidden.again(), None
    row._history_user = None
    row.save()
    return True
