"""From a committee's question on a meeting to the answered promise in front of the members, with
the keyboard alone."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Meeting, Municipality
from plans.models import AgendaItem, CommitteeRequest
from tests.factories import committee, person, secretary
from tests.journeys.looking import check, sign_in, tab_to

DAY = dt.timedelta(days=1)


@pytest.fixture
def meetings(db) -> tuple[Meeting, Meeting]:
    """The committee has met twice; at the first meeting there was an item C."""
    Municipality(pk=1, name="Prøve Kommune").save()
    body = committee()
    asked = Meeting.objects.create(body=body, date=clock.today() - 40 * DAY)
    later = Meeting.objects.create(body=body, date=clock.today() - 2 * DAY)
    for meeting, title, label in (
        (asked, "Bevilling fra satspuljen", "C"), (later, "Status på projektet", "4")
    ):  # fmt: skip
        AgendaItem.objects.create(
            own_meeting=meeting, own_title=title, own_type="information", label=label
        )
    return asked, later


def enter(page: Page, words: str, role: str = "link") -> None:
    """Along a link or a button, by its words, with Tab and Enter."""
    page.evaluate("document.activeElement.blur()")
    tab_to(page, page.locator("main").get_by_role(role, name=words).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    """Into a field, by its label."""
    page.evaluate("document.activeElement.blur()")
    tab_to(page, page.get_by_label(label).first)
    page.keyboard.type(words)


def pick(page: Page, label: str, words: str) -> None:
    """From a list, by the first letters of what is wanted."""
    page.evaluate("document.activeElement.blur()")
    field = page.get_by_label(label).first
    tab_to(page, field)
    page.keyboard.type(words)
    assert words in field.evaluate("one => one.selectedOptions[0].textContent")


def test_from_the_question_at_a_meeting_to_the_answer_in_front_of_the_members(
    page: Page, meetings
) -> None:
    asked, _later = meetings
    secretary("sek")
    person("medlem", Role.MEMBER, committee())

    sign_in(page, f"/arbejde/udvalgsmoeder/moede/{asked.uid}/", "sek")
    enter(page, "Bevilling fra satspuljen")
    enter(page, "Skriv en bestilling op")
    check(page, "bestilling-ny")
    write(page, "Hvad er bestilt?", "Et statusnotat om projektet")
    write(page, "Hvornår er fristen?", "inden årets udgang")
    enter(page, "Skriv bestillingen op", "button")
    expect(page.locator("main")).to_contain_text("Et statusnotat om projektet")
    check(page, "bestilling-paa-punkt")

    enter(page, "Et statusnotat om projektet")
    expect(page.locator("main")).to_contain_text("Åben")
    expect(page.locator("main")).to_contain_text(f"31. december {clock.today().year}")
    check(page, "bestilling")
    enter(page, "Skriv svaret")
    write(page, "Med hvilket dokument?", "Orientering om status")
    enter(page, "Luk bestillingen med dette svar", "button")
    expect(page.locator("main")).to_contain_text("Besvaret")
    assert CommitteeRequest.objects.get().answer is not None

    sign_in(page, "/arbejde/udvalg/", "medlem")
    page.evaluate("document.activeElement.blur()")
    tab_to(page, page.get_by_role("navigation").get_by_role("link", name="Bestillinger"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    check(page, "medlem-bestillinger")
    pick(page, "Status", "Besvaret")
    enter(page, "Vis", "button")
    enter(page, "Et statusnotat om projektet")
    expect(page.locator("main")).to_contain_text("Orientering om status")
    expect(page.locator("main")).to_contain_text("Bevilling fra satspuljen")
    check(page, "medlem-bestilling")


def test_without_javascript_it_is_answered_at_a_later_item_and_opened_again(
    browser, browser_context_args, meetings
) -> None:
    asked, later = meetings
    secretary("sek")
    row = CommitteeRequest.objects.create(
        body=asked.body, meeting=asked, title="Et statusnotat om projektet"
    )
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, f"/arbejde/bestillinger/{row.uid}/besvar/", "sek")
    item = AgendaItem.objects.get(own_meeting=later)
    page.get_by_label("Under punktet på dagsordenen").select_option(str(item.uid))
    page.get_by_role("button", name="Luk bestillingen med dette svar").click()
    expect(page.locator("main")).to_contain_text("Status på projektet")
    page.get_by_role("link", name="Åbn igen").click()
    page.get_by_label("Hvorfor?").fill("Tallene manglede")
    page.get_by_role("button", name="Åbn igen").click()
    expect(page.locator("main")).to_contain_text("Tallene manglede")
    expect(page.locator("main")).to_contain_text("Åben")
    context.close()
