"""The rows of what is given out of consultations: from what everybody reads, nothing else
(``responses.published`` and the published report). The words are those of the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.enums import Channel, PartyCategory, RoundState, SenderKind
from consultations.models import Report, Round
from consultations.reports.exports.words import decision_words, proposal_words, standing_words
from consultations.reports.round_report import RoundReport
from consultations.responses.public_form import plain
from consultations.responses.published import Becomes, PublishedLine, every_response
from kommuneplan.clock import COPENHAGEN, local_day
from kommuneplan.core.site.open_data import absolute

Row = tuple[Any, ...]


def consultations(*, at: dt.datetime) -> list[Row]:
    """Every round that everybody may know of, the newest first; one query."""
    rows = Round.objects.visible(at=at).select_related("plan", "frozen").only(
        "uid", "slug", "title", "introduction", "opens_at", "closes_at", "announced_at",
        "withdrawn_at", "withdrawn_because", "plan__uid", "frozen__title", "frozen__body_name",
    )  # fmt: skip
    return [_consultation(row, at) for row in rows.order_by("-opens_at", "-pk")]


def newest(at: dt.datetime) -> str:
    """The address of the round that was opened last; empty while there is none."""
    rows = Round.objects.public(at=at).order_by("-opens_at", "-pk")
    return rows.values_list("slug", flat=True).first() or ""


def newest_reported(at: dt.datetime) -> str:
    """The address of the round whose report was published last; empty while there is none."""
    rows = Report.objects.filter(published_at__lte=at, round__in=Round.objects.visible(at=at))
    return rows.order_by("-published_at").values_list("round__slug", flat=True).first() or ""


def _consultation(row: Round, at: dt.datetime) -> Row:
    state = row.state_at(at)
    page = reverse("consultations:hearing", args=[row.slug])
    withdrawn = row.withdrawn_because if state == RoundState.WITHDRAWN else ""
    return (
        str(row.uid), row.title, str(state.label), state.value,
        str(row.plan.uid), row.frozen.title, row.frozen.body_name,
        _local(row.opens_at), _local(row.closes_at), row.last_day,
        row.introduction, withdrawn, absolute(page), absolute(f"{page}svar.json"),
    )  # fmt: skip


def of_responses(key: str, round: Round, *, at: dt.datetime) -> list[Row]:
    """A table of the responses of a round as everybody reads them at an instant."""
    lines = every_response(round, at=at)
    if key == "svar":
        return [_response(round, line) for line in lines]
    return [row for line in lines for row in _parts(line)]


def _response(round: Round, line: PublishedLine) -> Row:
    page = absolute(reverse("consultations:response-shown", args=[round.slug, line.number]))
    becomes = {
        Becomes.SHOWN: _("shown"),
        Becomes.HIDDEN: _("hidden from the public"),
        Becomes.WITHDRAWN: _("withdrawn by the sender"),
        Becomes.REFUSED: _("received after the deadline and not taken into account"),
    }[line.becomes]
    if line.words is None:
        nothing = ("", "", "", None, "", "", None, None, None, "", ())
        return (line.number, becomes, line.becomes.value, *nothing, page)
    return (
        line.number, becomes, line.becomes.value, line.label,
        _word(SenderKind, line.words.kind), line.words.kind,
        local_day(line.received_at) if line.received_at else None,
        _word(Channel, line.channel), line.channel,
        line.is_verified, line.is_late, line.no_remarks, plain(line.words.text),
        tuple(one.title for one in line.annexes), page,
    )  # fmt: skip


def _parts(line: PublishedLine) -> Iterator[Row]:
    if line.words is None:
        return
    for answer in line.words.answers:
        about = (_("question"), "question", answer.asked, "")
        yield f"{line.number}-{answer.question}", line.number, *about, plain(answer.words)
    for remark in line.words.remarks:
        about = (_("paragraph"), "paragraph", "", remark.anchor)
        yield remark.uid, line.number, *about, plain(remark.words)


def of_the_report(key: str, report: RoundReport) -> list[Row]:
    """A table of a published report."""
    return list(_OF_THE_REPORT[key](report))


def _remarks(report: RoundReport) -> Iterator[Row]:
    for theme in report.themes:
        for one in theme.remarks:
            yield (
                one.number, one.uid, theme.title, one.sender, one.response, one.alike,
                one.where, one.quote, one.text, one.reply,
                proposal_words(one.proposal), one.proposal, one.reason, decision_words(one),
                one.late, tuple(map(str, one.changes)),
            )  # fmt: skip


def _parties(report: RoundReport) -> Iterator[Row]:
    for one in report.parties:
        yield (
            one.name, _word(PartyCategory, one.category), one.category,
            standing_words(one), one.standing, one.answered_on, one.last, one.response,
        )  # fmt: skip


def _changes(report: RoundReport) -> Iterator[Row]:
    for one in report.changes:
        yield one.number, one.where, one.before, one.after, tuple(map(str, one.remarks))


_OF_THE_REPORT = {"bemaerkninger": _remarks, "parter": _parties, "aendringer": _changes}


def _word(words: Any, code: str) -> str:
    return capfirst(str(words(code).label)) if code in words.values else code


def _local(at: dt.datetime | None) -> dt.datetime | None:
    return at.astimezone(COPENHAGEN) if at else None
