"""Writing in a section: words kept as a draft while one writes, and saved with one decision.

A draft belongs to one person and is never seen by others. Saving is the one act that can meet
somebody else's: then both texts are kept, mine as my draft, theirs as the section.
"""

from __future__ import annotations

import difflib
import enum
from collections.abc import Sequence

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from kommuneplan.richtext.blocks import sanitise, split
from plans.models import Section, SectionDraft
from plans.models.writing import Unsaved

from .images import checked_images


class Kept(enum.Enum):
    """What became of an autosave."""

    STORED = "stored"
    LATE = "late"  # a later one from the same page is there already
    ELSEWHERE = "elsewhere"  # the same person writes in another window; nothing was overwritten


class ConflictChoice(enum.StrEnum):
    """What one does with a conflict."""

    THEIRS = "theirs"
    MINE = "mine"
    JOINED = "joined"


def keep_draft(
    *,
    section: Section,
    title: str,
    text: str,
    base_version: int,
    by: User,
    page: str,
    sequence: int,
    known: str = "",
) -> tuple[Kept, SectionDraft]:
    """Keep what somebody is writing; sanitised, theirs alone.

    ``page`` is the opened page and ``sequence`` its count: saves of one page overlap without
    harm, the latest holds. ``known`` is the ``mark`` of the draft the page was opened with; when
    another window of the same person has written since, nothing is overwritten (ELSEWHERE).
    """
    with transaction.atomic():
        draft, created = SectionDraft.objects.select_for_update().get_or_create(
            user=by,
            section=section,
            defaults={"base_version": base_version, "saved_at": clock.now(), "is_open": False},
        )
        became = Kept.STORED if created else what_becomes(draft, page, sequence, known)
        if became is not Kept.STORED:
            return became, draft
        draft.base_version = base_version
        draft.title, draft.text = title[:300], sanitise(text)
        draft.page, draft.sequence = page, sequence
        draft.is_open, draft.saved_at = True, clock.now()
        draft.save()
        return Kept.STORED, draft


def what_becomes(draft: Unsaved, page: str, sequence: int, known: str) -> Kept:
    """May an autosave of a page be written over a draft that is there?"""
    if draft.page == page:
        return Kept.STORED if sequence > draft.sequence else Kept.LATE
    return Kept.ELSEWHERE if draft.is_open and mark(draft) != known else Kept.STORED


def mark(draft: Unsaved | None) -> str:
    """What tells one state of a draft from another."""
    return f"{draft.page}:{draft.sequence}" if draft and draft.is_open else ""


def open_draft(section: Section, user: User) -> SectionDraft | None:
    """What the person has written here and not saved."""
    return section.drafts.filter(user=user, is_open=True).first()


def discard_draft(*, section: Section, by: User) -> None:
    """Throw one's own unsaved words away."""
    with transaction.atomic():
        draft = section.drafts.select_for_update().filter(user=by, is_open=True).first()
        if draft:
            _close(draft)


def _close(draft: SectionDraft) -> None:
    draft.title = draft.text = ""
    draft.is_open = False
    draft.save()


def save_section(
    *,
    section: Section,
    title: str,
    text: str,
    base_version: int,
    by: User | None,
    page: str = "",
    sequence: int = 0,
    known: str = "",
) -> Section:
    """Save the text that was written from ``base_version`` on.

    A section that has only been moved or marked meanwhile, or whose other field was changed, is
    no conflict. When somebody else has changed the same field: Conflict, and mine is kept as my
    draft; nothing is overwritten. Raises TextRefused for an image without words, or not the plan's.
    """
    text = checked_images(plan=section.plan, html="\n".join(split(text)), by=by)
    with transaction.atomic():
        row = Section.objects.select_for_update().get(pk=section.pk)
        words = _reconciled(row, title, text, base_version)
        if words is not None:
            if words != (row.title, row.text):
                row.title, row.text = words
                row._history_user = by
                row.save()
            _close_own(row, by, page, sequence, known)
            return row
        if by is not None:
            _keep_for_choice(row, title, text, base_version, by, page, sequence)
    section.title, section.text = title, text
    raise Conflict(section)


