"""A file that came in while the scanner was down is scanned later, and shown only then."""

from __future__ import annotations

import pytest

from consultations.models import Attachment
from consultations.review.actions.rescanning import scan_waiting
from kommuneplan.core import upkeep, virus_scanner
from kommuneplan.core.enums import ScanState
from kommuneplan.core.models import StoredFile
from tests.consultations.round_factories import a_response, a_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(settings) -> dict[str, StoredFile]:
    """Two annexes that wait, and a file that is none."""
    settings.VIRUS_SCANNER = "tcp://127.0.0.1:1"
    kept = {
        name: StoredFile.keep(f"{name}.txt", name.encode(), "text/plain")
        for name in ("ren", "virus", "skabelon")
    }
    response = a_response(a_round())
    for name in ("ren", "virus"):
        Attachment.objects.create(response=response, file=kept[name])
    return kept


def states(files: dict[str, StoredFile]) -> list[str]:
    for file in files.values():
        file.refresh_from_db()
    return [file.scan_state for file in files.values()]


def test_what_waits_is_scanned_once_the_scanner_answers(files, monkeypatch):
    assert scan_waiting() == 0  # nobody answers at that address
    assert states(files) == [ScanState.NOT_SCANNED] * 3
    verdict = {b"ren": ScanState.CLEAN, b"virus": ScanState.INFECTED}
    monkeypatch.setattr(virus_scanner, "scan", verdict.__getitem__)
    assert scan_waiting() == 2
    assert states(files) == [ScanState.CLEAN, ScanState.INFECTED, ScanState.NOT_SCANNED]
    assert scan_waiting() == 0


def test_a_file_whose_bytes_are_gone_does_not_stop_the_others(files, monkeypatch):
    files["ren"].content.storage.delete(files["ren"].content.name)
    monkeypatch.setattr(virus_scanner, "scan", lambda _data: ScanState.INFECTED)
    assert scan_waiting() == 1


def test_without_a_scanner_nothing_is_done(files, settings):
    settings.VIRUS_SCANNER = ""
    assert scan_waiting() == 0


def test_the_worker_looks_after_it_every_hour():
    assert upkeep.hourly["consultations.scanning"] is scan_waiting
