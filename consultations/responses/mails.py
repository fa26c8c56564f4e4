"""The mails of answering: the receipt, and the link to go on with an answer."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext_lazy

from consultations.models import Response
from kommuneplan.core.mail import kinds
from kommuneplan.core.models import User
from plans.models import Plan

RECEIPT = "consultations.receipt"
DRAFT = "consultations.draft"
OUTCOME = "consultations.outcome"


def reference_of(kind: str, uid: UUID) -> str:
    """What a mail is about, as the door for mail asks for it."""
    return f"{kind}:{uid}"


def register_kinds() -> None:
    """Called once, when the app is ready."""
    kinds.register(RECEIPT, gettext_lazy("Receipt of a response"), seen_by=_seen_by(RECEIPT))
    kinds.register(OUTCOME, gettext_lazy("What became of a response"), seen_by=_seen_by(OUTCOME))
    kinds.register(DRAFT, gettext_lazy("Link to go on with a response"))


def _seen_by(kind: str) -> Callable[[User], list[str]]:
    """Those of the rounds a person runs; who is writing an answer is nobody's business."""

    def references(user: User) -> list[str]:
        rows = Response.objects.filter(round__plan__in=Plan.objects.run_by(user).values("pk"))
        return [reference_of(kind, uid) for uid in rows.values_list("uid", flat=True)]

    return references
