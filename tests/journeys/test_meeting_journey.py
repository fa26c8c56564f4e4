"""A secretary with nothing but a keyboard: from the year of a committee to a meeting, an item put
on it in one line, what is recommended, the agenda sent out, and what the committee did. Axe looks
at every page on the way; a member and everybody read what it came to."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Meeting, Municipality
from plans.models import AgendaItem
from tests.factories import committee, person, secretary
from tests.journeys.looking import look, tab_to
from tests.plans.matters import DAY
from tests.plans.published import published_plan

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.no_cover,
    pytest.mark.one_database,
]

CLAUSES = ("at udvalget drøfter udkastet", "at udkastet sendes i høring")


class Keys:
    """Somebody who never touches a mouse; every page they come to is looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, place: Locator) -> None:
        tab_to(self.page, place.first)
        expect(place.first).to_be_in_viewport()

    def press(self, place: Locator) -> None:
        """Go to a link or a button, press Enter, and look at the page it leads to."""
        self.to(place)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        look(self.page)

    def link(self, name: str) -> None:
        self.press(self.page.get_by_role("link", name=name))

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name))

    def write(self, selector: str, words: str) -> None:
        self.to(self.page.locator(selector))
        self.page.keyboard.press("Control+A")
        for number, line in enumerate(words.split("\n")):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.type(line)

    def pick(self, selector: str, value: str) -> None:
        """Go to a list and down it with the arrow."""
        place = self.page.locator(selector)
        self.to(place)
        self.page.keyboard.press("Home")
        for _press in range(place.locator("option").count()):
            if place.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} is not in {selector}")


@pytest.fixture
def keys(browser, browser_context_args):
    """The secretary's browser, as wide as a small telephone held upright."""
    Municipality(pk=1, name="Prøve Kommune").save()
    secretary("ida")
    context = browser.new_context(
        **{**browser_context_args, "viewport": {"width": 320, "height": 640}}
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/arbejde/udvalgsmoeder/")
    keys = Keys(page)
    keys.write("[name=username]", "ida@example.org")
    keys.write("[name=password]", "hemmelig")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)
    yield keys
    assert complaints == []
    context.close()


def test_from_the_year_to_what_the_committee_did(keys, client) -> None:
    plan = published_plan("Strategi for boliger")
    held = Meeting.objects.create(body=committee(), date=clock.today() - DAY)
    page = keys.page
    page.reload()
    keys.link("Socialudvalget")
    with page.expect_navigation():
        page.goto(f"{page.url}?aar={held.date.year}")
    keys.press(page.locator(".agenda-meeting h2 a"))

    keys.write("[name=title]", "Drøftelse af udkastet")
    keys.pick("[name=item_type]", "discussion")
    keys.pick("[name=plan]", str(plan.uid))
    keys.button("Tilføj punktet")
    expect(page.get_by_text("“Drøftelse af udkastet” er på dagsordenen.")).to_be_visible()
    keys.write("[name=title]", "Meddelelser")
    keys.pick("[name=item_type]", "information")
    keys.button("Tilføj punktet")
    keys.press(page.locator("button[value=op]"))
    expect(page.locator(".agenda-title").first).to_contain_text("Meddelelser")

    keys.link("Drøftelse af udkastet")
    keys.link("Skriv indstillingen")
    keys.write("[name=sender]", "Socialforvaltningen")
    keys.write("[name=clauses]", "\n".join(CLAUSES))
    keys.button("Gem indstillingen")
    expect(page.locator(".at-clauses li")).to_have_count(2)

    keys.link("Registrér udfald")
    keys.to(page.locator("[name=outcome]"))
    page.keyboard.press("Space")
    while page.evaluate("document.activeElement.value") != "discussed":
        page.keyboard.press("ArrowDown")
    keys.write("[name=wording]", "Udvalget drøftede udkastet.")
    keys.pick("[name=at-2-outcome]", "postponed")
    keys.button("Registrér udfald")
    expect(page.locator(".at-clauses li").nth(1)).to_contain_text("Udsat")

    page.go_back()  # by the keys of the browser, to the meeting
    page.goto(f"/arbejde/udvalgsmoeder/moede/{held.uid}/")
    keys.button("Dagsordenen er sendt ud")
    item = AgendaItem.objects.get(own_title="Drøftelse af udkastet")
    assert item.outcome_row is not None and item.outcome_row.decided_on == held.date

    told = client.get(f"/planer/{plan.slug}/").content.decode()
    for words in (*CLAUSES, "Socialforvaltningen indstiller,", "Udvalget drøftede udkastet."):
        assert words in told
    client.force_login(person("medlem", Role.MEMBER, committee()))
    read = client.get(f"/arbejde/udvalgsmoeder/punkt/{item.uid}/").content.decode()
    assert CLAUSES[0] in read and re.search(r"Drøftet", read)
