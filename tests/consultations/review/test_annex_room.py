"""Annexes on their way to everybody: examined, decided, replaced; none is given out by itself."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.models import Attachment, OriginalRead, Response
from consultations.review.actions import annexes, reviewing
from consultations.review.publication_blockers import Hindrance
from consultations.review.reviews import clearance, plain_waiting
from kommuneplan import clock
from kommuneplan.core import virus_scanner
from kommuneplan.core.enums import JobState, ScanState
from kommuneplan.core.models import Municipality, StoredFile
from kommuneplan.core.worker import jobs
from kommuneplan.personal.files import FileFindings, find_in_file
from kommuneplan.uploads import accessibility
from tests.consultations.round_factories import a_response, a_round
from tests.consultations.written_files import NUMBER, changed, pdf, scanned, word
from tests.factories import secretary

pytestmark = pytest.mark.django_db

CLEAN = pdf("Vi er enige.")
SIGNED = pdf("Vi er enige.", f"Med venlig hilsen\nKarin Holm\n{NUMBER}")


def in_metadata() -> bytes:
    """A CPR number that stands on no page."""

    def write(opened: Any) -> None:
        opened.docinfo["/Subject"] = f"Sag om {NUMBER}"

    return changed(CLEAN, write)


@pytest.fixture
def by(client):
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Aarhus Kommune"})
    user = secretary()
    client.force_login(user)
    return user


@pytest.fixture
def round(by):
    return a_round(publish_when="cleared")


def handed_in(round, name: str, data: bytes, kind: str = "application/pdf") -> Attachment:
    """A file of a new response, as it lies when it was received."""
    file, uid = StoredFile.keep(name, data, kind), uuid.uuid4()
    response = a_response(round, files=[{"uid": str(uid), "name": name, "sha256": file.sha256}])
    return Attachment.objects.create(uid=uid, response=response, file=file)


def examined(annex: Attachment) -> Attachment:
    """The annex after the worker has looked into it."""
    job = annexes.later(annex)
    jobs.run(str(job.uid))
    job.refresh_from_db()
    assert job.state == JobState.DONE
    annex.refresh_from_db()
    return annex


@cache
def found_in(name: str, data: bytes) -> tuple[Any, list[Any]]:
    """What is found in a file, looked for once: it takes a process of its own."""
    return find_in_file(name, data).to_json(), [one.to_json() for one in accessibility(name, data)]


def looked_into(annex: Attachment, data: bytes) -> Attachment:
    """The annex as it lies after it was examined."""
    annex.findings, annex.accessibility = found_in(annex.file.name, data)
    annex.examined_at = clock.now()
    annex.save()
    return annex


def address(name: str, annex: Attachment) -> str:
    """An address of the annex in the workspace."""
    response = annex.response
    args = [response.round.plan.slug, response.round.uid, response.number, annex.uid]
    return reverse(f"consultations:{name}", args=args)


def fetched(client, annex: Attachment, **headers: str):
    """What everybody gets at the annex' public address."""
    response = annex.response
    page = reverse(
        "consultations:response-annex-shown",
        args=[response.round.slug, response.number, annex.uid],
    )
    return client.get(page, headers=headers)


@pytest.mark.parametrize("data", [SIGNED, in_metadata()], ids=["signature page", "metadata only"])
def test_a_pdf_with_a_cpr_number_is_not_published_without_a_persons_decision(
    client, round, by, data
):
    annex = examined(handed_in(round, "svar.pdf", data))
    assert clearance(annex.response).hindrances == [Hindrance.ANNEX_WAITS]
    assert plain_waiting(round) == []
    with pytest.raises(reviewing.Hindered):
        reviewing.clear(response=annex.response, by=by)
    assert fetched(client, annex).status_code == 404
    page, data = address("response-annex", annex), {"decide": "1", "seen": annex.version}
    assert client.post(page, {**data, "decision": "publish"}).status_code == 422  # says no reason
    reason = "Nummeret er opdigtet; se sagen"
    unread = client.post(page, {**data, "decision": "publish", "reason": reason})
    assert unread.status_code == 409  # nobody has looked at it
    assert NUMBER not in client.get(page).content.decode()
    annex.refresh_from_db()
    assert annex.state == "waiting"
    client.post(address("response-annex-fetch", annex))
    assert NUMBER in client.get(page).content.decode()
    assert client.post(page, {**data, "decision": "publish", "reason": reason}).status_code == 302
    annex.refresh_from_db()
    assert (annex.state, annex.decided_by, annex.decided_because) == ("cleared", by, reason)
    assert fetched(client, annex).status_code == 404  # its response is not shown yet
    reviewing.clear(response=annex.response, by=by)
    assert fetched(client, annex).status_code == 200


