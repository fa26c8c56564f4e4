"""People, bodies, meetings and addresses: what the database itself refuses."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from kommuneplan.core.enums import Role
from kommuneplan.core.models import (
    Body,
    BodyTerm,
    Meeting,
    Membership,
    Municipality,
    ReservedSlug,
    StoredFile,
    User,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return Body.objects.create(name="Børne- og Ungdomsudvalget", kind="committee")


@pytest.fixture
def user():
    return User.objects.create_user("Sekretaer@Example.org", "et langt kodeord", name="Sekretær")


def refused(model, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**fields)


def test_there_is_one_municipality():
    Municipality.objects.create(pk=1, name="Københavns Kommune")
    refused(Municipality, pk=2, name="En anden")


def test_before_set_up_the_municipality_has_defaults_only():
    assert Municipality.current().name == "Kommunen"
    assert not Municipality.objects.exists()


def test_an_address_is_known_whatever_its_capitals(user):
    assert user.email == "sekretaer@example.org"
    assert User.objects.get_by_natural_key("SEKRETAER@example.ORG") == user
    refused(User, email="SEKRETAER@example.org", name="En anden")


def test_passwords_are_in_no_history(user):
    assert not hasattr(user.history.get(), "password")


def test_a_role_holds_from_its_first_to_its_last_day(user, body):
    Membership.objects.create(
        user=user,
        body=body,
        role=Role.SECRETARY,
        begins=dt.date(2026, 1, 1),
        ends=dt.date(2026, 6, 30),
    )
    for instant, held in [
        ("2025-12-31T22:59:59Z", False),
        ("2025-12-31T23:00:00Z", True),  # midnight in Copenhagen
        ("2026-06-30T21:59:59Z", True),
        ("2026-06-30T22:00:00Z", False),
    ]:
        with time_machine.travel(instant, tick=False):
            again = User.objects.get(pk=user.pk)
            assert again.has_role(Role.SECRETARY, body) is held
            assert not again.has_role(Role.MEMBER, body)


def test_only_the_administrator_belongs_to_no_body(user, body):
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    refused(Membership, user=user, role=Role.SECRETARY)
    refused(Membership, user=user, role=Role.ADMINISTRATOR, body=body, begins=dt.date(2020, 1, 1))


def test_days_stand_in_order(user, body):
    late, early = dt.date(2026, 2, 1), dt.date(2026, 1, 1)
    refused(Membership, user=user, body=body, role=Role.MEMBER, begins=late, ends=early)
    refused(BodyTerm, body=body, begins=late, ends=early)
    refused(Meeting, body=body, date=early, papers_due=late)


def test_bodies_stand_in_danish_order_and_have_addresses(body):
    Body.objects.create(name="Økonomiudvalget", kind="finance")
    Body.objects.create(name="Ældrerådet", kind="advisory")
    assert [b.name for b in Body.objects.all()] == [
        "Børne- og Ungdomsudvalget",
        "Ældrerådet",
        "Økonomiudvalget",
    ]
    assert body.slug == "boerne-og-ungdomsudvalget"


def test_the_papers_are_due_the_bodys_days_before_the_meeting_unless_it_says_otherwise(body):
    meeting = Meeting.objects.create(body=body, date=dt.date(2026, 3, 18))
    assert meeting.papers_due_on == dt.date(2026, 3, 4)
    meeting.papers_due = dt.date(2026, 3, 10)
    assert meeting.papers_due_on == dt.date(2026, 3, 10)


def test_an_address_once_used_is_never_free_again(body):
    assert ReservedSlug.free("body", "Børne- og Ungdomsudvalget") == "boerne-og-ungdomsudvalget-2"
    with pytest.raises(ValueError, match="already"):
        ReservedSlug.reserve("body", body.slug, User().uid)


def test_a_stored_file_lies_under_its_digest_without_its_name():
    stored = StoredFile.keep("Høring med 010203-1234.txt", b"abc", "text/plain")
    assert stored.sha256.startswith("ba7816bf")
    assert "1234" not in stored.content.name
    assert stored.content.read() == b"abc"
