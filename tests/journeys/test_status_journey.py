"""The yearly status in a real browser: opened, made, closed, submitted; every page looked at. What
is typed survives a lost network and a lost session."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Municipality
from plans.focus.yearly import today
from plans.models import FocusStatus, Plan, PlanVersion, StatusDraft, YearlyStatus
from tests.factories import secretary
from tests.journeys.looking import check, choose, fill_in, follow, save_in_vain, sign_in
from tests.plans.statuses import area, in_force, opened

SOON = 12_000  # milliseconds: an autosave and its answer


@pytest.fixture
def room(page: Page) -> Page:
    """The secretary in the room of a plan in force with two focus areas."""
    Municipality(pk=1, name="Prøve Kommune").save()
    secretary("ida")
    plan = in_force()
    area(plan, "Fælles haver", goals="Flere mødes.")
    area(plan, "Nye naboer")
    sign_in(page, f"/arbejde/planer/{plan.slug}/indsatsomraader/")
    return page


def test_a_year_is_opened_decided_closed_and_submitted(room: Page) -> None:
    page, year = room, today().year
    check(page)
    follow(page, "a[href$='/status/ny/']")
    check(page)
    page.fill("[name=closes_on]", f"{year}-12-31")
    follow(page, "main form button.button-primary")
    expect(page.locator(".status-row")).to_have_count(2)
    check(page)
    page.locator("textarea[name$=-words]").first.fill("Tre haver er åbnet.")
    choose(page.locator("input[value=continue]").first)
    choose(page.locator("input[value=end]").last)
    follow(page, "button[name=close]")
    expect(page.locator(".error-summary a")).to_have_count(1)
    expect(page.locator("textarea[name$=-words]").first).to_have_value("Tre haver er åbnet.")
    check(page)
    page.locator("textarea[name$=-reason]").last.fill("Målet er nået.")
    follow(page, "button[name=add]")
    page.fill("[name=title]", "Nyt område")
    check(page)
    follow(page, "main form button.button-primary")
    follow(page, "button[name=close]")
    expect(page.locator("main .alert-warning a")).to_have_text("Nyt område")
    check(page)
    follow(page, "main .alert-warning a")
    choose(page.locator("input[value=continue]").last)
    follow(page, "button[name=close]")
    expect(page).to_have_url(re.compile(r"/luk/"))
    check(page)
    follow(page, "main form button.button-primary")
    assert PlanVersion.objects.get(stage="status").parts == ["focus"]
    check(page)
    follow(page, "a[href$='/forelaeg/']")
    check(page)
    follow(page, "main form button.button-primary")
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
    page.locator("textarea[name$=-words]").first.fill("Tre haver er åbnet.")
    choose(page.locator("input[value=continue]").first)
    expect(said(page)).to_have_text(re.compile(r"Gemt som kladde \d\d\.\d\d"), timeout=SOON)
    check(page)
    page.reload()
    expect(page.locator("textarea[name$=-words]").first).to_have_value("Tre haver er åbnet.")
    expect(page.locator("input[value=continue]").first).to_be_checked()
    check(page)
    follow(page, "main form button.button-primary")
    expect(page.locator("main")).not_to_contain_text("Du har tekst, der ikke er gemt")
    assert FocusStatus.objects.get(words="Tre haver er åbnet.").decision == "continue"


def test_offline_and_back(writing: Page) -> None:
    page = writing
    page.context.set_offline(True)
    page.locator("textarea[name$=-words]").first.fill("Skrevet i toget.")
    expect(said(page)).to_contain_text("Ingen forbindelse", timeout=SOON)
    save_in_vain(page, "main form button.button-primary")  # nothing is sent into the void
    expect(page.locator("textarea[name$=-words]").first).to_have_value("Skrevet i toget.")
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
    fill_in(other, "ida@example.org")
    other.close()
    expect(said(page)).to_contain_text("Gemt som kladde", timeout=SOON)
    follow(page, "main form button.button-primary")
    expect(page.locator("main")).not_to_contain_text("Du har tekst, der ikke er gemt")
    expect(page.locator(".alert-success")).to_be_visible()
    assert YearlyStatus.objects.get().summary == "Et år med mange naboer."
