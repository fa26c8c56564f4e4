"""The pictures of the README: ``python -m tools.screenshots http://127.0.0.1:8000``.

The demo must be running at that address. Wide pictures are cut at one screen, narrow ones at two.
"""

from __future__ import annotations

import sys

from tools import chromium
from tools.common import ROOT

FOLDER = ROOT / "docs" / "screenshots"
PLAN = "/arbejde/planer/selvstaendigt-voksenliv/"
PAGES = {
    "forside": "/",
    "plan": "/planer/selvstaendigt-voksenliv/",
    "overblik": "/arbejde/",
    "procesplan": f"{PLAN}procesplan/",
    "import": "import",
    "hoeringssvar": "responses",
}
SIZES = {"bred": (1280, 1000), "mellem": (1024, 900), "smal": (390, 844)}


def main(address: str) -> None:
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.ensure(), args=chromium.flags()
        )
        for size, (width, height) in SIZES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, base_url=address, locale="da-DK"
            )
            sign_in(page)
            for name, path in PAGES.items():
                open_page(page, path)
                page.evaluate("document.fonts.ready.then(() => true)")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=FOLDER / f"{name}-{size}.png")
        browser.close()


def sign_in(page) -> None:
    """As the demo's secretary."""
    from plans.demo.people import PASSWORD

    page.goto("/arbejde/")
    page.fill("input[type=email], input[name=username]", "sekretaer@example.org")
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit]")


def open_page(page, path: str) -> None:
    """A page by its address, or one whose address the demo makes: the import that lies ready, and
    the second response of the round, opened."""
    if path == "import":
        page.goto("/arbejde/")
        page.locator("main a[href^='/arbejde/import/']").filter(has_text="Politik").first.click()
    elif path == "responses":
        page.goto(f"{PLAN}hoeringer/")
        page.get_by_role("link", name="Høring om Strategi").first.click()
        page.goto(f"{page.url}behandling/2/")
        shown = page.get_by_role("button", name="Vis originalen")
        if shown.count():
            shown.click()
    else:
        page.goto(path)


if __name__ == "__main__":
    main(sys.argv[1])
