"""The room of responses at the door: the list, the original behind its button, what is decided."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.enums import Ground
from consultations.handling.actions.reading import note_reading
from consultations.models import (
    Attachment,
    JournalPackage,
    KeptFinding,
    OriginalRead,
    Redaction,
    Response,
)
from consultations.reports.actions import packaging
from consultations.review.actions import originals, redacting, reviewing
from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Municipality, StoredFile, User
from tests.consultations.round_factories import DAY, a_response, a_round, an_invitation
from tests.factories import lead, person, secretary

pytestmark = pytest.mark.django_db

SECRET = "Min søn har diabetes og bor hos Bo Ek."


@pytest.fixture
def by(client) -> User:
    """The secretary, signed in."""
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Aarhus Kommune"})
    user = secretary()
    client.force_login(user)
    return user


@pytest.fixture
def round(by):
    return a_round(publish_when="cleared")


def address(name: str, round, *more) -> str:
    """An address of the room."""
    return reverse(f"consultations:{name}", args=[round.plan.slug, round.uid, *more])


def opened(client, round, number: int = 1) -> str:
    """The page of a response after its original was opened."""
    client.post(address("response-open", round, number))
    return client.get(address("response", round, number)).content.decode()


def send(client, name: str, round, number: int, **data):
    """Press a button of a response's page."""
    return client.post(address(name, round, number), data)


# --- the list ------------------------------------------------------------------------------------


def test_an_empty_room_says_what_it_is_for(client, round):
    page = client.get(address("responses", round)).content.decode()
    assert "Der er ingen høringssvar endnu" in page


def test_the_list_tells_how_far_each_is(client, round):
    a_response(round, name="Ea Elm")
    a_response(round, text="Mit nummer er 010203-1234.", verified_at=clock.now())
    a_response(round, name="Ib Ask", is_protected=True, is_late=True)
    page = client.get(address("responses", round)).content.decode()
    assert "Ea Elm" in page
    assert "1 sted skal afgøres" in page
    assert "Intet fundet" in page
    assert "Afsender ikke bekræftet" in page
    assert "Ib Ask" not in page
    assert "010203" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=diabetes", {1}), ("q=2", {2}), ("stand=hidden", {2}), ("stand=late", {3}),
        ("vej=letter", {3}), ("stand=findes-ikke", {1, 2, 3}), ("q=%00", {1, 2, 3}),
        ("stand=unverified&q=diabetes", {1}), ("stand=annexes", set()), ("side=99", {1, 2, 3}),
    ],
)  # fmt: skip
def test_the_list_is_searched_and_filtered(client, round, by, query, found):
    one = a_response(round, text=SECRET)
    Response.objects.filter(pk=one.pk).update(search_text="min soen har diabetes")
    reviewing.hide(response=a_response(round), reason="Injurier", by=by)
    a_response(round, is_late=True, channel="letter")
    lines = client.get(f"{address('responses', round)}?{query}").context["lines"]
    assert {line.response.number for line in lines} == found


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    client, round, django_assert_max_num_queries
):
    a_response(round, text=SECRET)
    client.get(address("responses", round))
    with django_assert_max_num_queries(12) as one:
        client.get(address("responses", round))
    for _one in range(2):
        response = a_response(round, text="Mit nummer er 010203-1234.")
        redacting.take_out_words(
            response=response, seen=response.newest, wanted="nummer", ground="other", by=None
        )
    client.get(address("responses", round))  # counts once what of the plan is not published
    with django_assert_max_num_queries(12) as three:
        client.get(address("responses", round))
    assert len(three) == len(one)


def test_a_page_holds_twenty(client, round):
    for _one in range(21):
        a_response(round)
    assert len(client.get(address("responses", round)).context["lines"]) == 20
    assert len(client.get(address("responses", round) + "?side=2").context["lines"]) == 1


# --- the original --------------------------------------------------------------------------------


def test_looking_at_a_response_writes_nothing_and_shows_no_original(client, round):
    a_response(round, text=SECRET, name="Ea Elm", is_protected=True)
    page = client.get(address("response", round, 1)).content.decode()
    assert "Vis originalen" in page
    assert not [word for word in ("diabetes", "Ea Elm", "svar@example.org") if word in page]
    assert not OriginalRead.objects.exists()


