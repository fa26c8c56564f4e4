"""From tokens to one atom: "5. marts 2008", "uge 7", "ultimo oktober", "1. kvartal 2009"."""

from __future__ import annotations

from collections.abc import Callable

from .atoms import Atom, Expression, Near, Unit
from .calendar import Break
from .lexicon import TokenKind
from .near_grammar import ENDS, NearParser
from .token_reader import Parsed, is_year
from .tokens import Token

_MONTH_IS_A_NAME_TOO = {"jan", "august"}
_PERIODS = {TokenKind.QUARTER: Unit.QUARTER, TokenKind.HALF_YEAR: Unit.HALF_YEAR}
_PLAIN_PARTS = {
    "primo",
    "medio",
    "ultimo",
    "midio",
    "ult",
    "prim",
    "midten",
    "starten",
    "begyndelsen",
    "slutningen",
}
_THE_YEAR = {"aret", "kalenderaret", "budgetaret", "skolearet", "regnskabsaret", "i arets lgb"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MOST_INSIDE = 4  # atoms: "den første halvdel af første halvdel af første halvdel af 2026"


class AtomParser(NearParser):
    """Reads one atom at a token. Each method returns the atom and the next token's index."""

    def __init__(
        self, tokens: list[Token], whole: bool, anchored: bool = False, beside_month: bool = False
    ) -> None:
        super().__init__(tokens, whole)
        self.anchored, self.beside_month = anchored, beside_month
        self._in_brackets = False
        self._depth = 0  # how many atoms are being read, one inside the other
        self._by_kind: dict[TokenKind, Callable[[int], Parsed]] = {
            TokenKind.NUMBER: self._number,
            TokenKind.MONTH: self._month,
            TokenKind.WEEKDAY: self._weekday,
            TokenKind.ORDINAL: self._ordinal,
            TokenKind.LAST: self._ordinal,
            TokenKind.PART: self._part,
            TokenKind.WEEK: self._week,
            TokenKind.QUARTER: self._named_period,
            TokenKind.HALF_YEAR: self._named_period,
            TokenKind.SHORT_UNIT: self._short_unit,
            TokenKind.SEASON: self._season,
            TokenKind.SEASON_PART: self._season,
            TokenKind.BREAK: self._break,
            TokenKind.YEAR_WORD: self._year_word,
            TokenKind.SCHOOL_YEAR: self._year_word,
            TokenKind.YEAR_END: self._year_end,
            TokenKind.FEAST: self._feast,
            TokenKind.THIS_YEAR: self._this_year,
            TokenKind.WORD: self._word,
            TokenKind.IN: self._word,
            TokenKind.MONTH_WORD: self.near_this,
        }

    def expression(self, start: int) -> Expression | None:  # the whole grammar overrides it
        raise NotImplementedError

    # Atoms

    def atom(self, index: int) -> Parsed:
        parsed = self.named(index) if self.at(index) is not None else None
        return self._with_gloss(*parsed) if parsed is not None else None

    def named(self, index: int) -> Parsed:
        method = self._by_kind.get(self.tokens[index].kind)
        if method is None or self._depth == MOST_INSIDE:
            return None
        self._depth += 1
        parsed = method(index)
        self._depth -= 1
        return parsed

    def _with_gloss(self, atom: Atom, index: int) -> Parsed:
        """ "uge 7 (9.-15. februar)", "4. november (tirsdag)": what stands in brackets."""
        token = self.at(index)
        if token is None or token.text != "(" or token.cell:
            return atom, index
        inside = self.at(index + 1)
        if inside is not None and inside.kind is TokenKind.WEEKDAY and self.sign(index + 2) == ")":
            atom.weekday = inside.value
            return self._late_year(atom, index + 3)
        if self._in_brackets:
            return atom, index
        self._in_brackets = True
        gloss = self.expression(index + 1)
        self._in_brackets = False
        if gloss is None or self.sign(gloss.stop) != ")" or atom.unit in (Unit.NUMBER, Unit.PART):
            return atom, index
        if self.whole or atom.unit is not Unit.DAY or gloss.atoms[0].unit is Unit.WEEK:
            atom.gloss = gloss
            return self._late_year(atom, gloss.stop + 1)
        return atom, index

    def _late_year(self, atom: Atom, index: int) -> Parsed:
        return self._with_year(atom, index) if atom.year is None else (atom, index)

    # Periods with a number or an ordinal before them

    def _ordinal(self, index: int) -> Parsed:
        """første kvartal, sidste halvår, første marts, den første i syvende."""
        token = self.tokens[index]
        if token.kind is TokenKind.LAST:
            before = self.at(index - 1)
            if (
                before is not None
                and before.text == "den"
                and self.is_kind(index + 1, TokenKind.MONTH)
            ):
                return self._of_month(Atom(Unit.LAST_DAY, -1), index + 1)
            return self.sometime_last(index)
        parsed = self._counted_unit(token.value, index + 1)
        if parsed is not None:
            return parsed
        if self._is_in(index + 1) and self.is_kind(index + 2, TokenKind.ORDINAL):
            month = self.tokens[index + 2].value
            if month <= 12:
                return self._with_year(Atom(Unit.DAY, token.value, month), index + 3)
        if self.is_kind(index + 1, TokenKind.MONTH) and token.text.endswith(("e", "n")):
            return self._with_year(
                Atom(Unit.DAY, token.value, self.tokens[index + 1].value), index + 2, short=True
            )
        joined = self.is_kind(index + 1, TokenKind.AND, TokenKind.TO) or self.sign(index + 1) in (
            "/",
            "-",
        )
        if joined and self.is_kind(index + 2, TokenKind.ORDINAL):
            return Atom(Unit.NUMBER, token.value, weak=True), index + 1  # "andet og tredje kvartal"
        return None

    def _counted_unit(self, number: int, place: int) -> Parsed:
        """The unit after a number; -1 is the last."""
        token = self.at(place)
        if token is None or token.cell:
            return None
        if token.kind in _PERIODS:
            last = 4 if token.kind is TokenKind.QUARTER else 2
            atom = Atom(_PERIODS[token.kind], last if number < 0 else number)
            return self._with_year(atom, self.dots(place + 1), short=True)
        if token.kind in (TokenKind.HALF_PART, TokenKind.THIRD_PART):
            return self._fraction(number, place)
        if token.kind is TokenKind.WEEK:
            parsed = None
            if self._skip_in(place + 1) > place + 1:
                parsed = self._of_month(Atom(Unit.MONTH_WEEK, number), place + 1)
            numbered = self._with_year(Atom(Unit.WEEK, number), place + 1)  # "34. uge 2026"
            return parsed or (numbered if number > 0 and numbered[0].written_year else None)
        if token.kind is TokenKind.WEEKDAY:
            atom = Atom(Unit.NTH_WEEKDAY, number, weekday=token.value)
            return self._of_month(atom, place + 1)
        if token.text == "hele" and self.is_kind(place + 1, TokenKind.WEEK):
            return self._of_month(Atom(Unit.WHOLE_WEEK, number), place + 2)
        if token.text in ("hverdag", "arbejdsdag"):
            return self._of_month(Atom(Unit.WORKING_DAY, number), place + 1)
        if token.text == "dag":
            day = Atom(Unit.LAST_DAY, -1) if number < 0 else Atom(Unit.DAY, number)
            return self._of_month(day, place + 1)
        return None

    def _of_month(self, atom: Atom, index: int) -> Parsed:
        place = self._skip_in(index)
        if not self.is_kind(place, TokenKind.MONTH):
            return None
        atom.month = self.tokens[place].value
        place = self.dots(place + 1)
        place += self.is_kind(place, TokenKind.MONTH_WORD)
        return self._with_year(atom, place)

    def _fraction(self, number: int, place: int) -> Parsed:
        """ "første halvdel af 2015", "sidste tredjedel af marts"."""
        thirds = self.tokens[place].kind is TokenKind.THIRD_PART
        most = 3 if thirds else 2
        number = most if number < 0 else number
        target = self._target(self._skip_in(place + 1))
        if target is None or not 1 <= number <= most:
            return None
        atom, stop = target
        if thirds:
            atom.part = number - 1
        elif atom.unit is Unit.YEAR:
            atom.unit, atom.number = Unit.HALF_YEAR, number
        elif atom.unit in (Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR):
            atom.half = number - 1
        else:
            return None
        return atom, stop

    # Parts

    def _part(self, index: int) -> Parsed:
        """primo august, Ultimo: 2008, slutningen af 2. kvartal, ultimo uge 35."""
        part = self.tokens[index].value
        place = index + 1
        if self.tokens[index].text in ("start", "slut") and self.sign(place) == ":":
            return None  # "Start: april 2026": a label
        while self.sign(place) in (".", ":"):
            place += 1
        if self.is_kind(place, TokenKind.MONTH_WORD) and self.sign(place + 1) == ",":
            place += 2  # "midt på måneden, maj 2026"
        if self._stands_apart(place):
            place += 1  # "primo, august", "primo-august"
        target = self._target(self._skip_in(place))
        if self.tokens[index].text == "med ." and not self._is_middle(place):
            return None
        if target is not None and target[0].part is None and target[0].half is None:
            target[0].part = part
            return target
        if self.tokens[index].text in _PLAIN_PARTS:
            return Atom(Unit.PART, part=part), place
        return None

    def _stands_apart(self, index: int) -> bool:
        sign, after = self.at(index), self.at(index + 1)
        if sign is None or after is None or sign.space or after.cell or not self.whole:
            return False
        if sign.text == ",":
            return after.kind is TokenKind.MONTH or (
                after.kind is TokenKind.NUMBER and is_year(after)
            )
        return sign.text == "-" and not after.space and after.kind is TokenKind.MONTH

    def _is_middle(self, index: int) -> bool:
        """ "med." is medio before a month in small letters or a year, else the word "with"."""
        token = self.at(index)
        if token is None or token.cell:
            return False
        if token.kind is TokenKind.MONTH:
            return self.whole or token.raw.islower()
        return self.whole and token.kind is TokenKind.NUMBER and is_year(token)

    def _target(self, index: int) -> Parsed:
        """A period that can be divided; a day cannot."""
        token = self.at(index)
        if token is None or token.cell or token.kind is TokenKind.PART:
            return None
        if token.kind is TokenKind.NUMBER and is_year(token):
            if (
                self.sign(index + 1) in ("-", "/")
                and not self.tokens[index + 1].space
                and (self.is_kind(index + 2, TokenKind.NUMBER))
            ):
                return None
            return self._with_year(Atom(Unit.YEAR), index)
        parsed = self.named(index)
        if parsed is None or parsed[0].unit not in _DIVISIBLE:
            return None
        return parsed

    # Names

    def _month(self, index: int) -> Parsed:
        token = self.tokens[index]
        place = self.dots(index + 1)
        place += self.is_kind(place, TokenKind.MONTH_WORD)
        end = self.at(place)
        if end is not None and end.text in ENDS and self.tokens[place - 1].text.endswith("s"):
            atom = Atom(Unit.MONTH, month=token.value)
            if self.is_kind(index - 1, TokenKind.BEFORE, TokenKind.BY):
                atom.close = True
            else:
                atom.part = 2
            return self._with_year(atom, place + 1)
        if self.is_kind(place, TokenKind.PART) and self.tokens[place].text in _PLAIN_PARTS:
            after = self.at(place + 1)  # "august ultimo"
            if after is None or after.cell or after.kind is TokenKind.NUMBER:
                atom = Atom(Unit.MONTH, month=token.value, part=self.tokens[place].value)
                return self._with_year(atom, self.dots(place + 1), short=True)
        day = self.day_after_month(index)
        if day is not None:
            return day
        parsed = self._with_year(Atom(Unit.MONTH, month=token.value), place, short=True)
        if parsed[0].year is not None:
            return parsed
        after = self.at(index + 1)
        named = token.raw[0].isupper() and (
            token.text in _MONTH_IS_A_NAME_TOO or (token.text == "maj" and not self.whole)
        )
        if named and after is not None and after.raw[0].isupper() and not after.cell:
            return None
        parsed[0].weak = token.guessed or not self.whole
        return parsed

    def _named_period(self, index: int) -> Parsed:
        """kvartal 1 2026, halvår 2."""
        place = self.dots(index + 1)  # "kvt. 1"
        number = self.digits(place, 1)
        if number is None:
            return None
        atom = Atom(_PERIODS[self.tokens[index].kind], number)
        return self._with_year(atom, place + 1, short=True)

    def _short_unit(self, index: int) -> Parsed:
        """K4 2026, Q1, H2 2027: the number stands close; alone only Q is clear."""
        token, number = self.tokens[index], self.digits(index + 1, 1)
        if number is None or (self.tokens[index + 1].space and token.text != "q"):
            return None
        unit = _PERIODS[token.value]
        parsed = self._with_year(Atom(unit, number), index + 2, short=True)
        if not token.raw.isupper() and not (token.text == "q" and parsed[0].written_year):
            return None
        if parsed[0].year is None:
            last = 4 if unit is Unit.QUARTER else 2
            if not 1 <= number <= last and not (self.whole and token.text == "q"):
                return None
            parsed[0].weak = token.text != "q"
        return parsed

    def _season(self, index: int) -> Parsed:
        token = self.tokens[index]
        if token.kind is TokenKind.SEASON_PART:
            season, part = token.value
            atom = Atom(Unit.SEASON, season, part=part)
        else:
            atom = Atom(Unit.SEASON, token.value)
        parsed = self._with_year(atom, index + 1, short=True)
        unsaid = atom.year is None and atom.years_on is None
        if self.anchored and unsaid and self.is_text(index - 1, "til"):
            atom.near = Near(1)  # "til foråret" is the next to come
        atom.weak = atom.year is None and atom.near is None
        return parsed

    def _break(self, index: int) -> Parsed:
        token = self.tokens[index]
        atom = Atom(Unit.BREAK, feast=token.value)
        if token.text == "nytar" or token.text == "nytaret":
            atom.half = 0  # the turn itself
        parsed = self._with_year(atom, index + 1, short=token.value is Break.TURN_OF_YEAR)
        new_year = atom.half == 0 and atom.year is not None and atom.end_year is None
        if new_year and not self.is_kind(index - 1, TokenKind.BEFORE, TokenKind.BY):
            atom.year = (atom.year or 0) - 1  # "nytår 2027" is the night that 2027 begins
        atom.weak = atom.year is None
        return parsed

    def _year_word(self, index: int) -> Parsed:
        """år 2026, skoleåret 2026/27, and "året" after a word that divides it."""
        token = self.tokens[index]
        unit = Unit.SCHOOL_YEAR if token.kind is TokenKind.SCHOOL_YEAR else Unit.YEAR
        parsed = self._with_year(Atom(unit), index + 1, short=unit is Unit.SCHOOL_YEAR)
        if parsed[0].year is None and parsed[0].years_on is None:
            if token.text not in _THE_YEAR:
                return None
            parsed[0].weak = True
        return parsed

    def _year_end(self, index: int) -> Parsed:
        """ "inden årets udgang" closes a year; "ved årets udgang" is its last part."""
        atom = Atom(Unit.YEAR, part=2 if self.tokens[index].value is TokenKind.PART else None)
        atom.half = None if atom.part is not None else 1
        return self._with_year(atom, index + 1)

    def _feast(self, index: int) -> Parsed:
        parsed = self._with_year(Atom(Unit.FEAST, feast=self.tokens[index].value), index + 1)
        parsed[0].weak = parsed[0].year is None
        return parsed

    def _this_year(self, index: int) -> Parsed:
        return self._with_year(Atom(Unit.YEAR), index) if self.is_this_year(index) else None

    def _word(self, index: int) -> Parsed:
        """Roman numerals before kvartal and halvår; words that count from the anchor."""
        near = self.near_word(index)
        if near is not None:
            return near
        token = self.tokens[index]
        number = _ROMAN.get(token.text) if token.raw.isupper() else None
        place = self.dots(index + 1)
        if number is None or not self.is_kind(place, TokenKind.QUARTER, TokenKind.HALF_YEAR):
            return None
        return self._counted_unit(number, place)


_DIVISIBLE = {
    Unit.MONTH,
    Unit.WEEK,
    Unit.QUARTER,
    Unit.HALF_YEAR,
    Unit.SEASON,
    Unit.YEAR,
    Unit.BREAK,
}
