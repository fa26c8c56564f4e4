"""Passages are taken out of what is shown, and put back. What was received is never changed.

More taken out of a response that everybody may read already is gone from there at once; something
put back in makes it wait for a person who clears it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from consultations.enums import PublicationState
from consultations.models import KeptFinding, Redaction, Response, ResponseRevision
from consultations.responses.passages import is_covered, left_behind, occurrences, places
from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from kommuneplan.personal import whole_letters

from ..hidden_again import note_passages, note_response
from ..response_review import Clearance, ReviewFinding, digest_of_words
from ..reviews import clearance
from .reviewing import back_to_waiting, locked, show_as_it_is_now


@dataclass(frozen=True, slots=True)
class StretchToRemove:
    """Letters of a place that shall go."""

    place: str
    begins: int
    ends: int


class NothingThere(ValueError):
    """The words do not stand in the response, or no letter was marked."""


class LeftBehind(ValueError):
    """Words that were to be taken out would still stand in what is shown."""


def _current(response: Response, seen: ResponseRevision) -> Clearance:
    """The response under its lock. Raises Conflict when its sender has corrected it since."""
    row = locked(response)
    state = clearance(row)
    if state.revision.pk != seen.pk:
        raise Conflict(row)
    state.response = row
    return state


@transaction.atomic
def take_out(
    *,
    response: Response,
    seen: ResponseRevision,
    stretches: Iterable[StretchToRemove],
    ground: str,
    words: str = "",
    by: User | None,
) -> list[Redaction]:
    """Take stretches out of what is shown, on a ground; ``words`` explain it inside the house.

    What is taken out already is not taken out twice. Raises NothingThere for a place the response
    does not have or letters it does not reach; Conflict when it was corrected since ``seen``.
    """
    state = _current(response, seen)
    rows = [_redaction(state, one, ground, words, by) for one in stretches]
    made = [row for row in rows if row is not None]
    if made:
        note_passages(state.revision)
        show_as_it_is_now(state.response, by=by)
    return made


def _redaction(
    state: Clearance, one: StretchToRemove, ground: str, words: str, by: User | None
) -> Redaction | None:
    text = state.words.get(one.place, "")
    if not 0 <= one.begins < one.ends <= len(text):
        raise NothingThere
    begins, ends = whole_letters(text, one.begins, one.ends)
    if is_covered(begins, ends, state.passages.get(one.place, ())):
        return None
    row = Redaction(
        response=state.response,
        revision=state.revision,
        place=one.place,
        begins=begins,
        ends=ends,
        ground=ground,
        words=words,
        at=clock.now(),
        by=by,
    )
    row._history_user = by
    row.save()
    return row


@transaction.atomic
def take_out_words(
    *,
    response: Response,
    seen: ResponseRevision,
    wanted: str,
    ground: str,
    place: str = "",
    words: str = "",
    by: User | None,
) -> list[Redaction]:
    """Take some words out wherever they stand: in one place, or everywhere.

    Raises NothingThere when they stand nowhere, LeftBehind when they would still stand in what is
    shown; nothing is taken out then.
    """
    stretches = [
        StretchToRemove(where, *span)
        for where, text in clearance(response).words.items()
        if not place or where == place
        for span in occurrences(text, wanted)
    ]
    if not stretches:
        raise NothingThere
    made = take_out(
        response=response, seen=seen, stretches=stretches, ground=ground, words=words, by=by
    )
    after = clearance(response)
    for where, text in after.words.items():
        asked = not place or where == place
        if asked and left_behind(text, after.passages.get(where, ()), wanted):
            raise LeftBehind
    return made


@transaction.atomic
def take_out_again(
    *, response: Response, seen: ResponseRevision, by: User | None
) -> list[Redaction]:
    """What was taken out before the sender corrected the response is taken out of it again,
    wherever the same words stand."""
    state = _current(response, seen)
    made: list[Redaction] = []
    for row in state.open_earlier:
        gone = row.revision.content
        wanted = _words_of(gone, row)
        made += take_out_words(
            response=response, seen=seen, wanted=wanted, ground=row.ground, words=row.words, by=by
        )
    return made


def _words_of(content: dict[str, object], row: Redaction) -> str:
    return places(content).get(row.place, "")[row.begins : row.ends]


@transaction.atomic
def lift(*, redaction: Redaction, by: User | None) -> Redaction:
    """Put a passage back into what is shown. A response that was cleared waits again, until a
    person has looked at it once more."""
    response = locked(redaction.response)
    row = Redaction.objects.select_for_update().get(pk=redaction.pk)
    if row.lifted_at is not None:
        return row
    row.lifted_at, row.lifted_by = clock.now(), by
    row._history_user = by
    row.save()
    note_passages(row.revision)
    if response.publication_state == PublicationState.CLEARED:
        back_to_waiting(response)
        response._history_user = by
        response.save()
        note_response(response)
    return row


@transaction.atomic
def decide(
    *,
    response: Response,
    seen: ResponseRevision,
    out: Iterable[ReviewFinding],
    keep: Iterable[tuple[ReviewFinding, str]],
    by: User | None,
) -> None:
    """Each finding is taken out, or left in with a reason.

    Raises Conflict when the sender has corrected the response since.
    """
    state = _current(response, seen)
    for found in out:
        one = found.finding
        stretch = StretchToRemove(found.place, one.start, one.end)
        take_out(response=response, seen=seen, stretches=[stretch], ground=found.ground, by=by)
    for found, reason in keep:
        KeptFinding.objects.get_or_create(
            response=state.response,
            place=found.place,
            kind=found.finding.kind.value,
            digest=digest_of_words(found.finding.quote),
            defaults={"reason": reason, "at": clock.now(), "by": by},
        )