def test_opening_the_original_is_written_down_and_shows_it_for_a_working_day(client, round, by):
    a_response(round, text=SECRET, name="Ea Elm", is_protected=True)
    page = opened(client, round)
    assert "diabetes" in page
    assert "Ea Elm" in page
    read = OriginalRead.objects.get()
    assert (read.user, read.response.number, read.what) == (by, 1, "response")
    with time_machine.travel(clock.now() + originals.LASTS + dt.timedelta(minutes=1), tick=False):
        client.force_login(by)
        assert "diabetes" not in client.get(address("response", round, 1)).content.decode()
    assert "Sekretær" in client.get(address("response-reads", round)).content.decode().title()


def test_what_one_has_opened_another_has_not(client, round):
    a_response(round, text=SECRET)
    opened(client, round)
    client.force_login(lead(round.plan))
    assert "diabetes" not in client.get(address("response", round, 1)).content.decode()


def test_a_response_of_another_round_or_plan_does_not_exist(client, round):
    other = a_round()
    a_response(other)
    assert client.get(address("response", round, 1)).status_code == 404
    a_response(round)
    assert client.post(address("response-open", round, 7)).status_code == 404
    strange = reverse("consultations:response", args=[other.plan.slug, round.uid, 1])
    assert client.get(strange).status_code == 404


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SECRETARY, None])
def test_nobody_of_another_body_comes_in(client, round, role):
    from tests.factories import committee

    a_response(round)
    client.force_login(person("anden", role, committee("Kulturudvalget") if role else None))
    for name in ("responses", "response-reads"):
        assert client.get(address(name, round)).status_code in {403, 404}
    assert client.get(address("response", round, 1)).status_code in {403, 404}


# --- decided at the page -------------------------------------------------------------------------


def test_words_are_decided_only_by_somebody_who_has_read_them(client, round):
    row = a_response(round, text=SECRET)
    answer = send(client, "response-clear", round, 1, clear="1", seen=row.version)
    assert answer.status_code == 409
    answer = send(client, "response-findings", round, 1, **{"all-out": "1"})
    assert answer.status_code == 409
    assert "Åbn svaret først" in answer.content.decode()
    row.refresh_from_db()
    assert row.publication_state == "waiting"


def test_findings_are_decided_one_by_one(client, round):
    row = a_response(round, text="Ring 33 66 33 66 eller mail til bo@ek.dk.")
    assert "bo@ek.dk" in opened(client, round)
    keys = [one.key for one in client.get(address("response", round, 1)).context["state"].found]
    assert len(keys) == 2
    data = {"revision": str(row.newest.uid), f"f-{keys[0]}": "keep", f"f-{keys[1]}": "out"}
    refused = send(client, "response-findings", round, 1, **data)
    assert refused.status_code == 422
    assert not Redaction.objects.exists()
    data[f"r-{keys[0]}"] = "Foreningens eget nummer"
    assert send(client, "response-findings", round, 1, **data).status_code == 302
    assert KeptFinding.objects.get().reason == "Foreningens eget nummer"
    assert Redaction.objects.get().ground == Ground.CONTACT
    row.refresh_from_db()
    answer = send(client, "response-clear", round, 1, clear="1", seen=row.version)
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.publication_state == "cleared"
    assert "bo@ek.dk" not in str(row.published)


def test_it_cannot_be_cleared_at_the_page_while_a_finding_is_open(client, round):
    row = a_response(round, text="Mit nummer er 010203-1234.")
    opened(client, round)
    answer = send(client, "response-clear", round, 1, clear="1", seen=row.version)
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.publication_state == "waiting"


@pytest.mark.parametrize("place", ["", "text"])
def test_words_are_taken_out_by_marking_or_by_writing_them(client, round, place):
    text = "Bo Ek siger.\r\n\r\n😀 Bo Ek siger igen."
    row = a_response(round, text=text)
    opened(client, round)
    on_screen = text.replace("\r\n", "\n")
    begins = on_screen.index("Bo", 5)
    data = {"revision": row.newest.uid, "wanted": "Bo Ek", "ground": "named_person"}
    if place:
        data |= {"place": place, "begins": begins, "ends": begins + 5}
    else:
        data |= {"everywhere": "on"}
    assert send(client, "response-passage", round, 1, **data).status_code == 302
    gone = [text[one.begins : one.ends] for one in Redaction.objects.all()]
    assert gone == (["Bo Ek"] if place else ["Bo Ek", "Bo Ek"])
    if place:
        assert Redaction.objects.get().begins == text.index("Bo", 5)


