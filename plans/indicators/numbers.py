"""Numbers as people write them in Danish: "1.234,5", "12 %", "−3". Pure.

A number is taken exactly or not at all: what could mean two things ("1.5", "3½", "ca. 12") is
refused with what to write instead, and nothing is ever rounded on the way in.
"""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WHOLE = 11
"""Digits before the comma that the column holds."""
LONGEST = 60

_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<part>[0-9]+))?"
)
_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u202f"), " ")
_MINUS = dict.fromkeys(map(ord, "\u2212\u2013\u2010\u2011"), "-")


class NotANumber(ValueError):
    """What was typed is no number; the message says what to write."""


def read_number(text: str, *, unit: str = "", decimals: int = 0) -> Decimal:
    """The number that was written. Its unit may follow it. Raises NotANumber."""
    words = " ".join(text.translate(_SPACES).translate(_MINUS).split())
    if not words:
        raise NotANumber(_("Write a number, for example “1.234,5”."))
    if len(words) > LONGEST:
        raise NotANumber(_("That is too long for a number."))
    found = _NUMBER.fullmatch(_without_unit(words, unit).replace("- ", "-"))
    if found is None:
        raise NotANumber(_why_not(words, unit))
    whole = found["whole"].replace(".", "").lstrip("0") or "0"
    part = (found["part"] or "").rstrip("0")
    if len(whole) > WHOLE:
        raise NotANumber(_("The number is too large: it can have %(n)s digits.") % {"n": WHOLE})
    if len(part) > decimals:
        raise NotANumber(_too_many(decimals))
    number = Decimal(f"{found['sign']}{whole}.{part or '0'}")
    return abs(number) if number == 0 else number


def _without_unit(words: str, unit: str) -> str:
    unit = " ".join(unit.split())
    for ending in (unit, "pct.", "pct") if unit == "%" else (unit,):
        if ending and words.casefold().endswith(ending.casefold()):
            return words[: -len(ending)].rstrip()
    return words


def _too_many(decimals: int) -> str:
    if not decimals:
        return _("Write a whole number: the unit has no decimals.")
    return ngettext(
        "The unit has %(n)s decimal: write no more.",
        "The unit has %(n)s decimals: write no more.",
        decimals,
    ) % {"n": decimals}


def _why_not(words: str, unit: str) -> str:
    bare = words.removesuffix("%").rstrip()
    if re.fullmatch(r"[-+]?[0-9,]*\.[0-9]+", bare):
        return _("Write a comma before the decimals, and a dot only between thousands: “1.234,5”.")
    if re.search("[¼½¾⅓⅔⅛]|[0-9] ?/ ?[0-9]", words):
        return _("Write the fraction with a comma, for example “3,5”.")
    if words.endswith("%") and _NUMBER.fullmatch(bare):
        other = unit or _("none")
        return _("The unit is not per cent but “%(unit)s”: write the number alone.") % {
            "unit": other
        }
    if re.search("[0-9]", words):
        return _("Write the number alone, without words: “1.234,5”.")
    return _("“%(words)s” is no number. Write it like “1.234,5”.") % {"words": words[:40]}


def number_words(value: Decimal | None, *, decimals: int = 0, unit: str = "") -> str:
    """A number as it is shown: "1.234,5 %"; a dash where there is none."""
    if value is None:
        return "–"
    rounded = value.quantize(Decimal(1).scaleb(-decimals)) if value % 1 or decimals else value
    plain = f"{rounded:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    said = plain.replace("-", "\u2212")
    return f"{said}\u00a0{unit}" if unit else said


def written_number(value: Decimal, decimals: int = 0) -> str:
    """A number as it is typed: with a comma, no dots."""
    return f"{value:.{decimals}f}".replace(".", ",")
