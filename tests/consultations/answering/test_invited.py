"""Invited parties and the councils of the house: their own link, deadline and shared answer."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consultations.enums import Channel, PartyState
from consultations.models import Invitation, Response, ResponseDraft
from kommuneplan.core.enums import BodyKind, Role
from tests.consultations.answers import button, marks, new_remark, sending, submitted, typed
from tests.consultations.round_factories import (
    a_party,
    a_question,
    a_round,
    an_invitation,
    anchors,
)
from tests.factories import committee, person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def invitation():
    return an_invitation(a_round(public=False), "Handicaprådet")


def link(invitation, part: str = "") -> str:
    return f"/hoeringer/invitation/{invitation.token}/{part}"


def fresh(row: Invitation) -> Invitation:
    return Invitation.objects.get(pk=row.pk)


def written(client, row, **fields) -> str:
    """An answer begun under the party's link; its address."""
    client.post(link(row), {"write": "1"})
    address = link(row, "svar/")
    html = client.get(address).content.decode()
    fields = {"text": "Vi er enige.", "organisation": "Handicaprådet", "save": "1", **fields}
    assert client.post(address, typed(html, **fields)).status_code == 302
    return address


def test_the_link_shows_the_draft_and_changes_nothing(client, invitation):
    html = client.get(link(invitation)).content.decode()
    assert "Vi åbner et værksted." in html
    assert "Ingen bemærkninger" in html
    assert fresh(invitation).opened_at is None


def test_the_page_itself_tells_that_it_was_opened(client, invitation):
    assert client.post(link(invitation), {"opened": "1"}).status_code == 204
    assert fresh(invitation).state_at(NOW) == PartyState.OPENED


def test_no_remarks_asks_once_and_twice_is_once(client, invitation, at_noon):
    asked = client.post(link(invitation), {"none": "1"})
    assert asked.status_code == 200
    assert "Ja, vi har ingen bemærkninger" in asked.content.decode()
    assert fresh(invitation).no_remarks_at is None
    assert client.post(link(invitation), {"none": "sure"}).status_code == 302
    at_noon.shift(DAY)
    client.post(link(invitation), {"none": "sure"})
    row = fresh(invitation)
    assert row.no_remarks_at == NOW
    assert row.state_at(NOW) == PartyState.NO_REMARKS
    assert "Tak." in client.get(link(invitation)).content.decode()


def test_no_remarks_is_taken_back_while_the_round_is_open(client, invitation, at_noon):
    client.post(link(invitation), {"none": "sure"})
    page = client.get(link(invitation)).content.decode()
    assert "Tag “Ingen bemærkninger” tilbage" in page
    for _once_more in range(2):
        assert client.post(link(invitation), {"after_all": "1"}).status_code == 302
        assert fresh(invitation).no_remarks_at is None
    assert "Ingen bemærkninger" in client.get(link(invitation)).content.decode()
    client.post(link(invitation), {"none": "sure"})
    at_noon.move_to(invitation.round.closes_at)
    assert client.post(link(invitation), {"after_all": "1"}).status_code == 409
    assert fresh(invitation).no_remarks_at is not None


def test_no_remarks_tells_of_what_is_written_and_not_sent(client, invitation):
    written(client, invitation)
    page = client.post(link(invitation), {"none": "1"}).content.decode()
    assert "Der er skrevet noget, som ikke er sendt" in page


def test_an_answer_after_no_remarks_counts_instead(client, invitation):
    client.post(link(invitation), {"none": "sure"})
    written(client, invitation)
    client.post(link(invitation, "send/"), _sending(client, invitation))
    assert fresh(invitation).no_remarks_at is None
    assert Response.objects.get().channel == Channel.LINK


def _sending(client, row) -> dict[str, str]:
    return sending(client, link(row, ""))


def test_colleagues_write_at_once_and_one_sends_for_all(client, invitation):
    colleague = Client()
    client.post(link(invitation), {"write": "1"})
    address = link(invitation, "svar/")
    first, second = (one.get(address).content.decode() for one in (client, colleague))
    here, there = anchors(invitation.round)[:2]
    mine = new_remark(here, "Om det første.") | {"writer": "Bo"}
    theirs = new_remark(there, "Om det andet.") | {"writer": "Eva"}
    assert client.post(address, typed(first, save="1", **mine)).status_code == 302
    assert colleague.post(address, typed(second, save="1", **theirs)).status_code == 302
    page = client.get(address).content.decode()
    assert "Skrevet af Bo" in page
    assert "Skrevet af Eva" in page
    client.post(link(invitation, "send/"), _sending(client, invitation))
    row = Response.objects.get()
    assert [one["words"] for one in row.newest.content["remarks"]] == [
        "Om det første.",
        "Om det andet.",
    ]
    assert row.verified_at == NOW
    assert "Eva" not in str(row.newest.content)


