"""The report of a round: made from the data in the background, as often as one likes; published.

It is never edited: what is wrong in it is put right in the data, and it is made anew.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from consultations.locking import RoundMovedOn
from consultations.models import Report, Round
from kommuneplan import clock
from kommuneplan.core.mail.actions import absolute
from kommuneplan.core.models import Job, Municipality, StoredFile, User
from kommuneplan.core.worker import jobs

from .. import exports
from .. import round_report as doc
from ..building import gather
from ..exports.words import name_of
from ..publication import publication, why_not
from .notifying import tell_senders

KIND = "consultations.report"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PublicationMovedOn(Exception):
    """Publishing would do something else by now than what was said; nothing was done."""


def register_jobs() -> None:
    """Called once, when the app is ready."""
    reasons = {
        "no_round": _("The consultation is no longer there."),
        "template": _(
            "The municipality's Word template cannot be used. Hand in another in the set-up."
        ),
    }
    jobs.register(KIND, _make, reasons, called=_("Report of a consultation"))


@transaction.atomic
def start_report(*, round: Round, by: User) -> Job:
    """Have a report made from the data as they are when the worker begins.

    Raises NotNow when the round is not announced: there is nothing to tell of.
    """
    if round.announced_at is None:
        raise RoundMovedOn(_t("The consultation is not announced yet."))
    return jobs.start(kind=KIND, subject=round.uid, by=by)


def _make(subject: UUID, work: jobs.Work) -> None:
    """Gather, set the papers, and store all of it as one row; nothing is half made."""
    round = Round.objects.select_related("plan", "frozen").filter(uid=subject).first()
    if round is None:
        raise jobs.CannotBeMade("no_round")
    at = clock.now()
    report = gather(round, at=at, number=_next_number(round))
    work.progress(20)
    link = _address(round)
    pdf = exports.report_pdf(report, made_at=at, link=link)
    work.progress(60)
    word = _word(report, at, link)
    work.progress(80)
    sheet = exports.report_xlsx(report, made_at=at, link=link)
    work.progress(95)
    made_by = Job.objects.select_related("created_by").get(uid=work.uid).created_by
    name = f"{name_of(report.head)} {report.head.number}"
    with work.finishing():
        Report.objects.create(
            round=round,
            number=report.head.number,
            name=report.head.name,
            made_at=at,
            made_by=made_by,
            digest=doc.digest(report),
            content=doc.to_json(report),
            pdf=StoredFile.keep(f"{name}.pdf", pdf, PDF, by=made_by),
            word=StoredFile.keep(f"{name}.docx", word, WORD, by=made_by),
            sheet=StoredFile.keep(f"{name}.xlsx", sheet, SHEET, by=made_by),
        )


def _next_number(round: Round) -> int:
    return (round.reports.aggregate(last=Max("number"))["last"] or 0) + 1


def _address(round: Round) -> str:
    """Where everybody reads the report once it is published; nothing where nobody does."""
    if round.is_internal:
        return ""
    return str(absolute(reverse("consultations:report-shown", args=[round.slug])))


def _word(report: doc.RoundReport, at: dt.datetime, link: str) -> bytes:
    """In the municipality's template. Raises CannotBeMade when that cannot be used."""
    house = Municipality.objects.select_related("report_template").filter(pk=1).first()
    if house is None or house.report_template is None:
        return exports.report_docx(report, made_at=at, link=link)
    with house.report_template.content.open("rb") as stored:
        template = stored.read()
    try:
        return exports.report_docx(report, made_at=at, template=template, link=link)
    except Exception as error:  # whatever is wrong with it, it was tried out when it was handed in
        raise jobs.CannotBeMade("template") from error


@transaction.atomic
def publish_report(*, report: Report, told: str | None = None, by: User) -> Report:
    """Let everybody read the report; those before it are read no more, and every sender is told.

    ``told``: what was said would happen (``ReportPublication.told``). Raises PublicationMovedOn
    when it is another thing by now, and RoundMovedOn when the round is not public or is still open,
    a newer report is published, or something in it must not be shown any more.
    """
    row = Report.objects.select_for_update().select_related("round").get(pk=report.pk)
    if row.published_at is not None:
        return row
    if reason := why_not(row):
        raise RoundMovedOn(reason)
    if told is not None and told != publication(row).told:
        raise PublicationMovedOn
    row.published_at = clock.now()
    row.published_by = by
    row._history_user = by
    row.save(update_fields=["published_at", "published_by"])
    tell_senders(row)
    return row
