"""Two texts compared word for word: text in, pieces out; whoever shows them escapes them.

Texts are compared as they are read (``plain_text``): soft hyphens, hard spaces and the way an
accent is written change nothing. Taking away what was added gives the first text back as it is
read, taking away what was removed the second: not a space is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape

import lxml.html
from django.utils.translation import gettext as _

from kommuneplan.likeness import Likeness
from kommuneplan.plain_text import as_read

from .looks import Comparable, looks, shown

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_ENDS = {
    "p", "li", "tr", "h3", "h4", "caption", "blockquote", "br", "table", "ul", "ol", "figure",
    "figcaption",
}  # fmt: skip
_CELLS = {"td", "th"}


class PieceMark(StrEnum):
    """What became of a piece of text."""

    SAME = ""
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class ComparedPiece:
    """Some words and what became of them."""

    text: str
    mark: PieceMark = PieceMark.SAME


def compare(before: str, after: str) -> list[ComparedPiece]:
    """The pieces of both texts in reading order; what was removed stands before what was added."""
    old, new = (_TOKEN.findall(as_read(text)) for text in (before, after))
    matcher = Likeness(old, new)
    return list(_joined(_pieces(matcher, old, new)))


def _pieces(matcher: Likeness[str], old: list[str], new: list[str]) -> Iterator[ComparedPiece]:
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield ComparedPiece("".join(old[i1:i2]))
            continue
        yield ComparedPiece("".join(old[i1:i2]), PieceMark.REMOVED)
        yield ComparedPiece("".join(new[j1:j2]), PieceMark.ADDED)


def _joined(pieces: Iterable[ComparedPiece]) -> Iterator[ComparedPiece]:
    """Changes with nothing but a space between them read as one change."""
    removed = added = ""
    waiting = ""
    for piece in pieces:
        if not piece.text:
            continue
        if piece.mark == PieceMark.REMOVED:
            removed, added, waiting = removed + waiting + piece.text, added + waiting, ""
        elif piece.mark == PieceMark.ADDED:
            removed, added, waiting = removed + waiting, added + waiting + piece.text, ""
        elif piece.text.isspace() and (removed or added) and not waiting:
            waiting = piece.text
        else:
            yield from _change(removed, added)
            yield ComparedPiece(waiting + piece.text)
            removed = added = waiting = ""
    yield from _change(removed, added)
    if waiting:
        yield ComparedPiece(waiting)


def _change(removed: str, added: str) -> Iterator[ComparedPiece]:
    if removed:
        yield ComparedPiece(removed, PieceMark.REMOVED)
    if added:
        yield ComparedPiece(added, PieceMark.ADDED)


def before(pieces: Iterable[ComparedPiece]) -> list[ComparedPiece]:
    """The first text's side: without what was added."""
    return [piece for piece in pieces if piece.mark != PieceMark.ADDED]


def after(pieces: Iterable[ComparedPiece]) -> list[ComparedPiece]:
    """The second text's side: without what was removed."""
    return [piece for piece in pieces if piece.mark != PieceMark.REMOVED]


def words(pieces: Iterable[ComparedPiece]) -> str:
    """The text of some pieces."""
    return "".join(piece.text for piece in pieces)


def marked(pieces: Iterable[ComparedPiece], *, removed: str, added: str) -> str:
    """The pieces as HTML: struck through and underlined, and said aloud by the two words given.

    Everything is escaped here; no mark-up of the texts themselves ever gets through.
    """
    said = {PieceMark.REMOVED: ("del", removed), PieceMark.ADDED: ("ins", added)}
    out = []
    for piece in pieces:
        text = escape(piece.text)
        if piece.mark in said:
            tag, word = said[piece.mark]
            aside = '<span class="sr-only">{}</span>'
            begin, end = aside.format(f"[{escape(word)}: "), aside.format("]")
            text = f"<{tag}>{begin}{text}{end}</{tag}>"
        out.append(text)
    return "".join(out)


def comparable(html: str) -> Comparable:
    """Some rich text as it is compared."""
    return Comparable(as_read(lines(html)), looks(html))


def both(before: str, after: str) -> tuple[str, str]:
    """Two rich texts as words in which everything that differs can be seen; equal exactly when
    nobody could tell them apart."""
    return shown(comparable(before), comparable(after))


def lines(html: str) -> str:
    """A block of rich text as plain words: a line for each paragraph, item and row, a bar between
    cells, so that a table can be compared too. An image is a line of its own with what it shows,
    a footnote stands in brackets at its place."""
    if not html.strip():
        return ""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    out: list[str] = []
    _walk(root, out)
    rows = (" ".join(row.split()).removesuffix("|").strip() for row in "".join(out).split("\n"))
    return "\n".join(row for row in rows if row)


def other_image() -> str:
    """What is said where an image was replaced, whose words may be the same."""
    return f"[{_('Another image in its place')}]"


def _walk(element: lxml.html.HtmlElement, out: list[str]) -> None:
    if not isinstance(element.tag, str):  # a comment
        return
    if element.tag == "li":
        out.append("– ")
    if element.tag == "img":
        out.append(f"[{_('Image')}: {element.get('alt') or '–'}]\n")
    is_note = element.get("class") == "note"
    if is_note:
        out.append(f" [{_('Footnote')}: ")
    out.append((element.text or "").replace("\n", " "))
    for child in element:
        _walk(child, out)
        out.append((child.tail or "").replace("\n", " "))
    if is_note:
        out.append("]")
    if element.tag in _CELLS:
        out.append(" | ")
    if element.tag in _ENDS:
        out.append("\n")
