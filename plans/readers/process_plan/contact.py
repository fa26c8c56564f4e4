"""Telephones, mail addresses and case workers in a document: known, so that none is kept."""

from __future__ import annotations

import re

CONTACT = re.compile(
    r"^\W*(?:telefon|tlf|telefax|fax|mobil|e-?mail|mail|ean|cvr|direkte|brevid|kontaktperson|"
    r"kontakt|sagsbehandler|ref|reference|www|https?|dokument|åbningstid|ekspedition\w*|skrevet af|"
    r"forfatter|udarbejdet af)\b\.?[\s:]*(?:nummer|nr\.?|-nr\.?|direkte)?",
    re.IGNORECASE,
)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63}")
PHONE = re.compile(
    r"(?i)(?:\b(?:tlf|telefon|mobil)\.?:?\s*)(?:\+45\s?)?\d{2}(?: ?\d{2}){3}\b|"
    r"\+45\s?\d{2}(?: ?\d{2}){3}\b"
)


def is_contact(text: str) -> bool:
    """Does the line tell how somebody is reached, or who has written?"""
    if (len(text) < 120 and MAIL.search(text)) or re.match(r"^\W*www\.", text):
        return True
    match = CONTACT.match(text)
    if not match or len(text) > 80:
        return False
    rest = text[match.end() :]
    word = match[0].strip(" :.").lower()
    if word in ("kontakt", "dokument", "mail", "ref", "direkte", "udarbejdet af"):
        return text[match.end() - 1 : match.end() + 1].find(":") >= 0 or not rest.strip()
    return not rest.strip() or len(rest.split()) <= 6


def without_contact(text: str) -> str:
    """No mail address or telephone number is carried into a draft."""
    return PHONE.sub("[…]", MAIL.sub("[…]", text))
