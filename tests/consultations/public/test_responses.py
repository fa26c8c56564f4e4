"""What everybody reads of responses: as they are shown, and nothing of what was taken out."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.enums import Ground
from consultations.models import Response
from consultations.review.actions import redacting, reviewing
from kommuneplan import clock
from kommuneplan.core.models import Municipality
from tests.consultations.round_factories import DAY, a_response, a_round, anchors
from tests.factories import secretary

pytestmark = pytest.mark.django_db

WORD = "kanariefugl"  # in everything that nobody may read


@pytest.fixture
def by():
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Aarhus Kommune"})
    return secretary()


def page(client, round, number: int):
    """The public page of a response."""
    return client.get(reverse("consultations:response-shown", args=[round.slug, number]))


def round_page(client, round) -> str:
    """The public page of the round."""
    return client.get(reverse("consultations:hearing", args=[round.slug])).content.decode()


def test_a_response_is_shown_with_its_marks_its_answers_and_its_remarks(client, by):
    round = a_round(publish_when="cleared")
    response = a_response(
        round,
        text=f"Linje et.\r\nLinje to om {WORD}.\r\n\r\nNyt <b>afsnit</b>.",
        answers=[{"question": "q", "asked": "Er målene tydelige?", "words": "Ja, meget."}],
        remarks=[
            {"uid": "r", "anchor": anchors(round)[0], "quote": "Vi åbner", "words": "God idé."}
        ],
        email=f"{WORD}@example.org", name=WORD, role=WORD, postcode="8000",
    )  # fmt: skip
    redacting.take_out_words(
        response=response, seen=response.newest, wanted=WORD, place="text",
        ground=Ground.HEALTH, by=by,
    )  # fmt: skip
    reviewing.clear(response=response, by=by)
    html = page(client, round, 1).content.decode()
    assert "Linje et.<br>Linje to om" in html
    assert "[fjernet: helbred eller sociale forhold]" in html
    assert "Nyt &lt;b&gt;afsnit&lt;/b&gt;." in html
    assert "Er målene tydelige?" in html
    assert f"#{anchors(round)[0]}" in html
    assert "Borger, nr. 1" in html
    assert WORD not in html
    assert WORD not in round_page(client, round)


def test_nothing_of_what_is_not_shown_is_in_any_answer_to_a_stranger(client, by):
    round = a_round(publish_when="cleared")
    a_response(round, text=WORD)
    reviewing.hide(response=a_response(round, text=WORD), reason=WORD, by=by)
    a_response(round, text=WORD, withdrawn_at=clock.now())
    a_response(round, text=WORD, is_late=True, late_decision="refused", late_because=WORD)
    later = a_round(publish_when="deadline")
    reviewing.clear(response=a_response(later, text=WORD), by=by)
    inside = a_round(public=False, publish_when="cleared")
    reviewing.clear(response=a_response(inside, text=WORD), by=by)
    coming = a_round(opens=clock.now() + DAY, publish_when="cleared")
    reviewing.clear(response=a_response(coming, text=WORD), by=by)
    asked = [
        "/", "/hoeringer/", f"/hoeringer/?q={WORD}", "/planer/", f"/planer/?q={WORD}",
        "/kalender.ics", f"/planer/{round.plan.slug}/",
    ]  # fmt: skip
    for each in (round, later, inside, coming):
        asked += [f"/hoeringer/{each.slug}/", f"/hoeringer/{each.slug}/?side=2"]
        asked += [f"/hoeringer/{each.slug}/svar/{number}/" for number in range(1, 7)]
    for address in asked:
        answer = client.get(address)
        told = answer.content.decode().replace(f'value="{WORD}"', "").replace(f"“{WORD}”", "")
        assert WORD not in told, address
        assert WORD not in str(answer.headers), address
    assert [page(client, round, number).status_code for number in (1, 2, 3, 4, 5)] == [
        404, 200, 410, 200, 404,
    ]  # fmt: skip
    for each in (later, inside, coming):
        assert page(client, each, 1).status_code == 404


def test_a_number_that_has_no_words_says_why(client, by):
    round = a_round(publish_when="cleared")
    reviewing.hide(response=a_response(round), reason="Injurier", by=by)
    a_response(round, withdrawn_at=clock.now())
    assert "Skjult er ikke hemmeligt" in page(client, round, 1).content.decode()
    assert "stadig modtaget og journaliseret" in page(client, round, 2).content.decode()
    html = round_page(client, round)
    assert "skjult for offentligheden" in html
    assert "trukket tilbage" in html


def test_the_page_of_the_round_changes_with_what_is_cleared(client, by):
    round = a_round(publish_when="cleared")
    response = a_response(round, text="Et tydeligt svar")
    assert "Et tydeligt svar" not in round_page(client, round)
    reviewing.clear(response=response, by=by)
    assert "Et tydeligt svar" in round_page(client, round)
    etag = client.get(reverse("consultations:hearing", args=[round.slug]))["ETag"]
    reviewing.hide(response=Response.objects.get(), reason="Injurier", by=by)
    again = client.get(
        reverse("consultations:hearing", args=[round.slug]), headers={"If-None-Match": etag}
    )
    assert again.status_code == 200
    assert "Et tydeligt svar" not in again.content.decode()


def test_a_response_from_somebody_unknown_says_so(client, by):
    round = a_round(publish_when="cleared")
    reviewing.clear(response=a_response(round), by=by)
    reviewing.clear(response=a_response(round, verified_at=clock.now()), by=by)
    assert "Afsender ikke bekræftet" in page(client, round, 1).content.decode()
    assert "Afsender ikke bekræftet" not in page(client, round, 2).content.decode()


def test_nobody_is_asked_who_they_are_and_nothing_is_set(client, by):
    round = a_round(publish_when="cleared")
    reviewing.clear(response=a_response(round), by=by)
    answer = page(client, round, 1)
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies


def test_the_questions_asked_do_not_grow(client, by, django_assert_max_num_queries):
    round = a_round(publish_when="cleared")
    reviewing.clear(response=a_response(round), by=by)
    page(client, round, 1)
    with django_assert_max_num_queries(8):
        page(client, round, 1)
