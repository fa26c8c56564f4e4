"""What reading a text in from Word would do to the plan now: the preview, as values.

Reads the import, the plan's sections and what the last import left behind; writes nothing.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kommuneplan.richtext.blocks import plain
from plans.enums import DraftState
from plans.models import Comment, Section, SectionDraft, TextImport
from plans.readers.word_text.parts import WordText
from plans.text.outline import outline

from .matching import PlanSection, arranged, matched, moved
from .preview import (
    AS_IN_WORD,
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


def word_digest(title: str, text: str) -> str:
    """What Word said of a section, to be known again in the next import."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:32]


def text_preview(draft: TextImport) -> TextPreview:
    """The import laid over the plan as it is now."""
    text = WordText.from_json(draft.source)
    memory = _memory(draft)
    answers, src = _with_pictures(draft, text, memory)
    cut = sections_of(text, answers, intro=_("Introduction"), src=src)
    lines = outline(draft.plan)
    sections = {str(row.uid): row for row in draft.plan.sections.filter(retired_at__isnull=True)}
    standing = [
        PlanSection(
            str(line.section.uid),
            line.section.title,
            line.number,
            str(line.section.parent.uid) if line.section.parent else "",
            sections[str(line.section.uid)].text,
        )
        for line in lines
        if str(line.section.uid) in sections
    ]
    found = matched(cut.sections, standing, answers.get("matches", {}))
    here = {uid: sections[uid] for uid in (match.uid for match in found.values())}
    rows = _rows(cut.sections, found, here, answers, memory, standing)
    gone = [
        GoneRow(
            sections[one.uid],
            one.number,
            answers.get("gone", {}).get(one.uid, KEEP),
            one.uid in memory.get("sections", {}),
        )
        for one in standing
        if one.uid not in here
    ]
    names = {row.key: str(row.section.uid) if row.section else row.key for row in rows}
    out = {str(row.section.uid) for row in gone if row.choice == OUT}
    as_in_word = answers.get("order", AS_IN_WORD) == AS_IN_WORD
    tree = arranged(cut.sections, names, standing, out=out, as_in_word=as_in_word)
    going = moved(standing, tree)
    for row in rows:
        row.is_moved = row.section is not None and str(row.section.uid) in going
    return TextPreview(
        draft,
        text,
        answers,
        cut,
        rows,
        gone,
        changed_paragraphs(text, answers.get("changes", {})),
        _images(text, answers),
        _comments(text, rows, answers),
        tree,
        src,
        memory,
    )


def _memory(draft: TextImport) -> dict[str, Any]:
    """What earlier imports of the plan left behind; of a section the last that knew it."""
    found: dict[str, Any] = {"sections": {}, "images": {}}
    earlier = TextImport.objects.filter(plan=draft.plan, state=DraftState.APPLIED)
    for outcome in earlier.order_by("applied_at", "pk").values_list("outcome", flat=True):
        for part in found:
            found[part] |= outcome.get(part, {})
    return found


