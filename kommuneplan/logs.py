"""What a log may say of an address: never the secret in it, which would let its reader in."""

from __future__ import annotations

import logging
import re

# Addresses with secrets in them: of an answer, an invitation to answer and a receipt; of an account
# to be taken over and a password to be chosen; and what a sign-in elsewhere comes back with.
_SECRETS = (
    (re.compile(r"(/hoeringer/(?:kladde|invitation|kvittering)/)[^/\s]+"), r"\1…"),
    (re.compile(r"(/kvittering/…/bekraeft/)[^/\s]+"), r"\1…"),
    (re.compile(r"(/konto/invitation/)[^/\s]+"), r"\1…"),
    (re.compile(r"(/konto/glemt-adgangskode/)[^/\s]+/[^/\s]+"), r"\1…/…"),
    (re.compile(r"([?&](?:code|state|token|SAMLResponse|RelayState)=)[^&\s]+"), r"\1…"),
)
# Letters, digits, "-" and "/" may stand in an address as %XX and mean the same.
_SPELT = re.compile(r"%(2[DF]|3\d|4[1-9A-F]|5[\dA]|6[1-9A-F]|7[\dA])", re.IGNORECASE)


class WithoutSecrets(logging.Filter):
    """Puts "…" in the place of every secret in an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, told without the secret; so is what went wrong, if it tells."""
        told = record.getMessage()
        plain = without_secrets(told)
        if plain != told:
            record.msg, record.args = plain, None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        return True


def without_secrets(words: str) -> str:
    """The words with every secret left out."""
    told = plain = _SPELT.sub(lambda spelt: chr(int(spelt[1], 16)), words)
    for secret, left in _SECRETS:
        told = secret.sub(left, told)
    return words if told == plain else told
