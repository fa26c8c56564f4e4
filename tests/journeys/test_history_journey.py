"""The room Historik in a real browser: found, narrowed down, a text put back with the keyboard
alone, a collision, a deleted milestone brought back, the file taken out. Every page looked at."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Municipality
from kommuneplan.timespan.danish import read
from plans.details.actions import head
from plans.focus.actions import areas
from plans.models import Milestone, Section
from plans.process.actions import milestones
from plans.text.actions import outline
from plans.text.actions.comments import add_comment
from plans.text.actions.sections import save_section
from tests.factories import a_plan, committee, lead, secretary
from tests.journeys.looking import check, follow, sign_in

NOON = dt.datetime(2026, 3, 2, 11, 3, tzinfo=dt.UTC)
LONG = (
    "Kommunen vil have flere fælles haver, hvor naboer kan mødes på tværs af alder og baggrund. "
    "Haverne skal ligge tæt på boligerne og passes af beboerne selv, med hjælp fra kommunens "
    "gartnere i de første to år. "
)


class House:
    """A plan that two people have worked on for a week."""

    def __init__(self) -> None:
        Municipality(pk=1, name="Prøve Kommune").save()
        with self.day(0):
            self.plan = a_plan()
            self.ida, self.bo = secretary("Ida Holm"), lead(self.plan, "Bo Lund")
        with self.day(1):
            self.section = outline.add_section(plan=self.plan, title="Formål", by=self.ida)
        with self.day(2):
            self.write(f"<p>{LONG}</p><p>Vi lytter til alle.</p>", self.ida)
        with self.day(3):
            self.write(f"<p>{LONG}Det begynder i år.</p><p>Vi lytter.</p>", self.bo)
            add_comment(section=self.section, text="Hvem er alle?", by=self.bo)
        with self.day(4):
            span = read("ultimo oktober 2026").span
            facts = {"title": "Endelig vedtagelse", "kind": "adoption", "when": span}
            row = milestones.add_milestone(
                cycle=self.plan.open_cycle, facts=facts, bodies=[committee()], by=self.ida
            )
        with self.day(5):
            span = read("uge 46 2026").span
            row = milestones.edit_milestone(
                milestone=row, facts={"when": span, "written": "uge 46 2026"}, by=self.bo
            )
            milestones.delete_milestone(milestone=row, by=self.bo)
            area = areas.add_area(plan=self.plan, facts={"title": "Fælles haver"}, by=self.ida)
        with self.day(6):
            areas.end_area(area=area, seen=area.version, reason="Målet er nået.", by=self.ida)
            head.edit_head(plan=self.plan, seen=1, facts={"proposal": "Flere haver."}, by=self.bo)

    def day(self, number: int):
        return time_machine.travel(NOON + dt.timedelta(days=number), tick=False)

    def write(self, text: str, by) -> None:
        self.section = save_section(
            section=self.section, title="Formål", text=text, by=by,
            base_version=self.section.version,
        )  # fmt: skip


@pytest.fixture
def house(page: Page) -> House:
    found = House()
    sign_in(page, f"/arbejde/planer/{found.plan.slug}/", found.ida.email.split("@")[0])
    return found


def test_a_text_is_found_in_the_history_and_put_back(page: Page, house: House) -> None:
    follow(page, ".work-side >> text=Historik")
    expect(page.get_by_role("heading", level=1)).to_have_text("Historik")
    expect(page.locator(".work-side [aria-current]")).to_have_text("Historik")
    check(page)
    page.select_option("[name=felt]", "afsnit.text")
    follow(page, page.get_by_role("button", name="Vis"), "Enter")
    expect(page.locator(".history-act")).to_have_count(2)
    check(page)
    follow(page, page.locator(".history-more a").last, "Enter")
    expect(page.locator("h1")).to_contain_text("Formål 4. marts 2026 kl. 12.03")
    check(page)
    follow(page, page.get_by_role("link", name="Ændringen efter"), "Enter")
    expect(page.locator("ins").first).to_contain_text("Det begynder i år.")
    check(page)
    follow(page, page.get_by_role("link", name="Ændringen før"), "Enter")
    follow(page, page.get_by_role("link", name="Gendan, som det stod efter"), "Enter")
    check(page)
    house.write("<p>Skrevet imens.</p>", house.bo)
    follow(page, page.get_by_role("button", name="Gendan"), "Enter")
    expect(page.locator(".alert-heading")).to_have_text("En anden har gemt i mellemtiden")
    expect(page.locator("main")).to_contain_text("Skrevet imens")
    check(page)
    follow(page, page.get_by_role("button", name="Gendan"), "Enter")
    expect(page.locator(".alert-success")).to_contain_text("er gendannet")
    assert "Vi lytter til alle." in Section.objects.get().text
    follow(page, page.get_by_role("link", name="Se historikken"), "Enter")
    expect(page.locator(".history-why").first).to_contain_text("Gendannet fra 4. marts 2026")
    check(page)


def test_a_deleted_milestone_comes_back_and_the_file_is_taken_out(page: Page, house: House) -> None:
    page.goto(f"/arbejde/planer/{house.plan.slug}/historik/?hvad=procesplan&fra=2026-03-06")
    follow(page, page.get_by_role("link", name=re.compile("^Se, hvordan det stod sidst")))
    expect(page.locator("main")).to_contain_text("Det er slettet nu.")
    check(page)
    follow(page, page.get_by_role("link", name="Gendan, som det stod efter"))
    check(page)
    follow(page, page.get_by_role("button", name="Gendan"))
    expect(page.locator(".alert-success")).to_contain_text("er gendannet")
    assert Milestone.objects.get().written == "uge 46 2026"
    page.goto(f"/arbejde/planer/{house.plan.slug}/historik/?hvad=kommentarer&hvem=1")
    expect(page.locator(".alert-warning")).to_contain_text("uden dette filter")
    check(page)
    page.goto(f"/arbejde/planer/{house.plan.slug}/historik/?fra=2031-01-01")
    expect(page.locator(".empty-title")).to_have_text("Intet passer")
    check(page)
    follow(page, page.get_by_role("link", name="Se hele historikken"))
    with page.expect_download() as taken:
        page.get_by_role("link", name="Regneark").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    follow(page, page.locator(".history-line a", has_text="Fælles haver").first)
    expect(page.locator("h1")).to_have_text("Historik for “Fælles haver”")
    check(page)
