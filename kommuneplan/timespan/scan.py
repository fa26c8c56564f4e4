"""Finding expressions among tokens."""

from __future__ import annotations

from typing import NamedTuple

from .atoms import Expression, Unit
from .grammar import STARTERS, Parser
from .lexicon import TokenKind
from .near_grammar import NEAR_STARTERS
from .refusals import covers, is_date
from .tokens import Token

_AGAIN = {"hver", "hvert", "arligt"}


class Hit(NamedTuple):
    """An expression and the tokens it covers, small words before it left out."""

    expression: Expression
    start: int
    stop: int


def scan(
    tokens: list[Token],
    plain: str,
    whole: bool,
    anchored: bool = False,
    beside_month: bool = False,
) -> list[Hit]:
    """Expressions in order, without overlaps; ``anchored`` as in ``near_grammar``."""
    parser = Parser(tokens, whole, anchored, beside_month)
    hits: list[Hit] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        starts = token.kind in STARTERS or (token.kind is TokenKind.WORD and token.raw.isupper())
        if not starts and not (anchored and token.text in NEAR_STARTERS):
            index += 1
            continue
        found = parser.expression(index)
        if found is None:
            index = max(index + 1, parser.nothing_before)
            continue
        start = _visible_start(tokens, found)
        alone = whole and len(hits) == 0 and covers(tokens, found)
        if is_date(tokens, plain, found, start, whole, alone) and (
            whole or not _comes_again(tokens, found)
        ):
            if hits and _is_old_date(tokens, start):
                hits[-1].expression.moved_from = found.atoms[0]
                index = found.stop
                continue
            if hits and not whole and _described(hits[-1], found):
                hits.pop()
            hits.append(Hit(found, start, _visible_stop(tokens, found)))
        index = found.stop
    return hits


_FORMERLY = {"tidligere", "var", "oprindeligt", "oprindelig", "fgrhen"}


def _is_old_date(tokens: list[Token], start: int) -> bool:
    """ "1. april 2026 (tidligere 1. marts)": the date that no longer holds."""
    words = [token.text for token in tokens[max(0, start - 4) : start]]
    return "(" in words and bool(_FORMERLY & set(words[words.index("(") :]))


def _comes_again(tokens: list[Token], found: Expression) -> bool:
    """ "hvert år den 1. oktober", "primo august hvert år" in running text: a rule."""
    before = [token.text for token in tokens[max(0, found.start - 2) : found.start]]
    after = [token.text for token in tokens[found.stop : found.stop + 2]]
    if "." in before:
        before = before[before.index(".") + 1 :]
    return bool(_AGAIN & set(before)) or after[:1] == ["hvert"]


def _visible_start(tokens: list[Token], found: Expression) -> int:
    """Past "i", "på" and the like, which are not part of the date."""
    start = found.start
    while tokens[start].kind is TokenKind.IN and start < found.stop - 1:
        start += 1
        while tokens[start].kind is TokenKind.SYMBOL and start < found.stop - 1:
            start += 1
    return start


def _visible_stop(tokens: list[Token], found: Expression) -> int:
    """Before the full stop of the sentence."""
    last, before = tokens[found.stop - 1], tokens[found.stop - 2]
    closes = (
        last.text == "."
        and before.kind is TokenKind.MONTH
        and (len(before.text) > 4 or before.text in ("maj", "juni", "juli"))
    )
    return found.stop - 1 if closes and found.stop - 1 > found.start else found.stop


def _described(hit: Hit, found: Expression) -> bool:
    """ "inden sommerferien den 24. juni 2015": the day wins, the break describes it."""
    return (
        hit.expression.stop == found.start
        and all(atom.unit is Unit.BREAK for atom in hit.expression.atoms)
        and found.atoms[0].unit is Unit.DAY
    )
