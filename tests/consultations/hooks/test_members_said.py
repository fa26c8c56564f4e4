"""What members read beside the paragraphs: what a person has cleared, when the setting allows, and
no original."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from consultations.handling.actions import ready, remarks, splitting
from consultations.models import Report, Response, Round
from consultations.review.actions import reviewing
from kommuneplan import clock
from plans.members.actions.recusals import lift_recusal, record_recusal
from tests.consultations.handled import a_closed_round, a_long_response, standing
from tests.consultations.round_factories import DAY, a_response, a_round, anchors
from tests.plans.member_household import member

pytestmark = pytest.mark.django_db
CANARY = "Kanariefugl"


@pytest.fixture
def round() -> Round:
    return a_closed_round()


def cleared(response: Response) -> Response:
    """The response as a person has cleared it; whatever was found in it is none here."""
    return reviewing.clear(response=response, by=None)


def read(client, round: Round) -> str:
    """The member's page of the version that was sent out."""
    url = f"/arbejde/udvalg/planer/{round.plan.slug}/{round.frozen.number}/"
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


@pytest.fixture
def there(client):
    client.force_login(member())
    return client


def test_a_cleared_remark_stands_at_its_paragraph(there, round):
    response = a_long_response(round)
    assert "Værkstedet skal være" not in read(there, round)
    cleared(response)
    page = read(there, round)
    assert "Værkstedet skal være åbent om aftenen." in page
    assert "Borger, nr. 1" in page
    assert "Kim Nielsen" not in page
    at = page.index(f'id="{anchors(round)[1]}"')
    assert at < page.index("Værkstedet skal være") < page.index(f'id="{anchors(round)[2]}"')


def test_a_remark_cut_out_of_the_text_stands_where_it_was_put(there, round):
    response = cleared(a_long_response(round))
    splitting.take_all_as_given(round=round, by=None)
    row = standing(round)[0]
    facts = {"anchor": anchors(round)[2], "reply": "<p>Tak.</p>", "proposal": "met"}
    remarks.handle(remark=row, facts=facts, seen=row.version, by=None)
    page = read(there, round)
    assert page.index("Huset skal ligge centralt.") > page.index(f'id="{anchors(round)[2]}"')
    assert page.count("Huset skal ligge centralt.") == 1
    assert "Tak." not in page  # not told before it is ready for the agenda
    fresh = Round.objects.get(pk=round.pk)
    ready.mark_ready(round=fresh, in_spite="x", seen=fresh.version, by=None)
    assert "<p>Tak.</p>" in read(there, round)
    assert response.number == 1


def test_hidden_withdrawn_and_waiting_responses_are_not_read(there, round):
    a_response(round, text=f"{CANARY} venter.")
    hidden = cleared(a_response(round, text=f"{CANARY} skjult."))
    reviewing.hide(response=hidden, reason="Fornærmelser", by=None)
    gone = cleared(a_response(round, text=f"{CANARY} trukket."))
    gone.withdrawn_at = clock.now()
    gone.save()
    splitting.take_all_as_given(round=round, by=None)
    assert CANARY not in read(there, round)


@pytest.mark.slow  # a round from beginning to end for each setting
@pytest.mark.parametrize("when", ["received", "deadline", "report"])
def test_the_rounds_setting_says_from_when(there, when):
    round = a_round(members_see=when)
    cleared(a_response(round, text="Et svar."))
    assert ("Et svar." in read(there, round)) == (when == "received")
    with time_machine.travel(round.closes_at - dt.timedelta(milliseconds=1), tick=False):
        there.force_login(member("sen"))
        assert ("Et svar." in read(there, round)) == (when == "received")
    with time_machine.travel(round.closes_at, tick=False):
        there.force_login(member("senere"))
        assert ("Et svar." in read(there, round)) == (when != "report")
    with time_machine.travel(round.closes_at + DAY, tick=False):
        Report.objects.create(
            round=round, number=1, name="Høringsnotat", made_at=clock.now(), digest="x", content=""
        )
        there.force_login(member("sidst"))
        assert "Et svar." in read(there, round)


def test_who_is_inhabil_reads_nothing_of_a_round_whose_version_is_in_the_matter(client, round):
    from tests.plans.matters import submitted

    cleared(a_response(round, text="Et svar."))
    matter = submitted(round.plan)
    who = member()
    client.force_login(who)
    record_recusal(matter=matter, member=who, reason="other", by=None)
    version = matter.plans.get().version
    url = f"/arbejde/udvalg/planer/{round.plan.slug}/{version.number}/"
    assert client.get(url).status_code == 404


def test_who_is_inhabil_reads_of_the_plan_what_everybody_reads_and_nothing_beside_it(client, round):
    from tests.plans.matters import submitted

    cleared(a_response(round, text="Et svar."))
    matter = submitted(round.plan)
    who = member()
    client.force_login(who)
    assert "Et svar." in read(client, round)
    recusal = record_recusal(matter=matter, member=who, reason="other", by=None)
    assert "Et svar." not in read(client, round)
    lift_recusal(recusal=recusal, by=None)
    assert "Et svar." in read(client, round)


def test_the_page_asks_the_same_of_one_response_as_of_three(
    there, round, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for _ in range(2):
        cleared(a_long_response(round))
        splitting.take_all_as_given(round=round, by=None)
        read(there, round)
        with CaptureQueriesContext(connection) as asked:
            read(there, round)
        costs.append(len(asked))
    assert costs[0] == costs[1]
