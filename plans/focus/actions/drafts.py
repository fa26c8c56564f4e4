"""What somebody is writing in a yearly status and has not saved: kept, theirs alone."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from plans.models import StatusDraft, YearlyStatus
from plans.text.actions.sections import Kept, mark, what_becomes


def open_draft(status: YearlyStatus, user: User) -> StatusDraft | None:
    """What the person has written in a status and not saved."""
    return status.drafts.filter(user=user, is_open=True).first()


@transaction.atomic
def keep_draft(
    *,
    status: YearlyStatus,
    fields: Mapping[str, str],
    by: User,
    page: str,
    sequence: int,
    known: str = "",
) -> tuple[Kept, StatusDraft]:
    """Keep the fields that were touched, by name; without any there is nothing to keep.

    ``page``, ``sequence`` and ``known`` as for a section (``writing.keep_draft``).
    """
    draft, created = StatusDraft.objects.select_for_update().get_or_create(
        user=by, status=status, defaults={"saved_at": clock.now(), "is_open": False}
    )
    became = Kept.STORED if created else what_becomes(draft, page, sequence, known)
    if became is Kept.STORED:
        draft.fields, draft.is_open = dict(fields), bool(fields)
        draft.page, draft.sequence, draft.saved_at = page, sequence, clock.now()
        draft.save()
    return became, draft


@transaction.atomic
def close_draft(
    *, status: YearlyStatus, by: User, page: str = "", sequence: int = 0, known: str = ""
) -> None:
    """It is saved, or thrown away; one that another window has written in meanwhile stays."""
    draft = status.drafts.select_for_update().filter(user=by).first()
    if draft is None or (draft.is_open and page and page != draft.page and mark(draft) != known):
        return
    draft.sequence = max(sequence, draft.sequence if page == draft.page else 0)
    draft.page, draft.fields, draft.is_open = page, {}, False
    draft.save()
