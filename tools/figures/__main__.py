"""``python -m tools.figures``: what a telephone has of each sort of public page, and whether the
links to paragraphs land on them.

A demo of its own is served as on a server and is gone afterwards. Each page is opened cold at 390
pixels over a line of 1.6 Mbit a second; no page may have a second scroll bar at 320 pixels (1280
at 400 per cent) or with more space between letters, and its headings are in order. It ends with 1
where something is beyond its limit.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SHIFT, BYTES, REQUESTS, OFF = 0.05, 120_000, 8, 8  # bytes and requests: of the front page
WIDTHS = (320, 390, 1280)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the public pages in a telephone")
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--links", type=int, default=20, help="paragraph links at each width")
    parser.add_argument("--only", default="", help="sorts of pages with this in their name")
    return parser.parse_args()


def main(options: argparse.Namespace) -> int:
    from tools.bench.run import database, server

    with (
        tempfile.TemporaryDirectory(prefix="kommuneplan-figures-") as name,
        database(Path(name)) as url,
    ):
        ours = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tools.bench.settings",
            "BENCH_DIRECTORY": name,
            "SECRET_KEY": os.urandom(32).hex(),
        }
        prepared = subprocess.run(
            [sys.executable, "-m", "tools.figures.prepare"],
            env=ours,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        facts = json.loads(prepared.stdout)
        with server("kommuneplan.wsgi:application", ours) as served:
            told = measured(f"http://127.0.0.1:{served.port}", facts, options)
    print(json.dumps(told, ensure_ascii=False)) if options.json else show(told)
    return int(bool(told["beyond"]))


def measured(address: str, facts: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """Each sort of page, then the links; and in words what is beyond its limit."""
    from playwright.sync_api import sync_playwright

    from tools import chromium
    from tools.figures.browser import faults, landing, look

    pages, links, beyond = {}, {}, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.ensure(), args=chromium.flags()
        )
        look(browser, f"{address}/")  # the browser and the workers have begun
        for sort, path in facts["pages"].items():
            if options.only in sort:
                seen = look(browser, address + path)
                pages[sort] = {"path": path, **vars(seen)}
                wrong = too_much(path, seen) + faults(browser, address + path)
                beyond += [f"{sort}: {words}" for words in wrong]
        for width in WIDTHS if options.links else ():
            offs = [
                landing(browser, f"{address}{path}", anchor, width)
                for path, anchor in chosen(facts["paragraphs"], options.links)
            ]
            links[width] = offs
            beyond += [
                f"a link at {width} lands {off:.0f} px off" for off in offs if abs(off) > OFF
            ]
        browser.close()
    return {"pages": pages, "links": links, "beyond": beyond}


def too_much(path: str, seen: Any) -> list[str]:
    """What of a page is beyond its limit."""
    found = [f"{one} is not compressed" for one in seen.plain]
    if seen.shift >= SHIFT:
        found.append(f"shifts {seen.shift:.3f}: {', '.join(seen.moved[:4])}")
    if path == "/" and seen.bytes > BYTES:
        found.append(f"{seen.bytes} bytes")
    if path == "/" and seen.requests > REQUESTS:
        found.append(f"{seen.requests} requests")
    return found


def chosen(paragraphs: dict[str, Any], count: int) -> list[tuple[str, str]]:
    """So many paragraphs, of all sorts of pages alike, from the first to the last of each."""
    places = [(path, ids) for path, ids in paragraphs.values()]
    each = -(-count // max(len(places), 1))
    found = [
        (path, ids[number * (len(ids) - 1) // max(each - 1, 1)])
        for path, ids in places
        for number in range(each)
    ]
    return found[:count]


def show(told: dict[str, Any]) -> None:
    """The figures as a table."""
    print(f"{'page, cold at 390 px':36}{'shift':>8}{'KB':>8}{'asked':>7}{'painted ms':>12}")
    for sort, row in told["pages"].items():
        print(
            f"{sort:36}{row['shift']:>8.3f}{row['bytes'] / 1000:>8.1f}{row['requests']:>7}"
            f"{row['painted']:>12.0f}  {row['path']}"
        )
    for width, offs in told["links"].items():
        landed = sum(abs(off) <= OFF for off in offs)
        most = max(map(abs, offs), default=0)
        print(
            f"links to paragraphs at {width} px: {landed} of {len(offs)}, at most {most:.0f} px off"
        )
    print("second scroll bars, also with more space; headings out of order: see below, or none")
    for words in told["beyond"]:
        print(f"BEYOND {words}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.exit(main(arguments()))
