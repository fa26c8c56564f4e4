"""Answering a round, from its page to the receipt."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client, override_settings

from consultations.answering.actions.sending import content_of
from consultations.enums import Channel
from consultations.models import DraftRemark, Response, ResponseDraft
from consultations.rounds.actions import events
from kommuneplan import clock
from kommuneplan.core.mail.sending import send_waiting
from kommuneplan.core.models import Municipality
from kommuneplan.keeping import mark
from plans.versions.actions.redacting import redact_blocks
from tests.consultations.answers import (
    SENDER,
    a_draft,
    begun,
    button,
    hidden,
    marks,
    new_remark,
    sending,
    submitted,
    typed,
)
from tests.consultations.round_factories import a_question, a_round, anchors

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def at_noon():
    with (
        time_machine.travel(NOW, tick=False) as traveller,
        override_settings(CONSULTATION_PROOF_BITS=4),
    ):
        yield traveller


def sent(client: Client, round, at_noon, **fields) -> tuple[str, object]:
    address = begun(client, round, **fields)
    at_noon.shift(MINUTE)
    return address, client.post(f"{address}send/", sending(client, address))


def test_an_answer_from_the_first_page_to_the_receipt(client, at_noon):
    round = a_round()
    question = a_question(round)
    anchor = anchors(round)[0]
    remark = new_remark(anchor, "Hvor ligger værkstedet?")
    _address, answer = sent(
        client, round, at_noon, **{f"answers.{question.uid}": "Ja, meget."}, **remark
    )
    assert answer.status_code == 302
    row = Response.objects.get()
    assert (row.number, row.channel, row.received_at) == (1, Channel.WEB, NOW + MINUTE)
    content = row.newest.content
    assert content["text"] == "Jeg er enig."
    assert content["answers"] == [
        {"question": str(question.uid), "asked": question.words, "words": "Ja, meget."}
    ]
    assert content["remarks"][0]["anchor"] == anchor
    assert content["remarks"][0]["quote"]
    page = client.get(answer["Location"]).content.decode()
    assert row.newest.sha256 in page
    assert ">1<" in page


def test_the_first_visit_stores_nothing(client):
    round = a_round()
    client.get(f"/hoeringer/{round.slug}/svar/")
    assert not ResponseDraft.objects.exists()


def test_the_form_sent_twice_is_one_answer_to_go_on_with(client):
    round = a_round()
    html = client.get(f"/hoeringer/{round.slug}/svar/").content.decode()
    data = typed(html, text="Jeg er enig.", save="1")
    first = client.post(f"/hoeringer/{round.slug}/svar/", data)
    second = client.post(f"/hoeringer/{round.slug}/svar/", data)
    assert first["Location"] == second["Location"]
    assert ResponseDraft.objects.get().text == "Jeg er enig."


def test_a_secret_of_ones_own_making_is_not_taken(client):
    round = a_round()
    html = client.get(f"/hoeringer/{round.slug}/svar/").content.decode()
    data = typed(html, text="Jeg er enig.", save="1", token="abc:def")
    answer = client.post(f"/hoeringer/{round.slug}/svar/", data)
    assert answer.status_code == 429
    assert "Jeg er enig." in answer.content.decode()
    assert hidden(answer.content.decode(), "token").startswith("abc") is False
    assert not ResponseDraft.objects.exists()


def test_the_form_of_another_round_begins_an_answer_of_its_own(client):
    round, other = a_round(), a_round(title="En anden høring")
    html = client.get(f"/hoeringer/{round.slug}/svar/").content.decode()
    data = typed(html, text="Til den første.", save="1")
    client.post(f"/hoeringer/{round.slug}/svar/", data)
    address = f"/hoeringer/{other.slug}/svar/"
    html = client.post(address, data).content.decode()
    assert "Til den første." in html
    assert client.post(address, typed(html, save="1")).status_code == 302
    assert ResponseDraft.objects.count() == 2


def test_more_remarks_than_an_answer_can_have_cost_nothing_else(client, monkeypatch):
    monkeypatch.setattr("consultations.answering.actions.drafts.MOST_REMARKS", 1)
    round = a_round()
    address = begun(client, round, **new_remark(anchors(round)[0], "Den første."))
    html = client.get(address).content.decode()
    more = new_remark(anchors(round)[1], "Den anden.")
    answer = client.post(address, typed(html, text="Helheden.", save="1", **more))
    assert answer.status_code == 422
    assert "Den anden." in answer.content.decode()
    assert ResponseDraft.objects.get().text == "Helheden."


def test_sending_twice_gives_one_response_and_the_same_receipt(client, at_noon):
    round = a_round()
    address = begun(client, round)
    at_noon.shift(MINUTE)
    data = sending(client, address)
    first = client.post(f"{address}send/", data)
    second = client.post(f"{address}send/", data)
    assert first.status_code == 302
    assert first["Location"] == second["Location"]
    assert Response.objects.count() == 1
    assert Response.objects.get().revisions.count() == 1


def test_a_retry_after_the_deadline_finds_the_receipt_of_what_was_in_time(client, at_noon):
    round = a_round()
    address = begun(client, round)
    at_noon.shift(MINUTE)
    data = sending(client, address)
    first = client.post(f"{address}send/", data)
    at_noon.move_to(round.closes_at + MINUTE)
    assert client.post(f"{address}send/", data)["Location"] == first["Location"]


def test_going_back_and_sending_again_is_a_correction_and_keeps_the_number(client, at_noon):
    round = a_round()
    address, _answer = sent(client, round, at_noon)
    html = client.get(address).content.decode()
    client.post(address, typed(html, text="Jeg er uenig.", save="1"))
    answer = client.post(f"{address}send/", sending(client, address))
    row = Response.objects.get()
    assert answer.status_code == 302
    assert row.number == 1
    assert [one.content["text"] for one in row.revisions.order_by("number")] == [
        "Jeg er enig.",
        "Jeg er uenig.",
    ]


def test_what_was_read_through_is_what_is_received(client, at_noon):
    round = a_round()
    address = begun(client, round)
    at_noon.shift(MINUTE)
    data = sending(client, address)
    html = client.get(address).content.decode()
    client.post(address, typed(html, text="Noget helt andet.", save="1"))
    answer = client.post(f"{address}send/", data)
    assert answer.status_code == 409
    assert "Noget helt andet." in answer.content.decode()
    assert not Response.objects.exists()


def test_nothing_typed_is_lost_when_a_field_is_wrong(client):
    round = a_round()
    html = client.get(f"/hoeringer/{round.slug}/svar/").content.decode()
    data = typed(html, text="Jeg er enig.", email="kim@", review="1")
    answer = client.post(f"/hoeringer/{round.slug}/svar/", data)
    assert answer.status_code == 422
    assert "Jeg er enig." in answer.content.decode()
    assert 'name="email" value="kim@"' in answer.content.decode()
    assert ResponseDraft.objects.get().text == "Jeg er enig."
    assert ResponseDraft.objects.get().email == ""


def test_the_address_is_asked_once_and_seen_again_before_one_sends(client):
    address = begun(client, a_round())
    html = client.get(address).content.decode()
    assert html.count('type="email"') == 1
    review = client.get(f"{address}send/").content.decode()
    assert "Din kvittering sendes til <strong>kim@example.org</strong>" in review
    assert f'<a href="{address}#id_email">Ret adressen</a>' in review
    assert 'id="id_email"' in html


def test_the_box_for_machines_is_told_to_nobody(client):
    """Who listens to a page is not asked to leave a box empty."""
    review = client.get(f"{begun(client, a_round())}send/").content.decode()
    assert '<div class="trap" aria-hidden="true"><label' in review
    assert re.search(r'<input[^>]*name="website"[^>]*tabindex="-1"', review)


def test_two_windows_on_one_box_keep_both_texts(client):
    round = a_round()
    address = begun(client, round)
    first = client.get(address).content.decode()
    client.post(address, typed(first, text="Fra det ene vindue.", save="1"))
    answer = client.post(address, typed(first, text="Fra det andet vindue.", save="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Fra det ene vindue." in page
    assert "Fra det andet vindue." in page
    assert ResponseDraft.objects.get().text == "Fra det ene vindue."
    both = client.post(address, typed(page, settle=button(page, "begge")))
    assert both.status_code == 302
    assert ResponseDraft.objects.get().text == "Fra det ene vindue.\n\nFra det andet vindue."


def test_a_box_nobody_touched_undoes_nothing(client):
    round = a_round()
    address = begun(client, round)
    old = client.get(address).content.decode()
    client.post(address, typed(old, text="Nyt.", name="Bo Berg", save="1"))
    data = typed(old, save="1", **new_remark(anchors(round)[1], "Flere vejledere."))
    data["page"] = hidden(client.get(address).content.decode(), "page")
    assert client.post(address, data).status_code == 302
    row = ResponseDraft.objects.get()
    assert (row.text, row.name) == ("Nyt.", "Bo Berg")
    assert row.remarks.get().words == "Flere vejledere."


def test_a_button_at_a_paragraph_keeps_what_was_typed_and_opens_a_box(client):
    round = a_round()
    anchor = anchors(round)[1]
    address = f"/hoeringer/{round.slug}/svar/"
    html = client.get(address).content.decode()
    answer = client.post(address, typed(html, text="Jeg er enig.", afsnit=anchor))
    page = client.get(answer["Location"].partition("#")[0]).content.decode()
    assert "Jeg er enig." in page
    assert 'id="ny-bemaerkning"' in page
    assert "Vi åbner et værksted." in page


def test_a_remark_keeps_the_words_that_were_marked_and_no_others(client):
    round = a_round()
    anchor = anchors(round)[1]
    remark = new_remark(anchor, "Hvor?")
    name = next(iter(remark))
    begun(client, round, **{**remark, f"marked.{name}": "et værksted"})
    assert DraftRemark.objects.get().quote == "et værksted"
    other = new_remark(anchor, "Hvornår?")
    name = next(iter(other))
    begun(client, round, **{**other, f"marked.{name}": "noget jeg selv fandt på"})
    assert DraftRemark.objects.get(words="Hvornår?").quote == "Vi åbner et værksted."


def test_a_remark_without_words_goes_away(client):
    round = a_round()
    address = begun(client, round, **new_remark(anchors(round)[0], "Hvor?"))
    html = client.get(address).content.decode()
    uid = DraftRemark.objects.get().uid
    client.post(address, typed(html, **{f"remarks.{uid}": "", "save": "1"}))
    assert not content_of(ResponseDraft.objects.get())["remarks"]
    assert f"remarks.{uid}" not in client.get(address).content.decode()


def test_a_remark_on_a_paragraph_that_is_not_there_is_not_stored(client):
    round = a_round()
    address = f"/hoeringer/{round.slug}/svar/"
    html = client.get(address).content.decode()
    remark = new_remark("pffffffffff", "Hvor?")
    answer = client.post(address, typed(html, text="Helheden.", save="1", **remark))
    assert answer.status_code == 422
    assert "Hvor?" in answer.content.decode()
    assert ResponseDraft.objects.get().text == "Helheden."
    assert not DraftRemark.objects.exists()


def test_another_answers_remark_is_not_touched(client):
    round = a_round()
    begun(client, round, **new_remark(anchors(round)[0], "Mit."))
    theirs = DraftRemark.objects.get()
    name = f"remarks.{theirs.uid}"
    fields = {name: "Stjålet.", f"anchor.{name}": theirs.anchor, f"seen.{name}": ""}
    html = client.get(f"/hoeringer/{round.slug}/svar/").content.decode()
    client.post(f"/hoeringer/{round.slug}/svar/", typed(html, text="Mit.", save="1", **fields))
    theirs.refresh_from_db()
    assert theirs.words == "Mit."
    assert DraftRemark.objects.count() == 1


def test_a_citizens_name_is_shown_only_when_the_municipality_shows_names(client):
    round = a_round()
    address = begun(client, round)
    page = client.get(f"{address}send/").content.decode()
    assert "Dit navn offentliggøres ikke." in page
    Municipality.objects.get_or_create(pk=1)
    house = Municipality.current()
    house.shows_private_names = True
    house.save()
    page = client.get(f"{address}send/").content.decode()
    assert "Dit navn offentliggøres sammen med det, du skriver." in page
    html = client.get(address).content.decode()
    client.post(address, typed(html, is_protected="on", save="1"))
    page = client.get(f"{address}send/").content.decode()
    assert "Dit navn offentliggøres ikke." in page


@pytest.mark.parametrize("name", ["Forvaltningen", "moderator", "FORVALTNINGEN."])
def test_nobody_calls_themselves_the_municipality(client, name):
    round = a_round()
    html = client.get(f"/hoeringer/{round.slug}/svar/").content.decode()
    data = typed(html, text="Jeg er enig.", name=name, review="1")
    assert client.post(f"/hoeringer/{round.slug}/svar/", data).status_code == 422


def test_what_the_public_cannot_write_is_not_written(client, at_noon):
    fields = {"number": "77", "publication_state": "cleared", "published_at": "2027-01-01",
              "verified_at": "2027-01-01", "is_late": "on", "key": "x"}  # fmt: skip
    round = a_round()
    address = begun(client, round, **fields)
    at_noon.shift(MINUTE)
    client.post(f"{address}send/", {**fields, **sending(client, address)})
    row = Response.objects.get()
    assert (row.number, row.publication_state, row.published_at, row.verified_at) == (
        1, "waiting", None, None,
    )  # fmt: skip


# --- the receipt ---------------------------------------------------------------------------------


def test_the_mail_has_the_receipt_and_alone_the_way_to_confirm_the_address(client, at_noon):
    round = a_round()
    _address, answer = sent(client, round, at_noon)
    receipt = client.get(answer["Location"]).content.decode()
    assert "bekraeft" not in receipt
    send_waiting()
    letter = mail.outbox[0]
    assert letter.to == ["kim@example.org"]
    row = Response.objects.get()
    assert row.newest.sha256 in letter.body
    link = next(word for word in letter.body.split() if "/bekraeft/" in word)
    link = "/" + link.partition("//")[2].partition("/")[2]
    assert client.get(link).status_code == 200
    row.refresh_from_db()
    assert row.verified_at is None
    assert client.post(link).status_code == 302
    row.refresh_from_db()
    assert row.verified_at == NOW + MINUTE
    wrong = link.rpartition("/bekraeft/")[0] + "/bekraeft/" + "0" * 40 + "/"
    assert client.post(wrong).status_code == 409


def test_the_receipt_tells_no_words_that_were_hidden_in_the_draft_since(client, at_noon):
    round = a_round()
    anchor = anchors(round)[1]
    _address, answer = sent(client, round, at_noon, **new_remark(anchor, "Hvor?"))
    assert "Vi åbner et værksted." in client.get(answer["Location"]).content.decode()
    redact_blocks(version=round.frozen, anchors=[anchor], reason="Et CPR-nummer", by=None)
    page = client.get(answer["Location"]).content.decode()
    assert "værksted" not in page
    assert "Hvor?" in page


def test_another_address_has_to_be_confirmed_anew(client, at_noon):
    round = a_round()
    address, _answer = sent(client, round, at_noon)
    Response.objects.update(verified_at=NOW)
    html = client.get(address).content.decode()
    other = {"email": "ny@example.org"}
    client.post(address, typed(html, save="1", **other))
    client.post(f"{address}send/", sending(client, address))
    assert Response.objects.get().verified_at is None


def test_withdrawing_keeps_the_number_and_the_words(client, at_noon):
    round = a_round()
    _address, answer = sent(client, round, at_noon)
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(answer["Location"]).status_code == 302
    row = Response.objects.get()
    assert row.withdrawn_at == NOW + MINUTE
    assert row.newest.content["text"] == "Jeg er enig."
    page = client.get(answer["Location"]).content.decode()
    assert "Det forbliver modtaget og journaliseret" in page


def test_after_the_deadline_nothing_is_withdrawn_or_corrected(client, at_noon):
    round = a_round()
    address, answer = sent(client, round, at_noon)
    at_noon.move_to(round.closes_at)
    assert client.post(answer["Location"]).status_code == 409
    assert Response.objects.get().withdrawn_at is None
    html = client.get(address).content.decode()
    assert "Fristen er udløbet" in html
    late = client.post(f"{answer['Location']}ret/", {"text": "For sent skrevet.", "save": "1"})
    assert late.status_code == 409
    assert "For sent skrevet." in late.content.decode()


def test_a_guessed_address_leads_nowhere(client, at_noon):
    round = a_round()
    sent(client, round, at_noon)
    for address in ("kladde/x/", "kladde/x/send/", "kvittering/x/", "kvittering/x/ret/",
                    "kvittering/x/bekraeft/y/", "invitation/x/", "invitation/x/svar/"):  # fmt: skip
        assert client.get(f"/hoeringer/{address}").status_code == 404
        assert client.post(f"/hoeringer/{address}").status_code == 404


# --- too late ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "status"), [(-1, 302), (0, 409), (1, 409)], ids=["T-1 ms", "T", "T+1 ms"]
)
def test_the_deadline_to_the_millisecond(client, at_noon, after, status):
    round = a_round()
    address = begun(client, round)
    at_noon.shift(MINUTE)
    data = sending(client, address)
    at_noon.move_to(round.closes_at + dt.timedelta(milliseconds=after))
    answer = client.post(f"{address}send/", data)
    assert answer.status_code == status
    assert Response.objects.count() == (1 if status == 302 else 0)
    if status == 409:
        assert "Jeg er enig." in answer.content.decode()


@pytest.mark.parametrize(
    "last_day", [dt.date(2027, 3, 27), dt.date(2027, 3, 28), dt.date(2027, 10, 30),
                 dt.date(2027, 10, 31)],
)  # fmt: skip
def test_the_last_day_is_whole_when_the_clocks_change(client, at_noon, last_day):
    """The clocks change on 28 March and 31 October 2027; the last day ends with the local day."""
    midnight = dt.datetime.combine(
        last_day + dt.timedelta(days=1), dt.time(), tzinfo=clock.COPENHAGEN
    )
    closes = midnight.astimezone(dt.UTC)
    at_noon.move_to(closes - dt.timedelta(days=3))
    round = a_round(closes=closes)
    draft = a_draft(round)
    instant = dt.datetime.combine(last_day, dt.time(23, 59, 59, 999000), tzinfo=clock.COPENHAGEN)
    page = client.get(f"/hoeringer/{round.slug}/").content.decode()
    assert f"til og med {last_day.day}. " in page
    assert submitted(draft, instant).response.number == 1
    draft.refresh_from_db()
    with pytest.raises(Exception, match="closed"):
        submitted(draft, midnight)


def test_the_page_of_writing_after_the_deadline_shows_what_was_typed(client, at_noon):
    round = a_round()
    html = client.get(f"/hoeringer/{round.slug}/svar/").content.decode()
    at_noon.move_to(round.closes_at)
    data = typed(html, text="Alt det jeg nåede at skrive.", review="1")
    answer = client.post(f"/hoeringer/{round.slug}/svar/", data)
    assert answer.status_code == 409
    assert "Alt det jeg nåede at skrive." in answer.content.decode()
    assert not ResponseDraft.objects.exists()


def test_a_withdrawn_round_takes_no_answers(client, at_noon):
    round = a_round()
    address = begun(client, round)
    at_noon.shift(MINUTE)
    data = sending(client, address)
    events.withdraw(round=round, reason="Udkastet trækkes tilbage.", seen=round.version, by=None)
    assert client.post(f"{address}send/", data).status_code == 409
    assert not Response.objects.exists()


def test_a_round_that_is_not_open_yet_takes_no_answers(client):
    round = a_round(opens=NOW + MINUTE, closes=NOW + 60 * MINUTE, announced_at=NOW)
    answer = client.get(f"/hoeringer/{round.slug}/svar/")
    assert "Høringen er ikke åbnet endnu" in answer.content.decode()


# --- machines ------------------------------------------------------------------------------------


def test_a_filled_trap_sends_nothing_and_loses_nothing(client, at_noon):
    round = a_round()
    address = begun(client, round)
    at_noon.shift(MINUTE)
    data = sending(client, address) | {"website": "http://spam.example"}
    answer = client.post(f"{address}send/", data)
    assert answer.status_code == 422
    assert "Jeg er enig." in answer.content.decode()
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("seconds", "solved", "status"),
    [(2, True, 422), (3, True, 302), (29, False, 422), (30, False, 302)],
)
def test_the_time_that_is_asked_for(client, at_noon, seconds, solved, status):
    round = a_round()
    address = begun(client, round)
    data = sending(client, address)
    at_noon.shift(dt.timedelta(seconds=seconds))
    if not solved:
        data["number"] = ""
    assert client.post(f"{address}send/", data).status_code == status


def test_a_task_is_about_one_sending_alone(client, at_noon):
    round = a_round()
    first, second = begun(client, round), begun(Client(), round)
    at_noon.shift(dt.timedelta(seconds=10))
    solved = sending(client, first)
    data = sending(client, second) | {"task": solved["task"], "number": solved["number"]}
    assert client.post(f"{second}send/", data).status_code == 422


# --- keeping while one writes --------------------------------------------------------------------


def test_the_script_keeps_words_and_is_told_the_new_marks(client):
    round = a_round()
    address = f"/hoeringer/{round.slug}/svar/"
    html = client.get(address).content.decode()
    asked = {"headers": {"accept": "application/json"}}
    answer = client.post(address, typed(html, text="Første."), **asked)
    told = answer.json()
    assert told["write"].startswith("/hoeringer/kladde/")
    again = typed(html, text="Anden.") | {"seen.text": told["seen"]["text"]}
    assert client.post(told["write"], again, **asked).status_code == 200
    assert ResponseDraft.objects.get().text == "Anden."


def test_keeping_asks_no_more_of_a_long_answer(client, django_assert_max_num_queries):
    """It is sent every few seconds by everybody who writes: the whole answer is never looked at."""
    round = a_round()
    for _number in range(3):
        a_question(round)
    address = begun(client, round)
    asked = {"headers": {"accept": "application/json"}}
    sent = {"page": "a", "only": "1", "seen.text": mark(ResponseDraft.objects.get().text)}
    for number, questions in enumerate([0, 3], start=2):
        words = {f"answers.{one.uid}": "Ja." for one in round.questions.all()[:questions]}
        seen = {f"seen.{name}": mark("") for name in words}
        client.post(address, {**sent, **words, **seen, "sequence": 10 * number}, **asked)
        with django_assert_max_num_queries(10):
            body = {**sent, "sequence": 10 * number + 1, "text": f"{number}. gang"}
            assert client.post(address, body, **asked).json()["seen"]["text"]
    assert ResponseDraft.objects.get().answers.filter(words="Ja.").count() == 3


def test_the_link_is_mailed_once_in_ten_minutes(client, at_noon):
    round = a_round()
    address = begun(client, round)
    html = client.get(address).content.decode()
    assert client.post(address, typed(html, mail="1"))["Location"].endswith("?mail=ja#gemt")
    assert client.post(address, typed(html, mail="1"))["Location"].endswith("?mail=nej#gemt")
    send_waiting()
    assert len(mail.outbox) == 1
    assert address in mail.outbox[0].body


def test_marks_are_there_for_every_box(client):
    round = a_round()
    question = a_question(round)
    html = client.get(f"/hoeringer/{round.slug}/svar/").content.decode()
    sender = {f"seen.{name}" for name in SENDER}
    assert set(marks(html)) == {
        "seen.text",
        f"seen.answers.{question.uid}",
        "seen.is_protected",
        *sender,
    }


def test_a_draft_is_of_its_own_round_alone(client):
    from consultations.answering.actions import drafts

    mine, other = a_round(), a_round()
    drafts.begin(round=mine, secret="h" * 32, at=clock.now())
    assert drafts.begin(round=mine, secret="h" * 32, at=clock.now()).round == mine
    with pytest.raises(ValueError, match="another round"):
        drafts.begin(round=other, secret="h" * 32, at=clock.now())