def test_two_colleagues_on_one_text_keep_both(client, invitation):
    address = written(client, invitation)
    page = client.get(address).content.decode()
    client.post(address, typed(page, text="Vi er meget enige.", save="1"))
    answer = client.post(address, typed(page, text="Vi er ikke enige.", save="1"))
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Vi er meget enige." in html
    assert "Vi er ikke enige." in html


def keep(client, address, page: str, sequence: int, html: str, **words: str):
    """What the script of a page sends: the marks of what it shows, and what was typed."""
    body = {**marks(html), "page": page, "sequence": sequence, "only": "1", **words}
    return client.post(address, body, HTTP_ACCEPT="application/json").json()


def test_a_window_learns_only_the_state_of_what_it_sent(client, invitation):
    """Two windows, the form open in both before anything is written: A writes in one field, B
    twice in another. What B was told before made it overwrite A's words with nothing."""
    question = a_question(invitation.round)
    client.post(link(invitation), {"write": "1"})
    address = link(invitation, "svar/")
    html = client.get(address).content.decode()
    assert "text" in keep(client, address, "a", 1, html, text="Annes ord.")["seen"]
    name = f"answers.{question.uid}"
    told = keep(client, address, "b", 1, html, **{name: "Bos ord."})
    assert set(told["seen"]) == {name}
    assert told["news"]["text"]["words"] == "Annes ord."
    more = {name: "Bos ord, og flere.", f"seen.{name}": told["seen"][name]}
    keep(client, address, "b", 2, html, **more)
    draft = ResponseDraft.objects.get()
    assert draft.text == "Annes ord."
    assert draft.answers.get().words == "Bos ord, og flere."


def test_an_older_script_that_sends_every_field_undoes_nothing(client, invitation):
    client.post(link(invitation), {"write": "1"})
    address = link(invitation, "svar/")
    html = client.get(address).content.decode()
    old = {**marks(html), "text": "", "role": ""}
    keep(client, address, "a", 1, html, text="Annes ord.")
    answer = client.post(address, {**old, "role": "Formand"}, HTTP_ACCEPT="application/json")
    assert set(answer.json()["seen"]) == {"role"}
    answer = client.post(address, {**old, "text": "Bos ord."}, HTTP_ACCEPT="application/json")
    assert answer.status_code == 409
    page = client.get(address).content.decode()
    assert "Annes ord." in page and "Bos ord." in page
    assert ResponseDraft.objects.get().text == "Annes ord."


def test_what_comes_late_or_twice_does_nothing(client, invitation):
    client.post(link(invitation), {"write": "1"})
    address = link(invitation, "svar/")
    html = client.get(address).content.decode()
    keep(client, address, "a", 2, html, text="Det nye.")
    for _time in range(2):
        told = keep(client, address, "a", 1, html, text="Det gamle.")
        assert (told["late"], told["sequence"], told["seen"]) == (True, 2, {})
    assert ResponseDraft.objects.get().text == "Det nye."


def test_who_writes_where_is_told_by_name_where_it_is_known(client, invitation, at_noon):
    client.post(link(invitation), {"write": "1"})
    address = link(invitation, "svar/")
    html = client.get(address).content.decode()
    keep(client, address, "a", 1, html, text="Ord.", writer="Anne")
    keep(client, address, "c", 1, html, role="Formand")
    page = client.get(address).content.decode()
    assert "Anne skriver lige nu i “Dine bemærkninger til helheden”" in page
    assert "En anden skriver lige nu i “Din funktion dér”" in page
    assert "Anne" not in keep(client, address, "a", 2, html)["writing"]
    html = client.get(address).content.decode()
    client.post(address, typed(html, role="Formand", name="Eva", save="1"))
    assert "i “Dit navn”" not in client.get(address).content.decode()  # the page has been left
    at_noon.shift(dt.timedelta(minutes=2))
    assert "lige nu" not in client.get(address).content.decode()


