"""Text cut into tokens with their place in the original text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .lexicon import LEXICON, PHRASES, Entry, TokenKind, fold
from .repair import clean, digits, look_up


@dataclass(slots=True)
class Token:
    """A number, a word (or a phrase that counts as one) or a sign.

    ``text`` is folded; ``raw`` as written. ``space``, ``line`` and ``cell`` say what stands
    before it: any white space, a line break, a cell border (tab, bar or empty line).
    """

    kind: TokenKind
    value: Any
    text: str
    raw: str
    start: int
    end: int
    space: bool = False
    line: bool = False
    cell: bool = False
    guessed: bool = False


_PIECE = re.compile(
    r"(?P<space>[\s|]+)|(?P<num>\d+)"
    r"|(?P<clock>[Kk][Ll][.:]?\s*\d{1,2}(?:[.:]\d{2})?(?:\s*(?:-|til|og)\s*(?:kl\.?\s*)?\d{1,2}"
    r"(?:[.:]\d{2})?(?!\.\s*[a-zæøå]|\s*/))?(?![\d/])"
    r"|(?<=-\d\d)T\d\d:\d\d(?::\d\d)?Z?)"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>.)",
    re.DOTALL,
)
_GLUED = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ][a-zæøå])")


def cut(text: str) -> tuple[str, list[Token]]:
    """The cleaned text and its tokens; token offsets are into the text given."""
    plain, offsets = clean(text)
    plain = digits(plain)
    tokens = _merge(_join(_raw_tokens(plain)))
    if offsets is not None:
        known = set(offsets)
        for token in tokens:
            token.start, token.end = offsets[token.start], offsets[token.end - 1] + 1
            while token.end < len(text) and token.end not in known:
                token.end += 1
    return plain, tokens


def _raw_tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    space = line = cell = False
    for match in _PIECE.finditer(text):
        group, piece = match.lastgroup, match.group()
        if group == "space":
            space, line = True, "\n" in piece or "\r" in piece
            cell = "\t" in piece or "|" in piece or piece.count("\n") > 1
            continue
        start = match.start()
        if group == "num":
            found = [Token(TokenKind.NUMBER, _value(piece), piece, piece, start, match.end())]
        elif group == "word":
            found = _words(piece, start)
        elif group == "clock":
            found = [Token(TokenKind.CLOCK, None, "kl", piece, start, match.end())]
        else:
            found = [Token(TokenKind.SYMBOL, piece, piece, piece, start, match.end())]
        found[0].space, found[0].line, found[0].cell = space, line, cell
        tokens += found
        space = line = cell = False
    return tokens


def _value(digits: str) -> int:
    """A number as it is written; one that is longer than any date can be is only large."""
    return int(digits) if len(digits) < 10 else 10**9


def _words(piece: str, start: int) -> list[Token]:
    """One word, or two that a pasted table ran together ("martsBehandling")."""
    tokens = []
    whole = piece.islower() or look_up(piece)[0] is not None
    for part in (piece,) if whole else _GLUED.split(piece):
        entry, guessed = look_up(part)
        kind, value = entry if entry is not None else (TokenKind.WORD, None)
        end = start + len(part)
        tokens.append(Token(kind, value, fold(part), part, start, end, guessed=guessed))
        start = end
    return tokens


def _by_neighbours(tokens: list[Token]) -> None:
    """ "jul. 2026" and "jun-jul" are July, "inden jul" is Christmas; "man-ons" is Monday."""
    for index, token in enumerate(tokens):
        if token.text == "man" and _is_monday(tokens[index + 1 : index + 3]):
            token.kind, token.value = TokenKind.WEEKDAY, 0
        if token.text != "jul":
            continue
        before = tokens[index - 1] if index else None
        beside = tokens[index - 2 : index - 1] if before and before.text in "-/" else []
        after = tokens[index + 1 : index + 3]
        follows = after[0].text if after else ""
        if follows == "." and not after[0].space and len(after) > 1:
            month = after[1].kind in (TokenKind.NUMBER, TokenKind.MONTH) or after[1].text in "-/"
            month = month and (before is None or before.kind not in _STEERING)
        else:
            beside += after[1:] if follows and follows in "-/" else []
            month = any(token.kind is TokenKind.MONTH for token in beside)
        if month or _is_dated_july(tokens, index):
            token.kind, token.value = TokenKind.MONTH, 7


def _is_dated_july(tokens: list[Token], index: int) -> bool:
    """ "fre, jul 18", "jul 18, fre": a weekday and a day beside it."""
    around = tokens[max(0, index - 2) : index] + tokens[index + 2 : index + 4]
    numbered = len(tokens) > index + 1 and tokens[index + 1].kind is TokenKind.NUMBER
    return numbered and any(token.kind is TokenKind.WEEKDAY for token in around)


def _is_monday(after: list[Token]) -> bool:
    return (
        len(after) == 2
        and not after[0].space
        and (
            (after[0].text in "-/" and after[1].kind is TokenKind.WEEKDAY)
            or (after[0].text == "." and after[1].kind in (TokenKind.NUMBER, TokenKind.FILLER))
        )
    )


_STEERING = (TokenKind.BEFORE, TokenKind.AFTER, TokenKind.TO, TokenKind.BY)
_JOINABLE = {TokenKind.MONTH, TokenKind.PART, TokenKind.QUARTER}


def _join(tokens: list[Token]) -> list[Token]:
    """Words that a scanner split: "sept ember", "kvar tal"."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if (
            before is not None
            and token.kind is TokenKind.WORD
            and token.space
            and not token.cell
            and before.kind in (TokenKind.WORD, TokenKind.MONTH)
        ):
            text = before.text + token.text
            entry = LEXICON.get(text)
            if entry is not None and entry.kind in _JOINABLE and len(text) > 4:
                before.kind, before.value, before.text = entry.kind, entry.value, text
                before.end = token.end
                continue
        joined.append(token)
    return joined


def _merge(tokens: list[Token]) -> list[Token]:
    """Phrases become one token."""
    merged: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        for words, entry in PHRASES.get(token.text, ()):
            stop = index + len(words)
            run = tokens[index:stop]
            if len(run) == len(words) and _is_run(run, words):
                merged.append(_phrase(run, entry))
                index = stop
                break
        else:
            merged.append(token)
            index += 1
    _by_neighbours(merged)
    return merged


def _is_run(run: list[Token], words: tuple[str, ...]) -> bool:
    return all(token.text == word for token, word in zip(run, words, strict=True)) and not any(
        token.cell for token in run[1:]
    )


def _phrase(run: list[Token], entry: Entry) -> Token:
    first = run[0]
    text = " ".join(token.text for token in run)
    return Token(
        entry.kind,
        entry.value,
        text,
        text,
        first.start,
        run[-1].end,
        first.space,
        first.line,
        first.cell,
    )
