"""A section as plain text for a simple text box, and back: for who writes without JavaScript.

Paragraphs are parted by empty lines, "## " and "### " begin headings, "- " and "1. " the points
of a list. What this cannot show without loss (tables, links, bold words, lists in lists) is not
shown at all: ``to_plain`` answers None, and the section is edited with the full editor.
"""

from __future__ import annotations

import re
from html import escape

import lxml.html

from kommuneplan.richtext import sanitise, split

_HEADINGS = {"h3": "## ", "h4": "### "}
_POINT = re.compile(r"(-|\d+\.) +(.*)", re.DOTALL)


def to_plain(html: str) -> str | None:
    """The text as plain text, or None when something of it would be lost on the way back."""
    parts = []
    for block in split(html):
        element = lxml.html.fragment_fromstring(block)
        plain = _block(element)
        if plain is None:
            return None
        parts.append(plain)
    text = "\n\n".join(parts)
    return text if split(to_html(text)) == _tidy(html) else None


def _tidy(html: str) -> list[str]:
    """Blocks without what a browser does not show: white space at their ends and in a row."""
    return [
        re.sub(r"\s*<br>\s*", "<br>", re.sub(r"[ \t\n]+", " ", block)).replace("<li><p>", "<li>")
        .replace("</p></li>", "</li>").replace("> <", "><")
        for block in split(html)
    ]  # fmt: skip


def _block(element: lxml.html.HtmlElement) -> str | None:
    if element.tag == "p":
        return _lines(element)
    if element.tag in _HEADINGS:
        words = _lines(element)
        return words and _HEADINGS[element.tag] + words
    if element.tag in ("ul", "ol") and not element.attrib:
        points = []
        for number, item in enumerate(element, start=1):
            inner = item[0] if len(item) == 1 and item[0].tag == "p" else item
            words = _lines(inner)
            if words is None or "\n" in words:
                return None
            points.append(f"{'-' if element.tag == 'ul' else f'{number}.'} {words}")
        return "\n".join(points)
    return None


def _lines(element: lxml.html.HtmlElement) -> str | None:
    """The words of an element that holds nothing but words and line breaks."""
    if any(child.tag != "br" for child in element):
        return None
    words = " ".join((element.text or "").split())
    for line in element:
        words += "\n" + " ".join((line.tail or "").split())
    return words


def to_html(text: str) -> str:
    """What was written in a plain text box, as safe HTML."""
    blocks = re.split(
        r"\n[ \t]*(?:\n[ \t]*)+", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    )
    return sanitise("\n".join(_html(block) for block in blocks if block.strip()))


def _html(block: str) -> str:
    for tag, sign in reversed(_HEADINGS.items()):
        if block.startswith(sign) and "\n" not in block:
            words = " ".join(block.removeprefix(sign).split())
            return f"<{tag}>{escape(words, quote=False)}</{tag}>"
    lines = [" ".join(line.split()) for line in block.split("\n")]
    points = [_POINT.fullmatch(line) for line in lines]
    if all(points):
        signs = {"ul" if point[1] == "-" else "ol" for point in points if point}
        if len(signs) == 1:
            tag = signs.pop()
            items = "".join(
                f"<li>{escape(point[2].strip(), quote=False)}</li>" for point in points if point
            )
            return f"<{tag}>{items}</{tag}>"
    return f"<p>{'<br>'.join(escape(line, quote=False) for line in lines)}</p>"
