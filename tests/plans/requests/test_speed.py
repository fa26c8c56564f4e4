"""The list of requests and the room of a plan, with thousands of rows: how much they ask.

Thirty plans, three thousand requests of ten years, forty steps of money in each plan.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Meeting, User
from kommuneplan.timespan.span import TimeSpan
from plans.enums import BudgetState
from plans.models import AgendaItem, BudgetStep, CommitteeRequest, Plan, RequestAnswer
from tests.factories import committee, person
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.no_cover]
FIRST = dt.date(2016, 1, 6)
PLANS, REQUESTS, STEPS = 30, 3000, 40
MOST_QUERIES = 12


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield fill()


def fill() -> Plan:
    body = committee()
    person("chef", Role.ADMINISTRATOR)
    person("medlem", Role.MEMBER, body)
    plans = [Plan.objects.create(title=f"Plan {n}", body=body) for n in range(PLANS)]
    meetings = Meeting.objects.bulk_create(
        Meeting(body=body, date=FIRST + dt.timedelta(days=14 * n)) for n in range(250)
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(own_meeting=one, own_title=f"Punkt {n}", own_type="information")
        for n, one in enumerate(meetings)
    )
    rows = []
    for n in range(REQUESTS):
        row = CommitteeRequest(
            body=body, meeting=meetings[n % 250], item=items[n % 250], plan=plans[n % PLANS],
            title=f"Bestilling {n}",
        )  # fmt: skip
        row.when = TimeSpan.day(meetings[n % 250].date + dt.timedelta(days=60))
        rows.append(row)
    rows = CommitteeRequest.objects.bulk_create(rows)
    RequestAnswer.objects.bulk_create(
        RequestAnswer(request=row, answered_on=FIRST, meeting=row.meeting)
        for n, row in enumerate(rows)
        if n % 4 < 2
    )
    states = list(BudgetState)
    BudgetStep.objects.bulk_create(
        BudgetStep(
            plan=plan, title=f"Penge {n}", state=states[n % 6], amount=n * 1000,
            first_year=2026 + n % 10, position=n, meeting=meetings[n], item=items[n],
        )
        for plan in plans
        for n in range(STEPS)
    )  # fmt: skip
    return plans[0]


LIST, ALL = "/arbejde/bestillinger/", "/arbejde/bestillinger/?tilstand=alle"
ONE, ROOM = "/arbejde/bestillinger/{uid}/", "/arbejde/planer/{slug}/bestillinger/"
CASES = [
    *(("chef", one) for one in (LIST, ALL, ONE, ROOM, f"{LIST}ny/", f"{ONE}besvar/")),
    *(("medlem", one) for one in (LIST, ALL, ONE)),
]


@pytest.mark.parametrize(("name", "where"), CASES)
def test_a_page_asks_a_dozen_questions_at_most(client, town, name, where):
    row = CommitteeRequest.objects.filter(plan=town, answers__isnull=True).first()
    address = where.format(uid=row.uid, slug=town.slug)
    client.force_login(User.objects.get(email=f"{name}@example.org"))
    client.get(address)  # what the frame of a plan keeps is known from now on
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"][:200] for one in asked)
