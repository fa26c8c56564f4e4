"""The journal package: everything of a round, as received and as published, and who fetched it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pikepdf
import pytest
from django.urls import reverse

from consultations.enums import FilingKind
from consultations.models import Attachment, Filing, JournalPackage, OriginalRead
from consultations.reports.actions import packaging
from consultations.reports.case_file import things_of
from kommuneplan.core.models import StoredFile
from kommuneplan.core.worker import jobs
from tests.consultations.reported import CANARY, handled
from tests.factories import secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return secretary()


@pytest.fixture
def round(by):
    return handled(by)


def made(round, by):
    job = packaging.start_package(round=round, by=by)
    jobs.run(str(job.uid))
    job.refresh_from_db()
    assert (job.state, job.progress) == ("done", 100), job.message
    return round.packages.get()


def opened(package):
    with package.file.content.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_everything_is_in_it_and_listed(round, by):
    response = round.responses.get(number=1)
    Attachment.objects.create(
        response=response,
        file=StoredFile.keep("../../tegning.pdf", b"bytes", "application/pdf"),
        title="Tegning",
    )
    archive = opened(made(round, by))
    listed = json.loads(archive.read("metadata.json"))
    assert listed["sagsnummer"] == "2026-7"
    kinds = [row["type"] for row in listed["filer"]]
    assert kinds.count("svar-modtaget") == 2 * 6  # JSON and PDF; hidden and withdrawn ones too
    assert kinds.count("svar-offentliggjort") == 6
    assert {"brev", "liste", "udkast", "bilag-modtaget"} <= set(kinds)
    assert {row["sagsnummer"] for row in listed["filer"]} == {"2026-7"}
    assert {row["fil"] for row in listed["filer"]} | {"metadata.json", "metadata.csv"} == set(
        archive.namelist()
    )
    for row in listed["filer"]:
        data = archive.read(row["fil"])
        assert hashlib.sha256(data).hexdigest() == row["sha256"], row
        if row["filtype"] == "pdf" and row["type"] != "bilag-modtaget":
            with pikepdf.open(io.BytesIO(data)) as document, document.open_metadata() as facts:
                assert facts["pdfaid:part"] == "2", row["fil"]
    assert "4-hoeringssvar/0001-bilag-01-tegning.pdf" in archive.namelist()


def test_what_was_received_is_exact_and_what_was_published_says_no_more(round, by):
    archive = opened(made(round, by))
    revision = round.responses.get(number=2).newest
    exact = archive.read("4-hoeringssvar/0002-modtaget-1.json")
    assert hashlib.sha256(exact).hexdigest() == revision.sha256
    assert json.loads(exact)["text"] == revision.content["text"]
    words = _words(archive.read("4-hoeringssvar/0002-offentliggjort.pdf"))
    assert "[fjernet: kontaktoplysninger]" in words
    assert "12345678" not in words
    assert "12345678" in _words(archive.read("4-hoeringssvar/0002-modtaget-1.pdf"))
    hidden = _words(archive.read("4-hoeringssvar/0004-offentliggjort.pdf"))
    assert "Skjult for offentligheden" in hidden
    assert CANARY not in hidden


def _words(data):
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_a_file_that_is_gone_makes_no_package_rather_than_one_without_it(round, by):
    stored = StoredFile.keep("kort.pdf", b"bytes", "application/pdf")
    Attachment.objects.create(response=round.responses.get(number=1), file=stored)
    stored.content.storage.delete(stored.content.name)
    job = packaging.start_package(round=round, by=by)
    jobs.run(str(job.uid))
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "no_file")
    assert not JournalPackage.objects.exists()


def test_a_document_number_marks_a_thing_as_filed_and_stays_when_taken_back(round, by):
    thing = things_of(round)[3]
    assert thing.kind == FilingKind.RESPONSE
    numbers = {(thing.kind, thing.uid): "D-1"}
    assert packaging.file_things(round=round, numbers=numbers, by=by) == 1
    assert packaging.file_things(round=round, numbers=numbers, by=by) == 0
    assert things_of(round)[3].document_number == "D-1"
    assert packaging.file_things(round=round, numbers={(thing.kind, thing.uid): "D-2"}, by=by) == 1
    assert [
        (row.document_number, bool(row.undone_at)) for row in Filing.objects.order_by("pk")
    ] == [
        ("D-1", True),
        ("D-2", False),
    ]
    foreign = {(thing.kind, by.pk and round.plan.uid): "D-3"}
    assert packaging.file_things(round=round, numbers=foreign, by=by) == 0


def test_the_number_stands_in_the_package(round, by):
    thing = things_of(round)[3]
    packaging.file_things(round=round, numbers={(thing.kind, thing.uid): "D-1"}, by=by)
    listed = json.loads(opened(made(round, by)).read("metadata.json"))["filer"]
    assert {row["dokumentnummer"] for row in listed if row["uid"] == str(thing.uid)} == {"D-1"}


def test_who_fetches_a_package_is_written_down_first(client, round, by):
    package = made(round, by)
    client.force_login(by)
    address = reverse("consultations:journal-fetch", args=[round.plan.slug, round.uid, package.uid])
    assert client.get(address).status_code == 405
    assert not OriginalRead.objects.filter(what="package").exists()
    answer = client.post(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")
    (read,) = OriginalRead.objects.filter(what="package")
    assert (read.user, read.round) == (by, round)


def test_the_room_shows_what_is_filed_and_stores_numbers(client, round, by):
    client.force_login(by)
    where = [round.plan.slug, round.uid]
    room = reverse("consultations:journal-room", args=where)
    page = client.get(room).content.decode()
    assert "0 af 9 har et dokumentnummer" in page
    thing = things_of(round)[0]
    name = f"{thing.kind}-{thing.uid}"
    numbers = reverse("consultations:journal-numbers", args=where)
    assert client.post(numbers, {name: "x" * 61}).status_code == 422
    assert client.post(numbers, {name: "D-9"}).status_code == 302
    assert "1 af 9 har et dokumentnummer" in client.get(room).content.decode()
    assert client.post(reverse("consultations:journal-make", args=where)).status_code == 302
    assert "Det venter på sin tur." in client.get(room).content.decode()
    assert not JournalPackage.objects.exists()


def test_the_paper_of_a_response_as_received_names_every_fact_of_its_sender(round, by):
    words = _words(opened(made(round, by)).read("4-hoeringssvar/0002-modtaget-1.pdf"))
    for said in ("Navn Kim Nielsen", "E-mail svar@example.org", "Privatperson", "SHA-256"):
        assert said in words, (said, words)
