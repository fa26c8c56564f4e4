"""The list of parties of a round, the register, reminders, and what goes out."""

from __future__ import annotations

import io
import re
import uuid

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from consultations import deadlines
from consultations.enums import PartyState
from consultations.models import Invitation, Material, Party, Round, RoundQuestion, StandardList
from consultations.parties.actions.invitations import revoke_link
from consultations.parties.letters import fill, filled_letter, usual_letter
from consultations.parties.party_list import roster
from kommuneplan import clock
from kommuneplan.core import upkeep
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.mail.sending import send_waiting
from kommuneplan.core.models import Meeting, Municipality
from tests.consultations.round_factories import (
    DAY,
    a_party,
    a_question,
    a_response,
    a_round,
    an_invitation,
)
from tests.factories import committee, secretary
from tests.races import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """The secretary of the committee, at the door."""
    Municipality.objects.get_or_create(
        pk=1, defaults={"name": "Naboby Kommune", "contact_email": "post@example.org"}
    )
    client.force_login(secretary())
    return client


def go(client: Client, name: str, round: Round, *args: object, data: object = None):
    """GET, or POST with ``data``."""
    address = reverse(f"consultations:{name}", args=[round.plan.slug, round.uid, *args])
    return client.get(address) if data is None else client.post(address, data)


def sent() -> list[str]:
    """To whom mails went."""
    send_waiting()
    return [one.to[0] for one in mail.outbox]


def tokens() -> list[str]:
    """The personal links in the mails that went out."""
    return [re.search(r"/invitation/([^/\s]+)/", one.body)[1] for one in mail.outbox]


# --- the list ------------------------------------------------------------------------------------


def test_parties_come_from_the_register_and_from_standard_lists_each_once(desk):
    round = a_round(announced=False)
    one, two, three = a_party("Beboerne"), a_party("Centeret"), a_party("Daghjemmet")
    gone = a_party("Elmely", retired_at=clock.now())
    listed = StandardList.objects.create(title="De sædvanlige", plan_kind="strategy")
    listed.parties.set([one, two, gone])
    page = go(desk, "round-parties-add", round).content.decode()
    assert "Daghjemmet" in page and "Elmely" not in page and "2 høringsparter" in page
    data = {"parties": [two.uid, three.uid], "lists": [listed.uid]}
    assert go(desk, "round-parties-add", round, data=data).status_code == 302
    assert [row.name for row in round.invitations.all()] == ["Beboerne", "Centeret", "Daghjemmet"]
    assert go(desk, "round-parties-add", round, data=data).status_code == 302
    assert round.invitations.count() == 3
    assert go(desk, "round-parties-add", round, data={}).status_code == 422
    nobody = {"parties": [uuid.uuid4()]}
    assert go(desk, "round-parties-add", round, data=nobody).status_code == 422
    assert sent() == []


def test_the_register_is_searched_forgivingly(desk):
    round = a_round(announced=False)
    a_party("Ældrerådet")
    a_party("Handicaprådet")
    address = reverse("consultations:round-parties-add", args=[round.plan.slug, round.uid])
    found = desk.get(address, {"q": "ældreRÅD"}).context["found"]
    assert [one.name for one in found] == ["Ældrerådet"]


def test_whoever_is_added_to_an_announced_round_is_invited_at_once(desk):
    round = a_round()
    party = a_party("Naboforeningen", email="")
    party.contacts.create(name="Formanden", email="formand@example.org")
    go(desk, "round-parties-add", round, data={"parties": [party.uid]})
    row = round.invitations.get()
    assert (row.email, row.contact_name) == ("formand@example.org", "Formanden")
    assert row.state_at(clock.now()) == PartyState.INVITED
    assert sent() == ["formand@example.org"]
    closed = a_round(round.plan, opens=clock.now() - 9 * DAY, closes=clock.now() - DAY)
    go(desk, "round-parties-add", closed, data={"parties": [party.uid]})
    assert not closed.invitations.exists()


