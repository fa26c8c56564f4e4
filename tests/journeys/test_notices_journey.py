"""Somebody reads what concerns them and turns a kind of mail off, in a real browser: with the keys
alone, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from kommuneplan.core.models import Municipality, User
from tests.journeys.looking import PASSWORD, check, follow, sign_in
from tests.plans.member_household import member, plan_before


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, browser, browser_context_args) -> Iterator[Page]:
    """A window with JavaScript, and one without."""
    context = browser.new_context(**browser_context_args, java_script_enabled=request.param)
    page = context.new_page()
    page.scripted = request.param
    yield page
    context.close()


@pytest.fixture
def reader() -> User:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    user = member("anna")
    user.set_password(PASSWORD)
    user.save()
    plan_before()
    return user


def test_a_member_reads_what_is_new_and_turns_a_mail_off_with_the_keys(page: Page, reader) -> None:
    sign_in(page, "/konto/beskeder/", "anna")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine beskeder")
    expect(page.locator("main")).to_contain_text("En sag er forelagt Socialudvalget")
    check(page, "notices")
    deadline = page.get_by_label("tre arbejdsdage til en frist")
    deadline.focus()
    page.keyboard.press("Space")
    follow(page, "main .button-primary")
    expect(page.get_by_text("Dit valg er gemt.")).to_be_visible()
    expect(deadline).not_to_be_checked()
    assert [row.kind for row in reader.notices_turned_off.all()] == ["plans.deadline"]
    check(page, "notices-chosen")
    follow(page, "main .account-rows a")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_somebody_to_whom_nothing_is_new_reads_what_the_page_is_for(page: Page) -> None:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    User.objects.create_user("anna@example.org", PASSWORD, name="Anna")
    sign_in(page, "/konto/beskeder/", "anna")
    expect(page.locator("main")).to_contain_text("Der er ikke noget nyt til dig")
    check(page, "notices-none")
