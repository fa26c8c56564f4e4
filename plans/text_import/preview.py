"""The values of the preview of a text from Word: what becomes of each section, picture, comment and
tracked change, and the whole of it. Made in ``merging``; nothing is asked of the database here.
"""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan.richtext.blocks import align
from plans.document.comparison import ComparisonRow, block_rows
from plans.models import Plan, Section, TextImport
from plans.readers.word_text.parts import WordImage, WordLoss, WordParagraph, WordText

from .answers import TextAnswers
from .matching import Tree
from .plan_text import PlanText
from .sections import ProposedSection, ProposedText, WordHeading
from .tracked_changes import ChangedParagraph

THEIRS, OURS, OUT, KEEP = "theirs", "ours", "out", "keep"


class SectionFate(enum.StrEnum):
    """How a section from Word and the plan's differ, and which side has changed since last."""

    NEW = "new"
    SAME = "same"
    WORD = "word"  # only Word has changed, or nothing was written here yet
    HERE = "here"  # only the plan has changed: what Word says is what it said last
    BOTH = "both"  # both have, or nobody knows: somebody has to choose


@dataclass
class SectionRow:
    """A section from Word beside the plan's."""

    proposed: ProposedSection
    section: Section | None
    fate: SectionFate
    choice: str
    sure: bool = True
    is_moved: bool = False
    edited_here: bool = False
    writers: list[str] = field(default_factory=list)
    free: list[tuple[str, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What it is called in forms and addresses."""
        return self.proposed.key

    @property
    def name(self) -> str:
        """What it is called in the tree: its uid in the plan, or its key when it is new."""
        return str(self.section.uid) if self.section else self.key

    @property
    def text(self) -> str:
        """Its text as it would be stored."""
        return self.proposed.html

    @property
    def taken(self) -> bool:
        """Will the words of Word stand?"""
        return self.fate is SectionFate.NEW or (
            self.choice == THEIRS and self.fate is not SectionFate.SAME
        )

    @cached_property
    def _sides(self) -> tuple[dict[str, str], dict[str, str]]:
        before = self.section.anchored_blocks() if self.section else []
        after = align(before, self.text)
        return {one.anchor: one.html for one in before}, {one.anchor: one.html for one in after}

    @cached_property
    def rows(self) -> list[ComparisonRow]:
        """What differs, paragraph by paragraph, the heading first."""
        assert self.section is not None
        heading = list(
            block_rows("", {"title": self.section.title}, {"title": self.proposed.title})
        )
        return heading + list(block_rows(self.proposed.title, *self._sides))

    @cached_property
    def same(self) -> int:
        """How many paragraphs are the same."""
        before, after = self._sides
        return sum(html == after.get(anchor) for anchor, html in before.items())

    @cached_property
    def looks(self) -> int:
        """How many paragraphs have the same words and another look."""
        before, after = self._sides
        differing = sum(after.get(anchor, html) != html for anchor, html in before.items())
        worded = {row.anchor.removeprefix("b-") for row in self.rows if row.kind == "changed"}
        return max(0, differing - len(worded & before.keys()))


@dataclass
class GoneRow:
    """A section of the plan that Word does not have."""

    section: Section
    number: str
    choice: str
    from_word: bool


@dataclass
class ImageRow:
    """A picture of the document."""

    image: WordImage
    alt: str
    is_left: bool

    @property
    def unsaid(self) -> bool:
        """Does nobody know yet what it shows?"""
        return not self.is_left and not self.alt


@dataclass
class CommentRow:
    """A comment of the document: who, what, about which words, and whether it comes along."""

    id: str
    author: str
    at: str
    text: str
    quote: str
    section: str
    take: bool
    there: bool
    done: bool
    answers: str = ""


@dataclass(frozen=True)
class TextPreview:
    """Everything the preview shows, and the action does.

    ``src``: the address of each picture in the texts; ``standing``: the plan's text as it was
    when this was made.
    """

    draft: TextImport
    text: WordText
    answers: TextAnswers
    proposed: ProposedText
    rows: list[SectionRow]
    gone: list[GoneRow]
    changed: list[ChangedParagraph]
    images: list[ImageRow]
    comments: list[CommentRow]
    tree: Tree
    src: Mapping[str, str]
    standing: PlanText

    @property
    def plan(self) -> Plan:
        """The plan the text is for."""
        return self.standing.plan

    @property
    def left(self) -> list[WordLoss]:
        """What does not come along as it stood."""
        return self.text.left

    @property
    def left_out(self) -> list[WordParagraph]:
        """Headings that are left out, and the title of the document."""
        return self.proposed.left

    @property
    def headings(self) -> list[WordHeading]:
        """Every line that is a heading, or may be."""
        return self.proposed.headings

    @property
    def offered(self) -> int:
        """How many bold lines could be headings."""
        return sum(one.paragraph.offered for one in self.headings)

    @cached_property
    def undecided(self) -> int:
        """How many tracked changes nobody has decided on."""
        return sum(
            not change.decision for paragraph in self.changed for change in paragraph.changes
        )

    def count(self, *fates: SectionFate) -> int:
        """How many sections are so."""
        return sum(row.fate in fates for row in self.rows)

    @property
    def new(self) -> int:
        """Sections that come to be."""
        return self.count(SectionFate.NEW)

    @property
    def same(self) -> int:
        """Sections that say the same already."""
        return self.count(SectionFate.SAME)

    @property
    def replaced(self) -> int:
        """Sections whose text is replaced."""
        return sum(row.taken and row.fate is not SectionFate.NEW for row in self.rows)

    @property
    def kept(self) -> int:
        """Sections that differ and stay as they are here."""
        return sum(row.choice == OURS for row in self.rows)

    @property
    def taken_out(self) -> int:
        """Sections of the plan that are taken out."""
        return sum(row.choice == OUT for row in self.gone)

    @property
    def moved(self) -> int:
        """Sections that get another place."""
        return sum(row.is_moved for row in self.rows)

    @property
    def open_choices(self) -> list[SectionRow]:
        """Sections where somebody has to say which text stands."""
        return [row for row in self.rows if row.fate is SectionFate.BOTH and not row.choice]

    @property
    def does_nothing(self) -> bool:
        """Is everything in the plan already?"""
        comments = any(one.take for one in self.comments)
        return not (self.new or self.replaced or self.taken_out or self.moved or comments)

    @cached_property
    def problems(self) -> list[tuple[str, str]]:
        """What has to be said first: (where on the page, the sentence)."""
        found = []
        if n := self.undecided:
            sentence = ngettext(
                "%(n)s tracked change has not been decided on.",
                "%(n)s tracked changes have not been decided on.",
                n,
            )
            found.append(("changes", sentence % {"n": n}))
        for at, row in enumerate(self.images, start=1):
            if row.unsaid:
                sentence = _("Say what picture %(n)s shows, or leave it out.")
                found.append((f"image-{row.image.id}", sentence % {"n": at}))
        for choice in self.open_choices:
            sentence = _("Choose which text stands in “%(title)s”.")
            found.append((f"section-{choice.key}", sentence % {"title": choice.proposed.title}))
        return found

    @cached_property
    def fingerprint(self) -> str:
        """Changes when the answers or the sections of the plan do."""
        versions = json.dumps([self.draft.pk, *map(list, self.standing.versions)])
        return f"{hashlib.sha256(versions.encode()).hexdigest()[:24]}.{self.draft.version}"
