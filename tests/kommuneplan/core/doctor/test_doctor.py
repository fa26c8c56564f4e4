"""Every question of ``manage.py doctor``, answered well and badly; and its exit code."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kommuneplan import clock
from kommuneplan.core import virus_scanner
from kommuneplan.core.backup.manifest import Manifest
from kommuneplan.core.doctor import database, examining, files, running, surroundings
from kommuneplan.core.doctor.diagnosis import Diagnosis, Severity, fault, fine
from kommuneplan.core.enums import MailReason, ScanState
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import Mail, Municipality, WorkerBeat

pytestmark = pytest.mark.django_db
OK, WARNING, FAULT = Severity
KEY = "".join(chr(ord("a") + number % 26) for number in range(60))


@pytest.fixture
def installation(settings, tmp_path, monkeypatch) -> Path:
    """A machine on which everything is as it should be."""
    for folder in ("files", "ledger", "backups", "static"):
        (tmp_path / folder).mkdir(mode=0o700)
    settings.DEBUG, settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = False, KEY, []
    settings.SITE_ADDRESS = "https://planer.example.dk"
    settings.ALLOWED_HOSTS = ["planer.example.dk", "127.0.0.1"]
    settings.BEHIND_TLS, settings.TRUSTED_PROXIES = True, 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.ERASURE_LEDGER = tmp_path / "ledger" / "erasures.jsonl"
    settings.BACKUP_ROOT = tmp_path / "backups"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.VIRUS_SCANNER = "tcp://127.0.0.1:3310"
    monkeypatch.setattr(virus_scanner, "scan", lambda data: ScanState.CLEAN)
    monkeypatch.setattr(files, "disk_free", lambda path: 100_000_000_000)
    WorkerBeat.give()
    a_backup(tmp_path / "backups" / "of-last-night", hours=3)
    return tmp_path


def a_backup(folder: Path, hours: float, missing: tuple[str, ...] = ()) -> None:
    """A whole backup, made so many hours ago."""
    folder.mkdir()
    made = clock.now() - dt.timedelta(hours=hours)
    Manifest(made.isoformat(), "sqlite", "dev", [], {}, missing=[*missing]).write(folder)


def asked(question: Callable[[], Diagnosis]) -> Severity:
    """How it is; whatever is not well says what to do."""
    diagnosis = question()
    assert diagnosis.words and bool(diagnosis.remedy) == (diagnosis.level != OK)
    return diagnosis.level


def test_an_installation_in_order_has_no_fault(installation) -> None:
    reached = {"contact_email": "plan@example.org", "contact_phone": "12345678"}
    told = {"name": "Prøve Kommune", "dpo_email": "dpo@example.org", **reached}
    Municipality.objects.update_or_create(pk=1, defaults=told)
    elsewhere = (files.static_files, running.shared_cache)  # asked below, and with a Redis
    own = [one for one in examining.QUESTIONS if one not in elsewhere]
    levels = {diagnosis.subject: diagnosis.level for diagnosis in examining.examine(tuple(own))}
    assert set(levels.values()) == {OK}, levels


@pytest.mark.parametrize(
    ("question", "changed", "level"),
    [
        (surroundings.debug, {"DEBUG": True}, FAULT),
        (surroundings.secret_key, {"SECRET_KEY": "only-for-a-machine-of-ones-own"}, FAULT),
        (surroundings.secret_key, {"SECRET_KEY": "kort"}, FAULT),
        (surroundings.secret_key, {"SECRET_KEY": "ab" * 40}, FAULT),
        (surroundings.secret_key, {"SECRET_KEY_FALLBACKS": ["kort"]}, WARNING),
        (surroundings.site_address, {"SITE_ADDRESS": "http://127.0.0.1:8000"}, FAULT),
        (surroundings.site_address, {"SITE_ADDRESS": "https://localhost"}, FAULT),
        (surroundings.site_address, {"SITE_ADDRESS": "https://[::1]"}, FAULT),
        (surroundings.site_address, {"SITE_ADDRESS": "planer.example.dk"}, FAULT),
        (surroundings.site_address, {"SITE_ADDRESS": "http://planer.example.dk"}, FAULT),
        (surroundings.allowed_hosts, {"ALLOWED_HOSTS": ["*"]}, FAULT),
        (surroundings.allowed_hosts, {"ALLOWED_HOSTS": ["127.0.0.1"]}, FAULT),
        (surroundings.allowed_hosts, {"ALLOWED_HOSTS": [".example.dk"]}, OK),
        (surroundings.proxy, {"BEHIND_TLS": False}, FAULT),
        (surroundings.proxy, {"SECURE_PROXY_SSL_HEADER": None}, FAULT),
        (surroundings.proxy, {"TRUSTED_PROXIES": 0}, FAULT),
        (surroundings.proxy, {"TRUSTED_PROXIES": 2}, OK),
        (surroundings.scanner, {"VIRUS_SCANNER": ""}, WARNING),
        (running.backups, {"BACKUP_ROOT": None}, WARNING),
        (running.backups, {"BACKUP_ROOT": Path("/nowhere/at/all")}, FAULT),
        (running.mails, {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, FAULT),
    ],
)
def test_a_setting_that_is_not_right_is_told(
    installation, settings, question, changed, level
) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    assert asked(question) == level


def test_the_database_answers_or_is_told_to_be_silent(installation) -> None:
    def silent(*given: object) -> None:
        raise OperationalError

    assert asked(database.reachable) == OK
    with connection.execute_wrapper(silent):
        assert asked(database.reachable) == FAULT
        others = [
            diagnosis.level for diagnosis in examining.examine((running.worker, running.mails))
        ]
    assert others == [WARNING, WARNING]  # the fault is told once


def test_migrations_that_wait_and_that_are_not_known_are_told(settings, monkeypatch) -> None:
    settings.MIGRATION_MODULES = {}  # a run of tests may know none
    every = dict.fromkeys(MigrationLoader(None).disk_migrations)

    def with_applied(keys: dict[tuple[str, str], None]) -> Severity:
        monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: keys)
        return asked(database.migrations)

    newest = max(key for key in every if key[0] == "plans")
    assert with_applied({}) == FAULT
    assert with_applied({key: None for key in every if key != newest}) == FAULT
    assert with_applied(every) == OK
    assert with_applied({**every, ("core", "9999_of_tomorrow"): None}) == FAULT
    assert with_applied({**every, ("an_app_that_is_gone", "0001_initial"): None}) == OK


def test_a_table_that_tells_public_pages_nothing_is_told(db) -> None:
    assert asked(database.triggers) == OK
    if connection.vendor == "sqlite":
        drop = "DROP TRIGGER plans_plan_update_tells_public_mark"
        with connection.cursor() as cursor:
            for act in ("insert", "update", "delete"):
                cursor.execute(drop.replace("update", act))
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER tells_public_mark ON plans_plan")
    assert asked(database.triggers) == FAULT
    assert "plans_plan" in database.triggers().words


@pytest.mark.parametrize(("seconds", "level"), [(0, OK), (4, WARNING), (-60, FAULT)])
def test_the_clocks_of_both_agree(installation, seconds, level) -> None:
    with time_machine.travel(clock.now() + dt.timedelta(seconds=seconds)):
        assert asked(database.clocks_agree) == level


def test_static_files_are_collected_and_the_same(installation, settings, tmp_path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text("a")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    assert asked(files.static_files) == FAULT
    call_command("collectstatic", interactive=False, verbosity=0)
    assert asked(files.static_files) == OK
    (source / "a.txt").write_text("changed since")
    later = (tmp_path / "static" / "a.txt").stat().st_mtime + 10
    os.utime(source / "a.txt", (later, later))  # collectstatic compares whole seconds
    assert asked(files.static_files) == FAULT
    call_command("collectstatic", interactive=False, verbosity=0)
    assert asked(files.static_files) == OK
    (source / "b.txt").write_text("b")
    assert asked(files.static_files) == FAULT


@pytest.mark.parametrize(("free", "level"), [(0.4, FAULT), (3, WARNING), (6, OK)])
def test_the_disk_has_room(installation, monkeypatch, free, level) -> None:
    monkeypatch.setattr(files, "disk_free", lambda path: free * 1_000_000_000)
    assert asked(files.disk) == level


@pytest.fixture
def street() -> Iterator[Path]:
    """A folder that everybody on the machine can reach, as those of pytest are not."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("what", ["MEDIA_ROOT", "ERASURE_LEDGER", "BACKUP_ROOT", ".env"])
