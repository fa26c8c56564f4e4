"""A sender's own words and what everybody reads stand apart; withdrawn says withdrawn; what is
private is pointed at before it is sent."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.enums import Ground
from consultations.models import Response, Round
from consultations.models.party import digest_of
from consultations.responses.receipt import receipt_secret
from consultations.review.actions import redacting, reviewing
from kommuneplan import clock
from kommuneplan.core.enums import BodyKind, Role
from kommuneplan.core.models import Municipality
from tests.consultations.answers import a_draft, begun, new_remark, sending, submitted
from tests.consultations.round_factories import (
    a_party,
    a_question,
    a_response,
    a_round,
    an_invitation,
    anchors,
)
from tests.factories import committee, person, secretary

pytestmark = pytest.mark.django_db

CPR = "Mit nummer er 010203-1234, og jeg er enig."


@pytest.fixture
def by():
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Prøve Kommune"})
    return secretary()


def sent(round: Round, **fields: Any) -> Response:
    """A response with a receipt."""
    row = a_response(round, **fields)
    row.digest = digest_of(receipt_secret(row))
    row.save()
    return row


def sides(client: Client, row: Response) -> tuple[str, str]:
    """The sender's own words and what everybody reads, as the receipt says them."""
    page = client.get(reverse("consultations:answer-receipt", args=[receipt_secret(row)]))
    _before, own, public = re.split(r'<section aria-labelledby="(?:mine|public)"', says(page))
    return own, public.partition("</section>")[0]


def says(page: Any) -> str:
    return " ".join(html.unescape(page.content.decode()).split())


# --- the receipt ---------------------------------------------------------------------------------


def test_the_receipt_tells_ones_own_words_and_what_everybody_reads_apart(client, by):
    row = sent(a_round(publish_when="cleared"), text=CPR, name="Kim Nielsen", postcode="2000")
    redacting.take_out_words(
        response=row, seen=row.newest, wanted="010203-1234", ground=Ground.CPR, by=by
    )
    own, public = sides(client, row)
    assert "010203-1234" in own
    assert {"Kim Nielsen", "svar@example.org", "2000"} <= set(re.findall(r"[^<>]+", own))
    assert "010203" not in public
    assert '<span class="taken-out">[fjernet: CPR-nummer]</span>' in public
    assert "Kommunen har fjernet noget" in public
    assert "Intet endnu" in public
    assert "Borger, nr. 1" in public
    row.refresh_from_db()
    reviewing.clear(response=row, by=by)
    own, public = sides(client, row)
    assert "010203-1234" in own
    assert "[fjernet: CPR-nummer]" in public
    assert reverse("consultations:response-shown", args=[row.round.slug, 1]) in public


def test_a_cleared_response_that_waits_for_the_deadline_says_so(client, by):
    row = sent(a_round(publish_when="deadline"))
    reviewing.clear(response=row, by=by)
    _own, public = sides(client, row)
    assert "Det her er, hvad alle kommer til at læse." in public
    assert "når fristen er udløbet" in public


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("withdrawn", "høringssvaret er trukket tilbage"),
        ("hidden", "høringssvaret er skjult for offentligheden"),
        ("refused", "kom efter fristen og ikke indgår"),
    ],
)
def test_what_is_shown_to_nobody_is_told_as_that_and_stays_ones_own(client, by, what, said):
    row = sent(a_round(publish_when="cleared"), is_late=what == "refused", text="Mine ord.")
    if what == "withdrawn":
        Response.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
    elif what == "hidden":
        reviewing.hide(response=row, reason="Kun forvaltningen læser det", by=by)
    else:
        reviewing.decide_late(response=row, decision="refused", reason="For sent", by=by)
    own, public = sides(client, row)
    assert "Mine ord." in own
    assert said in public
    assert "Mine ord." not in public
    assert "Kun forvaltningen" not in own + public


def test_an_internal_round_promises_no_publication(client, by):
    row = sent(a_round(public=False, is_internal=True))
    own, public = sides(client, row)
    assert "Jeg er enig." in own
    assert "Jeg er enig." not in public
    assert "Høringen er intern" in public


# --- withdrawn says withdrawn --------------------------------------------------------------------


