"""A plan's page in a real browser: no words over each other, none cut off, nothing for axe."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.enums import MilestoneKind, MilestoneState
from plans.models import Cycle, DateChange, Milestone, Phase, Plan, Section
from tests.journeys.looking import check
from tests.plans.published import body_named, publication_of, published_plan

LONG = "Handicaporganisationernes fællesrepræsentantskabsmødeforberedelse"

# Do any two boxes of visible words in the picture meet, or leave it?
COLLISIONS = """() => {
  const words = '.timeline-drawing tspan, .tl-tick text, .tl-today-name';
  const boxes = [...document.querySelectorAll(words)]
    .map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, r]) => r.width > 0);
  const frame = document.querySelector('.timeline').getBoundingClientRect();
  const found = boxes.filter(([, r]) => r.left < frame.left - 1 || r.right > frame.right + 1);
  boxes.forEach(([a, r], n) => boxes.slice(n + 1).forEach(([b, s]) => {
    if (r.left < s.right - 1 && s.left < r.right - 1
        && r.top < s.bottom - 5 && s.top < r.bottom - 5) found.push([a, b]);
  }));
  return found.map(String);
}"""


@pytest.fixture
def plan() -> Plan:
    """A plan with every kind of date, moved, done, cancelled, conditional, and a plan below."""
    today = clock.today()
    Municipality.objects.create(pk=1, name="Vesterhavsøens Kommune")
    plan = Plan.objects.create(title="Strategi", body=body_named(), proposal="Et forslag.")
    cycle = Cycle.objects.create(plan=plan)
    phases = [Phase.objects.create(cycle=cycle, title=f"Fase {n}: {LONG}") for n in (1, 2)]
    day, later = today - dt.timedelta(days=40), today + dt.timedelta(days=300)
    spans = [
        TimeSpan.day(day), TimeSpan.between(day, today), TimeSpan.by(today), TimeSpan.from_(later),
        TimeSpan.within(day, later, Precision.SEASON), TimeSpan.day(later), None,
        TimeSpan(day, today, today + dt.timedelta(days=9), later, Precision.RANGE),
    ]  # fmt: skip
    for n, span in enumerate(spans):
        row = Milestone(
            cycle=cycle,
            title=f"{n} {LONG}",
            phase=phases[n % 2],
            is_public=True,
            conditional=n == 4,
            kind=MilestoneKind.MEETING,
            written="" if span else "afventer",
            state={0: MilestoneState.DONE, 1: MilestoneState.CANCELLED}.get(n, "planned"),
        )
        row.when = span
        row.save()
    change = DateChange(milestone=row, reason="Salen var optaget.")
    change.when = TimeSpan.day(day)
    change.save()
    table = "<table><tr>" + "<td>Fællesrepræsentantskab</td>" * 6 + "</tr></table>"
    Section.objects.create(plan=plan, title="Mål", text=f"<p>Ord.</p>{table}", is_public=True)
    publication_of(plan)
    published_plan(
        "Delstrategi", parent=plan, milestones=(("Vedtages", "adoption", TimeSpan.day(later)),)
    )
    publication_of(plan, visible_from=clock.now())
    return plan


def test_no_words_in_the_picture_meet_or_leave_it(page, plan) -> None:
    page.goto(f"/planer/{plan.slug}/")
    for width in (1600, 1280, 900, 640):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator(".timeline-drawing")).to_be_visible()
        assert page.evaluate(COLLISIONS) == [], width


def test_on_a_telephone_the_table_is_the_timeline(page, plan) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"/planer/{plan.slug}/")
    expect(page.locator(".timeline-drawing")).to_be_hidden()
    expect(page.locator(".tt-row").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_axe_finds_nothing(page, plan) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for address in ("", "versioner/1/", "versioner/2/"):
        page.goto(f"/planer/{plan.slug}/{address}")
        check(page)
    assert complaints == []