@pytest.mark.parametrize(
    "data",
    [
        {"wanted": "", "ground": "cpr"},
        {"wanted": "Ord", "ground": ""},
        {"wanted": "Ord", "ground": "other"},
        {"wanted": "findes ikke", "ground": "cpr"},
        {"wanted": "Ord", "ground": "cpr", "begins": "-3"},
        {"wanted": "Ord", "ground": "cpr", "place": "x" * 99},
    ],
)
def test_a_passage_that_cannot_be_taken_out_is_said(client, round, data):
    row = a_response(round, text="Ord og flere.")
    opened(client, round)
    answer = send(client, "response-passage", round, 1, revision=row.newest.uid, **data)
    assert answer.status_code == 422
    assert not Redaction.objects.exists()


def test_a_page_that_is_older_than_the_response_decides_nothing(client, round):
    row = a_response(round, text=SECRET)
    opened(client, round)
    old = uuid.uuid4()
    for name, more in [
        ("response-passage", {"wanted": "diabetes", "ground": "health"}),
        ("response-findings", {"all-out": "1"}),
    ]:
        assert send(client, name, round, 1, revision=old, **more).status_code == 409
    assert (
        send(client, "response-clear", round, 1, clear="1", seen=row.version + 5).status_code == 409
    )
    assert not Redaction.objects.exists()


def test_a_passage_is_put_back(client, round):
    row = a_response(round, text=SECRET)
    opened(client, round)
    send(client, "response-passage", round, 1, revision=row.newest.uid, wanted="diabetes",
         ground="health", everywhere="on")  # fmt: skip
    one = Redaction.objects.get()
    page = client.get(address("response", round, 1)).content.decode()
    assert "[fjernet: helbred eller sociale forhold]" in page
    lift = address("response-lift", round, 1, one.uid)
    assert client.post(lift).status_code == 302
    assert client.post(address("response-lift", round, 1, uuid.uuid4())).status_code == 404
    one.refresh_from_db()
    assert one.lifted_at


def test_hiding_needs_a_reason_that_everybody_does_not_see(client, round):
    row = a_response(round)
    page = address("response-hide", round, 1)
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": " ", "seen": row.version}).status_code == 422
    answer = client.post(page, {"reason": "Injurier om naboen", "seen": row.version})
    assert answer.status_code == 302
    public = client.get(f"/hoeringer/{round.slug}/svar/1/").content.decode()
    assert "Skjult for offentligheden" in public
    assert "Injurier" not in public
    assert client.post(page, {"reason": "Igen", "seen": row.version}).status_code == 409
    row.refresh_from_db()
    send(client, "response-clear", round, 1, **{"take-back": "1", "seen": row.version})
    row.refresh_from_db()
    assert row.publication_state == "waiting"


def test_a_late_response_takes_part_with_a_reason(client, round):
    row = a_response(round, is_late=True)
    page = address("response-late", round, 1)
    assert client.get(page).status_code == 200
    assert client.post(page, {"decision": "accepted", "seen": row.version}).status_code == 422
    data = {"decision": "accepted", "reason": "Posten var forsinket", "seen": row.version}
    assert client.post(page, data).status_code == 302
    row.refresh_from_db()
    assert (row.late_decision, row.late_because) == ("accepted", "Posten var forsinket")
    a_response(round)
    assert client.get(address("response-late", round, 2)).status_code == 302


def states() -> list[str]:
    return list(Response.objects.order_by("number").values_list("publication_state", flat=True))


def ticked(page) -> list[str]:
    """What the page sends when all that it shows is released."""
    return re.findall(r'name="seen"\s+value="([^"]+)" checked', page.content.decode())


