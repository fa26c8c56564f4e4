"""A response becomes remarks: cut into passages, taken as it was given, or handled as a whole.

What was received is never changed; a remark holds a copy of its letters and says where they
stand. Numbers are given under the lock of the round and never again, so that cutting further
later moves none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from consultations.models import Remark, Response, ResponseRevision, Round
from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict

from ..splitting import Passage, ResponsePlace, overlap, places, trimmed, whole_words

AT_ONCE = 200  # responses that are taken as they were given in one act


class ResponseChanged(Exception):
    """The response was withdrawn, or its sender has corrected it since it was looked at."""


class LettersTaken(Exception):
    """Some of the letters are in another remark already: ``remark``."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(f"Some of it is in remark {remark.number} already")
        self.remark = remark


@transaction.atomic
def split(
    *, response: Response, seen: int, passages: Sequence[Passage], by: User | None
) -> list[Remark]:
    """Make a remark of each passage, numbered in the order of reading.

    A passage that is a remark already stays that one. ``seen`` is the number of the revision that
    was looked at. Raises NotNow, Taken when a passage shares letters with another remark, and
    ValueError for letters that are not there.
    """
    round, row, revision = _locked(response, seen)
    order = {place.path: place for place in places(revision.content)}
    there = list(_standing(row, revision))
    found, new = [], []
    for passage in _in_order(passages, order):
        same = next((one for one in there if _of(one) == passage), None)
        if same is not None:
            found.append(same)
            continue
        taken = next((one for one in [*there, *new] if _shares(one, passage)), None)
        if taken is not None:
            raise LettersTaken(taken)
        new.append(_cut(row, revision, order[passage.place], passage))
    _number(round, new)
    for remark in new:
        _saved(remark, by)
    _end(row, revision, [*there, *new], by)
    return sorted([*found, *new], key=lambda one: one.number)


@transaction.atomic
def accept_given(*, response: Response, seen: int, by: User | None) -> list[Remark]:
    """Make a remark of each that its writer gave on a paragraph, and that is none yet. What they
    wrote on the whole is left to be cut. Raises NotNow as ``split`` does."""
    _round, row, revision = _locked(response, seen)
    given = [place.whole for place in places(revision.content) if place.is_given]
    there = list(_standing(row, revision))
    free = [one for one in given if not any(_shares(remark, one) for remark in there)]
    return split(response=row, seen=seen, passages=free, by=by)


@transaction.atomic
def handle_whole(*, response: Response, seen: int, by: User | None) -> Remark:
    """Answer a response as one remark. Raises NotNow, and Taken when it was cut already."""
    round, row, revision = _locked(response, seen)
    there = list(_standing(row, revision))
    whole = next((one for one in there if one.begins is None), None)
    if whole is not None:
        return whole
    if there:
        raise LettersTaken(there[0])
    remark = Remark(
        round=row.round, response=row, revision=revision, words=whole_words(revision.content)
    )
    if not remark.words:
        raise ValueError("The response has no words")
    _number(round, [remark])
    _saved(remark, by)
    row.handled_whole, row.gone_through = True, revision.number
    _saved(row, by)
    return remark


@transaction.atomic
def finish(*, response: Response, seen: int, by: User | None) -> Response:
    """What is in no remark needs no answer: the response is gone through. Raises NotNow."""
    _round, row, revision = _locked(response, seen)
    if row.gone_through != revision.number:
        row.gone_through = revision.number
        _saved(row, by)
    return row


@transaction.atomic
def take_all_as_given(*, round: Round, by: User | None) -> tuple[int, int]:
    """Of the responses nobody has begun to cut: each part of each becomes a remark of its own.

    Takes the ``AT_ONCE`` lowest numbers; returns how many responses, and how many remarks.
    """
    locked = Round.objects.select_for_update().get(pk=round.pk)
    rows = list(
        locked.responses.to_go_through()
        .filter(remarks__isnull=True)
        .order_by("number")
        .select_for_update(of=("self",))[:AT_ONCE]
    )
    newest: dict[int, ResponseRevision] = {}
    for one in ResponseRevision.objects.filter(response__in=rows).order_by("number"):
        newest[one.response_id] = one
    remarks = []
    for row in rows:
        revision = newest[row.pk]
        remarks += [_cut(row, revision, place, place.whole) for place in places(revision.content)]
        row.gone_through = revision.number
        _saved(row, by)
    _number(locked, remarks)
    for remark in remarks:
        remark.version, remark.search_text = 1, remark.found_by()
    bulk_create_with_history(remarks, Remark, batch_size=500, default_user=by)
    return len(rows), len(remarks)


