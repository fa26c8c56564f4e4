"""A status report on paper: Word in a template of the municipality's, and accessible PDF."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.core.models import Municipality
from kommuneplan.documents.prose_html import read_blocks
from kommuneplan.documents.whole import Whole, chapter
from kommuneplan.richtext.blocks import sanitise
from kommuneplan.timespan.phrase import day_words

from .frozen import FrozenReport

logger = logging.getLogger(__name__)


def covers_words(first: dt.date | None, last: dt.date | None) -> str:
    """The time a report covers, in words; nothing where it is not known."""
    if first and last:
        return _("%(first)s–%(last)s") % {"first": day_words(first), "last": day_words(last)}
    if last:
        return _("until %(last)s") % {"last": day_words(last)}
    return _("from %(first)s") % {"first": day_words(first)} if first else ""


def whole_of(
    report: FrozenReport,
    *,
    municipality: Municipality,
    is_sent: bool,
    home: str = "",
    link: str = "",
) -> Whole:
    """The report as plain values; one that is not sent says so on every page."""
    mark = "" if is_sent else _("Draft")
    return Whole(
        municipality=municipality.name,
        title=report.title,
        document_title=f"{report.title} ({mark})" if mark else report.title,
        sort=_("Status report"),
        issue=_edition(report),
        mark=mark,
        notice="" if is_sent else _("The report is not sent. What it says can still be changed."),
        address=municipality.address,
        facts=tuple(fact for fact in _facts(report) if fact[2].strip()),
        chapters=tuple(
            chapter(one.title, 1, read_blocks(sanitise(one.html), home)) for one in report.sections
        ),
        labels={
            "page": _("Page {page} of {pages}"),
            "contents": _("Contents"),
            "picture": _("[Image: {words}]"),
        },
        created=int(dt.datetime.combine(report.dated_on, dt.time(), tzinfo=dt.UTC).timestamp()),
        link=link,
    )


def _edition(report: FrozenReport) -> str:
    told = _("Status report %(number)s") % {"number": report.number}
    if report.edition == 1:
        return told
    told = _("Status report %(number)s, edition %(edition)s") % {
        "number": report.number,
        "edition": report.edition,
    }
    return f"{told}: {report.correction_reason}"


def _facts(report: FrozenReport) -> Iterator[tuple[str, str, str]]:
    yield "plan", _("Plan"), report.plan_title
    yield "modtager", _("To"), "\n".join(report.recipients)
    yield "periode", _("Period"), covers_words(report.covers_from, report.covers_until)
    yield "dato", _("Date"), f"{report.dated_on:%d-%m-%Y}"
    yield "udgave", _("Edition"), _edition(report)
    yield "enhed", _("Sender"), report.sender_unit
    yield "sagsnummer", _("Case no."), report.case_number
    yield "dokumentnummer", _("Document no."), report.document_number
    workers = "\n".join(one or _("missing") for one in report.workers)
    yield "sagsbehandler", _("Case worker"), workers


def as_word(whole: Whole, municipality: Municipality) -> bytes:
    """In the municipality's template; in our own, with a line in the log, where that fails."""
    from kommuneplan.documents.status_docx import render_status  # slow to load, seldom needed

    if municipality.status_template:
        try:
            with municipality.status_template.content.open("rb") as stored:
                return render_status(whole, stored.read())
        except Exception:  # whatever is wrong with it, the reader shall not pay for it
            logger.exception("the municipality's template for status reports cannot be used")
    return render_status(whole)


def as_pdf(whole: Whole) -> bytes:
    """As PDF/UA-1 and PDF/A-2a."""
    from kommuneplan.documents.report_pdf import render_short

    return render_short(whole)


def template_digest(form: str, municipality: Municipality) -> str:
    """Changes with the look; part of a cache key."""
    if form == "pdf":
        from kommuneplan.documents.report_pdf import template_digest as of_pdf

        return of_pdf()
    if municipality.status_template:
        return str(municipality.status_template.sha256)
    from kommuneplan.documents.status_docx import own_template_digest

    return own_template_digest()
