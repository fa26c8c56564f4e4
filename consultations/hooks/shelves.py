"""The secretary of a council finds the council's answers again from the desk, sent or not."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.answering.unsent import unsent
from consultations.models import Invitation, ResponseDraft
from consultations.parties.letters import moment_words
from kommuneplan.core.enums import Role
from kommuneplan.core.models import User
from plans.desk.shelves import Shelf, ShelfLine, register_shelf

MOST = 5


def register_shelves() -> None:
    """Called once, when the app is ready."""
    register_shelf(_councils)


def _councils(user: User, at: dt.datetime) -> Shelf | None:
    bodies = [body for body, role in user.roles() if role == Role.COUNCIL_SECRETARY]
    if not bodies:
        return None
    rows = Invitation.objects.filter(
        removed_at__isnull=True,
        party__body__in=bodies,
        round__announced_at__isnull=False,
        round__opens_at__lte=at,
    ).select_related("round")
    rows = rows.defer("round__letter").order_by("-round__opens_at", "-pk")[:MOST]
    found = ResponseDraft.objects.filter(invitation__in=list(rows)).select_related("response")
    drafts = {draft.invitation_id: draft for draft in found}
    lines = [
        ShelfLine(
            row.round.title,
            reverse("consultations:answer-council", args=[row.uid]),
            _said(row, drafts.get(row.pk), at),
        )
        for row in rows
    ]
    if not lines:
        return None
    return Shelf(
        key="mine-raad",
        title=_("Consultations of my councils"),
        lines=lines,
        more=reverse("consultations:answer-councils"),
        more_words=_("All consultations of my councils"),
    )


def _said(row: Invitation, draft: ResponseDraft | None, at: dt.datetime) -> str:
    """How far the council's answer is, and until when there is time."""
    waits = unsent(draft)
    if waits is not None:
        said = _("Received as number %(number)s") % {"number": waits.response.number}
        if waits.names:
            said = _("%(said)s; a correction is kept and not sent") % {"said": said}
    elif row.no_remarks_at is not None:
        said = _("No remarks")
    elif draft is not None:
        said = _("Begun and not sent")
    else:
        said = _("Not answered")
    is_over = row.deadline is not None and row.deadline <= at
    until = _("The deadline was %(day)s") if is_over else _("Deadline: %(day)s")
    return f"{row.name} · {said} · {until % {'day': moment_words(row.deadline)}}"
