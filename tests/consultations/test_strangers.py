"""Doors tried with the wrong key: one thing's address under another's, tokens that lead nowhere,
words nobody may read, and pages that write when they are only looked at."""

from __future__ import annotations

import re
import uuid
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern

from consultations.answering import urls as answering
from consultations.enums import Ground
from consultations.handling import urls as handling
from consultations.models import OriginalRead, Response
from consultations.parties import urls as parties
from consultations.parties.actions import invitations
from consultations.public import urls as public
from consultations.reports import urls as reports
from consultations.review import urls as review
from consultations.review.actions import redacting, reviewing
from consultations.rounds import urls as rounds
from kommuneplan import clock
from kommuneplan.core.models import Municipality, User
from tests.consultations.answer_household import Answered
from tests.consultations.answers import SECRET, a_draft
from tests.consultations.handled import a_closed_round, a_remark, handler
from tests.consultations.household import Consulted
from tests.consultations.remark_household import Handled
from tests.consultations.reported import Reported
from tests.consultations.response_household import Received
from tests.consultations.round_factories import (
    DAY,
    a_party,
    a_response,
    a_round,
    an_invitation,
    sent_out,
)

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]  # walks the same lines for each case
CANARY = "Kanariefuglenqx"
INSIDE = ("answer-council", "response-register")  # where one answers signed in
EVIL = "<img src=x onerror=alert(1)>\"'{{7*7}}"


def names(patterns: list[URLPattern]) -> list[str]:
    return [f"consultations:{one.name}" for one in patterns]


ROUNDS = [one for one in names([*rounds.urlpatterns, *parties.urlpatterns]) if ":round-" in one]
ANSWERS = [
    *names([one for one in public.urlpatterns if one.name.startswith("hearing")]),
    *names([one for one in answering.urlpatterns if not one.name.startswith(INSIDE)]),
]
WORK = {
    "household": (Consulted, ROUNDS),
    "remarks": (Handled, names(handling.urlpatterns)),
    "responses": (
        Received,
        [*names(review.urlpatterns), "consultations:response-register"],
    ),
    "reports": (
        lambda version: Reported(a_round(version=version)),
        [one for one in names(reports.urlpatterns) if "-shown" not in one],
    ),
}


@contextmanager
def writing_nothing():
    """Fails when a row is written; sessions, and that somebody read originals, are noted."""
    told = OriginalRead._meta.db_table

    def look(execute, sql, params, many, context):
        word = sql.lstrip().split(" ", 1)[0].upper()
        allowed = "django_session" in sql or told in sql
        assert word not in {"INSERT", "UPDATE", "DELETE"} or allowed, sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield


# --- one thing's address under another's ---------------------------------------------------------


@pytest.mark.parametrize("area", WORK)
def test_a_thing_of_another_round_is_not_there(client, area):
    """Both rounds are of one plan, whose secretary may do everything with both."""
    kind, routes = WORK[area]
    version = sent_out()
    other, mine = kind(version), a_round(version=version, title="Min egen")
    client.force_login(handler(mine))
    tried = 0
    for route in routes:
        address = other.address(route)
        key = f"/hoeringer/{other.round.uid}/"
        rest = address.partition(key)[2]
        if not any(char.isdigit() for char in rest) or "standardsvar/" in rest:
            continue  # names the round alone, or what belongs to the body
        tried += 1
        there = address.replace(key, f"/hoeringer/{mine.uid}/")
        assert client.get(there).status_code in {404, 405}, there
        assert client.post(there, {"seen": "1"}).status_code in {404, 405}, there
    assert tried >= 3


@pytest.mark.slow  # every page of the workspace
@pytest.mark.parametrize("area", WORK)
def test_looking_writes_nothing(client, area):
    kind, routes = WORK[area]
    other = kind(sent_out())
    client.force_login(handler(other.round))
    with writing_nothing():
        for route in routes:
            assert client.get(other.address(route)).status_code in {200, 302, 404, 405}, route


def test_a_mail_program_that_follows_links_changes_nothing(client):
    house = Answered(sent_out())
    with writing_nothing():
        for route in ANSWERS:
            assert client.get(house.address(route)).status_code in {200, 302}, route
            client.head(house.address(route))


# --- tokens --------------------------------------------------------------------------------------


def test_each_secret_opens_its_own_door_alone(client):
    house = Answered(sent_out())
    draft, receipt, token = SECRET, house.sent.secret, house.invitation.token
    for door, fitting in (("kladde", draft), ("kvittering", receipt), ("invitation", token)):
        for secret in (draft, receipt, token, token.partition(":")[0], house.draft.digest, "x"):
            expected = 200 if secret == fitting else 404
            assert client.get(f"/hoeringer/{door}/{secret}/").status_code == expected


