"""E-mail addresses and telephone numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from .cpr import Hit
from .values import Certainty, DataKind, Why

_LOCAL = re.compile(r"[\w.+%'-]{1,64}$")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_HIDDEN = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} ?(?:\(at\)|\[at\]|\{at\}|\bsnabel-?a\b|\(a\)|\(snabel-?a\)) ?"
    r"[\w-]{1,63} ?(?:\.|\(dot\)|\[dot\]|\bdot\b|\bpunktum\b) ?[A-Za-z]{2,24}\b",
    re.IGNORECASE,
)


def find_mail(text: str) -> Iterator[Hit]:
    """E-mail addresses, also those written to be hidden from programs."""
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text, max(0, at - 64), at)
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            start = at - len(local[0].lstrip(".'"))
            end = domain.end()
            if start < at:
                yield DataKind.EMAIL, start, end, Certainty.SURE, Why.EMAIL
        at = text.find("@", at + 1)
    for match in _HIDDEN.finditer(text):
        yield DataKind.EMAIL, match.start(), match.end(), Certainty.LIKELY, Why.EMAIL_HIDDEN


_CALLED = re.compile(
    r"(?:\btlf|\btel|\btelefon\w*|\btelf|\bmobil\w*|\bmob|\bphone|\bsms|\bring\w*|\bdirekte|\bfax"
    r"|\bviber|\bwhatsapp|\bmobilepay|\bt|\bm|☎|📞)\W{0,3}(?:nr|nummer|til|på)?\W{0,4}$",
    re.IGNORECASE,
)
_NOT_A_PHONE = re.compile(
    r"(?:\bcvr|\bse-?n(?:r|ummer)|\bsags?\w*|\bdok\w*|\bj\.? ?nr|\bjournal\w*|\bbrev\w*|\bisbn"
    r"|\bean|\bfaktura\w*|\bkonto\w*|\bkto|\bordre\w*|\bløbe\w*|\bmatr\w*|\bid|\bnr|\bnummer"
    r"|\bkr|\bkl|\bissn|\bbilag\w*)[\w.-]{0,8}\W{0,4}$",
    re.IGNORECASE,
)
_COUNTRY = re.compile(
    r"(?<![\d+])\(?(?:\+|00)45\)?[ .-]{0,2}(?:\(0\) ?)?\d(?:[ .-]?\d){7}(?![ .-]?\d)"
    r"|(?<![\d+])\+(?!45)[1-9]\d{0,2}(?:[ ()-]{0,2}\d){6,13}(?!\d)"
)
_GROUPED = re.compile(r"(?<![\d.,/-])(?<!\d )\d\d(?P<by>[ .-])\d\d(?P=by)\d\d(?P=by)\d\d(?!\d)")
_FOURS = re.compile(r"(?<![\d.,/-])(?<!\d )(?P<a>\d{4})[ -](?P<b>\d{4})(?!\d)")
_MIXED = re.compile(r"(?<![\d.,/-])(?<!\d )(?:\d{3} \d{2} \d{3}|\d{2} \d{3} \d{3}|\d{3} \d{3} \d{2}"
                    r"|\d{4} \d{2} \d{2}|\d{2} \d{2} \d{4})(?!\d)")  # fmt: skip
_EIGHT = re.compile(r"(?<![\d./,-])\d{8}(?!\d)")
_MORE = re.compile(r"[-./]\d| \d\d\b|[.,]\d| ?(?:kr|mio|mia|t\.?kr|%|m2|borgere|indbyggere)\b")
_BEFORE = 24  # letters looked at before a number


def find_phone(text: str) -> Iterator[Hit]:
    """Telephone numbers: with a country code, called one, or written like one."""
    for match in _COUNTRY.finditer(text):
        yield DataKind.PHONE, match.start(), match.end(), Certainty.SURE, Why.PHONE_COUNTRY
    for pattern in (_GROUPED, _FOURS, _MIXED, _EIGHT):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            number = DataKind.PHONE, match.start(), match.end()
            if _CALLED.search(before):
                yield *number, Certainty.SURE, Why.PHONE_NAMED
            elif _looks_like_one(match, before, text[match.end() : match.end() + 12]):
                grouped = pattern is not _EIGHT
                yield (
                    *number,
                    Certainty.LIKELY if grouped else Certainty.POSSIBLE,
                    Why.PHONE_GROUPED if grouped else Why.PHONE_PLAIN,
                )


def _looks_like_one(match: re.Match[str], before: str, after: str) -> bool:
    """Is it no amount, year, day or case number? Danish numbers begin with 2–9."""
    digits = re.sub(r"\D", "", match[0])
    if digits[0] in "01" or match.re is _MIXED:
        return False
    if _NOT_A_PHONE.search(before) or _MORE.match(after):
        return False
    if match.re is _FOURS:
        years = all(1800 <= int(match[group]) < 2100 for group in "ab")
        return "-" not in match[0] and not years
    if match.re is _GROUPED:
        return match["by"] == " " or not _is_date(digits[:6])
    return not (_is_date(digits) or len(set(digits)) == 1)


def _is_date(digits: str) -> bool:
    """ddmmyyyy, yyyymmdd or ddmmyy."""
    formats = ("%d%m%Y", "%Y%m%d") if len(digits) == 8 else ("%d%m%y",)
    for form in formats:
        try:
            day = dt.datetime.strptime(digits, form).replace(tzinfo=dt.UTC)
        except ValueError:
            continue
        if 1850 <= day.year < 2150:
            return True
    return False
