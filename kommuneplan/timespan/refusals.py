"""What only looks like a date is refused; what words around a date say of it is heard."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice

from .atoms import Expression, Unit
from .lexicon import COUNT_WORDS, MONTHS, NAME_WORDS, TokenKind
from .repair import DEADLINE
from .tokens import Token

_LAWS = {
    "lov",
    "loven",
    "lovbekendtggrelse",
    "bekendtggrelse",
    "lbk",
    "bek",
    "cirkulare",
    "forordning",
    "direktiv",
    "vejledning",
    "lovbek",
    "nr",
}
_MOVED = {"udskudt", "flyttet", "rykket", "andret", "udsat", "fremrykket"}
_MOVED |= {"udskydes", "flyttes", "rykkes", "andres", "udsattes", "fremrykkes"}
_OWN_SIGNS = {
    TokenKind.BY,
    TokenKind.BEFORE,
    TokenKind.BY_END,
    TokenKind.FROM,
    TokenKind.EARLIEST,
    TokenKind.AFTER,
    TokenKind.APPROX,
    TokenKind.TO,
    TokenKind.BETWEEN,
    TokenKind.DURING,
}
_BREAKS_OFF = {"fra", "begynder", "starter", "sendes", "besluttes", "fastsattes", "drgftes", "men"}
_ITEMS = {
    "punkt",
    "pkt",
    "bilag",
    "side",
    "kapitel",
    "kap",
    "afsnit",
    "figur",
    "tabel",
    "fase",
    "spor",
    "nr",
}
_MONTH_NAMES = {words.split()[0] for words in MONTHS.values()}
_YEAR_SIGNS = {
    TokenKind.YEAR_WORD,
    TokenKind.DURING,
    TokenKind.BY,
    TokenKind.BEFORE,
    TokenKind.BY_END,
    TokenKind.EARLIEST,
    TokenKind.AFTER,
    TokenKind.APPROX,
}
_SLIGHT = {TokenKind.IN, TokenKind.FILLER}


def is_date(
    tokens: list[Token], plain: str, found: Expression, start: int, whole: bool, alone: bool
) -> bool:
    """Is the expression a date? ``alone``: it fills its cell (``covers``)."""
    first, last = tokens[start], tokens[found.stop - 1]
    before = tokens[found.start - 1] if found.start else None
    after = tokens[found.stop] if found.stop < len(tokens) else None
    if before is not None and before.cell:
        pass
    if _glued_before(tokens, start) or _glued_after(tokens, found.stop):
        return False
    if _is_law(tokens, start) or _is_split_day(tokens, start):
        return False
    if _is_blank_form(tokens, found, start, whole):
        return False
    _keep_new_date(tokens, found)
    _hear_from_afar(tokens, found)
    if _only_years(found):
        return _year_stands(tokens, found, before, after, alone, whole)
    if any(atom.weak for atom in found.atoms):
        listed = whole and _is_listed_with_year(plain, found)
        return alone or listed or _weak_stands(tokens, found, start, before, after, whole)
    named = before is not None and not first.cell and _is_named(before, tokens, found)
    if (
        named
        and first.kind is TokenKind.NUMBER
        and (found.atoms[0].unit is not Unit.DAY or _numbered(before))
    ):
        return False
    return not (
        named
        and last.kind is TokenKind.NUMBER
        and first.kind is TokenKind.NUMBER
        and found.atoms[0].month is None
    )


_SLASHED_YEAR = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}[ -]{1,3}(?:19|20)\d\d(?![\d/-])")


_BODY_AND_DAY = re.compile(r"[A-ZÆØÅ]\w{1,60}:? (?:d\. ?)?[123]?\d/1?[1-9](?![\d/-])")


def _is_listed_with_year(plain: str, found: Expression) -> bool:
    """ "økonomiudvalget 14/9 og byrådet 21/9 2026", "SUD 7/9, ØU 14/9": both are days."""
    if any(atom.unit is not Unit.DAY for atom in found.atoms):
        return False
    return _lists_days(plain)


@lru_cache(maxsize=16)
def _lists_days(plain: str) -> bool:
    return bool(_SLASHED_YEAR.search(plain)) or len(_BODY_AND_DAY.findall(plain)) > 1


def covers(tokens: list[Token], found: Expression) -> bool:
    """Is there nothing but the expression, dots and brackets?"""
    rest = chain(islice(tokens, found.start), islice(tokens, found.stop, None))
    return all(token.kind is TokenKind.SYMBOL or token.kind in _SLIGHT for token in rest)


def _glued_before(tokens: list[Token], start: int) -> bool:
    """Digits or letters that the expression would cut off from what they belong to."""
    if start == 0:
        return False
    token, before = tokens[start], tokens[start - 1]
    if token.space or token.cell:
        return before.text in ("§", "#")
    if before.kind is TokenKind.SYMBOL:
        if before.text in ("§", "#", "@", "_", "%", "="):
            return True
        earlier = tokens[start - 2] if start > 1 else None
        glued = earlier is not None and not before.space and before.text in "-/.,:"
        return (
            glued
            and earlier is not None
            and (
                earlier.kind is TokenKind.NUMBER
                or (
                    token.kind is TokenKind.NUMBER
                    and before.text in "-/,:"
                    and earlier.kind is TokenKind.WORD
                )
            )
        )
    if before.kind is TokenKind.NUMBER or token.kind is TokenKind.NUMBER:
        return True
    return not token.raw[:1].isupper()


def _glued_after(tokens: list[Token], stop: int) -> bool:
    if stop >= len(tokens):
        return False
    last, after = tokens[stop - 1], tokens[stop]
    if after.text == "'" and last.kind is TokenKind.NUMBER and not after.space:
        return True  # "i 2030'erne"
    if after.space:
        return after.text in ("%", "§")
    if after.kind is TokenKind.SYMBOL:
        if after.text in ("%", "@", "_", "§"):
            return True
        later = tokens[stop + 1] if stop + 1 < len(tokens) else None
        return (
            later is not None
            and not later.space
            and after.text in "-/.,:"
            and later.kind is TokenKind.NUMBER
            and last.kind is TokenKind.NUMBER
        )
    if after.kind is TokenKind.NUMBER:
        return last.kind is not TokenKind.CLOCK
    glued_cell = len(after.raw) > 1 and after.raw[0].isupper() and not after.raw.isupper()
    return not glued_cell


def _is_split_day(tokens: list[Token], start: int) -> bool:
    """ "2 4. juni": a scanner may have split 24; the 4th would be invented."""
    before, first = tokens[start - 1], tokens[start]
    return (
        start > 0
        and before.kind is TokenKind.NUMBER is first.kind
        and len(before.text) == len(first.text) == 1
        and not first.line
        and not first.cell
    )


def _is_blank_form(tokens: list[Token], found: Expression, start: int, whole: bool) -> bool:
    """ "xx. marts 2026", "__/__ 2026", "?. maj": a form not filled in, so no date yet."""
    if found.atoms[0].unit not in (Unit.MONTH, Unit.YEAR) or start == 0 or tokens[start].cell:
        return False
    before = start - 1
    while before > 0 and tokens[before].text in (".", "/", "-") and not tokens[before].space:
        before -= 1
    token = tokens[before]
    if token.text == "." and before > 0:
        return tokens[before - 1].text in ("d", "den")  # "den    . marts 2026"
    blank = bool(token.text) and set(token.text) <= {"x"} and len(token.text) < 5
    return blank or token.text in ("_", "dd") or (whole and token.text == "?" and before < 2)


def _keep_new_date(tokens: list[Token], found: Expression) -> None:
    """ "udskudt fra 5. maj til 8. juni": no range; the second date is the one that holds."""
    words = {token.text for token in tokens[max(0, found.start - 2) : found.start]}
    if not words & _MOVED:
        return
    if TokenKind.FROM in found.lead and len(found.atoms) == 2:
        found.moved_from = found.atoms[0]
        found.atoms, found.links, found.lead = found.atoms[1:], [], []
    elif len(found.atoms) == 1:  # "udskudt til 8. juni" is no limit
        found.lead = [kind for kind in found.lead if kind is not TokenKind.TO]


def _hear_from_afar(tokens: list[Token], found: Expression) -> None:
    """ "deadline for høringssvar 1. oktober", "forventes vedtaget i juni": words between."""
    if set(found.lead) & _OWN_SIGNS or found.links or found.onwards:
        return
    for back in range(1, 7):
        place = found.start - back
        if place < 0:
            return
        token, after = tokens[place], tokens[place + 1]
        if after.cell or after.line:
            return
        if token.value == DEADLINE and not _is_after(tokens, place):
            found.lead.append(TokenKind.BY)
        elif token.kind is TokenKind.APPROX and back < 4 and token.text.startswith("forvent"):
            found.lead.append(TokenKind.APPROX)
        elif (
            token.kind in (TokenKind.WORD, TokenKind.FILLER, TokenKind.IN)
            and token.text not in _BREAKS_OFF
        ):
            continue
        return


def _is_after(tokens: list[Token], place: int) -> bool:
    return place > 0 and tokens[place - 1].kind in (TokenKind.AFTER, TokenKind.BEFORE)


def _is_law(tokens: list[Token], start: int) -> bool:
    """ "lov nr. 1053 af 8. september 2015": the date is the law's name."""
    before = start - 1
    while before >= 0 and tokens[before].kind is TokenKind.FILLER:
        before -= 1
    if before < 0 or tokens[before].text != "af":
        return False
    return any(token.text in _LAWS for token in tokens[max(0, before - 6) : before])


