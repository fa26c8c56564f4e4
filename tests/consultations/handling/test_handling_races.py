"""Several who handle the same round at once: each number once, no letters twice, nobody's words
overwritten."""

from __future__ import annotations

import pytest

from consultations.models import Remark, Response, Round
from kommuneplan.core.models import User
from tests.consultations.handled import a_closed_round, a_long_response, a_remark, standing
from tests.factories import secretary
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "tests.consultations.handling.test_handling_races"
TOGETHER = 4


def cut_it(number: int, responses: list[int], by: int) -> list[int]:
    """Each cuts the same response, and one of their own."""
    from consultations.handling.actions import splitting

    user = User.objects.get(pk=by)
    made = []
    for key in (responses[0], responses[1 + number]):
        row = Response.objects.get(pk=key)
        made += splitting.accept_given(response=row, seen=1, by=user)
    return [one.number for one in made]


def handle_whole(_number: int, response: int, by: int) -> int:
    """All handle the same response as a whole."""
    from consultations.handling.actions import splitting

    row = Response.objects.get(pk=response)
    return splitting.handle_whole(response=row, seen=1, by=User.objects.get(pk=by)).pk


def reply_to_it(number: int, remark: int, seen: int, by: int) -> str:
    """Each writes another reply to the same remark, having seen it without one."""
    from consultations.handling.actions import remarks
    from kommuneplan.locking import Conflict

    row = Remark.objects.get(pk=remark)
    facts = {"reply": f"<p>Svar {number}</p>", "proposal": "met"}
    try:
        remarks.handle(remark=row, facts=facts, seen=seen, by=User.objects.get(pk=by))
    except Conflict:
        return "conflict"
    return facts["reply"]


def join_it(number: int, rows: list[int], by: int) -> str:
    """Each lets another remark follow the next one: a ring, if nobody looks."""
    from consultations.handling.actions import remarks
    from consultations.handling.actions.remarks import NotAlike
    from kommuneplan.locking import Conflict

    mine = Remark.objects.get(pk=rows[number])
    head = Remark.objects.get(pk=rows[(number + 1) % len(rows)])
    try:
        remarks.join(remark=mine, head=head, seen=mine.version, by=User.objects.get(pk=by))
    except (Conflict, NotAlike):
        return "no"
    return "yes"


def mark_ready(_number: int, round: int, seen: int, by: int) -> str:
    """All mark the same round as ready."""
    from consultations.handling.actions import ready
    from kommuneplan.locking import Conflict

    row = Round.objects.get(pk=round)
    try:
        ready.mark_ready(round=row, in_spite="x", seen=seen, by=User.objects.get(pk=by))
    except Conflict:
        return "conflict"
    return "ready"


@pytest.fixture
def by() -> int:
    return secretary().pk


def test_a_response_cut_by_all_at_once_is_cut_once_and_numbers_are_given_once(by):
    round = a_closed_round()
    responses = [a_long_response(round).pk for _ in range(TOGETHER + 1)]
    race(f"{HERE}:cut_it", TOGETHER, responses, by)
    assert [row.number for row in standing(round)] == list(range(1, TOGETHER + 2))
    round.refresh_from_db()
    assert round.next_remark == TOGETHER + 2


def test_a_response_handled_whole_by_all_at_once_is_one_remark(by):
    round = a_closed_round()
    found = race(f"{HERE}:handle_whole", TOGETHER, a_long_response(round).pk, by)
    assert len(set(found)) == 1
    assert len(standing(round)) == 1


def test_of_those_who_reply_at_once_one_is_stored_and_the_others_are_told(by):
    remark = a_remark(a_closed_round())
    found = race(f"{HERE}:reply_to_it", TOGETHER, remark.pk, remark.version, by)
    remark.refresh_from_db()
    assert found.count("conflict") == TOGETHER - 1
    assert remark.reply in found
    assert remark.version == 2


def test_joined_by_all_at_once_they_make_neither_chain_nor_ring(by):
    round = a_closed_round()
    rows = [a_remark(round).pk for _ in range(TOGETHER)]
    race(f"{HERE}:join_it", TOGETHER, rows, by)
    heads = {row.pk: row.same_as_id for row in standing(round)}
    assert all(head is None or heads[head] is None for head in heads.values())
    assert None in heads.values()


def test_a_round_is_marked_as_ready_once(by):
    round = a_closed_round()
    seen = Round.objects.get(pk=round.pk).version
    found = race(f"{HERE}:mark_ready", TOGETHER, round.pk, seen, by)
    assert sorted(found) == ["conflict"] * (TOGETHER - 1) + ["ready"]