def test_a_party_that_gets_its_address_later_is_invited_then(desk):
    round = a_round()
    party = a_party("Naboforeningen", email="")
    go(desk, "round-parties-add", round, data={"parties": [party.uid]})
    row = round.invitations.get()
    assert row.state_at(clock.now()) == PartyState.LISTED
    data = {"save": "1", "seen": row.version, "email": "n@example.org", "contact_name": ""}
    assert go(desk, "round-party", round, row.uid, data=data).status_code == 302
    assert sent() == ["n@example.org"]
    assert go(desk, "round-party", round, row.uid, data=data).status_code == 409


def test_an_own_deadline_is_set_before_and_extended_after(desk):
    round = a_round(announced=False)
    row = an_invitation(round)
    day = round.last_day + 10 * DAY
    data = {"save": "1", "seen": row.version, "email": row.email, "last_day": f"{day}"}
    go(desk, "round-party", round, row.uid, data=data)
    row.refresh_from_db()
    assert row.closes_at == deadlines.ends(day)
    early = {**data, "seen": row.version, "last_day": f"{round.first_day - DAY}"}
    assert go(desk, "round-party", round, row.uid, data=early).status_code == 422
    Round.objects.filter(pk=round.pk).update(announced_at=clock.now())
    later = {**data, "seen": row.version, "last_day": f"{day + DAY}"}
    go(desk, "round-party", round, row.uid, data=later)
    row.refresh_from_db()
    assert row.closes_at == deadlines.ends(day)


def test_taking_off_needs_a_reason_and_ends_the_link(desk):
    round = a_round()
    row = an_invitation(round)
    assert go(desk, "round-party", round, row.uid, data={"take-off": "1"}).status_code == 422
    data = {"take-off": "1", "reason": "Er nedlagt."}
    assert go(desk, "round-party", round, row.uid, data=data).status_code == 302
    assert not Invitation.objects.by_token(row.token).exists()
    assert "Er nedlagt." in go(desk, "round-parties", round).content.decode()
    assert go(desk, "round-party", round, row.uid).status_code == 404
    go(desk, "round-parties-add", round, data={"parties": [row.party.uid]})
    row.refresh_from_db()
    assert (row.removed_at, row.removed_because) == (None, "")


def test_links_are_revoked_and_made_anew(desk):
    round = a_round()
    row = an_invitation(round)
    go(desk, "round-party", round, row.uid, data={"revoke": "1"})
    assert not Invitation.objects.by_token(row.token).exists()
    go(desk, "round-party", round, row.uid, data={"new-link": "1"})
    assert sent() == [row.email]
    assert Invitation.objects.by_token(tokens()[0]).get() == row
    assert not Invitation.objects.by_token(row.token).exists()
    Invitation.objects.filter(pk=row.pk).update(email="")
    assert go(desk, "round-party", round, row.uid, data={"new-link": "1"}).status_code == 422


def test_a_party_of_another_round_does_not_exist(desk):
    round, other = a_round(), a_round()
    row = an_invitation(other)
    for data in (None, {"revoke": "1"}, {"take-off": "1", "reason": "x"}, {"new-link": "1"}):
        assert go(desk, "round-party", round, row.uid, data=data).status_code == 404
    assert Invitation.objects.by_token(row.token).exists()


def test_how_far_each_is(desk):
    round = a_round()
    facts = {
        PartyState.LISTED: {"invited_at": None},
        PartyState.INVITED: {},
        PartyState.OPENED: {"opened_at": clock.now()},
        PartyState.ANSWERING: {"opened_at": clock.now(), "began_at": clock.now()},
        PartyState.NO_REMARKS: {"no_remarks_at": clock.now()},
        PartyState.SILENT: {"closes_at": clock.now() - DAY / 2},
    }
    for state, fields in facts.items():
        an_invitation(round, str(state), **fields)
    a_response(round, invitation=an_invitation(round, "answered"))
    a_response(round, invitation=an_invitation(round, "late"), is_late=True)
    gone = a_response(round, invitation=an_invitation(round, "trukket"), withdrawn_at=clock.now())
    rows = roster(round, at=clock.now()).rows
    states = {row.invitation.name: row.state for row in rows}
    assert states.pop("trukket") == PartyState.INVITED
    assert states == {str(state): state for state in PartyState}
    assert gone.invitation.name == "trukket"
    page = go(desk, "round-parties", round).content.decode()
    assert "2 inviteret · 1 har åbnet linket" in page


