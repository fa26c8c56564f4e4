"""Rich text as it is stored: a small, safe set of elements, cut into blocks with anchors.

A block is what a remark can point to: a paragraph, heading, list, table or image. Its anchor
comes from the server, is carried from save to save by aligning the blocks with those before, and is
never used again for another block.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import lxml.html
import nh3

from kommuneplan.likeness import Likeness

from .figures import needs_tidying, tidied

_TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "caption",
    "blockquote", "strong", "em", "u", "s", "sub", "sup", "a", "br", "figure", "img", "figcaption",
    "span",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope", "colspan", "rowspan"},
               "td": {"colspan", "rowspan"}, "ol": {"start"}, "img": {"src", "alt"}}  # fmt: skip
_CLASSES = {"span": {"note"}}
_ROUNDS = 8  # a broken text may be understood otherwise when it is read again; two do for others

_ENDS = re.compile(
    r"</(?:p|h[34]|li|t[hdr]|caption|figcaption|blockquote)>|<br>"
)  # where words end too


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
    """The same text with everything outside the allowed elements gone. Twice is as once.

    Images and footnotes come in their one form (``figures``); other images are gone.
    """
    safe = _cleaned(_flattened(html))
    for _round in range(_ROUNDS):
        tidy = _cleaned(tidied(safe) if needs_tidying(safe) else safe)
        if tidy == safe:
            return safe
        safe = tidy
    return _cleaned(safe, _TAGS - {"figure", "figcaption", "img", "span"})


_NESTED = re.compile(
    r"<(/?)(?:ul|ol|blockquote|table|div|span|strong|em|[bius]|sub|sup)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_DEEPEST = 60  # elements inside one another; readers take time by the square of it


def _flattened(html: str) -> str:
    """The same words, with nothing nested deeper than anybody writes."""
    if html.count("<") <= _DEEPEST:
        return html
    kept: list[bool] = []

    def tag(match: re.Match[str]) -> str:
        if not match[1]:
            kept.append(len(kept) < _DEEPEST)
            return match[0] if kept[-1] else " "
        return match[0] if not kept or kept.pop() else " "

    return _NESTED.sub(tag, html)


def _cleaned(html: str, tags: set[str] = _TAGS) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def plain(html: str) -> str:
    """The words of some HTML, for search, comparison and quotation.

    An image is its alternative text; a footnote stands in square brackets.
    """
    if not html.strip():
        return ""
    root = lxml.html.fragment_fromstring(_ENDS.sub(r"\g<0> ", html), create_parent="div")
    for image in root.iter("img"):
        image.tail = f" {image.get('alt', '')} {image.tail or ''}"
    for note in root.iter("span"):
        note.text = f" [{note.text or ''}"
        note.tail = f"]{note.tail or ''}"
    return " ".join(root.text_content().split())


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
    return [block for block in blocks if plain(block) or "<table" in block or "<figure" in block]


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
    for tag, i1, i2, j1, j2 in Likeness(old, new).get_opcodes():
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
    alike = sorted(_alike(old, new, gone, come), key=lambda one: (-one[0], one[1], one[2]))
    taken: set[int] = set()
    for _ratio, i, j in alike:
        if i not in taken and anchors[j] is None:
            anchors[j] = before[i].anchor
            taken.add(i)


_WORD = re.compile(r"\w+")
_SHORT = 80  # letters; a short text is compared letter by letter, for one word may be all of it
_SHORT_PAIRS = 400


def _alike(
    old: list[str], new: list[str], gone: range, come: range
) -> Iterator[tuple[float, int, int]]:
    """Pairs of blocks that are at least half alike, with how much.

    By the words they share: time grows with the length of the text, not with its square.
    """
    words = {i: set(_WORD.findall(old[i].lower())) for i in gone}
    holders: dict[str, list[int]] = {}
    for i, own in words.items():
        for word in own:
            holders.setdefault(word, []).append(i)
    for j in come:
        mine = set(_WORD.findall(new[j].lower()))
        shared: Counter[int] = Counter()
        for word in mine:
            shared.update(holders.get(word, ()))
        for i, count in shared.items():
            ratio = 2 * count / (len(words[i]) + len(mine))
            if ratio >= 0.5:
                yield ratio, i, j
    short_old = [i for i in gone if len(old[i]) <= _SHORT]
    short_new = [j for j in come if len(new[j]) <= _SHORT]
    if len(short_old) * len(short_new) <= _SHORT_PAIRS:
        for i in short_old:
            for j in short_new:
                ratio = Likeness(old[i], new[j]).ratio()
                if ratio >= 0.5:
                    yield ratio / 2, i, j
