"""What is pasted into the editor, made into the text of a section by the same steps as a document
that is read in: one reader of paragraphs, one of tracked changes, one maker of HTML.

All of it is done in the limited process (``child``), also the making of HTML: what somebody has
copied may be hostile, and may be long.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kommuneplan.plain_text import entered
from kommuneplan.richtext.blocks import split
from kommuneplan.uploads.sandbox import IN_A_REQUEST, TooHeavy, ask
from plans.readers.files.messages import gettext_noop
from plans.readers.files.source import RefusedFile
from plans.readers.word_text.parts import (
    HEADING,
    INNER,
    TITLE,
    WordLoss,
    WordParagraph,
    WordRun,
    WordTable,
    WordText,
    paragraphs_of,
)

from .answers import TextAnswers
from .blocks import Counting, blocks_of, decided
from .sections import figures

MOST_COPIED = 4_000_000  # letters of HTML; Word writes some 30,000 for a page of lists and tables
MOST_TEXT = 2_000_000  # letters of the text it makes: as much as one section holds
LARGE = gettext_noop(
    "What was copied is too large to be read at once. Copy a part of it at a time, or use “Read in "
    "from Word”."
)
HEAVY = gettext_noop(
    "What was copied takes too much time or memory to read. Copy a part of it at a time, or use "
    "“Read in from Word”."
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """The blocks to put into the text, and what is to be said of them: what did not come along, and
    how many tracked changes were carried out."""

    blocks: list[str] = field(default_factory=list)
    left: list[WordLoss] = field(default_factory=list)
    tracked: int = 0

    @property
    def html(self) -> str:
        """The whole of it."""
        return "\n".join(self.blocks)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def read_paste(html: str, *, home: str, letter: bool = False) -> Pasted:
    """What was pasted, read in the limited process, or ``RefusedFile``. ``home``: how the addresses
    of the house begin, for its own images."""
    if len(html) > MOST_COPIED:
        raise RefusedFile(LARGE)
    asked = json.dumps({"home": home, "letter": letter}).encode() + b"\n"
    data = asked + html.encode("utf-8", "replace")
    try:
        answer = ask("plans.text_import.child", data=data, seconds=IN_A_REQUEST)
    except TooHeavy as error:
        raise RefusedFile(HEAVY) from error
    if "refused" in answer:
        raise RefusedFile(answer["refused"], **answer["params"])
    left = [WordLoss(**one) for one in answer["left"]]
    return Pasted(answer["blocks"], left, answer["tracked"])


def pasted(text: WordText, *, letter: bool = False) -> Pasted:
    """A text as it stands in a section. Tracked changes are taken as they stand, what was put in is
    there and what was taken out is not; in a ``letter``, which has no notes, they stand in
    brackets."""
    parts = _lowered(decided(text.blocks, {}))
    if letter:
        for one in parts:
            for paragraph in paragraphs_of(one):
                paragraph.runs = [*map(_in_brackets, paragraph.runs)]
    figure = figures(text, TextAnswers(), {image.id: image.part for image in text.images})
    made = blocks_of(parts, figure, Counting())
    pieces = [entered(piece) for block in made for piece in split(block.html)]
    if sum(map(len, pieces)) > MOST_TEXT:
        raise RefusedFile(LARGE)
    return Pasted(pieces, _counted(text.left), len(text.changes))


def _counted(left: Sequence[WordLoss]) -> list[WordLoss]:
    """Each sort of loss once, without its words, which whoever pasted has just copied."""
    counts = Counter[str]()
    for one in left:
        counts[one.code] += one.count
    return [WordLoss(code, count=count) for code, count in counts.items()]


def _lowered(
    blocks: Sequence[WordParagraph | WordTable],
) -> list[WordParagraph | WordTable]:
    """Headings below the section's own: the highest that were copied as headings of the text, all
    others as small ones."""
    headings = [
        one for one in blocks
        if isinstance(one, WordParagraph) and one.shape in (HEADING, TITLE) and one.words
    ]  # fmt: skip
    highest = min((one.level for one in headings if one.shape == HEADING), default=0)
    lowered: list[WordParagraph | WordTable] = []
    for one in blocks:
        if isinstance(one, WordParagraph) and one.shape in (HEADING, TITLE):
            level = 1 if one.shape == TITLE or one.level == highest else 2
            one = replace(one, shape=HEADING, series=INNER, level=level)
        lowered.append(one)
    return lowered


def _in_brackets(run: WordRun) -> WordRun:
    return replace(run, note="", text=f" [{run.note}]") if run.note else run
