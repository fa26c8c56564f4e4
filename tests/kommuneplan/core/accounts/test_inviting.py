"""Invitations: sent, looked at, used once, taken back, run out."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kommuneplan import clock
from kommuneplan.core.accounts.actions.inviting import InvitationNotOpen, accept, invite
from kommuneplan.core.enums import Role
from kommuneplan.core.mail.sending import send_waiting
from kommuneplan.core.models import Body, Invitation, Membership, User
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
LIST, INVITE = "/arbejde/personer/", "/arbejde/personer/inviter/"
WORDS = {"name": "Nina Ny", "password": "et helt nyt ord"}


@pytest.fixture
def body() -> Body:
    return Body.objects.create(name="Socialudvalget", kind="committee")


@pytest.fixture
def boss(client) -> User:
    user = User.objects.create_user("chef@example.org", "x", name="Chef Prøve")
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def link(client, boss, body) -> str:
    sent = client.post(INVITE, {"email": "Ny@Example.org", "role": "secretary", "body": body.pk})
    assert sent["Location"] == LIST
    send_waiting()
    return re.search(r"https?://[^/]+(/konto/invitation/\S+)", mail.outbox[-1].body)[1]


def test_an_invited_person_sets_name_and_password_and_has_the_role(link, body) -> None:
    guest = Client()
    assert guest.get(link).status_code == 200
    assert guest.get(link).status_code == 200  # a look uses nothing up
    assert mail.outbox[0].to == ["ny@example.org"]
    assert guest.post(link, WORDS)["Location"] == "/konto/log-ind/"
    user = User.objects.get(email="ny@example.org")
    assert user.name == "Nina Ny" and user.has_role(Role.SECRETARY, body) and not user.is_staff
    signed = guest.post(
        "/konto/log-ind/", {"username": "ny@example.org", "password": WORDS["password"]}
    )
    assert signed["Location"] == "/arbejde/"


def test_the_link_is_long_signed_and_not_in_the_database(link) -> None:
    token = link.removeprefix("/konto/invitation/").rstrip("/")
    secret = token.partition(":")[0]
    assert len(secret) >= 32  # 192 bits
    row = Invitation.objects.values().get()
    assert secret not in str(row) and token not in str(row)
    for forged in (secret, f"{secret}:x", token[1:], f"{token}x"):
        assert Client().get(f"/konto/invitation/{forged}/").status_code == 410


def test_it_works_once(link) -> None:
    Client().post(link, WORDS)
    assert Client().get(link).status_code == 410
    assert Client().post(link, {**WORDS, "password": "tyven var her"}).status_code == 410
    assert User.objects.get(email="ny@example.org").check_password(WORDS["password"])


def try_to_accept(number: int, key: int) -> str:
    """One of several who use the same link at once (run in a process of its own)."""
    try:
        accept(
            invitation=Invitation.objects.get(pk=key), name=f"N {number}", password=f"ord {number}"
        )
    except InvitationNotOpen:
        return "closed"
    return "in"


def test_of_several_at_once_one_gets_in(link) -> None:
    key = Invitation.objects.get().pk
    answers = race("tests.kommuneplan.core.accounts.test_inviting:try_to_accept", 3, key)
    assert sorted(answers) == ["closed", "closed", "in"]
    assert Membership.objects.filter(user__email="ny@example.org").count() == 1


def test_it_runs_out_by_itself(link) -> None:
    with time_machine.travel(clock.now() + dt.timedelta(days=14, seconds=1)):
        assert Client().get(link).status_code == 410
        assert Client().post(link, WORDS).status_code == 410
    assert not User.objects.filter(email="ny@example.org").exists()
    with time_machine.travel(clock.now() + dt.timedelta(days=13, hours=23)):
        assert Client().get(link).status_code == 200


def test_it_can_be_taken_back(client, link) -> None:
    row = Invitation.objects.get()
    assert client.post(f"{LIST}invitationer/{row.uid}/tag-tilbage/")["Location"] == LIST
    assert Client().post(link, WORDS).status_code == 410
    assert "ny@example.org" not in client.get(LIST, follow=True).content.decode().split("<h1>")[1]


def test_a_weak_password_is_refused_and_the_name_is_kept(link) -> None:
    answer = Client().post(link, {"name": "Nina Ny", "password": "123"})
    assert answer.status_code == 422 and 'value="Nina Ny"' in answer.content.decode()
    assert not User.objects.filter(email="ny@example.org").exists()


def test_who_has_an_account_keeps_the_password_and_must_be_signed_in(link, body) -> None:
    holder = User.objects.create_user("ny@example.org", "mit eget ord", name="Nina Ny")
    thief = Client()
    assert "/konto/log-ind/?next=" in thief.post(link, WORDS).content.decode()
    other = User.objects.create_user("bo@example.org", "x", name="Bo")
    thief.force_login(other)
    thief.post(link, WORDS)
    holder.refresh_from_db()
    assert holder.check_password("mit eget ord")
    assert not Membership.objects.filter(user__in=[holder, other]).exists()
    own = Client()
    own.force_login(holder)
    assert own.post(link)["Location"] == "/arbejde/"
    assert holder.has_role(Role.SECRETARY, body)


def test_no_mail_leaves_when_the_row_does_not_stay(boss, body) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        row = Invitation(email="ny@example.org", role=Role.MEMBER, body=body)
        invite(invitation=row, address="https://example.org/TOKEN", by=boss)
        raise RuntimeError
    send_waiting()
    assert mail.outbox == [] and not Invitation.objects.exists()


@pytest.mark.parametrize(("role", "with_body"), [("administrator", True), ("member", False)])
def test_a_role_and_a_body_that_do_not_belong_together(client, boss, body, role, with_body) -> None:
    values = {"email": "ny@example.org", "role": role, "body": body.pk if with_body else ""}
    answer = client.post(INVITE, values)
    assert answer.status_code == 422 and 'value="ny@example.org"' in answer.content.decode()
    assert mail.outbox == []


def test_the_list_asks_as_little_with_three_as_with_one(client, boss, body) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(LIST).status_code == 200
        return len(seen)

    def one_more(number: int) -> None:
        person = User.objects.create_user(f"p{number}@example.org", "x", name=f"P {number}")
        Membership.objects.create(user=person, role=Role.MEMBER, body=body)
        row = Invitation(email=f"n{number}@example.org", role=Role.MEMBER, body=body)
        invite(invitation=row, address="https://example.org/TOKEN", by=boss)

    one_more(1)
    asked()
    few = asked()
    one_more(2)
    one_more(3)
    assert asked() == few


def test_the_admin_invites_by_the_same_action(client, body) -> None:
    User.objects.create_superuser("root@example.org", "x", name="Rod")
    client.force_login(User.objects.get(email="root@example.org"))
    values = {"email": "ny@example.org", "role": "member", "body": body.pk}
    assert client.post("/admin/core/invitation/add/", values).status_code == 302
    send_waiting()
    assert mail.outbox[0].to == ["ny@example.org"]
    link = re.search(r"https?://[^/]+(/konto/invitation/\S+)", mail.outbox[0].body)[1]
    assert Client().post(link, WORDS).status_code == 302
