"""A whole plan on paper, as plain values: the writers of Word and PDF take nothing else.

Nothing here knows a plan or a language; every text is finished and is shown as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from .prose import Block, Figure, Heading

DEEPEST = 6  # heading levels that Word and PDF both know


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section under its heading. ``depth`` 1 is a chapter; ``number`` ("2.1") may be empty."""

    title: str
    depth: int
    blocks: tuple[Block, ...] = ()
    number: str = ""

    @property
    def level(self) -> int:
        """The level of its heading."""
        return min(self.depth, DEEPEST)


@dataclass(frozen=True, slots=True)
class Whole:
    """A plan with all that is in it.

    ``sort`` is what sort of plan for which years. ``facts`` are the lines of the title page:
    (placeholder of the Word template, label, value); ``questions`` the plain answers about the
    plan, in the same way. ``mark`` is a word on every page of what is not final ("Udkast").
    ``labels`` are words of the page. ``created`` is in seconds since 1970; ``link`` the address at
    which this version is read.
    """

    municipality: str
    title: str
    document_title: str
    sort: str = ""
    issue: str = ""
    mark: str = ""
    notice: str = ""
    address: str = ""
    facts: tuple[tuple[str, str, str], ...] = ()
    questions: tuple[tuple[str, str, str], ...] = ()
    chapters: tuple[Chapter, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    created: int = 0
    link: str = ""

    @property
    def running_title(self) -> str:
        """The title for the top of every page, with the mark of what is not final."""
        return f"{self.mark}: {self.title}" if self.mark else self.title

    @property
    def has_contents(self) -> bool:
        """Is there so much that one must be told where to find it?"""
        return len(self.chapters) > 2

    def pictures(self) -> Iterator[str]:
        """The uids of its pictures, in the order of reading."""
        for chapter in self.chapters:
            yield from (block.uid for block in chapter.blocks if isinstance(block, Figure))


def chapter(title: str, depth: int, blocks: Iterable[Block], number: str = "") -> Chapter:
    """A chapter whose inner headings stand right below its own: no level is skipped, for a
    reader who jumps from heading to heading would look for what is missing."""
    above = min(depth, DEEPEST)
    settled = []
    for block in blocks:
        if isinstance(block, Heading):
            level = min(min(depth, DEEPEST) + block.level, above + 1, DEEPEST)
            above = level
            block = replace(block, level=level)
        settled.append(block)
    return Chapter(title, depth, tuple(settled), number)
