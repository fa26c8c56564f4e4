"""Reading a whole text in from Word: begun, answered, carried out once, or discarded.

Nothing is written in the plan before ``apply_text``; what stood there stays in the history.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from kommuneplan.change_reason import because
from kommuneplan.core.models import User
from kommuneplan.documents import images
from kommuneplan.locking import Outdated
from plans.imports.actions import begin, begun_before, locked, locked_open, mark_applied, save
from plans.imports.documents import UploadedDocument, document_of
from plans.models import Plan, Section, TextImport
from plans.models.imports import Incomplete
from plans.readers.word_text import upload as door
from plans.readers.word_text.parts import WordText
from plans.text.actions.comments import add_comment, answer_comment
from plans.text.actions.images import ImageRefused, keep_image
from plans.text.actions.outline import retire_section

from .answers import TextAnswers
from .merging import margin_words, text_preview, word_digest
from .preview import OUT, CommentRow, SectionFate, SectionRow, TextPreview

_REASON = 100  # letters that a history row has for its reason
_ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class ReadText:
    """A document from Word, and the text that was read in it."""

    document: UploadedDocument
    text: WordText

    @property
    def digests(self) -> dict[str, str]:
        """How each picture is known again in the next import."""
        found = door.pictures(self.document.data, (image.part for image in self.text.images))
        return {
            image.id: hashlib.sha256(found[image.part]).hexdigest()[:32]
            for image in self.text.images
        }


def read_text(upload: UploadedFile) -> ReadText:
    """Read an uploaded document in the sandbox. Raises RefusedFile with what to do."""
    document = document_of(upload, at_most=door.MAX_BYTES, too_large=door.too_large)
    return ReadText(document, door.open_word(document.name, document.data))


@transaction.atomic
def begin_text(*, plan: Plan, read: ReadText, by: User, key: uuid.UUID | None = None) -> TextImport:
    """Keep the document and what was understood of it; the plan is not touched.

    ``key`` comes with the form: the same form sent twice gives the same import.
    """
    if before := begun_before(plan.text_imports.all(), key=key, by=by):
        return before
    draft = TextImport(
        owner=by,
        plan=plan,
        file=read.document.stored(by=by, content_type=WORD),
        source=read.text.to_json(),
        answers=TextAnswers(digests=read.digests).to_json(),
    )
    return begin(draft, key=key, by=by)


@transaction.atomic
def answer_text(*, draft: TextImport, answers: TextAnswers, by: User) -> TextImport:
    """Store what was answered; what is not mentioned stays."""
    draft = locked_open(draft)
    now = TextAnswers.from_json(draft.answers).updated(answers).to_json()
    if now != draft.answers:
        draft.answers = now
        save(draft, by=by)
    return draft


@transaction.atomic
def apply_text(*, draft: TextImport, by: User, seen: str | None = None) -> TextPreview | None:
    """Read the text in, once: sections written, added, placed and taken out, pictures and
    comments with them; gives what was done, None when it had been done before.

    ``seen`` is the fingerprint of the preview that was confirmed: Outdated when the plan or the
    import has moved on since. Raises Incomplete with what has to be said first, NotOpen when the
    import was discarded.
    """
    draft = locked(draft)
    if draft.is_applied:
        return None
    draft.plan = Plan.objects.select_for_update().get(pk=draft.plan_id)
    list(draft.plan.sections.select_for_update().order_by("pk").values_list("pk"))
    preview = text_preview(draft)
    if seen is not None and seen != preview.fingerprint:
        raise Outdated
    if preview.problems:
        raise Incomplete(preview.problems)
    with because(_reason(draft)):
        draft.outcome = _carry_out(preview, by)
    mark_applied(draft, by=by)
    return preview


def _reason(draft: TextImport) -> str:
    """Why the sections change, for their history."""
    reason = _("Read in from Word: %(file)s") % {"file": draft.file.name}
    return reason if len(reason) <= _REASON else f"{reason[: _REASON - 1]}…"


def _carry_out(preview: TextPreview, by: User) -> dict[str, Any]:
    """Write what the preview says; gives what the next import of the plan wants to know."""
    src = _keep_pictures(preview, by)
    sections = _write(preview, src, by)
    _comment(preview, sections, by)
    for gone in preview.gone:
        if gone.choice == OUT:
            retire_section(section=gone.section, by=by)
    return _outcome(preview, sections, src)


def _keep_pictures(preview: TextPreview, by: User) -> dict[str, str]:
    """The address of each picture that comes along, from the address it had in the preview."""
    with preview.draft.file.content.open("rb") as stream:
        data = stream.read()
    wanted = " ".join(row.text for row in preview.rows if row.taken)
    kept: dict[str, str] = {}
    taken = [row for row in preview.images
             if not row.is_left and preview.src[row.image.id] in wanted]  # fmt: skip
    pictures = door.pictures(data, (row.image.part for row in taken))
    for row in taken:
        shown = preview.src[row.image.id]
        found = pictures[row.image.part]
        ending = _ENDINGS.get(images.sniff(found) or "", "")
        stem = row.image.part.rpartition("/")[2].rpartition(".")[0]
        try:
            image = keep_image(
                plan=preview.plan, data=found, name=f"{stem}{ending}", alt=row.alt, by=by
            )
        except ImageRefused as refused:
            sentence = _("Picture %(n)s cannot be taken along: %(why)s Leave it out, or put a new "
                         "one into the document.")  # fmt: skip
            n = row.image.id.removeprefix("i")
            problem = sentence % {"n": n, "why": refused}
            raise Incomplete([(f"image-{row.image.id}", problem)]) from refused
        kept[shown] = image.src
    return kept


def _final(text: str, src: Mapping[str, str]) -> str:
    for shown, address in src.items():
        text = text.replace(shown, address)
    return text


def _write(preview: TextPreview, src: Mapping[str, str], by: User) -> dict[str, Section]:
    """Every section in its words and its place; by name in the tree (uid, or key when new)."""
    sections = {str(row.section.uid): row.section for row in preview.rows if row.section}
    sections |= {str(row.section.uid): row.section for row in preview.gone}
    rows: dict[str, SectionRow] = {}
    for row in preview.rows:
        rows[row.name] = row
        sections.setdefault(row.name, Section(plan=preview.plan))
    queue: list[tuple[str, Section | None]] = [("", None)]
    for above, parent in queue:
        for position, name in enumerate(preview.tree.get(above, ())):
            section = sections[name]
            _place(section, rows.get(name), parent, position, src, by)
            queue.append((name, section))
    return sections


def _place(
    section: Section,
    row: SectionRow | None,
    parent: Section | None,
    position: int,
    src: Mapping[str, str],
    by: User,
) -> None:
    """Write only what changes; a section that says and stands as before leaves no trace."""
    was = (section.title, section.text, section.parent_id, section.position)
    if row is not None and row.taken:
        section.title, section.text = row.proposed.title, _final(row.text, src)
    now = (section.title, section.text, parent.pk if parent else None, position)
    if section.pk is not None and now == was:
        return
    section.parent, section.position = parent, position
    section._history_user = by
    section.save()


def _comment(preview: TextPreview, sections: Mapping[str, Section], by: User) -> None:
    """The comments that were wanted, at the paragraph they were about; answers below them."""
    rows = {row.key: row for row in preview.rows}
    made: dict[str, Any] = {}
    for one in preview.comments:
        if not one.take:
            continue
        if one.answers in made:
            answer_comment(comment=made[one.answers], text=margin_words(one), by=by)
            continue
        row = rows[one.section]
        section = sections[row.name]
        anchor = _anchor(section, row, one)
        made[one.id] = add_comment(section=section, text=margin_words(one), anchor=anchor, by=by)


def _anchor(section: Section, row: SectionRow, comment: CommentRow) -> str:
    """The block the comment hung on, where the words of Word stand; else the whole section."""
    if not row.taken and row.fate is not SectionFate.SAME:
        return ""
    for at, block in enumerate(row.proposed.blocks):
        if comment.id in block.comments and at < len(section.blocks):
            return str(section.blocks[at][0])
    return ""


def _outcome(
    preview: TextPreview, sections: Mapping[str, Section], src: Mapping[str, str]
) -> dict[str, Any]:
    """What the next import of this plan wants to know."""
    known = {}
    for row in preview.rows:
        section = sections[row.name]
        known[str(section.uid)] = {
            "version": section.version,
            "word": word_digest(row.proposed.title, _final(row.text, src)),
            "taken": row.taken or row.fate is SectionFate.SAME,
        }
    digests = preview.answers.digests
    pictures = {
        digests[row.image.id]: [src[preview.src[row.image.id]], row.alt]
        for row in preview.images
        if row.image.id in digests and preview.src[row.image.id] in src
    }
    return {"sections": known, "images": pictures}
