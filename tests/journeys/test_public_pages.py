"""The public pages in a real browser: nothing for axe to find, nothing out of the window, and all
of it with the keyboard, with colours of the reader's own, and on paper."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import TimeSpan
from plans.enums import CycleState, MilestoneKind
from tests.journeys.looking import check, follow
from tests.plans.published import hearing, published_plan

ADDRESSES = (
    "/",
    "/planer/",
    "/planer/?q=findes-ikke",
    "/planer/?aar=hest",
    "/planer/?side=2",
    "/kalender/",
    "/hvad-er-sket/",
    "/hvad-er-sket/?siden=hest",
    "/was",
    "/konto/log-ind/",
    "/findes-ikke/",
    "/komponenter/",
)


@pytest.fixture
def plans() -> None:
    today = clock.today()
    Municipality.objects.create(
        pk=1,
        name="Vesterhavsøens og Omegns Kommune",
        address="Rådhustorvet 1",
        contact_email="planer-og-strategier@vesterhavsoeens-kommune.example.org",
        contact_phone="12 34 56 78",
    )
    published_plan(
        "Sundhedsfremmeindsatsstrategi for børnefamiliers hverdagsliv",
        state=CycleState.IN_CONSULTATION,
        milestones=(
            hearing(today - dt.timedelta(days=5), today + dt.timedelta(days=20)),
            ("Byrådsbehandling", MilestoneKind.ADOPTION, TimeSpan.day(today + dt.timedelta(60))),
        ),
    )
    old = published_plan("Gammel plan")
    published_plan("Ny plan").replaces.add(old)
    published_plan("Udløbet plan", expires_on=today - dt.timedelta(days=1))
    published_plan("Ophævet plan", repealed_on=today)
    for number in range(25):
        published_plan(f"Udkast {number}", state=CycleState.DRAFT)


def test_axe_finds_nothing_and_nothing_leaves_the_window(page, plans) -> None:
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if "Policy" in line.text else None)
    with override_settings(DEBUG=True):
        components = page.goto("/komponenter/")
        assert components.status == 200
    for address in ADDRESSES:
        with override_settings(DEBUG=address == "/komponenter/"):
            page.goto(address)
        check(page)
    assert complaints == []


def test_the_keyboard_reaches_the_content_first_and_then_the_search(page, plans) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Gå til sidens indhold"
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("sundhed")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/planer/\?q=sundhed"))
    expect(page.get_by_role("heading", level=2)).to_have_count(1)


def test_filtering_paging_and_going_back_without_javascript(browser, live_server, plans) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/planer/")
    page.get_by_label("Status").select_option("draft")
    follow(page, page.get_by_role("button", name="Vis"))
    expect(page.locator(".count")).to_contain_text("25 planer af 30 passer.")
    follow(page, page.get_by_role("link", name="Fjern filtrene"))
    follow(page, page.get_by_role("link", name="Næste"))
    expect(page.locator(".count")).to_contain_text("Du ser nummer 26 til 30.")
    context.close()


def test_errors_are_in_focus_and_lead_to_the_field(page, plans) -> None:
    page.goto("/konto/log-ind/")
    follow(page, page.get_by_role("button", name="Log ind", exact=True))
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Adgangskode: Feltet skal udfyldes.").click()
    expect(page.locator("[name=password]")).to_be_focused()


def test_on_paper_there_is_nothing_to_click(page, plans) -> None:
    page.goto("/planer/")
    page.emulate_media(media="print")
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
