"""A text by target group and principle, and a published meeting that is moved, in a browser."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Meeting, Municipality
from plans.actions import planning
from plans.models import Milestone, Plan
from tests.plans.imported import a_plan, committee, secretary


def check(page: Page) -> None:
    """Nothing is wider than the screen, and axe finds nothing."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page.url} at {width}"
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url


def sign_in(page: Page, address: str) -> None:
    """The secretary at an address."""
    page.goto(address)
    page.fill("[name=username]", "ida@example.org")
    page.fill("[name=password]", "hemmelig")
    page.click("main button[type=submit]")


@pytest.fixture
def plan(db) -> Plan:
    Municipality(pk=1, name="Prøve Kommune").save()
    secretary("ida")
    return a_plan()


def test_from_two_lists_to_a_whole_text(page: Page, plan: Plan) -> None:
    sign_in(page, f"/arbejde/planer/{plan.slug}/tekst/")
    page.click("text=Fuldstændighed")
    check(page)
    page.click("main .empty-state a")
    check(page)
    groups, _principles = page.locator("textarea[name=lines]").all()
    groups.fill("Børn og unge\nVoksne\nBorgere med psykiske lidelser")
    page.locator("main form .button").first.click()
    page.locator("textarea[name=lines]").last.fill(
        "Tidlig indsats\nBorgernes egne ressourcer\nSamarbejde på tværs\nVi lytter"
    )
    page.locator("main form .button").last.click()
    expect(page.locator(".work-list li")).to_have_count(7)
    check(page)
    page.click("main a[href$='/fuldstaendighed/']")
    expect(page.locator(".lead")).to_have_text("15 af 15 dele mangler.")
    check(page)
    page.click("text=Opret det, der mangler")
    expect(page.locator(".proposed-sections li")).to_have_count(18)
    check(page)
    page.click("main form[method=post] .button-primary")
    expect(page.locator(".outline-line")).to_have_count(18)
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/fuldstaendighed/")
    page.locator("td a", has_text="Tom").first.click()
    expect(page.locator(".section-part")).to_contain_text("Børn og unge: fakta")
    check(page)
    page.locator(".ProseMirror").click()
    page.keyboard.type("Kommunen har godt fire tusind børn og unge i målgruppen.")
    page.locator("form[data-write] .button-primary").click()
    page.wait_for_url("**/tekst/")
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/lister/")
    page.locator("textarea[name=lines]").last.fill("Bedre brug af ressourcerne")
    page.locator("main form .button").last.click()
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/fuldstaendighed/")
    expect(page.locator(".lead")).to_have_text("3 af 18 dele mangler. 14 er tomme. 1 er begyndt.")
    expect(page.locator("td a", has_text="Begyndt, 10 ord")).to_have_count(1)
    check(page)
    page.locator("td.is-missing a").first.click()
    check(page)
    page.click("button[name=opret]")
    expect(page.locator("h1")).to_contain_text("Bedre brug af ressourcerne")
    page.goto(f"/arbejde/planer/{plan.slug}/tekst/kapitler/?template=framework_plan")
    check(page)


def test_a_published_meeting_is_moved_and_everybody_is_told(page: Page, plan: Plan) -> None:
    day = dt.date(2027, 5, 5)
    meeting = Meeting.objects.create(body=committee(), date=day)
    Milestone.objects.create(
        cycle=plan.open_cycle, title="Udvalget behandler planen", kind="meeting",
        meeting=meeting, is_public=True,
    )  # fmt: skip
    seen = planning.seen_as(planning.process_plan_to_publish(plan))
    planning.publish_process_plan(plan=plan, reason="", seen=seen, by=None)
    sign_in(page, f"/arbejde/planer/{plan.slug}/procesplan/")
    page.click("text=Flyt datoen")
    check(page)
    page.click("main p a:has-text('Flyt mødet')")
    check(page)
    page.fill("[name=date]", "2027-06-09")
    page.click("main form .button-primary")
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=date]")).to_have_value("2027-06-09")
    check(page)
    page.fill("[name=reason]", "Salen er optaget.")
    page.click("main form .button-primary")
    expect(page.locator(".work-list")).to_contain_text("Offentligheden læser stadig 5. maj 2027.")
    check(page)
    page.click(".work-list a:has-text('Offentliggør procesplan')")
    page.fill("[name=reason]", "Mødet er flyttet.")
    page.click("main form .button-primary")
    expect(page.locator(".alert-success")).to_be_visible()
    page.goto(f"/planer/{plan.slug}/")
    expect(page.locator("main")).to_contain_text("Salen er optaget.")
    check(page)
