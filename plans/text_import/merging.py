"""A text from Word, what was said of it, and the plan's text as it is now, merged into one value:
what is previewed is what is applied. Nothing here asks the database."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from kommuneplan.richtext.blocks import plain
from plans.models import Section, TextImport
from plans.readers.word_text.parts import WordComment, WordText

from .answers import TextAnswers
from .matching import SectionMatch, arranged, matched, moved
from .plan_text import EarlierImports, PlanText, plan_text
from .preview import (
    KEEP,
    OURS,
    OUT,
    THEIRS,
    CommentRow,
    GoneRow,
    ImageRow,
    SectionFate,
    SectionRow,
    TextPreview,
)
from .sections import LEFT, ProposedSection, alt_of, sections_of
from .tracked_changes import changed_paragraphs

_PLACEHOLDERS = uuid.UUID("2b8f7a52-6d0e-4f57-9c3f-0d1f8a3a6c11")


def text_preview(draft: TextImport) -> TextPreview:
    """The import as it stands, laid over its plan as it is now."""
    text = WordText.from_json(draft.source)
    return merged(draft, text, TextAnswers.from_json(draft.answers), plan_text(draft.plan))


def merged(
    draft: TextImport, text: WordText, answers: TextAnswers, standing: PlanText
) -> TextPreview:
    """What the document, with the answers, makes of the plan's text."""
    answers, src = _with_pictures(text, answers, standing.earlier)
    proposed = sections_of(text, answers, intro=_("Introduction"), src=src)
    matches = matched(proposed.sections, standing.outlined, answers.matches)
    rows = _rows(proposed.sections, matches, answers, standing)
    gone = _gone(matches, answers, standing)
    tree = arranged(
        proposed.sections,
        {row.key: row.name for row in rows},
        standing.outlined,
        out={str(row.section.uid) for row in gone if row.choice == OUT},
        as_in_word=answers.as_in_word,
    )
    moving = moved(standing.outlined, tree)
    for row in rows:
        row.is_moved = row.section is not None and row.name in moving
    return TextPreview(
        draft=draft,
        text=text,
        answers=answers,
        proposed=proposed,
        rows=rows,
        gone=gone,
        changed=changed_paragraphs(text, answers.changes),
        images=_images(text, answers),
        comments=_comments(text, rows, answers, standing),
        tree=tree,
        src=src,
        standing=standing,
    )


