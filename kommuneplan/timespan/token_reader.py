"""Looking at tokens, and the years that stand after dates."""

from __future__ import annotations

from functools import cached_property

from .atoms import Atom, Unit
from .lexicon import COUNT_WORDS, PARTS_OF_DAY, TokenKind
from .tokens import Token

Parsed = tuple[Atom, int] | None
_CITIES = {"kgbenhavn", "frederiksberg", "kbh"}
GOES_ON = (TokenKind.NUMBER, TokenKind.MONTH, TokenKind.QUARTER, TokenKind.HALF_YEAR)


class TokenReader:
    """A list of tokens. ``whole`` says that they are one cell of a date column."""

    anchored = False  # is the day of the document known, so that "næste uge" can be counted?

    def __init__(self, tokens: list[Token], whole: bool) -> None:
        self.tokens = tokens
        self.whole = whole
        self.inner_lead: list[TokenKind] = []  # "ca." and "senest" inside the expression

    # Looking at tokens

    def at(self, index: int) -> Token | None:
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def is_kind(self, index: int, *kinds: TokenKind) -> bool:
        token = self.at(index)
        return token is not None and token.kind in kinds and not token.cell

    def sign(self, index: int) -> str:
        """The sign at ``index``, or "" when something else or nothing is there."""
        token = self.at(index)
        return token.text if token is not None and token.kind is TokenKind.SYMBOL else ""

    def digits(self, index: int, most: int = 2) -> int | None:
        """A number of at most ``most`` digits in the same cell."""
        token = self.at(index)
        if token is None or token.kind is not TokenKind.NUMBER or token.cell:
            return None
        return token.value if len(token.text) <= most else None

    def dots(self, index: int) -> int:
        return index + 1 if self.sign(index) == "." else index

    # What stands around

    @cached_property
    def _opens(self) -> int:
        """The first token that is more than a sign or a small word."""
        return next((at for at, token in enumerate(self.tokens) if not _is_small(token)), 0)

    @cached_property
    def _closes(self) -> int:
        """Behind the last token that is more than a sign or a time of day."""
        for at in range(len(self.tokens) - 1, -1, -1):
            token = self.tokens[at]
            if token.kind is not TokenKind.CLOCK and not _is_sign(token):
                return at + 1
        return 0

    def fills_cell(self, index: int, stop: int) -> bool:
        """Is there nothing else in the cell but small words before and a time of day after?"""
        return self.whole and index <= self._opens and self.ends(stop)

    def ends(self, stop: int) -> bool:
        """Is there nothing after ``stop`` but signs and a time of day?"""
        return stop >= self._closes

    def is_text(self, index: int, *words: str) -> bool:
        token = self.at(index)
        return token is not None and not token.cell and token.text in words

    def is_numbered(self, index: int) -> bool:
        """Does a number or month follow, so that a date of its own begins there?"""
        while self.is_kind(index, TokenKind.FILLER):
            index = self.dots(index + 1)
        return self.is_kind(index, TokenKind.NUMBER, TokenKind.MONTH)

    # Years

    def year(self, index: int, short: bool = False) -> tuple[int, int | None, int, bool] | None:
        """A year at ``index``: the year, a second one ("2026/27"), the next token, and
        whether it was written with two digits. ``short`` allows those.
        """
        opened = False
        first = index
        while (token := self.at(index)) is not None and not token.cell and index - first < 3:
            if token.text == "(" and not opened:
                opened = True
            elif token.text not in (
                ",",
                "i",
                "af",
                "ar",
                "/",
                "-",
                ".",
            ) or (token.text in ("/", "-", ".") and (token.space or self._space(index + 1))):
                break
            index += 1
        token = self.at(index)
        if token is None or token.cell:
            return None
        found = self._four_digits(index, first) or (
            self._two_digits(index) if short or token.text == "'" else None
        )
        if found is None or (opened and self.sign(found[2]) != ")"):
            return None
        return (found[0], found[1], found[2] + opened, found[3])

    def _space(self, index: int) -> bool:
        token = self.at(index)
        return token is not None and token.space

    def _four_digits(self, index: int, first: int) -> tuple[int, int | None, int, bool] | None:
        token = self.tokens[index]
        after = self.at(index + 1)
        if (
            token.text == "20"
            and after is not None
            and after.kind is TokenKind.NUMBER
            and (len(after.text) == 2 and not after.cell and self.sign(index + 2) != ".")
        ):
            return 2000 + after.value, None, index + 2, False
        if token.kind is not TokenKind.NUMBER or not is_year(token):
            return None
        if (
            after is not None
            and not after.cell
            and after.kind in (TokenKind.WORD, TokenKind.IN)
            and (after.text in COUNT_WORDS or (index > first and after.text in _CITIES))
        ):
            return None
        if token.line and not self.whole and (after is None or after.line or after.cell):
            return None  # a year alone on its line is a heading
        end = self._end_year(index + 1, token.value)
        return (token.value, *end, False)

    def _end_year(self, index: int, year: int) -> tuple[int | None, int]:
        """ "/27" or "-2027" glued to a year, when it is the year after."""
        sign, token = self.at(index), self.at(index + 1)
        if (
            sign is None
            or token is None
            or sign.text not in "/-"
            or token.kind is not TokenKind.NUMBER
        ):
            return None, index
        if self.sign(index + 2) in (".", "/") and self.is_kind(index + 3, *GOES_ON):
            return None, index  # "2027-28. februar 2028"
        if len(token.text) == 2 and not token.space and token.value == (year + 1) % 100:
            return year + 1, index + 2
        if token.value == year + 1 and len(token.text) == 4 and not token.space:
            return year + 1, index + 2
        return None, index

    def _two_digits(self, index: int) -> tuple[int, int | None, int, bool] | None:
        marked = self.sign(index) == "'"
        index += marked
        token, after = self.at(index), self.at(index + 1)
        if token is None or token.kind is not TokenKind.NUMBER or len(token.text) != 2:
            return None
        if after is not None and not after.cell and not after.line:
            if (
                not marked
                and after.kind is not TokenKind.SYMBOL
                and (after.space or after.kind is TokenKind.NUMBER)
            ):
                return None  # "5. marts 19 deltagere"
            if after.text in ("%", "§"):
                return None
        century = 2000 if token.value < 70 else 1900  # convention 11
        if after is not None and after.text in ("/", "-"):
            second = self.at(index + 2)
            dated = self.is_kind(self._before_dots(index), TokenKind.MONTH, TokenKind.NUMBER)
            if second is not None and second.text == f"{(token.value + 1) % 100:02}" and not dated:
                return century + token.value, century + token.value + 1, index + 3, True
            if self._is_clock_range(index):
                return None
        goes_on = self.sign(index + 1) in (".", ":", "/") and self.is_kind(index + 2, *GOES_ON)
        if goes_on and not self._is_month_with_year(index + 1):
            return None
        return century + token.value, None, index + 1, True

    def _is_month_with_year(self, slash: int) -> bool:
        """ "dec 26/jan 27", "5. dec 26/4. jan 27": both sides have a year."""
        month = slash + 1
        if self.digits(month) is not None and self.sign(month + 1) == ".":
            month += 2
        year = self.digits(self.dots(month + 1), 4)
        return self.sign(slash) == "/" and self.is_kind(month, TokenKind.MONTH) and year is not None

    def _before_dots(self, index: int) -> int:
        index -= 1
        while self.sign(index) in (".", ","):
            index -= 1
        return index

    def _is_clock_range(self, index: int) -> bool:
        """ "4. maj 10-12": hours, not a year."""
        last = self.at(index + 2)
        return (
            self.sign(index + 1) == "-"
            and last is not None
            and last.kind is TokenKind.NUMBER
            and not last.space
            and self.sign(index + 3) not in (".", "/")
            and not self.is_kind(index + 3, *GOES_ON)
        )

    def _with_year(self, atom: Atom, index: int, short: bool = False) -> tuple[Atom, int]:
        """The atom with the year that may follow it: "2026", "'26", "næste år"."""
        this = self.at(index)
        if this is not None and self.is_this_year(index):
            atom.years_on = this.value
            index += 1
        found = self.year(index, short) or self._dashed_year(atom, index)
        if found is not None:
            atom.year, atom.end_year, index, atom.short_year = found
            atom.short_year &= self.sign(index - 2) != "'"
            atom.written_year, atom.years_on = True, None
        return atom, index

    def is_this_year(self, index: int) -> bool:
        """ "i år", "næste år"; "sidste år" only when there is a day to count from."""
        token = self.at(index)
        plural = self.is_text(index - 1, "de", "disse")
        known = self.is_kind(index, TokenKind.THIS_YEAR) and not plural
        return known and token is not None and (token.value >= 0 or self.anchored)

    def _dashed_year(self, atom: Atom, index: int) -> tuple[int, int | None, int, bool] | None:
        """ "uge 34 - 2026" fills its cell: the year of the week, not the end of a range."""
        year = self.at(index + 1)
        if self.sign(index) != "-" or year is None or not is_year(year) or year.cell:
            return None
        if not self.whole or atom.unit not in _DASHED or self.at(index + 2) is not None:
            return None
        return year.value, None, index + 2, False


_DASHED = (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR, Unit.SEASON)


def is_year(token: Token) -> bool:
    """Four digits from 1900 to 2099."""
    return token.kind is TokenKind.NUMBER and len(token.text) == 4 and 1900 <= token.value <= 2099


def _is_sign(token: Token) -> bool:
    return token.kind is TokenKind.SYMBOL or token.text in PARTS_OF_DAY


_SMALL = {TokenKind.FILLER, TokenKind.IN, TokenKind.BY, TokenKind.BEFORE, TokenKind.FROM}
_SMALL |= {TokenKind.EARLIEST, TokenKind.AFTER, TokenKind.APPROX, TokenKind.TO, TokenKind.CLOCK}


def _is_small(token: Token) -> bool:
    return token.kind in _SMALL or token.text in ("nu", ",") or token.kind is TokenKind.SYMBOL
