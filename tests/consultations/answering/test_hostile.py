"""What somebody sends who means no good, or whose program writes what no form of ours does."""

from __future__ import annotations

import datetime as dt
import time
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from consultations.answering.actions import drafts
from consultations.answering.mail_budget import MOST_MAILS
from consultations.models import DraftRemark, Response, ResponseDraft
from consultations.responses.public_form import is_reserved
from consultations.responses.receipt import verification
from kommuneplan import clock
from kommuneplan.core.models import Mail
from tests.consultations.answers import (
    a_draft,
    begun,
    new_remark,
    seal_of,
    sending,
    submitted,
    typed,
)
from tests.consultations.handled import a_closed_round, a_remark, handler, room
from tests.consultations.round_factories import a_round, anchors

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
TOO_MANY_DIGITS = "9" * 5000  # int() refuses more than 4,300


@pytest.fixture(autouse=True)
def at_noon():
    with (
        time_machine.travel(NOW, tick=False) as traveller,
        override_settings(CONSULTATION_PROOF_BITS=4),
    ):
        yield traveller


# --- answering -----------------------------------------------------------------------------------


@pytest.mark.parametrize("uid", ["-" * 36, "a" * 36, "0-" * 18])
def test_a_remark_whose_field_has_no_real_name_is_left_out(client, uid):
    round = a_round()
    address = begun(client, round)
    html = client.get(address).content.decode()
    name = f"remarks.{uid}"
    made_up = {name: "Ord.", f"anchor.{name}": anchors(round)[0], f"seen.{name}": ""}
    answer = client.post(address, typed(html, save="1", text="Mere.", **made_up))
    assert answer.status_code == 302
    assert not DraftRemark.objects.exists()
    assert ResponseDraft.objects.get().text == "Mere."


def test_one_remark_under_two_spellings_of_its_name_is_stored_once(client):
    round = a_round()
    address = begun(client, round)
    html = client.get(address).content.decode()
    uid = str(uuid.uuid4())
    other = uid.replace("-", "", 1)
    other = f"{other[:3]}-{other[3:]}"
    fields = {}
    for name in (f"remarks.{uid}", f"remarks.{other}"):
        fields |= {name: "Ord.", f"anchor.{name}": anchors(round)[0], f"seen.{name}": ""}
    assert client.post(address, typed(html, save="1", **fields)).status_code == 302
    assert DraftRemark.objects.count() == 1


@pytest.mark.slow  # seven thousand remarks
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_seven_thousand_new_remarks_cost_no_more_than_being_read(client, accept):
    """No page of ours sends so many; nothing of them is stored, asked or shown."""
    round = a_round()
    address = begun(client, round)
    html = client.get(address).content.decode()
    anchor, much = anchors(round)[0], typed(html, save="1", text="Mere.")
    for number in range(7_000):
        much |= new_remark(anchor, f"Bemærkning {number}")
    with CaptureQueriesContext(connection) as asked:
        began = time.process_time()
        answer = client.post(address, much, HTTP_ACCEPT=accept)
        took = time.process_time() - began
    assert answer.status_code == 400
    assert len(answer.content) < 10_000
    assert len(asked) < 20
    assert took < 3  # a third of a second, and the client's own packing
    assert not DraftRemark.objects.exists()
    assert ResponseDraft.objects.get().text == "Jeg er enig."


def test_as_many_remarks_as_a_page_can_have_take_few_questions_each(client):
    """Twice as many cost about twice as much, not four times: counted in questions."""
    costs = []
    for many in (100, 200):
        round = a_round(title=f"{many}")
        address = begun(client, round)
        data = typed(client.get(address).content.decode(), save="1")
        for number in range(many):
            data |= new_remark(anchors(round)[0], f"Bemærkning {number}")
        with CaptureQueriesContext(connection) as asked:
            assert client.post(address, data).status_code == 302
        costs.append(len(asked))
    assert DraftRemark.objects.count() == 300
    assert costs[1] < 2.2 * costs[0]


