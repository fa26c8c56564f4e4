"""The pictures of the README: ``python -m tools.screenshots http://127.0.0.1:8000``.

The demo must be running at that address. Wide pictures are cut at one screen, narrow ones at two.
"""

from __future__ import annotations

import sys

from tools import chromium
from tools.common import ROOT

FOLDER = ROOT / "docs" / "screenshots"
PAGES = {
    "forside": "/",
    "plan": "/planer/selvstaendigt-voksenliv/",
    "import": "import",
}
SIZES = {"bred": (1280, 1000), "smal": (320, 900)}


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
            for name, path in PAGES.items():
                if path == "import":
                    open_import(page)
                else:
                    page.goto(path)
                page.evaluate("document.fonts.ready.then(() => true)")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=FOLDER / f"{name}-{size}.png")
        browser.close()


def open_import(page) -> None:
    """Sign in as the demo's secretary and open the import that lies ready on the desk."""
    from plans.demo.people import PASSWORD

    page.goto("/arbejde/")
    if "log-ind" in page.url:
        page.fill("input[type=email], input[name=username]", "sekretaer@example.org")
        page.fill("input[type=password]", PASSWORD)
        page.click("main button[type=submit]")
    page.goto("/arbejde/")
    page.locator("a[href*='/arbejde/import/']").filter(has_not_text="Importér").first.click()


if __name__ == "__main__":
    main(sys.argv[1])
