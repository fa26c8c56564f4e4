"""A secretary clears while the sender corrects: what nobody has looked through is not shown."""

from __future__ import annotations

import pytest

from consultations.models import OriginalRead, Response, Round
from tests.consultations.round_factories import a_response, a_round
from tests.factories import secretary
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)

HERE = "tests.consultations.review.test_reviewing_races"


def clear_or_correct(number: int, pk: int) -> str:
    """The first of the processes is the sender, as the receipt's page does it; the others clear."""
    import uuid

    from django.db import transaction

    from consultations.models import ResponseRevision
    from consultations.responses import content as received
    from consultations.review.actions import reviewing
    from kommuneplan import clock

    if number:
        try:
            reviewing.clear(response=Response.objects.get(pk=pk), by=None)
        except reviewing.Hindered:
            return "hindered"
        return "cleared"
    with transaction.atomic():
        row = Response.objects.select_for_update().get(pk=pk)
        content = {**row.newest.content, "text": "Mit nummer er 010203-1234."}
        ResponseRevision.objects.create(
            response=row, number=row.newest.number + 1, key=uuid.uuid4(), content=content,
            sha256=received.sha256_of(content), received_at=clock.now(),
        )  # fmt: skip
        reviewing.back_to_waiting(row)
        row.save()
    return "corrected"


def test_whichever_comes_first_the_correction_is_not_shown_unread():
    response = a_response(a_round(), text="Jeg er enig.")
    answers = race(f"{HERE}:clear_or_correct", 4, response.pk)
    assert "corrected" in answers
    row = Response.objects.get()
    assert row.publication_state == "waiting"
    assert "010203" not in str(row.published)


def register_it(_number: int, pk: int, key: str) -> int:
    """The same form, sent by several processes at once."""
    import uuid

    from consultations.answering.actions.registering import Registration, register
    from kommuneplan import clock

    what = Registration(channel="letter", day=clock.today(), sender={"name": "Ea"}, text="Et brev")
    row = register(round=Round.objects.get(pk=pk), what=what, key=uuid.UUID(key), by=None)
    return row.number


def test_a_form_sent_four_times_at_once_is_one_response():
    import uuid

    round = a_round()
    assert race(f"{HERE}:register_it", 4, round.pk, str(uuid.uuid4())) == [1, 1, 1, 1]
    assert Response.objects.count() == 1
    assert Round.objects.get().next_response == 2


def open_it(_number: int, pk: int, user: int) -> int:
    """The same person presses the button that opens a response."""
    from consultations.review.actions import originals
    from kommuneplan.core.models import User

    row = Response.objects.select_related("round").get(pk=pk)
    return originals.open_original(response=row, by=User.objects.get(pk=user)).pk


def test_pressed_four_times_at_once_is_one_opening():
    response, by = a_response(a_round()), secretary()
    assert len(set(race(f"{HERE}:open_it", 4, response.pk, by.pk))) == 1
    assert OriginalRead.objects.count() == 1
