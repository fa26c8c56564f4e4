"""The yearly status in a real browser: opened, made, closed, submitted; every page looked at. What
is typed survives a lost network and a lost session."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Municipality
from plans.models import FocusStatus, Plan, PlanVersion, StatusDraft, YearlyStatus
from plans.yearly import today
from tests.plans.imported import secretary
from tests.plans.statuses import area, in_force, opened

SOON = 12_000  # milliseconds: an autosave and its answer


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
    page.wait_for_url(re.compile(r"/luk/"))
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


@pytest.fixture
def writing(room: Page) -> Page:
    """The status of this year, open, before the secretary."""
    plan = Plan.objects.get()
    status = opened(plan, today().year, closes_on=dt.date(today().year, 12, 31))
    room.goto(f"/arbejde/planer/{plan.slug}/indsatsomraader/status/{status.year}/")
    return room


def said(page: Page):
    return page.locator("[data-save-state]")


def test_what_is_typed_is_kept_and_is_there_again(writing: Page) -> None:
    page = writing
    page.locator("[name$=-words]").first.fill("Tre haver er åbnet.")
    page.locator("input[value=continue]").first.check(force=True)
    expect(said(page)).to_have_text(re.compile(r"Gemt som kladde \d\d\.\d\d"), timeout=SOON)
    check(page)
    page.reload()
    expect(page.locator("[name$=-words]").first).to_have_value("Tre haver er åbnet.")
    expect(page.locator("input[value=continue]").first).to_be_checked()
    check(page)
    page.click("main form button.button-primary")
    expect(page.locator("main")).not_to_contain_text("Du har tekst, der ikke er gemt")
    assert FocusStatus.objects.get(words="Tre haver er åbnet.").decision == "continue"


def test_offline_and_back(writing: Page) -> None:
    page = writing
    page.context.set_offline(True)
    page.locator("[name$=-words]").first.fill("Skrevet i toget.")
    expect(said(page)).to_contain_text("Ingen forbindelse", timeout=SOON)
    page.click("main form button.button-primary")  # nothing is sent into the void
    expect(page.locator("[name$=-words]").first).to_have_value("Skrevet i toget.")
    page.context.set_offline(False)
    expect(said(page)).to_contain_text("Gemt som kladde", timeout=SOON)
    assert "Skrevet i toget." in StatusDraft.objects.get().fields.values()


def test_a_lost_session_costs_no_word(writing: Page) -> None:
    page = writing
    Session.objects.all().delete()
    page.locator("[name=summary]").fill("Et år med mange naboer.")
    expect(said(page)).to_contain_text("logget ud", timeout=SOON)
    check(page)
    with page.context.expect_page() as opening:
        said(page).locator("a").click()
    other = opening.value
    other.fill("[name=username]", "ida@example.org")
    other.fill("[name=password]", "hemmelig")
    other.click("main button[type=submit]")
    other.wait_for_load_state()
    other.close()
    expect(said(page)).to_contain_text("Gemt som kladde", timeout=SOON)
    page.click("main form button.button-primary")
    expect(page.locator("main")).not_to_contain_text("Du har tekst, der ikke er gemt")
    expect(page.locator(".alert-success")).to_be_visible()
    assert YearlyStatus.objects.get().summary == "Et år med mange naboer."