def word_digest(title: str, text: str) -> str:
    """What Word said of a section, to be known again in the next import."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:32]


def margin_words(comment: WordComment | CommentRow) -> str:
    """A comment of the document as it stands in the margin here: who wrote it in Word, and what."""
    author = comment.author or _("somebody")
    return _("From Word, %(author)s: %(text)s") % {"author": author, "text": comment.text}


def _with_pictures(
    text: WordText, answers: TextAnswers, earlier: EarlierImports
) -> tuple[TextAnswers, dict[str, str]]:
    """The answers with what was said of the same pictures before; and each picture's address:
    the one it has in the plan, or one that stands for it until it gets there."""
    alts: dict[str, str] = {}
    src: dict[str, str] = {}
    for image in text.images:
        digest = answers.digests.get(image.id, image.id)
        src[image.id], alt = earlier.images.get(digest, ("", ""))
        if not src[image.id]:
            src[image.id] = f"/billeder/{uuid.uuid5(_PLACEHOLDERS, digest)}/"
        if alt and not image.alt:
            alts[image.id] = alt
    return replace(answers, alts={**alts, **answers.alts}), src


def _rows(
    proposed: Sequence[ProposedSection],
    matches: Mapping[str, SectionMatch],
    answers: TextAnswers,
    standing: PlanText,
) -> list[SectionRow]:
    used = {match.uid for match in matches.values()}
    titles = {one.uid: f"{one.number} {one.title}" for one in standing.outlined}
    free = [(uid, title) for uid, title in titles.items() if uid not in used]
    rows = []
    for one in proposed:
        match = matches.get(one.key)
        if match is None:
            rows.append(SectionRow(one, None, SectionFate.NEW, "", sure=False, free=free))
            continue
        row = _matched_row(one, match, answers, standing)
        own = [(match.uid, titles[match.uid])]
        row.free = own if row.sure else own + free
        rows.append(row)
    return rows


def _matched_row(
    proposed: ProposedSection, match: SectionMatch, answers: TextAnswers, standing: PlanText
) -> SectionRow:
    section = standing.sections[match.uid]
    row = SectionRow(proposed, section, SectionFate.NEW, "", sure=match.sure)
    last = standing.earlier.sections.get(match.uid)
    _compare(row, section, last, standing.as_imported.get(section.pk))
    said = answers.sections.get(f"{proposed.key}:{match.uid}", "")
    choice, _sign, version = said.partition("@")
    if version == str(section.version) and row.fate is not SectionFate.SAME:
        row.choice = choice
    row.writers = standing.writers.get(section.pk, [])
    return row


def _compare(
    row: SectionRow,
    section: Section,
    last: Mapping[str, Any] | None,
    as_imported: tuple[str, str] | None,
) -> None:
    """Whose words have changed since the last import, and what is done when nobody says."""
    if (row.proposed.title, row.text) == (section.title, section.text):
        row.fate = SectionFate.SAME
        return
    row.edited_here = last is not None and as_imported != (section.title, section.text)
    if last is None or as_imported is None:
        untouched = not section.text and last is None
        row.fate = SectionFate.WORD if untouched else SectionFate.BOTH
    elif last["word"] == word_digest(row.proposed.title, row.text):
        row.fate = SectionFate.HERE
    elif row.edited_here or not last["taken"]:
        row.fate = SectionFate.BOTH
    else:
        row.fate = SectionFate.WORD
    row.choice = {SectionFate.WORD: THEIRS, SectionFate.HERE: OURS}.get(row.fate, "")


def _gone(
    matches: Mapping[str, SectionMatch], answers: TextAnswers, standing: PlanText
) -> list[GoneRow]:
    """The sections of the plan that the document does not have."""
    used = {match.uid for match in matches.values()}
    return [
        GoneRow(
            standing.sections[one.uid],
            one.number,
            answers.gone.get(one.uid, KEEP),
            one.uid in standing.earlier.sections,
        )
        for one in standing.outlined
        if one.uid not in used
    ]


def _images(text: WordText, answers: TextAnswers) -> list[ImageRow]:
    return [
        ImageRow(image, alt_of(image, answers), answers.images.get(image.id) == LEFT)
        for image in text.images
    ]


Place = tuple[SectionRow, str]  # where a comment hangs: the section, and the words it is about


def _comments(
    text: WordText, rows: Sequence[SectionRow], answers: TextAnswers, standing: PlanText
) -> list[CommentRow]:
    """The comments with the words they are about; those that are there already are not offered."""
    places = _places(rows)
    above = {one.id: one for one in text.comments}
    made = []
    for one in text.comments:
        parent = above.get(one.answers)
        place = places.get(one.id) or (places.get(parent.id) if parent else None)
        made.append(_comment(one, parent, place, answers, standing))
    return made


def _places(rows: Sequence[SectionRow]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for row in rows:
        places |= dict.fromkeys(row.proposed.comments, (row, row.proposed.title))
        for block in row.proposed.blocks:
            places |= dict.fromkeys(block.comments, (row, block.html))
    return places


def _comment(
    comment: WordComment,
    parent: WordComment | None,
    place: Place | None,
    answers: TextAnswers,
    standing: PlanText,
) -> CommentRow:
    row, words = place or (None, "")
    section = row.section if row else None
    there = section is not None and (section.pk, margin_words(comment)) in standing.comments
    possible = row is not None and not there
    return CommentRow(
        comment.id,
        comment.author,
        comment.at,
        comment.text,
        plain(words),
        row.key if row else "",
        possible and answers.comments.get(comment.id, not comment.done),
        there,
        comment.done,
        parent.id if parent else "",
    )
