"""What a screen reader says of a plan, its timeline and a consultation, in its order.

The three texts in ``read_aloud/`` are what Chromium's accessibility tree holds of the pages below,
line by line; they are there to be read by whoever changes such a page. ``READ_ALOUD=1`` writes
them anew.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page

from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.enums import CycleState, MilestoneKind
from plans.models import Section
from tests.consultations.round_factories import a_question, a_round, sent_out
from tests.eyes.looking import show
from tests.plans.published import hearing, published_plan
from tests.standing import standing

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.browser,
    pytest.mark.no_cover,
    pytest.mark.one_database,  # what is read aloud does not depend on it
]
TODAY = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)
WRITTEN = Path(__file__).with_name("read_aloud")
# Of the tree: where a link leads, and ids that are made anew.
ADDRESS = re.compile(r"\n\s*- /url: .*")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker, private_settings) -> Iterator[dict[str, str]]:
    """The addresses of a plan with a date of each sort, and of its consultation."""
    day = dt.date
    with time_machine.travel(TODAY, tick=False), standing(django_db_blocker):
        Municipality.objects.create(pk=1, name="Eksempel Kommune")
        month = TimeSpan.within(day(2027, 1, 1), day(2027, 1, 31), Precision.MONTH)
        plan = published_plan(
            "Strategi for naboskab",
            state=CycleState.IN_CONSULTATION,
            milestones=(
                hearing(day(2026, 11, 10), day(2026, 12, 22)),
                ("Borgermøde", MilestoneKind.INVOLVEMENT, TimeSpan.day(day(2026, 12, 8))),
                ("Svarene samles", MilestoneKind.DRAFTING, month),
                ("Udvalget drøfter", MilestoneKind.MEETING, month),
                ("Frist for udvalget", MilestoneKind.DEADLINE, TimeSpan.by(day(2027, 2, 1))),
                ("Planen gælder", MilestoneKind.IMPLEMENTATION, TimeSpan.from_(day(2027, 4, 1))),
                ("Opsamling", MilestoneKind.OTHER, None),
            ),
        )
        Section.objects.create(
            plan=plan, title="Det vil vi", text="<p>Vi åbner et værksted.</p>", is_public=True
        )
        round = a_round(
            opens=dt.datetime(2026, 11, 10, tzinfo=COPENHAGEN),
            closes=dt.datetime(2026, 12, 23, tzinfo=COPENHAGEN),
            version=sent_out(plan),
            title="Høring om naboskab",
        )
        a_question(round, "Er målene tydelige?")
        yield {
            "plan": f"/planer/{plan.slug}/",
            "timeline": f"/planer/{plan.slug}/",
            "consultation": f"/hoeringer/{round.slug}/",
        }


@pytest.fixture(scope="module")
def window(browser) -> Iterator[Page]:
    context = browser.new_context(locale="da-DK", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def heard(window, pages):
    """What is read aloud of a page: of its content, or of one part of it."""

    def hear(name: str, part: str = "main") -> str:
        with time_machine.travel(TODAY, tick=False):
            client = Client()
            show(window, client.get(pages[name]), client)
        return ADDRESS.sub("", window.locator(part).first.aria_snapshot())

    return hear


TIMELINE = "section:has(.timeline-table)"


@pytest.mark.parametrize(
    ("name", "part"), [("plan", "main"), ("timeline", TIMELINE), ("consultation", "main")]
)
def test_it_is_read_aloud_as_it_is_written_down(heard, name: str, part: str) -> None:
    said = f"{heard(name, part)}\n"
    file = WRITTEN / f"{name}.txt"
    if os.environ.get("READ_ALOUD"):
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


def test_a_drawing_is_one_thing_with_a_name_and_its_words_follow_at_once(heard) -> None:
    lines = [line.strip() for line in heard("timeline", TIMELINE).splitlines()]
    drawn = [n for n, line in enumerate(lines) if "img " in line]
    assert len(drawn) == 1
    assert "Borgermøde" not in lines[drawn[0]], "its letters are read, and once more in the table"
    assert "table " in lines[drawn[0] + 1]


def test_the_precision_of_each_date_is_heard(heard) -> None:
    said = heard("timeline", TIMELINE)
    for words in (
        'cell "10. november–22. december 2026 hele perioden"',
        'cell "8. december 2026"',
        'cell "januar 2027 hele perioden"',
        'cell "januar 2027 et tidspunkt i perioden"',
        'cell "senest 1. februar 2027"',
    ):
        assert words in said, words


def test_no_two_ways_to_a_remark_sound_alike(heard) -> None:
    names = re.findall(r"""link ["'](Skriv[^"']+)["']""", heard("consultation"))
    assert names
    assert [name for name, times in Counter(names).items() if times > 1] == []
