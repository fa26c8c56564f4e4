"""Saved while people write, and brought back without those who were erased since."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.conf import settings as conf
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from kommuneplan import clock
from kommuneplan.core.accounts.actions.inviting import invite
from kommuneplan.core.backup import saving
from kommuneplan.core.backup.manifest import whole_in
from kommuneplan.core.enums import Role
from kommuneplan.core.models import (
    Body,
    Erasure,
    Invitation,
    Mail,
    Notice,
    ReservedSlug,
    StoredFile,
    User,
)
from kommuneplan.core.notices.actions import notify
from kommuneplan.core.privacy.actions import erase
from kommuneplan.core.site.public_mark import public_mark
from plans.enums import Stage
from plans.models import Plan, PlanVersion, Section, VersionBlock
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.elsewhere import database_url
from tests.factories import a_plan

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "sentinel@example.org"


@pytest.fixture(autouse=True)
def places(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASURE_LEDGER = tmp_path / "ledger" / "erasures.jsonl"
    return tmp_path


@pytest.fixture
def lived_in() -> Plan:
    """A house with a published plan, a file, a person, and a mail on its way."""
    plan = a_plan()
    Section.objects.create(plan=plan, title="Mål", text="<p>Ro – og ærø.</p>", is_public=True)
    publish(version=freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    person = User.objects.create_user(ADDRESS, "x", name="Sentinel Person")
    StoredFile.keep("bilag.txt", "Æblerød\n\\N\t".encode(), "text/plain")
    row = Invitation(email="ny@example.org", role=Role.MEMBER, body=Body.objects.first())
    invite(invitation=row, address="https://example.org/TOKEN", by=person)
    notify(kind="plans.approval", thing=plan.uid, users=[person.pk], by=None)
    return plan


def saved(place: Path) -> Path:
    call_command("backup", str(place / "kopi"))
    return place / "kopi"


def test_brought_back_everything_is_as_it_was_and_whole(lived_in, places, capsys) -> None:
    folder = saved(places)
    version = PlanVersion.objects.values().get()
    stored = StoredFile.objects.get()
    lived_in.title = "Noget helt andet"
    lived_in.save()
    shutil.rmtree(conf.MEDIA_ROOT)
    call_command("restore", str(folder), "--replace")
    said = capsys.readouterr().out
    assert PlanVersion.objects.values().get() == version
    assert Plan.objects.get().title != "Noget helt andet"
    assert stored.content.open().read() == "Æblerød\n\\N\t".encode()
    assert "Mails holdt tilbage: 1." in said and "0 fejl" in said
    mail = Mail.objects.get()
    assert (mail.state, mail.reason) == ("failed", "restored") and mail.can_be_sent_again
    assert Notice.objects.get().end == "held"
    # new rows get new numbers
    assert User.objects.create_user("efter@example.org").pk > User.objects.earliest("pk").pk


@pytest.mark.slow  # everything is saved and brought back
def test_who_was_erased_after_the_backup_is_erased_again(lived_in, places, capsys) -> None:
    folder = saved(places)
    erase(address=ADDRESS)
    Erasure.objects.all().delete()  # the database is lost; the ledger beside it is not
    call_command("restore", str(folder), "--replace")
    assert "Personer slettet igen: 1." in capsys.readouterr().out
    assert not User.objects.filter(email=ADDRESS).exists() and Erasure.objects.count() == 1
    ledger = Path(conf.ERASURE_LEDGER).read_text()
    assert len(ledger.splitlines()) == 1 and "sentinel" not in ledger


@pytest.mark.slow  # everything is saved and brought back
def test_naive_control_without_the_ledger_the_erased_come_back(lived_in, places, capsys) -> None:
    folder = saved(places)
    erase(address=ADDRESS)
    kept = places / "et-andet-sted.jsonl"
    shutil.move(conf.ERASURE_LEDGER, kept)
    Erasure.objects.all().delete()
    call_command("restore", str(folder), "--replace")
    assert "ikke fundet nogen fortegnelse" in capsys.readouterr().out
    assert User.objects.filter(email=ADDRESS).exists()
    call_command("restore", str(folder), "--replace", "--ledger", str(kept))
    assert not User.objects.filter(email=ADDRESS).exists()


def test_nothing_is_replaced_unless_told(lived_in, places) -> None:
    folder = saved(places)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(folder))
    with pytest.raises(CommandError, match="ikke tom"):
        call_command("backup", str(folder))
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("harm", ["changed", "missing", "added", "no manifest", "other engine"])
def test_a_backup_that_is_not_whole_is_refused_before_anything_is_touched(
    lived_in, places, harm
) -> None:
    folder = saved(places)
    media = next(path for path in (folder / "files").rglob("*") if path.is_file())
    if harm == "changed":
        media.write_bytes(b"noget andet")
    elif harm == "missing":
        media.unlink()
    elif harm == "added":
        (folder / "mere.txt").write_text("x")
    elif harm == "no manifest":
        (folder / "manifest.json").unlink()
    else:
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["engine"] = "oracle"
        (folder / "manifest.json").write_text(json.dumps(manifest))
    lived_in.title = "Er her endnu"
    lived_in.save()
    with pytest.raises(CommandError):
        call_command("restore", str(folder), "--replace")
    assert Plan.objects.get().title == "Er her endnu"


def test_a_version_changed_in_the_backup_is_told(lived_in, places, capsys) -> None:
    VersionBlock.objects.filter(kind="paragraph").update(digest="0" * 64)
    folder = saved(places)
    with pytest.raises(SystemExit):
        call_command("restore", str(folder), "--replace")


def test_a_file_the_rows_name_and_that_is_gone_is_told(lived_in, places, capsys) -> None:
    shutil.rmtree(conf.MEDIA_ROOT)
    with pytest.raises(SystemExit):
        saved(places)
    assert "findes ikke på disken" in capsys.readouterr().err


def written(told: int) -> None:
    """Write rows for ever, and acknowledge each once it is stored."""
    number = 0
    while True:
        number += 1
        ReservedSlug.objects.create(scope="last", slug=f"n-{number}", owner=uuid.uuid4())
        os.write(told, f"{number}\n".encode())


def test_a_backup_under_write_has_every_row_acknowledged_before_it_began(places) -> None:
    connection.close()
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        try:
            written(told)
        finally:
            os._exit(1)
    os.close(told)
    try:
        acknowledged = 0
        while acknowledged < 40:
            lines = os.read(heard, 4096)
            assert lines, "the writer has ended"
            acknowledged += lines.count(b"\n")
        folder = saved(places)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(heard)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["rows"][ReservedSlug._meta.db_table] >= acknowledged


def test_naive_control_a_copy_of_the_file_misses_rows(tmp_path) -> None:
    """What lies in the journal is not in the file; SQLite's own backup has it."""
    with closing(sqlite3.connect(tmp_path / "live.sqlite3", isolation_level=None)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE told (number INTEGER)")
        live.executemany("INSERT INTO told VALUES (?)", [(number,) for number in range(142)])
        shutil.copy(tmp_path / "live.sqlite3", tmp_path / "naive.sqlite3")
        with closing(sqlite3.connect(tmp_path / "whole.sqlite3")) as whole:
            live.backup(whole, pages=-1)
            assert whole.execute("SELECT COUNT(*) FROM told").fetchone() == (142,)
    with closing(sqlite3.connect(tmp_path / "naive.sqlite3")) as naive:
        tables = naive.execute("SELECT name FROM sqlite_master").fetchall()
        assert not tables or naive.execute("SELECT COUNT(*) FROM told").fetchone() < (142,)


def test_pages_kept_before_a_restore_are_none_of_those_after_it(lived_in, places) -> None:
    before = public_mark(at=clock.now())
    folder = saved(places)
    call_command("restore", str(folder), "--replace")
    assert public_mark(at=clock.now()) != before


def test_nobody_is_signed_in_after_a_restore(lived_in, places, client) -> None:
    client.force_login(User.objects.get(email=ADDRESS))
    assert Session.objects.exists()
    folder = saved(places)
    call_command("restore", str(folder), "--replace")
    assert not Session.objects.exists()
    assert client.get("/arbejde/")["Location"].startswith("/konto/log-ind/")


def wrong_in(place: str) -> Any:
    """What breaks one part of a backup, as a full disk does."""

    def full(*given: Any, **more: Any) -> None:
        raise OSError(28, "No space left on device")

    return mock.patch(f"kommuneplan.core.backup.{place}", full)


@pytest.mark.parametrize(
    "part", ["saving.shutil.copyfileobj", "saving.digests", "saving.applied", "manifest.flush"]
)
def test_a_part_that_fails_is_told_by_the_exit_code_and_leaves_nothing_that_looks_whole(
    lived_in, places, settings, part
) -> None:
    settings.BACKUP_ROOT = places / "kopier"
    with wrong_in(part), pytest.raises(CommandError, match="No space left"):
        call_command("backup")
    assert [*(places / "kopier").iterdir()] == []
    (places / "disk").mkdir()  # where a disk of its own is mounted
    with wrong_in(part), pytest.raises(CommandError):
        call_command("backup", str(places / "disk"))
    assert not (places / "disk" / "manifest.json").exists()


@pytest.mark.slow  # it is begun three times
def test_the_exit_code_of_the_program_is_true(lived_in, places) -> None:
    connection.close()
    command = [sys.executable, str(conf.BASE_DIR / "manage.py"), "backup"]
    around = {**os.environ, "DATABASE_URL": database_url(), "MEDIA_ROOT": str(conf.MEDIA_ROOT)}
    around["BACKUP_ROOT"] = str(places / "kopier")
    assert subprocess.run(command, env=around, capture_output=True).returncode == 0
    shutil.rmtree(conf.MEDIA_ROOT)
    assert subprocess.run(command, env=around, capture_output=True).returncode == 1
    shutil.rmtree(places / "kopier")
    (places / "kopier").write_text("a file where the folder should be")
    assert subprocess.run(command, env=around, capture_output=True).returncode == 1


def test_what_is_deleted_while_it_is_saved_is_not_missed(lived_in, places, monkeypatch) -> None:
    """Drafts are forgotten all day; their files go with their rows."""
    going = StoredFile.keep("kladde.txt", b"Glemt om lidt", "text/plain")
    whole = saving.saver

    class Meanwhile:
        def save(self, folder: Path) -> Any:
            rows = whole().save(folder)
            going.content.delete(save=False)
            going.delete()
            return rows

    monkeypatch.setattr(saving, "saver", Meanwhile)
    folder = saved(places)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["missing"] == [] and len(manifest["files"]) >= 2


def test_a_file_that_no_row_names_yet_is_not_half_saved(lived_in, places) -> None:
    (Path(conf.MEDIA_ROOT) / "half-written").write_bytes(b"x")
    assert not (saved(places) / "files" / "half-written").exists()


def test_the_newest_stay(lived_in, places, settings) -> None:
    settings.BACKUP_ROOT = places / "kopier"
    (places / "kopier" / "of-others").mkdir(parents=True)
    for day in range(4):
        with time_machine.travel(clock.now() + dt.timedelta(days=day)):
            call_command("backup", keep=2)
    left = sorted(path.name for path in (places / "kopier").iterdir())
    assert len(left) == 3 and left[-1] == "of-others"
    assert [folder for _told, folder in whole_in(places / "kopier")][-1].name == left[1]


def test_without_a_place_it_asks_for_one(settings) -> None:
    settings.BACKUP_ROOT = None
    with pytest.raises(CommandError, match="BACKUP_ROOT"):
        call_command("backup")