def test_a_withdrawn_answer_says_so_on_receipt_invitation_and_lists(client, by):
    round = a_round()
    council = committee("Handicaprådet", kind=BodyKind.COUNCIL)
    row = an_invitation(round, a_party("Handicaprådet", body=council))
    response = sent(round, invitation=row)
    assert "Trukket tilbage" not in says(client.get(receipt(response)))
    assert client.post(receipt(response)).status_code == 302
    assert "Trukket tilbage" in says(client.get(receipt(response)))
    page = says(client.get(f"/hoeringer/invitation/{row.token}/"))
    assert "nummer 1, er trukket tilbage" in page
    assert "er modtaget som nummer" not in page
    assert "sende et nyt høringssvar indtil fristen" in page
    client.force_login(by)
    parties = reverse("consultations:round-parties", args=[round.plan.slug, round.uid])
    assert "Høringssvar nr. 1 er trukket tilbage" in says(client.get(parties))
    journal = reverse("consultations:journal-room", args=[round.plan.slug, round.uid])
    assert "Høringssvar nr. 1, trukket tilbage" in says(client.get(journal))
    client.force_login(person("raad", Role.COUNCIL_SECRETARY, council))
    assert "nummer 1 er trukket tilbage" in says(client.get("/arbejde/hoeringssvar/"))
    assert "nummer 1, er trukket tilbage" in says(client.get(f"/arbejde/hoeringssvar/{row.uid}/"))
    sent(round, invitation=row)
    assert "trukket tilbage" not in says(client.get("/arbejde/hoeringssvar/"))


def receipt(row: Response) -> str:
    return reverse("consultations:answer-receipt", args=[receipt_secret(row)])


# --- pointed at before it is sent ----------------------------------------------------------------


def pointed(client: Client, round: Round, **fields: Any) -> tuple[str, str]:
    """What the page for reading through points at; and the address of the answer."""
    address = begun(client, round, **fields)
    page = says(client.get(f"{address}send/"))
    return page.partition('<section aria-labelledby="public"')[0], address


@pytest.mark.parametrize(
    "number", ["010203-1234", "0102031234", "010203 1234", "010203–1234", "CPR 010203 - 1234"]
)
def test_a_cpr_number_is_pointed_at_with_its_place_and_hinders_nothing(client, by, number):
    said, address = pointed(client, a_round(), text=f"Jeg hedder Kim. Mit nummer: {number}.")
    assert "ligner et CPR-nummer" in said
    assert "1234" in said
    assert f'<a href="{address}#f-text"> i det, du skriver til udkastet som helhed </a>' in said
    assert 'id="f-text"' in client.get(address).content.decode()
    assert "Gå tilbage og ret det" in said
    draft = Round.objects.get().drafts.get()
    answer = submitted(draft, clock.now())
    assert answer.response.newest.content["text"].endswith(f"{number}.")


def test_each_place_is_named(client, by):
    round = a_round()
    question = a_question(round)
    remark = new_remark(anchors(round)[1], "Min nabo bor på Skolegade 4, 2000 Frederiksberg.")
    answers = {f"answers.{question.uid}": "Skriv til bo@ek.dk"}
    said, _address = pointed(client, round, text="Enig. Født 010203-1234.", **answers, **remark)
    assert "i svaret på “Er målene tydelige?”" in said
    assert "bo@ek.dk" in said
    assert "i bemærkningen til “Vi åbner et værksted.”" in said
    assert said.index("010203-1234") < said.index("bo@ek.dk")


def test_nothing_is_pointed_at_where_nothing_is_private(client, by):
    said, _address = pointed(client, a_round(), text="Sagen har nr. 2026-0102031 og 12 bilag.")
    assert "noget privat" not in said


def test_what_was_pointed_at_is_sent_at_the_door(client, by, settings):
    round = a_round()
    draft = a_draft(round, text=CPR)
    address = reverse("consultations:answer-draft", args=["h" * 32])
    assert "ligner et CPR-nummer" in says(client.get(f"{address}send/"))
    assert client.post(f"{address}send/", sending(client, address)).status_code == 302
    draft.refresh_from_db()
    assert draft.response.newest.content["text"] == CPR
