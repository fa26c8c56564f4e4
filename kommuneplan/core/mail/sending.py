"""The worker's half of mail: what waits is sent one by one, each marked as soon as it is sent.

A mail is taken by moving its ``next_try`` ahead in one conditional UPDATE, so that two workers
never send the same one; the move is a lease, so that a mail whose worker was killed comes up
again, under the same Message-ID. Killed between sending and marking: one duplicate, none lost.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from dataclasses import dataclass

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from post_office.models import STATUS, Email

from kommuneplan import clock
from kommuneplan.core.enums import MailReason
from kommuneplan.core.models import Mail

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=2)  # longer than a mail server may take (EMAIL_TIMEOUT)
# Minutes until the next try, after each that failed: twelve tries in about two days.
PAUSES = (1, 5, 15, 60, 120, 240, 480, 480, 480, 480, 480)
AT_A_TIME = 500
PER_LINE = 50  # mails over one connection; many servers cut it off at a hundred
_FAILED_KEPT = dt.timedelta(days=30)
_ROWS_KEPT = dt.timedelta(days=730)


@dataclass(slots=True)
class SendingRound:
    """What one look through the queue came to."""

    sent: int = 0
    later: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a mail server's answer means."""

    reason: MailReason
    for_good: bool = False  # another try would be answered the same
    for_all: bool = False  # it is not about this mail: the others wait as well


def send_waiting() -> SendingRound:
    """Send what is due. The database is never held while a mail server is waited for."""
    expire()
    done, connection = SendingRound(), get_connection()
    try:
        for number in range(1, AT_A_TIME + 1):
            mail = take()
            if mail is None:
                break
            if number % PER_LINE == 0:
                _close(connection)
            trouble = _send(mail, connection)
            if trouble is None:
                done.sent += _mark_sent(mail)
                continue
            for_good = _mark_trouble(mail, trouble)
            done.failed, done.later = done.failed + for_good, done.later + (not for_good)
            if trouble.for_all:
                break
    finally:
        _close(connection)
    return done


def take() -> Mail | None:
    """The next mail that is due, taken for as long as the lease runs; None when there is none."""
    due = Mail.objects.waiting().filter(next_try__lte=clock.now()).order_by("next_try", "pk")
    while (mail := due.select_related("email").first()) is not None:
        lease = clock.now() + LEASE
        if Mail.objects.taken(mail).update(next_try=lease, tries=F("tries") + 1):
            mail.next_try, mail.tries = lease, mail.tries + 1
            return mail
    return None


def _send(mail: Mail, connection: BaseEmailBackend) -> Trouble | None:
    try:
        connection.open()  # and stays so: else each mail would make a connection of its own
        mail.email.dispatch(commit=False, disconnect_after_delivery=False, connection=connection)
    except Exception as error:
        trouble = trouble_of(error)
        # its kind alone: what the server says repeats the address
        log.warning("Mail %s was not sent: %s", mail.uid, type(error).__name__)
        _close(connection)
        return trouble
    return None


def trouble_of(error: Exception) -> Trouble:
    """What an exception on sending means for this mail and the others."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        final = bool(codes) and all(code >= 500 for code in codes)
        return Trouble(MailReason.ADDRESS, for_good=True) if final else Trouble(MailReason.LATER)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Trouble(MailReason.LOGIN, for_all=True)
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return Trouble(MailReason.SERVER, for_all=True)
    if isinstance(error, smtplib.SMTPResponseException):
        if error.smtp_code < 500:
            return Trouble(MailReason.LATER)
        if isinstance(error, smtplib.SMTPSenderRefused):
            return Trouble(MailReason.SENDER, for_all=True)
        return Trouble(MailReason.REFUSED, for_good=True)
    if isinstance(error, OSError):  # no way there, a time-out, a line cut off
        return Trouble(MailReason.SERVER, for_all=True)
    return Trouble(MailReason.MISTAKE, for_good=True)


@transaction.atomic
def _mark_sent(mail: Mail) -> int:
    marked = Mail.objects.taken(mail).update(next_try=None, sent_at=clock.now(), reason="")
    if marked:
        _status(mail, STATUS.sent)
        if not mail.keep_days:
            empty([mail.pk])
    return marked


@transaction.atomic
def _mark_trouble(mail: Mail, trouble: Trouble) -> bool:
    for_good = trouble.for_good or mail.tries > len(PAUSES)
    if for_good:
        given_up = {"next_try": None, "failed_at": clock.now(), "reason": trouble.reason}
        if Mail.objects.taken(mail).update(**given_up):
            _status(mail, STATUS.failed)
    else:
        later = clock.now() + dt.timedelta(minutes=PAUSES[mail.tries - 1])
        Mail.objects.taken(mail).update(next_try=later, reason=trouble.reason)
    return for_good


def _status(mail: Mail, status: int) -> None:
    Email.objects.filter(pk=mail.email_id).update(status=status)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        log.warning("The connection to the mail server could not be closed")


def expire() -> int:
    """Give up what can be of no use any more, or has killed its worker every time."""
    now = clock.now()
    due = Mail.objects.waiting().filter(next_try__lte=now)
    gone = list(due.filter(until__lte=now).values_list("pk", flat=True))
    with transaction.atomic():
        over = {"next_try": None, "failed_at": now}
        Mail.objects.waiting().filter(pk__in=gone).update(**over, reason=MailReason.EXPIRED)
        empty(gone)
        Mail.objects.filter(next_try__lte=now, tries__gt=len(PAUSES)).update(
            **over, reason=MailReason.MISTAKE
        )
    return len(gone)


def tidy() -> None:
    """Empty texts that were kept long enough, and forget mails of two years ago."""
    now = clock.now()
    full = Mail.objects.filter(emptied_at=None)
    for days in full.filter(sent_at__isnull=False).values_list("keep_days", flat=True).distinct():
        sent = full.filter(keep_days=days, sent_at__lte=now - dt.timedelta(days=days))
        empty(list(sent.values_list("pk", flat=True)))
    empty(list(full.filter(failed_at__lte=now - _FAILED_KEPT).values_list("pk", flat=True)))
    Email.objects.filter(mail__created_at__lt=now - _ROWS_KEPT, mail__next_try=None).delete()


@transaction.atomic
def empty(mails: list[int]) -> None:
    """Take the text, with any secret in it, out of some mails; what they were about stays."""
    Email.objects.filter(mail__in=mails).update(message="", html_message="")
    Mail.objects.filter(pk__in=mails).update(emptied_at=clock.now())
