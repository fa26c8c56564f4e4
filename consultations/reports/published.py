"""The reports of rounds as pages show them: which one everybody reads, and whether it still may be
read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from consultations.enums import PublicationState
from consultations.models import Redaction, Report, Response, ResponseRevision, Round
from kommuneplan.core.models import Municipality
from plans.models import Redaction as PlanRedaction

from . import round_report as doc

REMARKS_A_PAGE = 20  # of a theme


def published(round: Round, *, at: dt.datetime, whole: bool = False) -> Report | None:
    """The report that everybody reads now: the newest published one; ``whole``: with its
    content."""
    rows = round.reports.filter(published_at__lte=at).order_by("-number")
    rows = rows.select_related("pdf", "word", "sheet")
    return (rows if whole else rows.defer("content")).first()


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
    return report.pk in withheld([report])


def withheld(reports: Collection[Report]) -> set[int]:
    """Those of some reports of which that is so, by their keys; as many queries for one as for
    many."""
    asked = Report.objects.filter(pk__in=[report.pk for report in reports])
    facts = asked.annotate(moved_on=_moved_on(), gone=_gone(), names=_names())
    found: set[int] = set()
    doubtful: dict[int, bool] = {}
    with_gone: list[int] = []
    for pk, moved_on, gone, names in facts.values_list("pk", "moved_on", "gone", "names"):
        if moved_on:
            found.add(pk)
        elif gone or not names:
            doubtful[pk] = names
            with_gone += [pk] if gone else []
    told = _contents([report for report in reports if report.pk in doubtful])
    gone_numbers = _gone_numbers(with_gone) if with_gone else {}
    for pk, content in told.items():
        report = doc.from_json(content)
        shown = {one.number for one in report.responses if one.shown == doc.ReportedForm.PUBLIC}
        hides_names = report.head.names_shown and not doubtful[pk]
        if gone_numbers.get(pk, set()) & shown or hides_names:
            found.add(pk)
    return found


def _contents(reports: Collection[Report]) -> dict[int, str]:
    """What they say, as JSON; one query for those that came without it."""
    away = [one.pk for one in reports if "content" in one.get_deferred_fields()]
    found = {one.pk: one.content for one in reports if one.pk not in away}
    if away:
        found |= dict(Report.objects.filter(pk__in=away).values_list("pk", "content"))
    return found


def _moved_on() -> Q:
    """Of a report: something has gone from what may be shown since it was made."""
    since, round = OuterRef("made_at"), OuterRef("round")
    redacted = Redaction.objects.filter(response__round=round, lifted_at__isnull=True, at__gt=since)
    corrected = ResponseRevision.objects.filter(
        response__round=round, number__gt=1, received_at__gt=since
    )
    hidden = PlanRedaction.objects.filter(plan=OuterRef("round__plan"), redacted_at__gt=since)
    return Q(Exists(redacted)) | Q(Exists(corrected)) | Q(Exists(hidden))


_NOT_SHOWN = Q(withdrawn_at__isnull=False) | ~Q(publication_state=PublicationState.CLEARED)


def _gone() -> Exists:
    """Of a report: some response of its round is not shown."""
    return Exists(Response.objects.filter(_NOT_SHOWN, round=OuterRef("round")))


def _gone_numbers(reports: Iterable[int]) -> dict[int, set[int]]:
    rows = Response.objects.filter(_NOT_SHOWN, round__reports__in=list(reports))
    found: dict[int, set[int]] = defaultdict(set)
    for report, number in rows.values_list("round__reports", "number"):
        found[report].add(number)
    return found


def _names() -> Coalesce:
    """Whether the municipality shows the names of private persons."""
    own = Municipality.objects.filter(pk=1).values("shows_private_names")[:1]
    usual = Municipality._meta.get_field("shows_private_names").default
    return Coalesce(Subquery(own), Value(usual))
