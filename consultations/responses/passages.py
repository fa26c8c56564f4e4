"""A response's words with passages taken out. Pure: what was received, and which letters of it are
not shown; nothing here knows tables, people or the time.

A *place* is a path in what was received: ``text``, ``answers.<question>``, ``remarks.<uid>``,
``sender.name``, ``sender.organisation``. Letters are counted in the words as received.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kommuneplan.collation import fold
from kommuneplan.personal import read

SENDER = ("name", "organisation")


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Letters ``begins`` up to ``ends`` of a place that are taken out, on a ground (Ground)."""

    begins: int
    ends: int
    ground: str


Piece = tuple[str, str]  # (words, ""), or ("", the ground on which something was taken out)
Pieces = tuple[Piece, ...]
Passages = Mapping[str, Iterable[TakenOut]]


def by_place(rows: Iterable[Any]) -> dict[str, list[TakenOut]]:
    """What is taken out of a response, by place; of rows with ``place``, ``begins``, ``ends`` and
    ``ground``."""
    found: dict[str, list[TakenOut]] = {}
    for row in rows:
        found.setdefault(row.place, []).append(TakenOut(row.begins, row.ends, row.ground))
    return found


def places(content: Mapping[str, Any]) -> dict[str, str]:
    """Every place of a response as received with its words, in reading order; empty ones too."""
    sender = content.get("sender") or {}
    found = {f"sender.{name}": _text(sender.get(name)) for name in SENDER}
    found["text"] = _text(content.get("text"))
    for answer in content.get("answers") or ():
        found[f"answers.{answer.get('question')}"] = _text(answer.get("words"))
    for remark in content.get("remarks") or ():
        found[f"remarks.{remark.get('uid')}"] = _text(remark.get("words"))
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def pieces(
    text: str, passages: Iterable[TakenOut] = (), begins: int = 0, ends: int | None = None
) -> Pieces:
    """The letters ``begins`` up to ``ends`` of a text with what is taken out of them marked.

    Passages that touch or overlap become one mark, on the ground of the first; one that reaches
    over an end of the stretch counts as far as it lies inside.
    """
    end = len(text) if ends is None else min(ends, len(text))
    out: list[Piece] = []
    at = begins
    for passage in _merged(passages):
        first, last = max(passage.begins, begins), min(passage.ends, end)
        if first >= last:
            continue
        if at < first:
            out.append((text[at:first], ""))
        out.append(("", passage.ground))
        at = last
    if at < end:
        out.append((text[at:end], ""))
    return tuple(out)


def _merged(passages: Iterable[TakenOut]) -> Iterator[TakenOut]:
    open_one: TakenOut | None = None
    for passage in sorted(passages, key=lambda one: (one.begins, -one.ends)):
        if open_one is not None and passage.begins <= open_one.ends:
            ends = max(open_one.ends, passage.ends)
            open_one = TakenOut(open_one.begins, ends, open_one.ground)
            continue
        if open_one is not None:
            yield open_one
        open_one = passage
    if open_one is not None:
        yield open_one


def is_covered(begins: int, ends: int, passages: Iterable[TakenOut]) -> bool:
    """Are all the letters of a stretch taken out?"""
    return any(one.begins <= begins and ends <= one.ends for one in _merged(passages))


_BETWEEN = r"[\s.,-]++"
_APART = re.compile(r"[\s.,-]+")
_TAKEN_OUT = "\0"
_SIGNS_AT = re.compile(r"^[.,-]{0,9}"), re.compile(r"[.,-]{0,9}$")


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Where these words stand in a text, apart, whatever letters they are written in: the search
    for personal data and this compare in the same form (``personal.letters``). Blanks at their ends
    do not count; any blank, line break or sign may stand between them. In other capitals they count
    as whole words, with or without an s.
    """
    asked, here = read(words).text.strip(), read(text)
    wanted = [re.escape(word) for word in _APART.split(asked) if word]
    if not wanted:
        return _signs(text, words.strip())
    opening, closing = (re.escape(_SIGNS_AT[end].search(asked)[0]) for end in (0, 1))
    pattern = f"(?:{opening})?{_BETWEEN.join(wanted)}(?:{closing})?"
    either = re.compile(rf"{pattern}|(?i:(?<!\w){pattern}s?(?!\w))")
    return [here.span(*span) for span in sorted(_found_and_laid_bare(either, here.text))]


def _found_and_laid_bare(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where a pattern is found, and where it is found once those places are taken out: what stood
    right beside one of them has then become a word of its own."""
    while found := [match.span() for match in pattern.finditer(text)]:
        yield from found
        text = pattern.sub(lambda match: _TAKEN_OUT * len(match[0]), text)


def _signs(text: str, signs: str) -> list[tuple[int, int]]:
    """Where signs stand that are no words."""
    return [one.span() for one in re.finditer(re.escape(signs), text)] if signs else []


def left_behind(text: str, passages: Iterable[TakenOut], words: str) -> bool:
    """Do the words still stand in what is shown of a text?"""
    return any(occurrences(shown, words) for shown, ground in pieces(text, passages) if not ground)


def search_words(content: Mapping[str, Any]) -> str:
    """What the search of those who handle responses compares: all that was received."""
    sender = content.get("sender") or {}
    names = [_text(sender.get(one)) for one in (*SENDER, "role", "email")]
    words = [words for place, words in places(content).items() if not place.startswith("sender.")]
    return fold(" ".join(part for part in (*names, *words) if part))
