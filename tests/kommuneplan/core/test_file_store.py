"""A row never names a file that a power cut could take."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from kommuneplan.core.file_store import names_in
from kommuneplan.core.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def happened(settings, tmp_path, monkeypatch) -> list[str]:
    """What is flushed to the disk, and when a row is written."""
    settings.MEDIA_ROOT = tmp_path / "files"
    told: list[str] = []
    flush = os.fsync

    def flushed(line: int) -> None:
        flush(line)
        told.append(str(Path(f"/proc/self/fd/{line}").readlink()))

    monkeypatch.setattr(os, "fsync", flushed)
    return told


def noting(told: list[str]):
    """Note each row that is written among what happened."""

    def note(execute, sql, parameters, many, context):
        if sql.startswith("INSERT"):
            told.append("row")
        return execute(sql, parameters, many, context)

    return connection.execute_wrapper(note)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux what a line leads to")
def test_the_file_and_its_folders_are_on_the_disk_before_the_row(happened) -> None:
    with noting(happened):
        stored = StoredFile.keep("bilag.txt", b"Ro", "text/plain")
    place = Path(stored.content.path)
    first_row = happened.index("row")
    assert {str(place), str(place.parent), str(conf.MEDIA_ROOT)} <= set(happened[:first_row])


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux what a line leads to")
def test_naive_control_djangos_own_leaves_it_to_chance(happened) -> None:
    FileSystemStorage().save("x", ContentFile(b"Ro"))
    assert happened == []


def test_nobody_else_on_the_machine_reads_along(happened) -> None:
    place = Path(StoredFile.keep("bilag.txt", b"Ro", "text/plain").content.path)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_every_file_is_found(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    assert [*names_in(default_storage)] == []
    for name in ("a", "b/c", "b/d/e"):
        default_storage.save(name, ContentFile(b"x"))
    assert sorted(names_in(default_storage)) == ["a", "b/c", "b/d/e"]