def _is_named(before: Token, tokens: list[Token], found: Expression) -> bool:
    """ "Budget 2026" is a name; "budgettet i august" is not: a preposition stands between.

    "Af" is none of those: "bilag 2 af 5. maj" is still the annex.
    """
    steered = tokens[found.start].kind is TokenKind.IN and tokens[found.start].text != "af"
    return not steered and _names(before, tokens, found.start)


def _names(before: Token, tokens: list[Token], start: int) -> bool:
    """Does the word before make a name of the number after it?"""
    place = start - 1
    while place > 0 and tokens[place].text in (".", ":"):
        place -= 1
    before = tokens[place]
    return before.text in NAME_WORDS or before.text == "§"


def _numbered(before: Token | None) -> bool:
    """ "Punkt 4. Maj måned": a number that counts items, not a day."""
    return before is not None and before.text in _ITEMS


def _only_years(found: Expression) -> bool:
    return all(
        atom.unit is Unit.YEAR and atom.part is None and atom.half is None for atom in found.atoms
    )


def _year_stands(
    tokens: list[Token],
    found: Expression,
    before: Token | None,
    after: Token | None,
    alone: bool,
    whole: bool,
) -> bool:
    """A bare year is a date only after a word of time, or alone in its cell."""
    if alone:
        return True
    first = tokens[found.start]
    if after is not None and not after.cell and after.text in COUNT_WORDS:
        return False
    if set(found.lead) & _YEAR_SIGNS:
        return not (found.lead[0] is TokenKind.FROM and _follows_word(before, first))
    opens = before is None or first.cell or first.line
    if TokenKind.FROM in found.lead:
        return (opens and not whole) or (opens and whole)
    if any(atom.unit is Unit.YEAR and atom.weak for atom in found.atoms):
        return False
    glued = after is not None and not after.space and after.kind is not TokenKind.SYMBOL
    ends = after is None or after.cell or after.line or after.text == ":"
    return opens and not found.lead and (glued or ends)


