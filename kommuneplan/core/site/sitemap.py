"""Which pages everybody may find, for search engines: told by the wings that have them.

An entry is a path and when the page last became another; none where that is not known. Nothing is
listed that is not published at the instant asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape

from .open_data import absolute

MOST = 50_000  # addresses in one file (sitemaps.org)
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Entry = tuple[str, dt.datetime | None]

_known: list[Callable[[dt.datetime], Iterable[Entry]]] = []


def register_pages(pages: Callable[[dt.datetime], Iterable[Entry]]) -> None:
    """Let the pages of a wing be found; called in ``ready()``."""
    _known.append(pages)


def entries(at: dt.datetime) -> list[Entry]:
    """Every page that everybody may find at an instant."""
    return [entry for pages in _known for entry in pages(at)]


def as_pages(found: Iterable[Entry]) -> str:
    """A file of pages."""
    return _document("urlset", (_element("url", *entry) for entry in found))


def as_index(files: Iterable[str]) -> str:
    """The file that names others, by their paths."""
    return _document("sitemapindex", (_element("sitemap", path, None) for path in files))


def _document(root: str, elements: Iterator[str]) -> str:
    inside = "\n".join(elements)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_NAMESPACE}>\n{inside}\n</{root}>\n'


def _element(name: str, path: str, changed: dt.datetime | None) -> str:
    when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<{name}><loc>{escape(absolute(path))}</loc>{when}</{name}>"
