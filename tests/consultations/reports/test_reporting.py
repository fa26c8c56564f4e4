"""A report made from the data: what is in it, what is not, and what may be read of it later."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.enums import Proposal
from consultations.locking import RoundMovedOn
from consultations.models import Report, Response, ResponseRevision
from consultations.models.party import digest_of
from consultations.parties.letter_file import letter_of
from consultations.reports import exports, published
from consultations.reports import round_report as doc
from consultations.reports.actions import reporting
from consultations.reports.building import gather
from consultations.reports.exports.paper import _facts as report_facts
from consultations.responses.receipt import receipt_secret
from consultations.review.actions import reviewing
from kommuneplan import clock
from kommuneplan.core.models import Job, Mail, Municipality, StoredFile
from kommuneplan.core.worker import jobs
from plans.models import Plan, Section
from plans.versions.actions.redacting import redact_blocks
from tests.consultations.reported import CANARY, a_remark, handled, take_out
from tests.consultations.round_factories import a_response, a_round, anchors
from tests.factories import secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return secretary()


@pytest.fixture
def round(by):
    return handled(by)


@pytest.fixture
def papers(monkeypatch):
    """Papers that take no time; how they are set is asked in test_report_papers."""
    for name in ("report_pdf", "report_docx"):
        monkeypatch.setattr(exports, name, lambda report, **facts: b"%PDF or PK")


def made(round, by) -> Report:
    job = reporting.start_report(round=round, by=by)
    jobs.run(str(job.uid))
    assert Job.objects.get(pk=job.pk).state == "done", Job.objects.get(pk=job.pk).message
    return round.reports.order_by("-number").first()


def test_every_remark_stands_with_its_reply_proposal_and_decision(round):
    told = gather(round, at=clock.now())
    theme, other = told.themes
    (line,) = theme.remarks
    assert (theme.title, theme.summary) == ("Døre", "Smalle.")
    assert (line.sender, line.text) == ("Handicaprådet", "Gør døren bredere.")
    assert (line.alike, line.others) == (3, ("Borger, nr. 2", "Borger, nr. 3"))
    assert (line.reply, line.reason) == ("Enig.\nDøren ændres.", "Den er smal.")
    assert (line.proposal, line.decision) == (Proposal.MET, Proposal.PARTLY)
    assert line.decision_words == "Kun hoveddøren."
    assert [one.text for one in other.remarks][1] == "Hvad koster det?"
    assert other.remarks[1].meeting == "Borgermøde i hallen, 3. maj 2026"
    assert [(one.name, one.standing, one.response) for one in told.parties] == [
        ("Handicaprådet", "answered", 1),
        ("Ældrerådet", "silent", None),
    ]
    assert told.period.days == round.days
    assert told.head.case_number == "2026-7"


def test_no_word_that_is_not_cleared_leaves_but_every_number_stays(round):
    told = gather(round, at=clock.now())
    everything = doc.to_json(told)
    assert CANARY not in everything
    assert "12345678" not in everything
    assert [one.shown for one in told.responses] == [
        *("public", "public", "public", "hidden", "withdrawn", "not_published"),
    ]
    assert told.responses[1].text == "Ring til mig på [fjernet: kontaktoplysninger], døren er smal."
    assert "Kim Nielsen" not in everything


def corrected(row: Response, text: str) -> None:
    """The sender has written it anew."""
    content = {**row.newest.content, "text": text}
    ResponseRevision.objects.create(
        response=row, number=2, key=uuid.uuid4(), content=content, sha256="",
        received_at=clock.now(),
    )  # fmt: skip


def test_a_remark_cut_from_an_earlier_revision_says_nothing_that_is_taken_out_now(round, by):
    row = a_response(round, text="Skriv til kim@example.org om døren.")
    a_remark(round, row, proposal=Proposal.NO_CHANGE)
    corrected(row, "Kære alle. Skriv til kim@example.org om døren. Tak.")
    take_out(row, "kim@example.org", by)
    reviewing.clear(response=Response.objects.get(pk=row.pk), by=by)
    told = gather(round, at=clock.now())
    assert "kim@example.org" not in doc.to_json(told)
    assert "Skriv til [fjernet: kontaktoplysninger] om døren." in [
        one.text for one in told.remarks()
    ]


def test_what_the_sender_has_corrected_away_is_told_in_no_remark(round, by):
    """A person has looked through the newest revision alone."""
    row = a_response(round, text="Mit barns nummer er 010114-1234, se på døren.")
    a_remark(round, row, proposal=Proposal.NO_CHANGE)
    corrected(row, "Se på døren.")
    reviewing.clear(response=Response.objects.get(pk=row.pk), by=by)
    told = gather(round, at=clock.now())
    assert "010114" not in doc.to_json(told)
    assert "[Afsenderen har siden rettet sit svar og skrevet det med andre ord.]" in [
        one.text for one in told.remarks()
    ]


def test_while_people_answer_no_report_tells_what_others_have_answered(client, by, papers):
    """The round says that responses are read when the deadline is past."""
    round = a_round()
    reviewing.clear(response=a_response(round, text="Se på døren."), by=by)
    report = made(round, by)
    with pytest.raises(RoundMovedOn):
        reporting.publish_report(report=report, by=by)
    assert client.get(f"/hoeringer/{round.slug}/notat/").status_code == 404


def test_a_report_is_withheld_once_a_response_in_it_was_corrected(round, by, papers):
    report = made(round, by)
    assert not published.is_withheld(report)
    corrected(round.responses.get(number=3), "Noget andet.")
    assert published.is_withheld(report)


def test_a_report_is_withheld_once_words_of_the_draft_were_hidden(client, round, by, papers):
    reporting.publish_report(report=made(round, by), by=by)
    page = f"/hoeringer/{round.slug}/notat/"
    assert client.get(f"{page[:-1]}.pdf").status_code == 200
    redact_blocks(version=round.frozen, anchors=[anchors(round)[0]], reason="Et navn", by=by)
    assert client.get(f"{page[:-1]}.pdf").status_code == 410
    assert "værksted" not in client.get(page).content.decode()
    reporting.publish_report(report=made(round, by), by=by)
    assert client.get(f"{page[:-1]}.pdf").status_code == 200


def test_a_change_is_told_before_and_after_from_what_is_public_alone(round):
    section = Section.objects.get(plan=round.plan, title="Indsatser")
    section.text = section.text.replace("et værksted", "to værksteder")
    section.save()
    told = gather(round, at=clock.now())
    (change,) = told.changes
    assert ("et værksted" in change.before, "to værksteder" in change.after) == (True, True)
    assert change.remarks == (1,)
    assert next(told.remarks()).changes == (1,)
    section.is_public = False
    section.save()
    told = gather(round, at=clock.now())
    assert "to værksteder" not in doc.to_json(told)
    assert told.changes == ()


def test_the_number_of_queries_does_not_grow(round, by, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as before:
        gather(round, at=clock.now())
    for _place in range(6):
        row = a_response(round, text="Mere om døren.")
        reviewing.clear(response=Response.objects.get(pk=row.pk), by=by)
        a_remark(round, row)
    with django_assert_max_num_queries(len(before)):
        gather(round, at=clock.now())
    assert len(before) <= 24


def test_the_job_stores_one_whole_report_with_its_files(round, by):
    report = made(round, by)
    assert (report.number, report.made_by, report.name) == (1, by, "note")
    assert report.digest == doc.digest(doc.from_json(report.content))
    for stored, start in ((report.pdf, b"%PDF"), (report.word, b"PK"), (report.sheet, b"PK")):
        with stored.content.open("rb") as file:
            assert file.read(4).startswith(start)
    assert made(round, by).number == 2
    assert doc.from_json(report.content).head.number == 1  # the first stays as it was


def test_a_template_that_cannot_be_used_fails_with_words_and_leaves_nothing(round, by):
    house = Municipality.current()
    house.report_template = StoredFile.keep("brev.docx", b"nej", "application/msword")
    house.save()
    job = reporting.start_report(round=round, by=by)
    jobs.run(str(job.uid))
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "template")
    assert not Report.objects.exists()


def test_a_round_that_is_not_announced_has_nothing_to_report(by):
    with pytest.raises(RoundMovedOn):
        reporting.start_report(round=a_round(announced=False), by=by)


# What everybody reads


def address(round, ending="/"):
    return f"/hoeringer/{round.slug}/notat{ending}"


def test_everybody_reads_the_published_report_and_no_other(client, papers, round, by):
    report = made(round, by)
    assert client.get(address(round)).status_code == 404
    reporting.publish_report(report=report, by=by)
    page = client.get(address(round)).content.decode()
    assert "Døre" in page
    theme = client.get(address(round), {"tema": 1}).content.decode()
    for words in ("Gør døren bredere.", "Enig.", "Kun hoveddøren.", "Handicaprådet og 2 andre"):
        assert words in theme, words
    assert CANARY not in page + theme
    assert client.get(address(round, ".pdf"))["Content-Type"] == "application/pdf"
    assert client.get(address(round, ".exe")).status_code == 404
    assert client.get(address(round), {"tema": "99"}).status_code == 200


def hide(round, by):
    reviewing.hide(response=round.responses.get(number=2), reason="Beder om det", seen=None, by=by)


def withdraw(round, by):
    round.responses.filter(number=3).update(withdrawn_at=clock.now())


def redact(round, by):
    take_out(round.responses.get(number=3), "smal", by)


@pytest.mark.parametrize("act", [hide, withdraw, redact])
def test_a_report_that_says_what_must_not_be_shown_any_more_is_gone_at_once(
    client, papers, round, by, act
):
    report = made(round, by)
    reporting.publish_report(report=report, by=by)
    assert client.get(address(round)).status_code == 200
    act(round, by)
    for ending in (".pdf", ".docx", ".xlsx"):
        assert client.get(address(round, ending)).status_code == 410, ending
    for asked in ({}, {"tema": 1}):
        page = client.get(address(round), asked).content.decode()
        assert "Notatet bliver ikke vist lige nu" in page
        assert "Døre" not in page
    again = made(round, by)
    reporting.publish_report(report=again, by=by)
    assert client.get(address(round)).status_code == 200


def test_names_shown_then_are_not_shown_when_the_setting_is_off_now(client, papers, round, by):
    house = Municipality.current()
    house.shows_private_names = True
    house.save()
    report = made(round, by)
    reporting.publish_report(report=report, by=by)
    assert client.get(address(round)).status_code == 200
    house.shows_private_names = False
    house.save()
    assert "Notatet bliver ikke vist lige nu" in client.get(address(round)).content.decode()


def test_what_must_not_be_shown_and_what_is_older_is_not_published(papers, round, by):
    first, second = made(round, by), made(round, by)
    reporting.publish_report(report=second, by=by)
    with pytest.raises(RoundMovedOn):
        reporting.publish_report(report=first, by=by)
    third = made(round, by)
    hide(round, by)
    with pytest.raises(RoundMovedOn):
        reporting.publish_report(report=third, by=by)
    assert published.published(round, at=clock.now()).pk == second.pk


# The room


def test_the_room_makes_a_report_and_says_how_far_it_is(client, round, by):
    client.force_login(by)
    here = reverse("consultations:report-room", args=[round.plan.slug, round.uid])
    assert "Dan høringsnotat" in client.get(here).content.decode()
    posted = client.post(reverse("consultations:report-make", args=[round.plan.slug, round.uid]))
    assert posted.status_code == 302
    page = client.get(here).content.decode()
    assert "Det venter på sin tur." in page
    Job.objects.update(state="running", holder=round.uid, held_until=clock.now(), progress=40)
    assert "40 procent" in client.get(here).content.decode()
    Job.objects.update(state="failed", holder=None, held_until=None, ended_at=clock.now(),
                       message="template")  # fmt: skip
    assert "Wordskabelon" in client.get(here).content.decode()


def test_the_report_is_read_taken_along_and_published_in_the_room(client, papers, round, by):
    report = made(round, by)
    client.force_login(by)
    where = [round.plan.slug, round.uid, report.number]
    page = client.get(reverse("consultations:report-page", args=where), {"tema": 1})
    assert "Gør døren bredere." in page.content.decode()
    for form in ("pdf", "docx", "xlsx"):
        answer = client.get(reverse("consultations:report-file", args=[*where, form]))
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
    assert client.get(reverse("consultations:report-file", args=[*where, "exe"])).status_code == 404
    publish = reverse("consultations:report-publish", args=where)
    assert client.post(publish).status_code == 409  # nobody has been told what happens
    report.refresh_from_db()
    assert report.published_at is None
    client.post(publish, {"told": client.get(publish).context["does"].told})
    report.refresh_from_db()
    assert report.published_by == by


def test_what_publishing_does_is_said_before_it_is_done(client, papers, round, by):
    secret = digest_of(receipt_secret(round.responses.get(number=2)))
    rows = list(round.responses.order_by("number"))
    for row, kind, email, digest in zip(
        rows,
        ("council", "citizen", "citizen", "citizen", "citizen", "organisation"),
        ("raad@example.org", "kim@example.org", "", "bo@example.org", "ude@example.org", "o@x.dk"),
        ("", secret, "", "", "", ""),
        strict=True,
    ):
        facts = {"sender_kind": kind, "email": email, "digest": digest or f"{row.pk:064}"}
        Response.objects.filter(pk=row.pk).update(**facts)
    round.publish_when = "report"
    round.save()
    report = made(round, by)
    client.force_login(by)
    publish = reverse(
        "consultations:report-publish", args=[round.plan.slug, round.uid, report.number]
    )
    page = " ".join(client.get(publish).content.decode().split())
    assert "Intet er offentliggjort endnu" in page
    for file in (report.pdf, report.word, report.sheet):
        assert file.name in page
    assert "3 høringssvar, der er frigivet og venter på" in page
    assert "4 mails, én til afsenderen af hvert høringssvar" in page
    assert "2 til privatpersoner: 1 med link til, hvad der blev af deres egne bemærkninger" in page
    assert "1 til et råd eller udvalg" in page
    assert "1 til en forening, virksomhed eller organisation" in page
    assert "1 høringssvar har ingen mailadresse" in page
    assert "1 høringssvar er trukket tilbage" in page
    assert not Mail.objects.filter(reference__startswith="consultations.outcome").exists()
    told = {"told": client.get(publish).context["does"].told}
    Response.objects.filter(pk=rows[3].pk).update(withdrawn_at=clock.now())
    changed = client.post(publish, told)
    assert changed.status_code == 409
    assert "3 mails" in changed.content.decode()
    client.post(publish, {"told": changed.context["does"].told})
    for uid in Job.objects.filter(state="waiting").values_list("uid", flat=True):
        jobs.run(str(uid))
    mails = Mail.objects.filter(reference__startswith="consultations.outcome")
    assert {one.address for one in mails} == {"raad@example.org", "kim@example.org", "o@x.dk"}


def test_why_a_report_cannot_be_published_is_said_before(client, papers, round, by):
    report = made(round, by)
    client.force_login(by)
    redact(round, by)
    page = client.get(
        reverse("consultations:report-publish", args=[round.plan.slug, round.uid, report.number])
    ).content.decode()
    assert "Det kan ikke offentliggøres" in page
    assert 'name="told"' not in page


def test_the_page_of_the_round_leads_to_the_report_as_long_as_it_may_be_read(
    client, papers, round, by
):
    page = f"/hoeringer/{round.slug}/"
    link = f'href="{address(round)}"'
    assert link not in client.get(page).content.decode()
    reporting.publish_report(report=made(round, by), by=by)
    assert link in client.get(page).content.decode()
    redact(round, by)
    Response.objects.get(round=round, number=3).save()  # as the action that takes words out does
    assert link not in client.get(page).content.decode()


def test_the_head_of_the_plan_stands_on_report_and_letter_and_what_is_missing_in_the_workspace(
    round, by, papers, client
):
    plan = Plan.objects.get(pk=round.plan_id)
    plan.case_number, plan.document_number = "2026-7", "2026-7-3"
    plan.sender_unit, plan.recipients = "Center for Politik", "Socialudvalget\nCenterledelsen"
    plan.annex_number, plan.case_worker = "7", ""
    plan.save()
    round.refresh_from_db()
    row = made(round, by)
    told = doc.from_json(row.content)
    assert (told.head.case_number, told.head.recipients) == (
        "2026-7", ("Socialudvalget", "Centerledelsen"),
    )  # fmt: skip
    house = Municipality.current()
    letter = letter_of(round, None, day=clock.today(), municipality=house)
    shown = {key: value for key, _label, value in letter.facts}
    assert (shown["enhed"], shown["sagsnummer"], shown["dokumentnummer"], shown["bilag"]) == (
        "Center for Politik", "2026-7", "2026-7-3", "7",
    )  # fmt: skip
    assert "sagsbehandler" not in shown  # paper says nothing of what is missing
    facts = {key: value for key, _label, value in report_facts(told)}
    assert facts["modtager"] == "Socialudvalget, Centerledelsen"
    assert (facts["enhed"], facts["bilag"]) == ("Center for Politik", "7")
    client.force_login(by)
    names = [plan.slug, round.uid]
    pages = [
        reverse("consultations:report-page", args=[*names, row.number]),
        reverse("consultations:round-letter", args=names),
        reverse("consultations:journal-room", args=names),
        reverse("plans:overview", args=[plan.slug]),
        reverse("plans:work-preview", args=[plan.slug]),
    ]
    for page in pages:
        text = client.get(page).content.decode()
        assert "2026-7-3" in text and "Center for Politik" in text, page
        assert re.search(r"<dt>Sagsbehandler</dt>\s*<dd>Mangler</dd>", text), page
    public = client.get(reverse("plans:plan", args=[plan.slug])).content.decode()
    assert "Mangler" not in public


def test_a_report_that_was_made_before_has_no_such_facts(round, by, papers):
    data = json.loads(made(round, by).content)
    for name in ("sender_unit", "recipients", "annex_number", "case_worker"):
        del data["head"][name]
    told = doc.from_json(json.dumps(data))
    assert (told.head.recipients, told.head.case_worker) == ((), "")


def test_a_report_names_the_draft_as_every_reader_knows_it(round):
    head = gather(round, at=clock.now()).head
    assert head.version.startswith(f"Version {round.frozen.public_number} af ")
