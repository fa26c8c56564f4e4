"""Remarks that are answered already and resemble one that is not. Asked when the page is opened,
so that what was answered a moment ago is offered at once; nothing is stored of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from consultations.alike.resembling import marked, resemblance, stems
from consultations.models import Remark
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
    """The answered remarks of its round that resemble a remark most, if any does; one query. None
    are asked for where it has a reply, or is answered with another."""
    if remark.reply or remark.proposal or remark.same_as_id:
        return []
    own = stems(remark.words)
    if not own:
        return []
    found = []
    for row in _candidates(remark, own):
        how = resemblance(own, stems(row.words))
        if how.is_alike:
            pieces = marked(row.words[:SHOWN], how.shared)
            words = list(dict.fromkeys(text.lower() for text, shared in pieces if shared))
            found.append(AnswerOffered(row, how.share, pieces, words))
    found.sort(key=lambda one: (-one.share, one.remark.number))
    return _different(found)[:OFFERED]


def _different(found: list[AnswerOffered]) -> list[AnswerOffered]:
    """Those that were answered alike are offered once, by the one that resembles it most."""
    answers = {(one.remark.reply, one.remark.proposal): one for one in reversed(found)}
    return [one for one in found if answers[one.remark.reply, one.remark.proposal] is one]


def _candidates(remark: Remark, own: frozenset[str]) -> QuerySet[Remark]:
    """Those that share most of its longest words, as far as a search in the table can tell."""
    words = sorted(own, key=lambda word: (-len(word), word))[:LOOKED_FOR]
    hits = sum(
        (
            Case(
                When(search_text__contains=word, then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
            for word in words
        ),
        Value(0, output_field=IntegerField()),
    )
    rows = remarks_of(remark.round).filter(ANSWERED, same_as__isnull=True).exclude(pk=remark.pk)
    asked = rows.annotate(hits=hits).filter(hits__gte=min(2, len(words)))
    return (
        asked.order_by("-hits", "number")
        .select_related("response", "meeting")
        .defer("search_text", "quote", "wanted_change", "decision_words")[:LOOKED_AT]
    )
