"""How the browser tests get from page to page, and how they look at one.

A click may be over before the page it leads to is there, and is over before that page is loaded; a
key is over at once. Whoever then asks (``check``, ``count``, ``page.url``, a row of the database)
asks half a page, or the one that is about to leave, and whoever goes elsewhere may stop a form on
its way. So a click that leads on is a ``follow``. An ``expect`` waits by itself and needs nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Error, Locator, Page, expect

from kommuneplan.core.models import User
from tests.standing import signed_in

WIDTHS = (320, 1280)
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
PASSWORD = "hemmelig"

# One question, so that the answer is about one page. Only the findings come back: all that axe has
# seen is some hundred kilobytes.
LOOK = """async () => {
  if (document.readyState !== 'complete')
    await new Promise((done) => addEventListener('load', done, { once: true }));
  if (!('axe' in window)) return null;
  const wide = document.documentElement.scrollWidth - innerWidth;
  const { violations } = await axe.run({ resultTypes: ['violations'] });
  return { wide, found: violations.map((one) => [one.id, one.nodes[0].html]) };
}"""

# From when it has the focus a thing keeps it, until somebody has asked whether it has.
HOLD = """(thing) => {
  window.held = (event) => {
    if (event.key !== 'Tab' || document.activeElement !== thing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('keydown', window.held, true);
}"""
REACHED = """(thing) => {
  if (document.activeElement !== thing) return false;
  window.removeEventListener('keydown', window.held, true);
  return true;
}"""
STRIDE = 6  # presses of Tab to a question
FAR = 50  # questions before we say that a thing cannot be reached

# Playwright's words when a page leaves while it is asked.
GONE = ("context was destroyed", "Cannot find context", "because of a navigation")
QUESTIONS = 8  # two for each page that comes; more, and none of them stays


def check(page: Page, name: str = "") -> None:
    """At 320 and at 1280 pixels nothing is wider than the window, and axe finds nothing.

    Afterwards the window is as wide as it was. Without JavaScript axe cannot run: ``page.scripted``
    says so where it was switched off. With a ``name``, and a folder in ``SHOTS``, pictures too.
    """
    if not getattr(page, "scripted", True):
        return
    window = page.viewport_size or {"width": 1280, "height": 720}
    for width in sorted(WIDTHS, key=lambda one: one == window["width"]):
        page.set_viewport_size({"width": width, "height": window["height"]})
        look(page)
        if name and (folder := os.environ.get("SHOTS")):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size(window)


def look(page: Page) -> None:
    """The same at the width the window has."""
    seen = _seen(page)
    width = (page.viewport_size or {}).get("width")
    assert seen["wide"] <= 0, f"{page.url} at {width} is {seen['wide']} too wide"
    assert seen["found"] == [], f"{page.url} at {width}"


def _seen(page: Page) -> dict[str, Any]:
    """What is found on the page that stays: when another takes its place, that one is asked."""
    for _question in range(QUESTIONS):
        page.wait_for_load_state()
        try:
            seen = page.evaluate(LOOK)
            if seen is not None:
                return seen
            page.evaluate(AXE)
        except Error as error:
            if not any(words in error.message for words in GONE):
                raise
    raise AssertionError(f"One page after the other, none of them stays: {page.url}")


def follow(page: Page, place: str | Locator, key: str = "") -> None:
    """Click what leads to another page, or press a key on it; the other page is there, loaded."""
    one = page.locator(place).first if isinstance(place, str) else place
    with page.expect_navigation():
        if key:
            one.press(key)
        else:
            one.click()


def save_in_vain(page: Page, button: str) -> None:
    """Press a button that saves while the draft cannot be kept: the form has tried, and stays."""
    page.click(button)
    expect(page.locator("form[aria-busy]")).to_have_count(0)


def choose(button: Locator) -> None:
    """Choose a radio button by its words, as people do. The button itself lies unseen under a drawn
    one; a click that is forced on it misses when the page is still on its way to a place."""
    button.page.locator(f"label[for='{button.get_attribute('id')}']").click()
    expect(button).to_be_checked()


def tab_to(page: Page, place: Locator) -> None:
    """Press Tab until a thing has the focus.

    Whether it has is asked after some presses, for asking takes longer than pressing: once it is
    reached, more of them leave the focus where it is.
    """
    wanted = place.element_handle()
    page.evaluate(HOLD, wanted)
    for _question in range(FAR):
        for _press in range(STRIDE):
            page.keyboard.press("Tab")
        if page.evaluate(REACHED, wanted):
            return
    raise AssertionError(f"{place}: the keyboard does not reach it on {page.url}")


def sign_in(page: Page, address: str = "/arbejde/", name: str = "ida") -> None:
    """To an address as somebody who is signed in already: their browser holds the cookie of a
    session. The page for signing in is for journeys that are about it, with ``fill_in``: there
    and back it takes longer than most of what comes after."""
    page.context.clear_cookies()
    held = signed_in(User.objects.get(email=f"{name}@example.org"))
    page.context.add_cookies(
        [
            {"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}
            for cookie in held.values()
        ]
    )
    page.goto(address)


def fill_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """On the page for signing in: say who it is, and be let in."""
    page.fill("[name=username]", email)
    page.fill("[name=password]", password)
    follow(page, "main button[type=submit]")
