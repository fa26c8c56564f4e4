"""What reading leaves behind for the member alone: how far they have come, and their notes."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kommuneplan import clock
from kommuneplan.core import upkeep
from kommuneplan.core.models import User
from kommuneplan.locking import Conflict
from kommuneplan.richtext.blocks import plain
from plans.document import plan_document as doc
from plans.models import LastRead, PlanVersion, PrivateNote
from plans.models.submitted import body_for

QUOTE = 300  # letters of a paragraph that are kept with what is written about it


class NoSuchParagraph(ValueError):
    """The version has no block with that anchor."""


@transaction.atomic
def mark_read(*, version: PlanVersion, by: User) -> None:
    """Remember that a version has been opened. An older one than the last changes nothing."""
    row, is_new = LastRead.objects.select_for_update().get_or_create(
        user=by, plan_id=version.plan_id, defaults={"frozen": version, "read_at": clock.now()}
    )
    if not is_new and version.number > row.frozen.number:
        LastRead.objects.filter(pk=row.pk).update(
            before=row.frozen, frozen=version, read_at=clock.now()
        )


def quote_of(document: doc.PlanDocument, anchor: str) -> str:
    """The words of a paragraph, cut to what is kept. Raises NoSuchParagraph."""
    for section in document.text:
        for block in section.blocks:
            if block.anchor == anchor:
                text = plain(block.html)
                return text if len(text) <= QUOTE else text[: QUOTE - 1] + "…"
    raise NoSuchParagraph(anchor)


@transaction.atomic
def write_note(
    *, version: PlanVersion, anchor: str, words: str, seen: int, by: User
) -> PrivateNote | None:
    """Write, or write anew, one's note at a paragraph; without words it is erased.

    ``seen``: the lock version of the note that the writer had before them, 0 for none. Raises
    Conflict, with what was typed, when it was changed in another window meanwhile;
    NoSuchParagraph for a paragraph the version does not have.
    """
    erase_over()
    quote = quote_of(doc.from_json(version.content), anchor)
    mine = PrivateNote.objects.filter(user=by, plan=version.plan_id, anchor=anchor)
    row = mine.first()
    if row is None and words:
        row = PrivateNote(user=by, plan_id=version.plan_id, anchor=anchor)
        row.frozen, row.quote = version, quote
        try:
            with transaction.atomic():
                return _stored(row, words, seen, by)
        except IntegrityError:  # the other window was first
            row = mine.get()
    if row is None:
        return None
    row.frozen, row.quote = version, quote
    return _stored(row, words, seen, by)


@transaction.atomic
def rewrite_note(*, note: PrivateNote, words: str, seen: int, by: User) -> PrivateNote | None:
    """Change the words of one's note, whether or not its paragraph is still there; without words
    it is erased. Raises Conflict as ``write_note`` does, ValueError for somebody else's note."""
    if note.user_id != by.pk:
        raise ValueError("The note is somebody else's")
    erase_over()
    row = PrivateNote.objects.select_related("frozen").get(pk=note.pk)
    return _stored(row, words, seen, by)


def _stored(row: PrivateNote, words: str, seen: int, by: User) -> PrivateNote | None:
    if row.pk and row.words == words:  # sent twice
        return row
    if row.pk and row.version != seen:
        row.words = words
        raise Conflict(row)
    if not words:
        row.delete()
        return None
    row.words, row.written_at = words, clock.now()
    row.gone_after = body_for(by, row.frozen).term_end(on=clock.today())
    row.save()
    return row


def erase_over() -> int:
    """Erase the notes whose term is over; how many there were. They had ceased to be shown by
    themselves on the day after the term, so this may run late."""
    return PrivateNote.objects.over(on=clock.today()).delete()[0]


def register_upkeep() -> None:
    """Called once, when the app is ready."""
    upkeep.register("plans.notes", erase_over)
