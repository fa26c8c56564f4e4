"""The reports of rounds as pages show them: which one everybody reads, and whether it still may be
read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from consultations.enums import PublicationState
from consultations.models import Redaction, Report, Response, ResponseRevision, Round
from kommuneplan.core.models import Municipality
from plans.models import Redaction as PlanRedaction

from . import round_report as doc

REMARKS_A_PAGE = 20  # of a theme


def published(round: Round, *, at: dt.datetime) -> Report | None:
    """The report that everybody reads now: the newest published one; without its content."""
    rows = round.reports.filter(published_at__lte=at).order_by("-number")
    return rows.select_related("pdf", "word", "sheet").defer("content").first()


def shown_report(round: Round, *, at: dt.datetime) -> Report | None:
    """The report that a public page leads to: published, and still fit to be read."""
    row = published(round, at=at)
    return None if row is None or is_withheld(row) else row


@dataclass(frozen=True, slots=True)
class RemarkOutcomes:
    """What became of the remarks of one response, in the words of the published report;
    ``changes`` by number."""

    remarks: list[doc.RemarkLine]
    changes: dict[int, doc.ReportedChange]


def outcome_of(response: Response, *, at: dt.datetime) -> RemarkOutcomes | None:
    """What everybody reads about the remarks of a response, those that were answered together with
    others included; None as long as no report can be read."""
    report = shown_report(response.round, at=at)
    if report is None:
        return None
    told = doc.from_json(report.content)
    rows = response.remarks.filter(retired_at__isnull=True).values_list("uid", "same_as__uid")
    wanted = {str(head or own) for own, head in rows}
    lines = [one for one in told.remarks() if one.uid in wanted]
    return RemarkOutcomes(lines, {one.number: one for one in told.changes})


def is_withheld(report: Report) -> bool:
    """Does it say something that must not be shown any more? Then it is made anew.

    A response was hidden, withdrawn, corrected or sent back to be looked through, a passage was
    taken out,
    the municipality no longer shows the names of private persons, or words of the plan were
    hidden for ever: the report tells the draft before and after, and remarks quote it.
    """
    if any(rows.exists() for rows in _moved_on(report)):
        return True
    gone = set(_not_shown(report).values_list("number", flat=True))
    names = Municipality.current().shows_private_names
    if not gone and names:
        return False
    told = doc.from_json(report.content)
    shown = {one.number for one in told.responses if one.shown == doc.ReportedForm.PUBLIC}
    return bool(gone & shown) or (told.head.names_shown and not names)


def _moved_on(report: Report) -> Iterator[QuerySet]:
    """What has gone from what may be shown since the report was made."""
    since, round = report.made_at, report.round
    yield Redaction.objects.filter(response__round=round, lifted_at__isnull=True, at__gt=since)
    yield ResponseRevision.objects.filter(
        response__round=round, number__gt=1, received_at__gt=since
    )
    yield PlanRedaction.objects.filter(plan=round.plan_id, redacted_at__gt=since)


def _not_shown(report: Report) -> QuerySet:
    return report.round.responses.filter(
        Q(withdrawn_at__isnull=False) | ~Q(publication_state=PublicationState.CLEARED)
    )
