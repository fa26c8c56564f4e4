"""Nothing of a stranger's is stored before their browser has worked for it, or they have waited."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from consultations.answering import proof_of_work
from consultations.models import DraftAnswer, ResponseDraft
from kommuneplan.core.models import StoredFile
from tests.consultations.answers import begun, hidden, new_remark, typed
from tests.consultations.round_factories import a_question, a_round, an_invitation, anchors

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def at_noon():
    with (
        time_machine.travel(NOW, tick=False) as traveller,
        override_settings(CONSULTATION_PROOF_BITS=6),
    ):
        yield traveller


def opened(client, round, **fields) -> tuple[str, dict[str, object]]:
    """The page, and what its form sends from a browser that runs no scripts."""
    address = f"/hoeringer/{round.slug}/svar/"
    data = typed(client.get(address).content.decode(), **fields)
    return address, {**data, "proof": "", "page": "", "save": "1"}


def test_a_proof_lets_the_first_word_be_stored_at_once(client):
    begun(client, a_round(), text="Jeg er enig.")
    assert ResponseDraft.objects.get().text == "Jeg er enig."


def test_without_one_nothing_is_stored_and_every_word_comes_back(client):
    round = a_round()
    question = a_question(round)
    answer = f"answers.{question.uid}"
    remark = new_remark(anchors(round)[0], "Hvor ligger det?")
    address, data = opened(client, round, text="Helheden.", **{answer: "Ja."}, **remark)
    page = client.post(address, {**data, "files": SimpleUploadedFile("a.txt", b"Et notat.")})
    html = page.content.decode()
    assert page.status_code == 429
    assert "vent 30 sekunder" in html and "er ikke gemt endnu" in html
    for words in ("Helheden.", "Ja.", "Hvor ligger det?", "Kim Nielsen", "kim@example.org"):
        assert words in html
    assert "Vælg dine filer igen" in html
    assert not ResponseDraft.objects.exists()
    assert not StoredFile.objects.exists()


def test_whoever_runs_no_scripts_waits_half_a_minute_from_when_the_page_was_opened(client, at_noon):
    round = a_round()
    address, data = opened(client, round, text="Helheden.")
    at_noon.shift(29 * SECOND)
    page = client.post(address, data)
    assert "vent 1 sekund," in page.content.decode()
    at_noon.shift(SECOND)
    again = typed(page.content.decode(), save="1") | {"proof": ""}
    assert client.post(address, again).status_code == 302
    assert ResponseDraft.objects.get().text == "Helheden."


def test_a_page_that_was_open_for_days_is_taken(client, at_noon):
    address, data = opened(client, a_round(closes=NOW + dt.timedelta(days=30)), text="Helheden.")
    at_noon.shift(dt.timedelta(days=9))
    assert client.post(address, data).status_code == 302


def test_the_box_for_a_remark_comes_although_nothing_is_stored_yet(client):
    round = a_round()
    address, data = opened(client, round, text="Helheden.", afsnit=anchors(round)[0])
    html = client.post(address, data).content.decode()
    assert 'id="ny-bemaerkning"' in html and "Helheden." in html
    assert not ResponseDraft.objects.exists()


def test_the_script_is_told_and_tries_again(client):
    address, data = opened(client, a_round(), text="Helheden.")
    answer = client.post(address, data, HTTP_ACCEPT="application/json")
    assert answer.status_code == 429
    assert "vent 30 sekunder" in json.loads(answer.content)["said"]
    assert not ResponseDraft.objects.exists()


def test_the_proof_of_another_answer_is_none(client):
    round = a_round()
    address, data = opened(client, round, text="Helheden.")
    other = hidden(client.get(address).content.decode(), "token")
    number = proof_of_work.solve(other)
    while proof_of_work.is_proved(
        str(proof_of_work.subject_of(data["token"])), data["token"], number
    ):
        number = str(int(number) + 1)
    assert client.post(address, {**data, "proof": number}).status_code == 429


def test_whoever_was_invited_by_name_works_for_nothing(client):
    invitation = an_invitation(round := a_round(), "Handicaprådet")
    question = a_question(round)
    address = f"/hoeringer/invitation/{invitation.token}/svar/"
    html = client.get(address).content.decode()
    assert 'name="proof"' not in html
    data = typed(html, save="1", **{f"answers.{question.uid}": "Ja."})
    assert client.post(address, data).status_code == 302
    assert DraftAnswer.objects.get().words == "Ja."