def test_after_withdrawing_a_new_answer_takes_the_same_file_along(client, at_noon):
    round = a_round()
    file = SimpleUploadedFile("bilag.txt", b"Et notat.", "text/plain")
    remark = new_remark(anchors(round)[0], "Hvor?")
    address = begun(client, round, files=file, **remark)
    at_noon.shift(MINUTE)
    receipt = client.post(f"{address}send/", sending(client, address))["Location"]
    assert client.post(receipt).status_code == 302
    again = client.post(f"{address}send/", sending(client, address))
    assert again.status_code == 302
    first, second = Response.objects.order_by("number")
    assert first.withdrawn_at is not None
    for row in (first, second):
        listed = [one["uid"] for one in row.newest.content["files"]]
        assert listed == [str(one.uid) for one in row.attachments.all()]
        assert len(listed) == 1


def test_what_was_read_through_is_not_sent_without_a_sender(client, at_noon):
    """Key and seal can be worked out by a program; the name and the address are asked for all the
    same."""
    round = a_round()
    address = begun(client, round)
    at_noon.shift(MINUTE)
    data = sending(client, address)
    draft = ResponseDraft.objects.get()
    ResponseDraft.objects.filter(pk=draft.pk).update(name="", email="")
    draft.refresh_from_db()
    answer = client.post(f"{address}send/", {**data, "seen": seal_of(draft)})
    assert answer.status_code == 302
    assert "mangler" in answer["Location"]
    assert not Response.objects.exists()


def test_nobodys_mailbox_is_filled_with_links_from_many_answers(client, at_noon):
    round = a_round()
    for number in range(MOST_MAILS + 1):
        drafts.mail_link(draft=a_draft(round, secret=f"s{number}"), secret="s", at=clock.now())
    assert Mail.objects.filter(address="kim@example.org").count() == MOST_MAILS
    at_noon.shift(dt.timedelta(days=1))
    begun(client, round, mail="1")
    assert Mail.objects.filter(address="kim@example.org").count() == MOST_MAILS + 1


def test_nor_with_receipts(client, at_noon):
    """Three mails a day to an address nobody has confirmed; the page says that none was sent."""
    round = a_round()
    sent = []
    for number in range(MOST_MAILS + 2):
        draft = a_draft(round, secret=f"s{number}")
        sent.append(submitted(draft, clock.now()))
    assert Mail.objects.filter(address="kim@example.org").count() == MOST_MAILS
    page = client.get(f"/hoeringer/kvittering/{sent[-1].secret}/").content.decode()
    assert "Der er ikke sendt en kvittering" in page and "er på vej" not in page
    assert "er på vej" in client.get(f"/hoeringer/kvittering/{sent[0].secret}/").content.decode()
    drafts.mail_link(draft=a_draft(round, secret="mere"), secret="s", at=clock.now())
    assert Mail.objects.filter(address="kim@example.org").count() == MOST_MAILS
    Response.objects.filter(pk=sent[0].response.pk).update(verified_at=clock.now())
    drafts.mail_link(draft=a_draft(round, secret="endnu"), secret="s", at=clock.now())
    assert Mail.objects.filter(address="kim@example.org").count() == MOST_MAILS + 1


def test_an_address_that_no_mail_can_go_to_is_asked_for_again(client):
    round = a_round()
    html = client.get(f"/hoeringer/{round.slug}/svar/").content.decode()
    odd = {"email": "\u0130@example.org"}
    data = typed(html, text="Jeg er enig.", review="1", **odd)
    assert client.post(f"/hoeringer/{round.slug}/svar/", data).status_code == 422
    assert ResponseDraft.objects.get().email == ""


def test_fields_that_are_not_the_writers_are_not_taken(client, at_noon):
    round = a_round()
    mine = {
        "late_decision": "accepted",
        "publication_state": "cleared",
        "channel": "link",
        "verified_at": "2027-05-04",
        "published": "{}",
        "invitation": "1",
        "names_public": "on",
        "number": "77",
    }
    address = begun(client, round, **mine)
    at_noon.shift(MINUTE)
    client.post(f"{address}send/", {**mine, **sending(client, address)})
    row = Response.objects.get()
    assert (row.number, row.channel, row.publication_state) == (1, "web", "waiting")
    assert (row.late_decision, row.verified_at, row.invitation) == ("", None, None)
    assert (row.published, row.newest.content["names_public"]) == ({}, False)


