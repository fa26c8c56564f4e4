"""``python -m tools.figures.prepare``: the demo, and the largest public page of each sort.

Runs with the settings of a server. The sorts are found as a reader finds them, by following links
from the front page without an account, so a new sort of page is measured without being named here.
Prints one JSON object.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

MOST = 400  # pages that are opened
# Reached by no link, or known by what was searched.
ALSO = ("/planer/?q=bolig", "/planer/?q=findes-ikke", "/findes-ikke/", "/konto/log-ind/", "/was")
LINK = re.compile(r'<a\s[^>]*?href="([^"]+)"')
PARAGRAPH = re.compile(r'<div class="block[^"]*"\s+id="([^"]+)"')


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo", verbosity=0, stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(json.dumps(found()))


def found() -> dict[str, Any]:
    """The largest page of each sort, and the pages with the most paragraphs."""
    from django.test import Client
    from django.urls import Resolver404, resolve

    client = Client(headers={"host": "127.0.0.1"})
    waiting, seen, largest = ["/", *ALSO], {"/", *ALSO}, {}
    paragraphs: dict[str, tuple[str, list[str]]] = {}
    for _page in range(MOST):
        if not waiting:
            break
        path = waiting.pop(0)
        answer = client.get(path)
        if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        html = answer.content.decode()
        if answer.status_code in {200, 404, 410}:
            try:
                sort = resolve(urlsplit(path).path).view_name
            except Resolver404:
                sort = "404"
            if "?q=" in path:
                sort += " ?q="
            if len(html) > largest.get(sort, ("", 0))[1]:
                largest[sort] = (path, len(html))
            ids = PARAGRAPH.findall(html)
            if len(ids) > len(paragraphs.get(sort, ("", []))[1]):
                paragraphs[sort] = (path, ids)
        for link in LINK.findall(html):
            address = urldefrag(urljoin(path, link.replace("&amp;", "&"))).url
            if address.startswith("/") and address not in seen:
                seen.add(address)
                waiting.append(address)
    return {
        "pages": {sort: path for sort, (path, _size) in sorted(largest.items())},
        "paragraphs": {sort: [path, ids] for sort, (path, ids) in paragraphs.items()},
    }


if __name__ == "__main__":
    main()
