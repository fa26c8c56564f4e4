"""Comments between colleagues in the margin of a section; never public."""

from __future__ import annotations

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from plans.models import Comment, Section

QUOTE = 300  # letters of the paragraph that a comment keeps


@transaction.atomic
def add_comment(*, section: Section, text: str, anchor: str = "", by: User) -> Comment:
    """Comment a block of the saved text, or the whole section (no anchor).

    The block's words are kept as a quote, so that the comment can be read when it is gone.
    Raises ValueError for an anchor the section does not have.
    """
    quote = ""
    if anchor:
        block = next((b for b in section.anchored_blocks() if b.anchor == anchor), None)
        if block is None:
            raise ValueError("The section has no such block")
        quote = block.text if len(block.text) <= QUOTE else block.text[: QUOTE - 1] + "…"
    comment = Comment(section=section, anchor=anchor, quote=quote, text=text, author=by)
    return _saved(comment, by)


@transaction.atomic
def answer_comment(*, comment: Comment, text: str, by: User) -> Comment:
    """Answer a comment; an answer to an answer stands under the comment itself. A resolved
    comment that is answered is open again."""
    top = comment.answers or comment
    top = Comment.objects.select_for_update().get(pk=top.pk)
    answer = Comment(section=top.section, answers=top, text=text, author=by)
    _saved(answer, by)
    if top.resolved_at:
        _resolve(top, None, by)
    return answer


@transaction.atomic
def resolve_comment(*, comment: Comment, by: User) -> Comment:
    """It is dealt with. A second press changes nothing."""
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    return row if row.resolved_at else _resolve(row, by, by)


@transaction.atomic
def reopen_comment(*, comment: Comment, by: User) -> Comment:
    """It is not dealt with after all."""
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    return _resolve(row, None, by) if row.resolved_at else row


def _resolve(row: Comment, resolver: User | None, by: User) -> Comment:
    row.resolved_at = clock.now() if resolver else None
    row.resolved_by = resolver
    return _saved(row, by)


def _saved(row: Comment, by: User) -> Comment:
    row._history_user = by
    row.save()
    return row
