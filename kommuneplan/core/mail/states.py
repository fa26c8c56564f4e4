"""Where the mails about a thing stand, and which addresses mail comes back from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kommuneplan.core.enums import MailReason, MailState
from kommuneplan.core.models import Mail


@dataclass(frozen=True, slots=True)
class MailProgress:
    """Where the newest mail about a thing stands; ``reason`` holds no personal data."""

    state: MailState
    at: dt.datetime  # written, sent, given up or come back
    reason: str = ""  # in words, empty when nothing went wrong

    @property
    def is_trouble(self) -> bool:
        """Whether somebody should look at it."""
        return self.state in {MailState.FAILED, MailState.BOUNCED}


def state_of(reference: str) -> MailProgress | None:
    """Where the newest mail about a thing stands; None when there is none."""
    return states_of([reference]).get(reference)


def states_of(references: Iterable[str]) -> dict[str, MailProgress]:
    """The same for many things, in one query."""
    found: dict[str, MailProgress] = {}
    for mail in Mail.objects.with_reference(*references).order_by("created_at", "pk"):
        at = mail.bounced_at or mail.sent_at or mail.failed_at or mail.created_at
        found[mail.reference] = MailProgress(mail.state, at, reason_in_words(mail))
    return found


def reason_in_words(mail: Mail) -> str:
    """Why the last try went wrong, for people; empty when none did."""
    return str(MailReason(mail.reason).label) if mail.reason and not _is_well(mail) else ""


def _is_well(mail: Mail) -> bool:
    return mail.sent_at is not None and mail.bounced_at is None


def bounced(addresses: Iterable[str]) -> dict[str, dt.datetime]:
    """Which of the addresses mail has come back from, and when last; keys in lower case."""
    asked = {address.strip().lower() for address in addresses}
    rows = Mail.objects.bounced().filter(address__in=asked).order_by("bounced_at")
    return {address: at for address, at in rows.values_list("address", "bounced_at") if at}
