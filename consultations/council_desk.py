"""What waits on the desk of a council's secretary: the rounds in which the council is heard."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.core.enums import Role
from plans.waiting import Me, Waiting, as_rows, register

from .models import Invitation, Response


def tell_desk() -> None:
    """Called once, when the app is ready."""
    register("council_answers", rows=_rows, says=_says)


def _rows(me: Me) -> QuerySet[Any]:
    """Open rounds in which a council of mine is heard and has said nothing yet. Of the plan, which
    the secretary does not work with, only what was frozen is told."""
    now = clock.now()
    bodies = [body for body, role in me.user.roles() if role == Role.COUNCIL_SECRETARY]
    answered = Response.objects.filter(invitation=OuterRef("pk"), withdrawn_at__isnull=True)
    found = Invitation.objects.filter(
        ~Exists(answered),
        Q(closes_at__gt=now) | Q(closes_at__isnull=True, round__closes_at__gt=now),
        party__body__in=bodies,
        removed_at__isnull=True,
        no_remarks_at__isnull=True,
        round__announced_at__isnull=False,
        round__opens_at__lte=now,
        round__withdrawn_at__isnull=True,
    )
    until = Coalesce(F("closes_at"), F("round__closes_at"))
    return as_rows(
        found,
        plan="",
        slug=Value(""),
        title="round__frozen__title",
        uid="uid",
        words="round__title",
        day=TruncDate(until, tzinfo=clock.COPENHAGEN),
    )


def _says(row: Waiting) -> tuple[str, str]:
    said = _("Answer for the council: “%(title)s”") % {"title": row.words}
    return said, reverse("consultations:answer-council", args=[row.uid])
