"""What happens to a round after it was announced, and who is told."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultations import deadlines
from consultations.enums import EventKind, RoundState
from consultations.locking import RoundMovedOn
from consultations.models import Invitation, Round, RoundEvent
from consultations.rounds.actions import events
from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.mail.sending import send_waiting
from kommuneplan.core.models import Municipality
from kommuneplan.locking import Conflict
from tests.consultations.round_factories import DAY, a_response, a_round, an_invitation
from tests.factories import person, secretary
from tests.races import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """The secretary of the committee, at the door."""
    Municipality.objects.get_or_create(pk=1, defaults={"name": "Naboby Kommune"})
    client.force_login(secretary())
    return client


def post(client: Client, name: str, round: Round, **data: object):
    """A form is sent."""
    address = reverse(f"consultations:{name}", args=[round.plan.slug, round.uid])
    data.setdefault("seen", Round.objects.get(pk=round.pk).version)
    return client.post(address, data)


def open_round() -> Round:
    """Open until midnight after a day some weeks ahead."""
    return a_round(closes=deadlines.ends(clock.today() + 20 * DAY))


def told() -> dict[str, str]:
    """The mails that went out, by address."""
    send_waiting()
    return {one.to[0]: one.body for one in mail.outbox}


def test_an_extension_is_told_to_all_who_are_consulted_or_have_answered(desk):
    round = open_round()
    handicap = an_invitation(round, "Handicaprådet")
    gone = an_invitation(round, "Nedlagt", removed_at=clock.now(), removed_because="Nedlagt")
    a_response(round, email="borger@example.org")
    a_response(round, email="Borger@example.org")
    a_response(round, email="fortrudt@example.org", withdrawn_at=clock.now())
    a_response(round, email="")
    new = clock.today() + 34 * DAY
    answer = post(desk, "round-extend", round, last_day=f"{new}", reason="Rådet mødes senere.")
    assert answer.status_code == 302
    event = RoundEvent.objects.get()
    assert (event.kind, event.by.name) == (EventKind.EXTENDED, "sekretær")
    assert (event.old_closes_at, event.new_closes_at) == (round.closes_at, deadlines.ends(new))
    round.refresh_from_db()
    assert (round.closes_at, round.last_day) == (deadlines.ends(new), new)
    mails = told()
    assert set(mails) == {handicap.email, "borger@example.org"}
    assert gone.email not in mails
    assert all("Rådet mødes senere." in words for words in mails.values())
    assert "til og med" in mails[handicap.email]
    # The link in the mail leads in, and the one before it still does.
    token = re.search(r"/invitation/([^/\s]+)/", mails[handicap.email])[1]
    assert Invitation.objects.by_token(token).get() == handicap
    assert Invitation.objects.by_token(handicap.token).get() == handicap
    assert "/invitation/" not in mails["borger@example.org"]
    page = desk.get(reverse("consultations:round-page", args=[round.plan.slug, round.uid]))
    assert "Rådet mødes senere." in page.content.decode()


def test_an_extension_for_one_party_is_told_to_it_alone(desk):
    round = open_round()
    one, other = an_invitation(round, "Ældrerådet"), an_invitation(round, "Handicaprådet")
    new = clock.today() + 27 * DAY
    post(desk, "round-extend", round, last_day=f"{new}", reason="Mødet er rykket.", party=one.uid)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.closes_at, other.closes_at) == (deadlines.ends(new), None)
    assert Round.objects.get().closes_at == round.closes_at
    assert RoundEvent.objects.get().invitation == one
    assert set(told()) == {one.email}
    # More time for everybody does not shorten the party's, and lifts a shorter one.
    short = an_invitation(round, "MED", closes_at=round.closes_at - 5 * DAY)
    longer = clock.today() + 24 * DAY
    post(desk, "round-extend", round, last_day=f"{longer}", reason="Ferie.")
    for row in (one, short):
        row.refresh_from_db()
    assert (one.closes_at, short.closes_at) == (deadlines.ends(new), None)


def test_an_extension_is_longer_and_has_a_reason(desk):
    round = open_round()
    same = f"{round.last_day}"
    assert post(desk, "round-extend", round, last_day=same, reason="x").status_code == 422
    assert post(desk, "round-extend", round, last_day="2020-01-01", reason="x").status_code == 422
    later = f"{round.last_day + DAY}"
    assert post(desk, "round-extend", round, last_day=later, reason=" ").status_code == 422
    party = {"party": "00000000-0000-0000-0000-000000000000"}
    answer = post(desk, "round-extend", round, last_day=later, reason="x", **party)
    assert answer.status_code == 422
    assert Round.objects.get().closes_at == round.closes_at


def test_a_second_extension_on_what_is_no_longer_so_asks_again(desk):
    round = open_round()
    seen = round.version
    first, second = round.last_day + 7 * DAY, round.last_day + 14 * DAY
    data = {"seen": seen, "reason": "Ferie"}
    assert post(desk, "round-extend", round, last_day=f"{first}", **data).status_code == 302
    answer = post(desk, "round-extend", round, last_day=f"{second}", **data)
    assert answer.status_code == 409
    assert Round.objects.get().last_day == first
    data["seen"] = answer.context["form"]["seen"].value()
    assert post(desk, "round-extend", round, last_day=f"{second}", **data).status_code == 302
    assert [one.new_closes_at for one in RoundEvent.objects.order_by("pk")] == [
        deadlines.ends(first),
        deadlines.ends(second),
    ]


def test_a_round_that_is_closed_can_be_opened_again_by_more_time(desk):
    round = a_round(opens=clock.now() - 20 * DAY, closes=clock.now() - DAY)
    new = clock.today() + 5 * DAY
    post(desk, "round-extend", round, last_day=f"{new}", reason="For kort frist.")
    assert Round.objects.get().state_at(clock.now()) == RoundState.OPEN
    Round.objects.filter(pk=round.pk).update(ready_at=clock.now())
    answer = post(desk, "round-extend", round, last_day=f"{new + DAY}", reason="Igen.")
    assert answer.status_code == 409


def test_closing_at_once_ends_it_for_everybody(desk):
    round = open_round()
    own = an_invitation(round, closes_at=round.closes_at + 9 * DAY)
    assert post(desk, "round-close", round, reason="Sagen er trukket.").status_code == 302
    stored = Round.objects.get()
    assert stored.closes_at <= clock.now()
    assert stored.state_at(clock.now()) == RoundState.CLOSED
    own.refresh_from_db()
    assert own.closes_at is None
    assert "slutter tidligere" in told()[own.email]
    assert post(desk, "round-close", round, reason="Igen.").status_code == 409


def test_a_sooner_last_day_is_whole(desk):
    round = open_round()
    post(desk, "round-close", round, last_day=f"{clock.today()}", reason="Valget.")
    stored = Round.objects.get()
    assert stored.closes_at == deadlines.ends(clock.today())
    assert stored.state_at(clock.now()) == RoundState.OPEN
    later = f"{round.last_day + DAY}"
    assert post(desk, "round-close", round, last_day=later, reason="x").status_code == 422


def test_a_correction_sheet_changes_nothing_and_is_told(desk):
    round = open_round()
    an_invitation(round)
    seen = round.version
    words = "Side 4: der står 2024, det skal være 2027."
    assert post(desk, "round-correct", round, reason=words, seen=seen).status_code == 302
    assert post(desk, "round-correct", round, reason=words, seen=seen).status_code == 409
    assert RoundEvent.objects.get().kind == EventKind.CORRECTION
    assert all(words in body for body in told().values())
    assert Round.objects.get().closes_at == round.closes_at


def test_a_correction_sheet_as_a_file_goes_to_the_materials(desk):
    def file(words: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("rettelse.txt", words)

    round = open_round()
    answer = post(desk, "round-correct", round, reason="Se filen.", file=file(b"010190-1234"))
    assert answer.status_code == 422
    assert "010190-1234" in answer.content.decode()
    assert "Se filen." in answer.content.decode()
    assert not RoundEvent.objects.exists()
    answer = post(desk, "round-correct", round, reason="Se filen.", file=file(b"MZ\x00\x00"))
    assert answer.status_code == 422
    answer = post(desk, "round-correct", round, reason="Se filen.", file=file(b"Det er 2027."))
    assert answer.status_code == 302
    assert [one.file.name for one in round.materials.all()] == ["rettelse.txt"]


def test_the_admin_leads_to_the_step_that_can_be_taken(client):
    round = open_round()
    boss = person("boss", Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    client.force_login(boss)
    address = reverse("admin:consultations_round_changelist")

    def pressed(step: str):
        return client.post(address, {"action": step, "_selected_action": [str(round.pk)]})

    where = reverse("consultations:round-extend", args=[round.plan.slug, round.uid])
    assert pressed("extend")["Location"] == where
    assert pressed("announce")["Location"] == address


def test_withdrawing_is_for_good_and_told(desk):
    round = open_round()
    an_invitation(round)
    a_response(round, email="borger@example.org")
    assert post(desk, "round-withdraw", round, reason="Planen er opgivet.").status_code == 302
    assert Round.objects.get().state_at(clock.now()) == RoundState.WITHDRAWN
    assert len(told()) == 2
    assert all("Planen er opgivet." in words for words in told().values())
    for name in ("round-withdraw", "round-extend", "round-correct"):
        last = f"{round.last_day + DAY}"
        assert post(desk, name, round, reason="Igen.", last_day=last).status_code == 409
    assert Round.objects.get().withdrawn_because == "Planen er opgivet."


def test_a_round_nobody_was_told_of_is_given_up_in_silence(desk):
    round = a_round(announced=False)
    an_invitation(round)
    post(desk, "round-withdraw", round, reason="Forkert version.")
    assert Round.objects.get().withdrawn_at
    assert told() == {}


def test_a_step_that_fails_tells_nobody(monkeypatch):
    round = open_round()
    an_invitation(round)

    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(events.mails, "send_news", fails)
    with pytest.raises(RuntimeError):
        events.correct(round=round, words="x", seen=round.version, by=None)
    assert not RoundEvent.objects.exists()
    assert told() == {}
    assert Round.objects.get().version == round.version


# --- two at once ---------------------------------------------------------------------------------


def extends(number: int, uid: str, seen: int) -> str:
    """One of several who press at the same moment."""
    round = Round.objects.get(uid=uid)
    closes_at = deadlines.ends(clock.today() + (30 + number) * dt.timedelta(days=1))
    try:
        events.extend(round=round, closes_at=closes_at, reason="Ferie", seen=seen, by=None)
    except Conflict:
        return "conflict"
    return "extended"


def announces(number: int, uid: str, seen: int) -> str:
    """One of several who press at the same moment."""
    from consultations.rounds.actions.rounds import announce_round

    round = Round.objects.get(uid=uid)
    try:
        announce_round(round=round, seen=seen, by=None)
    except (Conflict, RoundMovedOn):
        return "no"
    return "announced"


@pytest.mark.django_db(transaction=True)
def test_two_who_extend_at_once_do_it_once():
    round = open_round()
    an_invitation(round)
    found = race(f"{__name__}:extends", 4, str(round.uid), round.version)
    assert sorted(found) == ["conflict"] * 3 + ["extended"]
    event = RoundEvent.objects.get()
    assert Round.objects.get().closes_at == event.new_closes_at
    assert len(told()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_announce_at_once_do_it_once():
    opens = deadlines.begins(clock.today())
    round = a_round(opens=opens, closes=deadlines.ends(clock.today() + 20 * DAY), announced=False)
    an_invitation(round)
    found = race(f"{__name__}:announces", 4, str(round.uid), round.version)
    assert sorted(found) == ["announced"] + ["no"] * 3
    send_waiting()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("ago", [dt.timedelta(seconds=1), 3 * DAY])
def test_an_early_close_in_the_past_is_now(ago):
    round = open_round()
    begun = clock.now()
    event = events.close_early(
        round=round, closes_at=begun - ago, reason="Alle har svaret", seen=round.version, by=None
    )
    row = Round.objects.get(pk=round.pk)
    assert begun <= row.closes_at <= clock.now()
    assert event.new_closes_at == row.closes_at
