"""Dates that begin with a number: "5. marts", "02-12-2015", "4/3", "2026 uge 7"."""

from __future__ import annotations

from .atoms import Atom, Unit
from .lexicon import TokenKind
from .token_reader import Parsed, TokenReader, is_year

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN_MONTHS = {word: month for month, word in enumerate(_ROMAN, start=1)}
_COUNTED_KINDS = (TokenKind.MONTH, TokenKind.QUARTER, TokenKind.HALF_YEAR)
_AFTER_A_YEAR = (TokenKind.MONTH, TokenKind.PART, TokenKind.SEASON)
_BEFORE_A_DAY = (TokenKind.BY, TokenKind.BEFORE, TokenKind.FILLER)
_MOST_ADDED = 12  # days: "8.5 + 12.6"
_MONTHS_AFTER_A_DAY = {"jul": 7, "mai": 5, "may": 5}


class NumberParser(TokenReader):
    """Reads an atom whose first token is a number."""

    def _counted_unit(self, number: int, place: int) -> Parsed:
        """The unit after a number; named periods are read by the parser of atoms."""
        raise NotImplementedError

    def named(self, index: int) -> Parsed:
        """The atom that a word begins; read by the parser of atoms."""
        raise NotImplementedError

    def near_number(self, index: int) -> Parsed:
        """A number that counts from the day of the document; read by the parser of those."""
        raise NotImplementedError

    # Numbers

    def _number(self, index: int) -> Parsed:
        token = self.tokens[index]
        if len(token.text) == 4:
            return self._year_first(index)
        if len(token.text) > 2:
            return None
        return (
            self.near_number(index)
            or self._numeric_date(index)
            or self._month_of_year(index)
            or self._day_of_month(index)
            or self._spoken(index)
            or self._slashed(index)
            or self._hyphened(index)
            or self._counted(index)
            or self._unfinished_number(index)
        )

    def _numeric_date(self, index: int) -> Parsed:
        """02-12-2015, 2.12.15, 2/12-15, 2/12 2015, 1/10-2026: day, month, year."""
        month = self.digits(index + 2)
        first, last = self.sign(index + 1), self.sign(index + 3)
        if month is None or first not in ("-", ".", "/"):
            return None
        if self.tokens[index + 1].space and first != "/":
            return None
        if first == "/" and (self.tokens[index + 1].space or self.tokens[index + 2].space):
            return self._loose_date(index, month)
        day = self.tokens[index].value
        if first == "/" and last == "-" and self._is_day_range(index + 4):
            return None
        glued = last in ("-", ".", "/") and not self.tokens[index + 3].space
        place = index + 4 if glued else index + 3
        year = self._year_of_numeric(place, glued, first, last)
        if year is None:
            return None
        value, stop = year
        short = len(self.tokens[stop - 1].text) == 2
        if short and not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return Atom(Unit.DAY, day, month, value, written_year=True), stop

    def _loose_date(self, index: int, month: int) -> Parsed:
        """ "22 / 4 - 2026": blanks round the slash, so the year must be written out."""
        place = index + 3
        place += self.sign(place) in ("-", "/", ".")
        year = self.at(place)
        if not self.whole or year is None or year.cell or not is_year(year):
            return None
        return Atom(
            Unit.DAY, self.tokens[index].value, month, year.value, written_year=True
        ), place + 1

    def _month_of_year(self, index: int) -> Parsed:
        """ "05/2026" as a cell; one digit could be the number of a case or meeting."""
        year = self.at(index + 2)
        if not self.whole or self.sign(index + 1) not in ("/", "-", ".") or year is None:
            return None
        month = self.tokens[index]
        if self.tokens[index + 1].space or year.space or not is_year(year):
            return None
        if len(month.text) != 2 or not 1 <= month.value <= 12:
            return None
        return Atom(Unit.MONTH, month=month.value, year=year.value, weak=True), index + 3

    def _is_day_range(self, index: int) -> bool:
        """Is "15/12" or "15. " there, so that "2/12-15/12" is two days?"""
        return (
            self.digits(index) is not None
            and self.sign(index + 1) in ("/", ".")
            and (self.digits(index + 2) is not None or self.is_kind(index + 2, TokenKind.MONTH))
        )

    def _year_of_numeric(
        self, place: int, glued: bool, first: str, last: str
    ) -> tuple[int, int] | None:
        token = self.at(place)
        if token is not None and token.text == "'":
            place += 1
            token = self.at(place)
        if token is None or token.kind is not TokenKind.NUMBER or token.cell:
            return None
        if (
            token.line
            and not self.whole
            and ((after := self.at(place + 1)) is None or after.line or after.cell)
        ):
            return None
        if is_year(token) and (glued or first in "/.-"):
            return token.value, place + 1
        if len(token.text) == 2 and not glued and first == "/" and self.whole:
            ends = self.at(place + 1) is None  # "5/12 26"
            return ((2000 if token.value < 70 else 1900) + token.value, place + 1) if ends else None
        if len(token.text) == 2 and glued and not token.space and (first == "/" or last == first):
            return (2000 if token.value < 70 else 1900) + token.value, place + 1
        return None

    def _day_of_month(self, index: int) -> Parsed:
        """5. marts 2008, 5 marts, 5.marts, den 20. i måneden, maj 2026, 15. jul."""
        place = self._ordinal_mark(index)
        dotted = place > index + 1
        if self.sign(place) in ("/",) and self.is_kind(place + 1, TokenKind.MONTH):
            place += 1
        if self.is_kind(place, TokenKind.OF_MONTH):
            place += 1
            place += self.sign(place) == ","
        token = self.at(place)
        if token is None or token.cell:
            return None
        month = token.value if token.kind is TokenKind.MONTH else None
        if dotted or (token.text == "jul" and self.year(place + 1)):
            month = _MONTHS_AFTER_A_DAY.get(token.text, month)
        if month is None or (token.guessed and not dotted and not (self.whole and token.space)):
            return None
        day = self.tokens[index].value
        if day > 31 and not dotted and not self.whole:
            return None
        atom = Atom(Unit.DAY, day, month)
        place = self.dots(place + 1)
        if self.is_kind(place, TokenKind.MONTH_WORD):
            place += 1
        return self._with_year(atom, place, short=True)

    def _ordinal_mark(self, index: int) -> int:
        """Past the dot of "22."; a scanner's comma counts, and the hyphen of "22-apr-2026"."""
        sign, after = self.at(index + 1), self.at(index + 2)
        if sign is None or after is None or not self.whole or after.cell or sign.space:
            return self.dots(index + 1)
        if sign.text in (",", ";") and after.kind in _COUNTED_KINDS:
            return index + 2
        if sign.text == "-" and after.kind is TokenKind.MONTH and self.sign(index + 3) == "-":
            return index + 2
        return self.dots(index + 1)

    def _spoken(self, index: int) -> Parsed:
        """ "den 1. i 7. 2026"."""
        place = self.dots(index + 1)
        if place == index + 1 or not self._is_in(place):
            return None
        month = self.digits(place + 1)
        if month is None or self.sign(place + 2) != ".":
            return None
        if self.is_kind(place + 3, TokenKind.WORD, TokenKind.QUARTER, TokenKind.HALF_YEAR):
            return None
        return self._with_year(Atom(Unit.DAY, self.tokens[index].value, month), place + 3)

    def _is_in(self, index: int) -> bool:
        token = self.at(index)
        return token is not None and token.text == "i"

    def _slashed(self, index: int) -> Parsed:
        """4/3, 5/IX; and 5.3. or 5.3-15.4 that only a sign beside them makes a date."""
        sign, second = self.sign(index + 1), self.at(index + 2)
        if sign not in ("/", ".") or second is None or second.space or self.tokens[index + 1].space:
            return None
        month = self.digits(index + 2)
        if month is None and sign == "/" and second.raw.isupper():
            month = _ROMAN_MONTHS.get(second.text)
        day = self.tokens[index].value
        if month is None or not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        stop = index + 3
        if sign == ".":
            beside = self._marked(index) or self._added(index, stop) or self._ends_numeric(stop)
            if self.sign(stop) == "." or beside:
                return self._with_year(Atom(Unit.DAY, day, month, weak=True), self.dots(stop))
            return None
        return self._with_year(Atom(Unit.DAY, day, month, weak=True), stop)

    def _ends_numeric(self, index: int) -> bool:
        """ "08.05-19.06.2023": the day and month are the beginning of a range that ends so."""
        dash = self.sign(index) == "-" or self.is_kind(index, TokenKind.TO)
        if not dash or self.sign(index + 2) != "." or self.sign(index + 4) != ".":
            return False
        day, month, year = self.digits(index + 1), self.digits(index + 3), self.at(index + 5)
        if day is None or month is None or year is None or year.space:
            return False
        return 1 <= day <= 31 and 1 <= month <= 12 and (is_year(year) or len(year.text) == 2)

    def _added(self, index: int, stop: int) -> bool:
        """ "8.5 + 12.6" at the head of a cell or line: two days, for nobody adds there."""
        first = index
        while self.sign(first - 1) == "+" and first > index - 4 * _MOST_ADDED:
            first -= 4
        if first == index and not (
            self.sign(stop) == "+"
            and self.sign(stop + 2) == "."
            and self.digits(stop + 3) is not None
        ):
            return False
        return first == 0 or self.tokens[first].line or self.tokens[first].cell

    def _hyphened(self, index: int) -> Parsed:
        """ "15-02" as a cell: day and month. Hours run forward, so "08-09" could be those."""
        month = self.at(index + 2)
        if not self.whole or self.sign(index + 1) != "-" or month is None or month.space:
            return None
        if len(month.text) != 2 or not month.text.startswith("0") or month.value < 1:
            return None
        day = self.tokens[index].value
        if not month.value < day <= 31 or not self.fills_cell(index, index + 3):
            return None
        return self._with_year(Atom(Unit.DAY, day, month.value, weak=True), index + 3)

    def day_after_month(self, index: int) -> Parsed:
        """ "oktober, senest 21.", "april 14, 2015", "ons. feb 13", "februar 7".

        Danes write the day first: only a word before the number, a year after it, the weekday
        or a single digit makes it a day; else it is a year ("Jan 26").
        """
        month, place = self.tokens[index].value, self.dots(index + 1)
        said = place
        if self.whole:
            while self.sign(said) in (",", ":") or self.is_kind(said, *_BEFORE_A_DAY):
                said += 1
        day = self.digits(said)
        if day is None or not 1 <= day <= 31:
            return None
        stop = self.dots(said + 1)
        lead = [token.kind for token in self.tokens[place:said] if token.kind in _BEFORE_A_DAY]
        atom = Atom(Unit.DAY, day, month)
        if lead:
            parsed = self._with_year(atom, stop)
            if not self.fills_cell(index, parsed[1]):
                return None
            self.inner_lead += lead
            return parsed
        year = self.at(stop + (self.sign(stop) == ","))
        if said == place and year is not None and is_year(year) and not year.cell:
            return self._with_year(atom, stop)
        return self._day_by_weekday(atom, index, said) if said == place else None

    def _day_by_weekday(self, atom: Atom, index: int, place: int) -> Parsed:
        before = index - 1
        while before > 0 and self.sign(before) in (".", ","):
            before -= 1
        if before >= 0 and self.is_kind(before, TokenKind.WEEKDAY):
            return atom, place + 1
        after = place + 1 + (self.sign(place + 1) == ",")
        if self.is_kind(after, TokenKind.WEEKDAY) and not self.is_numbered(after + 1):
            atom.weekday = self.tokens[after].value
            return atom, after + 1
        short = len(self.tokens[place].text) == 1 and self.fills_cell(index, place + 1)
        return (atom, place + 1) if short and self.sign(place + 1) == "" else None

    def _marked(self, index: int) -> bool:
        before = self.at(index - 1)
        if before is not None and before.text == ".":
            before = self.at(index - 2)
        return before is not None and (
            before.kind is TokenKind.WEEKDAY or before.text in ("d", "den")
        )

    def _counted(self, index: int) -> Parsed:
        """1. kvartal, 2 halvår, 1. halvdel af, 1. mandag i maj, 2. uge i august, 1Q."""
        place = self._ordinal_mark(index)
        token = self.at(place)
        if token is None or token.cell:
            return None
        number = self.tokens[index].value
        if token.kind is TokenKind.MONTH_WORD and self.is_kind(index - 1, TokenKind.PART):
            # "primo 13. måned" is refused; "3. måned" without a year may be that of a project
            parsed = self._with_year(Atom(Unit.MONTH, month=number), place + 1)
            return parsed if number > 12 or parsed[0].written_year else None
        if token.kind is TokenKind.SHORT_UNIT and token.text in "qh" and number <= 9:
            unit = Unit.QUARTER if token.text == "q" else Unit.HALF_YEAR
            parsed = self._with_year(Atom(unit, number), place + 1, short=True)
            if parsed[0].written_year or (token.text == "q" and not token.space):
                return parsed
            return None
        return self._counted_unit(number, place) if number <= 9 or place > index + 1 else None

    def _unfinished_number(self, index: int) -> Parsed:
        place = self.dots(index + 1)
        return Atom(Unit.NUMBER, self.tokens[index].value, weak=place == index + 1), place

    def _year_first(self, index: int) -> Parsed:
        """2026-10-01, 2026 uge 7, 2026-W07, 2026Q1, 2009-2012, 2026/27, 2026."""
        token = self.tokens[index]
        if not is_year(token):
            return None
        year = token.value
        iso = self._iso(index, year)
        if iso is not None:
            return iso
        place = index + 1
        while self.sign(place) in (",", ":", "-") and place < index + 3:
            place += 1
        before = self._period_after_year(place, year, index)
        if before is not None:
            return before
        atom = Atom(Unit.YEAR, year=year, written_year=True)
        return self._year_range(atom, index)

    def _iso(self, index: int, year: int) -> Parsed:
        sign = self.sign(index + 1)
        if sign not in ("-", "/", ".") or self.tokens[index + 1].space:
            return None
        second, third = self.at(index + 2), self.at(index + 4)
        if second is not None and second.raw == "W" and self.digits(index + 3) is not None:
            return Atom(Unit.WEEK, self.tokens[index + 3].value, year=year, written_year=True), (
                index + 4
            )
        month = self.digits(index + 2)
        if month is None or self.sign(index + 3) != sign or third is None:
            return None
        day = self.digits(index + 4)
        if day is None:
            return None
        if len(self.tokens[index + 2].text + third.text) != 4 and not (
            sign == "-" and self.fills_cell(index, index + 5)  # "2015-3-3"
        ):
            return None
        if third.space or self.tokens[index + 2].space:
            return None
        return Atom(Unit.DAY, day, month, year, written_year=True), index + 5

    def _period_after_year(self, place: int, year: int, index: int) -> Parsed:
        """ "2026 uge 7", "2026, marts", "2026 K4": the year before the period."""
        token = self.at(place)
        if token is None or token.cell or (token.line and not self.whole):
            return None
        counted = token.kind in (TokenKind.NUMBER, TokenKind.ORDINAL) and self.is_kind(
            self._ordinal_mark(place), TokenKind.QUARTER, TokenKind.HALF_YEAR
        )
        clear = counted or token.kind in (TokenKind.WEEK, TokenKind.SHORT_UNIT)
        if not clear and not (self.whole and token.kind in _AFTER_A_YEAR):
            return None
        parsed = self.named(place)
        if parsed is None or parsed[0].year is not None or parsed[0].unit is Unit.PART:
            return None
        parsed[0].year, parsed[0].written_year = year, True
        parsed[0].weak = False
        return parsed

    def _year_range(self, atom: Atom, index: int) -> Parsed:
        """2009-2012 is left to the link; 2026/27, 2009-12 and 2026-10 are settled here."""
        sign, token = self.at(index + 1), self.at(index + 2)
        if (
            sign is None
            or token is None
            or sign.text not in "-/"
            or token.kind is not TokenKind.NUMBER
        ):
            return atom, index + 1
        year, number = atom.year or 0, token.value
        close = not sign.space and not token.space
        if sign.text == "/" and len(token.text) == 4 and close and number == year + 1:
            atom.end_year, atom.feast = number, "slash"
            return atom, index + 3
        if len(token.text) != 2 or not close:
            return atom, index + 1
        if self.sign(index + 3) in (".", "/") or self.is_kind(index + 3, TokenKind.MONTH):
            return atom, index + 1  # "2026-31. december 2027"
        if number > year % 100 and (number - year % 100 <= 20):
            atom.end_year = year - year % 100 + number
            atom.short_year = sign.text == "-" and number <= 12
            atom.feast = "slash" if sign.text == "/" else None
            return atom, index + 3
        if sign.text == "-" and 1 <= number <= 12 and self.whole:
            month = Atom(Unit.MONTH, month=number, year=year, written_year=True)
            return month, index + 3
        return atom, index + 1