def test_what_everybody_on_the_machine_can_read_is_told(
    installation, settings, street, what
) -> None:
    place = street / what
    if what.isupper() and what != "ERASURE_LEDGER":
        place.mkdir()
    else:
        place.write_text("x")
    setattr(settings, "BASE_DIR" if what == ".env" else what, street if what == ".env" else place)
    place.chmod(0o755)
    assert asked(files.permissions) == FAULT
    place.chmod(0o700)
    assert asked(files.permissions) == OK
    place.chmod(0o755)
    street.chmod(0o700)
    assert asked(files.permissions) == OK  # nobody comes so far


def test_where_the_house_cannot_write_is_told(installation, settings, tmp_path) -> None:
    (tmp_path / "a-file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "a-file" / "files"
    assert asked(files.permissions) == FAULT
    settings.MEDIA_ROOT = tmp_path / "made" / "by the first file"
    assert asked(files.permissions) == OK
    assert not (tmp_path / "made").exists()  # who only looks leaves no folder behind


def test_a_worker_is_alive(installation) -> None:
    assert asked(running.worker) == OK
    with time_machine.travel(clock.now() + dt.timedelta(minutes=5)):
        assert asked(running.worker) == FAULT
    WorkerBeat.objects.all().delete()
    assert asked(running.worker) == FAULT


def test_a_backup_is_whole_and_of_last_night(installation, settings) -> None:
    assert asked(running.backups) == OK
    settings.BACKUP_ROOT = installation / "others"
    (installation / "others").mkdir()
    assert asked(running.backups) == FAULT
    (installation / "others" / "broken-off").mkdir()
    assert asked(running.backups) == FAULT
    a_backup(installation / "others" / "old", hours=27)
    assert asked(running.backups) == FAULT
    a_backup(installation / "others" / "a", hours=25)  # by its moment, not by its name
    assert asked(running.backups) == OK
    a_backup(installation / "others" / "lacking", hours=1, missing=("ab/abc",))
    assert asked(running.backups) == WARNING


def a_mail(**columns: object) -> None:
    """A mail that waits, for one reason or another."""
    mail = mailing.send(
        to="anna@example.org",
        template="core/password",
        context={"link": mailing.MailLink("https://example.org/x")},
        reference="core.password:1",
    )
    Mail.objects.filter(pk=mail.pk).update(**columns)


@pytest.mark.parametrize(
    ("age", "next_try", "reason", "level"),
    [
        (0, 0, "", OK),
        (60, 5, MailReason.LATER, OK),
        (60, -11, "", FAULT),  # nobody takes it
        (60, 5, MailReason.SERVER, FAULT),
        (60, 5, MailReason.LOGIN, FAULT),
        (60 * 25, 5, MailReason.LATER, WARNING),
    ],
)
def test_mails_flow(installation, age, next_try, reason, level) -> None:
    now = clock.now()
    a_mail(
        created_at=now - dt.timedelta(minutes=age),
        next_try=now + dt.timedelta(minutes=next_try),
        reason=reason,
    )
    assert asked(running.mails) == level


def test_mails_that_were_given_up_are_told_for_a_week(installation) -> None:
    a_mail(next_try=None, failed_at=clock.now(), reason=MailReason.REFUSED)
    assert asked(running.mails) == WARNING
    with time_machine.travel(clock.now() + dt.timedelta(days=8)):
        assert asked(running.mails) == OK


def test_a_scanner_that_does_not_answer_is_told(installation, monkeypatch) -> None:
    def down(data: bytes) -> ScanState:
        raise virus_scanner.ScannerDown

    assert asked(surroundings.scanner) == OK
    monkeypatch.setattr(virus_scanner, "scan", down)
    assert asked(surroundings.scanner) == FAULT


def test_one_question_that_fails_keeps_no_other_from_being_asked() -> None:
    def breaks() -> Diagnosis:
        raise PermissionError("/srv")

    found = list(examining.examine((breaks, surroundings.debug)))
    assert len(found) == 2 and found[0].level == FAULT and "PermissionError" in found[0].words


@pytest.mark.parametrize("well", [True, False])
def test_the_exit_code_tells_of_faults_and_the_words_are_danish(
    monkeypatch, capsys, installation, settings, well
) -> None:
    settings.DEBUG = not well
    monkeypatch.setattr(examining, "QUESTIONS", (surroundings.debug, surroundings.site_address))
    monkeypatch.setattr(examining.examine, "__defaults__", (examining.QUESTIONS,))
    if well:
        call_command("doctor")
    else:
        with pytest.raises(SystemExit) as ended:
            call_command("doctor")
        assert ended.value.code == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == (3 if well else 4)
    assert said[0].startswith("ok" if well else "FEJL")
    assert "DEBUG: " in said[0] and said[-1] == f"Fejl: {int(not well)}."


def test_what_is_well_needs_nothing_done() -> None:
    assert fine("a", "b").remedy == "" and fault("a", "b", "c").remedy == "c"
