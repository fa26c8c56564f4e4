"""Proof of work against machines, instead of a captcha: the reader's browser finds a number in
about a second while the answer is read through, and nobody has to see or solve anything.

A challenge is signed and about one sending alone; it is answered by a number that, written after
it, gives a SHA-256 beginning with ``CONSULTATION_PROOF_BITS`` zero bits. Without JavaScript there
is no proof; the rule is then a longer wait (``wait``). Nothing is stored, nothing is asked of
anybody else.
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
"""From the first time the answer was kept until it can be sent without a proof."""


def challenge(subject: str) -> str:
    """A task for one sending (``subject``: its key)."""
    return _SIGNER.sign(subject)


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
    left = began + (SOONEST if proved else SOONEST_UNPROVED) - at
    return max(0, -(-left // dt.timedelta(seconds=1)))


def bits() -> int:
    """How many zero bits are asked for."""
    return int(settings.CONSULTATION_PROOF_BITS)
