"""A section as plain text for a simple text box, and back: for who writes without JavaScript.

Paragraphs are parted by empty lines, "## " and "### " begin headings, "- " and "1. " the points
of a list; "![what it shows](/billeder/…/)" is an image, with its caption on the next line, and
"^[words]" a footnote. What this cannot show without loss (tables, links, bold words, lists in
lists) is not shown at all: ``to_plain`` answers None, and the section is edited with the full
editor.
"""

from __future__ import annotations

import re
from html import escape

import lxml.html

from .blocks import sanitise, split
from .figures import ADDRESS

_HEADINGS = {"h3": "## ", "h4": "### "}
_POINT = re.compile(r"(-|\d+\.) ++(.*)", re.DOTALL)
_BRACKET = re.compile(r"[\[\]]")
_IMAGE = re.compile(rf"!\[(.*)\]\(({ADDRESS.pattern})\)")


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
        re.sub(r"(?<!\s)\s*<br>\s*", "<br>", re.sub(r"[ \t\n]+", " ", block))
        .replace("<li><p>", "<li>").replace("</p></li>", "</li>").replace("> <", "><")
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
    return _figure(element) if element.tag == "figure" else None


def _figure(element: lxml.html.HtmlElement) -> str | None:
    image = element[0]
    line = f"![{image.get('alt')}]({image.get('src')})"
    if len(element) == 1:
        return line
    caption = _lines(element[1])
    return caption and f"{line}\n{caption}"


def _lines(element: lxml.html.HtmlElement) -> str | None:
    """The words of an element that holds nothing but words, footnotes and line breaks."""
    if any(child.tag not in ("br", "span") or len(child) for child in element):
        return None
    lines = [element.text or ""]
    for child in element:
        if child.tag == "br":
            lines.append(child.tail or "")
        else:
            lines[-1] += f"^[{child.text}]{child.tail or ''}"
    return "\n".join(" ".join(line.split()) for line in lines)


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
            return f"<{tag}>{_inline(words)}</{tag}>"
    first, _newline, caption = block.partition("\n")
    if image := _IMAGE.fullmatch(first.strip()):
        below = _inline(" ".join(caption.split()))
        below = below and f"<figcaption>{below}</figcaption>"
        return f'<figure><img src="{image[2]}" alt="{escape(image[1])}">{below}</figure>'
    lines = [" ".join(line.split()) for line in block.split("\n")]
    points = [_POINT.fullmatch(line) for line in lines]
    if all(points):
        signs = {"ul" if point[1] == "-" else "ol" for point in points if point}
        if len(signs) == 1:
            tag = signs.pop()
            items = "".join(f"<li>{_inline(point[2].strip())}</li>" for point in points if point)
            return f"<{tag}>{items}</{tag}>"
    return f"<p>{'<br>'.join(map(_inline, lines))}</p>"


def _inline(words: str) -> str:
    """A line as HTML, its footnotes where they stand."""
    text, out, at = escape(words, quote=False), [], 0
    while (begin := text.find("^[", at)) >= 0:
        end = _end_of_note(text, begin + 2)
        out.append(text[at:begin])
        out.append(f'<span class="note">{text[begin + 2 : end]}</span>' if end else "^[")
        at = end + 1 if end else begin + 2
    return "".join([*out, text[at:]])


def _end_of_note(text: str, begin: int) -> int:
    """Where a note ends, with brackets in it but none in those; 0 when it does not."""
    inside = False
    for bracket in _BRACKET.finditer(text, begin):
        if bracket[0] == "[":
            if inside:
                return 0
            inside = True
        elif not inside:
            return bracket.start() if bracket.start() > begin else 0
        else:
            inside = False
    return 0