def test_the_words_of_each_are_shown_before_several_are_released(client, round, by):
    a_response(round, text="Flere bænke i parken.", name="Ea Elm")
    a_response(round, text="Mit nummer er 010203-1234.")
    a_response(round, text="Mere lys på stien.")
    many = address("response-clear-all", round)
    page = client.post(many, {"number": ["1", "2", "x", "99", "9" * 30]})
    html = page.content.decode()
    assert states() == ["waiting"] * 3
    assert "Flere bænke i parken." in html
    assert "Borger, nr. 1" in html
    assert "Ea Elm" not in html
    assert "Mere lys" not in html
    assert "010203" not in html
    assert "nr. 2, 99" in html  # left out, and said
    assert [(row.response.number, row.what) for row in OriginalRead.objects.all()] == [
        (1, "release")
    ]
    answer = client.post(many, {"release": "1", "seen": ticked(page)}, follow=True)
    assert "1 høringssvar må offentliggøres" in answer.content.decode()
    assert states() == ["cleared", "waiting", "waiting"]
    page = client.post(many, {"all": "1"})
    assert "Mere lys på stien." in page.content.decode()
    client.post(many, {"release": "1", "seen": ticked(page)})
    assert states() == ["cleared", "waiting", "cleared"]


def test_nothing_is_released_that_was_not_shown(client, round, by):
    a_response(round)
    row = a_response(round, text="Husk cyklerne.")
    many = address("response-clear-all", round)
    for seen in ([], ["1:"], ["1:gaettet"], ["x:y", "1"]):
        client.post(many, {"release": "1", "seen": seen})
    assert states() == ["waiting", "waiting"]
    page = client.post(many, {"all": "1"})
    redacting.take_out_words(
        response=row, seen=row.newest, wanted="cyklerne", ground="other", by=by
    )
    answer = client.post(many, {"release": "1", "seen": ticked(page)}, follow=True)
    assert "Nr. 2 er ændret" in answer.content.decode()
    assert states() == ["cleared", "waiting"]


# --- the log of what was opened ------------------------------------------------------------------


def test_an_opening_is_written_down_once_however_often_the_page_is_loaded(client, round, by):
    a_response(round, text=SECRET)
    for _ in range(3):
        opened(client, round)
        client.get(address("response", round, 1))
    assert OriginalRead.objects.count() == 1
    with time_machine.travel(clock.now() + originals.LASTS + dt.timedelta(minutes=1), tick=False):
        client.force_login(by)
        opened(client, round)
    assert OriginalRead.objects.count() == 2


def test_the_log_names_each_thing_by_its_number_and_says_nothing_of_it(client, round, by):
    row = a_response(round, text=SECRET, name="Ea Elm")
    for name in ("Ea Elms helbred.pdf", "Dom.pdf"):
        file = StoredFile.keep(name, b"%PDF", "application/pdf")
        Attachment.objects.create(response=row, file=file)
    annexes = list(row.attachments.order_by("pk"))
    package = JournalPackage.objects.create(round=round, made_at=clock.now())
    originals.open_original(response=row, by=by)
    for _ in range(2):
        originals.open_annex(annex=annexes[1], by=by)
    packaging.note_fetching(package=package, by=by)
    note_reading(round=round, by=by, at=clock.now())
    page = client.get(address("response-reads", round)).content.decode()
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
    said = " ".join(re.sub("<[^>]+>", " ", rows).split())
    assert said.count(by.name) == 4
    assert "Høringssvar nr. 1 , bilag 2" in said
    assert "Pakken til sagssystemet, der blev dannet" in said
    assert "Bemærkningerne under behandlingen" in said
    assert not [one for one in ("Ea Elm", "helbred", "Dom.pdf", "diabetes") if one in page]


def test_a_lead_prepares_and_the_secretary_publishes(client, round):
    row = a_response(round, text=SECRET)
    client.force_login(lead(round.plan))
    opened(client, round)
    data = {"revision": row.newest.uid, "wanted": "diabetes", "ground": "health"}
    assert send(client, "response-passage", round, 1, everywhere="on", **data).status_code == 302
    assert send(client, "response-clear", round, 1, clear="1", seen=1).status_code == 403
    assert client.post(address("response-clear-all", round), {"all": "1"}).status_code == 403


# --- registered ----------------------------------------------------------------------------------


