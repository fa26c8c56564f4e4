"""Footnotes for reading: numbers in the text, and the notes in a list under it.

Pure: HTML in, HTML out. The number leads to the note and the note back to its place; a screen
reader is told what both are (DPUB-ARIA: doc-noteref, doc-backlink).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import lxml.html

from .blocks import sanitise


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number, its safe HTML, its own anchor, and that of the place it belongs to.
    Anchors are unique on a page whose notes are numbered through."""

    number: int
    html: str

    @property
    def anchor(self) -> str:
        """Where the note stands."""
        return f"note-{self.number}"

    @property
    def back(self) -> str:
        """Where the number stands in the text."""
        return f"note-{self.number}-ref"


def numbered(
    blocks: Iterable[str], *, first: int = 1, label: str = "{number}"
) -> tuple[list[str], list[Note]]:
    """Blocks with a linked number for each footnote, and the footnotes, from ``first`` on.

    The blocks are sanitised here. ``label`` says aloud what the number is: "Note {number}".
    """
    notes: list[Note] = []
    shown = [_block(sanitise(html), notes, first, label) for html in blocks]
    return shown, notes


def _block(html: str, notes: list[Note], first: int, label: str) -> str:
    if 'class="note"' not in html:
        return html
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for span in list(root.iter("span")):
        note = Note(first + len(notes), _inner(span))
        notes.append(note)
        mark = lxml.html.Element("sup", {"class": "note-ref"})
        link = lxml.html.Element(
            "a",
            {
                "id": note.back,
                "href": f"#{note.anchor}",
                "role": "doc-noteref",
                "aria-label": label.format(number=note.number),
            },
        )
        link.text = str(note.number)
        mark.append(link)
        mark.tail = span.tail
        span.getparent().replace(span, mark)
    return _inner(root)


def _inner(element: lxml.html.HtmlElement) -> str:
    """The HTML within an element."""
    shell = lxml.html.Element("div")
    shell.text = element.text
    for child in list(element):
        shell.append(child)
    html: str = lxml.html.tostring(shell, encoding="unicode")
    return html.removeprefix("<div>").removesuffix("</div>")
