"""From live rows to a RoundReport. Of what was received only the words that a person has cleared
leave through here; of the text after the consultation only sections that are marked public."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.enums import ChangeKind, EventKind
from consultations.handling.changes import Words, change, words_of
from consultations.handling.draft import Draft
from consultations.models import Remark, Round
from consultations.models.round import last_day
from consultations.parties.party_list import first_responses
from kommuneplan.clock import local_day
from kommuneplan.core.models import Municipality
from kommuneplan.richtext import comparison
from plans.document import plan_document as plan_doc
from plans.document.building import filed_under, gather_text
from plans.models import PlanVersion

from . import round_report as doc
from .responses import Cleared

CHANGED = {ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.DELETED}


def gather(round: Round, *, at: dt.datetime, number: int = 1) -> doc.RoundReport:
    """The report of a round as its data are now: report ``number`` of it. The number of queries
    does not depend on how many responses or remarks there are."""
    house = Municipality.current()
    received = Cleared(round, names=house.shows_private_names)
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


def _head(round: Round, house: Municipality, at: dt.datetime, number: int) -> doc.ReportHead:
    frozen, filed = round.frozen, filed_under(round.plan)
    del filed["document_date"]  # the report bears its own
    questions = round.questions.filter(retired_at__isnull=True)
    return doc.ReportHead(
        municipality=house.name,
        address=house.address,
        plan=frozen.title,
        round_title=round.title,
        name=house.report_name,
        **filed,
        body=frozen.body_name,
        version=_version(frozen),
        audience=_audience(round),
        introduction=round.introduction,
        number=number,
        made_on=local_day(at),
        names_shown=house.shows_private_names,
        questions=tuple(questions.values_list("words", flat=True)),
    )


def _version(frozen: PlanVersion) -> str:
    """The draft by the name that every reader knows, and its day where the name does not say it."""
    day = _day(local_day(frozen.frozen_at))
    if day in frozen.name:
        return frozen.name
    return _("%(version)s of %(date)s") % {"version": frozen.name, "date": day}


def _day(day: dt.date) -> str:
    return date_format(day, "j. F Y")


def _audience(round: Round) -> str:
    if round.is_internal:
        return _("The consultation was internal: other administrations and MED committees.")
    if round.is_public:
        return _("Everybody could answer.")
    return _("The parties on the list could answer.")


def _period(round: Round) -> doc.AnsweringPeriod:
    events = [one for one in round.events.all() if one.invitation_id is None]
    moved = [
        doc.Extension(before, after, event.reason)
        for event in events
        if event.kind == EventKind.EXTENDED
        and (before := last_day(event.old_closes_at))
        and (after := last_day(event.new_closes_at))
    ]
    early = any(one.kind == EventKind.CLOSED_EARLY for one in events)
    return doc.AnsweringPeriod(round.first_day, round.last_day, tuple(moved), early)


def _parties(round: Round, at: dt.datetime) -> Iterator[doc.PartyLine]:
    answered = first_responses(round)
    listed = round.invitations.on_the_list().select_related("party")
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


# Remarks


def _themes(
    round: Round, received: Cleared, draft: Draft, changes: _Changes
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
        summary = comparison.lines(theme.summary)
        if found or summary:
            yield doc.ThemeLine(theme.title, summary, tuple(found))
    rest = sorted((one for found in by_theme.values() for one in found), key=_number)
    if rest:
        yield doc.ThemeLine("", "", tuple(rest))


def _number(line: doc.RemarkLine) -> int:
    return line.number


def _remark(
    row: Remark, doubles: list[Remark], received: Cleared, draft: Draft, changes: _Changes
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
        reply=comparison.lines(row.reply),
        proposal=row.proposal,
        reason=row.reason,
        decision=row.decision,
        decision_words=row.decision_words,
        meeting=_meeting(first),
        late=bool(response and response.is_late),
        changes=changes.of(row),
    )


def _counts(row: Remark, received: Cleared) -> bool:
    return row.response_id is None or received.counts(received.rows[row.response_id])


def _sender(row: Remark, received: Cleared) -> str:
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

    def lines(self) -> Iterator[doc.ReportedChange]:
        """The changes in order."""
        for (anchor, _version), (number, found, remarks) in self.found.items():
            spot = self.draft.spots.get(anchor)
            where = spot.label if spot else _("New paragraph")
            yield doc.ReportedChange(
                number, where, found.before, found.after, tuple(sorted(remarks))
            )


def _public_words(round: Round) -> Words:
    """What the plan says now where it is marked public; milestones and focus areas as they were
    sent out."""
    document = plan_doc.from_json(round.frozen.content)
    return words_of(replace(document, text=tuple(gather_text(round.plan))))
