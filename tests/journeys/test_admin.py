"""The admin in a real browser: its scripts work under the strict content security policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from kommuneplan.core.models import User
from plans.demo import activity_offers, loading
from plans.models import Milestone, Plan
from tests.journeys.looking import follow


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser has to say: refused by the policy, or failed."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


@pytest.fixture
def signed_in(page: Page) -> Page:
    loading.load_municipality()
    loading.load_plans([activity_offers.PLAN])
    User.objects.create_superuser("chef@example.org", "hemmeligt-9", name="Chef Prøve")
    page.goto("/konto/log-ind/")
    page.fill("#id_username", "chef@example.org")
    page.fill("#id_password", "hemmeligt-9")
    follow(page, "main form button[type=submit]")
    page.goto("/admin/")
    expect(page.locator("#site-name")).to_contain_text("Kommuneplan")
    return page


def test_the_admin_works_under_the_policy(signed_in: Page, complaints: list[str]):
    page = signed_in
    for path in ("plans/plan/", "plans/milestone/", "plans/planversion/", "core/user/add/",
                 "core/meeting/add/", "core/body/"):  # fmt: skip
        page.goto(f"/admin/{path}")
        expect(page.locator("#content h1").first).to_be_visible()
    milestone = Milestone.objects.get(title__startswith="Ekstra")
    page.goto(f"/admin/plans/milestone/{milestone.pk}/change/")
    page.locator(".field-phase .select2-selection").click()
    expect(page.locator(".select2-results__option").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".field-done_on .date-icon").first.click()
    expect(page.locator(".calendarbox").first).to_be_visible()
    page.goto(f"/admin/plans/milestone/{milestone.pk}/history/")
    expect(page.locator("#change-history")).to_be_visible()
    assert complaints == []


def test_the_process_plan_is_published_with_a_reason(signed_in: Page, complaints: list[str]):
    page = signed_in
    plan = Plan.objects.get()
    before = plan.publications.count()
    milestone = Milestone.objects.get(title__startswith="Ekstra")
    milestone.description = "Kun ved behov."
    milestone.save()
    page.goto("/admin/plans/plan/")
    page.check("input.action-select")
    page.select_option("select[name=action]", "publish_process_plan")
    follow(page, "button[name=index]")
    page.fill("#id_reason", "Beskrivelsen er gjort kortere.")
    follow(page, ".submit-row input[type=submit]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert plan.publications.count() == before + 1
    assert complaints == []
