"""Every sender is told once what became of their own remarks, and reads it on their own page."""

from __future__ import annotations

import pytest

from consultations.enums import Proposal
from consultations.models import Report, Response
from consultations.models.party import digest_of
from consultations.reports import exports
from consultations.reports.actions import notifying, reporting
from consultations.responses import receipt
from kommuneplan.core.models import Job, Mail
from kommuneplan.core.worker import jobs
from tests.consultations.reported import handled
from tests.factories import secretary

pytestmark = pytest.mark.django_db


def work_off() -> None:
    for uid in Job.objects.filter(state="waiting").values_list("uid", flat=True):
        jobs.run(str(uid))


@pytest.fixture
def report(monkeypatch) -> Report:
    for name in ("report_pdf", "report_docx"):
        monkeypatch.setattr(exports, name, lambda told, **facts: b"%PDF or PK")
    by = secretary()
    round = handled(by)
    for response in round.responses.all():
        response.email = f"svar{response.number}@example.org"
        response.digest = digest_of(receipt.receipt_secret(response))
        response.save()
    reporting.start_report(round=round, by=by)
    work_off()
    row = round.reports.get()
    reporting.publish_report(report=row, by=by)
    return row


def test_each_standing_response_gets_one_mail_with_a_link_and_none_of_its_words(report) -> None:
    before = Mail.objects.count()
    work_off()
    told = [one for one in Mail.objects.all() if one.reference.startswith("consultations.outcome")]
    standing = report.round.responses.standing()
    assert {one.reference for one in told} == {
        f"consultations.outcome:{one.uid}" for one in standing
    }
    assert len(told) == Mail.objects.count() - before == standing.count() > 1
    assert all(one.keep_days == 0 for one in told)  # the address in it is a secret
    words = report.round.remarks.exclude(response=None).first().words
    assert words[:25] not in " ".join(str(vars(one)) for one in told)


def test_a_later_report_tells_nobody_anew(report) -> None:
    work_off()
    many = Mail.objects.count()
    by = report.made_by
    reporting.start_report(round=report.round, by=by)
    work_off()
    reporting.publish_report(report=report.round.reports.order_by("-number")[0], by=by)
    work_off()
    assert Mail.objects.count() == many
    assert Job.objects.filter(kind=notifying.KIND).count() == 1


def test_the_page_of_the_receipt_shows_the_senders_own_remarks_alone(report, client) -> None:
    remarks = report.round.remarks.filter(retired_at__isnull=True, same_as__isnull=True)
    own = remarks.filter(proposal=Proposal.MET).exclude(response=None)[0]
    other = remarks.exclude(response=own.response).exclude(response=None)[0]
    secret = receipt.receipt_secret(own.response)
    page = client.get(f"/hoeringer/kvittering/{secret}/").content.decode()
    assert "Det sagde I, det gjorde vi" in page
    assert f'id="b{own.number}"' in page
    assert f'id="b{other.number}"' not in page


def test_before_the_report_is_published_the_receipt_says_nothing_of_it(client) -> None:
    round = handled(secretary())
    response = Response.objects.filter(round=round)[0]
    response.digest = digest_of(receipt.receipt_secret(response))
    response.save()
    secret = receipt.receipt_secret(response)
    page = client.get(f"/hoeringer/kvittering/{secret}/").content.decode()
    assert "Det sagde I" not in page
