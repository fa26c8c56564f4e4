"""The public pages in a real browser: nothing for axe to find, nothing out of the window, and all
of it with the keyboard, with colours of the reader's own, and on paper."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import TimeSpan
from plans.enums import CycleState, MilestoneKind
from tests.plans.published import hearing, published_plan

ADDRESSES = (
    "/",
    "/planer/",
    "/planer/?q=findes-ikke",
    "/planer/?aar=hest",
    "/planer/?side=2",
    "/kalender/",
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


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_leaves_the_window(page, plans, width) -> None:
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if "Policy" in line.text else None)
    page.set_viewport_size({"width": width, "height": 800})
    with override_settings(DEBUG=True):
        components = page.goto("/komponenter/")
        assert components.status == 200
    for address in ADDRESSES:
        with override_settings(DEBUG=address == "/komponenter/"):
            page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert complaints == []


def test_the_keyboard_reaches_the_content_first_and_then_the_search(page, plans) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Gå til sidens indhold"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    page.keyboard.type("sundhed")
    page.keyboard.press("Enter")
    page.wait_for_url("**/planer/?q=sundhed")
    assert page.get_by_role("heading", level=2).count() == 1


def test_filtering_paging_and_going_back_without_javascript(browser, live_server, plans) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/planer/")
    page.get_by_label("Status").select_option("draft")
    page.get_by_role("button", name="Vis").click()
    assert "25 planer af 30 passer." in page.locator(".count").inner_text()
    page.get_by_role("link", name="Fjern filtrene").click()
    page.get_by_role("link", name="Næste").click()
    assert "Du ser nummer 26 til 30." in page.locator(".count").inner_text()
    context.close()


def test_errors_are_in_focus_and_lead_to_the_field(page, plans) -> None:
    page.goto("/konto/log-ind/")
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.wait_for_selector(".error-summary")
    assert "error-summary" in page.evaluate("document.activeElement.className")
    page.get_by_role("link", name="Adgangskode: Feltet skal udfyldes.").click()
    assert page.evaluate("document.activeElement.name") == "password"


def test_on_paper_there_is_nothing_to_click(page, plans) -> None:
    page.goto("/planer/")
    page.emulate_media(media="print")
    assert not page.locator(".site-nav").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.locator("h1").is_visible()
