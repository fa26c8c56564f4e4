"""The demo holds what its sources say, in words of our own, and is safe to load again."""

from __future__ import annotations

import datetime as dt
import re
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from kommuneplan import clock
from kommuneplan.core.models import Municipality, User
from plans.demo import content, living, people, social_strategy
from plans.demo.days import DemoDays, is_meeting_day
from plans.demo.loading import load_municipality, load_plans
from plans.document import plan_document as doc
from plans.models import (
    Plan,
    PlanVersion,
)
from plans.public.publications import published
from plans.text.completeness import completeness

pytestmark = pytest.mark.django_db
SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def load() -> str:
    out = StringIO()
    call_command("load_demo", logins=True, stdout=out)
    return out.getvalue()


def current(slug: str) -> doc.PlanDocument:
    publication = published(at=clock.now()).get(plan__slug=slug)
    return doc.from_json(publication.version.content)


def expected() -> dict[str, list[list[str]]]:
    """Each source's milestones: words, earliest, latest, kind, body, and part of the title."""
    rows: dict[str, list[list[str]]] = {}
    table = Path(__file__).resolve().parents[2] / "data" / "demo_milestones.tsv"
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        slug, *cells = line.split("\t")
        rows.setdefault(slug, []).append(cells)
    return rows


@pytest.mark.parametrize("slug", expected())
def test_the_reader_of_dates_agrees_with_the_demo(slug):
    danish = pytest.importorskip("kommuneplan.timespan.danish")
    words_alone = ("sideløbende", "mellem", "én gang", "i høringsperioden")
    spec = next(plan for plan in content.HISTORIC if plan.slug == slug)
    moved = [move.to for moment in spec.story for move in moment.moved]
    for when in [step.when for step in spec.steps] + moved:
        written = when if isinstance(when, str) else when.written
        if written.startswith(words_alone):
            continue
        span = danish.read(written).span
        day = getattr(when, "date", None)
        assert (span.earliest, span.latest) == (
            (day, day) if day else (when.earliest, when.latest)
        ), written


@pytest.mark.slow  # loads the demo twice
def test_loading_again_weeks_later_leaves_published_dates_alone():
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), tick=False):
        load()
        before = current(living.SLUG)
    with time_machine.travel(dt.datetime(2026, 4, 20, 9, tzinfo=dt.UTC), tick=False):
        load()
        assert current(living.SLUG) == before


@pytest.mark.slow  # loads the demo
def test_the_municipality_that_is_there_keeps_its_name():
    Municipality(pk=1, name="Nabokommunen").save()
    load()
    assert Municipality.current().name == "Nabokommunen"


@pytest.mark.slow  # loads the demo
def test_no_login_with_a_public_password_unless_asked(settings):
    settings.DEBUG = False
    call_command("load_demo", logins=False, stdout=StringIO())
    assert not User.objects.exists()
    assert Plan.objects.count() == len(content.plans(clock.today()))


FIRST = dt.date(2026, 1, 5)


@pytest.mark.one_database  # weeks are reckoned in Python
@pytest.mark.parametrize("weeks", range(0, 156, 3))
def test_the_living_plan_keeps_to_working_weeks_whenever_it_is_loaded(weeks):
    today = FIRST + dt.timedelta(weeks=weeks)
    days = DemoDays(today)
    order = [days.terms, days.theme, days.released, days.hearing_begins, today, days.citizens,
             days.hearing_ends, days.treated, days.council]  # fmt: skip
    assert order == sorted(order)
    assert days.hearing_begins < days.first_end < days.hearing_ends
    assert days.citizens < days.hearing_ends
    for meeting in (days.terms, days.theme, days.released, days.citizens, days.treated):
        assert is_meeting_day(meeting) and meeting.month != 7
    for plan in living.plans(today):
        for moment in plan.story:
            assert clock.local_day(moment.at) <= today


@pytest.mark.slow  # loads the demo
@pytest.mark.parametrize("month", [1, 7, 10])
def test_the_consultation_is_open_whenever_it_is_loaded(month):
    now = dt.datetime(2027, month, 15, 9, tzinfo=dt.UTC)
    with time_machine.travel(now, tick=False):
        load()
        document = current(living.SLUG)
        assert document.head.state == "in_consultation"
        hearing = next(line for line in document.process_plan.milestones if line.kind == "hearing")
        assert hearing.when.contains(clock.today()) and hearing.state == "planned"
        assert hearing.moved[0].reason
        evaluation = document.process_plan.milestones[-2]
        assert (evaluation.kind, evaluation.written) == ("evaluation", "ultimo 2028")
        stages = PlanVersion.objects.filter(plan__slug=living.SLUG).values_list("stage", flat=True)
        assert list(stages) == ["process_plan", "submitted", "consultation", "consultation"]
        assert not published(at=clock.now()).filter(plan__slug=living.DRAFT).exists()


def everything_said() -> str:
    said = [str(value) for plan in content.plans(dt.date(2026, 11, 22)) for value in walk(plan)]
    return " \n ".join(said)


def walk(value):
    if isinstance(value, str):
        yield re.sub(r"<[^>]+>", " ", value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from walk(inner)
    elif hasattr(value, "__slots__") and not isinstance(value, dt.date):
        for name in value.__slots__:
            yield from walk(getattr(value, name))


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    found = re.findall(r"[\wæøåé]+", text.casefold())
    windows = (found[i : i + length] for i in range(len(found) - length + 1))
    return {tuple(words) for words in windows if any(word.isalpha() for word in words)}


def test_no_sentence_is_copied_from_the_sources():
    if not SEEDS.is_dir():
        pytest.skip("the source documents are not here")
    theirs = set().union(*(runs(path.read_text()) for path in SEEDS.iterdir()))
    assert not runs(everything_said()) & theirs


def test_nothing_in_the_demo_could_reach_a_person():
    said = everything_said() + str(people.MUNICIPALITY) + str(people.LOGINS)
    assert not re.search(r"\b\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{2}\b", said.replace("2009-2012", ""))
    assert set(re.findall(r"[\w.]+@([\w.]+)", said)) == {"example.org"}
    assert all(login.name.endswith("Demo") for login in people.LOGINS)


def test_the_social_strategy_shows_each_principle_for_each_target_group(db):
    load_municipality()
    load_plans([social_strategy.PLAN])
    matrix = completeness(Plan.objects.get())
    assert (len(matrix.rows), len(matrix.principles)) == (4, 4)
    assert all(row.chapter for row in matrix.rows)
    assert matrix.counts["missing"] == matrix.counts["empty"] == 0
