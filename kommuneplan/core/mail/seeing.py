"""Who may look after which mails: administrators all, a secretary those of their own matters."""

from __future__ import annotations

import rules

from kommuneplan.core.models import Mail, User
from kommuneplan.core.models.mail import MailQuerySet
from kommuneplan.core.permissions import is_administrator, keeps_a_body

from .kinds import references_seen_by

SEE_MAILS = "core.see_mails"

rules.add_perm(SEE_MAILS, is_administrator | keeps_a_body)


def mails_seen_by(user: User) -> MailQuerySet:
    """The mails somebody may look after; apps say which are whose (``mail.kinds``)."""
    if is_administrator.test(user):
        return Mail.objects.all()
    return Mail.objects.filter(reference__in=references_seen_by(user))
