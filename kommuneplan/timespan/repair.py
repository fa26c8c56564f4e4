"""Repair of scanned and mistyped text before it is read: characters, digits, month names.

Nothing is repaired that could be an ordinary Danish word: see ``_NOT_MONTHS``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .lexicon import LEXICON, MONTHS, Entry, TokenKind, fold, split_words

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣→-"), "-")
_SPACES = dict.fromkeys(
    map(
        ord,
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
        "\u2009\u200a\u202f\u205f\u3000",
    ),
    " ",
)
_QUOTES = dict.fromkeys(map(ord, "’‘´`ʼ"), "'")
_TRANSLATE = {**_DASHES, **_SPACES, **_QUOTES, ord("⁄"): "/", ord("∕"): "/"}
_VANISHING = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")
MOST_MARKS = 30  # on one letter: putting marks in order takes the square of their number
_HYPHEN_BREAK = re.compile(r"(?<=[a-zæøå])-[ \t]*\r?\n[ \t]*(?=[a-zæøå])")


def clean(text: str) -> tuple[str, list[int] | None]:
    """Plain dashes, spaces and quotes; invisible characters and broken words mended.

    Returns the clean text and, where its length changed, the offset in ``text`` of each of
    its characters (and of its end); ``None`` when offsets are the same.
    """
    if text.isascii() and "-\n" not in text and "-\r" not in text:
        return text, None
    dropped = _dropped(text)
    if not dropped and unicodedata.is_normalized("NFC", text):
        return text.translate(_TRANSLATE), None
    pieces: list[str] = []
    offsets: list[int] = []
    index = 0
    while index < len(text):
        if index in dropped:
            index += 1
            continue
        stop = index + 1
        most = min(len(text), index + MOST_MARKS)
        while stop < most and unicodedata.combining(text[stop]):
            stop += 1
        composed = unicodedata.normalize("NFC", text[index:stop]).translate(_TRANSLATE)
        pieces.append(composed)
        offsets.extend([index] * len(composed))
        index = stop
    return "".join(pieces), [*offsets, len(text)]


def _dropped(text: str) -> set[int]:
    """Offsets of what is not there for a reader."""
    dropped = {index for index, char in enumerate(text) if char in _VANISHING}
    for match in _HYPHEN_BREAK.finditer(text):
        dropped.update(range(match.start(), match.end()))
    return dropped


# Letters that a scanner puts for digits: only beside digits, or alone before "." and a month.
_DIGIT_RUN = re.compile(r"(?<![^\W_])(?=[lIO|]{0,3}\d)[0-9lIOo|]{2,4}(?![^\W_])")
_LONE_ONE = re.compile(
    r"(?<![^\W_])(?:[lI|][lI|O]?(?=\.\s*(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec))"
    r"|[lI|](?=\.\s*(?:kvart|halv|kvt))"
    r"|[lI|][lI|O](?=/\d{1,2}[ /-]))",
    re.IGNORECASE,
)
_DIGIT_IN_WORD = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]*[0145|&@][^\W\d_]+[01]?|[^\W\d_]{3,}1)(?![^\W_])"
)
_TO_DIGIT = str.maketrans("lIOo|", "11001")


def _as_digits(match: re.Match[str]) -> str:
    return match.group().translate(_TO_DIGIT)


def _as_letters(match: re.Match[str]) -> str:
    """ "ju1i", "0ktober", "for4ret": letters again, when that gives a word about dates."""
    word = match.group()
    for letters in _READ_AS_DIGITS:
        candidate = word.translate(letters)
        entry = _entry(fold(candidate))
        if entry is not None and entry.kind is not TokenKind.FILLER and len(candidate) > 3:
            return candidate
    return word


_READ_AS_DIGITS = [
    str.maketrans("01|45&@", f"{zero}{one}{one}ås{amp}a")
    for zero in "oø"
    for one in "li"
    for amp in "åæ"
]
_DEADLINES = ("frist", "fristen", "deadline", "deadlinen")


def _entry(key: str) -> Entry | None:
    """The lexicon's entry; any compound of frist and deadline is one ("tilmeldingsfrist")."""
    entry = LEXICON.get(key)
    if entry is None and key.endswith(_DEADLINES):
        return Entry(TokenKind.BY, DEADLINE)
    if entry is None and key.endswith("perioden"):
        return Entry(TokenKind.DURING)  # "planperioden 2009-2012"
    return entry