def letter(round, **changes) -> dict[str, object]:
    """What a browser sends for a letter."""
    first = {
        "key": uuid.uuid4(), "channel": "letter", "day": clock.today().isoformat(),
        "sender_kind": "citizen", "name": "Ea Elm", "text": "Jeg skriver i hånden.",
    }  # fmt: skip
    return {**first, **changes}


def test_a_letter_is_registered_with_its_day_and_without_an_e_mail(client, round, by):
    page = address("response-register", round)
    assert client.get(page).status_code == 200
    answer = client.post(page, letter(round, helper="Borgerservice"))
    assert answer.status_code == 302
    row = Response.objects.get()
    assert (row.number, row.channel, row.registered_by, row.email) == (1, "letter", by, "")
    assert clock.local_day(row.received_at) == clock.today()
    assert row.verified_at is None
    assert not row.is_late
    assert row.newest.content["text"] == "Jeg skriver i hånden."
    assert "i haanden" in row.search_text


@pytest.mark.parametrize(("said", "told"), [("", "Sanne"), ("Borgerservice", "Borgerservice")])
def test_what_was_said_was_written_down_by_whoever_registers_it(client, round, by, said, told):
    by.name = "Sanne"
    by.save()
    page = address("response-register", round)
    assert client.post(page, letter(round, channel="phone", helper=said)).status_code == 302
    assert Response.objects.get().helper == told


def test_the_same_form_twice_is_one_response(client, round):
    data = letter(round)
    for _time in range(2):
        assert client.post(address("response-register", round), data).status_code == 302
    assert Response.objects.count() == 1
    again = client.post(address("response-register", round), letter(round), follow=True)
    assert Response.objects.count() == 2
    assert "siger præcis det samme" in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"channel": "web"}, "channel"),
        ({"day": ""}, "day"),
        ({"day": "2999-01-01"}, "day"),
        ({"day": "1999-01-01"}, "day"),
        ({"sender_kind": "organisation"}, "organisation"),
        ({"invitation": uuid.uuid4()}, "invitation"),
        ({"email": "ikke en mail"}, "email"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_typed_is_lost(client, round, changes, field):
    answer = client.post(address("response-register", round), letter(round, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Ea Elm" in answer.content.decode()
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("days", "late"), [(-1, False), (0, False), (1, True)]
)  # from the last day "til og med"
def test_a_letter_on_the_last_day_is_in_time_and_one_on_the_day_after_is_late(
    client, by, days, late
):
    midnight = dt.datetime(2027, 11, 1, tzinfo=clock.COPENHAGEN)  # the day before has 25 hours
    with time_machine.travel(midnight + 5 * DAY, tick=False):
        client.force_login(by)
        round = a_round(opens=midnight - 30 * DAY, closes=midnight)
        day = round.last_day + days * DAY
        client.post(address("response-register", round), letter(round, day=day.isoformat()))
    assert Response.objects.get().is_late is late


def test_a_party_has_its_own_deadline(client, by):
    round = a_round(opens=clock.now() - 30 * DAY, closes=clock.now() - 3 * DAY)
    party = an_invitation(round, closes_at=clock.now() + 3 * DAY)
    client.post(address("response-register", round), letter(round, invitation=party.uid))
    row = Response.objects.get()
    assert not row.is_late
    assert (row.organisation, row.sender_kind) == (party.name, "organisation")


def test_a_foreign_invitation_is_not_to_be_chosen(client, round):
    foreign = an_invitation(a_round())
    answer = client.post(address("response-register", round), letter(round, invitation=foreign.uid))
    assert answer.status_code == 422


def test_a_file_comes_along_and_is_not_shown_before_it_was_examined(client, round):
    file = SimpleUploadedFile("brev.txt", "Kære kommune".encode())
    data = letter(round, text="", files=file)
    assert client.post(address("response-register", round), data).status_code == 302
    row = Response.objects.get()
    assert row.newest.content["files"][0]["name"] == "brev.txt"
    assert row.attachments.get().examined_at is None
    page = client.get(address("response", round, 1)).content.decode()
    assert "Et bilag er ikke undersøgt endnu" in page


def test_the_page_of_a_response_asks_few_questions(client, round, django_assert_max_num_queries):
    a_response(round, text=SECRET)
    opened(client, round)
    with django_assert_max_num_queries(18):
        client.get(address("response", round, 1))