def test_a_file_whose_name_holds_a_number_waits(round):
    annex = examined(handed_in(round, f"svar {NUMBER}.pdf", CLEAN))
    assert clearance(annex.response).hindrances == [Hindrance.ANNEX_WAITS]


@pytest.mark.parametrize(
    ("name", "data"), [("skannet.pdf", pdf(scanned)), ("laast.pdf", pdf("Hej", encrypt="hemmelig"))]
)
def test_what_the_program_cannot_read_waits_for_a_person(client, round, name, data):
    annex = examined(handed_in(round, name, data))
    assert clearance(annex.response).hindrances == [Hindrance.ANNEX_WAITS]
    assert client.get(address("response-annex", annex)).status_code == 200


def test_a_word_file_is_looked_into_and_its_barriers_are_told(client, round):
    annex = examined(handed_in(round, "svar.docx", word(f"Mit nummer er {NUMBER}")))
    client.post(address("response-annex-fetch", annex))
    page = client.get(address("response-annex", annex)).content.decode()
    assert NUMBER in page
    assert "Kan alle læse det?" in page
    assert annex.accessibility


def test_another_file_is_given_out_and_the_one_received_stays(client, round, by):
    annex = looked_into(handed_in(round, "svar.pdf", SIGNED), SIGNED)
    page = address("response-annex", annex)
    clean = SimpleUploadedFile("uden.pdf", CLEAN, "application/pdf")
    answer = client.post(page, {"replace": "1", "new-seen": annex.version, "new-file": clean})
    assert answer.status_code == 302
    annex.refresh_from_db()
    examined(annex)
    reviewing.clear(response=annex.response, by=by)
    answer = fetched(client, annex)
    body = b"".join(answer.streaming_content)
    assert body == CLEAN
    assert "uden.pdf" in answer["Content-Disposition"]
    annex.refresh_from_db()
    with annex.file.content.open("rb") as received:
        assert received.read() == SIGNED
    assert annex.published.sha256 in answer["ETag"]


def test_the_file_given_out_instead_is_looked_into_as_well(client, round, by):
    annex = looked_into(handed_in(round, "svar.pdf", SIGNED), SIGNED)
    still = SimpleUploadedFile("stadig.pdf", in_metadata(), "application/pdf")
    data = {"replace": "1", "new-seen": annex.version, "new-file": still}
    client.post(address("response-annex", annex), data)
    assert clearance(annex.response).hindrances == [Hindrance.ANNEX_NOT_EXAMINED]
    annex.refresh_from_db()
    examined(annex)
    assert clearance(annex.response).hindrances == [Hindrance.ANNEX_WAITS]


@pytest.mark.parametrize(
    ("name", "data"), [("billede.svg", b"<svg/>"), ("svar.pdf", b"MZ"), ("tom.pdf", b"")]
)
def test_a_file_that_is_not_what_it_says_is_not_given_out(client, round, name, data):
    annex = looked_into(handed_in(round, "svar.pdf", SIGNED), SIGNED)
    file = SimpleUploadedFile(name, data, "application/pdf")
    answer = client.post(
        address("response-annex", annex),
        {"replace": "1", "new-seen": annex.version, "new-file": file},
    )
    assert answer.status_code == 422
    annex.refresh_from_db()
    assert annex.published is None


def test_a_hidden_annex_is_not_given_to_anybody_and_the_response_is(client, round, by):
    annex = looked_into(handed_in(round, "svar.pdf", SIGNED), SIGNED)
    data = {"decide": "1", "seen": annex.version, "decision": "hide", "reason": "CPR-nummer"}
    assert client.post(address("response-annex", annex), data).status_code == 302
    reviewing.clear(response=annex.response, by=by)
    assert fetched(client, annex).status_code == 404
    public = client.get(f"/hoeringer/{round.slug}/svar/1/").content.decode()
    assert "svar.pdf" not in public


