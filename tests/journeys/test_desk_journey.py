"""A tovholder at the desk, in a real browser: what waits, what is due, what a colleague has
changed, and what is the secretary's alone."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import TimeSpan
from plans.models import DeskVisit, Milestone, Plan
from plans.text.actions.comments import add_comment
from plans.text.actions.sections import save_section
from tests.factories import lead, secretary
from tests.journeys.looking import check, follow, sign_in, tab_to
from tests.plans.matters import meeting, ready_plan

DAY = dt.timedelta(days=1)


@pytest.fixture
def plan() -> Plan:
    """A plan with something late, a meeting to come, a comment and a colleague's change."""
    Municipality(pk=1, name="Prøve Kommune").save()
    ida, plan = secretary("ida"), ready_plan()
    lead(plan, "bo")
    cycle = plan.open_cycle
    late = Milestone(cycle=cycle, title="Udkast til strategi")
    late.when = TimeSpan.day(clock.today() - DAY)
    late.save()
    Milestone.objects.create(cycle=cycle, title="Udvalget", meeting=meeting(plan.body, 20))
    section = plan.sections.get()
    add_comment(section=section, text="Kan det siges kortere?", by=ida)
    save_section(
        section=section, title="Mål", text="<p>Vi vil.</p>", base_version=section.version, by=ida
    )
    return plan


def test_a_tovholder_sees_what_is_theirs_and_takes_no_step(page: Page, plan: Plan) -> None:
    sign_in(page, name="bo")
    expect(page.locator("h1")).to_have_text("Mit overblik")
    check(page)
    expect(page.locator("[aria-labelledby=venter]")).to_contain_text("kommentar")
    expect(page.locator("[aria-labelledby=frister]")).to_contain_text("Overskredet")
    news = page.locator("[aria-labelledby=nyt]")
    expect(news).to_contain_text("ida har arbejdet på afsnittet “Mål”")
    follow(page, "[aria-labelledby=nyt] button")
    expect(news.locator("li")).to_have_count(0)
    check(page)
    assert DeskVisit.objects.get().user.name == "bo"
    follow(page, "[aria-labelledby=venter] a[href*='/tekst/']")
    expect(page.locator("h1")).to_have_text("Tekst")
    follow(page, ".work-side a")
    expect(page.locator("h1")).to_have_text("Overblik")
    check(page)
    for step in ("sager/ny/", "traek-tilbage/", "offentliggoer/"):
        expect(page.locator(f"main a[href$='/{step}']")).to_have_count(0)
    assert page.goto(f"/arbejde/planer/{plan.slug}/sager/ny/").status == 403


def test_a_secretary_sees_what_the_next_meeting_lacks(page: Page, plan: Plan) -> None:
    plan.proposal = ""
    plan.save()
    sign_in(page, name="ida")
    waits = page.locator("[aria-labelledby=venter]")
    expect(waits).to_contain_text("Aflevér materiale til Socialudvalget senest den")
    check(page)
    follow(page, waits.locator(".work-missing a").first)
    expect(page).to_have_url(re.compile("/oplysninger/"))
    page.fill("[name=proposal]", "Flere skal kende deres naboer.")
    follow(page, "main form button[type=submit]")
    page.goto("/arbejde/")
    expect(waits).to_contain_text("Klar til dagsorden")
    page.goto("/arbejde/?side=99")
    expect(page.locator("[aria-labelledby=planer] tbody tr")).to_have_count(1)


def test_the_overview_is_used_with_the_keyboard_alone(page: Page, plan: Plan) -> None:
    """What is overdue is ticked off and taken back, a plan is begun, and one is found again."""
    sign_in(page, name="ida")
    for width in (390, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        check(page)
    late = page.locator("[aria-labelledby=frister]")
    press(page, late.get_by_role("button", name="Markér som gennemført"))
    expect(late).to_contain_text("er markeret som gennemført")
    check(page)
    press(page, late.get_by_role("button", name="Fortryd"))
    expect(page.locator(".alert, .toast").first).to_contain_text("er planlagt igen")
    expect(late.get_by_role("button")).to_have_count(1)
    menu = page.locator(".desk-menu")
    tab_to(page, menu.locator("summary"))
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="En tom plan")).to_be_visible()
    check(page)
    press(page, menu.get_by_role("link", name="Fra en procesplan"))
    expect(page).to_have_url(re.compile("/arbejde/import/"))
    page.goto("/arbejde/")
    tab_to(page, page.locator("#soeg"))
    page.keyboard.type("naboskab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".search-hits mark").first).to_have_text("naboskab")
    check(page)
    for width in (390, 1024):
        page.set_viewport_size({"width": width, "height": 900})
        check(page)
    press(page, page.locator("#fundet-planer + ul a").first)
    expect(page.locator("h1")).to_have_text("Overblik")


def test_the_overview_works_without_scripts(browser, browser_context_args, plan: Plan) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.scripted = False
    sign_in(page, name="ida")
    late = page.locator("[aria-labelledby=frister]")
    follow(page, late.get_by_role("button", name="Markér som gennemført"))
    follow(page, late.get_by_role("button", name="Fortryd"))
    expect(page.locator("main")).to_contain_text("er planlagt igen")
    page.locator(".desk-menu summary").click()
    follow(page, page.get_by_role("link", name="En tom plan"))
    expect(page).to_have_url(re.compile("/arbejde/ny-plan/"))
    context.close()


def press(page: Page, thing) -> None:
    """Go to it with Tab, press Enter, and be on the page it leads to."""
    tab_to(page, thing)
    with page.expect_navigation():
        page.keyboard.press("Enter")
