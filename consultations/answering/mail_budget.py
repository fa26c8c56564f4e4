"""How many mails a stranger can have sent to an address that nobody has confirmed.

Whoever writes an answer gives an address, and need not own it: three mails in a day go there from
the pages of answers (links to go on, receipts), from however many answers; then none until somebody
has shown, by the link in one of them, that the address is theirs. How many go out to such addresses
from one network, about one round and in all: ``budgets.has_room_for_mail``.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from consultations.models import Response, ResponseDraft
from consultations.responses.mails import DRAFT, RECEIPT
from kommuneplan.core.models import Mail

from .budgets import has_room_for_mail

MOST_MAILS = 3
DAY = dt.timedelta(days=1)


def may_mail(draft: ResponseDraft, *, at: dt.datetime) -> bool:
    """Whether one more mail may go to the address that stands in an answer."""
    address = draft.email.strip().lower()
    if _is_confirmed(address):
        return True
    ours = Q(reference__startswith=f"{DRAFT}:") | Q(reference__startswith=f"{RECEIPT}:")
    sent = Mail.objects.filter(ours, address=address, created_at__gt=at - DAY).count()
    return sent < MOST_MAILS and has_room_for_mail(draft, at=at)


def _is_confirmed(address: str) -> bool:
    answered = Response.objects.filter(email__iexact=address, verified_at__isnull=False)
    writing = ResponseDraft.objects.filter(email__iexact=address, confirmed_at__isnull=False)
    return answered.exists() or writing.exists()
