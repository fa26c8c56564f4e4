"""One page as it is, in every width and with every choice of colours a reader may have made.

The page is what a view answered, whatever was asked of it (also a form that was sent in vain); the
browser is handed it under its own address, with the styles, scripts and pictures it asks for. So
one browser and one database are enough for all pages, and nothing has to be served.
"""

from __future__ import annotations

import contextlib
import mimetypes
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import Error, Page, Route

from tests.journeys.looking import AXE

HOME = "http://localhost"
WIDTHS = (320, 390, 1280)
COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
DARK_FORCED = {"color_scheme": "dark", "forced_colors": "active"}
# What colours can change; all other rules of axe are asked once a width, in the light.
OF_COLOURS = ["color-contrast", "link-in-text-block", "target-size"]
WIDE = "document.documentElement.scrollWidth - innerWidth"
LOOK = """async (rules) => {
  const about = rules ? { runOnly: { type: 'rule', values: rules } } : {};
  const { violations } = await axe.run({ resultTypes: ['violations'], ...about });
  return violations.map((one) => [one.id, one.nodes[0].html, one.nodes[0].failureSummary]);
}"""
# The headings that a reader meets, as they are announced.
HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role=heading]')]
  .filter((one) => one.checkVisibility())
  .map((one) => [Number(one.ariaLevel ?? one.tagName.slice(1)), one.textContent.trim()])"""
LIGHTNESS = """() => {
  const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g);
  return (Number(red) + Number(green) + Number(blue)) / 3;
}"""


def show(page: Page, answer: HttpResponseBase, client: Client) -> None:
    """Put what was answered into the browser, as if it had asked."""
    address = answer.request["PATH_INFO"] if hasattr(answer, "request") else "/"  # type: ignore[attr-defined]

    def give(route: Route) -> None:
        with contextlib.suppress(Error):  # asked by the page before, which is gone
            _give(route)

    def _give(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == address:
            headers = {name: value for name, value in answer.items() if name != "Content-Length"}
            route.fulfill(status=200, headers=headers, body=answer.content)  # type: ignore[attr-defined]
        elif path.startswith("/static/"):
            _give_file(route, path.removeprefix("/static/"))
        elif route.request.method == "GET":
            other = client.get(route.request.url.removeprefix(HOME))
            body = b"".join(other) if other.streaming else other.content
            route.fulfill(status=other.status_code, headers=dict(other.items()), body=body)
        else:
            route.abort()

    page.unroute_all()
    page.route("**/*", give)
    page.goto(f"{HOME}{address}")


def _give_file(route: Route, name: str) -> None:
    found = finders.find(name)
    if not found:
        route.fulfill(status=404)
        return
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    route.fulfill(path=found, headers={"Content-Type": kind, "Cache-Control": "max-age=600"})


def look(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """Everything that is wrong with the page, in words."""
    wrong = headings_wrong(page)
    page.evaluate(AXE)
    for width in widths:
        _whole(page, width)
        more = {"forced dark": DARK_FORCED} if width == widths[0] else {}
        for colours, chosen in (COLOURS | more).items():
            page.emulate_media(**chosen)
            seen = f"at {width} px, {colours}"
            if colours == "light" and (wide := page.evaluate(WIDE)) > 0:
                wrong.append(f"{seen}: {wide} px too wide")
            if more and (page.evaluate(LIGHTNESS) < 60) is not ("dark" in colours):
                wrong.append(f"{seen}: the ground is not what was asked for")
            rules = None if colours == "light" else OF_COLOURS
            found = page.evaluate(LOOK, rules)
            wrong += [f"{seen}: {name} {html[:300]} {why[:300]}" for name, html, why in found]
    return wrong


def _whole(page: Page, width: int) -> None:
    """The whole page in the window: what a fixed bar lies over is not scrolled free of it here."""
    page.set_viewport_size({"width": width, "height": 900})
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 200, 12_000)})


def headings_wrong(page: Page) -> list[str]:
    """One first heading, and no level left out on the way down."""
    levels = page.evaluate(HEADINGS)
    first = [words for level, words in levels if level == 1]
    wrong = [] if len(first) == 1 else [f"{len(first)} first headings: {first}"]
    before = 0
    for level, words in levels:
        if level > before + 1:
            wrong.append(f"h{level} after h{before}: {words}")
        before = level
    return wrong
