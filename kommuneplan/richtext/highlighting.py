"""Words found in rich text, forgivingly, and marked where they stand. Pure; the order of the text
and every element of it stay as they are.

A word is found without regard to case and accents, with "ae" for "æ" and so on, as everywhere
(``collation.fold``), and anywhere in a longer one: Danish puts words together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import lxml.html

from kommuneplan.collation import fold
from kommuneplan.plain_text import composed

SHORTEST = 2  # letters: one letter is found everywhere
_ENDS = {"p", "li", "td", "th", "tr", "h3", "h4", "caption", "blockquote", "br", "figcaption"}
# What XML cannot hold, and nobody sees: a space, letter for letter.
_UNSEEN = dict.fromkeys({*range(32), 0xFFFE, 0xFFFF} - {9, 10, 13}, " ")
_CONTEXT = 60  # letters shown on each side of a hit

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A hit with the words around it: (text, is it a hit?), in reading order."""

    pieces: tuple[tuple[str, bool], ...]


def words_of(query: str) -> tuple[str, ...]:
    """The words that are searched for, folded; nothing when there is no word long enough."""
    return tuple(dict.fromkeys(word for word in fold(query).split() if len(word) >= SHORTEST))


def spans(text: str, words: tuple[str, ...]) -> list[Span]:
    """Where the words stand in the text, in order and apart; nothing unless all of them do."""
    folded, places = _folded(text)
    found: list[Span] = []
    for word in words:
        here = list(_places(folded, word))
        if not here:
            return []
        found += [(places[begin], places[end - 1] + 1) for begin, end in here]
    return _apart(found)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text letter by letter as search compares it, and where each letter came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for one in _letter(letter):
            letters.append(one)
            places.append(place)
    return "".join(letters), places


@lru_cache(maxsize=2048)
def _letter(letter: str) -> str:
    return fold(letter) or (" " if letter.isspace() else "")


def _places(text: str, word: str) -> Iterator[Span]:
    begin = text.find(word)
    while begin >= 0:
        yield begin, begin + len(word)
        begin = text.find(word, begin + len(word))


def _apart(found: list[Span]) -> list[Span]:
    out: list[Span] = []
    for begin, end in sorted(found):
        if out and begin <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((begin, end))
    return out


def snippet(text: str, found: list[Span]) -> Snippet:
    """The first hit with its context, and the other hits that fall into it."""
    first, last = found[0]
    left = max(0, first - _CONTEXT)
    right = min(len(text), last + _CONTEXT)
    left = text.find(" ", left, first) + 1 if left and " " in text[left:first] else left
    right = text.rfind(" ", last, right) if right < len(text) and " " in text[last:right] else right
    pieces: list[tuple[str, bool]] = [("… ", False)] if left else []
    at = left
    for begin, end in found:
        if begin >= right:
            break
        end = min(end, right)
        pieces += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    pieces += [(text[at:right], False)]
    pieces += [(" …", False)] if right < len(text) else []
    return Snippet(tuple(piece for piece in pieces if piece[0]))


def marked(html: str, words: tuple[str, ...]) -> str:
    """Safe HTML with the words in ``<mark>``, also where one runs over an element's edge."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    slots = list(_slots(root))
    whole = "".join(text for _element, _side, text in slots)
    found = spans(whole, words)
    if not found:
        return html
    at = len(whole)
    for element, side, text in reversed(slots):  # backwards: a mark moves only what comes after it
        at -= len(text)
        inside = [
            (max(begin - at, 0), min(end - at, len(text)))
            for begin, end in found
            if begin < at + len(text) and end > at
        ]
        if inside and side != "end":
            _mark(element, side, text, inside)
    return escape(root.text or "", quote=False) + "".join(
        lxml.html.tostring(child, encoding="unicode") for child in root
    )


def _slots(element: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str, str]]:
    """Every stretch of text with where it hangs; a line ends with each block, so that no word
    runs from one paragraph or cell into the next."""
    yield element, "text", _clean(element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield from _slots(child)
            if child.tag in _ENDS:
                yield child, "end", "\n"
        yield child, "tail", _clean(child.tail)


def _clean(text: str | None) -> str:
    return composed(text or "").translate(_UNSEEN)


def _mark(element: lxml.html.HtmlElement, side: str, text: str, inside: list[Span]) -> None:
    marks = []
    for (begin, end), following in zip(inside, [*inside[1:], (len(text), 0)], strict=True):
        mark = lxml.html.Element("mark")
        mark.text, mark.tail = text[begin:end], text[end : following[0]]
        marks.append(mark)
    before = text[: inside[0][0]]
    if side == "text":
        element.text = before
        for place, mark in enumerate(marks):
            element.insert(place, mark)
        return
    parent = element.getparent()
    place = parent.index(element) + 1
    element.tail = before
    for offset, mark in enumerate(marks):
        parent.insert(place + offset, mark)