def test_a_page_older_than_the_annex_decides_nothing(client, round):
    annex = looked_into(handed_in(round, "svar.pdf", SIGNED), SIGNED)
    page = address("response-annex", annex)
    data = {"decide": "1", "seen": annex.version + 3, "decision": "hide", "reason": "Nej"}
    assert client.post(page, data).status_code == 409
    assert client.post(page, {}).status_code == 422
    annex.refresh_from_db()
    assert annex.state == "waiting"


def test_the_file_as_received_is_fetched_by_a_button_that_is_written_down(client, round, by):
    annex = looked_into(handed_in(round, "svar.pdf", SIGNED), SIGNED)
    fetch = address("response-annex-fetch", annex)
    assert client.get(fetch).status_code == 405
    answer = client.post(fetch)
    assert b"".join(answer.streaming_content) == SIGNED
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    read = OriginalRead.objects.get()
    assert (read.user, read.what, read.response.number) == (by, "annex", 1)
    strange = fetch.replace(str(annex.uid), str(uuid.uuid4()))
    assert client.post(strange).status_code == 404


def test_a_guessed_digest_without_the_right_is_404_and_with_it_304(client, round, by):
    annex = looked_into(handed_in(round, "svar.pdf", CLEAN), CLEAN)
    etag = {"If-None-Match": f'"{annex.file.sha256}"'}
    assert fetched(client, annex, **etag).status_code == 404
    reviewing.clear(response=annex.response, by=by)
    assert fetched(client, annex, **etag).status_code == 304
    answer = fetched(client, annex)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    reviewing.take_back(response=Response.objects.get(), by=by)
    assert fetched(client, annex, **etag).status_code == 404


def test_the_button_has_the_worker_examine_it_and_the_page_follows(client, round, monkeypatch):
    annex = handed_in(round, "svar.pdf", SIGNED)
    page = address("response-annex", annex)
    with monkeypatch.context() as here:
        here.setattr(annexes, "find_in_file", lambda *_a, **_m: pytest.fail("in the request"))
        answer = client.post(page, {"examine": "1"}, follow=True)
    assert "Filen undersøges" in answer.content.decode()
    assert 'hx-trigger="every' in answer.content.decode()
    examined(annex)
    assert "Filen undersøges" not in client.get(page).content.decode()


def test_an_annex_that_could_do_harm_is_not_opened_further_and_hinders(client, round, by):
    def launch(opened: Any) -> None:
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="a.exe")

    annex = handed_in(round, "svar.pdf", changed(CLEAN, launch))
    StoredFile.objects.update(scan_state=ScanState.WAITING)
    annex.refresh_from_db()
    examined(annex)
    assert (annex.file.scan_state, annex.file.refusal) == ("refused", "active")
    assert clearance(annex.response).hindrances == [Hindrance.ANNEX_REFUSED]
    with pytest.raises(reviewing.Hindered):
        reviewing.clear(response=annex.response, by=by)


def test_with_a_scanner_nothing_is_given_out_before_it_was_scanned(
    client, round, by, settings, monkeypatch
):
    annex = looked_into(handed_in(round, "svar.pdf", CLEAN), CLEAN)
    reviewing.clear(response=annex.response, by=by)
    settings.VIRUS_SCANNER = "tcp://scanner:3310"
    nothing = FileFindings.from_json(annex.findings)
    monkeypatch.setattr(annexes, "find_in_file", lambda *args, **known: nothing)
    monkeypatch.setattr(annexes, "accessibility", lambda *args: [])
    assert fetched(client, annex).status_code == 404
    assert clearance(annex.response).hindrances == [Hindrance.ANNEX_NOT_SCANNED]

    def is_down(data: bytes, **_more: float) -> ScanState:
        raise virus_scanner.ScannerDown

    monkeypatch.setattr(virus_scanner, "scan", is_down)
    examined(annex)
    assert fetched(client, annex).status_code == 404
    monkeypatch.setattr(virus_scanner, "scan", lambda data, **_more: ScanState.CLEAN)
    examined(annex)
    assert fetched(client, annex).status_code == 200
    monkeypatch.setattr(virus_scanner, "scan", lambda data, **_more: ScanState.INFECTED)
    StoredFile.objects.update(scan_state=ScanState.NOT_SCANNED)
    examined(annex)
    assert fetched(client, annex).status_code == 404