def _reconciled(row: Section, title: str, text: str, base_version: int) -> tuple[str, str] | None:
    """What is to stand, field by field; None when both have changed the same one differently."""
    if row.version == base_version:
        return title, text
    base = row.history.filter(version=base_version).values_list("title", "text").first()
    if base is None:
        return (title, text) if (title, text) == (row.title, row.text) else None
    words = []
    for before, theirs, mine in zip(base, (row.title, row.text), (title, text), strict=True):
        if theirs in (before, mine):
            words.append(mine)
        elif mine == before:
            words.append(theirs)
        else:
            return None
    return words[0], words[1]


def _close_own(row: Section, by: User | None, page: str, sequence: int, known: str) -> None:
    """The draft is saved now; one that another window has written in meanwhile stays."""
    draft = row.drafts.select_for_update().filter(user=by).first() if by else None
    if draft is None or (draft.is_open and page and page != draft.page and mark(draft) != known):
        return
    draft.sequence = max(sequence, draft.sequence if page == draft.page else 0)
    draft.page = page
    _close(draft)


def _keep_for_choice(
    row: Section, title: str, text: str, base_version: int, by: User, page: str, sequence: int
) -> None:
    """Mine becomes my draft; words that another window of mine has kept are not overwritten."""
    draft, created = SectionDraft.objects.select_for_update().get_or_create(
        user=by,
        section=row,
        defaults={"base_version": base_version, "saved_at": clock.now(), "page": page},
    )
    if not created and draft.is_open and page != draft.page:
        text = joined(split(draft.text), split(text))
    draft.base_version, draft.title, draft.text = base_version, title[:300], text
    draft.sequence = max(sequence, draft.sequence if page == draft.page else 0)
    draft.page, draft.is_open, draft.saved_at = page, True, clock.now()
    draft.save()


def in_conflict(section: Section, draft: SectionDraft) -> bool:
    """Would saving the draft now meet somebody else's change?"""
    text = "\n".join(split(draft.text))
    return _reconciled(section, draft.title, text, draft.base_version) is None


def settle_conflict(*, section: Section, choice: ConflictChoice, seen: int, by: User) -> Section:
    """Decide between the saved text and one's own draft, having seen the section's version.

    Theirs: the draft is thrown away. Mine: it becomes the text; theirs stays in the history.
    Joined: both stand in the draft, one after the other where they differ, to be written
    together. Raises Conflict when somebody has saved again since ``seen``; the draft stays.
    """
    if choice == ConflictChoice.THEIRS:
        discard_draft(section=section, by=by)
        return section
    draft = open_draft(section, by)
    if draft is None:
        return section
    if choice == ConflictChoice.MINE:
        return save_section(
            section=section, title=draft.title, text=draft.text, base_version=seen, by=by,
            page=draft.page, sequence=draft.sequence,
        )  # fmt: skip
    with transaction.atomic():
        row = Section.objects.select_for_update().get(pk=section.pk)
        if row.version != seen:
            raise Conflict(section)
        draft = row.drafts.select_for_update().get(user=by)
        draft.text = joined([b.html for b in row.anchored_blocks()], split(draft.text))
        draft.base_version, draft.saved_at = seen, clock.now()
        draft.save()
    return row


def joined(theirs: Sequence[str], mine: Sequence[str]) -> str:
    """Both texts as one: equal blocks once, where they differ theirs and then mine. No word of
    either is left out."""
    out: list[str] = []
    steps = difflib.SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes()
    for step, i1, i2, j1, j2 in steps:
        out += theirs[i1:i2]
        if step != "equal":
            out += mine[j1:j2]
    return "\n".join(out)