def test_councils_and_their_meetings_are_shown_against_the_deadline(desk):
    closes = deadlines.ends(clock.today() + 20 * DAY)
    round = a_round(closes=closes)
    body = committee("Ældrerådet", BodyKind.COMMITTEE)
    for days in (5, 40):
        Meeting.objects.create(body=body, date=clock.today() + days * DAY)
    Meeting.objects.create(body=body, date=clock.today() + 10 * DAY, cancelled=True)
    an_invitation(round, a_party("Ældrerådet", body=body, heard_by="senior"))
    context = go(desk, "round-parties", round).context
    calendar = context["roster"].rows[0].calendar
    assert calendar.inside == (clock.today() + 5 * DAY,)
    assert calendar.after == clock.today() + 40 * DAY
    assert [one.heard_by for one in context["missing"]] == ["disability"]
    Municipality.objects.filter(pk=1).update(hears_disability_council=False)
    assert go(desk, "round-parties", round).context["missing"] == []


# --- reminders -----------------------------------------------------------------------------------


def test_the_silent_are_reminded_once_a_day_and_nobody_else(desk):
    round = a_round()
    silent = an_invitation(round, "Tavs")
    a_response(round, invitation=an_invitation(round, "Har svaret"))
    an_invitation(round, "Intet", no_remarks_at=clock.now())
    an_invitation(round, "For sent", closes_at=clock.now() - DAY / 2)
    revoke_link(invitation=an_invitation(round, "Spærret"), by=None)
    an_invitation(round, "Af listen", removed_at=clock.now(), removed_because="x")
    go(desk, "round-remind", round, data={})
    go(desk, "round-remind", round, data={})
    assert sent() == [silent.email]
    assert Invitation.objects.by_token(tokens()[0]).get() == silent
    assert Invitation.objects.by_token(silent.token).get() == silent
    with time_machine.travel(clock.now() + DAY, tick=False):
        go(desk, "round-remind", round, data={})
        assert sent() == [silent.email] * 2


def test_a_round_that_is_not_open_reminds_nobody(desk):
    for round in (
        a_round(announced=False),
        a_round(opens=clock.now() + DAY, announced=True),
        a_round(withdrawn_at=clock.now(), withdrawn_because="x"),
    ):
        an_invitation(round)
        assert go(desk, "round-remind", round, data={}).status_code == 302
    assert sent() == []


def remind(*options: str) -> str:
    """``manage.py remind``."""
    out = io.StringIO()
    call_command("remind", *options, stdout=out)
    return out.getvalue()


def test_the_command_reminds_near_the_deadline_and_once():
    now = clock.now()
    near = a_round(closes=now + 2 * DAY)
    an_invitation(near, "Nær")
    an_invitation(near, "Egen frist", closes_at=now + 20 * DAY)
    an_invitation(near, "Lige påmindet", reminded_at=now - DAY / 2)
    an_invitation(a_round(closes=now + 9 * DAY), "Fjern")
    assert "1 ville blive påmindet" in remind("--dry-run")
    assert sent() == []
    assert "1 er påmindet" in remind()
    assert "ingen, der skal påmindes" in remind()
    assert sent() == [near.invitations.get(name="Nær").email]


def test_the_worker_reminds_by_day(settings):
    with time_machine.travel("2027-03-04T02:30:00+01:00", tick=False):
        an_invitation(a_round(closes=clock.now() + 2 * DAY))
        upkeep.hourly["consultations.reminders"]()
        assert sent() == []
    with time_machine.travel("2027-03-04T08:00:00+01:00", tick=False):
        settings.CONSULTATION_REMIND_DAYS = 0
        upkeep.hourly["consultations.reminders"]()
        assert sent() == []
        settings.CONSULTATION_REMIND_DAYS = 3
        upkeep.hourly["consultations.reminders"]()
        upkeep.hourly["consultations.reminders"]()
        assert len(sent()) == 1


def reminds(number: int) -> int:
    """One of two timers."""
    remind()
    return number


@pytest.mark.django_db(transaction=True)
def test_two_commands_at_once_remind_once():
    an_invitation(a_round(closes=clock.now() + 2 * DAY))
    race(f"{__name__}:reminds", 2)
    assert len(sent()) == 1


