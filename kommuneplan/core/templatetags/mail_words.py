"""Words about mails."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from kommuneplan.core.mail.kinds import kinds
from kommuneplan.core.mail.states import reason_in_words
from kommuneplan.core.models import Mail

register = template.Library()


@register.filter
def sort(mail: Mail) -> str:
    """What sort of mail it is."""
    kind = kinds.get(mail.reference.partition(":")[0])
    return str(kind.label) if kind else _("Mail")


@register.filter
def reason(mail: Mail) -> str:
    """Why the last try went wrong; empty when none did."""
    return reason_in_words(mail)
