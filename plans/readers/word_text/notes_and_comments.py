"""What stands beside a document's text: notes, comments, headers and footers, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from ..files.docx import MC, W
from .inline import WEB, R
from .parts import WordComment

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


def words_of(root: Element | None, links: Mapping[str, str] | None = None) -> str:
    """The words under an element, paragraphs on lines; not those that were taken out. A link to
    a web page stands in brackets after its words."""
    if root is None:
        return ""
    lines = ["".join(_words(paragraph, links or {})) for paragraph in root.iter(f"{W}p")]
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _words(parent: Element, links: Mapping[str, str]) -> Iterator[str]:
    stack = list(reversed(list(parent)))
    while stack:
        node = stack.pop()
        if node.tag in (f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}pPr", f"{W}txbxContent"):
            continue
        if node.tag == f"{W}hyperlink":
            target = links.get(node.get(f"{R}id") or "", "")
            words = "".join(_words(node, {}))
            shown = WEB.match(target) and target.rstrip("/") not in words
            yield f"{words} ({target})" if shown else words
            continue
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            yield " "
        stack.extend(reversed(list(node)))


def notes_of(
    root: Element | None, tag: str, links: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Foot- or endnotes by their id; the lines that Word draws above them are none."""
    notes = {}
    for note in root.iter(f"{W}{tag}") if root is not None else ():
        if note.get(f"{W}type") not in _SEPARATORS:
            notes[note.get(f"{W}id") or ""] = " ".join(words_of(note, links).split())
    return notes


def comments_of(root: Element | None, extended: Element | None) -> list[WordComment]:
    """The comments, with what they answer and whether somebody has dealt with them."""
    if root is None:
        return []
    said = {
        one.get(f"{_W15}paraId"): (one.get(f"{_W15}paraIdParent"), one.get(f"{_W15}done") == "1")
        for one in (extended.iter(f"{_W15}commentEx") if extended is not None else ())
    }
    found, paragraphs = [], {}
    for one in root.iter(f"{W}comment"):
        comment = WordComment(
            one.get(f"{W}id") or "",
            (one.get(f"{W}author") or "")[:100],
            (one.get(f"{W}date") or "")[:20],
            words_of(one)[:5_000],
        )
        last = next((p.get(f"{_W14}paraId") for p in reversed(one.findall(f"{W}p"))), None)
        paragraphs[last] = comment.id
        above, comment.done = said.get(last, (None, False))
        comment.answers = above or ""
        if comment.id and comment.text:
            found.append(comment)
    for comment in found:
        comment.answers = paragraphs.get(comment.answers, "")
    return found
