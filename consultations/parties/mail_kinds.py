"""What core is told of the mails to parties: whose they are, and what a corrected address does."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from consultations.models import Invitation, Round
from consultations.responses.mails import reference_of
from kommuneplan.core.mail import kinds
from kommuneplan.core.models import User
from plans.models import Plan

from .actions.invitations import correct_address
from .mails import INVITATION, NEWS, REMINDER


def register_kinds() -> None:
    """Called once, when the app is ready."""
    kinds.register(
        INVITATION,
        gettext_lazy("Invitation to a consultation"),
        seen_by=_seen_by(INVITATION),
        corrected=correct_address,
    )
    kinds.register(
        REMINDER,
        gettext_lazy("Reminder of a consultation"),
        seen_by=_seen_by(REMINDER),
        corrected=correct_address,
    )
    kinds.register(NEWS, gettext_lazy("News of a consultation"), seen_by=_news_seen_by)


def _rounds_of(user: User) -> Any:
    return Round.objects.filter(plan__in=Plan.objects.run_by(user).values("pk"))


def _seen_by(kind: str) -> Any:
    def references(user: User) -> list[str]:
        uids = Invitation.objects.filter(round__in=_rounds_of(user).values("pk"))
        return [reference_of(kind, uid) for uid in uids.values_list("uid", flat=True)]

    return references


def _news_seen_by(user: User) -> list[str]:
    return [reference_of(NEWS, uid) for uid in _rounds_of(user).values_list("uid", flat=True)]