def test_two_texts_are_decided_before_the_answer_is_sent(client, invitation):
    address = written(client, invitation, name="Anne", email="anne@example.org")
    html = client.get(address).content.decode()
    keep(client, address, "a", 1, html, text="Annes ord.")
    assert keep(client, address, "b", 1, html, text="Bos ord.")["beside"] == ["text"]
    assert client.get(link(invitation, "send/"))["Location"] == f"{address}?to=1"
    page = client.get(address).content.decode()
    assert "Der er to tekster til samme felt" in page
    client.post(address, typed(page, settle=button(page, "denne")))
    assert ResponseDraft.objects.get().text == "Bos ord."
    assert client.get(link(invitation, "send/")).status_code == 200


def test_a_correction_that_is_not_sent_says_so_wherever_one_comes(client, invitation, at_noon):
    address = written(client, invitation)
    receipt = client.post(link(invitation, "send/"), _sending(client, invitation))["Location"]
    said = "Der er en rettelse, som ikke er sendt"
    for page in (receipt, link(invitation), address):
        assert said not in client.get(page).content.decode()
    html = client.get(address).content.decode()
    told = keep(client, address, "a", 1, html, text="Vi er enige, men.")
    assert told["unsent"] == ["text"]
    for page in (receipt, link(invitation), address):
        assert said in client.get(page).content.decode()
    at_noon.move_to(invitation.round.closes_at)
    assert "blev ikke sendt inden fristen" in client.get(receipt).content.decode()
    assert "blev ikke sendt inden fristen" in client.get(link(invitation)).content.decode()


def test_a_party_supplements_until_its_own_deadline(client, at_noon):
    round = a_round(public=False, closes=NOW + 2 * DAY)
    row = an_invitation(round, "Ældrerådet", closes_at=NOW + 5 * DAY)
    address = written(client, row)
    client.post(link(row, "send/"), _sending(client, row))
    at_noon.shift(4 * DAY)
    html = client.get(address).content.decode()
    client.post(address, typed(html, text="Vi er enige, men.", save="1"))
    assert client.post(link(row, "send/"), _sending(client, row)).status_code == 302
    response = Response.objects.get()
    assert response.number == 1
    assert response.newest.content["text"] == "Vi er enige, men."
    html = client.get(address).content.decode()
    at_noon.shift(DAY)
    late = client.post(address, typed(html, text="For sent.", save="1"))
    assert late.status_code == 409
    assert "For sent." in late.content.decode()
    assert client.post(link(row), {"none": "1"}).status_code == 409


@pytest.mark.parametrize("fields", [{"link_revoked_at": NOW},
                                    {"removed_at": NOW, "removed_because": "En fejl"}])  # fmt: skip
def test_a_revoked_link_leads_nowhere(client, invitation, fields):
    row = fresh(invitation)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    for part in ("", "svar/", "send/"):
        assert client.get(link(invitation, part)).status_code == 404
        assert client.post(link(invitation, part), {"write": "1"}).status_code == 404


def test_a_link_opens_its_own_round_alone(client, invitation):
    other = an_invitation(a_round(public=False), "Ældrerådet")
    address = written(client, other)
    draft = ResponseDraft.objects.get()
    assert draft.invitation_id == other.pk
    assert client.get(link(invitation, "send/")).status_code == 302
    assert "Vi er enige." not in client.get(link(invitation, "svar/")).content.decode()
    assert "Vi er enige." in client.get(address).content.decode()


# --- a council's secretary -----------------------------------------------------------------------


@pytest.fixture
def council():
    body = committee("Ældrerådet", BodyKind.ADVISORY)
    row = an_invitation(a_round(public=False), a_party("Ældrerådet", body=body))
    return row, person("rådssekretær", Role.COUNCIL_SECRETARY, body)


def test_a_councils_secretary_answers_without_the_link_and_attaches_the_minutes(council):
    row, secretary = council
    client = Client()
    client.force_login(secretary)
    assert row.round.title in client.get("/arbejde/hoeringssvar/").content.decode()
    home = f"/arbejde/hoeringssvar/{row.uid}/"
    client.post(home, {"write": "1"})
    html = client.get(f"{home}svar/").content.decode()
    assert "Vedhæft rådets referat her." in html
    data = typed(html, text="Rådet støtter planen.", save="1")
    minutes = SimpleUploadedFile("referat.txt", b"Referat af moedet", "text/plain")
    assert client.post(f"{home}svar/", {**data, "files": minutes}).status_code == 302
    assert client.post(f"{home}send/", sending(client, home)).status_code == 302
    response = Response.objects.get()
    assert [one.file.name for one in response.attachments.all()] == ["referat.txt"]
    assert response.newest.content["files"][0]["uid"] == str(response.attachments.get().uid)
    assert response.verified_at == NOW
    history = response.history.first()
    assert history.history_user == secretary


