"""From draft to adopted and on to a revision, in a real browser."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import TimeSpan
from plans.enums import MilestoneKind
from plans.models import Plan
from tests.factories import secretary
from tests.journeys.looking import check, choose, follow, sign_in
from tests.plans.matters import ready_plan

DAY = dt.timedelta(days=1)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def visitor(request, browser, browser_context_args):
    """A secretary who has signed in; complaints of the browser fail the test."""
    Municipality(pk=1, name="Prøve Kommune").save()
    secretary()
    context = browser.new_context(**browser_context_args, java_script_enabled=request.param)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.scripted = request.param
    sign_in(page, name="sekretær")
    yield page
    assert complaints == []
    context.close()


def submit(page: Page, home: str) -> None:
    page.goto(f"{home}sager/ny/")
    check(page)
    follow(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile(r"/sager/[0-9a-f-]{36}/"))
    check(page)


def record(page: Page, value: str = "approved", day: dt.date | None = None) -> None:
    follow(page, "main .button-row a.button-primary")
    expect(page).to_have_url(re.compile("/behandlinger/"))
    check(page)
    choose(page.locator(f"[name=outcome][value={value}]"))
    page.fill("[name=decided_on]", (day or clock.today()).isoformat())
    page.fill("[name=wording]", "Udvalget traf beslutning.")
    follow(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile(r"/sager/[0-9a-f-]{36}/"))


def publish(page: Page, home: str) -> None:
    page.goto(f"{home}versioner/")
    follow(page, page.locator("main a[href*='/versioner/'][href$='/offentliggoer/']").first)
    expect(page).to_have_url(re.compile("/offentliggoer/$"))
    check(page)
    if page.locator("[name=reason]").count():
        page.fill("[name=reason]", "Udvalget har besluttet det.")
    follow(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile("/versioner/$"))
    check(page)


def test_from_draft_to_adopted_and_on_to_a_revision(visitor: Page) -> None:
    page, plan = visitor, ready_plan()
    home = f"/arbejde/planer/{plan.slug}/"
    page.goto(home)
    check(page)
    submit(page, home)
    record(page)
    check(page)
    publish(page, home)
    page.goto(home)
    expect(page.locator(".plan-top")).to_contain_text(str_of("to_be_sent_out"))

    hearing = plan.open_cycle.milestones.get(kind=MilestoneKind.HEARING)
    hearing.when = TimeSpan.between(clock.today() - 30 * DAY, clock.today() - DAY)
    hearing.save()
    page.goto(home)
    check(page)
    submit(page, home)
    record(page)
    publish(page, home)
    page.goto(f"/planer/{plan.slug}/")
    expect(page.locator("main")).to_contain_text(str_of("adopted"))

    page.goto(home)
    follow(page, "main .button-row a.button-primary")
    expect(page).to_have_url(re.compile("/revision/$"))
    check(page)
    page.fill("[name=reason]", "Nye tal")
    follow(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile(f"{home}$"))
    check(page)
    assert Plan.objects.get().open_cycle.kind == "revision"
    page.goto(f"{home}versioner/sammenlign/?fra=1&til=nu")
    check(page)
    page.goto(f"{home}traek-tilbage/")
    check(page)
    page.fill("[name=reason]", "Det kan vente")
    follow(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile(f"{home}$"))
    expect(page.locator(".plan-top")).to_contain_text(str_of("adopted"))


def str_of(state: str) -> str:
    from django.utils import translation

    from plans.enums import CycleState

    with translation.override("da"):
        return str(CycleState(state).label)
