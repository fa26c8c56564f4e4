"""The page of mails: what did not arrive, and what somebody can do about it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail as outbox
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommuneplan import clock
from kommuneplan.core.accounts.actions.inviting import invite
from kommuneplan.core.enums import Role
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.mail.sending import send_waiting
from kommuneplan.core.models import Body, Invitation, Mail, Membership, User, WorkerBeat

pytestmark = pytest.mark.django_db
PAGE = "/arbejde/mails/"


@pytest.fixture
def body() -> Body:
    return Body.objects.create(name="Socialudvalget", kind="committee")


@pytest.fixture
def boss(client) -> User:
    user = User.objects.create_user("chef@example.org", "x", name="Chef Prøve")
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def invited(address: str, body: Body, by: User, role: Role = Role.MEMBER) -> Mail:
    row = Invitation(email=address, role=role, body=body)
    invite(invitation=row, address="https://example.org/TOKEN", by=by)
    return Mail.objects.get(reference=f"core.invitation:{row.uid}")


def fail(mail: Mail, reason: str = "address") -> Mail:
    mail.next_try, mail.failed_at, mail.reason, mail.tries = None, clock.now(), reason, 1
    mail.save()
    return mail


def test_a_mail_that_failed_is_shown_with_its_reason_and_sent_again(client, boss, body) -> None:
    mail = fail(invited("anna@example.org", body, boss))
    page = client.get(PAGE).content.decode()
    assert "anna@example.org" in page and "Invitation til arbejdsrummet" in page
    assert "Mailserveren siger, at adressen ikke findes." in page
    assert client.post(f"{PAGE}{mail.uid}/send-igen/", follow=True).status_code == 200
    send_waiting()
    assert [message.to for message in outbox.outbox] == [["anna@example.org"]]
    assert "anna@example.org" not in client.get(PAGE).content.decode()


def test_a_corrected_address_gets_the_mail_and_stands_in_the_invitation(client, boss, body) -> None:
    mail = fail(invited("ana@example.org", body, boss))
    assert client.post(f"{PAGE}{mail.uid}/", {"address": "anna"}).status_code == 422
    client.post(f"{PAGE}{mail.uid}/", {"address": "Anna@example.org"})
    send_waiting()
    assert [message.to for message in outbox.outbox] == [["anna@example.org"]]
    assert Invitation.objects.get().email == "anna@example.org"
    assert Invitation.history.filter(email="anna@example.org").exists()


def test_a_mail_that_came_back_is_noted_by_hand(client, boss, body) -> None:
    invited("anna@example.org", body, boss)
    send_waiting()
    unknown = client.post(f"{PAGE}kom-retur/", {"address": "bo@example.org"}, follow=True)
    assert "Vi kender ingen mail" in unknown.content.decode()
    client.post(f"{PAGE}kom-retur/", {"address": "ANNA@example.org"})
    assert "anna@example.org" in mailing.bounced(["anna@example.org"])
    assert "Mailen kom retur" in client.get(PAGE).content.decode()


def test_everything_that_was_given_up_is_sent_again_at_once(client, boss, body) -> None:
    for number in range(2):
        fail(invited(f"n{number}@example.org", body, boss), "server")
    answer = client.post(f"{PAGE}send-igen/", follow=True)
    assert "2 mails er i køen igen." in answer.content.decode()
    assert send_waiting().sent == 2


def test_a_secretary_sees_the_mails_to_members_of_their_own_bodies_alone(
    client, boss, body
) -> None:
    other = Body.objects.create(name="Kulturudvalget", kind="committee")
    theirs = fail(invited("egen@example.org", body, boss))
    for mail in (
        invited("fremmed@example.org", other, boss),
        invited("leder@example.org", body, boss, Role.SECRETARY),
    ):
        fail(mail)
        secretary = User.objects.get_or_create(email="sekr@example.org", defaults={"name": "S"})[0]
        Membership.objects.get_or_create(user=secretary, body=body, role=Role.SECRETARY)
        client.force_login(secretary)
        assert client.get(f"{PAGE}{mail.uid}/").status_code == 404
        assert client.post(f"{PAGE}{mail.uid}/send-igen/").status_code == 404
        mail.refresh_from_db()
        assert mail.failed_at is not None
    page = client.get(PAGE).content.decode()
    assert "egen@example.org" in page
    assert "fremmed@example.org" not in page and "leder@example.org" not in page
    client.post(f"{PAGE}send-igen/")
    assert list(Mail.objects.waiting()) == [theirs]
    client.post(f"{PAGE}kom-retur/", {"address": "fremmed@example.org"})
    assert mailing.bounced(["fremmed@example.org"]) == {}


def test_the_page_says_when_nothing_is_sent(client, boss) -> None:
    assert "har aldrig kørt" in client.get(PAGE).content.decode()
    WorkerBeat.give()
    assert "Der sendes ingen mails" not in client.get(PAGE).content.decode()
    WorkerBeat(pk=1, at=clock.now() - dt.timedelta(minutes=4)).save()
    assert "gav sidst livstegn" in client.get(PAGE).content.decode()


def test_the_page_asks_as_little_with_three_as_with_one(client, boss, body) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PAGE).status_code == 200
        return len(seen)

    fail(invited("n@example.org", body, boss))
    invited("w@example.org", body, boss)
    asked()
    few = asked()
    for number in range(2):
        fail(invited(f"n{number}@example.org", body, boss))
        invited(f"w{number}@example.org", body, boss)
    assert asked() == few


# --- what strangers hold -------------------------------------------------------------------------


def test_an_administrator_sees_what_strangers_hold_and_when_it_is_cleaned(client, boss) -> None:
    silent = " ".join(client.get(PAGE).content.decode().split())
    assert "Der fjernes ikke noget, før programmet kører igen" in silent
    with time_machine.travel(dt.datetime(2027, 5, 4, 10, 20, tzinfo=dt.UTC), tick=False):
        WorkerBeat.give()
        client.force_login(boss)
        page = " ".join(client.get(PAGE).content.decode().split())
    assert "omkring kl. 13.00" in page
    assert "Høringssvar, som ingen har bekræftet</th><td>0 (0 %)</td><td>15000</td>" in page
    assert "Sessioner for folk, der ikke er logget ind" in page


def test_others_who_look_after_mails_do_not(client, boss, body) -> None:
    secretary = User.objects.create_user("sek@example.org", "x", name="Sekretær Prøve")
    Membership.objects.create(user=secretary, role=Role.SECRETARY, body=body)
    client.force_login(secretary)
    assert "fremmede" not in client.get(PAGE).content.decode()
