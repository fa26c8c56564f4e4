"""A response cut into passages. Pure: what was received, by place and by paragraph, with letters
counted in the words as received (as in ``redacted``); nothing here knows tables or people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Letters ``begins`` up to ``ends`` of a place."""

    place: str
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class ResponsePlace:
    """A part of a response: the remarks on the whole (``text``), the answer to a question
    (``answers.<uid>``, with what was ``asked``), or a remark given on a paragraph
    (``remarks.<uid>``, with its ``anchor`` and ``quote``)."""

    path: str
    words: str
    asked: str = ""
    anchor: str = ""
    quote: str = ""

    @property
    def is_given(self) -> bool:
        """Was given on a paragraph by whoever wrote it."""
        return bool(self.anchor)

    @property
    def whole(self) -> Passage:
        """All of its words, without blanks at the ends."""
        return trimmed(self.words, Passage(self.path, 0, len(self.words)))

    @property
    def paragraphs(self) -> tuple[Passage, ...]:
        """Its lines with words in them, in order."""
        found = (
            trimmed(self.words, Passage(self.path, line.start(), line.end()))
            for line in _LINE.finditer(self.words)
        )
        return tuple(one for one in found if one.begins < one.ends)

    def said(self, passage: Passage) -> str:
        """The words of a passage."""
        return self.words[passage.begins : passage.ends]


def places(content: Mapping[str, Any]) -> list[ResponsePlace]:
    """The parts of a response that say something, in reading order."""
    found = [ResponsePlace("text", _text(content.get("text")))]
    found += [
        ResponsePlace(
            f"answers.{one.get('question')}", _text(one.get("words")), asked=_text(one["asked"])
        )
        for one in content.get("answers") or ()
    ]
    found += [
        ResponsePlace(
            f"remarks.{one.get('uid')}",
            _text(one.get("words")),
            anchor=_text(one.get("anchor")),
            quote=_text(one.get("quote")),
        )
        for one in content.get("remarks") or ()
    ]
    return [place for place in found if place.words.strip()]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def trimmed(words: str, passage: Passage) -> Passage:
    """The same passage without blanks at its ends; an empty one where there is nothing else."""
    begins, ends = max(passage.begins, 0), min(passage.ends, len(words))
    said = words[begins:ends]
    begins += len(said) - len(said.lstrip())
    return Passage(passage.place, begins, max(begins, begins + len(said.strip())))


def joined(chosen: Iterable[Passage], place: ResponsePlace) -> list[Passage]:
    """Paragraphs that follow upon each other become one passage; in reading order."""
    wanted = set(chosen)
    out: list[Passage] = []
    follows = False
    for one in place.paragraphs:
        if one not in wanted:
            follows = False
        elif follows:
            out[-1] = Passage(place.path, out[-1].begins, one.ends)
        else:
            out.append(one)
            follows = True
    return out


def overlap(one: Passage, other: Passage) -> bool:
    """Do two passages share a letter?"""
    return one.place == other.place and one.begins < other.ends and other.begins < one.ends


def whole_words(content: Mapping[str, Any]) -> str:
    """All that a response says as one text, each question before its answer, each quoted
    paragraph before what is said of it."""
    parts = []
    for place in places(content):
        head = place.asked or (f"“{place.quote}”" if place.quote else "")
        parts += [head, place.words.strip()]
    return "\n\n".join(part for part in parts if part)
