"""Remarks that are answered already and resemble one that is not. Asked when the page is opened,
so that what was answered a moment ago is offered at once; nothing is stored of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from consultations.alike.resembling import marked, resemblance, stems
from consultations.models import Remark, Round
from kommuneplan.richtext.blocks import plain

from .remarks import ANSWERED, remarks_of

LOOKED_FOR = 8  # of its longest words; who shares none of them does not resemble it
LOOKED_AT = 60  # remarks that share most of those
OFFERED = 2
SHOWN = 600  # letters of a remark that are shown


@dataclass(frozen=True, slots=True)
class AnswerOffered:
    """An answered remark that resembles another: its words with what they share marked."""

    remark: Remark
    share: float
    pieces: list[tuple[str, bool]]
    shared: list[str]

    @property
    def reply(self) -> str:
        """The reply as plain words."""
        return plain(self.remark.reply)


def resembling(remark: Remark) -> list[AnswerOffered]:
    """The answered remarks of its round that resemble a remark most, if any does."""
    return offers_of(remark.round, [remark]).get(remark.pk, [])


def offers_of(round: Round, remarks: Iterable[Remark]) -> dict[int, list[AnswerOffered]]:
    """What is offered for each of some remarks of a round, by its key; one query for all of them.
    Nothing where a remark has a reply, or is answered with another."""
    asked = {
        row.pk: own
        for row in remarks
        if not (row.reply or row.proposal or row.same_as_id) and (own := stems(row.words))
    }
    if not asked:
        return {}
    rows = [(row, stems(row.words)) for row in _candidates(round, list(asked.values()))]
    return {
        pk: _different(_offered(own, [one for one in rows if one[0].pk != pk]))[:OFFERED]
        for pk, own in asked.items()
    }


def _offered(
    own: frozenset[str], rows: Iterable[tuple[Remark, frozenset[str]]]
) -> list[AnswerOffered]:
    found = []
    for row, theirs in rows:
        how = resemblance(own, theirs)
        if how.is_alike:
            pieces = marked(row.words[:SHOWN], how.shared)
            words = list(dict.fromkeys(text.lower() for text, shared in pieces if shared))
            found.append(AnswerOffered(row, how.share, pieces, words))
    return sorted(found, key=lambda one: (-one.share, one.remark.number))


def _different(found: list[AnswerOffered]) -> list[AnswerOffered]:
    """Those that were answered alike are offered once, by the one that resembles it most."""
    answers = {(one.remark.reply, one.remark.proposal): one for one in reversed(found)}
    return [one for one in found if answers[one.remark.reply, one.remark.proposal] is one]


def _candidates(round: Round, asked: Sequence[frozenset[str]]) -> QuerySet[Remark]:
    """Answered remarks that share most of the longest words of one of those asked for, as far as a
    search in the table can tell."""
    wanted = Q()
    hits = {}
    for place, own in enumerate(asked):
        words = sorted(own, key=lambda word: (-len(word), word))[:LOOKED_FOR]
        hits[f"hits_{place}"] = sum((_has(word) for word in words), Value(0))
        wanted |= Q(**{f"hits_{place}__gte": min(2, len(words))})
    rows = remarks_of(round).filter(ANSWERED, same_as__isnull=True).annotate(**hits).filter(wanted)
    most = sum((F(name) for name in hits), Value(0))
    return (
        rows.order_by(most.desc(), "number")
        .select_related("response", "meeting")
        .defer("search_text", "quote", "wanted_change", "decision_words")[: LOOKED_AT * len(asked)]
    )


def _has(word: str) -> Case:
    there = When(search_text__contains=word, then=Value(1))
    return Case(there, default=Value(0), output_field=IntegerField())
