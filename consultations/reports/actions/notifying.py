"""Every sender is told, once, that the report is there, with a link to what became of their own
remarks. What they wrote is not in the mail: an answer can reveal somebody's health.
"""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models import Report, Response
from consultations.responses.mails import OUTCOME, reference_of
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import Municipality
from kommuneplan.core.worker import jobs

from ..publication import own_secret, receivers, tells_nobody_anew
from ..published import is_withheld

KIND = "consultations.tell"


def register_jobs() -> None:
    """Called once, when the app is ready."""
    jobs.register(KIND, _tell, called=_("Mails to those who answered"))


def tell_senders(report: Report) -> None:
    """Have the mails of a published report written; those of a later report of the same round tell
    nobody anew."""
    if not tells_nobody_anew(report):
        jobs.start(kind=KIND, subject=report.uid)


def _tell(subject: UUID, work: jobs.Work) -> None:
    report = Report.objects.select_related("round__plan").filter(uid=subject).first()
    if report is None or is_withheld(report):
        return
    with work.finishing():
        for response in receivers(report.round):
            mailing.send(
                to=response.email,
                template="consultations/outcome",
                context={
                    "title": report.round.title,
                    "number": response.number,
                    "report_name": Municipality.current().get_report_name_display(),
                    "own": _own(response) is not None,
                    "link": mailing.MailLink(mailing.absolute(_own(response) or _report(report))),
                },
                reference=reference_of(OUTCOME, response.uid),
                keep_days=0,  # the address in it is a secret
            )


def _own(response: Response) -> str | None:
    """The page of the receipt, which is the sender's alone; None of a response that has none."""
    secret = own_secret(response)
    return reverse("consultations:answer-receipt", args=[secret]) if secret else None


def _report(report: Report) -> str:
    return reverse("consultations:report-shown", args=[report.round.slug])
