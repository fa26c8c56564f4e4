"""Erasing a person: the address is nowhere afterwards, and what is kept is told with its ground."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as conf
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from consultations.models import ContactPerson, Party
from kommuneplan.change_reason import because
from kommuneplan.core.accounts.actions.inviting import invite
from kommuneplan.core.enums import Role
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.models import Erasure, Invitation, Mail, StoredFile, User
from kommuneplan.core.privacy import actions as erasure
from kommuneplan.core.privacy import handlers
from kommuneplan.core.privacy.handlers import Person
from kommuneplan.core.privacy.places import ErasureAct
from plans.models import Comment, PlanLead, Section
from tests.test_access import Household

ADDRESS = "sentinel.person@example.org"


@pytest.fixture(autouse=True)
def own_ledger(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    return settings.ERASURE_LEDGER


def everything() -> dict[str, list[str]]:
    """Every column of every table that holds the sentinel, by what lies in the database itself."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if "sentinel" in str(value).lower() and name != "digest":
                        found.setdefault(table, []).append(name)
    return found


def in_files() -> list[Path]:
    files = [path for path in Path(conf.MEDIA_ROOT).rglob("*") if path.is_file()]
    return [path for path in files if b"sentinel" in path.read_bytes()]


def sessions_hold(address: str) -> bool:
    store = import_module(conf.SESSION_ENGINE).SessionStore
    rows = apps.get_model("sessions.Session").objects.all()
    return any(address in str(store().decode(row.session_data)) for row in rows)


@pytest.fixture
def house(db) -> Household:
    """A household in which the person has been a secretary, a writer, a guest and a failure."""
    house = Household()
    person = house.people["secretary"]
    person.email, person.name = ADDRESS, "Sentinel Person"
    person.save()
    with because(f"Aftalt med {ADDRESS}"):
        house.section.title = "Formål og ramme"
        house.section.save()
    Comment.objects.create(section=house.section, text=f"Spørg {ADDRESS.upper()}", author=person)
    Comment.objects.create(section=house.section, text=f"Ikke min{ADDRESS}, ikke {ADDRESS}.dk")
    PlanLead.objects.create(plan=house.plan, user=person)
    invitation = Invitation(email=ADDRESS, role=Role.MEMBER, body=house.body)
    invite(invitation=invitation, address="https://example.org/TOKEN", by=person)
    StoredFile.keep("sentinel.txt", b"sentinel", "text/plain", by=person)
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=house.people["administrator"], content_type=kind, object_id=str(person.pk),
        object_repr=str(person), action_flag=CHANGE, change_message=json.dumps([ADDRESS]),
    )  # fmt: skip
    client = Client()
    client.force_login(person)
    Client().post("/konto/log-ind/", {"username": ADDRESS, "password": "forkert"})
    other = Client()
    other.force_login(house.people["administrator"])
    other.post("/arbejde/personer/inviter/", {"email": ADDRESS, "role": "administrator"})
    return house


def test_the_address_is_nowhere_afterwards(house) -> None:
    before = everything()
    assert {"core_user", "core_historicaluser", "core_mail", "post_office_email"} <= before.keys()
    assert {"core_invitation", "axes_accessattempt", "django_admin_log"} <= before.keys()
    assert in_files() and sessions_hold(ADDRESS)
    told = erasure.erase(address=ADDRESS.title())
    left = everything()
    # another address that only ends or begins with it is somebody else's
    assert set(left) <= {"plans_comment", "plans_historicalcomment"}
    assert not sessions_hold(ADDRESS)
    assert Comment.objects.get(text__startswith="Spørg").text == "Spørg [slettet]"
    assert Comment.objects.filter(author__isnull=False).count() == 0
    assert {one.act for one in told} >= {ErasureAct.ERASE, ErasureAct.REDACT}
    assert all(one.ground.startswith("GDPR art. ") and one.count for one in told)
    assert not User.objects.filter(name="Sentinel Person").exists()


