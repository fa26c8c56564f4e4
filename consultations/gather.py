"""From live rows to a RoundReport. Of what was received only the words that a person has cleared
leave through here; of the text after the consultation only sections that are marked public."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommuneplan import wording
from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality
from plans import document as plan_doc
from plans.gather import gather_text
from plans.models import PlanVersion

from . import document as doc
from .changes import Words, change, words_of
from .enums import ChangeKind, Channel, EventKind, LateDecision, PublicationState
from .models import Attachment, Redaction, Remark, Response, ResponseRevision, Round
from .models.round import last_day
from .public import WORDS_KNOWN, is_verified
from .redacted import Passage, occurrences, places
from .roster import first_responses
from .sent_draft import Draft, Spot
from .shown import Shown, nobody, plain, remark_words, removed

CHANGED = {ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.DELETED}


def gather(round: Round, *, at: dt.datetime, number: int = 1) -> doc.RoundReport:
    """The report of a round as its data are now: report ``number`` of it. The number of queries
    does not depend on how many responses or remarks there are."""
    house = Municipality.current()
    received = _Received(round, names=house.shows_private_names)
    draft = Draft(round)
    changes = _Changes(round, draft)
    themes = tuple(_themes(round, received, draft, changes))
    return doc.RoundReport(
        head=_head(round, house, at, number),
        period=_period(round),
        parties=tuple(_parties(round, at)),
        themes=themes,
        changes=tuple(changes.lines()),
        responses=tuple(received.lines(draft.spots)),
    )


# The round


def _head(round: Round, house: Municipality, at: dt.datetime, number: int) -> doc.Head:
    frozen, plan = round.frozen, round.plan
    facts = {"number": frozen.number, "date": _day(local_day(frozen.frozen_at))}
    questions = round.questions.filter(retired_at__isnull=True)
    return doc.Head(
        municipality=house.name,
        address=house.address,
        plan=frozen.title,
        round_title=round.title,
        name=house.report_name,
        case_number=plan.case_number,
        body=frozen.body_name,
        version=_("Version %(number)d of %(date)s") % facts,
        audience=_audience(round),
        introduction=round.introduction,
        number=number,
        made_on=local_day(at),
        names_shown=house.shows_private_names,
        questions=tuple(questions.values_list("words", flat=True)),
    )


def _day(day: dt.date) -> str:
    return date_format(day, "j. F Y")


def _audience(round: Round) -> str:
    if round.is_internal:
        return _("The consultation was internal: other administrations and MED committees.")
    if round.is_public:
        return _("Everybody could answer.")
    return _("The parties on the list could answer.")


def _period(round: Round) -> doc.Period:
    events = [one for one in round.events.all() if one.invitation_id is None]
    moved = [
        doc.Extension(before, after, event.reason)
        for event in events
        if event.kind == EventKind.EXTENDED
        and (before := last_day(event.old_closes_at))
        and (after := last_day(event.new_closes_at))
    ]
    early = any(one.kind == EventKind.CLOSED_EARLY for one in events)
    return doc.Period(round.first_day, round.last_day, tuple(moved), early)


def _parties(round: Round, at: dt.datetime) -> Iterator[doc.PartyLine]:
    answered = first_responses(round)
    listed = round.invitations.filter(removed_at__isnull=True).select_related("party")
    for one in listed.order_by("sort_key", "pk"):
        one.round = round
        first = answered.get(one.pk)
        yield doc.PartyLine(
            name=one.name,
            category=one.party.category,
            standing=one.state_at(at, first),
            last=last_day(one.closes_at) if one.closes_at else None,
            response=first.number if first else None,
        )


# What was received


@dataclass
class _Received:
    """The responses of a round with what may be said of each."""

    round: Round
    names: bool
    rows: dict[int, Response] = field(default_factory=dict)
    newest: dict[int, ResponseRevision] = field(default_factory=dict)
    revisions: dict[int, ResponseRevision] = field(default_factory=dict)
    passages: dict[int, dict[str, list[Passage]]] = field(default_factory=dict)
    annexes: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = self.round.responses.order_by("number").defer("search_text")
        self.rows = {row.pk: row for row in rows}
        revisions = ResponseRevision.objects.filter(response__round=self.round)
        for revision in revisions.order_by("number"):
            self.revisions[revision.pk] = self.newest[revision.response_id] = revision
        taken_out = Redaction.objects.filter(response__round=self.round, lifted_at__isnull=True)
        for one in taken_out:
            found = self.passages.setdefault(one.revision_id, {})
            found.setdefault(one.place, []).append(Passage(one.begins, one.ends, one.ground))
        files = Attachment.objects.filter(
            response__round=self.round, state=PublicationState.CLEARED
        ).select_related("file", "published")
        for file in files:
            name = file.title or (file.published or file.file).name
            self.annexes.setdefault(file.response_id, []).append(name)

    def shown(self, row: Response) -> doc.Shown:
        """How everybody may read it, whenever that is to be."""
        if row.withdrawn_at is not None:
            return doc.Shown.WITHDRAWN
        if row.publication_state == PublicationState.HIDDEN:
            return doc.Shown.HIDDEN
        cleared = row.publication_state == PublicationState.CLEARED and row.published
        return doc.Shown.PUBLIC if cleared else doc.Shown.NOT_PUBLISHED

    def counts(self, row: Response) -> bool:
        """Is it handled: neither withdrawn nor refused for being late?"""
        return row.withdrawn_at is None and row.late_decision != LateDecision.REFUSED

    def label(self, row: Response) -> str:
        """Who has written, as everybody may read it."""
        if self.shown(row) != doc.Shown.PUBLIC:
            return nobody(row.sender_kind, row.number)
        return self.words(row).label(row.number, names=self.names)

    def words(self, row: Response) -> Shown:
        """What is shown of a response that is cleared."""
        return Shown.from_json(row.published[WORDS_KNOWN])

    def of_remark(self, remark: Remark) -> str:
        """The words of a remark, as far as they may be read."""
        row = self.rows[remark.response_id]
        if self.shown(row) != doc.Shown.PUBLIC:
            return _("[The response is not published.]")
        if not remark.place:
            return _everything(self.words(row))
        revision = self.revisions.get(remark.revision_id or 0)
        if revision is None:
            return self._without(row, remark.words)
        passages = self.passages.get(revision.pk, {})
        place = remark.place
        said = remark_words(revision.content, passages, place, remark.begins, remark.ends)
        return self._without(row, said or remark.words)

    def _without(self, row: Response, text: str) -> str:
        """The text without any words that are taken out of the response now: a remark may have
        been cut from an earlier revision than the one a person has looked through."""
        revision = self.newest[row.pk]
        known = places(revision.content)
        for place, passages in self.passages.get(revision.pk, {}).items():
            for one in passages:
                words = known.get(place, "")[one.begins : one.ends]
                for begins, ends in reversed(occurrences(text, words)):
                    text = text[:begins] + removed(one.ground) + text[ends:]
        return text

    def lines(self, spots: dict[str, Spot]) -> Iterator[doc.ResponseLine]:
        """Every number of the round, in order."""
        for row in self.rows.values():
            shown = self.shown(row)
            public = shown == doc.Shown.PUBLIC
            words = _everything(self.words(row), spots) if public else ""
            yield doc.ResponseLine(
                number=row.number,
                sender=self.label(row),
                shown=shown,
                received_on=local_day(row.received_at),
                late=row.is_late,
                said=tuple(_came(row)),
                text=_("No remarks.") if public and row.no_remarks else words,
                annexes=tuple(self.annexes.get(row.pk, ())) if public else (),
            )


def _came(row: Response) -> Iterator[str]:
    if row.channel not in (Channel.WEB, Channel.LINK):
        yield str(Channel(row.channel).label)
    if row.channel == Channel.WEB and not is_verified(row):
        yield _("sender not confirmed")
    if row.late_decision == LateDecision.REFUSED:
        yield _("not taken into account")


def _everything(words: Shown, spots: dict[str, Spot] | None = None) -> str:
    """All that is shown of a response, a line for each thing it says."""
    lines = [plain(words.text)]
    lines += [f"{one.asked} {plain(one.words)}".strip() for one in words.answers]
    for one in words.remarks:
        spot = (spots or {}).get(one.anchor)
        about = _("To %(place)s") % {"place": spot.label} if spot else ""
        lines.append(f"{about}: {plain(one.words)}" if about else plain(one.words))
    return "\n".join(line for line in lines if line.strip())


# Remarks


def _themes(
    round: Round, received: _Received, draft: Draft, changes: _Changes
) -> Iterator[doc.ThemeLine]:
    standing = round.remarks.filter(retired_at__isnull=True).select_related("meeting")
    rows = list(standing.order_by("number").defer("search_text"))
    doubles: dict[int, list[Remark]] = defaultdict(list)
    for row in rows:
        if row.same_as_id:
            doubles[row.same_as_id].append(row)
    by_theme: dict[int | None, list[doc.RemarkLine]] = defaultdict(list)
    for row in rows:
        if row.same_as_id is None:
            line = _remark(row, doubles[row.pk], received, draft, changes)
            if line is not None:
                by_theme[row.theme_id].append(line)
    for theme in round.themes.filter(retired_at__isnull=True).order_by("position", "pk"):
        found = by_theme.pop(theme.pk, [])
        summary = wording.lines(theme.summary)
        if found or summary:
            yield doc.ThemeLine(theme.title, summary, tuple(found))
    rest = sorted((one for found in by_theme.values() for one in found), key=_number)
    if rest:
        yield doc.ThemeLine("", "", tuple(rest))


def _number(line: doc.RemarkLine) -> int:
    return line.number


def _remark(
    row: Remark, doubles: list[Remark], received: _Received, draft: Draft, changes: _Changes
) -> doc.RemarkLine | None:
    """A remark with the senders who say the same; None when none of them counts any more."""
    said = [one for one in (row, *doubles) if _counts(one, received)]
    if not said:
        return None
    first, *others = said
    senders = list(dict.fromkeys(_sender(one, received) for one in others))
    own = _sender(first, received)
    response = received.rows.get(first.response_id or 0)
    where = draft.spots.get(row.anchor)
    return doc.RemarkLine(
        number=row.number,
        uid=str(row.uid),
        sender=own,
        others=tuple(one for one in senders if one != own),
        alike=len({one.response_id or f"m{one.meeting_id}" for one in said}),
        text=received.of_remark(first) if response else first.words,
        response=response.number if response else None,
        where=where.label if where else "",
        quote=row.quote,
        reply=wording.lines(row.reply),
        proposal=row.proposal,
        reason=row.reason,
        decision=row.decision,
        decision_words=row.decision_words,
        meeting=_meeting(first),
        late=bool(response and response.is_late),
        changes=changes.of(row),
    )


def _counts(row: Remark, received: _Received) -> bool:
    return row.response_id is None or received.counts(received.rows[row.response_id])


def _sender(row: Remark, received: _Received) -> str:
    if row.response_id is None:
        return str(row.meeting.title)
    return received.label(received.rows[row.response_id])


def _meeting(row: Remark) -> str:
    return f"{row.meeting.title}, {_day(row.meeting.held_on)}" if row.meeting_id else ""


# Changes


class _Changes:
    """The places that became others, numbered as the remarks name them."""

    def __init__(self, round: Round, draft: Draft) -> None:
        self.draft = draft
        self.live = _public_words(round)
        wanted = round.remarks.filter(changed_in__isnull=False).values("changed_in")
        self.texts: dict[int, Words] = {
            version.pk: words_of(plan_doc.from_json(version.content))
            for version in PlanVersion.objects.filter(pk__in=wanted)
        }
        self.found: dict[tuple[str, int | None], tuple[int, Any, list[int]]] = {}

    def of(self, remark: Remark) -> tuple[int, ...]:
        """The number of the change that a remark led to; nothing while there is none."""
        anchor = remark.changed_anchor or remark.wanted_anchor
        if not anchor:
            return ()
        version = remark.changed_in_id
        text = self.texts.get(version, self.live) if version else self.live
        change_of = change(self.draft.words, text, anchor)
        if change_of is None or change_of.kind not in CHANGED:
            return ()
        if change_of.kind == ChangeKind.DELETED and version is None and not self._is_gone(anchor):
            return ()
        new = len(self.found) + 1, change_of, []
        number, _change, remarks = self.found.setdefault((anchor, version), new)
        remarks.append(remark.number)
        return (number,)

    def _is_gone(self, anchor: str) -> bool:
        """Not in the text any more; one that is only kept internal is not told of."""
        return anchor not in self.draft.live

    def lines(self) -> Iterator[doc.Change]:
        """The changes in order."""
        for (anchor, _version), (number, found, remarks) in self.found.items():
            spot = self.draft.spots.get(anchor)
            where = spot.label if spot else _("New paragraph")
            yield doc.Change(number, where, found.before, found.after, tuple(sorted(remarks)))


def _public_words(round: Round) -> Words:
    """What the plan says now where it is marked public; milestones and focus areas as they were
    sent out."""
    document = plan_doc.from_json(round.frozen.content)
    return words_of(replace(document, text=tuple(gather_text(round.plan))))
