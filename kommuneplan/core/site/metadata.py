"""What a public page says of itself to search engines, to whoever shares its address, and to
programs: a description in plain words, its one address, Open Graph, and schema.org as JSON-LD.

A page that says nothing of itself is not to be found: drafts, forms, receipts, previews and the
workspace need not remember it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from .open_data import CSV, JSON, absolute

LONGEST = 160  # letters of a description that a search engine shows
_TYPES = {JSON: "application/json", CSV: "text/csv"}


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same in another form."""

    address: str
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """``path``: the one address of the page; ``tables``: the paths (without ending) and titles of
    the tables that tell the same; ``things``: schema.org objects. ``is_found``: search engines may
    list it."""

    title: str
    description: str
    path: str
    kind: str = "website"
    is_found: bool = True
    tables: Sequence[tuple[str, str]] = ()
    things: Sequence[dict[str, Any]] = field(default=())

    @property
    def canonical(self) -> str:
        """The whole address."""
        return absolute(self.path)

    @property
    def alternates(self) -> list[Alternate]:
        """Each table in each form."""
        return [
            Alternate(f"{path}.{form}", kind, f"{title} ({form.upper()})")
            for path, title in self.tables
            for form, kind in _TYPES.items()
        ]

    @property
    def structured(self) -> SafeString:
        """The schema.org objects, safe inside a script element; empty where there are none."""
        if not self.things:
            return mark_safe("")
        told = {"@context": "https://schema.org", "@graph": list(self.things)}
        return in_script(json.dumps(told, ensure_ascii=False, separators=(",", ":")))


def in_script(text: str) -> SafeString:
    """JSON that can stand in a script element: nothing in it ends the element or begins a comment.

    It is a data block, which no browser runs and which the content policy does not ask about."""
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return mark_safe(text)  # noqa: S308  (escaped here)


def shortened(*texts: str) -> str:
    """The first of some texts that says something, as one line of at most ``LONGEST`` letters, cut
    between two words."""
    words = next((line for text in texts if (line := " ".join(text.split()))), "")
    if len(words) <= LONGEST:
        return words
    return words[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"


def breadcrumbs(*steps: tuple[str, str]) -> dict[str, Any]:
    """The way to a page: (title, path) of each step, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": title, "item": absolute(path)}
            for place, (title, path) in enumerate(steps, start=1)
        ],
    }


def authority(name: str) -> dict[str, Any]:
    """A municipality, or one of its bodies."""
    return {"@type": "GovernmentOrganization", "name": name}
