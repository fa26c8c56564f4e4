"""The reports of rounds as pages show them: which one everybody reads, and whether it still may be
read."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from kommuneplan.core.models import Municipality

from . import document as doc
from .enums import PublicationState
from .models import Redaction, Report, Round


def published(round: Round, *, at: dt.datetime) -> Report | None:
    """The report that everybody reads now: the newest published one; without its content."""
    rows = round.reports.filter(published_at__lte=at).order_by("-number")
    return rows.select_related("pdf", "word", "sheet").defer("content").first()


def shown_report(round: Round, *, at: dt.datetime) -> Report | None:
    """The report that a public page leads to: published, and still fit to be read."""
    row = published(round, at=at)
    return None if row is None or is_withheld(row) else row


def is_withheld(report: Report) -> bool:
    """Does it say something that must not be shown any more? Then it is made anew.

    A response was hidden, withdrawn or sent back to be looked through, a passage was taken out,
    or the municipality no longer shows the names of private persons.
    """
    taken_out = Redaction.objects.filter(
        response__round=report.round_id, lifted_at__isnull=True, at__gt=report.made_at
    )
    if taken_out.exists():
        return True
    gone = set(_not_shown(report).values_list("number", flat=True))
    names = Municipality.current().shows_private_names
    if not gone and names:
        return False
    told = doc.from_json(report.content)
    shown = {one.number for one in told.responses if one.shown == doc.Shown.PUBLIC}
    return bool(gone & shown) or (told.head.names_shown and not names)


def _not_shown(report: Report) -> QuerySet:
    return report.round.responses.filter(
        Q(withdrawn_at__isnull=False) | ~Q(publication_state=PublicationState.CLEARED)
    )
