"""Footnotes in pasted HTML: a mark that leads to some words which lead back to the mark.

So write Word, LibreOffice, Google's web pages and our own: what a program calls its notes does not
matter, only that the two lead to each other. Google Docs and Word for the web leave the words of a
note at home when one copies; then only its mark is there, which is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml.html import HtmlElement

from ..word_text.inline import WEB

_BLOCKS = {"p", "div", "li", "aside", "dd", "section", "td"}
_AROUND = {"div", "li", "aside", "section", "ol", "ul"}
_NO_NOTES = {"h1", "h2", "h3", "h4", "h5", "h6", "table", "body"}
_MOST_NOTES = 3_000


@dataclass(slots=True)
class ClipboardNotes:
    """The words of each note by its mark, and the elements that hold them."""

    words: dict[HtmlElement, str] = field(default_factory=dict)
    bodies: set[HtmlElement] = field(default_factory=set)


def name_led_to(link: HtmlElement) -> str:
    """The place of the same page that a link leads to."""
    href = link.get("href") or ""
    _page, sign, name = href.rpartition("#")
    return unquote(name) if sign else ""


def notes_in(root: HtmlElement) -> ClipboardNotes:
    """Every note that is there with mark and words."""
    found = ClipboardNotes()
    named: dict[str, HtmlElement] = {}
    for element in root.iter():
        for key in (element.get("id"), element.get("name")) if _is_element(element) else ():
            if key:
                named.setdefault(key, element)
    order = {element: place for place, element in enumerate(root.iter())}
    for mark in root.iter("a"):
        target = named.get(name_led_to(mark))
        if target is None or order[target] <= order[mark] or len(found.words) > _MOST_NOTES:
            continue
        body, back = _body(target, mark)
        if body is not None and back is not None:
            found.words[mark] = note_words(body, back)
            found.bodies.add(body)
    return found


def _is_element(element: HtmlElement) -> bool:
    return isinstance(element.tag, str)


def _names(mark: HtmlElement) -> set[str]:
    around = [mark, *([] if mark.getparent() is None else [mark.getparent()])]
    return {one.get(key) or "" for one in around for key in ("id", "name")} - {""}


def _body(target: HtmlElement, mark: HtmlElement) -> tuple[HtmlElement | None, HtmlElement | None]:
    """The block that holds a note, and the link in it that leads back to the mark."""
    above = set(mark.iterancestors())
    body = target
    while body is not None and body.tag not in _BLOCKS:
        if body.tag in _NO_NOTES:
            return None, None
        body = body.getparent()
    if body is None or body in above:
        return None, None
    names = _names(mark)
    back = next((one for one in body.iter("a") if name_led_to(one) in names), None)
    if back is None:
        return None, None
    around = body.getparent()
    while around is not None and around.tag in _AROUND and around not in above:
        if not _begins_with(around, body):
            break
        if sum(1 for one in around.iter("a") if name_led_to(one)) > _own_links(body):
            break
        body, around = around, around.getparent()
    return body, back


def _own_links(body: HtmlElement) -> int:
    return sum(1 for one in body.iter("a") if name_led_to(one))


def _begins_with(around: HtmlElement, body: HtmlElement) -> bool:
    """Is the body the first that is said in the element around it?"""
    if (around.text or "").strip():
        return False
    for child in around:
        if child is body:
            return True
        if (_is_element(child) and "".join(child.itertext()).strip()) or (child.tail or "").strip():
            return False
    return False


def note_words(body: HtmlElement, back: HtmlElement) -> str:
    """The words of a note in one line; a link to a web page stands in brackets after its words."""
    return " ".join("".join(_pieces(body, back)).split())


def _pieces(element: HtmlElement, back: HtmlElement) -> Iterator[str]:
    if not _is_element(element) or element is back or element.tag in ("del", "style", "script"):
        return
    target = (element.get("href") or "") if element.tag == "a" else ""
    words = "".join(_inside(element, back))
    yield f" {words} " if element.tag in _BLOCKS or element.tag == "br" else words
    if WEB.match(target) and target.rstrip("/") not in words:
        yield f" ({target})"


def _inside(element: HtmlElement, back: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _pieces(child, back)
        yield child.tail or ""
