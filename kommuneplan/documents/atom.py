"""News as Atom (RFC 4287): what a feed reader takes in. Plain data in; names, words and addresses
are given as they are read."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from uuid import UUID
from xml.sax.saxutils import XMLGenerator

from django.utils.html import format_html, format_html_join

from .memo import clean, on_one_line

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When a feed without an entry was changed: the format asks for an instant."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One piece of news. ``uid`` stays with it for ever, ``updated`` is when it became what it is;
    ``words`` in paragraphs."""

    uid: UUID
    title: str
    updated: dt.datetime
    link: str
    words: tuple[str, ...] = ()
    kind: str = ""
    kind_words: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: ``link`` is the page it is about, ``address`` its own."""

    uid: UUID
    title: str
    subtitle: str
    author: str
    link: str
    address: str
    entries: tuple[FeedEntry, ...]


def render_feed(feed: Feed) -> bytes:
    """The feed as application/atom+xml in UTF-8."""
    out = io.StringIO()
    xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("feed", {"xmlns": _ATOM, "xml:lang": "da"})
    updated = max((entry.updated for entry in feed.entries), default=NEVER)
    _element(xml, "id", feed.uid.urn)
    _element(xml, "title", feed.title)
    _element(xml, "subtitle", feed.subtitle)
    _element(xml, "updated", _instant(updated))
    xml.startElement("author", {})
    _element(xml, "name", feed.author)
    xml.endElement("author")
    _link(xml, feed.address, "self", MEDIA_TYPE)
    _link(xml, feed.link, "alternate", "text/html")
    for entry in feed.entries:
        _entry(xml, entry)
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue().encode()


def _entry(xml: XMLGenerator, entry: FeedEntry) -> None:
    xml.startElement("entry", {})
    _element(xml, "id", entry.uid.urn)
    _element(xml, "title", entry.title)
    _element(xml, "updated", _instant(entry.updated))
    _link(xml, entry.link, "alternate", "text/html")
    if entry.kind:
        xml.startElement("category", {"term": entry.kind, "label": on_one_line(entry.kind_words)})
        xml.endElement("category")
    _element(xml, "content", _html(entry), type="html")
    xml.endElement("entry")


def _html(entry: FeedEntry) -> str:
    """The words as HTML, nothing in which works but the address of the page."""
    said = format_html_join("", "<p>{}</p>", ((clean(words),) for words in entry.words if words))
    return said + format_html('<p><a href="{0}">{0}</a></p>', entry.link)


def _element(xml: XMLGenerator, name: str, words: str, **attributes: str) -> None:
    xml.startElement(name, attributes)
    xml.characters(words if name == "content" else on_one_line(words))
    xml.endElement(name)


def _link(xml: XMLGenerator, address: str, rel: str, kind: str) -> None:
    xml.startElement("link", {"rel": rel, "type": kind, "href": address})
    xml.endElement("link")


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
