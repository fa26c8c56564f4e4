"""A text from Word cut into sections: headings make a tree, all else stands under them. Pure.

What was answered of changes, headings, pictures and the introduction (``TextAnswers``) is carried
out here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape

from kommuneplan.richtext.blocks import split
from plans.readers.word_text.parts import (
    HEADING,
    INNER,
    TEXT,
    TITLE,
    WordImage,
    WordParagraph,
    WordTable,
    WordText,
)

from .answers import TextAnswers
from .blocks import Counting, Figure, Html, blocks_of, decided

LEVELS = ("1", "2", "3", "4", "5", "6")
SUB, PLAIN, LEFT = "sub", "text", "left"
INTRO = "intro"
LONGEST_TITLE = 300


@dataclass(slots=True)
class WordHeading:
    """A line that is a heading, or may be one, and what it is to be."""

    paragraph: WordParagraph
    choice: str
    usual: str

    @property
    def title(self) -> str:
        """Its words."""
        return self.paragraph.words


@dataclass(slots=True)
class ProposedSection:
    """A section as the document has it. ``key`` names it as long as the document is looked
    through; ``above`` is the place of the section it stands under."""

    key: str
    title: str
    number: str = ""
    typed: str = ""
    depth: int = 1
    above: int | None = None
    blocks: list[Html] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)  # those on the heading
    parts: list[WordParagraph | WordTable] = field(default_factory=list)
    level: int = 1

    @property
    def html(self) -> str:
        """Its text."""
        return "\n".join(block.html for block in self.blocks)


@dataclass(slots=True)
class ProposedText:
    """The whole document as it would be read in."""

    sections: list[ProposedSection]
    headings: list[WordHeading]
    left: list[WordParagraph]


def sections_of(
    text: WordText, answers: TextAnswers, *, intro: str, src: Mapping[str, str]
) -> ProposedText:
    """Cut the document as it was answered. ``intro`` is the usual heading of what comes first,
    ``src`` the address of each picture that comes along."""
    found = ProposedText([], [], [])
    blocks = decided(text.blocks, answers.changes)
    for block in blocks:
        if not isinstance(block, WordParagraph) or not _may_be_heading(block):
            _under(found, block, answers, intro)
            continue
        usual = _usual(block)
        heading = WordHeading(block, answers.headings.get(block.id, usual), usual)
        found.headings.append(heading)
        if heading.choice in LEVELS:
            found.sections.append(_section(block, int(heading.choice)))
        elif heading.choice == LEFT:
            found.left.append(block)
        else:
            shape = HEADING if heading.choice == SUB else TEXT
            _under(found, replace(block, shape=shape), answers, intro)
    _make_tree(found.sections)
    figure = figures(text, answers, src)
    counting = Counting()
    for section in found.sections:
        made = blocks_of(section.parts, figure, counting)
        for block in made:
            pieces = split(block.html)  # as it will be stored
            if pieces:
                section.blocks.append(Html(pieces[0], block.comments))
                section.blocks += [Html(piece) for piece in pieces[1:]]
            else:
                section.comments += block.comments
    return found


def _may_be_heading(block: WordParagraph) -> bool:
    return bool(block.words) and (block.shape in (HEADING, TITLE) or block.offered)


def _usual(block: WordParagraph) -> str:
    """What a line is when nobody has said otherwise."""
    if block.shape == TITLE:
        return LEFT
    if block.series == INNER:
        return SUB
    if block.offered or len(block.words) > LONGEST_TITLE:
        return PLAIN
    return str(min(block.level, len(LEVELS)))


def _section(block: WordParagraph, level: int) -> ProposedSection:
    comments = [run.comment for run in block.runs if run.comment]
    section = ProposedSection(
        block.id, block.words[:LONGEST_TITLE], typed=block.number, level=level
    )
    section.comments = comments
    others = [run for run in block.runs if run.image or run.note]
    if others:  # a heading holds words alone; its pictures and notes come first below it
        section.parts.append(replace(block, runs=others, shape=TEXT, number=""))
    return section


def _under(
    found: ProposedText, block: WordParagraph | WordTable, answers: TextAnswers, intro: str
) -> None:
    if not found.sections:
        if isinstance(block, WordParagraph) and not block.words and not block.runs:
            return
        found.sections.append(ProposedSection(INTRO, answers.intro or intro))
    if isinstance(block, WordParagraph) and block.shape in (HEADING, TITLE) and not block.words:
        block = replace(block, shape=TEXT)
    found.sections[-1].parts.append(block)


def _make_tree(sections: list[ProposedSection]) -> None:
    """Depths without holes: a heading stands under the last one of a higher level."""
    above: list[int] = []
    counts: list[int] = []
    for place, section in enumerate(sections):
        while above and sections[above[-1]].level >= section.level:
            above.pop()
        section.above = above[-1] if above else None
        above.append(place)
        section.depth = len(above)
        del counts[section.depth :]
        if len(counts) < section.depth:
            counts.append(0)
        counts[section.depth - 1] += 1
        section.number = ".".join(str(count) for count in counts)


def figures(text: WordText, answers: TextAnswers, src: Mapping[str, str]) -> Figure:
    """How each picture that comes along is shown; ``src`` is its address."""
    images = {image.id: image for image in text.images}

    def figure(image: str) -> str:
        if image not in src or answers.images.get(image) == LEFT or image not in images:
            return ""
        alt = alt_of(images[image], answers)
        return f'<figure><img src="{escape(src[image])}" alt="{escape(alt)}"></figure>'

    return figure


def alt_of(image: WordImage, answers: TextAnswers) -> str:
    """What a picture shows: as it was said here, else as the document says it."""
    return answers.alts.get(image.id, image.alt)
