"""Second factors, forgotten passwords, sessions: each through the door."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client

from kommuneplan import clock
from kommuneplan.core.accounts import attempts
from kommuneplan.core.accounts.browsers import in_words
from kommuneplan.core.enums import Role
from kommuneplan.core.mail.sending import send_waiting
from kommuneplan.core.models import Body, Membership, Municipality, User

pytestmark = pytest.mark.django_db
LOGIN, CODE, SECURITY = "/konto/log-ind/", "/konto/log-ind/kode/", "/konto/sikkerhed/"
WORD = "sund fornuft"


def code_now(secret: str, steps: int = 0) -> str:
    """What a code app shows now (RFC 6238, thirty seconds, six digits)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def user():
    return User.objects.create_user("anna@example.org", WORD, name="Anna A")


@pytest.fixture
def secret(user) -> str:
    made = generate_totp_secret()
    TOTP.activate(user, made)
    return made


def sign_in(client: Client, **more: str):
    return client.post(LOGIN, {"username": "anna@example.org", "password": WORD, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# The second factor


def test_the_password_alone_does_not_open_an_account_with_a_code_app(client, secret) -> None:
    response = sign_in(client, next="/planer/")
    assert (response.status_code, response["Location"]) == (302, CODE)
    assert not is_in(client)
    assert client.get("/arbejde/")["Location"].startswith(LOGIN)
    answer = client.post(CODE, {"code": code_now(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/planer/")
    assert is_in(client)


def test_the_session_key_is_a_new_one_after_signing_in(client, user) -> None:
    client.get("/konto/log-ind/")
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_a_code_counts_once(client, secret) -> None:
    code = code_now(secret)
    sign_in(client)
    assert client.post(CODE, {"code": code}).status_code == 302
    other = Client()
    sign_in(other)
    again = other.post(CODE, {"code": code})
    assert again.status_code == 200 and not is_in(other)
    earlier = other.post(CODE, {"code": code_now(secret, -1)})
    assert earlier.status_code == 200 and not is_in(other)


def test_wrong_codes_close_the_door_to_codes_for_a_while(client, secret) -> None:
    sign_in(client)
    for _ in range(7):
        assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert client.post(CODE, {"code": "000000"}).status_code == 429
    assert client.post(CODE, {"code": code_now(secret)}).status_code == 429
    assert not is_in(client)
    with time_machine.travel(clock.now() + dt.timedelta(minutes=16)):
        late = Client()
        assert sign_in(late).status_code == 302
        assert late.post(CODE, {"code": code_now(secret)}).status_code == 302


def test_a_strangers_wrong_passwords_do_not_close_an_account_with_a_second_factor(
    client, secret
) -> None:
    stranger = Client()
    for _ in range(12):
        answer = stranger.post(LOGIN, {"username": "anna@example.org", "password": "forkert"})
    assert answer.status_code == 429  # says the same as for everybody
    assert sign_in(client).status_code == 302
    assert client.post(CODE, {"code": code_now(secret)}).status_code == 302
    assert is_in(client)


def test_very_many_do(client, secret, monkeypatch) -> None:
    monkeypatch.setattr(attempts, "FAR_TOO_MANY", 10)
    for _ in range(10):
        client.post(LOGIN, {"username": "anna@example.org", "password": "forkert"})
    assert sign_in(client).status_code == 429


def test_a_recovery_code_opens_once(client, user, secret) -> None:
    codes = RecoveryCodes.activate(user).get_unused_codes()
    sign_in(client)
    assert client.post(CODE, {"code": codes[0]}).status_code == 302 and is_in(client)
    other = Client()
    sign_in(other)
    assert other.post(CODE, {"code": codes[0]}).status_code == 200 and not is_in(other)


def test_the_secret_of_a_code_app_is_not_readable_in_the_database(secret) -> None:
    assert secret not in json.dumps(Authenticator.objects.get().data)


def test_setting_up_a_code_app_asks_who_it_is_and_gives_recovery_codes(client, user) -> None:
    sign_in(client)
    asked = client.get("/konto/sikkerhed/kode-app/")
    assert asked["Location"].startswith("/konto/bekraeft/?next=")
    assert client.post(asked["Location"], {"password": "forkert"}).status_code == 200
    there = client.post(asked["Location"], {"password": WORD})
    assert there["Location"] == "/konto/sikkerhed/kode-app/"
    page = client.get(there["Location"]).content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    assert base64.b32decode(secret)
    wrong = client.post(there["Location"], {"code": "12"})
    assert wrong.status_code == 200 and not Authenticator.objects.exists()
    shown = code_now(secret)
    done = client.post(there["Location"], {"code": f"{shown[:3]} {shown[3:]}"})
    assert done["Location"] == "/konto/sikkerhed/koder/"
    codes = client.get(done["Location"]).content.decode()
    assert codes.count("<li>") >= 10
    assert Authenticator.objects.filter(user=user).count() == 2
    gone = client.post("/konto/sikkerhed/kode-app/fjern/")
    assert gone["Location"] == SECURITY
    assert not Authenticator.objects.exists()


def test_nobody_removes_anothers_passkey(client, user) -> None:
    other = User.objects.create_user("bo@example.org", WORD, name="Bo")
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "b"})
    sign_in(client)
    client.post("/konto/bekraeft/", {"password": WORD})
    assert client.post(f"/konto/sikkerhed/noegler/{key.pk}/fjern/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


# Who must have one


@pytest.fixture
def strict() -> Municipality:
    return Municipality.objects.create(pk=1, name="Prøve", require_second_factor=True)


@pytest.mark.parametrize(
    ("role", "must"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.SECRETARY, True),
        (Role.MEMBER, False),
        (Role.COUNCIL_SECRETARY, False),
        (None, False),
    ],
)
def test_who_must_have_a_second_factor_reaches_only_its_set_up(client, user, strict, role, must):
    body = Body.objects.create(name="Udvalget", kind="committee")
    if role:
        held = None if role == Role.ADMINISTRATOR else body
        Membership.objects.create(user=user, role=role, body=held)
    client.force_login(user)
    desk = client.get("/arbejde/")
    if not must:
        assert client.get("/arbejde/", follow=True).status_code == 200
        return
    assert desk["Location"] == SECURITY
    assert client.post("/arbejde/personer/inviter/")["Location"] == SECURITY
    for open_page in (SECURITY, "/konto/adgangskode/", "/", "/planer/", "/was"):
        assert client.get(open_page).status_code == 200, open_page
    TOTP.activate(user, generate_totp_secret())
    assert client.get("/arbejde/").status_code == 200
    Authenticator.objects.filter(type="totp").delete()
    RecoveryCodes.activate(user)  # alone, they are no second factor
    assert client.get("/arbejde/")["Location"] == SECURITY


@pytest.mark.parametrize("kind", ["is_staff", "is_superuser"])
def test_the_admin_asks_for_it_as_well(client, user, strict, kind):
    setattr(user, kind, True)
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert client.get("/admin/")["Location"] == SECURITY
    assert client.get("/admin/core/user/")["Location"] == SECURITY


def test_without_the_setting_nobody_is_asked(client, user):
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    client.force_login(user)
    assert client.get("/arbejde/").status_code == 200


def test_a_role_that_ends_is_refused_on_the_next_request(client, user):
    membership = Membership.objects.create(user=user, role=Role.ADMINISTRATOR, begins="2020-01-01")
    sign_in(client)
    assert client.get("/arbejde/personer/").status_code == 200
    membership.ends = clock.today() - dt.timedelta(days=1)
    membership.save()
    assert client.get("/arbejde/personer/").status_code == 403
    user.is_active = False
    user.save()
    assert client.get("/arbejde/")["Location"].startswith(LOGIN)


# Passwords


def ask_for_link(address: str):
    return Client().post("/konto/glemt-adgangskode/", {"email": address})


def test_asking_for_a_new_password_says_the_same_to_everybody(user, settings) -> None:
    known, unknown = ask_for_link("Anna@Example.org"), ask_for_link("ukendt@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.content == unknown.content
    send_waiting()
    assert [to for message in mail.outbox for to in message.to] == ["anna@example.org"]
    for _ in range(9):
        assert ask_for_link("anna@example.org")["Location"] == known["Location"]
    send_waiting()
    assert len(mail.outbox) == 5  # nobody's box is flooded


def test_the_link_sets_a_password_once_and_opens_no_account_by_itself(client, secret) -> None:
    ask_for_link("anna@example.org")
    send_waiting()
    link = re.search(r"https?://[^/]+(/konto/\S+)", mail.outbox[0].body)[1]
    form = client.get(link)
    page = form["Location"]
    words = {"new_password1": "helt nye ord", "new_password2": "helt nye ord"}
    assert client.post(page, words)["Location"] == LOGIN
    assert not is_in(client)
    signed = client.post(LOGIN, {"username": "anna@example.org", "password": "helt nye ord"})
    assert signed["Location"] == CODE  # the second factor is still asked for
    assert Client().get(link).status_code == 200  # used: says so, and leads to a new one
    assert "/konto/glemt-adgangskode/" in Client().get(link).content.decode()


def test_a_new_password_ends_the_other_sessions(client, user) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    before = client.session.session_key
    words = {"old_password": WORD, "new_password1": "ny og bedre", "new_password2": "ny og bedre"}
    assert client.post("/konto/adgangskode/", words)["Location"] == SECURITY
    assert client.session.session_key != before
    assert client.get("/arbejde/").status_code == 200
    assert other.get("/arbejde/").status_code == 302


# Sessions

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def test_where_one_is_signed_in_is_told_in_words_and_ended_everywhere(user) -> None:
    here, there, stranger = Client(HTTP_USER_AGENT=FIREFOX), Client(), Client()
    sign_in(here)
    sign_in(there, next="/")
    User.objects.create_user("bo@example.org", WORD, name="Bo")
    stranger.post(LOGIN, {"username": "bo@example.org", "password": WORD})
    html = here.get(SECURITY).content.decode()
    assert html.count("Firefox") == 1 and "Windows" in html
    assert html.count('class="quiet">siden') + html.count('class="quiet">since') == 2
    assert here.post("/konto/sikkerhed/log-ud-overalt/")["Location"] == LOGIN
    assert here.get("/arbejde/").status_code == 302
    assert there.get("/arbejde/").status_code == 302
    assert stranger.get("/arbejde/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "signs"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Safari/604.1", ("Safari", "iPhone")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", ("Edge", "Windows")),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36", ("Chrome", "Android")),
    ],
)
def test_browsers_in_words(agent, signs) -> None:
    assert all(sign in in_words(agent) for sign in signs)
