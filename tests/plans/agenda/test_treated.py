"""What everybody reads of the bodies' treatment of a plan: open items, live; of closed ones
nothing."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from kommuneplan import clock
from kommuneplan.core.models import Meeting
from plans.agenda.actions import outcomes, writing
from plans.models import AgendaItem, Plan
from tests.factories import committee
from tests.pdf_text import words as words_of
from tests.plans.matters import DAY
from tests.plans.published import published_plan

pytestmark = pytest.mark.django_db

TITLE, CLAUSE, WORDING = "Temadrøftelse af boliger", "at papiret drøftes", "Drøftet med tilfredshed"


@pytest.fixture
def plan() -> Plan:
    """A plan everybody reads."""
    return published_plan("Strategi for boliger")


@pytest.fixture
def meeting() -> Meeting:
    return Meeting.objects.create(body=committee(), date=clock.today() - 2 * DAY)


def item(plan: Plan, meeting: Meeting, **more: Any) -> AgendaItem:
    facts = writing.ItemFacts(title=TITLE, item_type="discussion", plan=plan, **more)
    row = writing.add_item(meeting=meeting, facts=facts, by=None)
    return writing.recommend(
        item=row, seen=row.version, sender="Socialforvaltningen", clauses=[CLAUSE], by=None
    )


def read(plan: Plan) -> str:
    return Client().get(f"/planer/{plan.slug}/").content.decode()


def paper(plan: Plan, form: str) -> str:
    data = Client().get(f"/planer/{plan.slug}/plan.{form}").getvalue()
    if form == "pdf":
        return words_of(data)
    return ZipFile(BytesIO(data)).read("word/document.xml").decode()


def test_an_item_is_told_once_the_agenda_is_sent_out(plan, meeting):
    item(plan, meeting)
    assert TITLE not in read(plan)
    writing.send_out(meeting=meeting, by=None)
    page = read(plan)
    assert TITLE in page and CLAUSE in page and "Socialforvaltningen indstiller," in page
    assert "Udfaldet er ikke registreret." in page


def test_the_next_request_tells_what_was_recorded(plan, meeting):
    row = item(plan, meeting)
    writing.send_out(meeting=meeting, by=None)
    assert WORDING not in read(plan)
    minutes = outcomes.Minutes("discussed", meeting.date, wording=WORDING)
    outcomes.record(item=row, minutes=minutes, by=None)
    assert WORDING in read(plan)
    outcomes.record_clauses(item=row, said={1: ("postponed", "")}, by=None)
    assert "Udsat" in read(plan)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_papers_tell_it_too_and_anew_after_a_change(plan, meeting, form):
    row = item(plan, meeting)
    assert "Politisk behandling" not in paper(plan, form)
    writing.send_out(meeting=meeting, by=None)
    assert TITLE in paper(plan, form) and CLAUSE in paper(plan, form)
    minutes = outcomes.Minutes("discussed", meeting.date, wording=WORDING)
    outcomes.record(item=row, minutes=minutes, by=None)
    assert WORDING in paper(plan, form)


def test_of_a_closed_item_there_is_not_a_word(plan, meeting):
    row = item(plan, meeting, is_closed=True, closed_reason="Forhandling om køb")
    writing.send_out(meeting=meeting, by=None)
    minutes = outcomes.Minutes("discussed", meeting.date, wording=WORDING)
    outcomes.record(item=row, minutes=minutes, by=None)
    for said in (read(plan), paper(plan, "docx"), paper(plan, "pdf")):
        for words in (TITLE, CLAUSE, WORDING, "Forhandling", "Politisk behandling"):
            assert words not in said


def test_an_item_that_is_closed_afterwards_is_gone_at_once(plan, meeting):
    row = item(plan, meeting)
    writing.send_out(meeting=meeting, by=None)
    assert TITLE in read(plan) and TITLE in paper(plan, "pdf")
    facts = writing.ItemFacts(title=TITLE, item_type="discussion", plan=plan, is_closed=True)
    writing.edit_item(item=row, seen=row.version, facts=facts, by=None)
    assert TITLE not in read(plan) and TITLE not in paper(plan, "pdf")


def test_dissent_and_votes_stay_inside(plan, meeting):
    row = item(plan, meeting)
    minutes = outcomes.Minutes(
        "discussed", meeting.date, dissent="Et medlem var imod", votes="8 mod 1"
    )
    outcomes.record(item=row, minutes=minutes, by=None)
    assert "Et medlem var imod" not in read(plan) and "8 mod 1" not in read(plan)


def test_items_stand_in_the_order_of_their_meetings(plan, meeting):
    later = Meeting.objects.create(body=committee(), date=meeting.date + dt.timedelta(days=1))
    for held, title in ((later, "Anden drøftelse"), (meeting, "Første drøftelse")):
        facts = writing.ItemFacts(title=title, item_type="discussion", plan=plan)
        writing.add_item(meeting=held, facts=facts, by=None)
        writing.send_out(meeting=held, by=None)
    page = read(plan)
    assert page.index("Første drøftelse") < page.index("Anden drøftelse")
