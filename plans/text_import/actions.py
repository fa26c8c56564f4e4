"""Reading a whole text in from Word: begun, answered, carried out once, or discarded.

Nothing is written in the plan before ``apply_text``; what stood there stays in the history.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.change_reason import because
from kommuneplan.core.models import StoredFile, User
from kommuneplan.documents import images
from kommuneplan.locking import Outdated
from plans.enums import DraftState
from plans.models import Plan, Section, TextImport
from plans.models.imports import Incomplete, NotOpen
from plans.readers.word_text.parts import WordText
from plans.readers.word_text.upload import picture
from plans.text.actions.comments import add_comment, answer_comment
from plans.text.actions.images import ImageRefused, keep_image
from plans.text.actions.outline import retire_section

from .outlook import text_preview, told, word_digest
from .preview import OUT, CommentRow, SectionFate, SectionRow, TextPreview

_REASON = 100  # letters that a history row has for its reason
_ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def begin_text(
    *, plan: Plan, text: WordText, name: str, data: bytes, by: User, key: uuid.UUID | None = None
) -> TextImport:
    """Keep the document and what was understood of it; the plan is not touched.

    ``key`` comes with the form: the same form sent twice gives the same import.
    """
    with transaction.atomic():
        if key and (known := TextImport.objects.filter(uid=key, owner=by, plan=plan).first()):
            return known
        digests = {
            image.id: hashlib.sha256(picture(data, image.part)).hexdigest()[:32]
            for image in text.images
        }
        draft = TextImport(
            owner=by,
            plan=plan,
            file=StoredFile.keep(name, data, WORD, by),
            source=text.to_json(),
            answers={"digests": digests} if digests else {},
        )
        if key and not TextImport.objects.filter(uid=key).exists():
            draft.uid = key
        draft._history_user = by
        draft.save()
        return draft


@transaction.atomic
def answer_text(
    *, draft: TextImport, settle: Callable[[TextImport], Mapping[str, Any]], by: User
) -> TextImport:
    """Store what was answered. ``settle`` is given the import under its lock, and answers with
    parts of ``TextImport.answers``; what they do not mention stays."""
    locked = _locked_open(draft)
    kept = dict(locked.answers)
    for part, said in settle(locked).items():
        kept[part] = {**kept.get(part, {}), **said} if isinstance(said, Mapping) else said
    if kept != locked.answers:
        locked.answers = kept
        locked._history_user = by
        locked.save()
    return locked


@transaction.atomic
def discard_text(*, draft: TextImport, by: User) -> None:
    """Put the import aside. The plan is as it was."""
    locked = _locked_open(draft)
    locked.state = DraftState.DISCARDED
    locked._history_user = by
    locked.save()


def _locked_open(draft: TextImport) -> TextImport:
    locked = TextImport.objects.select_for_update().get(pk=draft.pk)
    if locked.state != DraftState.OPEN:
        raise NotOpen
    return locked


@transaction.atomic
def apply_text(*, draft: TextImport, by: User, seen: str | None = None) -> TextPreview | None:
    """Read the text in, once: sections written, added, placed and taken out, pictures and
    comments with them; gives what was done, None when it had been done before.

    ``seen`` is the fingerprint of the preview that was confirmed: Outdated when the plan or the
    import has moved on since. Raises Incomplete with what has to be said first, NotOpen when the
    import was discarded.
    """
    draft = TextImport.objects.select_for_update().get(pk=draft.pk)
    if draft.state == DraftState.APPLIED:
        return None
    if draft.state != DraftState.OPEN:
        raise NotOpen
    draft.plan = Plan.objects.select_for_update().get(pk=draft.plan_id)
    list(draft.plan.sections.select_for_update().order_by("pk").values_list("pk"))
    look = text_preview(draft)
    if seen is not None and seen != look.fingerprint:
        raise Outdated
    if look.problems:
        raise Incomplete(look.problems)
    reason = _("Read in from Word: %(file)s") % {"file": draft.file.name}
    with because(reason if len(reason) <= _REASON else f"{reason[: _REASON - 1]}…"):
        src = _keep_pictures(look, by)
        sections = _write(look, src, by)
        _comment(look, sections, by)
        for gone in look.gone:
            if gone.choice == OUT:
                retire_section(section=gone.section, by=by)
    draft.state, draft.applied_at = DraftState.APPLIED, clock.now()
    draft.outcome = _outcome(look, sections, src)
    draft._history_user = by
    draft.save()
    return look


def _keep_pictures(look: TextPreview, by: User) -> dict[str, str]:
    """The address of each picture that comes along, from the address it had in the preview."""
    with look.draft.file.content.open("rb") as stream:
        data = stream.read()
    wanted = " ".join(row.text for row in look.rows if row.taken)
    kept: dict[str, str] = {}
    for row in look.images:
        shown = look.src[row.image.id]
        if row.is_left or shown not in wanted:
            continue
        found = picture(data, row.image.part)
        ending = _ENDINGS.get(images.sniff(found) or "", "")
        stem = row.image.part.rpartition("/")[2].rpartition(".")[0]
        try:
            image = keep_image(
                plan=look.plan, data=found, name=f"{stem}{ending}", alt=row.alt, by=by
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


def _write(look: TextPreview, src: Mapping[str, str], by: User) -> dict[str, Section]:
    """Every section in its words and its place; by name in the tree (uid, or key when new)."""
    sections = {str(row.section.uid): row.section for row in look.rows if row.section}
    sections |= {str(row.section.uid): row.section for row in look.gone}
    rows: dict[str, SectionRow] = {}
    for row in look.rows:
        name = str(row.section.uid) if row.section else row.key
        rows[name] = row
        sections.setdefault(name, Section(plan=look.plan))
    queue: list[tuple[str, Section | None]] = [("", None)]
    for above, parent in queue:
        for position, name in enumerate(look.tree.get(above, ())):
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


def _comment(look: TextPreview, sections: Mapping[str, Section], by: User) -> None:
    """The comments that were wanted, at the paragraph they were about; answers below them."""
    rows = {row.key: row for row in look.rows}
    made: dict[str, Any] = {}
    for one in look.comments:
        if not one.take:
            continue
        if one.answers in made:
            answer_comment(comment=made[one.answers], text=told(one), by=by)
            continue
        row = rows[one.section]
        section = sections[str(row.section.uid) if row.section else row.key]
        anchor = _anchor(section, row, one)
        made[one.id] = add_comment(section=section, text=told(one), anchor=anchor, by=by)


def _anchor(section: Section, row: SectionRow, comment: CommentRow) -> str:
    """The block the comment hung on, where the words of Word stand; else the whole section."""
    if not row.taken and row.fate is not SectionFate.SAME:
        return ""
    for at, block in enumerate(row.proposed.blocks):
        if comment.id in block.comments and at < len(section.blocks):
            return str(section.blocks[at][0])
    return ""


def _outcome(
    look: TextPreview, sections: Mapping[str, Section], src: Mapping[str, str]
) -> dict[str, Any]:
    """What the next import of this plan wants to know."""
    known = {}
    for row in look.rows:
        section = sections[str(row.section.uid) if row.section else row.key]
        known[str(section.uid)] = {
            "version": section.version,
            "word": word_digest(row.proposed.title, _final(row.text, src)),
            "taken": row.taken or row.fate is SectionFate.SAME,
        }
    digests = look.draft.answers.get("digests", {})
    pictures = {
        digests[row.image.id]: [src[look.src[row.image.id]], row.alt]
        for row in look.images
        if row.image.id in digests and look.src[row.image.id] in src
    }
    return {"sections": known, "images": pictures}