def test_the_desk_of_a_councils_secretary_says_what_waits(council):
    row, secretary = council
    client = Client()
    client.force_login(secretary)
    words = f"Svar for rådet: “{row.round.title}”"
    assert words in client.get("/arbejde/").content.decode()
    client.post(f"/arbejde/hoeringssvar/{row.uid}/", {"none": "sure"})
    assert words not in client.get("/arbejde/").content.decode()


def test_a_councils_secretary_finds_the_answer_again_from_the_desk(council):
    row, secretary = council
    client = Client()
    client.force_login(secretary)
    home = f"/arbejde/hoeringssvar/{row.uid}/"
    client.post(home, {"write": "1"})
    html = client.get(f"{home}svar/").content.decode()
    client.post(f"{home}svar/", typed(html, text="Rådet støtter planen.", save="1"))
    assert "Begyndt, men ikke sendt" in client.get("/arbejde/").content.decode()
    client.post(f"{home}send/", sending(client, home))
    desk = client.get("/arbejde/").content.decode()
    assert home in desk and "Modtaget som nummer 1" in desk
    assert "Du har ingen rolle" not in desk
    html = client.get(f"{home}svar/").content.decode()
    client.post(f"{home}svar/", typed(html, text="Rådet støtter planen, men.", save="1"))
    assert "en rettelse er gemt, men ikke sendt" in client.get("/arbejde/").content.decode()
    other = Client()
    body = committee("Handicaprådet", BodyKind.ADVISORY)
    other.force_login(person("anden", Role.COUNCIL_SECRETARY, body))
    assert row.round.title not in other.get("/arbejde/").content.decode()


def test_others_do_not_answer_for_a_council(council):
    row, _secretary = council
    client = Client()
    other = committee("Handicaprådet", BodyKind.ADVISORY)
    client.force_login(person("anden", Role.COUNCIL_SECRETARY, other))
    assert row.round.title not in client.get("/arbejde/hoeringssvar/").content.decode()
    for part in ("", "svar/", "send/"):
        assert client.get(f"/arbejde/hoeringssvar/{row.uid}/{part}").status_code == 404
        assert client.post(f"/arbejde/hoeringssvar/{row.uid}/{part}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_a_councils_rounds_asks_no_more_for_more(
    council, rows, django_assert_max_num_queries
):
    row, secretary = council
    for _number in range(rows - 1):
        an_invitation(a_round(public=False), row.party)
    client = Client()
    client.force_login(secretary)
    with django_assert_max_num_queries(10):
        client.get("/arbejde/hoeringssvar/")


# --- files ---------------------------------------------------------------------------------------


def test_a_file_is_looked_at_kept_once_and_can_be_taken_out(client, invitation):
    client.post(link(invitation), {"write": "1"})
    address = link(invitation, "svar/")
    html = client.get(address).content.decode()

    def upload(name: str, data: bytes):
        files = {"files": SimpleUploadedFile(name, data)}
        return client.post(address, {**typed(html, save="1"), **files})

    assert upload("notat.txt", b"Et notat").status_code == 302
    assert upload("notat.txt", b"Et notat").status_code == 302
    draft = ResponseDraft.objects.get()
    assert draft.files.count() == 1
    assert upload("program.exe", b"MZ\x90\x00").status_code == 422
    assert draft.files.count() == 1
    uid = draft.files.get().uid
    client.post(address, typed(html, remove=str(uid)))
    assert not draft.files.exists()


@pytest.mark.parametrize("act", ["send", "none", "after_all", "withdraw"])
def test_a_party_that_was_taken_off_the_list_while_it_wrote_sends_nothing(client, invitation, act):
    from consultations.answering.actions import sending as acting

    row = fresh(invitation)
    written(client, invitation)
    if act == "after_all":
        acting.no_remarks(invitation=row, arrived_at=NOW)
    if act == "withdraw":
        client.post(link(invitation, "send/"), _sending(client, invitation))
        assert Response.objects.exists()
    row = fresh(invitation)
    row.removed_at, row.removed_because = NOW, "En fejl"
    row.save()
    draft = ResponseDraft.objects.filter(invitation=row).first()
    refused = {
        "send": lambda: submitted(draft, NOW),
        "none": lambda: acting.no_remarks(invitation=row, arrived_at=NOW),
        "after_all": lambda: acting.remarks_after_all(invitation=row, arrived_at=NOW),
        "withdraw": lambda: acting.withdraw(response=Response.objects.get(), arrived_at=NOW),
    }[act]
    with pytest.raises(acting.RoundClosed):
        refused()
