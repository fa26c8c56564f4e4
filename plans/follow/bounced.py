"""Whose mails came back for good: an address that does not exist, or was refused. A mailbox that
is full may be emptied, and is tried again."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from kommuneplan.core.enums import MailReason
from kommuneplan.core.models import Mail
from plans.models import Follower, Following

from .mail_kinds import ASKED, TOLD

_FOR_GOOD = Q(bounced_at__isnull=False, reason=MailReason.BOUNCED) | Q(
    failed_at__isnull=False, reason=MailReason.ADDRESS
)


def bounced_followers() -> list[UUID]:
    """Those whose news came back."""
    return _uids(TOLD, Follower.objects.values_list("uid", flat=True))


def bounced_followings() -> list[UUID]:
    """Those that were asked about, and the question came back."""
    return _uids(ASKED, Following.objects.unconfirmed().values_list("uid", flat=True))


def _uids(kind: str, known: object) -> list[UUID]:
    there = set(known)  # type: ignore[call-overload]
    rows = Mail.objects.filter(_FOR_GOOD, reference__startswith=f"{kind}:")
    uids = {UUID(one.partition(":")[2]) for one in rows.values_list("reference", flat=True)}
    return sorted(uids & there)
