"""Signing in and out through the door."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from kommuneplan import clock

pytestmark = pytest.mark.django_db
LOGIN, LOGOUT = "/konto/log-ind/", "/konto/log-ud/"


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create_user("anna@example.org", "sund fornuft", name="Anna A")


def sign_in(client, password: str = "sund fornuft", **more: str):
    return client.post(LOGIN, {"username": "Anna@Example.org", "password": password, **more})


def sign_in_from(client, password: str = "sund fornuft", **where: str):
    given = {"username": "anna@example.org", "password": password}
    return client.post(LOGIN, given, **where)


def test_signing_in_leads_on_to_the_page_asked_for(client, user) -> None:
    asked = client.get(LOGIN, {"next": "/planer/?aar=2026"})
    assert 'value="/planer/?aar=2026"' in asked.content.decode()
    response = sign_in(client, next="/planer/?aar=2026")
    assert (response.status_code, response["Location"]) == (302, "/planer/?aar=2026")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_signing_in_never_leads_to_another_house(client, user, elsewhere) -> None:
    response = sign_in(client, next=elsewhere)
    assert response.status_code == 302
    assert "evil" not in response["Location"] and "javascript" not in response["Location"]


def test_a_wrong_password_is_said_at_the_top_and_the_address_is_kept(client, user) -> None:
    html = sign_in(client, "forkert").content.decode()
    assert "passer ikke sammen" in html
    assert 'value="Anna@Example.org"' in html
    assert "forkert" not in html


def test_the_same_is_said_of_an_unknown_address(client, user) -> None:
    known = sign_in(client, "forkert").content.decode()
    unknown = client.post(LOGIN, {"username": "x@example.org", "password": "forkert"})
    assert "passer ikke sammen" in known
    assert "passer ikke sammen" in unknown.content.decode()


def test_an_empty_form_says_what_is_missing_with_links_to_the_fields(client) -> None:
    html = client.post(LOGIN, {}).content.decode()
    assert '<a href="#id_username">E-mail: Feltet skal udfyldes.</a>' in html
    assert '<a href="#id_password">Adgangskode: Feltet skal udfyldes.</a>' in html


def test_after_eight_failures_signing_in_is_closed_for_a_while(client, user) -> None:
    for _ in range(7):
        assert sign_in(client, "forkert").status_code == 200
    locked = sign_in(client, "forkert")
    assert locked.status_code == 429
    assert "Vent 15 minutter" in locked.content.decode()
    assert sign_in(client).status_code == 429  # the right password does not help now
    shouted = client.post(LOGIN, {"username": "ANNA@example.ORG", "password": "sund fornuft"})
    assert shouted.status_code == 429
    with time_machine.travel(clock.now() + dt.timedelta(minutes=16)):
        assert sign_in(client).status_code == 302


def test_one_persons_failures_close_nothing_for_a_colleague(
    client, user, django_user_model
) -> None:
    django_user_model.objects.create_user("bo@example.org", "sund fornuft", name="Bo B")
    for _ in range(8):
        sign_in(client, "forkert")
    answer = client.post(LOGIN, {"username": "bo@example.org", "password": "sund fornuft"})
    assert answer.status_code == 302


def test_a_strangers_failures_close_nothing_in_a_browser_the_owner_has_used(client, user) -> None:
    assert sign_in(client).status_code == 302
    client.post(LOGOUT)
    stranger = Client()
    for _ in range(8):
        answer = sign_in(stranger, "forkert")
    assert answer.status_code == 429
    assert sign_in(Client()).status_code == 429
    assert sign_in(client).status_code == 302
    mark = client.cookies["kendt"]
    assert mark["httponly"] and mark["path"] == "/konto/" and "anna" not in mark.value


def test_a_known_browser_is_closed_by_its_own_failures(client, user) -> None:
    sign_in(client)
    client.post(LOGOUT)
    for _ in range(8):
        answer = sign_in(client, "forkert")
    assert answer.status_code == 429
    assert sign_in(client).status_code == 429


@pytest.mark.parametrize("mark", ["", "x", "kendt:1:2", "WyJhIl0:1abc:def"])
def test_a_made_up_mark_is_none(client, user, mark) -> None:
    for _ in range(8):
        client.cookies["kendt"] = mark
        answer = sign_in_from(client, "forkert", REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 429


def test_another_persons_mark_is_none(client, user, django_user_model) -> None:
    django_user_model.objects.create_user("bo@example.org", "sund fornuft", name="Bo B")
    client.post(LOGIN, {"username": "bo@example.org", "password": "sund fornuft"})
    client.post(LOGOUT)
    for _ in range(8):
        sign_in(Client(), "forkert")
    assert sign_in(client).status_code == 429


@pytest.mark.parametrize(
    ("first", "then", "is_closed"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one household
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
    ],
)
def test_the_limit_counts_person_and_network(client, user, first, then, is_closed) -> None:
    for _ in range(8):
        sign_in_from(client, "forkert", REMOTE_ADDR=first)
    answer = sign_in_from(client, REMOTE_ADDR=then)
    assert answer.status_code == (429 if is_closed else 302)


def test_behind_a_proxy_it_counts_the_client_and_not_the_proxy(client, user, settings) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(8):
        made_up = f"203.0.113.{number}, 192.0.2.7"  # what stands before is the client's own
        sign_in_from(client, "forkert", HTTP_X_FORWARDED_FOR=made_up)
    assert sign_in_from(client, HTTP_X_FORWARDED_FOR="198.51.100.1, 192.0.2.7").status_code == 429
    assert sign_in_from(client, HTTP_X_FORWARDED_FOR="192.0.2.8").status_code == 302


def test_signing_out_is_a_post(client, user) -> None:
    client.force_login(user)
    assert client.get(LOGOUT).status_code == 405
    assert client.post(LOGOUT)["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_the_sign_in_page_is_never_kept(client) -> None:
    assert "no-store" in client.get(LOGIN)["Cache-Control"]
