"""The links in mails to followers: signed, so that nothing that opens them lies in the database."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core import signing
from django.urls import reverse

from kommuneplan.core.mail.actions import MailLink, absolute
from plans.models import Follower, Following

KEPT = dt.timedelta(hours=48)
"""How long something that was asked for waits to be confirmed."""

_CONFIRM = signing.TimestampSigner(salt="plans.follow.confirm")
_LEAVE = signing.Signer(salt="plans.follow.leave")


def confirm_link(row: Following) -> MailLink:
    """The page on which somebody says yes, for two days."""
    return absolute(reverse("plans:follow-confirm", args=[_CONFIRM.sign(str(row.uid))]))


def leave_link(follower: Follower) -> MailLink:
    """The page on which somebody leaves, for ever."""
    return absolute(reverse("plans:follow-leave", args=[_LEAVE.sign(str(follower.uid))]))


def asked_by(token: str) -> UUID | None:
    """Which following a link is to confirm; None for one that is not ours, or too old."""
    try:
        return UUID(_CONFIRM.unsign(token, max_age=KEPT))
    except signing.BadSignature:
        return None


def leaving_by(token: str) -> UUID | None:
    """Which follower a link is to let go; None for one that is not ours."""
    try:
        return UUID(_LEAVE.unsign(token))
    except signing.BadSignature:
        return None