def _with_pictures(
    draft: TextImport, text: WordText, memory: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers with what was said of the same pictures before; and each picture's address:
    the one it has in the plan, or one that stands for it until it gets there."""
    known = memory.get("images", {})
    digests = draft.answers.get("digests", {})
    alts: dict[str, str] = {}
    src: dict[str, str] = {}
    for image in text.images:
        digest = digests.get(image.id, image.id)
        src[image.id], alt = known.get(digest, ("", ""))
        if not src[image.id]:
            src[image.id] = f"/billeder/{uuid.uuid5(_PLACEHOLDERS, digest)}/"
        if alt and not image.alt:
            alts[image.id] = alt
    said = {**alts, **draft.answers.get("alts", {})}
    return {**draft.answers, "alts": said}, src


def _rows(
    proposed: Sequence[ProposedSection],
    found: Mapping[str, Any],
    here: Mapping[str, Section],
    answers: Mapping[str, Any],
    memory: Mapping[str, Any],
    standing: Sequence[PlanSection],
) -> list[SectionRow]:
    bases = _bases(here, memory)
    writers = _writers(here)
    free = [(one.uid, f"{one.number} {one.title}") for one in standing if one.uid not in here]
    rows = []
    for one in proposed:
        match = found.get(one.key)
        section = here[match.uid] if match else None
        row = SectionRow(one, section, SectionFate.NEW, "")
        row.sure = match.sure if match else False
        if section is not None and match is not None:
            _compare(row, section, memory.get("sections", {}).get(match.uid), bases)
            said = answers.get("sections", {}).get(f"{one.key}:{match.uid}", "")
            choice, _sign, version = said.partition("@")
            if version == str(section.version) and row.fate is not SectionFate.SAME:
                row.choice = choice
            row.writers = writers.get(section.pk, [])
            number = next(s.number for s in standing if s.uid == match.uid)
            row.free = [(match.uid, f"{number} {section.title}")]
        if not row.sure:
            row.free = row.free + free
        rows.append(row)
    return rows


def _compare(
    row: SectionRow,
    section: Section,
    last: Mapping[str, Any] | None,
    bases: Mapping[int, tuple[str, str]],
) -> None:
    """Whose words have changed since the last import, and what is done when nobody says."""
    if (row.proposed.title, row.text) == (section.title, section.text):
        row.fate = SectionFate.SAME
        return
    base = bases.get(section.pk)
    row.edited_here = last is not None and base != (section.title, section.text)
    if last is None or base is None:
        untouched = not section.text and last is None
        row.fate = SectionFate.WORD if untouched else SectionFate.BOTH
    else:
        word_changed = last["word"] != word_digest(row.proposed.title, row.text)
        if not word_changed:
            row.fate = SectionFate.HERE
        else:
            row.fate = (
                SectionFate.BOTH if row.edited_here or not last["taken"] else SectionFate.WORD
            )
    row.choice = {SectionFate.WORD: THEIRS, SectionFate.HERE: OURS}.get(row.fate, "")


def _bases(here: Mapping[str, Section], memory: Mapping[str, Any]) -> dict[int, tuple[str, str]]:
    """Each section as the last import left it, from its history, in one question."""
    wanted = Q(pk__in=[])
    for uid, section in here.items():
        if last := memory.get("sections", {}).get(uid):
            wanted |= Q(id=section.pk, version=last["version"])
    rows = Section.history.filter(wanted).values_list("id", "title", "text")
    return {pk: (title, text) for pk, title, text in rows}


def _writers(here: Mapping[str, Section]) -> dict[int, list[str]]:
    """Who has words in these sections that are not saved."""
    drafts = SectionDraft.objects.filter(section__in=here.values(), is_open=True)
    found: dict[int, list[str]] = {}
    for pk, name in drafts.values_list("section", "user__name").order_by("user__name"):
        found.setdefault(pk, []).append(name)
    return found


def _images(text: WordText, answers: Mapping[str, Any]) -> list[ImageRow]:
    left = answers.get("images", {})
    return [
        ImageRow(image, alt_of(image, answers), left.get(image.id) == LEFT) for image in text.images
    ]


def _comments(
    text: WordText, rows: Sequence[SectionRow], answers: Mapping[str, Any]
) -> list[CommentRow]:
    """The comments with the words they are about; those that are there already are not offered."""
    if not text.comments:
        return []
    places: dict[str, tuple[SectionRow, str]] = {}
    for row in rows:
        places |= dict.fromkeys(row.proposed.comments, (row, row.proposed.title))
        for block in row.proposed.blocks:
            places |= dict.fromkeys(block.comments, (row, block.html))
    sections = [row.section for row in rows if row.section]
    there = set(Comment.objects.filter(section__in=sections).values_list("section", "text"))
    found = []
    for one in text.comments:
        above = next((c for c in text.comments if c.id == one.answers), None)
        row, words = places.get(one.id) or (places.get(above.id) if above else None) or (None, "")
        known = bool(row and row.section) and (row.section.pk, told(one)) in there
        usual = row is not None and not known and not one.done
        take = answers.get("comments", {}).get(one.id, usual) and not known and row is not None
        found.append(
            CommentRow(
                one.id,
                one.author,
                one.at,
                one.text,
                plain(words),
                row.key if row else "",
                bool(take),
                known,
                one.done,
                above.id if above else "",
            )
        )
    return found


def told(comment: Any) -> str:
    """A comment of the document as it stands in the margin here: who wrote it in Word, and what."""
    author = comment.author or _("somebody")
    return _("From Word, %(author)s: %(text)s") % {"author": author, "text": comment.text}