@pytest.mark.parametrize("how", ["revoke", "take_off"])
def test_a_link_that_was_taken_back_opens_nothing(client, how):
    round = a_round()
    row = an_invitation(round)
    later = row.further_link(clock.now())
    if how == "revoke":
        invitations.revoke_link(invitation=row, by=None)
    else:
        invitations.take_off(invitation=row, reason="Fejl", by=None)
    for token in (row.token, later):
        for rest in ("", "svar/", "send/", f"materiale/{uuid.uuid4()}/"):
            address = f"/hoeringer/invitation/{token}/{rest}"
            assert client.get(address).status_code == 404
            assert client.post(address, {"none": "1", "text": "x"}).status_code in {404, 405}
    assert not Response.objects.exists()


# --- words nobody may read -----------------------------------------------------------------------


def a_round_full_of_secrets() -> tuple:
    """A closed round in which one response is shown with a word taken out and a protected name,
    and everything else must not be read; and rounds that strangers do not know of."""
    version, now = sent_out(), clock.now()
    Municipality.objects.update_or_create(
        pk=1, defaults={"name": "Eksempel Kommune", "shows_private_names": True}
    )
    round = a_round(version=version, opens=now - 9 * DAY, closes=now - DAY)
    told = {"names_public": True, "received": now - 2 * DAY}
    shown = a_response(
        round, name=CANARY, is_protected=True, text=f"Godt {CANARY} nok.", role=CANARY,
        email=f"{CANARY}@example.org", **told,
    )  # fmt: skip
    redacting.take_out_words(
        response=shown, seen=shown.newest, wanted=CANARY, ground=Ground.OTHER, words="x", by=None
    )
    reviewing.clear(response=shown, by=None)
    hidden = a_response(round, text=CANARY, name=CANARY, **told)
    reviewing.hide(response=hidden, reason=CANARY, by=None)
    gone = a_response(round, text=CANARY, name=CANARY, withdrawn_at=now, **told)
    a_response(round, text=CANARY, name=CANARY, **told)
    late = a_response(round, text=CANARY, name=CANARY, is_late=True, **told)
    reviewing.decide_late(response=late, decision="refused", reason=CANARY, by=None)
    unknown = [
        a_round(version=version, announced=False, title=CANARY),
        a_round(version=version, public=False, is_internal=True, title=CANARY),
        a_round(version=version, public=False, title=CANARY),
    ]
    for other in unknown:
        reviewing.clear(response=a_response(other, text=CANARY), by=None)
    party = a_party("Ældrerådet", email=f"{CANARY}@example.org", note=CANARY)
    an_invitation(round, party, contact_name=CANARY)
    assert gone.withdrawn_at
    return round, unknown


def test_a_word_that_nobody_may_read_is_on_no_public_page(client):
    round, unknown = a_round_full_of_secrets()
    slug, plan = round.slug, round.plan.slug
    pages = [
        "/", "/planer/", f"/planer/{plan}/", "/kalender.ics", "/aarshjul/", "/hoeringer/",
        f"/hoeringer/?q={CANARY}", f"/planer/?q={CANARY}", f"/hoeringer/{slug}/",
        f"/hoeringer/{slug}/?side=2", f"/hoeringer/{slug}/svar/", f"/hoeringer/{slug}/notat/",
        *(f"/hoeringer/{slug}/svar/{number}/" for number in range(1, 7)),
    ]  # fmt: skip
    for other in unknown:
        pages += [f"/hoeringer/{other.slug}/{rest}" for rest in ("", "svar/", "notat/", "svar/1/")]
    seen = []
    for address in pages:
        answer = client.get(address)
        text = answer.content.decode().replace(f'value="{CANARY}"', "")
        seen.append((address, answer.status_code))
        assert CANARY.lower() not in text.lower().replace(f"“{CANARY.lower()}”", ""), address
        assert answer.status_code == 404 or not any(other.slug in address for other in unknown)
    assert dict(seen)[f"/hoeringer/{slug}/svar/1/"] == 200
    assert "[fjernet" in client.get(f"/hoeringer/{slug}/svar/1/").content.decode()


def test_the_admin_tells_no_word_that_was_received(client):
    remark = a_remark(a_closed_round(), words=f"Husk {CANARY}.")
    client.force_login(User.objects.create_superuser("admin@example.org", "x"))
    base = "/admin/consultations/remark/"
    event = remark.history.latest().pk
    key = remark.pk
    for page in ("", f"{key}/change/", f"{key}/history/", f"{key}/history/{event}/"):
        answer = client.get(base + page)
        assert answer.status_code == 200, page
        assert CANARY not in answer.content.decode(), page
    searched = client.get(base, {"q": CANARY}).content.decode()
    assert f"{base}{key}/change/" not in searched


# --- words that are markup -----------------------------------------------------------------------


