"""The room Historik, at its door."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan.core.models import Municipality
from kommuneplan.timespan.danish import read
from plans.actions import focus, outline, planning
from plans.actions.writing import save_section
from plans.models import Milestone, Section
from tests.plans.imported import a_plan, committee, lead, secretary

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC)


class Room:
    """A plan with a section, a milestone and a focus area, written by two people over some days."""

    def __init__(self) -> None:
        Municipality.objects.create(pk=1, name="Prøve Kommune")
        with time_machine.travel(NOON, tick=False):
            self.plan = a_plan()
            self.ida, self.bo = secretary("ida"), lead(self.plan, "bo")
        self.client = Client()
        self.client.force_login(self.ida)
        with self.day(1):
            self.section = outline.add_section(plan=self.plan, title="Formål", by=self.ida)
        with self.day(2):
            self.write("<p>Vi lytter til alle.</p><p>Vi handler.</p>", self.ida)
        with self.day(3):
            self.write("<p>Vi lytter til borgerne.</p><p>Vi handler.</p>", self.bo)
        with self.day(4):
            self.milestone = planning.add_milestone(
                cycle=self.plan.open_cycle,
                facts=self.facts("ultimo oktober 2026"),
                bodies=[committee()],
                by=self.ida,
            )

    def day(self, number: int):
        return time_machine.travel(NOON + dt.timedelta(days=number), tick=False)

    def facts(self, words: str, **more):
        span = read(words).span
        return {"title": "Vedtagelse", "kind": "adoption", "when": span, "written": words, **more}

    def write(self, text: str, by) -> None:
        self.section = save_section(
            section=self.section, title="Formål", text=text, by=by,
            base_version=self.section.version,
        )  # fmt: skip

    def at(self, route: str = "history", **more) -> str:
        return reverse(f"plans:{route}", kwargs={"slug": self.plan.slug, **more})

    def state(self, row, kind: str, number: int, route: str = "history-state") -> str:
        return self.at(route, kind=kind, uid=row.uid, number=number)

    def page(self, **query) -> str:
        return self.client.get(self.at(), query).content.decode()


@pytest.fixture
def room(db) -> Room:
    return Room()


def test_smoke(room):
    print(room.page())
    assert room.client.get(room.at()).status_code == 200
    a = room.client.get(room.state(room.section, "afsnit", 2))
    assert a.status_code == 200
    print(a.content.decode())
    print(room.client.get(room.at("history-json")).content.decode())
