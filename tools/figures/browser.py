"""What a telephone has of a page: each look is cold, in a browser context of its own.

Chromium slows itself down as DevTools does it: 1.6 Mbit a second and 150 ms to every answer, a
telephone with a poor connection. Bytes are those on the line, compressed, heads and all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

BITS = 1_600_000  # a second, both ways
LATENCY = 150  # ms
PHONE = (390, 844)
SMALL = 300  # bytes of a text that compressing makes no smaller

# All shifts of the page count, also those that come while it is scrolled through; Chromium leaves
# out those that follow a press of a key within half a second, and so do we. Chromium also moves the
# page along when something above grows; not every browser does, so here it does not.
WATCH = """
new MutationObserver((_, one) => {
  if (!document.documentElement) return;
  document.documentElement.style.overflowAnchor = 'none';
  one.disconnect();
}).observe(document, { childList: true });
window.seen = { shift: 0, painted: 0, moved: [] };
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) {
    window.seen.shift += one.value;
    for (const { node } of one.sources)
      if (node) window.seen.moved.push(node.className || node.nodeName);
  }
}).observe({ type: 'layout-shift', buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.seen.painted = one.startTime;
}).observe({ type: 'largest-contentful-paint', buffered: true });
"""
READY = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}"""
THROUGH = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)));
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    scrollTo({ top, behavior: 'instant' });
    await frame();
  }
  await document.fonts.ready;
  await frame();
}"""
# How far from the place where a link should lead to: under what covers the top of the window, or
# as near to it as the end of the page lets it come. Asked when the page has come to rest.
LANDED = """async (id) => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let still = 0, last = -1; still < 10; last = scrollY) {
    await frame();
    still = scrollY === last ? still + 1 : 0;
  }
  const place = document.getElementById(id);
  const style = (one, name) => parseFloat(getComputedStyle(one)[name]) || 0;
  const root = document.documentElement;
  const wanted = style(root, 'scrollPaddingTop') + style(place, 'scrollMarginTop');
  const off = place.getBoundingClientRect().top - wanted;
  const left = root.scrollHeight - innerHeight - scrollY;
  return off > 0 && left < 1 ? 0 : off;
}"""


@dataclass(frozen=True)
class Look:
    """The figures of one page."""

    shift: float
    bytes: int
    requests: int
    painted: float  # ms until the largest paint
    plain: tuple[str, ...]  # addresses of text that came uncompressed
    moved: tuple[str, ...]  # what shifted


@contextmanager
def cold(browser: Browser, width: int, height: int, *, slow: bool = True) -> Iterator[Page]:
    """A page in a browser that has never been here."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="da-DK", device_scale_factor=2
    )
    page = context.new_page()
    if slow:
        line(page).send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": LATENCY,
                "downloadThroughput": BITS / 8,
                "uploadThroughput": BITS / 8,
            },
        )
    page.add_init_script(WATCH)
    try:
        yield page
    finally:
        context.close()


def line(page: Page) -> CDPSession:
    """The DevTools protocol of a page, its network watched."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    return session


class Traffic:
    """What goes over the line for a page."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self.asked: dict[str, str] = {}
        self.plain: list[str] = []
        session = line(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._whole)

    def _sent(self, told: dict[str, Any]) -> None:
        if not told["request"]["url"].startswith("data:"):
            self.asked[told["requestId"]] = told["request"]["url"]

    def _answered(self, told: dict[str, Any]) -> None:
        answer = told["response"]
        heads = {name.lower(): value for name, value in answer["headers"].items()}
        is_text = answer["mimeType"].startswith("text/") or "svg" in answer["mimeType"]
        small = int(heads.get("content-length", SMALL)) < SMALL
        if (
            is_text
            and not small
            and told["requestId"] in self.asked
            and "content-encoding" not in heads
        ):
            self.plain.append(answer["url"])

    def _whole(self, told: dict[str, Any]) -> None:
        if told["requestId"] in self.asked:
            self.bytes += int(told["encodedDataLength"])


def look(browser: Browser, address: str, width: int = PHONE[0], height: int = PHONE[1]) -> Look:
    """Open a page cold, let it come to rest, and read it to its end."""
    with cold(browser, width, height) as page:
        traffic = Traffic(page)
        page.goto(address, wait_until="networkidle")
        page.evaluate(READY)
        painted = page.evaluate("window.seen.painted")
        page.evaluate(THROUGH)
        seen = page.evaluate("window.seen")
        return Look(
            shift=seen["shift"],
            bytes=traffic.bytes,
            requests=len(traffic.asked),
            painted=painted,
            plain=tuple(traffic.plain),
            moved=tuple(seen["moved"]),
        )


def landing(browser: Browser, address: str, anchor: str, width: int) -> float:
    """How many pixels from its paragraph a cold link to it lands."""
    with cold(browser, width, PHONE[1]) as page:
        page.goto(f"{address}#{anchor}", wait_until="networkidle")
        page.evaluate(READY)
        return float(page.evaluate(LANDED, anchor))


# WCAG 1.4.12; and 320 pixels is a window of 1280 at 400 per cent (1.4.10).
SPACED = """*{line-height:1.5!important;letter-spacing:.12em!important;
word-spacing:.16em!important}p{margin-bottom:2em!important}"""
SPACE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
LEVELS = """[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))"""
WINDOWS = (320, 390, 1024, 1280)


def faults(browser: Browser, address: str) -> list[str]:
    """Where a page has a second scroll bar, as it is or with more space; headings out of order."""
    found = []
    for width in WINDOWS:
        with cold(browser, width, PHONE[1], slow=False) as page:
            page.goto(address, wait_until="load")
            levels = page.evaluate(LEVELS)
            skips = [two for two in pairwise(levels) if two[1] > two[0] + 1]
            if levels[:1] != [1] or levels.count(1) != 1 or skips:
                found.append(f"headings at {width}: {levels}")
            for spaced in ("", " with space"):
                if spaced:
                    page.evaluate(SPACE, SPACED)
                if (wide := page.evaluate(TOO_WIDE)) > 0:
                    found.append(f"{wide} px too wide at {width}{spaced}")
    return found
