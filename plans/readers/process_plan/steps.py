"""A step: one piece of plan with its date words, before the date and the kind are decided."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kommuneplan.timespan import danish
from kommuneplan.timespan.span import Precision, ReadingStatus

from .draft import Strength
from .vocabulary import PLACEHOLDER

PROVISIONAL_YEAR = 2024  # to see that words are a date; the year itself is settled later
LONG = 250
LOOSE_END = re.compile(
    r"(?i)(?<![\s,:;–—(\[-])[\s,:;–—(\[-]++"
    r"(?:den|d|i|på|fra|til|om|ultimo|kl|og|inden|senest)?\W{0,20}$"
)
BESIDE_A_DATE = re.compile(
    r"(?i)\bkl\.? ?\d\d?(?:[.:]\d\d)?(?:\s?[-–]\s?\d\d?(?:[.:]\d\d)?)?|\b(?:den|d|og|til|fra|med|"
    r"samt|i|ca|mødet?|møder|senest|inden|frist|deadline|dato|uge|ultimo|medio|primo|forventet|"
    r"mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|starten|slutningen|af|udsendt)\b"
)


_DAY_MONTH = r"(?:3[01]|[12]\d|0?[1-9])\.(?:1[0-2]|0?[1-9])"
TWO_DAYS = re.compile(rf"(?<![\d.]){_DAY_MONTH} ?\+ ?{_DAY_MONTH}(?![\d.]*\d)")
DAY_SLASH_MONTH = re.compile(
    r"(?<![\d./-])(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0?[1-9])(?![\d./-]*\d)"
)
MONTH_FOLLOWS = r"(?i:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)"
MOVED = re.compile(
    r"(?i)\b(?:rykket|rykkes|flyttet|flyttes|udsat|udsættes|udskudt|udskydes)\W{1,3}$"
)
TO_A_DAY = re.compile(r"til (?:og med )?(?:den |d\. ?)?(?=\d)")
SENTENCE_END = re.compile(
    rf"[.!?]\s+(?=[A-ZÆØÅ§]|\d{{1,2}}\.[-–\d. ]{{0,9}}{MONTH_FOLLOWS}|\d{{1,2}}/\d)|\n"
)

# "Maj Forvaltningen skriver …" from a table without lines; no name ("August Jensen").
OPENS_WITH_MONTH = re.compile(
    r"((?:maj|august|forår(?:et)?|sommer(?:en)?|efterår(?:et)?|vinter(?:en)?)"
    r"(?: (?:19|20)\d\d)?)(?= ?(?-i:[A-ZÆØÅ])[\wæøå]*(?<!sen)(?<!gaard)(?<!berg)(?<!lund):? \w)",
    re.IGNORECASE,
)


@dataclass
class DraftStep:
    """One piece of plan. ``who`` is the text of its column of bodies; ``None``: no such column.

    ``apart``: its date does not follow those above, so no year is carried on to it.
    ``strength``: what its date rests on.
    """

    when: str
    text: str
    rows: list[str]
    who: str | None = None
    note: str = ""
    phase: str = ""
    year: int | None = None
    details: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    same_date: bool = False
    prose: bool = False
    context: str = ""
    apart: bool = False
    strength: Strength = Strength.STATED


@dataclass
class SkippedRow:
    """A row that became no step."""

    row: str
    text: str
    reason: str


@dataclass(frozen=True)
class DateSpot:
    """Where a date stands in a text."""

    start: int
    end: int
    text: str
    precision: Precision | None
    placeholder: bool = False


def with_slashes(text: str) -> str:
    """ "8.5 + 12.6" are two days, written as no number is: "8/5 + 12/6"."""
    return TWO_DAYS.sub(lambda match: match[0].replace(".", "/"), text)


def spots(text: str) -> list[DateSpot]:
    """The dates in a text, placeholders among them, in order."""
    return list(_spots(text))


@lru_cache(maxsize=4_096)
def _spots(text: str) -> tuple[DateSpot, ...]:
    found: list[DateSpot] = []
    for item in danish.find(with_slashes(text[:5_000].replace("→", ":")), year=PROVISIONAL_YEAR):
        if item.reading.status in (ReadingStatus.NODATE, ReadingStatus.RECURRING):
            continue
        span = item.reading.span
        start = item.start + _moved_to(text, item.start)
        words = text[start : item.end]
        found.append(DateSpot(start, item.end, words, span.precision if span else None))
    found += _other_slashes(text, found)
    opening = OPENS_WITH_MONTH.match(text)
    if opening and not any(spot.start < opening.end() for spot in found):
        span = danish.read(opening[1], year=PROVISIONAL_YEAR).span
        if span:
            found.append(DateSpot(0, opening.end(), opening[1], span.precision))
    for match in PLACEHOLDER.finditer(text):
        if all(match.end() <= spot.start or match.start() >= spot.end for spot in found):
            found.append(DateSpot(match.start(), match.end(), match[0], None, True))
    return tuple(sorted(found, key=lambda spot: spot.start))


def _moved_to(text: str, start: int) -> int:
    """ "rykket til den 1. oktober" is that day and no deadline: so many letters are not its own."""
    to = TO_A_DAY.match(text, start)
    return len(to[0]) if to and MOVED.search(text[:start]) else 0


def _other_slashes(text: str, found: list[DateSpot]) -> list[DateSpot]:
    """Beside one day written "19/8 2025", "i udvalget 12/8" is a day too and no fraction."""
    if not any("/" in spot.text for spot in found):
        return []
    return [
        DateSpot(match.start(), match.end(), match[0], Precision.DAY)
        for match in DAY_SLASH_MONTH.finditer(text)
        if all(match.end() <= spot.start or match.start() >= spot.end for spot in found)
    ]


def is_date(text: str) -> bool:
    """Whether a cell or line is a date and nothing else of weight."""
    text = text.strip()
    if not text or len(text) > 120:
        return False
    if PLACEHOLDER.search(text):
        return len(PLACEHOLDER.sub("", text).split()) <= 5
    found = spots(text)
    rest = text
    for spot in reversed(found):
        rest = rest[: spot.start] + " " + rest[spot.end :]
    words = re.findall(r"[^\W\d_]+", BESIDE_A_DATE.sub(" ", rest))
    return bool(found) and len("".join(words)) <= 3


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence and the rest."""
    for match in SENTENCE_END.finditer(text):
        before = text[: match.start()]
        ended = not _ABBREVIATED.search(before) or _CLOCK.search(before)
        if match.group().startswith("\n") or ended:
            return before.strip(" .\n"), text[match.end() :].strip()
    return text.strip().rstrip("."), ""