@pytest.mark.django_db(transaction=True)
def test_files_that_nothing_needs_go_and_the_database_file_forgets(house) -> None:
    assert in_files()
    Comment.objects.filter(text__startswith="Ikke").delete()
    Comment.history.filter(text__startswith="Ikke").delete()
    erasure.erase(address=ADDRESS)
    assert not in_files() and not everything()
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        for path in (name, name.with_name(f"{name.name}-wal")):
            assert not path.exists() or ADDRESS.encode() not in path.read_bytes()


def test_a_dry_run_tells_the_same_and_changes_nothing(house, own_ledger, capsys) -> None:
    before = everything()
    call_command("erase_person", ADDRESS, "--dry-run")
    words = capsys.readouterr().out
    assert everything() == before and not own_ledger.exists() and not Erasure.objects.exists()
    assert "Slettes: core.User.email (1) – GDPR art. 6(1)(e)." in words
    assert "Gøres anonymt: plans.Comment.text (1)" in words and "Intet er ændret" in words
    call_command("erase_person", ADDRESS)
    done = capsys.readouterr().out.replace("Slettet:", "Slettes:")
    done = done.replace("Gjort anonymt:", "Gøres anonymt:").replace("Beholdt:", "Beholdes:")
    assert done == words.replace("Intet er ændret (--dry-run).\n", "")


def test_what_is_filed_is_kept_and_told_with_its_ground(house) -> None:
    Section.objects.create(plan=house.plan, title="Kontakt", text=f"<p>{ADDRESS}</p>")
    told = {one.place: one for one in erasure.erase(address=ADDRESS)}
    kept = told["plans.Section.text"]
    assert (kept.act, kept.count) == (ErasureAct.RETAIN, 1) and "art. 17(3)(b)" in kept.ground
    assert ADDRESS in Section.objects.get(title="Kontakt").text


def test_a_party_loses_the_address_and_the_person_who_was_its_contact(house) -> None:
    party = Party.objects.create(name="Naboforeningen", category="association", email=ADDRESS)
    ContactPerson.objects.create(party=party, name="Sentinel Person", email=ADDRESS.upper())
    told = {one.place: one for one in erasure.erase(address=ADDRESS)}
    party.refresh_from_db()
    assert party.name == "Naboforeningen" and "sentinel" not in party.email
    assert told["consultations.ContactPerson"].count == 1
    assert not ContactPerson.objects.exists() and not ContactPerson.history.exists()


def test_an_app_adds_what_is_known_by_the_address_alone(house, monkeypatch) -> None:
    asked: list[Person] = []

    def handler(person: Person) -> list[handlers.ErasureOutcome]:
        asked.append(person)
        return [
            handlers.ErasureOutcome(
                "consultations.Response", ErasureAct.RETAIN, 2, "GDPR art. 17(3)(b)"
            )
        ]

    monkeypatch.setitem(handlers.handlers, "test", handler)
    told = erasure.erase(address="fremmed@example.org")
    assert asked == [Person("fremmed@example.org", None)]
    assert [(one.place, one.count) for one in told] == [("consultations.Response", 2)]


def test_the_ledger_knows_the_person_again_and_says_nobodys_address(house, own_ledger) -> None:
    mailing.send(
        to=ADDRESS, template="core/password", reference="core.password:1",
        context={"link": mailing.MailLink("https://example.org/")},
    )  # fmt: skip
    erasure.erase(address="anden@example.org")
    row = Erasure.objects.get()
    assert row.is_of("ANDEN@example.org") and not row.is_of(ADDRESS)
    wanted = Erasure(digest=erasure.address_digest(ADDRESS, row.salt), salt=row.salt)
    assert erasure.replay([row, wanted]) == 1
    assert not Mail.objects.filter(address=ADDRESS).exists() and "core_user" not in everything()
    assert erasure.replay([wanted]) == 0


def test_what_is_no_address_is_refused(db) -> None:
    with pytest.raises(CommandError, match="mailadresse"):
        call_command("erase_person", "ikke en adresse")
    with pytest.raises(ValueError, match="erases already"):
        handlers.register("core", lambda person: [])


def test_whoever_has_the_erased_address_in_an_open_form_meets_a_conflict(house) -> None:
    party = Party.objects.create(name="Naboforeningen", category="association", email=ADDRESS)
    seen = party.version
    erasure.erase(address=ADDRESS)
    party.refresh_from_db()
    assert party.version > seen
