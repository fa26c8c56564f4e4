"""Rich text as it is stored: a small, safe set of elements, cut into blocks with anchors.

A block is what a remark can point to: a paragraph, heading, list or table. Its anchor comes
from the server, is carried from save to save by aligning the blocks with those before, and is
never used again for another block.
"""

from __future__ import annotations

import difflib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import lxml.html
import nh3

_TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "caption",
    "blockquote", "strong", "em", "u", "s", "sub", "sup", "a", "br",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope", "colspan", "rowspan"},
               "td": {"colspan", "rowspan"}, "ol": {"start"}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text: its lasting anchor and its safe HTML."""

    anchor: str
    html: str

    @property
    def text(self) -> str:
        """The words alone."""
        return plain(self.html)


def sanitise(html: str) -> str:
    """The same text with everything outside the allowed elements gone. Twice is as once."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def plain(html: str) -> str:
    """The words of some HTML, for search, comparison and quotation."""
    if not html.strip():
        return ""
    return " ".join(lxml.html.fragment_fromstring(html, create_parent="div").text_content().split())


def split(html: str) -> list[str]:
    """The top-level blocks of sanitised HTML; loose text becomes a paragraph."""
    safe = sanitise(html)
    if not safe.strip():
        return []
    root = lxml.html.fragment_fromstring(safe, create_parent="div")
    blocks = (
        [f"<p>{escape(root.text.strip(), quote=False)}</p>"] if (root.text or "").strip() else []
    )
    for element in root:
        tail, element.tail = element.tail, None
        blocks.append(lxml.html.tostring(element, encoding="unicode"))
        if tail and tail.strip():
            blocks.append(f"<p>{escape(tail.strip(), quote=False)}</p>")
    return [block for block in blocks if plain(block) or "<table" in block]


def new_anchor() -> str:
    """An anchor nobody has used: 40 random bits, legible in an address."""
    return "p" + secrets.token_hex(5)


def align(before: Sequence[Block], html: str) -> list[Block]:
    """Cut new HTML into blocks, each keeping the anchor of the block it continues.

    Equal blocks keep theirs; between them a block keeps the anchor of the one it is at least
    half alike; all others get a new one.
    """
    after = split(html)
    anchors: list[str | None] = [None] * len(after)
    old, new = [plain(b.html) for b in before], [plain(b) for b in after]
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                anchors[j] = before[i].anchor
        elif tag == "replace":
            _carry_alike(before, old, new, range(i1, i2), range(j1, j2), anchors)
    return [
        Block(anchor or new_anchor(), block) for anchor, block in zip(anchors, after, strict=True)
    ]


def _carry_alike(
    before: Sequence[Block],
    old: list[str],
    new: list[str],
    gone: range,
    come: range,
    anchors: list[str | None],
) -> None:
    alike = sorted(
        (
            (difflib.SequenceMatcher(None, old[i], new[j], autojunk=False).ratio(), -i, -j)
            for i in gone
            for j in come
        ),
        reverse=True,
    )
    taken: set[int] = set()
    for ratio, minus_i, minus_j in alike:
        i, j = -minus_i, -minus_j
        if ratio >= 0.5 and i not in taken and anchors[j] is None:
            anchors[j] = before[i].anchor
            taken.add(i)
