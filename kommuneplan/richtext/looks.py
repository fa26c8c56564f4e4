"""What rich text shows besides its words: bold, struck through, links, headings, cells that head a
column. Whoever compares two texts compares these too, else a struck sentence reads as the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import lxml.html
from django.utils.translation import gettext as _

from kommuneplan.plain_text import as_read

_TOLD = {
    "strong", "em", "u", "s", "sub", "sup", "a", "h3", "h4", "blockquote", "th", "caption", "ol",
    "ul",
}  # fmt: skip
SHORT = 80  # letters of the words a look is told with


@dataclass(frozen=True, slots=True)
class TextLook:
    """How some words look. ``name`` is the element; ``to`` where a link leads, or how far a cell
    reaches."""

    name: str
    words: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Comparable:
    """A text as it is compared: its words, line by line, and how they look."""

    words: str = ""
    looks: tuple[TextLook, ...] = ()


def looks(html: str) -> tuple[TextLook, ...]:
    """Every look in some rich text, in the order of the text."""
    if "<" not in html:
        return ()
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    return tuple(_looks(root))


def _looks(root: lxml.html.HtmlElement) -> Iterator[TextLook]:
    for element in root.iter():
        name = element.tag if isinstance(element.tag, str) else ""
        words = _words(element) if name else ""
        if name in _TOLD and words:
            yield TextLook(name, words, element.get("href", "") if name == "a" else "")
        if name in ("td", "th") and words:
            reach = [element.get(side, "1") for side in ("colspan", "rowspan")]
            if reach != ["1", "1"]:
                yield TextLook("reach", words, " × ".join(reach))


def _words(element: lxml.html.HtmlElement) -> str:
    apart = " " if element.tag in ("ol", "ul", "blockquote") else ""
    return " ".join(as_read(apart.join(element.itertext())).split())


def shown(before: Comparable, after: Comparable) -> tuple[str, str]:
    """Both texts with a line for each look that only one of them has, so that nothing that
    differs looks the same.

    A look that came or went together with its words is not told apart: the words tell it.
    """
    old, new = Counter(before.looks), Counter(after.looks)
    gone, came = list((old - new).elements()), list((new - old).elements())
    if before.words != after.words:
        gone, came = _staying(gone, after.words), _staying(came, before.words)
    return _with(before.words, gone), _with(after.words, came)


def _staying(found: list[TextLook], other: str) -> list[TextLook]:
    """Those whose words the other text has too."""
    there = _run(other)
    return [one for one in found if _run(one.words) in there]


def _run(words: str) -> str:
    """The letters alone, without the spaces and signs that lines put between them."""
    return re.sub(r"[\s|–]", "", words)


def _with(words: str, found: Iterable[TextLook]) -> str:
    return "\n".join([*([words] if words else []), *(f"[{told(one)}]" for one in found)])


def told(look: TextLook) -> str:
    """A look in words: 'Struck through: "…"'."""
    words = look.words if len(look.words) <= SHORT else f"{look.words[: SHORT - 1]}…"
    names = {
        "strong": _("Bold: “%(words)s”"),
        "em": _("Italic: “%(words)s”"),
        "u": _("Underlined: “%(words)s”"),
        "s": _("Struck through: “%(words)s”"),
        "sub": _("Subscript: “%(words)s”"),
        "sup": _("Superscript: “%(words)s”"),
        "a": _("Link from “%(words)s” to %(to)s"),
        "h3": _("Heading: “%(words)s”"),
        "h4": _("Subheading: “%(words)s”"),
        "blockquote": _("Quotation: “%(words)s”"),
        "th": _("Head of a column or row: “%(words)s”"),
        "caption": _("Title of a table: “%(words)s”"),
        "ol": _("Numbered list: “%(words)s”"),
        "ul": _("List with bullets: “%(words)s”"),
        "reach": _("Merged cells (%(to)s): “%(words)s”"),
    }
    return names[look.name] % {"words": words, "to": look.to}