def _follows_word(before: Token | None, first: Token) -> bool:
    return (
        before is not None and before.kind is TokenKind.WORD and not first.cell and not first.line
    )


def _is_plain_month(tokens: list[Token], found: Expression) -> bool:
    """ "Høringen starter august": the whole name in small letters is no person or place."""
    stop = found.stop - (tokens[found.stop - 1].kind is TokenKind.MONTH_WORD)
    token = tokens[stop - 1]
    after = tokens[found.stop] if found.stop < len(tokens) else None
    compound = after is not None and after.text in "-'" and not after.space
    return (
        found.start == stop - 1
        and token.kind is TokenKind.MONTH
        and not token.guessed
        and token.raw in _MONTH_NAMES
        and not compound
    )


def _weak_stands(
    tokens: list[Token],
    found: Expression,
    start: int,
    before: Token | None,
    after: Token | None,
    whole: bool,
) -> bool:
    """Bare digits ("4/3") and guessed words need a sign that they are a date."""
    first = tokens[found.start]
    if (
        after is not None
        and not after.cell
        and (after.text in COUNT_WORDS or after.text in ("af", "time", "times"))
    ):
        return False
    if before is not None and not first.cell and not first.line:
        capitals = before.kind is not TokenKind.SYMBOL and before.raw.isupper()
        if capitals or _is_named(before, tokens, found):
            return False
    if any(atom.written_year and atom.year is not None for atom in found.atoms):
        return True
    marked = [kind for kind in found.lead if kind not in (TokenKind.IN, TokenKind.YEAR_WORD)]
    plain = found.atoms[0].unit in (Unit.DAY, Unit.MONTH)
    if (found.atoms[0].number, found.atoms[0].month) == (24, 7) and not marked:
        return False  # "døgnet rundt 24/7"
    if found.atoms[0].unit is Unit.WEEK and not found.atoms[0].weak:
        return True
    if found.atoms[0].unit is Unit.WEEK or found.atoms[0].year is not None:
        return bool(marked)  # "u34", "05/2026": alone, or with a word of time
    if marked or found.atoms[0].weekday is not None or (len(found.atoms) > 1 and plain):
        return True
    if found.atoms[0].unit is Unit.SEASON and before is not None and before.text == "om":
        return False  # "om sommeren og til jul": every year
    if found.atoms[0].unit in (Unit.MONTH, Unit.SEASON, Unit.BREAK) and found.lead:
        return True
    if _is_plain_month(tokens, found):
        return True
    if found.atoms[0].part is not None:
        return True
    opens = before is None or first.cell or first.line or before.text in ("(", "-", "•", ":")
    if (
        found.atoms[0].unit is Unit.MONTH
        and opens
        and not any(a.weak and tokens[start].guessed for a in found.atoms)
    ):
        return True
    ends = after is None or after.cell or after.line or after.text in (")", ":")
    return (opens or ends) if whole else (opens and (ends or found.atoms[0].unit is Unit.DAY))
