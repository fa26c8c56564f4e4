"""How many mails a stranger can have sent to an address that nobody has confirmed.

Whoever writes an answer gives an address, and need not own it: three mails in a day go there from
the pages of answers (links to go on, receipts), from however many answers; then none until somebody
has shown, by the link in one of them, that the address is theirs.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from consultations.models import Response
from consultations.responses.mails import DRAFT, RECEIPT
from kommuneplan.core.models import Mail

MOST_MAILS = 3
DAY = dt.timedelta(days=1)


def may_mail(address: str, *, at: dt.datetime) -> bool:
    """Whether one more mail may go to an address that stands in an answer."""
    address = address.strip().lower()
    ours = Q(reference__startswith=f"{DRAFT}:") | Q(reference__startswith=f"{RECEIPT}:")
    sent = Mail.objects.filter(ours, address=address, created_at__gt=at - DAY).count()
    return sent < MOST_MAILS or _is_confirmed(address)


def _is_confirmed(address: str) -> bool:
    return Response.objects.filter(email__iexact=address, verified_at__isnull=False).exists()
