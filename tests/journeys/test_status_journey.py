"""The yearly status in a real browser: opened, made, closed, submitted; every page looked at."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Municipality
from plans.models import PlanVersion
from plans.yearly import today
from tests.plans.imported import secretary
from tests.plans.statuses import area, in_force


def check(page: Page) -> None:
    """Nothing is wider than the screen, and axe finds nothing."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page.url} at {width}"
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url


@pytest.fixture
def room(page: Page) -> Page:
    """The secretary in the room of a plan in force with two focus areas."""
    Municipality(pk=1, name="Prøve Kommune").save()
    secretary("ida")
    plan = in_force()
    area(plan, "Fælles haver", goals="Flere mødes.")
    area(plan, "Nye naboer")
    page.goto(f"/arbejde/planer/{plan.slug}/indsatsomraader/")
    page.fill("[name=username]", "ida@example.org")
    page.fill("[name=password]", "hemmelig")
    page.click("main button[type=submit]")
    return page


def test_a_year_is_opened_decided_closed_and_submitted(room: Page) -> None:
    page, year = room, today().year
    check(page)
    page.click("a[href$='/status/ny/']")
    check(page)
    page.fill("[name=closes_on]", f"{year}-12-31")
    page.click("main form button.button-primary")
    expect(page.locator(".status-row")).to_have_count(2)
    check(page)
    page.locator("[name$=-words]").first.fill("Tre haver er åbnet.")
    page.locator("input[value=continue]").first.check(force=True)
    page.locator("input[value=end]").last.check(force=True)
    page.click("button[name=close]")
    expect(page.locator(".error-summary a")).to_have_count(1)
    expect(page.locator("[name$=-words]").first).to_have_value("Tre haver er åbnet.")
    check(page)
    page.locator("[name$=-reason]").last.fill("Målet er nået.")
    page.click("button[name=add]")
    page.fill("[name=title]", "Nyt område")
    check(page)
    page.click("main form button.button-primary")
    page.click("button[name=close]")
    expect(page.locator("main .alert-warning a")).to_have_text("Nyt område")
    check(page)
    page.click("main .alert-warning a")
    page.locator("input[value=continue]").last.check(force=True)
    page.click("button[name=close]")
    check(page)
    page.click("main form button.button-primary")
    assert PlanVersion.objects.get(stage="status").parts == ["focus"]
    check(page)
    page.click("a[href$='/forelaeg/']")
    check(page)
    page.click("main form button.button-primary")
    assert "/sager/" in page.url
    page.goto(page.url.split("/sager/")[0] + "/indsatsomraader/aar-for-aar/")
    expect(page.locator("table")).to_contain_text("Målet er nået.")
    check(page)