def test_markup_that_people_write_stays_words(client):
    round = a_round(publish_when="cleared", title=EVIL, introduction=EVIL)
    round.letter = f"<p>{EVIL}</p>"
    round.save()
    invitation = an_invitation(round, EVIL, contact_name=EVIL)
    row = a_response(
        round, invitation=invitation, text=EVIL, name=EVIL, organisation=EVIL, role=EVIL,
        received=clock.now(),
    )  # fmt: skip
    reviewing.clear(response=row, by=None)
    draft = a_draft(round, text=EVIL, organisation=EVIL)
    assert draft.text == EVIL
    base = f"/arbejde/planer/{round.plan.slug}/hoeringer/"
    mine = f"{base}{round.uid}/"
    work = Client()
    work.force_login(handler(round))
    work.post(f"{mine}svar/{row.number}/aabn/")
    for who, address in [
        (client, "/"), (client, "/hoeringer/"), (client, f"/hoeringer/?q={EVIL}"),
        (client, f"/hoeringer/{round.slug}/"), (client, f"/hoeringer/{round.slug}/svar/"),
        (client, f"/hoeringer/{round.slug}/svar/{row.number}/"),
        (client, f"/hoeringer/kladde/{SECRET}/"), (client, f"/hoeringer/kladde/{SECRET}/send/"),
        (client, f"/hoeringer/invitation/{invitation.token}/"),
        (client, f"/planer/{round.plan.slug}/"),
        *((work, mine + rest) for rest in (
            "", "parter/", "brev/", "rediger/", "svar/", f"svar/{row.number}/", "svar/aabnet/",
            "bemaerkninger/", "bemaerkninger/svar/", f"bemaerkninger/svar/{row.uid}/",
            f"parter/{invitation.uid}/", "forlaeng/", "journal/", "notat/")),
        (work, base), (work, "/arbejde/"), (work, "/arbejde/hoeringsparter/"),
        (work, f"/arbejde/hoeringsparter/?q={EVIL}"),
    ]:  # fmt: skip
        answer = who.get(address)
        assert answer.status_code in {200, 302}, (address, answer.status_code)
        html = answer.content.decode()
        assert "<img src=x" not in html and '<img src="x"' not in html, address
        assert "onerror=alert(1)>\"'49" not in html


# --- fields that hold what no form of ours sends -------------------------------------------------

HOSTILE = {
    "letters": "x\x00y\u200b\u202e\ud7ff\U0001f600",
    "number": "9" * 10_000,
}


def fields_of(page) -> dict[str, str]:
    """The names of all fields of a page and the values they begin with."""
    if page.status_code != 200 or page.streaming or "html" not in page["Content-Type"]:
        return {}
    found = re.findall(r"<(?:input|textarea|select|button)\b[^>]*>", page.content.decode())
    named = {}
    for tag in found:
        name = re.search(r'\bname="([^"]+)"', tag)
        value = re.search(r'\bvalue="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken" and 'type="file"' not in tag:
            named.setdefault(name[1], value[1] if value else "1")
    return named


@pytest.mark.slow  # every field, with every text
@pytest.mark.parametrize("area", WORK)
def test_no_field_of_the_workspace_breaks_a_page(client, area):
    kind, routes = WORK[area]
    house = kind(sent_out())
    client.force_login(handler(house.round))
    value, number = HOSTILE.values()
    for route in routes:
        address = house.address(route)
        page = client.get(address)
        named = fields_of(page)
        steps = {name: one for name, one in named.items() if name in BUTTONS}
        rest = {name: value for name in named if name not in BUTTONS} | {"seen": number}
        for data in (rest, {**rest, **steps}, {**steps, "number": number, "party": value}):
            assert client.post(address, data).status_code < 500, (route, data)
        assert client.get(address, dict.fromkeys(ASKED, value)).status_code < 500, route


BUTTONS = {"save", "retire", "apart", "done", "join", "back", "clear", "take-back", "all-out"}
ASKED = ("q", "side", "part", "fornyer", "stand", "tema", "afsnit", "ansvarlig", "kategori")


@pytest.mark.slow  # every field, with every text
@pytest.mark.parametrize("what", HOSTILE)
def test_no_field_of_an_answer_breaks_a_page(client, what):
    house = Answered(sent_out())
    value = HOSTILE[what]
    for route in ANSWERS:
        address = house.address(route)
        assert client.get(address, dict.fromkeys((*ASKED, "citat"), value)).status_code < 500
        page = client.get(address)
        named = fields_of(page)
        data = {name: value for name in named if name not in {"none", "withdraw"}}
        for more in ({}, {"review": "1"}, {"mail": "1"}, {"afsnit": value, "marked": value}):
            assert client.post(address, {**data, **more}).status_code < 500, (route, more)
    assert not Response.objects.exclude(pk=house.sent.response.pk).exists()