@pytest.mark.parametrize(
    "name",
    [
        "For\u200bvaltningen",
        "Forvalt\u00adningen",
        "\u202eForvaltningen",
        "Ｆｏｒｖａｌｔｎｉｎｇｅｎ",
        "Moderator (admin)",
        "Eksempel Kommunes forvaltning",
        "Forvaltningen i Eksempel Kommune",
        "Borgmesteren",
        "Eksempel Byråd",
        "F o r v a l t n i n g e n",
    ],
)
def test_a_name_that_reads_like_the_municipalitys_is_its_own(name):
    assert is_reserved(name, "Eksempel Kommune")


@pytest.mark.parametrize(
    "name",
    [
        "Hans Eksempel",
        "Kommunens Venner",
        "Plejehjemmets administration",
        "Ada Min",
        "Byrådets Venner",
        "\u200b",
    ],
)
def test_other_names_are_peoples_own(name):
    assert not is_reserved(name, "Eksempel Kommune")


# --- handling ------------------------------------------------------------------------------------


def test_a_number_without_end_is_no_number(client):
    round = a_closed_round()
    row = a_remark(round)
    client.force_login(handler(round))
    split = room(round, f"svar/{row.response.uid}/")
    data = {"seen": TOO_MANY_DIGITS, "number": TOO_MANY_DIGITS}
    for address, more in [
        (room(round, f"{row.uid}/ens/"), {"apart": "1"}),
        (room(round, f"{row.uid}/fjern/"), {}),
        (split, {"done": "1"}),
        (room(round, "klar/"), {"back": "1"}),
        (room(round).replace("bemaerkninger", "svar") + "frigiv/", {}),
    ]:
        assert client.post(address, {**data, **more}).status_code in {200, 302, 409, 422}
    row.refresh_from_db()
    assert row.retired_at is None


def test_a_search_of_a_thousand_words_is_answered(client):
    round = a_closed_round()
    client.force_login(handler(round))
    words = " ".join(["a"] * 1100)
    assert client.get("/arbejde/hoeringsparter/", {"q": words}).status_code == 200
    parties = f"/arbejde/planer/{round.plan.slug}/hoeringer/{round.uid}/parter/tilfoej/"
    assert client.get(parties, {"q": words}).status_code == 200
    assert client.get("/hoeringer/", {"q": words}).status_code == 200


# --- receipts ------------------------------------------------------------------------------------


def test_the_token_of_the_mail_stands_on_no_page(client, at_noon):
    round = a_round()
    address = begun(client, round)
    at_noon.shift(MINUTE)
    receipt = client.post(f"{address}send/", sending(client, address))["Location"]
    token = verification(Response.objects.get())
    for page in (receipt, address, f"{address}send/", f"{receipt}ret/", f"{receipt}ret/send/"):
        assert token not in client.get(page).content.decode()
    assert client.post(f"{receipt}bekraeft/{'0' * 40}/").status_code == 409
    assert client.post(f"{receipt}bekraeft/ø/").status_code == 409
    assert Response.objects.get().verified_at is None
    _other = a_draft(round, secret="x" * 20)


@pytest.mark.parametrize("title", ["Høring om " + "meget " * 45, "Høring\u2028om naboskab"])
def test_whatever_a_round_is_called_its_answers_are_received(client, at_noon, title):
    """The title stands in the subject of the receipt, which is written in the same transaction."""
    round = a_round(title=title)
    address = begun(client, round, mail="1")
    at_noon.shift(MINUTE)
    assert client.post(f"{address}send/", sending(client, address)).status_code == 302
    assert Response.objects.get().number == 1
    assert Mail.objects.count() == 2
