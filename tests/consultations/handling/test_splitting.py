"""A response becomes remarks; what was received stays as it was."""

from __future__ import annotations

import copy
import uuid

import pytest

from consultations.handling.actions import splitting
from consultations.handling.actions.splitting import LettersTaken, ResponseChanged
from consultations.handling.splitting import Passage, places
from consultations.models import Remark, Response, ResponseRevision
from kommuneplan import clock
from kommuneplan.locking import Conflict
from tests.consultations.handled import TEXT, a_closed_round, a_long_response, standing
from tests.consultations.round_factories import a_response, anchors, sha256_of

pytestmark = pytest.mark.django_db


def passage(words: str, place: str = "text", text: str = TEXT) -> Passage:
    """Where the words stand in a place."""
    begins = text.index(words)
    return Passage(place, begins, begins + len(words))


def cut(response: Response, *words: str) -> list[Remark]:
    """Remarks of those words of its text."""
    return splitting.split(
        response=response, seen=1, passages=[passage(one) for one in words], by=None
    )


def test_remarks_are_numbered_in_the_order_of_reading_whatever_the_order_of_marking():
    round = a_closed_round()
    cut(a_long_response(round), "Huset skal ligge centralt.", "Vi er glade for planen.")
    assert [(row.number, row.words) for row in standing(round)] == [
        (1, "Vi er glade for planen."),
        (2, "Huset skal ligge centralt."),
    ]


def test_cutting_twice_keeps_numbers_and_anchors_and_makes_nothing_twice():
    round = a_closed_round()
    response = a_long_response(round)
    splitting.accept_given(response=response, seen=1, by=None)
    first = {row.pk: (row.number, row.anchor, row.words) for row in standing(round)}
    cut(response, "Borgerne skal spørges.")
    splitting.accept_given(response=response, seen=1, by=None)
    cut(response, "Borgerne skal spørges.", "Vi er glade for planen.")
    rows = standing(round)
    assert [row.number for row in rows] == [1, 2, 3]
    assert {row.pk: (row.number, row.anchor, row.words) for row in rows if row.pk in first} == first
    assert first.popitem()[1][1] == anchors(round)[1]


def test_what_was_received_is_not_changed_by_it():
    round = a_closed_round()
    response = a_long_response(round)
    before = copy.deepcopy(response.newest.content)
    splitting.accept_given(response=response, seen=1, by=None)
    cut(response, "Borgerne skal spørges.")
    revision = response.newest
    assert revision.content == before
    assert sha256_of(revision.content) == revision.sha256


def test_letters_are_in_one_remark_only():
    round = a_closed_round()
    response = a_long_response(round)
    cut(response, "Borgerne skal spørges.")
    with pytest.raises(LettersTaken) as taken:
        cut(response, "skal spørges.\nHuset skal")
    assert taken.value.remark.number == 1
    assert len(standing(round)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        Passage("text", 0, 9999),
        Passage("text", 5, 5),
        Passage("text", 23, 25),  # the empty line
        Passage("remarks.r9", 0, 5),
        Passage("sender.name", 0, 3),
    ],
)
def test_letters_that_are_not_there_are_no_remark(wrong):
    round = a_closed_round()
    response = a_long_response(round)
    with pytest.raises(ValueError, match="no such letters"):
        splitting.split(response=response, seen=1, passages=[wrong], by=None)
    assert standing(round) == []


def test_a_response_is_gone_through_when_every_paragraph_is_in_a_remark():
    round = a_closed_round()
    response = a_long_response(round)
    splitting.accept_given(response=response, seen=1, by=None)
    cut(response, "Vi er glade for planen.", "Borgerne skal spørges.")
    assert list(round.responses.to_go_through()) == [response]
    cut(response, "Huset skal ligge centralt.")
    answer = [Passage("answers.q1", 0, 3)]
    splitting.split(response=response, seen=1, passages=answer, by=None)
    assert list(round.responses.to_go_through()) == []


def test_the_rest_may_need_no_answer():
    round = a_closed_round()
    response = a_long_response(round)
    cut(response, "Borgerne skal spørges.")
    splitting.finish(response=response, seen=1, by=None)
    assert not round.responses.to_go_through().exists()


def test_a_response_handled_as_a_whole_is_one_remark_with_all_its_words():
    round = a_closed_round()
    response = a_long_response(round)
    whole = splitting.handle_whole(response=response, seen=1, by=None)
    again = splitting.handle_whole(response=response, seen=1, by=None)
    assert whole == again
    for place in places(response.newest.content):
        assert place.words in whole.words
    assert "Er målene klare?" in whole.words
    with pytest.raises(LettersTaken):
        cut(response, "Borgerne skal spørges.")
    response.refresh_from_db()
    assert (response.handled_whole, response.gone_through) == (True, 1)


def test_a_corrected_response_comes_back_and_old_numbers_stay():
    round = a_closed_round()
    response = a_long_response(round)
    splitting.handle_whole(response=response, seen=1, by=None)
    content = {**response.newest.content, "text": "Noget andet."}
    ResponseRevision.objects.create(
        response=response, number=2, key=uuid.uuid4(), content=content,
        sha256=sha256_of(content), received_at=clock.now(),
    )  # fmt: skip
    assert list(round.responses.to_go_through()) == [response]
    with pytest.raises(ResponseChanged):
        splitting.finish(response=response, seen=1, by=None)
    splitting.handle_whole(response=response, seen=2, by=None)
    assert [row.number for row in standing(round)] == [1, 2]
    assert not round.responses.to_go_through().exists()


def test_a_withdrawn_response_is_not_cut():
    round = a_closed_round()
    response = a_long_response(round, withdrawn_at=clock.now())
    with pytest.raises(ResponseChanged):
        cut(response, "Borgerne skal spørges.")
    assert not round.responses.to_go_through().exists()


def test_all_are_taken_as_they_were_given_but_those_somebody_has_begun_on():
    round = a_closed_round()
    begun = a_long_response(round)
    cut(begun, "Borgerne skal spørges.")
    a_long_response(round)
    a_response(round, text="Kun en tekst.")
    a_response(round, text="", no_remarks=True)
    assert splitting.take_all_as_given(round=round, by=None) == (2, 4)
    rows = standing(round)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert rows[3].anchor == anchors(round)[1]
    assert "kun en tekst" in rows[4].search_text
    assert rows[4].history.count() == 1
    assert splitting.take_all_as_given(round=round, by=None) == (0, 0)
    assert list(round.responses.to_go_through()) == [begun]


def test_a_remark_taken_back_gives_its_number_to_nobody():
    round = a_closed_round()
    response = a_long_response(round)
    first, second = cut(response, "Vi er glade for planen.", "Borgerne skal spørges.")
    splitting.finish(response=response, seen=1, by=None)
    with pytest.raises(Conflict):
        splitting.retire_remark(remark=second, seen=0, by=None)
    splitting.retire_remark(remark=second, seen=second.version, by=None)
    assert list(round.responses.to_go_through()) == [response]
    assert cut(response, "Borgerne skal spørges.")[0].number == 3
    assert [row.number for row in standing(round)] == [first.number, 3]
