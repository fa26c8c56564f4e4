"""A file laid in an answer is stored unopened; the worker opens it, and the page follows."""

from __future__ import annotations

import datetime as dt

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from consultations.answering.actions import looking
from consultations.models import DraftFile, Response
from consultations.review.actions import looking as first_look
from consultations.review.publication_blockers import Hindrance
from consultations.review.reviews import clearance
from kommuneplan import uploads
from kommuneplan.core import virus_scanner
from kommuneplan.core.enums import ScanState
from kommuneplan.core.models import Job
from kommuneplan.core.worker import jobs
from kommuneplan.uploads import contents, sandbox
from tests.consultations.answers import begun, sending, typed
from tests.consultations.round_factories import a_round
from tests.consultations.written_files import changed, pdf

pytestmark = pytest.mark.django_db

PDF = pdf("Vi er enige.")
NOW, MINUTE = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC), dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def opened_here(monkeypatch):
    """The worker opens files in this process: the guarded one has tests of its own."""
    monkeypatch.setattr(
        uploads.checking, "ask", lambda _module, _what, kind, *, data, seconds: {
            "code": contents.trouble(kind, data)
        },
    )  # fmt: skip


@pytest.fixture
def at_noon():
    with (
        time_machine.travel(NOW, tick=False) as traveller,
        override_settings(CONSULTATION_PROOF_BITS=4),
    ):
        yield traveller


def upload(name: str = "svar.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pdf")


def hostile() -> bytes:
    def launch(opened: pikepdf.Pdf) -> None:
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="a.exe")

    return changed(PDF, launch)


def worked_off() -> None:
    """The worker has done all that waits."""
    while (job := Job.objects.free().first()) is not None:
        assert jobs.run(str(job.uid))


def test_no_file_is_opened_in_the_request(client, monkeypatch):
    round = a_round()
    with monkeypatch.context() as here:
        for opener in ("kommuneplan.uploads.checking.ask", "subprocess.run", "zipfile.ZipFile"):
            here.setattr(opener, lambda *_a, **_m: pytest.fail("opened in the request"))
        here.setattr(virus_scanner, "scan", lambda *_a, **_m: pytest.fail("scanned in it"))
        address = begun(client, round, files=[upload(), upload("to.pdf")])
        html = client.get(address).content.decode()
    assert html.count("Filen undersøges") == 2
    assert f'hx-get="{address}?filer=1"' in html
    assert [row.file.scan_state for row in DraftFile.objects.all()] == [ScanState.WAITING] * 2


def test_the_page_follows_by_itself_until_all_are_looked_at(client):
    address = begun(client, a_round(), files=upload())
    piece = client.get(f"{address}?filer=1")
    assert "Filen undersøges" in piece.content.decode() and "<h1" not in piece.content.decode()
    assert piece["Cache-Control"] == "private, no-store"
    worked_off()
    after = client.get(f"{address}?filer=1").content.decode()
    assert "svar.pdf" in after
    assert "Filen undersøges" not in after and "hx-trigger" not in after
    assert "htmx" not in client.get(address).content.decode()


def test_a_file_that_could_do_harm_is_said_and_does_not_go_along(client, at_noon):
    address = begun(client, a_round(), files=[upload(), upload("ond.pdf", hostile())])
    worked_off()
    html = client.get(address).content.decode()
    assert "ond.pdf indeholder programmer" in html
    at_noon.shift(MINUTE)
    client.post(f"{address}send/", sending(client, address))
    (listed,) = Response.objects.get().newest.content["files"]
    assert listed["name"] == "svar.pdf"


def test_an_infected_file_is_said(client, settings, monkeypatch):
    settings.VIRUS_SCANNER = "tcp://scanner:3310"
    monkeypatch.setattr(virus_scanner, "scan", lambda _data, **_more: ScanState.INFECTED)
    address = begun(client, a_round(), files=upload())
    worked_off()
    assert "Virusscanneren afviste den" in client.get(address).content.decode()


def test_an_answer_is_sent_while_its_files_are_being_looked_at(client, at_noon):
    address = begun(client, a_round(), files=upload("ond.pdf", hostile()))
    at_noon.shift(MINUTE)
    answer = client.post(f"{address}send/", sending(client, address))
    assert answer.status_code == 302
    response = Response.objects.get()
    assert response.newest.content["files"][0]["name"] == "ond.pdf"
    assert clearance(response).hindrances == [Hindrance.ANNEX_NOT_EXAMINED]
    worked_off()
    assert clearance(Response.objects.get()).hindrances == [Hindrance.ANNEX_REFUSED]


def test_a_scanner_that_is_away_leaves_the_file_unscanned_and_the_sender_in_peace(
    client, settings, monkeypatch
):
    settings.VIRUS_SCANNER = "unix:/findes/ikke.sock"
    address = begun(client, a_round(), files=upload())
    worked_off()
    assert DraftFile.objects.get().file.scan_state == ScanState.NOT_SCANNED
    assert "Filen undersøges" not in client.get(address).content.decode()


def test_a_file_taken_out_meanwhile_is_nobodys(client):
    address = begun(client, a_round(), files=upload())
    html = client.get(address).content.decode()
    uid = str(DraftFile.objects.get().uid)
    client.post(address, typed(html, remove=uid))
    worked_off()
    assert Job.objects.get(kind=looking.KIND).message == "taken_out"


def test_a_file_that_brings_the_guarded_process_down_is_refused(client, monkeypatch):
    def down(*_a: object, **_m: object) -> None:
        raise sandbox.TooHeavy

    address = begun(client, a_round(), files=upload())
    monkeypatch.setattr(uploads.checking, "ask", down)
    worked_off()
    assert DraftFile.objects.get().file.refusal == "bomb"
    assert Job.objects.get(kind=looking.KIND).lane == first_look.LANE
    assert "fylder langt mere udpakket" in client.get(address).content.decode()
