"""One person sets an empty municipality up and publishes a plan, reading nothing but the screen."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from kommuneplan.core.models import Body, Invitation, Meeting, Municipality
from plans.models import Publication
from tests.journeys import looking
from tests.journeys.looking import check, follow

MOST_PRESSES = 90

MEETINGS = """Mødeplan 2027
Byrådet
onsdag d. 27. januar 2027 kl. 17.00, Byrådssalen
24-02-2027 kl. 17, Byrådssalen
31/3 kl. 17, Byrådssalen
28/4 kl. 17, temamøde, Kulturhuset
Økonomiudvalget
19-01-2027 kl. 8.30
16-02-2027 kl. 8.30
16-03-2027 kl. 8.30
Socialudvalget
12. januar kl. 16.30, Rådhuset
9. februar kl. 16.30
5. marts kl. 16.30
6. april kl. 16.30
27. august kl. 16.30
"""
COLLEAGUES = """Lene Hansen; lene@example.org; tovholder; Socialudvalget
Mads Holm; mads@example.org; sekretær; Socialudvalget
"""
PLAN = """Procesplan for en strategi for naboskab
5. marts 2027\tIndstilling om procesplan\tSocialudvalget
6. april til 30. april 2027\tUdkast til strategi udarbejdes\tSocialudvalget
10. maj til 14. juni 2027\tHøring om strategien\tHandicaprådet
27. august 2027\tEndelig vedtagelse af strategien\tSocialudvalget
"""


class Person:
    """Somebody at the screen: every click, every key that is pressed and every field that is filled
    or pasted into is counted, signing in too."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def fill(self, label: str, words: str) -> None:
        """Into the field of that name: a click, and the words."""
        self.page.get_by_label(label, exact=True).fill(words)
        self.presses += 2

    def tick(self, label: str) -> None:
        """A box by its words."""
        box = self.page.get_by_label(label, exact=True).first
        self.page.locator(f"label[for='{box.get_attribute('id')}']").click()
        expect(box).to_be_checked()
        self.presses += 1

    def choose(self, label: str, words: str) -> None:
        """From a list: it is opened, and the words are pressed."""
        self.page.get_by_label(label, exact=True).select_option(label=words)
        self.presses += 2

    def press(self, words: str | re.Pattern[str], role: str = "button") -> None:
        """Something in the page that leads on."""
        self.go(self.page.locator("main").get_by_role(role, name=words).first)

    def go(self, place: Locator) -> None:
        follow(self.page, place)
        self.presses += 1


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def visitor(request, browser, browser_context_args, monkeypatch):
    """The first person, who has been given an account by the command; nothing else is there."""
    monkeypatch.setattr(looking, "WIDTHS", (320, 390, 1024, 1280))
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "hemmeligt-9")
    facts = {"email": "boss@example.org", "name": "Bente Boss", "interactive": False}
    call_command("createsuperuser", stdout=StringIO(), **facts)
    context = browser.new_context(**browser_context_args, java_script_enabled=request.param)
    page = context.new_page()
    page.scripted = request.param
    yield page
    context.close()


@pytest.mark.slow  # fourteen pages, each looked at in four widths
def test_from_an_empty_database_to_a_published_process_plan(visitor: Page) -> None:
    page, one = visitor, Person(visitor)
    page.goto("/arbejde/")
    one.fill("E-mail", "boss@example.org")
    one.fill("Adgangskode", "hemmeligt-9")
    one.press("Log ind")
    check(page, "setup-1-list")

    one.press(re.compile("^Begynd"), "link")
    check(page, "setup-2-municipality")
    one.fill("Navn", "Prøve Kommune")
    one.press("Gem")

    one.press(re.compile("^Begynd"), "link")
    check(page, "setup-3-bodies")
    one.tick("Socialudvalget")
    one.press("Gem")
    assert Body.objects.count() == 5

    one.press(re.compile("^Begynd"), "link")
    check(page, "setup-4-meetings")
    one.fill("Mødedatoer", MEETINGS)
    one.press("Se, hvordan det forstås")
    check(page, "setup-5-meetings-preview")
    one.press("Gem 12 møder")
    assert Meeting.objects.count() == 12

    one.press(re.compile("^Begynd"), "link")
    check(page, "setup-6-colleagues")
    one.fill("Dine kolleger, én på hver linje", COLLEAGUES)
    one.press("Se, hvordan det forstås")
    check(page, "setup-7-colleagues-preview")
    one.press("Send 2 invitationer")
    assert Invitation.objects.count() == 2

    one.press(re.compile("^Begynd"), "link")
    check(page, "setup-8-plan")
    one.press("Fra et dokument", "link")
    one.fill("Eller indsæt teksten", PLAN)
    one.press(re.compile("^Læs"))
    check(page, "setup-9-import")
    # What was corrected is shown before it is confirmed: at once, or as a page of its own.
    seen = page.locator("[name=fingerprint]")
    before = seen.input_value()
    one.choose("Udvalg eller anden enhed med ansvar for planen", "Socialudvalget")
    if page.scripted:
        expect(seen).not_to_have_value(before)
    else:
        one.press(re.compile("^Opret"))
    one.press(re.compile("^Opret"))
    check(page, "setup-10-process-plan")
    one.go(page.locator("main a[href$='/offentligt/']").first)
    check(page, "setup-11-public")
    one.go(page.locator("main [name=publish]"))
    check(page, "setup-12-publish")
    one.press("Offentliggør nu")
    assert Publication.objects.count() == 1
    assert Municipality.objects.get().name == "Prøve Kommune"

    page.goto("/arbejde/")
    expect(page.get_by_text("Kom i gang")).to_have_count(0)
    page.goto("/planer/")
    expect(page.get_by_role("link", name="strategi for naboskab")).to_be_visible()
    print(f"{one.presses} presses")
    assert one.presses <= MOST_PRESSES
