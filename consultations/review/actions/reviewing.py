"""A person says that a response may be shown to everybody, hides it, or takes that back. The gate
is asked again under the row's lock: nothing is shown while anything found in it is undecided.

From when it is shown is the round's setting and a question of time (``Response.objects.shown``).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.alike import actions as alike
from consultations.enums import LateDecision, PublicationState
from consultations.models import Attachment, Response, Round
from consultations.responses.public_form import WORDS_KNOWN
from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict

from ..hidden_again import note_annex, note_response
from ..publication_blockers import Hindrance, hindered
from ..response_review import Clearance
from ..reviews import clearance, plain_waiting


class Hindered(Exception):
    """Something has to be decided first; ``what`` lists it."""

    def __init__(self, what: list[Hindrance]) -> None:
        super().__init__(", ".join(what))
        self.what = what


def locked(response: Response, *, seen: int | None = None) -> Response:
    """The response as it is now, its row locked. Raises Conflict when it has moved on since the
    version that was ``seen``."""
    row = Response.objects.select_for_update().select_related("round").get(pk=response.pk)
    if seen is not None and row.version != seen:
        raise Conflict(row)
    return row


def _save(row: Response, by: User | None) -> Response:
    row._history_user = by
    row.save()
    note_response(row)
    return row


def back_to_waiting(response: Response, by: User | None = None) -> None:
    """The response waits for a person again and is shown to nobody; not stored yet. Whoever
    corrects a response calls this before saving it."""
    response.publication_state = PublicationState.WAITING
    response.cleared_at = response.cleared_by = response.published_at = None
    response.hidden_because = ""
    response.published = {}


def show_as_it_is_now(response: Response, *, by: User | None) -> None:
    """What everybody reads of a cleared response is made anew; others are left as they are."""
    if response.publication_state != PublicationState.CLEARED:
        return
    response.published = _published(clearance(response))
    _save(response, by)


def _published(state: Clearance) -> dict[str, object]:
    return {WORDS_KNOWN: state.shown.to_json(), "revision": str(state.revision.uid)}


@transaction.atomic
def clear(*, response: Response, seen: int | None = None, by: User | None) -> Response:
    """The response may be shown to everybody, its annexes in which nothing was found with it.

    Raises Hindered while something is undecided, Conflict when it has moved on since ``seen``.
    """
    row = locked(response, seen=seen)
    state = clearance(row)
    if state.hindrances:
        raise Hindered(state.hindrances)
    return _cleared(row, state, by)


def _cleared(row: Response, state: Clearance, by: User | None) -> Response:
    for annex in state.annexes:
        if annex.state == PublicationState.WAITING:
            _clear_annex(annex, by)
    for annex in state.taken_back:
        _hide_annex(annex, _("Left out by the sender when the response was corrected"), by)
    row.publication_state = PublicationState.CLEARED
    row.cleared_at = row.published_at = clock.now()
    row.cleared_by, row.hidden_because = by, ""
    row.published = _published(state)
    return _save(row, by)


def _clear_annex(annex: Attachment, by: User | None) -> None:
    annex.state, annex.decided_by = PublicationState.CLEARED, by
    _save_annex(annex, by)


def _save_annex(annex: Attachment, by: User | None) -> None:
    annex._history_user = by
    annex.save()
    note_annex(annex)


@transaction.atomic
def release(*, round: Round, seen: Mapping[int, str], by: User | None) -> list[int]:
    """Clear the responses of a round whose words somebody has seen as everybody will read them:
    by number, with what was seen (``Clearance.seen``). Returns the numbers that were cleared; one
    that has changed since, or in which something is found by now, stays as it was."""
    rows = Response.objects.select_for_update().filter(round=round, number__in=list(seen))
    list(rows.order_by("pk").values_list("pk", flat=True))  # locks them, in one order
    return [
        _cleared(one.response, one, by).number
        for one in plain_waiting(round, numbers=seen)
        if one.seen == seen[one.response.number]
    ]


@transaction.atomic
def hide(*, response: Response, reason: str, seen: int | None = None, by: User | None) -> Response:
    """Nobody but those who handle it reads the response; its number stays, and says so."""
    row = locked(response, seen=seen)
    back_to_waiting(row)
    row.publication_state, row.hidden_because = PublicationState.HIDDEN, reason
    row.cleared_at, row.cleared_by = clock.now(), by
    return _save(row, by)


@transaction.atomic
def take_back(*, response: Response, seen: int | None = None, by: User | None) -> Response:
    """A cleared or hidden response waits again; everybody sees no more of it."""
    row = locked(response, seen=seen)
    back_to_waiting(row)
    return _save(row, by)


@transaction.atomic
def decide_late(
    *, response: Response, decision: str, reason: str, seen: int | None = None, by: User | None
) -> Response:
    """A response that came after the deadline takes part all the same, or does not.

    Raises ValueError for one that was in time; Conflict when it has moved on since ``seen``.
    """
    row = locked(response, seen=seen)
    if not row.is_late:
        raise ValueError("The response came in time")
    row.late_decision, row.late_because = LateDecision(decision), reason
    if decision != LateDecision.ACCEPTED and row.publication_state == PublicationState.CLEARED:
        back_to_waiting(row)
    alike.later(row.round)
    return _save(row, by)


# --- annexes -------------------------------------------------------------------------------------


def _annex(annex: Attachment, seen: int) -> Attachment:
    """The annex under its response's lock and its own."""
    locked(annex.response)
    rows = Attachment.objects.select_for_update(of=("self",))
    row = rows.select_related("file", "published").get(pk=annex.pk)
    if row.version != seen:
        raise Conflict(row)
    return row


@transaction.atomic
def release_annex(*, annex: Attachment, reason: str, seen: int, by: User | None) -> Attachment:
    """The annex may be fetched by everybody once its response is shown, in spite of what was found
    in it. Raises Hindered while nobody has examined it, or it is infected."""
    row = _annex(annex, seen)
    what = hindered(row)
    if what not in (None, Hindrance.ANNEX_WAITS):
        raise Hindered([what])
    row.decided_because = reason
    _clear_annex(row, by)
    return row


@transaction.atomic
def hide_annex(*, annex: Attachment, reason: str, seen: int, by: User | None) -> Attachment:
    """The annex is not given to anybody; it stays received."""
    row = _annex(annex, seen)
    _hide_annex(row, reason, by)
    return row


def _hide_annex(annex: Attachment, reason: str, by: User | None) -> None:
    annex.state, annex.decided_by = PublicationState.HIDDEN, by
    annex.decided_because = reason
    _save_annex(annex, by)


@transaction.atomic
def annex_back(*, annex: Attachment, seen: int, by: User | None) -> Attachment:
    """The annex waits again, as it was received; so does its response, when it was cleared."""
    row = _annex(annex, seen)
    row.state, row.decided_by, row.decided_because = PublicationState.WAITING, None, ""
    row.published, row.published_findings = None, []
    _save_annex(row, by)
    response = locked(annex.response)
    if response.publication_state == PublicationState.CLEARED:
        back_to_waiting(response)
        _save(response, by)
    return row
