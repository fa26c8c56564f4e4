"""CPR numbers: six digits that are a day, and four more. No modulus test: it holds no longer.

A case or document number (2008-12345, 2014-0012345, 07.05.00-P16), an ISBN or an EAN is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .values import Certainty, DataKind, Why

Hit = tuple[DataKind, int, int, Certainty, Why]

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # of each month; every year may be leap
_SIX = r"(?P<d>\d\n?\d)\n?(?P<m>\d\n?\d)\n?\d\n?\d"
_FOUR = r"\d\n?\d\n?\d\n?\d"
# What is around: not a digit more on either side. With a dash in the middle it is a CPR number
# almost always; ten digits in a row are one in twenty-five by chance.
_WRITTEN = re.compile(rf"(?<!\d)(?<!\d\n){_SIX}[ \n]{{0,3}}-[ \n]{{0,3}}{_FOUR}(?!\n?\d)")
_PLAIN = re.compile(r"(?<!\d)(?P<d>\d\d)(?P<m>\d\d)\d\d(?P<between>[ \n]{0,2})\d{4}(?!\d)")
_BROKEN = re.compile(rf"(?<!\d)(?<!\d\n)(?=\d{{0,9}}\n){_SIX}\n?{_FOUR}(?!\n?\d)")
_DATED = re.compile(
    r"(?<![\d.])(?P<d>\d\d)(?P<by>[ ./-]) ?(?P<m>\d\d)(?P=by) ?(?:\d\d)?\d\d ?[-/] ?\d{4}"
    r"(?![\d.]\d|\d)"
)
_LONG_YEAR = re.compile(r"(?<!\d)(?P<d>\d\d)(?P<m>\d\d)(?:18|19|20)\d\d ?- ?\d{4}(?!\d)")
_OTHER_SIGN = re.compile(r"(?<!\d)(?P<d>\d\d)(?P<m>\d\d)\d\d ?[./_+~] ?\d{4}(?!\d)")
_LETTER_SPACED = re.compile(
    r"(?<!\d)(?<!\d )(?P<d>\d \d) (?P<m>\d \d) \d \d ?-? ?\d \d \d \d(?! ?\d)"
)
_GROUPED = re.compile(r"(?<!\d)(?<!\d )(?P<d>\d\d) (?P<m>\d\d) \d\d \d{4}(?! ?\d)")

_NAMED = re.compile(
    r"(?:\bcpr|\bpersonnummer|\bperson-?nr|\bcivilregister\w*)\W{0,3}(?:nr|nummer|no)?\W{0,6}$",
    re.IGNORECASE,
)
_BORN = re.compile(r"\bfødt\W{0,4}(?:den\W)?$", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(
    r"(?:\bisbn(?:-?1[03])?|\bean|\bgln|\bcvr|\bse-?n(?:r|ummer)|\bp-n(?:r|ummer)|\bproduktions\w+"
    r"|\bfaktura\w*|\bkonto\w*|\bkto|\biban|\bdok(?:ument)?\.?-? ?(?:nr|nummer|id|løbenr)"
    r"|\bbrev-?id|\bløbe-?n(?:r|ummer)|\btlf|\btelefon\w*|\bissn|\bdoi)"
    r"[\w .]{0,6}[.:# ]{0,3}$",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"(?:\bj\.? ?nr|\bjournal\w*|\bsags?-?\.? ?(?:nr|nummer|id)|\bkle\b|\bemne\w*)[\w .]{0,6}"
    r"[.:# ]{0,3}$",
    re.IGNORECASE,
)
_BEFORE = 40  # letters looked at before a number
_BOUND = re.compile(r"\d[-./]$|[A-Za-zÆØÅæøå]$")


def find_cpr(text: str) -> Iterator[Hit]:
    """Every place that may be a CPR number, several of the same place among them."""
    yield from _written(text)
    yield from _plain(text)
    for pattern in (_BROKEN, _LONG_YEAR, _OTHER_SIGN, _LETTER_SPACED, _GROUPED, _DATED):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            if _is_day(match) and not (_CASE.search(before) or _SOMETHING_ELSE.search(before)):
                why = _named(before) or (Certainty.POSSIBLE, Why.CPR_ODD)
                if not _is_moment(match, text):
                    yield DataKind.CPR, match.start(), match.end(), *why


def _written(text: str) -> Iterator[Hit]:
    """Six digits, a dash, four digits."""
    for match in _WRITTEN.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        after = text[match.end() : match.end() + 2]
        number = DataKind.CPR, match.start(), match.end()
        if _is_day(match):
            alone = not (re.search(r"\d[-./]$", before) or re.match(r"[-/]\d", after))
            said = _named(before) or (Certainty.SURE, Why.CPR_WRITTEN)
            yield *number, *(said if alone else (Certainty.POSSIBLE, Why.CPR_ODD))
        elif _is_day(match, less=60):
            yield *number, Certainty.POSSIBLE, Why.CPR_REPLACED


def _plain(text: str) -> Iterator[Hit]:
    """Ten digits in a row, or six and four with a space or the end of a line between."""
    for match in _PLAIN.finditer(text):
        if not _is_day(match):
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        named = _named(before)
        if not named and (
            re.search(r"\d[-./]$", before)
            or re.match(r"[-/.,]\d", text[match.end() : match.end() + 2])
            or _SOMETHING_ELSE.search(before)
        ):
            continue
        doubtful = "\n" in match["between"] or _BOUND.search(before) or _CASE.search(before)
        plain = (Certainty.POSSIBLE if doubtful else Certainty.LIKELY), Why.CPR_PLAIN
        yield DataKind.CPR, match.start(), match.end(), *(named or plain)


def _named(before: str) -> tuple[Certainty, Why] | None:
    """What the words before the number say that it is."""
    if _NAMED.search(before) or _BORN.search(before):
        return Certainty.SURE, Why.CPR_NAMED
    return None


def _is_day(match: re.Match[str], less: int = 0) -> bool:
    """Do the first four digits say a day of a month?"""
    day = int(re.sub(r"\D", "", match["d"])) - less
    month = int(re.sub(r"\D", "", match["m"]))
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def _is_moment(match: re.Match[str], text: str) -> bool:
    """A date with the time of day, or with another year after it, is no number."""
    if match.re is not _DATED:
        return False
    if re.search(r"\d-\d{4}$", match[0]):
        return text[match.end() : match.end() + 1] in ("-", "/")
    last = int(re.sub(r"\D", "", match[0])[-4:])
    return (last // 100 < 24 and last % 100 < 60) or 1900 <= last < 2100