# --- the register --------------------------------------------------------------------------------


def register_form(**changes: object) -> dict[str, object]:
    """What the form of a party sends."""
    return {
        "name": "Naboforeningen",
        "category": "association",
        "email": "n@example.org",
        "contact_0_name": "Formanden",
        "contact_0_email": "formand@example.org",
        **changes,
    }


def test_a_party_with_its_contact_persons(desk):
    new = reverse("consultations:party-new")
    assert desk.post(new, register_form()).status_code == 302
    party = Party.objects.get()
    assert [one.name for one in party.contacts.all()] == ["Formanden"]
    assert desk.post(new, register_form(name="naboFORENINGEN")).status_code == 422
    assert desk.post(new, register_form(name="Nr. 2", contact_0_name="")).status_code == 422
    edit = reverse("consultations:party-edit", args=[party.uid])
    changed = register_form(seen=party.version, contact_0_name="Ny formand")
    assert desk.post(edit, changed).status_code == 302
    assert desk.post(edit, changed).status_code == 409
    contact = party.contacts.get()
    assert (contact.name, contact.history.count()) == ("Ny formand", 2)
    party.refresh_from_db()
    emptied = register_form(seen=party.version, contact_0_name="", contact_0_email="")
    assert desk.post(edit, emptied).status_code == 302
    assert not party.contacts.exists()


def test_a_party_out_of_use_stays_on_its_lists(desk):
    row = an_invitation(a_round())
    address = reverse("consultations:party-retire", args=[row.party.uid])
    desk.post(address)
    listing = reverse("consultations:party-list")
    assert "Handicaprådet" not in desk.get(listing).content.decode().partition("<ul class=")[2]
    assert "Handicaprådet" in desk.get(f"{listing}?udgaaede=1").content.decode()
    assert "Handicaprådet" in go(desk, "round-parties", row.round).content.decode()
    desk.post(address, {"back": "1"})
    assert Party.objects.get().retired_at is None


def test_a_standard_list(desk):
    one, two = a_party("Aa"), a_party("Bb")
    new = reverse("consultations:party-list-new")
    data = {"title": "Strategier", "plan_kind": "strategy", "parties": [one.uid, two.uid]}
    assert desk.post(new, data).status_code == 302
    row = StandardList.objects.get()
    edit = reverse("consultations:party-list-edit", args=[row.uid])
    data = {**data, "seen": row.version, "parties": [two.uid]}
    assert desk.post(edit, data).status_code == 302
    assert [party.name for party in row.parties.all()] == ["Bb"]
    assert desk.post(edit, data).status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_asks_no_more_for_more(desk, rows, django_assert_max_num_queries):
    for number in range(rows):
        a_party(f"Part {number}").contacts.create(name="N. N.")
        StandardList.objects.create(title=f"Liste {number}")
    with django_assert_max_num_queries(12):
        desk.get(reverse("consultations:party-list"))


# --- what goes out -------------------------------------------------------------------------------


def test_questions_are_asked_reworded_and_taken_out_until_it_opens(desk):
    round = a_round(announced=False)
    for _twice in range(2):
        data = {"words": "Hvad mangler?"}
        assert go(desk, "round-questions", round, data=data).status_code == 302
    row = RoundQuestion.objects.get()
    changed = {"words": "Hvad mangler der?", "help": "Kort.", "seen": row.version}
    assert go(desk, "round-question", round, row.uid, data=changed).status_code == 302
    assert go(desk, "round-question", round, row.uid, data=changed).status_code == 409
    assert go(desk, "round-question", a_round(round.plan), row.uid).status_code == 404
    Round.objects.filter(pk=round.pk).update(announced_at=clock.now())
    go(desk, "round-questions", round, data={"words": "En mere?"})
    go(desk, "round-question", round, row.uid, data={"take-back": "1"})
    assert [one.words for one in round.questions.filter(retired_at=None)] == ["Hvad mangler der?"]


def test_what_is_pasted_into_the_letter_has_its_notes_in_brackets(desk):
    round = a_round(announced=False)
    text = "<p>a<a name=a href='#b'>1</a></p><p><a name=b href='#a'>1</a>Note</p>"
    answer = go(desk, "round-letter-paste", round, data={"html": text})
    assert answer.json() == {"html": "<p>a [Note]</p>", "said": ""}


