"""Answers sent at the same moment, and while the deadline is moved: real processes."""

from __future__ import annotations

import datetime as dt
import time
import uuid

import pytest

from consultations.models import Response, ResponseDraft, ResponseRevision, Round
from kommuneplan import clock
from kommuneplan.core.models import Mail
from tests.consultations.answers import a_draft, seal_of
from tests.consultations.round_factories import a_round
from tests.races import race

HERE = "tests.consultations.answering.test_answering_races"
pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES = 4


def send(_number: int, draft: int, key: str, seen: str, at: str) -> str:
    """What the door does; the receipt, or that it is too late."""
    from consultations.answering.actions import sending

    try:
        done = sending.submit(
            draft=ResponseDraft.objects.get(pk=draft),
            key=uuid.UUID(key),
            seen=seen,
            arrived_at=dt.datetime.fromisoformat(at),
        )
    except sending.RoundClosed:
        return "closed"
    return f"{done.response.number} {done.secret}"


def send_own(number: int, drafts: list[tuple[int, str, str]], at: str) -> str:
    """Each process has an answer of its own."""
    return send(number, *drafts[number], at)


def send_naively(number: int, draft: int) -> str:
    """Looks whether there is one and then writes, without lock and key: the control. Each takes a
    number of its own, or the database would refuse what is to be seen here."""
    row = ResponseDraft.objects.get(pk=draft)
    if Response.objects.filter(round=row.round_id, email=row.email).exists():
        return "refused"
    time.sleep(0.2)
    Response.objects.create(
        round_id=row.round_id,
        number=100 + number,
        key=uuid.uuid4(),
        email=row.email,
        received_at=clock.now(),
    )
    return "done"


def sealed(draft: ResponseDraft) -> tuple[int, str, str]:
    draft.refresh_from_db()
    return draft.pk, str(draft.key), seal_of(draft)


def test_one_answer_sent_by_four_at_once_is_received_once():
    draft = a_draft(a_round())
    answers = race(f"{HERE}:send", PROCESSES, *sealed(draft), clock.now().isoformat())
    assert len(set(answers)) == 1
    assert answers[0] != "closed"
    assert (Response.objects.count(), ResponseRevision.objects.count()) == (1, 1)
    assert Mail.objects.count() == 1


def test_without_lock_and_key_there_are_several():
    """If this ever finds one, the test above proves nothing."""
    draft = a_draft(a_round())
    race(f"{HERE}:send_naively", PROCESSES, draft.pk)
    assert Response.objects.count() > 1


def test_four_answers_at_once_have_four_numbers():
    round = a_round()
    drafts = [sealed(a_draft(round, secret=f"hemmelig-{n}")) for n in range(PROCESSES)]
    answers = race(f"{HERE}:send_own", PROCESSES, drafts, clock.now().isoformat())
    assert sorted(int(str(one).split()[0]) for one in answers) == list(range(1, PROCESSES + 1))
    round.refresh_from_db()
    assert (round.next_response, round.version) == (PROCESSES + 1, Round.objects.get().version)


def move_or_send(number: int, drafts: list[tuple[int, str, str]], at: str, to: str) -> str:
    """The first process moves the deadline while the others send."""
    if number:
        return send(number, *drafts[number - 1], at)
    from consultations.rounds.actions import events

    row = Round.objects.get()
    closes = dt.datetime.fromisoformat(to)
    verb = events.extend if closes > row.closes_at else events.close_early
    verb(round=row, closes_at=closes, reason="Sådan blev det.", seen=row.version, by=None)
    return "moved"


def test_an_extension_while_answers_are_sent_has_one_outcome_for_each():
    """Sent a second after the old deadline: received if the extension was first, else not; what
    was told is what is stored, and whoever tries again is received."""
    closes = clock.now() + dt.timedelta(hours=1)
    round = a_round(closes=closes)
    drafts = [sealed(a_draft(round, secret=f"hemmelig-{n}")) for n in range(PROCESSES - 1)]
    late = (closes + dt.timedelta(seconds=1)).isoformat()
    longer = (closes + dt.timedelta(days=7)).isoformat()
    answers = race(f"{HERE}:move_or_send", PROCESSES, drafts, late, longer)
    assert answers[0] == "moved"
    _told_is_stored(answers[1:])
    again = race(f"{HERE}:send_own", PROCESSES - 1, drafts, late)
    assert "closed" not in again
    assert Response.objects.count() == PROCESSES - 1


def test_an_early_closing_while_answers_are_sent_has_one_outcome_for_each():
    round = a_round(opens=clock.now() - dt.timedelta(days=2))
    drafts = [sealed(a_draft(round, secret=f"hemmelig-{n}")) for n in range(PROCESSES - 1)]
    soon = clock.now() + dt.timedelta(minutes=5)
    answers = race(
        f"{HERE}:move_or_send",
        PROCESSES,
        drafts,
        (soon + dt.timedelta(minutes=1)).isoformat(),
        soon.isoformat(),
    )
    assert answers[0] == "moved"
    _told_is_stored(answers[1:])
    later = race(
        f"{HERE}:send_own", PROCESSES - 1, drafts, (soon + dt.timedelta(minutes=1)).isoformat()
    )
    assert [one for one in later if one == "closed"] == [one for one in answers if one == "closed"]


def _told_is_stored(answers: list[object]) -> None:
    told = sorted(int(str(one).split()[0]) for one in answers if one != "closed")
    assert told == sorted(Response.objects.values_list("number", flat=True))
