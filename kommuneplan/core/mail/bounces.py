"""Reading what a mail server sends back: delivery status notifications (RFC 3464).

They come from outside and are not trusted: one that names a mail of ours is believed about that
mail; one that names none is believed about an address we have sent to; anything else is nothing.
"""

from __future__ import annotations

import email
import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path
from typing import Any

MOST_BYTES = 5 * 1024 * 1024  # a notice with the mail it is about; larger ones are not read


@dataclass(frozen=True, slots=True)
class Bounce:
    """One address that a mail did not reach, for good."""

    address: str
    message_id: str  # of the mail, empty where the notice does not say
    full: bool  # the mailbox was full (x.2.2)


def read(data: bytes) -> list[Bounce]:
    """The failures a notice tells of; none for a mail that is no such notice, or only a delay."""
    if len(data) > MOST_BYTES:
        return []
    try:
        notice: Any = email.message_from_bytes(data, policy=default)
        is_report = notice.get_content_type() == "multipart/report"
        return list(_failures(notice)) if is_report else []
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return []  # bytes that only look like a mail: the parser gives up in many ways


def _failures(notice: EmailMessage) -> Iterator[Bounce]:
    message_id = _message_id(notice)
    for part in notice.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        groups: Any = part.get_payload()
        for group in groups if isinstance(groups, list) else ():
            if str(group.get("Action", "")).strip().lower() == "failed":
                status = str(group.get("Status", "")).split()
                full = bool(status) and status[0].endswith(".2.2")
                yield Bounce(_address(group), message_id, full)


def _message_id(notice: EmailMessage) -> str:
    """The Message-ID of the mail that came back, from the copy of its head."""
    for part in notice.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            head = email.message_from_string(part.get_content(), policy=default)
            return str(head.get("Message-ID", "")).strip()
        if kind == "message/rfc822":
            inner: Any = part.get_payload(0)
            return str(inner.get("Message-ID", "")).strip()
    return ""


def _address(group: Message) -> str:
    said = group.get("Original-Recipient") or group.get("Final-Recipient") or ""
    return str(said).partition(";")[2].strip().strip("<>").lower()


def in_file(path: Path) -> Iterator[bytes]:
    """The mails in a file (one mail, or an mbox) or in a folder of such files."""
    if path.is_dir():
        for one in sorted(found for found in path.rglob("*") if found.is_file()):
            yield from in_file(one)
    elif path.read_bytes()[:5] == b"From ":
        box = mailbox.mbox(path, create=False)
        yield from (message.as_bytes() for message in box)
    else:
        yield path.read_bytes()