def test_the_letter_is_written_and_filled_in_for_each(desk):
    round = a_round(announced=False)
    a_question(round, "Er <b>målene</b> tydelige?")
    row = an_invitation(round, "Råd & Dåd [frist]")
    text = "<p>Til [part] <script>x</script></p><p>Frist: [frist]. [ukendt]</p><p>[spørgsmål]</p>"
    data = {"text": text, "seen": round.version}
    assert go(desk, "round-letter", round, data=data).status_code == 302
    assert go(desk, "round-letter", round, data=data).status_code == 409
    round.refresh_from_db()
    row.round = round
    words = filled_letter(round, row)
    assert "Til Råd &amp; Dåd [frist]" in words  # what is filled in is not looked at again
    assert "[ukendt]" in words and "<script" not in words
    assert "<li>Er &lt;b&gt;målene&lt;/b&gt; tydelige?</li>" in words
    data = {"usual": "1", "seen": round.version, "text": "<p>væk</p>"}
    assert go(desk, "round-letter", round, data=data).status_code == 302
    round.refresh_from_db()
    assert round.letter == "" and "væk" not in filled_letter(round, row)


def test_without_questions_the_line_before_them_goes():
    assert fill("<p>Hej</p><p>Overvej:</p><p>[spørgsmål]</p><p>Tak</p>", {"x": "y"}, []) == (
        "<p>Hej</p><p>Tak</p>"
    )
    assert "[spørgsmål]" in usual_letter(Round())


def test_the_letter_comes_as_word_and_pdf(desk):
    round = a_round(announced=False)
    row = an_invitation(round)
    word = go(desk, "round-letter-docx", round)
    assert word.content[:2] == b"PK"
    assert (
        "h%C3%B8ringsbrev" in word["Content-Disposition"]
        or "hringsbrev" in word["Content-Disposition"]
    )
    import docx

    said = "\n".join(one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert round.title in said and "til og med" in said and "{{" not in said
    address = reverse("consultations:round-letter-pdf", args=[round.plan.slug, round.uid])
    assert desk.get(address, {"part": str(row.uid)}).content[:5] == b"%PDF-"
    for nobody in (str(uuid.uuid4()), "nej"):
        assert desk.get(address, {"part": nobody}).status_code == 404


def upload(desk: Client, round: Round, name: str, data: bytes, **more: str):
    """A file is sent."""
    form = {"file": SimpleUploadedFile(name, data), "title": "", **more}
    return go(desk, "round-materials", round, data=form)


def test_files_that_go_out_are_looked_at_first(desk):
    round = a_round(announced=False)
    for _twice in range(2):
        assert upload(desk, round, "notat.txt", b"Ro og orden.").status_code == 302
    assert upload(desk, round, "makro.docm", b"PK\x03\x04x").status_code == 422
    answer = upload(desk, round, "brev.txt", b"Ring til 010190-1234.")
    assert answer.status_code == 422
    assert "010190-1234" in answer.content.decode()
    assert Material.objects.count() == 1
    assert upload(desk, round, "brev.txt", b"Ring til 010190-1234.", looked="on").status_code == 302
    row = Material.objects.get(title="brev.txt")
    assert go(desk, "round-material", round, row.uid).status_code == 200
    assert go(desk, "round-material", a_round(round.plan), row.uid).status_code == 404
    go(desk, "round-material-out", round, row.uid, data={})
    row.refresh_from_db()
    assert row.retired_at is not None
    Round.objects.filter(pk=round.pk).update(announced_at=clock.now())
    upload(desk, round, "sent.txt", b"For sent.")
    assert Material.objects.filter(retired_at__isnull=True).count() == 1


def test_what_stands_in_the_way_of_readers_is_shown(desk):
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    round = a_round(announced=False)
    upload(desk, round, "kort.png", picture.getvalue(), looked="on")
    assert Material.objects.get().findings == [{"code": "picture", "number": 0}]
    assert "kan ikke læses op" in go(desk, "round-materials", round).content.decode()
