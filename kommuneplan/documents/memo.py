"""What a memo says, as plain words: the writers of Word and PDF take nothing else.

Nothing here knows a plan, a date or a language; every text is finished and is shown as it is.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field


class Column(enum.StrEnum):
    """The columns a memo's table can have."""

    WHEN = "when"
    WHAT = "what"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class MemoRow:
    """A row of the table: a milestone, or with ``phase`` a heading for the rows below.

    ``notes`` are lines under the title (description, new date …) or, in a heading, its purpose.
    """

    phase: str = ""
    when: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memo:
    """A process plan as a memo. Empty texts are left out of the page together with their label.

    ``columns`` are the table's columns with their headings, in order. ``questions`` are the plain
    answers about the plan: (placeholder of the Word template, question, answer).
    ``labels`` are the words of the page that is not a template of the municipality's own (PDF).
    ``created`` is the instant of publication, in seconds since 1970; ``link`` the address at which
    this version is read.
    """

    municipality: str
    title: str
    document_title: str
    columns: tuple[tuple[Column, str], ...]
    rows: tuple[MemoRow, ...]
    address: str = ""
    sender_unit: str = ""
    recipient: str = ""
    case_number: str = ""
    document_number: str = ""
    annex_number: str = ""
    case_worker: str = ""
    date: str = ""
    issue: str = ""
    questions: tuple[tuple[str, str, str], ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    created: int = 0
    link: str = ""

    @property
    def has_phases(self) -> bool:
        """Are the rows grouped under headings?"""
        return any(row.phase for row in self.rows)


# What XML 1.0 cannot hold; the signs that turn the direction of text round (they make a line
# read as something it is not); and the mark of byte order, which PDF/A refuses.
_BARRED = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufdcf\\ufdf0-\\ufffd\\U00010000-\\U0010ffff]"
)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """The text without signs no document can hold; lines end with a plain newline.

    A vertical tab or a page break becomes a new line, as its writer meant it.
    """
    if text.isprintable():  # most are: none of what is looked for below is a sign to be printed
        return text
    text = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return _TURNING.sub("", _BARRED.sub("", text))


def on_one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(clean(text).split())
