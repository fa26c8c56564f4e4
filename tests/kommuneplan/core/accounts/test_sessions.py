"""Who has not signed in has a small session, a short one, and not one for each request."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from kommuneplan.core import strangers
from kommuneplan.core.accounts.session_store import SessionStore, SessionTooLarge
from kommuneplan.core.models import User
from kommuneplan.core.privacy import terms
from tests.consultations.answers import begun
from tests.consultations.round_factories import a_round

pytestmark = pytest.mark.django_db
LOGIN, PASSKEY, DESK = "/konto/log-ind/", "/konto/log-ind/adgangsnoegle/", "/arbejde/"
SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
NOW = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC)


def largest() -> int:
    return max((len(row.session_data) for row in Session.objects.all()), default=0)


def typed_when_signed_out(client: Client, words: str) -> str:
    page = client.post("/konto/adgangskode/", {"old_password": words})
    return re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]


def long_text() -> str:
    """A text that cannot be pressed together: some 200 kB."""
    import hashlib

    return "".join(hashlib.sha256(str(one).encode()).hexdigest() for one in range(3_000))


def test_all_that_strangers_do_leaves_sessions_of_less_than_4_kb(client, settings):
    """Every way on which a session is begun without signing in, and those on which none is."""
    settings.CONSULTATION_PROOF_BITS = 4
    round = a_round()
    address = begun(client, round)
    for page in ("/", "/planer/", "/kalender/", "/hoeringer/", f"/hoeringer/{round.slug}/", address,
                 f"{address}send/", DESK, LOGIN, "/konto/glemt-adgangskode/"):  # fmt: skip
        client.get(page)
    client.post("/konto/glemt-adgangskode/", {"email": "x@example.org"})
    assert not Session.objects.exists()  # reading and answering needs none
    for _again in range(12):
        client.get(PASSKEY, **SCRIPT)
        client.post(LOGIN, {"login": "x@example.org", "password": "y", "next": "/" + "a" * 3_000})
    for words in ("kort", long_text()):
        client.post(LOGIN, {"kept": typed_when_signed_out(client, words), "elsewhere": "1"})
    assert Session.objects.exists()
    assert largest() < 4_000 == settings.ANONYMOUS_SESSION_BYTES


def test_more_than_that_is_kept_for_nobody(client):
    store = SessionStore()
    store["words"] = long_text()
    with pytest.raises(SessionTooLarge):
        store.save()
    small = SessionStore()
    small.create()
    small["words"] = long_text()
    with pytest.raises(SessionTooLarge):
        small.save()
    assert largest() < 4_000


def test_a_long_form_waits_in_its_page_and_nothing_typed_is_lost(client):
    words = long_text()
    kept = typed_when_signed_out(client, words)
    page = client.post(LOGIN, {"kept": kept, "elsewhere": "1"}).content.decode()
    assert "Log ind i et andet vindue" in page
    assert not Session.objects.exists()
    waiting = re.search(r'name="kept" value="([^"]+)"', page)[1]
    assert 'href="/konto/log-ind/?next=' in page
    client.force_login(User.objects.create_user("ida@example.org", "x", name="Ida"))
    after = client.post(LOGIN, {"kept": waiting, "elsewhere": "1"}).content.decode()
    assert words in after and "Send det, jeg skrev" in after


def test_a_session_without_anybody_is_over_after_two_hours_and_a_persons_is_not(client):
    with time_machine.travel(NOW, tick=False) as traveller:
        client.get(PASSKEY, **SCRIPT)
        person = Client()
        person.force_login(User.objects.create_user("ida@example.org", "x", name="Ida"))
        assert Session.objects.count() == 2
        traveller.shift(dt.timedelta(hours=2, minutes=1))
        terms.enforce()
        assert [row.session_key for row in Session.objects.all()] == [person.session.session_key]


def test_of_too_many_the_oldest_without_anybody_give_way(client, settings):
    settings.STRANGERS = {**settings.STRANGERS,
                          "all": {**settings.STRANGERS["all"], "sessions": 2}}  # fmt: skip
    keys = []
    with time_machine.travel(NOW, tick=False) as traveller:
        client.force_login(User.objects.create_user("ida@example.org", "x", name="Ida"))
        for _number in range(4):
            other = Client()
            other.get(PASSKEY, **SCRIPT)
            keys.append(other.session.session_key)
            traveller.shift(dt.timedelta(minutes=1))
        left = set(Session.objects.values_list("session_key", flat=True))
        assert left == {client.session.session_key, *keys[-2:]}
        assert {one.kind: one.held for one in strangers.budgets()}["sessions"] == 2
