"""One response is answered for all that say the same: what it was divided into is laid on the
others, each in its own words, and answered together. A person has chosen which; every sender
counts, and is told the answer. Nothing is done by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from consultations.alike.laying import counterpart
from consultations.alike.substance import own_words
from consultations.alike.words import text_of
from consultations.enums import AlikeKind
from consultations.models import AlikeGroup, AlikeMember, Remark, Response, Round
from kommuneplan import clock
from kommuneplan.core.models import User

from ..alike_page import in_full, model_of, remarks_of_model, told_of
from ..splitting import Passage, overlap, places, whole_words
from .splitting import _number


class GroupMoved(Exception):
    """Somebody has divided, corrected or withdrawn one of them since it was looked at; nothing was
    done."""


class NotDivided(Exception):
    """The response that is to be answered for all has no remarks yet."""


@dataclass(frozen=True, slots=True)
class AnsweredAlike:
    """How many responses were answered with the first, in how many remarks; ``left`` of them have
    more to say and are still to be gone through, ``nowhere`` have none of the passages."""

    responses: int
    remarks: int
    left: int = 0
    nowhere: int = 0


Seen = Mapping[UUID, int]  # responses by the revision that was looked at


@transaction.atomic
def answer_as_first(*, group: AlikeGroup, seen: Seen, told: str, by: User | None) -> AnsweredAlike:
    """Divide the chosen responses as the model is divided, and answer them together with it.

    ``told``: the model and its remarks as they were shown (``AlikePage.told``). A response that
    says more than the model stays among those that are to be gone through. Raises NotDivided, and
    GroupMoved when anything of it is no longer as it was seen.
    """
    round = Round.objects.select_for_update().get(pk=group.round_id)
    model = model_of(group=group)
    remarks = remarks_of_model(model) if model else ()
    if model is None or told_of(model, remarks) != told:
        raise GroupMoved
    if not remarks:
        raise NotDivided
    chosen = _locked(group, {uid: n for uid, n in seen.items() if uid != model.response.uid})
    says = text_of(model.revision.content)
    made: list[Remark] = []
    done: list[Response] = []
    left = nowhere = 0
    for member in chosen:
        differs = own_words(says, text_of(member.revision.content)).differs
        own, whole = _all_laid_on(member, remarks, cut=differs)
        made += own
        if not own:
            nowhere += 1
        elif differs or not whole:
            left += 1
        else:
            member.response.gone_through = member.revision.number
            done.append(member.response)
    _number(round, made)
    for remark in made:
        remark.version, remark.search_text = 1, remark.found_by()
    bulk_create_with_history(made, Remark, batch_size=500, default_user=by)
    _save_responses(done, by)
    return AnsweredAlike(len(chosen) - nowhere, len(made), left, nowhere)


@transaction.atomic
def take_apart(*, group: AlikeGroup, seen: Seen, by: User | None) -> int:
    """Undo it: the remarks of the chosen responses that are answered with the model's are taken
    back, and they are to be gone through again. How many remarks. What somebody has written on one
    of them since stays in its history. Raises GroupMoved."""
    Round.objects.select_for_update().get(pk=group.round_id)
    model = model_of(group=group)
    chosen = _locked(group, seen, begun=True)
    if model is None or len(chosen) != len(seen):
        raise GroupMoved
    heads = {one.same_as_id or one.pk for one in remarks_of_model(model)}
    rows = list(
        Remark.objects.select_for_update(of=("self",))
        .select_related("response", "meeting")
        .filter(
            response__in=[one.response_id for one in chosen],
            same_as__in=heads,
            retired_at__isnull=True,
        )
        .exclude(response=model.response_id)
    )
    for row in rows:
        row.retired_at = clock.now()
        row.version += 1
    fields = ["retired_at", "version"]
    bulk_update_with_history(rows, Remark, fields, batch_size=200, default_user=by)
    again = {row.response_id for row in rows}
    responses = [one.response for one in chosen if one.response_id in again]
    for response in responses:
        response.gone_through, response.handled_whole = 0, False
    _save_responses(responses, by)
    return len(rows)


@transaction.atomic
def need_no_answer(*, group: AlikeGroup, seen: Seen, by: User | None) -> int:
    """The chosen responses say that there is nothing to remark: they are gone through. Raises
    GroupMoved, and ValueError for a group that says something."""
    if group.kind != AlikeKind.NOTHING:
        raise ValueError("They have remarks")
    Round.objects.select_for_update().get(pk=group.round_id)
    rows = [one.response for one in _locked(group, seen)]
    for member in rows:
        member.gone_through = seen[member.uid]
    _save_responses(rows, by)
    return len(rows)


def _locked(group: AlikeGroup, seen: Seen, *, begun: bool = False) -> list[AlikeMember]:
    """The chosen members, their responses locked, as they were seen. ``begun``: they have remarks;
    else they have none."""
    keys = {row.pk: row for row in Response.objects.select_for_update().filter(uid__in=seen)}
    rows = list(in_full(group=group).filter(response__in=keys).order_by("response__number"))
    if len(rows) != len(seen):
        raise GroupMoved
    for row in rows:
        row.response = keys[row.response_id]
        done = row.cut or row.response.gone_through >= row.revision.number
        waits = not (done or row.response.no_remarks)
        fits = bool(row.cut) if begun else waits
        if row.revision.number != seen[row.response.uid] or not fits:
            raise GroupMoved
    return rows


def _all_laid_on(
    member: AlikeMember, remarks: Sequence[Remark], *, cut: bool
) -> tuple[list[Remark], bool]:
    """The remarks of the model in the words of another response, and whether each found letters of
    its own there, or was left out by its sender. ``cut``: of a response that says more, a remark of
    the whole takes only what it is alike in."""
    parts = {one.path: one for one in places(member.revision.content)}
    found: list[Remark] = []
    whole = True
    for remark in remarks:
        made = _as_remark_of(member, remark)
        if remark.begins is None and not cut:
            made.words = whole_words(member.revision.content)
            member.response.handled_whole = True
            return [made], True
        where = counterpart(remark.words, {path: one.words for path, one in parts.items()})
        if where is None:
            continue
        passage = Passage(*where)
        if any(overlap(passage, Passage(one.place, one.begins, one.ends)) for one in found):
            whole = False
            continue
        made.place, made.begins, made.ends = where
        part = parts[passage.place]
        made.words = part.said(passage)
        if part.is_given:
            made.anchor, made.quote = part.anchor[:64], part.quote
        found.append(made)
    return found, whole


def _as_remark_of(member: AlikeMember, remark: Remark) -> Remark:
    return Remark(
        round_id=remark.round_id,
        response=member.response,
        revision=member.revision,
        anchor=remark.anchor,
        quote=remark.quote,
        theme_id=remark.theme_id,
        assignee_id=remark.assignee_id,
        same_as_id=remark.same_as_id or remark.pk,
    )


def _save_responses(rows: Sequence[Response], by: User | None) -> None:
    for row in rows:
        row.version += 1
    fields = ["gone_through", "handled_whole", "version"]
    bulk_update_with_history(rows, Response, fields, batch_size=200, default_user=by)
