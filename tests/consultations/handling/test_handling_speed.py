"""The table of a long round: 200 remarks here, 20,000 with CONSULTATION_LOAD=1. The same number of
queries as for one page, and within the time of a page; counts come from an index."""

from __future__ import annotations

import os
import time
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.handling import remarks
from consultations.handling.actions import remarks as verbs
from consultations.handling.actions import themes
from consultations.models import Remark, Response, ResponseRevision
from kommuneplan import clock
from kommuneplan.core.models import Municipality
from tests.consultations.handled import a_closed_round, handler, room
from tests.consultations.round_factories import anchors
from tests.plans.matters import consulted, ready_plan

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,
]  # times itself: not to be watched meanwhile

MANY = 20_000 if os.environ.get("CONSULTATION_LOAD") else 200
EACH = 10  # remarks in a response
MOST_QUERIES = 12
# Seconds of the processor for a page; with the long list a second, as everywhere.
LIMIT = 1.0
WORDS = "Vi foreslår flere bænke, lys på stien og cykelparkering ved fællesboligerne. " * 12


@pytest.fixture
def round():
    """A round with that many remarks, half of them answered, as the actions leave them."""
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    round = a_closed_round(plan=consulted(ready_plan()))
    found = [themes.add_theme(round=round, title=f"Tema {n}", by=None) for n in range(8)]
    places, now = anchors(round), clock.now()
    responses = Response.objects.bulk_create(
        Response(
            round=round, number=n + 1, key=uuid.uuid4(), received_at=now, gone_through=1,
            name=f"Borger {n}", email="b@example.org",
        )
        for n in range(MANY // EACH)
    )  # fmt: skip
    revisions = ResponseRevision.objects.bulk_create(
        ResponseRevision(
            response=one, number=1, key=uuid.uuid4(), content={"text": "Se nedenfor."},
            sha256="x", received_at=now,
        )
        for one in responses
    )  # fmt: skip
    rows = []
    for n in range(MANY):
        is_done = n % 2 == 0
        begins = n % EACH * 20
        row = Remark(
            round=round, number=n + 1, response=responses[n // EACH],
            revision=revisions[n // EACH], place="text", begins=begins, ends=begins + 9,
            anchor=places[n % len(places)], words=f"Nr. {n}: {WORDS}", theme=found[n % 8],
            reply="<p>Tak.</p>" if is_done else "", proposal="met" if is_done else "",
            handled_at=now if is_done else None, version=1,
        )  # fmt: skip
        row.search_text = row.found_by()
        rows.append(row)
    Remark.objects.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return round


def plan_of(rows) -> str:
    """How the database finds the rows."""
    return rows.explain()


def test_the_table_of_a_long_round(round, client):
    client.force_login(handler(round))
    client.get(room(round))
    theme = themes.Theme.objects.filter(round=round).first()
    last = MANY // remarks.PER_PAGE
    for query in (
        "", f"?side={last}", "?stand=aaben", f"?tema={theme.uid}", "?forslag=met&side=2",
        "?q=cykelparkering", "?q=findesikke", "?afsender=som-citizen", "?ansvarlig=ingen",
    ):  # fmt: skip
        begun = time.process_time(), time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            page = client.get(room(round) + query)
        spent, whole = time.process_time() - begun[0], time.perf_counter() - begun[1]
        print(f"{MANY} {query or '-'}: {len(asked)} queries, {spent:.3f} s, {whole:.3f} s in all")
        assert page.status_code == 200
        assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"][:150] for one in asked)
        assert spent < LIMIT
    assert f"{MANY // 2} af {MANY} besvaret" in client.get(room(round)).content.decode()


def test_counts_and_pages_come_from_an_index(round):
    by_number = plan_of(remarks.remarks_of(round)[:20])
    if connection.vendor == "postgresql":
        # All rows are this round's, so that reading all of them is right; can it count without?
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    counting = plan_of(
        Remark.objects.filter(round=round, retired_at__isnull=True, handled_at__isnull=False)
        .order_by()
        .values("round")
    )
    print(by_number, counting, sep="\n")
    if MANY < 1000:
        return  # a short table is read from end to end, and rightly
    assert "SCAN consultations_remark\n" not in by_number
    assert "Seq Scan on consultations_remark " not in by_number
    assert "Index" in counting or "consultations_remark_state" in counting


def test_one_among_many_and_an_act_on_a_page_of_them(round, client):
    client.force_login(handler(round))
    rows = list(remarks.remarks_of(round)[MANY // 2 : MANY // 2 + 100])
    client.get(room(round, f"{rows[0].uid}/"))
    for query in ("", "?stand=aaben&q=baenke"):
        begun = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(room(round, f"{rows[0].uid}/{query}")).status_code == 200
        print(f"one of {MANY} {query}: {len(asked)} queries, {time.process_time() - begun:.3f} s")
        assert time.process_time() - begun < LIMIT
    begun = time.process_time()
    assert verbs.decide_many(remarks=rows, decision="met", words="Ja.", by=None).done == len(rows)
    print(f"{len(rows)} decided at once: {time.process_time() - begun:.3f} s")
