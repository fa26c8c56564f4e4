"""Giving roles and ending them: who may, what it opens and closes, and from when."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kommuneplan import clock
from kommuneplan.core.accounts.actions.roles import (
    HeldAlready,
    LastAdministrator,
    end_role,
    give_role,
)
from kommuneplan.core.accounts.people_forms import role_key
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Invitation, Membership, User
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/arbejde/personer/"


def person(name: str, role: str = "", body: Body | None = None) -> User:
    user = User.objects.create_user(f"{name}@example.org", "x", name=name.title())
    if role:
        Membership.objects.create(user=user, role=role, body=body, begins=dt.date(2026, 1, 1))
    return user


@pytest.fixture
def body() -> Body:
    return Body.objects.create(name="Socialudvalget", kind="committee")


@pytest.fixture
def other() -> Body:
    return Body.objects.create(name="Teknikudvalget", kind="committee")


@pytest.fixture
def boss(client) -> User:
    user = person("boss", Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def page_of(user: User) -> str:
    return f"{LIST}{user.uid}/"


def end(client, row: Membership, on: str):
    key = role_key(row)
    return client.post(f"{page_of(row.user)}afslut/", {"role": key, f"{key}-on": on})


def today() -> str:
    return clock.today().isoformat()


def test_a_role_ended_today_is_refused_on_the_next_request(client, boss, body) -> None:
    secretary = person("sekretaer", Role.SECRETARY, body)
    at_work = Client()
    at_work.force_login(secretary)
    assert at_work.get(LIST).status_code == 200
    html = client.get(page_of(secretary)).content.decode()
    assert f'value="{today()}"' in html  # offered as the day
    assert end(client, secretary.memberships.get(), today())["Location"] == page_of(secretary)
    assert at_work.get(LIST).status_code == 403
    row = secretary.memberships.get()
    assert row.ends == clock.today() - dt.timedelta(days=1)
    assert row.history.latest().history_user == boss


def test_a_role_ended_later_is_kept_until_then(client, boss, body) -> None:
    secretary = person("sekretaer", Role.SECRETARY, body)
    day = clock.today() + dt.timedelta(days=5)
    end(client, secretary.memberships.get(), day.isoformat())
    at_work = Client()
    at_work.force_login(secretary)
    assert at_work.get(LIST).status_code == 200
    with time_machine.travel(dt.datetime.combine(day, dt.time(0, 30), clock.COPENHAGEN)):
        at_work.force_login(secretary)
        assert at_work.get(LIST).status_code == 403


def test_a_role_that_was_to_begin_later_never_begins(client, boss, body) -> None:
    user = person("ny")
    row = give_role(user=user, role=Role.MEMBER, body=body, by=boss, begins=clock.today())
    end(client, row, today())
    assert not user.memberships.exists()
    assert Membership.history.filter(user=user, history_type="-").get().history_user == boss


def test_ending_what_is_ended_already_moves_nothing(client, boss, body) -> None:
    row = person("gammel", Role.MEMBER, body).memberships.get()
    end_role(membership=row, on=dt.date(2026, 3, 1), by=boss)
    end_role(membership=row, on=dt.date(2026, 9, 1), by=boss)
    row.refresh_from_db()
    assert row.ends == dt.date(2026, 2, 28)
    answer = client.post(f"{page_of(row.user)}afslut/", {"role": "member/findes-ikke/2026-01-01"})
    assert answer.status_code == 302


def test_a_day_that_is_none_is_told_at_the_field(client, boss, body) -> None:
    row = person("en", Role.MEMBER, body).memberships.get()
    answer = end(client, row, "31-02-2026")
    assert answer.status_code == 422
    assert "31-02-2026" in answer.content.decode()
    row.refresh_from_db()
    assert row.ends is None


def test_the_last_administrator_stays(client, boss) -> None:
    answer = end(client, boss.memberships.get(), today())
    assert answer.status_code == 422
    assert client.get(LIST).status_code == 200
    closed = person("lukket", Role.ADMINISTRATOR)
    closed.is_active = False
    closed.save()
    assert end(client, boss.memberships.get(), today()).status_code == 422
    person("anden", Role.ADMINISTRATOR)
    assert end(client, boss.memberships.get(), today()).status_code == 302
    assert client.get(LIST).status_code == 403


def try_to_end(number: int, key: int) -> str:
    """One of two administrators who end each other at once (run in a process of its own)."""
    rows = list(Membership.objects.order_by("pk"))
    try:
        end_role(membership=rows[number], on=clock.today(), by=None)
    except LastAdministrator:
        return "stays"
    return "ended"


def test_two_administrators_who_end_each_other_at_once_leave_one() -> None:
    person("a", Role.ADMINISTRATOR)
    person("b", Role.ADMINISTRATOR)
    assert sorted(race("tests.kommuneplan.core.accounts.test_roles:try_to_end", 2, 0)) == [
        "ended",
        "stays",
    ]


# A secretary


def test_a_secretary_sees_and_ends_the_members_of_the_own_body_alone(client, body, other) -> None:
    client.force_login(person("sekretaer", Role.SECRETARY, body))
    member, stranger = person("medlem", Role.MEMBER, body), person("fremmed", Role.MEMBER, other)
    Membership.objects.create(user=member, role=Role.MEMBER, body=other)
    colleague = person("kollega", Role.SECRETARY, body)
    html = client.get(LIST).content.decode()
    assert "Medlem" in html and "Kollega" in html
    assert "Fremmed" not in html and "Teknikudvalget" not in html
    assert client.get(page_of(stranger)).status_code == 404
    assert "Teknikudvalget" not in client.get(page_of(member)).content.decode()
    assert end(client, stranger.memberships.get(), today()).status_code == 404
    elsewhere = member.memberships.get(body=other)
    assert end(client, elsewhere, today()).status_code == 302  # unknown here: nothing changes
    assert end(client, colleague.memberships.get(), today()).status_code == 403
    assert Membership.objects.filter(ends__isnull=False).count() == 0
    end(client, member.memberships.get(body=body), today())
    assert not member.has_role(Role.MEMBER, body) and member.has_role(Role.MEMBER, other)


def test_when_people_were_last_here_is_for_administrators(client, boss, body) -> None:
    member = person("medlem", Role.MEMBER, body)
    member.last_login = clock.now()
    member.save()
    here = "loggede senest ind", "last signed in"
    assert any(words in client.get(LIST).content.decode() for words in here)
    client.force_login(person("sekretaer", Role.SECRETARY, body))
    assert not any(words in client.get(LIST).content.decode() for words in here)


def test_a_secretary_invites_members_of_the_own_body_and_takes_back_those(
    client, body, other
) -> None:
    client.force_login(person("sekretaer", Role.SECRETARY, body))
    form = {"email": "ny@example.org", "role": "member", "body": body.pk}
    assert client.post(f"{LIST}inviter/", {**form, "role": "secretary"}).status_code == 422
    assert client.post(f"{LIST}inviter/", {**form, "role": "administrator"}).status_code == 422
    assert client.post(f"{LIST}inviter/", {**form, "body": other.pk}).status_code == 422
    assert not Invitation.objects.exists()
    assert client.post(f"{LIST}inviter/", form)["Location"] == LIST
    invitation = Invitation.objects.get()
    away = f"{LIST}invitationer/{invitation.uid}/tag-tilbage/"
    stranger = Client()
    stranger.force_login(person("fremmed", Role.SECRETARY, other))
    assert stranger.post(away).status_code == 404
    assert client.post(away)["Location"] == LIST
    invitation.refresh_from_db()
    assert not invitation.is_open


# Giving


def test_an_administrator_gives_a_role_that_counts_at_once(client, boss, body) -> None:
    user = person("ny")
    at_work = Client()
    at_work.force_login(user)
    assert at_work.get(LIST).status_code == 403
    form = {"role": "secretary", "body": body.slug, "begins": today()}
    assert client.post(f"{page_of(user)}giv-rolle/", form)["Location"] == page_of(user)
    assert at_work.get(LIST).status_code == 200
    again = client.post(f"{page_of(user)}giv-rolle/", form)
    assert again.status_code == 422 and user.memberships.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": ""},
        {"role": "administrator"},
        {"role": "konge"},
        {"begins": ""},
        {"ends": "2020-01-01"},
        {"body": "findes-ikke"},
    ],
)
def test_what_does_not_hold_together_is_told(client, boss, body, wrong) -> None:
    user = person("ny")
    form = {"role": "member", "body": body.slug, "begins": today(), **wrong}
    assert client.post(f"{page_of(user)}giv-rolle/", form).status_code == 422
    assert not user.memberships.exists()


def try_to_give(number: int, key: int) -> str:
    """One of several who give the same role at once (run in a process of its own)."""
    days = dt.timedelta(days=number)
    try:
        give_role(
            user=User.objects.get(),
            role=Role.MEMBER,
            body=Body.objects.get(),
            by=None,
            begins=clock.today() + days,
        )
    except HeldAlready:
        return "held"
    return "given"


def test_the_same_role_is_given_once(body) -> None:
    person("ny")
    assert sorted(race("tests.kommuneplan.core.accounts.test_roles:try_to_give", 4, 0)) == [
        "given",
        "held",
        "held",
        "held",
    ]


def test_one_or_three_people_take_as_many_queries(client, boss, body) -> None:
    counts = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            person(name, Role.MEMBER, body)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert transaction.get_autocommit()
