"""The seal of a version in a real browser, and with the commands of its page against a real server:
as it was sealed, and with one letter changed on the way. Quoting and comparing beside it."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess

import pytest
from django.test import override_settings
from playwright.sync_api import Page, Route, expect

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from plans.models import Plan, Section
from tests.journeys.looking import check, follow
from tests.plans.published import body_named, publication_of

PAGE = "/planer/haver/versioner/2/segl/"


@pytest.fixture(autouse=True)
def plan(live_server):
    Municipality.objects.create(pk=1, name="Vesterhavsøens Kommune")
    plan = Plan.objects.create(title="Haver", body=body_named(), proposal="Flere grønne haver.")
    section = Section.objects.create(
        plan=plan, title="Mål", text="<p>Haven er åben.</p><p>Den er stor.</p>", is_public=True
    )
    publication_of(plan)
    section.text = section.text.replace("stor", "rummelig og lyser i mørket")
    section.save()
    publication_of(plan, visible_from=clock.now() - dt.timedelta(days=1))
    with override_settings(SITE_ADDRESS=live_server.url):
        yield plan


def changed(route: Route) -> None:
    """One letter of what the server sends becomes another on the way."""
    answer = route.fetch()
    body = answer.text()
    assert "åben" in body
    route.fulfill(response=answer, body=body.replace("åben", "aben"))


def test_the_browser_finds_the_version_as_it_was_sealed(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(PAGE)
    expect(page.get_by_role("status")).to_contain_text("Alt er uændret")
    assert page.locator("[data-part]", has_text="IKKE").count() == 0
    assert page.locator("[data-part]", has_text="Uændret").count() == 4
    assert complaints == []
    check(page)


def test_the_browser_finds_a_changed_letter(page: Page) -> None:
    page.route("**/versioner/2/segl.json", changed)
    page.goto(PAGE)
    expect(page.get_by_role("status")).to_contain_text("IKKE i orden")
    expect(page.get_by_role("status")).to_contain_text("Dele, der ikke passer: 1.")
    expect(page.locator("[data-part]", has_text="IKKE uændret")).to_have_count(1)
    check(page)


def test_the_browser_finds_another_version_before_in_the_chain(page: Page, plan: Plan) -> None:
    def other(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('"number":1', '"number":7'))

    page.route("**/versioner/1/segl.json", other)
    page.goto(PAGE)
    expect(page.get_by_role("status")).to_contain_text("Det foregående segl i kæden")


def test_it_says_so_when_the_version_cannot_be_fetched(page: Page) -> None:
    page.route("**/segl.json", lambda route: route.abort())
    page.goto(PAGE)
    expect(page.get_by_role("status")).to_contain_text("kunne ikke hente versionen")


@pytest.mark.parametrize("name", ["shell", "python"])
def test_the_commands_work_against_what_everybody_gets(page: Page, plan: Plan, name: str) -> None:
    if not (shutil.which("jq") and shutil.which("curl")):
        pytest.skip("jq or curl is not on this machine")
    page.goto(PAGE)
    command = page.locator(f"[data-recipe={name}]").inner_text()
    done = subprocess.run(
        ["/bin/sh", "-c", f'cd "$(mktemp -d)"; {command}'],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.stdout == f"Seglet: {plan.versions.get(public_number=2).digest}\n"


def test_a_paragraph_is_quoted_with_its_own_address(page: Page) -> None:
    page.goto("/planer/haver/versioner/2/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator(".block").nth(1)
    page.evaluate("anchor => { location.hash = anchor }", block.get_attribute("id"))
    expect(page.locator("[data-cite]")).to_contain_text("1 Mål, stykke 2.")
    page.get_by_role("button", name="Kopiér henvisningen").click()
    expect(page.get_by_text("Kopieret.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"/planer/haver/versioner/2/#{block.get_attribute('id')}" in copied
    assert copied.startswith("Vesterhavsøens Kommune: “Haver”, version 2, offentliggjort")
    check(page)


def test_two_versions_are_chosen_swapped_and_read(page: Page) -> None:
    page.goto("/planer/haver/")
    follow(page, page.get_by_role("link", name="Sammenlign to versioner"))
    check(page)
    follow(page, page.get_by_role("button", name="Sammenlign"))
    assert page.url.endswith("/planer/haver/sammenlign/1/2/")
    expect(page.locator("ins", has_text="rummelig")).to_be_visible()
    check(page)
    follow(page, page.get_by_role("link", name="Byt om på de to"))
    expect(page.locator("del", has_text="rummelig")).to_be_visible()
