"""A secretary with nothing but a keyboard and a narrow screen: from an empty page to adopted,
published, looked at after a year and opened for revision. Axe looks at every page on the way."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import TimeSpan
from plans.focus.actions.areas import add_area
from plans.models import Plan, PlanVersion
from tests.factories import secretary
from tests.journeys.looking import look, tab_to
from tests.plans.matters import submitted, treats

DAY = dt.timedelta(days=1)
FAR = 300  # presses of Tab before we say that it cannot be reached


class Keys:
    """Somebody who never touches a mouse; every page they come to is looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def arrive(self, address: str) -> None:
        """Wait for the page, and look at it: nothing wider than the screen, axe finds nothing."""
        end = address.replace("$", "([?#].*)?$")
        self.page.wait_for_url(re.compile(f"^[^?#]*{end}"), timeout=10_000)
        look(self.page)

    def to(self, place: Locator) -> None:
        """Press Tab until the thing has the focus, and see that it shows."""
        tab_to(self.page, place.first)
        expect(place.first).to_be_in_viewport()

    def press(self, selector: str) -> None:
        """Go to a link or a button, and press Enter."""
        self.to(self.page.locator(selector))
        self.enter()

    def enter(self) -> None:
        """Press Enter, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def open(self, selector: str) -> None:
        """Fold a menu out."""
        self.to(self.page.locator(selector))
        self.page.keyboard.press("Enter")

    def write(self, selector: str, words: str) -> None:
        """Go to a field and type, over what stands in it."""
        place = self.page.locator(selector)
        self.to(place)
        if place.first.get_attribute("type") == "date":
            self._write_day(place.first, dt.date.fromisoformat(words))
            return
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def _write_day(self, place: Locator, day: dt.date) -> None:
        """Type a day as the browser of this machine wants it: day or month first."""
        for order in ("%d%m%Y", "%m%d%Y"):
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(f"{day:{order}}")
            if place.input_value() == day.isoformat():
                return
        raise AssertionError(f"{day} cannot be typed")

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

    def choose(self, name: str, value: str) -> None:
        """Go into a group of choices and along it with the arrows."""
        group = self.page.locator(f"[name={name}]")
        for _press in range(FAR):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                break
        self.page.keyboard.press("Space")
        for _press in range(group.count()):
            if self.page.evaluate("document.activeElement.value") == value:
                break
            self.page.keyboard.press("ArrowDown")
        expect(self.page.locator(f"[name={name}][value={value}]")).to_be_checked()


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
    page.goto("/arbejde/")
    keys = Keys(page)
    keys.write("[name=username]", "ida@example.org")
    keys.write("[name=password]", "hemmelig")
    keys.enter()
    keys.arrive(r"/arbejde/$")
    yield keys
    assert complaints == []
    context.close()


@pytest.mark.slow
def test_from_an_empty_page_to_a_revision(keys: Keys) -> None:
    plan = begun(keys)
    home = f"/arbejde/planer/{plan.slug}/"
    written(keys, home)
    planned(keys, home)
    before_the_committee(keys, home)
    published(keys, home)
    after_the_consultation(plan)
    keys.page.goto(home)
    published(keys, home)
    plan.refresh_from_db()
    assert plan.cycles.get().state == "adopted"
    the_yearly_status(keys, plan, home)
    a_revision(keys, plan, home)


def begun(keys: Keys) -> Plan:
    keys.open("main .desk-menu summary")
    keys.press("main a[href$='/ny-plan/']")
    keys.arrive("/ny-plan/$")
    keys.write("[name=title]", "Strategi for naboskab")
    keys.press("main form button[type=submit]")
    keys.arrive("/arbejde/planer/[^/]+/$")
    return Plan.objects.get()


def written(keys: Keys, home: str) -> None:
    keys.press(".work-side a[href$='/tekst/']")
    keys.arrive("/tekst/$")
    keys.write("[name=title]", "Mål")
    keys.enter()
    keys.arrive(r"/tekst/[0-9a-f-]{36}/")
    keys.to(keys.page.locator(".ProseMirror"))
    keys.page.keyboard.type("Flere skal kende deres naboer.")
    keys.press("main form [type=submit]")
    keys.arrive("/tekst/$")
    keys.press("button[name=offentlig]")
    keys.arrive("/tekst/$")
    keys.press(".work-side li:first-child a")
    keys.arrive(f"{home}$")
    keys.press("main a[href$='/oplysninger/']")
    keys.arrive("/oplysninger/$")
    keys.write("[name=proposal]", "Flere skal kende deres naboer.")
    keys.press("main form button[type=submit]")
    keys.arrive(f"{home}$")


def planned(keys: Keys, home: str) -> None:
    today = clock.today()
    keys.press(".work-side a[href$='/procesplan/']")
    keys.arrive("/procesplan/$")
    keys.open(".bar-acts summary")
    keys.press("main a[href$='/milepaele/ny/']")
    keys.arrive("/milepaele/ny/$")
    keys.write("[name=title]", "Høring om strategien")
    days = f"{day_words(today + 10 * DAY)} til {day_words(today + 60 * DAY)}"
    keys.write("[name=when]", days)
    # How it is read comes in below the field, and moves what follows out of the narrow window.
    expect(keys.page.locator(".timespan-reading").first).to_contain_text(re.compile(r"\d"))
    keys.pick("[name=kind]", "hearing")
    keys.press("main form button[type=submit].button-primary")
    keys.arrive("/procesplan/$")
    keys.press("main a[href$='/offentligt/']")
    keys.arrive("/offentligt/$")
    box = keys.page.locator("#milepaele [name=public]")
    keys.to(box)
    if not box.is_checked():
        keys.page.keyboard.press("Space")
    keys.press("main form button[type=submit]:not([name=publish])")
    keys.arrive("/procesplan/$")


def before_the_committee(keys: Keys, home: str) -> None:
    keys.press(".work-side li:first-child a")
    keys.arrive(f"{home}$")
    expect(keys.page.locator("section[aria-labelledby=mangler] li")).to_have_text([])
    keys.press("main a.button-primary[href$='/sager/ny/']")
    keys.arrive("/sager/ny/$")
    keys.press("main form button[type=submit]")
    keys.arrive(r"/sager/[0-9a-f-]{36}/$")
    keys.press("main .button-row a.button-primary")
    keys.arrive("/behandlinger/")
    keys.choose("outcome", "approved")
    keys.write("[name=decided_on]", clock.today().isoformat())
    keys.write("[name=wording]", "Udvalget godkendte indstillingen.")
    keys.press("main form button[type=submit]")
    keys.arrive(r"/sager/[0-9a-f-]{36}/$")
    keys.press(".work-side li:first-child a")
    keys.arrive(f"{home}$")


def published(keys: Keys, home: str) -> None:
    keys.press(".work-side a[href$='/versioner/']")
    keys.arrive("/versioner/$")
    keys.press("main a[href*='/versioner/'][href$='/offentliggoer/']")
    keys.arrive("/offentliggoer/$")
    if keys.page.locator("[name=reason]").count():
        keys.write("[name=reason]", "Udvalget har besluttet det.")
    keys.press("main form button[type=submit]")
    keys.arrive("/versioner/$")


def after_the_consultation(plan: Plan) -> None:
    """What is clicked elsewhere is done here: the consultation ends, the committee adopts."""
    row = plan.open_cycle.milestones.get()
    row.when = TimeSpan.between(clock.today() - 40 * DAY, clock.today() - DAY)
    row.save()
    treats(submitted(plan, purpose="adoption"))
    add_area(plan=plan, facts={"title": "Fælles haver", "is_public": True}, by=None)


def the_yearly_status(keys: Keys, plan: Plan, home: str) -> None:
    keys.press(".work-side a[href$='/indsatsomraader/']")
    keys.arrive("/indsatsomraader/$")
    keys.press("main a[href$='/status/ny/']")
    keys.arrive("/status/ny/$")
    keys.write("[name=closes_on]", f"{clock.today().year}-12-31")
    keys.press("main form button.button-primary")
    keys.arrive(r"/status/\d{4}/$")
    name = keys.page.locator("[name$=-decision]").first.get_attribute("name")
    keys.write("textarea[name$=-words]", "Tre haver er åbnet.")
    keys.choose(name, "continue")
    keys.press("button[name=close]")
    keys.arrive("/luk/$")
    keys.press("main form button.button-primary")
    keys.arrive("/status/")
    assert PlanVersion.objects.filter(plan=plan, stage="status").exists()


def a_revision(keys: Keys, plan: Plan, home: str) -> None:
    keys.press(".work-side li:first-child a")
    keys.arrive(f"{home}$")
    keys.press("main .button-row a[href$='/revision/']")
    keys.arrive("/revision/$")
    keys.write("[name=reason]", "Nye tal")
    keys.press("main form button[type=submit]")
    keys.arrive(f"{home}$")
    assert plan.open_cycle.kind == "revision"
