"""The room Historik in a plan with 10,000 records, half of them of sections of some pages."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.test import Client
from django.urls import reverse

from kommuneplan.core.models import Municipality
from kommuneplan.timespan.danish import read
from plans.models import Milestone, Section
from plans.process.actions import milestones
from plans.text.actions import outline
from plans.text.actions.sections import save_section
from tests.factories import a_plan, committee, secretary

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.no_cover,
]  # times itself: not to be watched meanwhile

RECORDS = 10_000
PARAGRAPHS = 20  # some three pages
BOUND = 0.9  # seconds, on a machine that does other things too; alone it takes under 0.3
FILE = 15.0


@pytest.fixture
def house(db):
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan, user = a_plan(), secretary()
    text = "".join(f"<p>{'Et afsnit om naboskab, der fylder lidt. ' * 10}</p>" * PARAGRAPHS)
    sections = [outline.add_section(plan=plan, title=f"Kapitel {n}", by=user) for n in range(40)]
    for section in sections:
        save_section(section=section, title=section.title, text=text, base_version=1, by=user)
    span = read("uge 46 2026").span
    for number in range(40):
        facts = {"title": f"Milepæl {number}", "when": span, "written": "uge 46 2026"}
        milestones.add_milestone(cycle=plan.open_cycle, facts=facts, bodies=[committee()], by=user)
    for model in (Section, Milestone):
        rows = list(model.history.filter(history_type="~"))
        copies = []
        for number in range(RECORDS // 2):
            copies.append(_copy(rows[number % len(rows)], number))
        model.history.model.objects.bulk_create(copies, batch_size=500)
    client = Client()
    client.force_login(user)
    return plan, sections[0], client


def _copy(row, number):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values |= {
        "history_id": None,
        "version": 100 + number,
        "title": f"{row.title} {number}",
        "history_date": row.history_date + dt.timedelta(minutes=number + 1),
    }
    return type(row)(**values)


def quickest(client, address, query=None, times=4):
    spent = []
    for _ in range(times):
        begun = time.process_time()
        assert client.get(address, query).status_code == 200
        spent.append(time.process_time() - begun)
    return min(spent)


@pytest.mark.slow  # ten thousand records
def test_the_room_opens_quickly(house):
    plan, section, client = house
    room = reverse("plans:history", args=[plan.slug])
    thing = reverse("plans:history-thing", args=[plan.slug, "afsnit", section.uid])
    last = section.history.latest("history_id").version
    state = reverse("plans:history-state", args=[plan.slug, "afsnit", section.uid, last])
    for what, address, query in (
        ("first page", room, {}),
        ("last page", room, {"side": 400}),
        ("text alone", room, {"hvad": "tekst"}),
        ("one field", room, {"felt": "afsnit.title"}),
        ("the text", room, {"felt": "afsnit.text"}),
        ("one section", thing, {}),
        ("one state", state, {}),
    ):
        spent = quickest(client, address, query)
        print(f"\n{what}: {spent * 1000:.0f} ms", end="")
        assert spent < BOUND, what


@pytest.mark.slow  # ten thousand records
def test_the_file_of_ten_thousand_records_is_made_in_a_moment(house):
    plan, _section, client = house
    for ending in ("xlsx", "json"):
        spent = quickest(client, reverse(f"plans:history-{ending}", args=[plan.slug]), times=1)
        print(f"\n{ending}: {spent:.1f} s", end="")
        assert spent < FILE