DEADLINE = "deadline"
"""The value of a word that names a limit: what it is a deadline for may follow it."""


def digits(text: str) -> str:
    """The text with scanned letters as digits, and digits as letters, put right; same length."""
    if _SUSPECT.search(text) is None:
        return text
    text = _DIGIT_RUN.sub(_as_digits, text)
    text = _LONE_ONE.sub(_as_digits, text)
    return _DIGIT_IN_WORD.sub(_as_letters, text)


_SUSPECT = re.compile(
    r"[0-9|][lIOo|]|[lIOo|][0-9]|[^\W\d_][0145|&@]|[0145|][^\W\d_]|(?<!\w)[lI|][lI|O]?[./]"
)

# Typing errors in the names of months and in primo/medio/ultimo.
_NOT_MONTHS = frozenset(
    [
        "mars",
        "marks",
        "parts",
        "arts",
        "harts",
        "mart",
        "smarts",
        "start",
        "starts",
        "augusta",
        "aprilis",
        "marked",
        "majs",
        "jani",
        "jan",
        "junior",
        "julie",
        "marte",
        "marta",
        "seneste",
        "renest",
        "penest",
        "summeren",
        "fredad",
        "fredat",
        "halvard",
        "halvart",
        "forventer",
        "forventes",
    ]
)
_TARGETS = {
    fold(words.split()[0]): Entry(TokenKind.MONTH, number) for number, words in MONTHS.items()
}
_TARGETS |= {
    fold(word): LEXICON[fold(word)]
    for word in split_words(
        "mandag tirsdag onsdag torsdag fredag lørdag søndag sommeren foråret efterår efteråret "
        "sommerferien efterårsferien vinterferien årsskiftet halvår senest tidligst forventet"
    )
}
_TARGETS |= {
    "hgringsfrist": Entry(TokenKind.BY, DEADLINE),
    "svarfrist": Entry(TokenKind.BY, DEADLINE),
    "primo": Entry(TokenKind.PART, 0),
    "medio": Entry(TokenKind.PART, 1),
    "ultimo": Entry(TokenKind.PART, 2),
    "kvartal": Entry(TokenKind.QUARTER),
}


def _edits(word: str) -> set[str]:
    """All words at one edit (a letter missing, extra, wrong, or two swapped) from ``word``."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    splits = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    missing = {a + b[1:] for a, b in splits if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    wrong = {a + c + b[1:] for a, b in splits if b for c in letters}
    extra = {a + c + b for a, b in splits for c in letters}
    return missing | swapped | wrong | extra


def _typos() -> dict[str, Entry]:
    """Misspelt names that stand for one name only. Names under five letters are left alone."""
    table: dict[str, Entry] = {}
    clashes = set(_NOT_MONTHS)
    for name, entry in _TARGETS.items():
        if len(name) < 5:
            continue
        for typo in _edits(name):
            if typo in table and table[typo] != entry:
                clashes.add(typo)
            table[typo] = entry
    for name, entry in _TARGETS.items():  # capital I read for l, rn for m
        table.setdefault(name.replace("m", "rn"), entry)
        table.setdefault(name.replace("m", "rn", 1), entry)
        table.setdefault(name.replace("l", "i"), entry)
    return {
        word: entry
        for word, entry in table.items()
        if word not in clashes and word not in LEXICON and len(word) > 3
    }


TYPOS = _typos()


@lru_cache(maxsize=8192)
def look_up(word: str) -> tuple[Entry | None, bool]:
    """The lexicon's entry for a word as written, and whether it had to be guessed."""
    key = fold(word)
    entry = _entry(key)
    if entry is not None:
        return entry, False
    if key.startswith("l") and len(key) > 4 and (entry := LEXICON.get("i" + key[1:])):
        return entry, False  # "lnden": capital I
    if "I" in word[1:] and not word.isupper():
        entry = LEXICON.get(fold(word[0] + word[1:].replace("I", "l")))
        if entry is not None:
            return entry, False
    if len(key) >= 4:
        entry = TYPOS.get(key)
    return entry, entry is not None
