"""Proof of work against machines, instead of a captcha: the reader's browser finds a number in
about a second while the answer is written or read through, and nobody has to see or solve anything.

It is asked twice: before the first word of an answer is stored, and before it is sent. A challenge
is signed and about one answer or one sending alone; it is answered by a number that, written after
it, gives a SHA-256 beginning with ``CONSULTATION_PROOF_BITS`` zero bits. Without JavaScript there
is no proof; the rule is then a longer wait (``wait_to_begin``, ``wait``). Nothing is stored,
nothing is asked of anybody else.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.conf import settings
from django.core import signing

_SIGNER = signing.TimestampSigner(salt="consultations.proof")
_LASTS = 12 * 3600  # seconds
_LONGEST = 20  # digits of a number

SOONEST = dt.timedelta(seconds=3)
"""Nobody reads and answers faster than this."""

SOONEST_UNPROVED = dt.timedelta(seconds=30)
"""Without a proof: from the page on which it is written to the first word that is stored, and from
that until the answer can be sent."""


def challenge(subject: str) -> str:
    """A task for one answer or one sending (``subject``: its secret, or its key)."""
    return _SIGNER.sign(subject)


def subject_of(task: str) -> str | None:
    """What a task of ours is about, however old it is."""
    try:
        return _SIGNER.unsign(task)
    except signing.BadSignature:
        return None


def wait_to_begin(task: str, number: str, at: dt.datetime) -> int:
    """Seconds until the answer that a task is about may be stored for the first time."""
    about = subject_of(task)
    if about is None:
        return _seconds(SOONEST_UNPROVED)
    if is_proved(about, task, number):
        return 0
    given = signing.b62_decode(task.split(":")[-2])
    return _seconds(dt.datetime.fromtimestamp(given, dt.UTC) + SOONEST_UNPROVED - at)


def is_proved(subject: str, task: str, number: str) -> bool:
    """Was our task for this sending, at most twelve hours old, answered?"""
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST):
        return False
    try:
        about = _SIGNER.unsign(task, max_age=_LASTS)
    except signing.BadSignature:
        return False
    return about == subject and zero_bits(f"{task}:{number}") >= bits()


def zero_bits(text: str) -> int:
    """How many zero bits the SHA-256 of a text begins with."""
    value = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    return 256 - value.bit_length()


def solve(task: str) -> str:
    """The least number that answers a task; what the browser does (for tests and measurements)."""
    number = 0
    while zero_bits(f"{task}:{number}") < bits():
        number += 1
    return str(number)


def wait(began: dt.datetime, at: dt.datetime, *, proved: bool) -> int:
    """Seconds that are still to be waited before an answer that was begun then may be sent."""
    return _seconds(began + (SOONEST if proved else SOONEST_UNPROVED) - at)


def _seconds(left: dt.timedelta) -> int:
    return max(0, -(-left // dt.timedelta(seconds=1)))


def bits() -> int:
    """How many zero bits are asked for."""
    return int(settings.CONSULTATION_PROOF_BITS)
