"""The secrets of a receipt: the address it is read at, and the mark that confirms an address.

Both follow from the installation's secret key. When that key is changed, those made with an earlier
one (SECRET_KEY_FALLBACKS) hold on: links stand in mails for years.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from consultations.models import Response, ResponseDraft
from consultations.models.party import digest_of


def receipt_secret(response: Response) -> str:
    """The secret in the address of a receipt, so that an answer sent twice gets the same receipt;
    only its digest is stored. For a response that has one, it is the one its sender was given."""
    made = list(_made("consultations.receipt", str(response.key)))
    return next((secret for secret in made if digest_of(secret) == response.digest), made[0])


def verification(response: Response | ResponseDraft) -> str:
    """What only the mail says: proof that its reader has the address that stands in a response, or
    in one that is being written."""
    return next(_verifications(response))


def verifies(response: Response | ResponseDraft, token: str) -> bool:
    """Whether the token was made for this response and the address it has now."""
    found = [constant_time_compare(one, token) for one in _verifications(response)]
    return bool(response.email) and any(found)


def _verifications(response: Response | ResponseDraft) -> Iterator[str]:
    words = f"{response.uid}:{response.email.lower()}"
    return (made[:40] for made in _made("consultations.address", words))


def _made(salt: str, words: str) -> Iterator[str]:
    """By the key of today first, then by those before it."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(salt, words, secret=key, algorithm="sha256").hexdigest()