@transaction.atomic
def retire_remark(*, remark: Remark, seen: int, by: User | None) -> Remark:
    """Undo the cutting: the remark is no longer one, its number is not used again, and its
    response is to be gone through once more. What was written stays in the history.

    Raises Conflict when somebody has saved it since ``seen``; Taken when others are answered
    with it.
    """
    Round.objects.select_for_update().get(pk=remark.round_id)
    row = Remark.objects.select_for_update().get(pk=remark.pk)
    if row.retired_at is not None:
        return row
    if row.version != seen:
        raise Conflict(row)
    double = row.duplicates.filter(retired_at__isnull=True).first()
    if double is not None:
        raise LettersTaken(double)
    row.retired_at = clock.now()
    _saved(row, by)
    response = Response.objects.select_for_update().filter(pk=row.response_id).first()
    if response is not None and response.gone_through:
        response.gone_through, response.handled_whole = 0, False
        _saved(response, by)
    return row


# --- what they share -----------------------------------------------------------------------------


def _locked(response: Response, seen: int) -> tuple[Round, Response, ResponseRevision]:
    """The round's row first, as everywhere, then the response and its newest revision."""
    round = Round.objects.select_for_update().get(pk=response.round_id)
    row = Response.objects.select_for_update().get(pk=response.pk)
    revision = row.newest
    if row.withdrawn_at is not None or revision.number != seen:
        raise ResponseChanged
    return round, row, revision


def _standing(response: Response, revision: ResponseRevision) -> Iterator[Remark]:
    rows = response.remarks.filter(revision=revision, retired_at__isnull=True)
    yield from rows.order_by("number")


def _of(remark: Remark) -> Passage | None:
    if remark.begins is None or remark.ends is None:
        return None
    return Passage(remark.place, remark.begins, remark.ends)


def _shares(remark: Remark, passage: Passage) -> bool:
    own = _of(remark)
    return own is None or overlap(own, passage)


def _in_order(passages: Iterable[Passage], order: dict[str, ResponsePlace]) -> list[Passage]:
    """Each passage once, trimmed, in the order of reading. Raises ValueError for what is not
    there."""
    found = set()
    for one in passages:
        if one.place not in order or not 0 <= one.begins < one.ends:
            raise ValueError("The response has no such letters")
        place = order[one.place]
        tidy = trimmed(place.words, one)
        if one.ends > len(place.words) or tidy.begins >= tidy.ends:
            raise ValueError("The response has no such letters")
        found.add(tidy)
    reading = list(order)
    return sorted(found, key=lambda one: (reading.index(one.place), one.begins, one.ends))


def _cut(
    response: Response, revision: ResponseRevision, place: ResponsePlace, passage: Passage
) -> Remark:
    return Remark(
        round_id=response.round_id,
        response=response,
        revision=revision,
        place=passage.place,
        begins=passage.begins,
        ends=passage.ends,
        anchor=place.anchor[:64],
        quote=place.quote,
        words=place.said(passage),
        assignee_id=response.assignee_id,
    )


def _number(round: Round, remarks: Sequence[Remark]) -> None:
    """Give the next numbers of the round, whose row is locked. Its lock version stays: that a
    response was cut is no change of the round."""
    for place, remark in enumerate(remarks):
        remark.number = round.next_remark + place
    if remarks:
        round.next_remark += len(remarks)
        Round.objects.filter(pk=round.pk).update(next_remark=round.next_remark)


def _end(
    response: Response, revision: ResponseRevision, remarks: Sequence[Remark], by: User | None
) -> None:
    """Every paragraph is in a remark: the response is gone through by that."""
    cut = [passage for one in remarks if (passage := _of(one))]
    left = uncut(revision, cut)
    if not left and response.gone_through != revision.number:
        response.gone_through = revision.number
        _saved(response, by)


def uncut(revision: ResponseRevision, cut: Sequence[Passage]) -> list[Passage]:
    """The paragraphs of a revision that no passage touches."""
    return [
        one
        for place in places(revision.content)
        for one in place.paragraphs
        if not any(overlap(one, other) for other in cut)
    ]


def _saved(row: Remark | Response, by: User | None) -> None:
    row._history_user = by
    row.save()
