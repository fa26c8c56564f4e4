"""What was received in a round, as far as everybody may read it: the words a person has cleared,
the label of each sender, and the number of every response."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from consultations.enums import Channel, LateDecision, PublicationState
from consultations.handling.draft import Spot
from consultations.models import Attachment, Redaction, Remark, Response, ResponseRevision, Round
from consultations.responses.passages import TakenOut, by_place, occurrences, places
from consultations.responses.public_form import (
    WORDS_KNOWN,
    ShownResponse,
    nobody,
    plain,
    remark_words,
)
from kommuneplan.clock import local_day

from . import round_report as doc


@dataclass
class Cleared:
    """The responses of a round with what may be said of each."""

    round: Round
    names: bool
    rows: dict[int, Response] = field(default_factory=dict)
    newest: dict[int, ResponseRevision] = field(default_factory=dict)
    passages: dict[int, dict[str, list[TakenOut]]] = field(default_factory=dict)
    annexes: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = self.round.responses.order_by("number").defer("search_text")
        self.rows = {row.pk: row for row in rows}
        revisions = ResponseRevision.objects.filter(response__round=self.round)
        for revision in revisions.order_by("number"):
            self.newest[revision.response_id] = revision
        taken_out = Redaction.objects.filter(response__round=self.round, lifted_at__isnull=True)
        rows_of: dict[int, list[Redaction]] = {}
        for one in taken_out:
            rows_of.setdefault(one.revision_id, []).append(one)
        self.passages = {key: by_place(rows) for key, rows in rows_of.items()}
        files = Attachment.objects.filter(
            response__round=self.round, state=PublicationState.CLEARED
        ).select_related("file", "published")
        for file in files:
            name = file.title or (file.published or file.file).name
            self.annexes.setdefault(file.response_id, []).append(name)

    def shown(self, row: Response) -> doc.ReportedForm:
        """How everybody may read it, whenever that is to be."""
        if row.withdrawn_at is not None:
            return doc.ReportedForm.WITHDRAWN
        if row.publication_state == PublicationState.HIDDEN:
            return doc.ReportedForm.HIDDEN
        cleared = row.publication_state == PublicationState.CLEARED and row.published
        return doc.ReportedForm.PUBLIC if cleared else doc.ReportedForm.NOT_PUBLISHED

    def counts(self, row: Response) -> bool:
        """Is it handled: neither withdrawn nor refused for being late?"""
        return row.withdrawn_at is None and row.late_decision != LateDecision.REFUSED

    def label(self, row: Response) -> str:
        """Who has written, as everybody may read it."""
        if self.shown(row) != doc.ReportedForm.PUBLIC:
            return nobody(row.sender_kind, row.number)
        return self.words(row).label(row.number, names=self.names)

    def words(self, row: Response) -> ShownResponse:
        """What is shown of a response that is cleared."""
        return ShownResponse.from_json(row.published[WORDS_KNOWN])

    def of_remark(self, remark: Remark) -> str:
        """The words of a remark, as far as they may be read: a person has looked through the
        newest revision alone, so of an earlier one nothing is told that does not stand there."""
        row = self.rows[remark.response_id]
        if self.shown(row) != doc.ReportedForm.PUBLIC:
            return _("[The response is not published.]")
        if not remark.place:
            return everything(self.words(row))
        revision = self.newest[row.pk]
        span = remark.begins, remark.ends
        if remark.revision_id != revision.pk:
            words = places(revision.content).get(remark.place, "")
            span = next(iter(occurrences(words, remark.words)), (0, 0))
        passages = self.passages.get(revision.pk, {})
        said = remark_words(revision.content, passages, remark.place, *span)
        return said or _("[The sender has corrected the response, and put it in other words.]")

    def lines(self, spots: dict[str, Spot]) -> Iterator[doc.ResponseLine]:
        """Every number of the round, in order."""
        for row in self.rows.values():
            shown = self.shown(row)
            public = shown == doc.ReportedForm.PUBLIC
            words = everything(self.words(row), spots) if public else ""
            yield doc.ResponseLine(
                number=row.number,
                sender=self.label(row),
                shown=shown,
                received_on=local_day(row.received_at),
                late=row.is_late,
                said=tuple(came_words(row)),
                text=_("No remarks.") if public and row.no_remarks else words,
                annexes=tuple(self.annexes.get(row.pk, ())) if public else (),
            )


def came_words(row: Response) -> Iterator[str]:
    """What is to be known of how it came, beside its day."""
    if row.channel not in (Channel.WEB, Channel.LINK):
        yield str(Channel(row.channel).label)
    if row.channel == Channel.WEB and not row.is_verified:
        yield _("sender not confirmed")
    if row.late_decision == LateDecision.REFUSED:
        yield _("not taken into account")


def everything(words: ShownResponse, spots: dict[str, Spot] | None = None) -> str:
    """All that is shown of a response, a line for each thing it says."""
    lines = [plain(words.text)]
    lines += [f"{one.asked} {plain(one.words)}".strip() for one in words.answers]
    for one in words.remarks:
        spot = (spots or {}).get(one.anchor)
        about = _("To %(place)s") % {"place": spot.label} if spot else ""
        lines.append(f"{about}: {plain(one.words)}" if about else plain(one.words))
    return "\n".join(line for line in lines if line.strip())
