"""What a log may say of an address: never the secret in it, which would let its reader in."""

from __future__ import annotations

import logging
import re

# Addresses with secrets in them: of an answer, an invitation to answer and a receipt; of an account
# to be taken over and a password to be chosen.
_SECRETS = (
    (re.compile(r"(/hoeringer/(?:kladde|invitation|kvittering)/)[^/\s]+"), r"\1…"),
    (re.compile(r"(/kvittering/…/bekraeft/)[^/\s]+"), r"\1…"),
    (re.compile(r"(/konto/invitation/)[^/\s]+"), r"\1…"),
    (re.compile(r"(/konto/glemt-adgangskode/)[^/\s]+/[^/\s]+/"), r"\1…/…/"),
)


class WithoutSecrets(logging.Filter):
    """Puts "…" in the place of every secret in an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, told without the secret."""
        told = record.getMessage()
        plain = without_secrets(told)
        if plain != told:
            record.msg, record.args = plain, None
        return True


def without_secrets(words: str) -> str:
    """The words with every secret left out."""
    for secret, left in _SECRETS:
        words = secret.sub(left, words)
    return words
