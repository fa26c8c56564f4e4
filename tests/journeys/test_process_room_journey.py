"""The process plan edited in the row, in a real browser: with JavaScript and without."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from kommuneplan.core.models import User
from plans.models import Milestone
from tests.factories import FIRST, a_plan, imported
from tests.journeys.looking import check, follow
from tests.journeys.test_import_journey import visitor  # noqa: F401


def named(words: str) -> Milestone:
    return Milestone.objects.get(title__icontains=words)


@pytest.fixture
def room(visitor: Page) -> Page:  # noqa: F811
    """The room of a plan with four milestones."""
    user = User.objects.get()
    plan = imported(FIRST, user, a_plan())
    visitor.slug = plan.slug
    visitor.goto(f"/arbejde/planer/{plan.slug}/procesplan/")
    return visitor


def row_of(page: Page, words: str):
    return page.locator(f"#m-{named(words).uid}")


def test_a_date_is_changed_in_the_row_and_everything_follows(room: Page) -> None:
    page = room
    check(page)
    row_of(page, "Høring").locator(".row-acts > a").first.click()
    when = page.locator("[name=when]")
    if page.scripted:
        assert "/procesplan/" in page.url
        expect(page.locator(".is-editing")).to_have_count(1)
        check(page)
    when.fill("31. februar 2027")
    page.locator("form:has([name=when]) button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=when]")).to_have_value("31. februar 2027")
    check(page)
    page.locator("[name=when]").fill("17. maj til 21. juni 2027")
    page.locator("form:has([name=when]) button[type=submit]").first.click()
    expect(row_of(page, "Høring")).to_contain_text("17. maj–21. juni 2027")
    page.get_by_text("Vis tidslinjen").click()
    expect(page.locator(".timeline-drawing")).to_contain_text("17. maj")
    assert named("Høring").when.earliest == dt.date(2027, 5, 17)


def test_words_in_another_row_survive_a_save(room: Page) -> None:
    page = room
    if not page.scripted:
        return
    for words in ("Udkast", "Høring"):
        row_of(page, words).locator(".row-acts > a").first.click()
        expect(row_of(page, words).locator("[name=title]")).to_be_visible()
    row_of(page, "Udkast").locator("[name=title]").fill("Halvt skrevet")
    row_of(page, "Høring").locator("[name=title]").fill("Høringen om strategien")
    row_of(page, "Høring").locator(".button-primary").click()
    expect(page.locator("tbody.is-editing")).to_have_count(1)
    expect(row_of(page, "Udkast").locator("[name=title]")).to_have_value("Halvt skrevet")
    assert named("Høringen om strategien")


def test_deleted_and_taken_back(room: Page) -> None:
    page = room
    row_of(page, "Høring").locator(".row-more summary").click()
    row_of(page, "Høring").locator("button[formaction$='slet/']").click()
    expect(page.locator(".undo-row")).to_have_count(1)
    assert not Milestone.objects.filter(title__icontains="Høring om").exists()
    check(page)
    page.locator(".undo-row button").click()
    expect(page.locator(".undo-row")).to_have_count(0)
    expect(page.locator("tbody.plan-row")).to_have_count(4)
    assert named("Høring om")


def test_a_finding_is_accepted_with_a_note(room: Page) -> None:
    page = room
    finding = page.locator(".finding").first
    message = finding.locator("strong").inner_text().partition(": ")[2]
    finding.locator("summary").click()
    finding.locator("textarea").fill("Aftalt med rådet.")
    finding.locator("button").click()
    expect(page.locator(".accepted-findings summary")).to_be_visible()
    page.locator(".accepted-findings summary").click()
    expect(page.locator(".accepted-findings s").first).to_have_text(message)
    check(page)


def test_moved_with_what_follows(room: Page) -> None:
    page = room
    row_of(page, "Udkast").locator(".row-more summary").click()
    follow(page, row_of(page, "Udkast").locator("a[href$='flyt/']"))
    check(page)
    page.locator("[name=when]").fill("20. april til 14. maj 2027")
    page.locator("[name=scope][value=later]").check()
    follow(page, "form[method=get] button")
    expect(page.locator("table.effects")).to_contain_text("24. maj–28. juni 2027")
    assert named("Høring").when.earliest == dt.date(2027, 5, 10)
    check(page)
    follow(page, "form[method=post] .button-primary")
    expect(page).to_have_url(re.compile("/procesplan/"))
    assert named("Høring").when.earliest == dt.date(2027, 5, 24)


def test_a_treatment_and_a_template_are_shown_first(room: Page) -> None:
    page = room
    page.goto(f"/arbejde/planer/{page.slug}/procesplan/skabelon/")
    check(page)
    page.locator("[name=begins]").fill("2028-01-03")
    follow(page, "form[method=get] button")
    expect(page.locator("main tbody tr").first).to_contain_text("2028")
    check(page)
    page.goto(f"/arbejde/planer/{page.slug}/procesplan/behandling/")
    check(page)
    page.locator("[name=title]").fill("Forslag sendes i høring")
    page.locator("[name=first_day]").fill("2027-04-01")
    follow(page, "form[method=get] button")
    follow(page, "main form[method=post] .button-primary")
    expect(page).to_have_url(re.compile("/procesplan/$"))
    assert Milestone.objects.filter(title__endswith="Forslag sendes i høring").exists()
