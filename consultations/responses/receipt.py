"""The secrets of a receipt: the address it is read at, and the mark that confirms an address."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from consultations.models import Response


def receipt_secret(response: Response) -> str:
    """The secret in the address of a receipt. It follows from the response's key and the
    installation's own, so that an answer sent twice gets the same receipt; only its digest is
    stored, so that an older address holds when the installation's key is changed."""
    return salted_hmac("consultations.receipt", str(response.key), algorithm="sha256").hexdigest()


def verification(response: Response) -> str:
    """What only the mail says: proof that its reader has the address."""
    words = f"{response.uid}:{response.email.lower()}"
    return salted_hmac("consultations.address", words, algorithm="sha256").hexdigest()[:40]
