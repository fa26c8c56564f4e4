"""The part *text*: numbered sections and their paragraphs. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan.plain_text import reads_as
from kommuneplan.richtext import comparison
from kommuneplan.richtext.blocks import plain
from kommuneplan.richtext.comparison import ComparedPiece
from kommuneplan.richtext.figures import image_uids
from kommuneplan.richtext.looks import Comparable, looks
from plans.enums import BlockKind, Part

from .comparison import Compared, block_rows, merged, row_of
from .parts import BlockWords, CitedPlace, DocumentPart, KindOfBlock
from .plan_document import SectionLine, TextBlock

Text = tuple[SectionLine, ...]


def read(data: list[dict[str, Any]]) -> Text:
    """The value as JSON holds it."""
    return tuple(
        SectionLine(
            **{**section, "blocks": tuple(TextBlock(**block) for block in section["blocks"])}
        )
        for section in data
    )


def blocks(text: Text) -> Iterator[tuple[str, str, Any]]:
    """Each section with the anchors of its paragraphs, and each paragraph."""
    for section in text:
        anchors = [block.anchor for block in section.blocks]
        yield section.uid, BlockKind.SECTION.value, {**asdict(section), "blocks": anchors}
        for block in section.blocks:
            yield block.anchor, BlockKind.PARAGRAPH.value, block


def html(text: Text) -> Iterator[tuple[str, str]]:
    """Each paragraph by its anchor."""
    for section in text:
        for block in section.blocks:
            yield block.anchor, block.html


def _name(section: SectionLine) -> str:
    return f"{section.number} {section.title}".strip()


def words(text: Text) -> Iterator[BlockWords]:
    """The titles of the sections, and what their paragraphs say."""
    for section in text:
        name = _name(section)
        yield BlockWords(section.uid, name, section.title, read=name, within=section.uid)
        for block in section.blocks:
            yield BlockWords(
                block.anchor, name, plain(block.html), within=section.uid, looks=looks(block.html)
            )


def checked(text: Text) -> Iterator[tuple[str, str]]:
    """Each section as a whole is looked through for personal data."""
    for section in text:
        paragraphs = " ".join(plain(block.html) for block in section.blocks)
        yield section.title, f"{section.title} {paragraphs}"


def redact(text: Text, removed: Mapping[str, str]) -> Text:
    """Without the words of some titles and paragraphs."""
    return tuple(_redacted(section, removed) for section in text)


def _redacted(section: SectionLine, removed: Mapping[str, str]) -> SectionLine:
    return dataclasses.replace(
        section,
        title=removed.get(section.uid, section.title),
        blocks=tuple(
            TextBlock(block.anchor, f"<p>{removed[block.anchor]}</p>")
            if block.anchor in removed
            else block
            for block in section.blocks
        ),
    )


def without_anchors(text: Text) -> Text:
    """As it is read: nobody reads anchors, and a change taken back leaves new ones."""
    return tuple(
        dataclasses.replace(
            section,
            blocks=tuple(dataclasses.replace(block, anchor="") for block in section.blocks),
        )
        for section in text
    )


def cited(text: Text) -> Iterator[CitedPlace]:
    """The sections, then each paragraph with its place in its section ("2.1 Mål, afsnit 3")."""
    sections = [(one, section_words(one.uid, one.title, one.blocks)) for one in text]
    for section, own in sections:
        yield CitedPlace(section.uid, _name(section), own[section.uid], section=section.uid)
    for section, own in sections:
        for place, block in enumerate(section.blocks, start=1):
            facts = {"section": _name(section), "number": place}
            yield CitedPlace(
                block.anchor,
                _("%(section)s, paragraph %(number)d") % facts,
                own[block.anchor],
                quote=plain(block.html),
                section=section.uid,
            )


def section_words(uid: str, title: str, paragraphs: Iterable[Any]) -> dict[str, Comparable]:
    """By anchor, what a section says, its heading and all below it, and each of its paragraphs;
    of blocks with ``anchor`` and ``html``."""
    own = {block.anchor: comparison.comparable(block.html) for block in paragraphs}
    words = "\n".join([title, *(one.words for one in own.values())])
    whole = Comparable(words, tuple(look for one in own.values() for look in one.looks))
    return {uid: whole, **own}


# --- word for word


def compare(before: Text, after: Text) -> Iterator[Compared]:
    """The contents where sections came, went or moved; then what differs in each section."""
    pieces = _structure(before, after)
    if pieces:
        title = _("The order of the sections")
        yield Compared("structure", title, _("Changed"), pieces=pieces)
    was = {section.uid: section for section in before}
    now = {section.uid: section for section in after}
    for uid in merged(list(was), list(now)):
        compared = _section(was.get(uid), now.get(uid))
        if compared.rows:
            yield compared


def _section(old: SectionLine | None, new: SectionLine | None) -> Compared:
    section = new or old
    assert section is not None
    title = row_of(
        f"t-{section.uid}", section.title, old.title if old else "", new.title if new else ""
    )
    was = {block.anchor: block.html for block in old.blocks} if old else {}
    now = {block.anchor: block.html for block in new.blocks} if new else {}
    return Compared(
        f"s-{section.uid}",
        _name(section),
        _("Text"),
        rows=(*([title] if title else []), *block_rows(section.title, was, now)),
        same=sum(html == now.get(anchor) for anchor, html in was.items()),
    )


def _structure(before: Text, after: Text) -> tuple[ComparedPiece, ...]:
    if [(s.uid, s.depth) for s in before] == [(s.uid, s.depth) for s in after]:
        return ()
    return tuple(comparison.compare(_contents(before), _contents(after)))


def _contents(text: Text) -> str:
    return "\n".join(f"{section.number} {section.title}" for section in text)


# --- what has changed


@dataclass(frozen=True, slots=True)
class SectionDifferences:
    """Sections that are new, changed or gone, each in the order of the document."""

    new: Text = ()
    changed: Text = ()
    gone: Text = ()

    def __bool__(self) -> bool:
        """Is there any?"""
        return bool(self.new or self.changed or self.gone)


def differences(before: Text, after: Text) -> SectionDifferences:
    """What a reader of one should know of the other; a new number alone is no change."""
    was = {section.uid: section for section in before}
    now = {section.uid: section for section in after}
    return SectionDifferences(
        new=tuple(s for uid, s in now.items() if uid not in was),
        changed=tuple(s for uid, s in now.items() if uid in was and not _reads_as(s, was[uid])),
        gone=tuple(s for uid, s in was.items() if uid not in now),
    )


def _reads_as(one: SectionLine, other: SectionLine) -> bool:
    if not reads_as(one.title, other.title) or len(one.blocks) != len(other.blocks):
        return False
    return all(
        a.anchor == b.anchor and (a.html == b.html or _same_look(a.html, b.html))
        for a, b in zip(one.blocks, other.blocks, strict=True)
    )


def _same_look(one: str, other: str) -> bool:
    if image_uids(one) != image_uids(other):
        return False
    return comparison.comparable(one) == comparison.comparable(other)


def count(what: SectionDifferences) -> Iterator[str]:
    """ "2 sections changed", "1 new section"."""
    changed, new, gone = len(what.changed), len(what.new), len(what.gone)
    counted = [
        (changed, ngettext("%(n)s section changed", "%(n)s sections changed", changed)),
        (new, ngettext("%(n)s new section", "%(n)s new sections", new)),
        (gone, ngettext("%(n)s section removed", "%(n)s sections removed", gone)),
    ]
    yield from (words % {"n": n} for n, words in counted if n)


TEXT = DocumentPart(
    key="text",
    label=Part.TEXT.label,
    is_always_written=True,
    kinds={
        "section": KindOfBlock(
            BlockKind.SECTION.label, "s-{}", route="plans:section", is_named=True
        ),
        "paragraph": KindOfBlock(BlockKind.PARAGRAPH.label, route="plans:section", is_named=True),
    },
    read=read,
    blocks=blocks,
    html=html,
    words=words,
    checked=checked,
    redact=redact,
    as_read=without_anchors,
    cited=cited,
    compare=compare,
    differences=differences,
    count=count,
    template="plans/document/text.html",
    changes_template="plans/document/changes/text.html",
    sealed=20,
    on_page=40,
    on_paper=10,
)
