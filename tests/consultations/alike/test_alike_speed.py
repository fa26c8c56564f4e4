"""A round of two thousand responses: laid together by the worker in seconds, and every page that
tells of it within the time and the queries of a page."""

from __future__ import annotations

import time
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.alike import actions as alike
from consultations.alike.laid import alike_responses
from consultations.handling.actions import splitting
from consultations.models import AlikeMember, Response, ResponseRevision, Round
from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.core.worker import jobs
from tests.consultations.handled import a_closed_round, handler, room
from tests.consultations.round_factories import a_response
from tests.plans.matters import consulted, ready_plan

from .generated_responses import SIZES, two_thousand

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,  # times itself: not to be watched meanwhile
    pytest.mark.slow,  # two thousand responses are stored, and laid together twice
]
MOST_QUERIES = 12
LIMIT = 1.0  # seconds of the processor for a page, as everywhere


@pytest.fixture
def round() -> Round:
    """A round with two thousand responses, as they are received."""
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    round = a_closed_round(plan=consulted(ready_plan()))
    now, made = clock.now(), two_thousand()
    responses = Response.objects.bulk_create(
        Response(round=round, number=n + 1, key=uuid.uuid4(), received_at=now, name=f"Borger {n}")
        for n in range(len(made))
    )
    ResponseRevision.objects.bulk_create(
        ResponseRevision(
            response=row, number=1, key=uuid.uuid4(), sha256="x", received_at=now,
            content={"text": one.text, "answers": [], "remarks": [], "files": []},
        )
        for row, one in zip(responses, made, strict=True)
    )  # fmt: skip
    round.next_response = len(made) + 1
    round.save()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return round


def timed_job(round: Round) -> float:
    """What the worker takes to lay them together."""
    job = alike.later(round)
    begun = time.process_time()
    jobs.run(str(job.uid))
    job.refresh_from_db()
    assert job.state == "done", job.message
    return time.process_time() - begun


def test_two_thousand_are_laid_together_and_looked_at(round, client):
    first = timed_job(round)
    a_response(round, name="En til", text=two_thousand()[0].text)
    print(f"\nthe worker: {first:.2f} s for all, {timed_job(round):.2f} s with one more")
    found = alike_responses(round)
    assert sum(one.responses for one in found.same) >= 0.98 * sum(SIZES)
    group = found.same[0].group
    model = group.members.get(is_model=True).response
    splitting.handle_whole(response=model, seen=1, by=None)
    client.force_login(handler(round))
    client.get(room(round))  # who reads is noted once a day
    here = room(round, f"svar/ens/{group.uid}/")
    last = AlikeMember.objects.filter(group=group).count() // 25
    responses = room(round).replace("bemaerkninger", "svar")
    remark = room(round, f"{round.remarks.get().uid}/")
    for address in (
        room(round, "svar/ens/"), here, f"{here}?side={last}", room(round, "svar/"), responses,
        remark,
    ):  # fmt: skip
        client.get(address)
        begun = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address)
        spent = time.process_time() - begun
        print(f"{address[-60:]}: {len(asked)} queries, {spent:.3f} s")
        assert page.status_code == 200
        assert spent < LIMIT
        if address in (here, f"{here}?side={last}", room(round, "svar/ens/")):
            assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"][:150] for one in asked)