_ABBREVIATED = re.compile(
    r"(?i)(?:\b(?:evt|kl|bl\.a|f\.eks|fx|ca|nr|pkt|stk|jf|pga|hhv|inkl|ekskl|dvs|d|mio|mia|kr|max|"
    r"min|ift|vedr|ad|jan|feb|mar|apr|aug|sept?|okt|nov|dec)|\b\d{1,2})$"
)


_CLOCK = re.compile(r"(?i)\bkl\.? ?\d{1,2}(?:[.:]\d\d)?(?:\s?[-–]\s?\d{1,2}(?:[.:]\d\d)?)?$")


def sentences(text: str) -> list[str]:
    """A paragraph in sentences."""
    result: list[str] = []
    rest = text
    while rest:
        sentence, rest = first_sentence(rest)
        if sentence:
            result.append(sentence)
    return result


def tidy(text: str) -> str:
    """A title or description without the hole a date left: no dangling sign or preposition."""
    text = re.sub(r"\(\s*+[,;:–-]*+\s*+\)|\[\s*+\]", " ", text)
    text = re.sub(r",\s*\(", " (", text)
    text = re.sub(r" ([,.;:)])", r"\1", " ".join(text.split()))
    text = re.sub(r"^[\s:;,.–—\-•|>)\]]+", "", text)
    text = LOOSE_END.sub("", text + " ")
    text = text.strip(" –—-:;,(")
    return text + ")" if text.count("(") > text.count(")") else text
