"""What the pages of meetings ask and how long they take, in a municipality of thirty plans: a year
of thirty meetings with twelve items each, every second of them a matter."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Meeting, Municipality
from plans.models import Agenda, AgendaItem, AtClause, ItemOutcome, Matter, Plan, Treatment
from tests.factories import committee, person
from tests.plans.published import published_plan
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_database]

YEAR, MEETINGS, ITEMS = 2025, 30, 12
MOST_QUERIES = 12


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        Municipality.objects.create(pk=1, name="Prøve Kommune")
        plans = [published_plan(f"Plan {number:02}") for number in range(30)]
        body, first = committee(), dt.date(YEAR, 1, 7)
        now = dt.datetime(YEAR, 12, 1, tzinfo=dt.UTC)
        for week in range(MEETINGS):
            meeting = Meeting.objects.create(body=body, date=first + dt.timedelta(days=11 * week))
            Agenda.objects.create(meeting=meeting, is_out=True)
            for place in range(ITEMS):
                fill(meeting, plans[(week + place) % len(plans)], place, now)
        yield {
            Role.SECRETARY: person("sekretær", Role.SECRETARY, body),
            Role.MEMBER: person("medlem", Role.MEMBER, body),
        }


def fill(meeting: Meeting, plan: Plan, place: int, now: dt.datetime) -> None:
    if place % 2:
        matter = Matter.objects.create(title=f"Sag {place}", purpose="discussion", closed_at=now)
        turn = Treatment.objects.create(
            matter=matter, position=1, body=meeting.body, meeting=meeting, outcome="discussed",
            decided_on=meeting.date, recorded_at=now,
        )  # fmt: skip
        item = AgendaItem.objects.create(treatment=turn, uid=turn.uid, position=place)
    else:
        item = AgendaItem.objects.create(
            own_meeting=meeting, plan=plan, own_title=f"Punkt {place}", own_type="decision",
            position=place,
        )  # fmt: skip
        facts = {"outcome": "approved", "decided_on": meeting.date, "recorded_at": now}
        ItemOutcome.objects.create(item=item, **facts)
    for number in range(1, 6):
        AtClause.objects.create(item=item, number=number, words=f"at punkt {number} tiltrædes")


def pages() -> dict[str, str]:
    meeting = Meeting.objects.order_by("date").first()
    own = AgendaItem.objects.filter(treatment__isnull=True).first()
    matter = AgendaItem.objects.filter(treatment__isnull=False).first()
    year = reverse("plans:agenda-body", args=[committee().slug])
    return {
        "bodies": reverse("plans:agenda"),
        "year": f"{year}?aar={YEAR}",
        "meeting": reverse("plans:agenda-meeting", args=[meeting.uid]),
        "item": reverse("plans:agenda-item", args=[own.uid]),
        "item of a matter": reverse("plans:agenda-item", args=[matter.uid]),
        "outcome": reverse("plans:agenda-minutes", args=[own.uid]),
        "recommendation": reverse("plans:agenda-recommendation", args=[own.uid]),
        "insight": reverse("plans:insight"),
        "plan": f"/planer/{own.plan.slug}/",
    }


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.MEMBER])
def test_no_page_asks_more_than_twelve_questions(world, db, role):
    client = Client()
    client.force_login(world[role])
    asked = {}
    for name, address in pages().items():
        if client.get(address).status_code != 200:
            assert role == Role.MEMBER and name in {"outcome", "recommendation"}
            continue
        if name == "plan":
            continue  # kept as bytes; measured in tests/test_public_queries.py
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            client.get(address)
            took = time.process_time() - began
        asked[name] = len(queries)
        print(f"{role} {name}: {len(queries)} questions, {1000 * took:.0f} ms")
    assert max(asked.values()) <= MOST_QUERIES, asked
