"""The one door for mail: it is written here, in the caller's transaction, and sent by the worker.

Rolled back, there is no mail; committed, there is one, whatever becomes of the mail server.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from post_office.models import PRIORITY, Email

from kommuneplan import clock
from kommuneplan.core.enums import MailReason
from kommuneplan.core.models import Mail, Municipality, User
from kommuneplan.core.worker import waking

from .kinds import kind_of
from .rendering import MailLink, absolute, render
from .sending import LEASE
from .states import MailProgress, bounced, state_of, states_of

__all__ = [
    "MailLink",
    "MailProgress",
    "absolute",
    "bounced",
    "send",
    "send_again",
    "state_of",
    "states_of",
]

KEEP_DAYS = 7  # a mail that comes back can be sent to another address meanwhile


@transaction.atomic
def send(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    reference: str,
    by: User | None = None,
    until: dt.datetime | None = None,
    keep_days: int = KEEP_DAYS,
    unsubscribe: MailLink | None = None,
    one_press: bool = False,
) -> Mail:
    """Write a mail to one address; the worker sends it once this transaction is committed.

    ``template`` names ``templates/mail/<template>.txt`` and ``.html``; ``context`` holds plain
    values, and ``MailLink`` for addresses that shall work. ``reference`` is "<kind>:<uid>" of what
    it is about (``mail.kinds``). After ``until`` it is not sent any more. The text, with any
    secret in it, is emptied ``keep_days`` after sending (0: at once). ``unsubscribe`` is the page
    where such mails are turned off (RFC 2369, 3.2); with ``one_press`` a POST to it does it by
    itself (RFC 8058).

    Raises ValidationError for an address that is none, KeyError for an unknown kind, and
    SuspiciousOperation for a subject of more than one line.
    """
    kind_of(reference)
    address = to.strip().lower()
    validate_email(address)
    municipality = Municipality.current()
    letter = render(
        template,
        context,
        {"place": municipality.name, "municipality_contact": contact(municipality)},
    )
    uid = uuid.uuid4()
    email = Email.objects.create(
        from_email=sender(municipality),
        to=[address],
        subject=letter.subject,
        message=letter.text,
        html_message=letter.html,
        message_id=f"<{uid}@{_domain()}>",
        headers=_headers(municipality, unsubscribe, one_press),
        priority=PRIORITY.medium,
        status=None,  # ours to send: post-office's own command passes it by
    )
    mail = Mail.objects.create(
        uid=uid, email=email, reference=reference, address=address, created_by=by,
        until=until, keep_days=keep_days, next_try=clock.now(),
    )  # fmt: skip
    waking.mail()
    return mail


@transaction.atomic
def send_again(*, mail: Mail, by: User | None = None, address: str = "") -> bool:
    """Put a mail that was given up, waits or came back in the queue again, at once; with an
    ``address``, to that one, which is then written where the old one stood as well.

    False, and nothing done, when its text is gone, it is of no use any more, or it was sent
    well in the meantime.
    """
    row = Mail.objects.select_for_update().select_related("email").get(pk=mail.pk)
    went_well = row.sent_at is not None and row.bounced_at is None
    if went_well or not row.can_be_sent_again:
        return False
    if not address and row.tries and row.next_try and row.next_try <= clock.now() + LEASE:
        return True  # a worker may have it in hand at this moment, and else takes it by itself
    if address:
        _correct(row, address.strip().lower(), by)
    row.next_try, row.tries, row.reason = clock.now(), 0, ""
    row.sent_at = row.failed_at = row.bounced_at = None
    row.save()
    waking.mail()
    return True


def _correct(mail: Mail, address: str, by: User | None) -> None:
    validate_email(address)
    mail.address = address
    mail.email.to = [address]
    mail.email.save(update_fields=["to"])
    kind = kind_of(mail.reference)
    if kind.corrected is not None:
        kind.corrected(uid=mail.reference.partition(":")[2], address=address, by=by)


@transaction.atomic
def record_bounce(*, address: str = "", message_id: str = "", full: bool = False) -> int:
    """Note that mail came back: the one with this Message-ID, or without one the newest sent to
    the address. Returns how many mails were marked (0: nothing known, or noted already)."""
    sent = Mail.objects.select_for_update().filter(sent_at__isnull=False, bounced_at__isnull=True)
    if message_id:
        found = sent.filter(email__message_id=message_id)
    else:
        newest = sent.filter(address=address.strip().lower()).order_by("-sent_at", "-pk")
        found = newest[:1]
    marked = 0
    for mail in found:
        mail.bounced_at = clock.now()
        mail.reason = MailReason.FULL if full else MailReason.BOUNCED
        mail.save(update_fields=["bounced_at", "reason"])
        marked += 1
    return marked


def sender(municipality: Municipality) -> str:
    """Who mails are from: the municipality's name and the installation's address."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name = "".join(letter for letter in municipality.name if letter.isprintable())
    return f'"{name.replace(chr(34), "").replace(chr(92), "")}" <{address}>'


def contact(municipality: Municipality) -> str:
    """Where a person who answers a mail reaches somebody; empty when nothing is set up."""
    return municipality.contact_email


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _headers(
    municipality: Municipality, unsubscribe: MailLink | None, one_press: bool
) -> dict[str, str]:
    headers = {
        "Auto-Submitted": "auto-generated",  # RFC 3834: no machine answers it
        "X-Auto-Response-Suppress": "All",  # the same for Exchange
        "Content-Language": "da",
    }
    if contact(municipality):
        headers["Reply-To"] = contact(municipality)
    if unsubscribe:
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        if one_press:
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
