"""Amounts in whole Danish kroner, as people write them: "4.000.000", "4 mio. kr."."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST = 10**12
_WRITTEN = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d+))?")
_WORDS = {"mio": 10**6, "mill": 10**6, "millioner": 10**6, "million": 10**6,
          "mia": 10**9, "milliarder": 10**9, "t": 10**3, "tusind": 10**3}  # fmt: skip


def read_kroner(written: str) -> int | None:
    """The whole kroner that are meant; None where it is no such amount."""
    words = " ".join(written.lower().replace("\xa0", " ").split())
    words = words.removesuffix(",-").removeprefix("dkk").strip()
    words = re.sub(r"\s*(?:kr\.?|kroner|dkk)$", "", words)
    found = _WRITTEN.match(words)
    if not found:
        return None
    unit = words[found.end() :].strip().rstrip(".")
    if unit and unit not in _WORDS:
        return None
    whole = re.sub(r"[. ]", "", found[1])
    amount = Decimal(f"{whole}.{found[2] or 0}") * _WORDS.get(unit, 1)
    return int(amount) if amount == int(amount) and amount <= MOST else None


def kroner(amount: int | None) -> str:
    """ "4.000.000 kr." """
    return "" if amount is None else f"{amount:,} kr.".replace(",", ".")


class KronerField(forms.CharField):
    """An amount in whole kroner."""

    default_error_messages = {
        "invalid": _("Write an amount in whole kroner, for example 4.000.000.")
    }

    def __init__(self, **more: Any) -> None:
        more.setdefault("max_length", 40)
        more.setdefault("widget", forms.TextInput({"inputmode": "numeric"}))
        super().__init__(**more)

    def prepare_value(self, value: Any) -> Any:
        """As it is written."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """The whole kroner, or None."""
        written = super().to_python(value)
        if not written:
            return None
        amount = read_kroner(written)
        if amount is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return amount
