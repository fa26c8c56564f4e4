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
from tests.journeys.looking import check, follow, sign_in
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
