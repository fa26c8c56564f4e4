"""What everybody reads of one response, as its sender is told on the receipt: the words that were
cleared, or those that would be shown now, with what was taken out and on which ground."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from consultations.enums import Ground, LateDecision, PublicationState
from consultations.models import Response
from consultations.responses.public_form import WORDS_KNOWN, ShownResponse
from consultations.responses.published import annexes_of
from consultations.review.reviews import clearance
from kommuneplan.core.models import Municipality

WAITING, CLEARED, HIDDEN, REFUSED, WITHDRAWN = (
    "waiting", "cleared", "hidden", "refused", "withdrawn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicSide:
    """``becomes`` is how far it is; ``is_shown``: everybody can read it now. ``grounds`` on which
    something was taken out, ``annexes`` the names of the files that are given out with it."""

    becomes: str
    label: str
    words: ShownResponse
    is_shown: bool
    grounds: tuple[str, ...]
    annexes: tuple[str, ...]


def public_side(response: Response, *, at: dt.datetime) -> PublicSide:
    """What everybody reads of a response at an instant."""
    names = Municipality.current().shows_private_names
    state = clearance(response)
    words, becomes = state.shown, _becomes(response)
    if becomes == CLEARED:
        words = ShownResponse.from_json(response.published[WORDS_KNOWN])
    mine = Response.objects.filter(pk=response.pk)
    annexes = annexes_of(mine) if becomes == CLEARED else []
    return PublicSide(
        becomes=becomes,
        label=words.label(response.number, names=names),
        words=words,
        is_shown=mine.shown(at=at).exists() and response.round.is_public,
        grounds=tuple(dict.fromkeys(str(Ground(one.ground).label) for one in state.redactions)),
        annexes=tuple(one.title or (one.published or one.file).name for one in annexes),
    )


def _becomes(response: Response) -> str:
    if response.withdrawn_at is not None:
        return WITHDRAWN
    if response.late_decision == LateDecision.REFUSED:
        return REFUSED
    return {
        PublicationState.CLEARED: CLEARED,
        PublicationState.HIDDEN: HIDDEN,
    }.get(PublicationState(response.publication_state), WAITING)
