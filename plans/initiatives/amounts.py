"""Whole Danish kroner in words. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _


def amount_words(amount: int | None) -> str:
    """ "4.000.000 kr."; where nobody has said, that it is not known."""
    if amount is None:
        return _("amount not stated")
    return f"{amount:,} kr.".replace(",", ".")
