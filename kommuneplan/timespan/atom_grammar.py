"""From tokens to one atom: "5. marts 2008", "uge 7", "ultimo oktober", "1. kvartal 2009"."""

from __future__ import annotations

from collections.abc import Callable

from kommuneplan.timespan.atoms import Atom, Expression, Unit
from kommuneplan.timespan.calendar import Break, Season
from kommuneplan.timespan.lexicon import COUNT_WORDS, Kind
from kommuneplan.timespan.tokens import Token

Parsed = tuple[Atom, int] | None
_MONTH_IS_A_NAME_TOO = {"jan", "august"}
_CITIES = {"kgbenhavn", "frederiksberg", "kbh"}
_PERIODS = {Kind.QUARTER: Unit.QUARTER, Kind.HALF_YEAR: Unit.HALF_YEAR}
_PLAIN_PARTS = {"primo", "medio", "ultimo", "midio", "ult", "prim", "midten", "starten",
                "begyndelsen", "slutningen"}
_ENDS = {"udgang", "slutning", "afslutning"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ROMAN_MONTHS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8,
                 "ix": 9, "x": 10, "xi": 11, "xii": 12}


class AtomParser:
    """Reads one atom at a token. Each method returns the atom and the next token's index."""

    def __init__(self, tokens: list[Token], whole: bool) -> None:
        self.tokens = tokens
        self.whole = whole
        self._by_kind: dict[Kind, Callable[[int], Parsed]] = {
            Kind.NUMBER: self._number,
            Kind.MONTH: self._month,
            Kind.WEEKDAY: self._weekday,
            Kind.ORDINAL: self._ordinal,
            Kind.LAST: self._ordinal,
            Kind.PART: self._part,
            Kind.WEEK: self._week,
            Kind.QUARTER: self._named_period,
            Kind.HALF_YEAR: self._named_period,
            Kind.SHORT_UNIT: self._short_unit,
            Kind.SEASON: self._season,
            Kind.SEASON_PART: self._season,
            Kind.BREAK: self._break,
            Kind.YEAR_WORD: self._year_word,
            Kind.SCHOOL_YEAR: self._year_word,
            Kind.YEAR_END: self._year_end,
            Kind.THIS_YEAR: self._this_year,
            Kind.WORD: self._word,
            Kind.IN: self._word,
        }

    def expression(self, start: int) -> Expression | None:  # the whole grammar overrides it
        raise NotImplementedError

    # Looking at tokens

    def at(self, index: int) -> Token | None:
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def is_kind(self, index: int, *kinds: Kind) -> bool:
        token = self.at(index)
        return token is not None and token.kind in kinds and not token.cell

    def sign(self, index: int) -> str:
        """The sign at ``index``, or "" when something else or nothing is there."""
        token = self.at(index)
        return token.text if token is not None and token.kind is Kind.SYMBOL else ""

    def digits(self, index: int, most: int = 2) -> int | None:
        """A number of at most ``most`` digits in the same cell."""
        token = self.at(index)
        if token is None or token.kind is not Kind.NUMBER or token.cell:
            return None
        return token.value if len(token.text) <= most else None

    def dots(self, index: int) -> int:
        return index + 1 if self.sign(index) == "." else index

    # Atoms

    def atom(self, index: int) -> Parsed:
        token = self.at(index)
        if token is None:
            return None
        method = self._by_kind.get(token.kind)
        parsed = method(index) if method is not None else None
        return self._with_gloss(*parsed) if parsed is not None else None

    def _with_gloss(self, atom: Atom, index: int) -> Parsed:
        """"uge 7 (9.-15. februar)", "4. november (tirsdag)": what stands in brackets."""
        token = self.at(index)
        if token is None or token.text != "(" or token.cell:
            return atom, index
        inside = self.at(index + 1)
        if inside is not None and inside.kind is Kind.WEEKDAY and self.sign(index + 2) == ")":
            atom.weekday = inside.value
            return self._late_year(atom, index + 3)
        gloss = self.expression(index + 1)
        if gloss is None or self.sign(gloss.stop) != ")" or atom.unit in (Unit.NUMBER, Unit.PART):
            return atom, index
        if self.whole or atom.unit is not Unit.DAY:
            atom.gloss = gloss
            return self._late_year(atom, gloss.stop + 1)
        return atom, index

    def _late_year(self, atom: Atom, index: int) -> Parsed:
        return self._with_year(atom, index) if atom.year is None else (atom, index)

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
            elif token.text not in (",", "i", "af", "ar", "/", "-", "."):
                break
            elif token.text in ("/", "-", ".") and (token.space or self._space(index + 1)):
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
        if token.text == "20" and after is not None and after.kind is Kind.NUMBER:
            if len(after.text) == 2 and not after.cell and not self.sign(index + 2) == ".":
                return 2000 + after.value, None, index + 2, False
        if token.kind is not Kind.NUMBER or not is_year(token):
            return None
        if after is not None and not after.cell and after.kind in (Kind.WORD, Kind.IN):
            if after.text in COUNT_WORDS or (index > first and after.text in _CITIES):
                return None
        if token.line and not self.whole and (after is None or after.line or after.cell):
            return None  # a year alone on its line is a heading
        end = self._end_year(index + 1, token.value)
        return (token.value, *end, False)

    def _end_year(self, index: int, year: int) -> tuple[int | None, int]:
        """"/27" or "-2027" glued to a year, when it is the year after."""
        sign, token = self.at(index), self.at(index + 1)
        if sign is None or token is None or sign.text not in "/-" or token.kind is not Kind.NUMBER:
            return None, index
        if len(token.text) == 2 and not token.space and token.value == (year + 1) % 100:
            return year + 1, index + 2
        if token.value == year + 1 and len(token.text) == 4 and not token.space:
            return year + 1, index + 2
        return None, index

    def _two_digits(self, index: int) -> tuple[int, int | None, int, bool] | None:
        if self.sign(index) == "'":
            index += 1
        token, after = self.at(index), self.at(index + 1)
        if token is None or token.kind is not Kind.NUMBER or len(token.text) != 2:
            return None
        if after is not None and not after.cell and not after.line:
            if after.kind is not Kind.SYMBOL and (after.space or after.kind is Kind.NUMBER):
                return None  # "5. marts 19 deltagere"
            if after.text in (".", ":", "/") and self.is_kind(index + 2, *_GOES_ON):
                return None
            if after.text in ("%", "§"):
                return None
        century = 2000 if token.value < 70 else 1900  # convention 11
        if after is not None and after.text in ("/", "-"):
            second = self.at(index + 2)
            if second is not None and second.text == f"{(token.value + 1) % 100:02}":
                return century + token.value, century + token.value + 1, index + 3, True
        return century + token.value, None, index + 1, True

    def _with_year(self, atom: Atom, index: int, short: bool = False) -> Parsed:
        """The atom with the year that may follow it."""
        found = self.year(index, short)
        if found is not None:
            atom.year, atom.end_year, index, atom.short_year = found
            atom.short_year &= self.sign(index - 2) != "'"
            atom.written_year = True
        return atom, index

    # Numbers

    def _number(self, index: int) -> Parsed:
        token = self.tokens[index]
        if len(token.text) == 4:
            return self._year_first(index)
        if len(token.text) > 2:
            return None
        return (
            self._numeric_date(index)
            or self._day_of_month(index)
            or self._spoken(index)
            or self._slashed(index)
            or self._counted(index)
            or self._unfinished_number(index)
        )

    def _numeric_date(self, index: int) -> Parsed:
        """02-12-2015, 2.12.15, 2/12-15, 2/12 2015, 1/10-2026: day, month, year."""
        month = self.digits(index + 2)
        first, last = self.sign(index + 1), self.sign(index + 3)
        if month is None or first not in ("-", ".", "/") or self.tokens[index + 1].space:
            return None
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

    def _is_day_range(self, index: int) -> bool:
        """Is "15/12" or "15. " there, so that "2/12-15/12" is two days?"""
        return self.digits(index) is not None and self.sign(index + 1) in ("/", ".") and (
            self.digits(index + 2) is not None or self.is_kind(index + 2, Kind.MONTH)
        )

    def _year_of_numeric(
        self, place: int, glued: bool, first: str, last: str
    ) -> tuple[int, int] | None:
        token = self.at(place)
        if token is not None and token.text == "'":
            place += 1
            token = self.at(place)
        if token is None or token.kind is not Kind.NUMBER or token.cell:
            return None
        if token.line and not self.whole and (
            (after := self.at(place + 1)) is None or after.line or after.cell
        ):
            return None
        if is_year(token) and (glued or first in "/.-"):
            return token.value, place + 1
        if len(token.text) == 2 and glued and not token.space:
            if first == "/" or last == first:
                return (2000 if token.value < 70 else 1900) + token.value, place + 1
        return None

    def _day_of_month(self, index: int) -> Parsed:
        """5. marts 2008, 5 marts, 5.marts, den 20. i måneden, maj 2026, 15. jul."""
        place = self.dots(index + 1)
        dotted = place > index + 1
        if self.sign(place) in ("/",) and self.is_kind(place + 1, Kind.MONTH):
            place += 1
        if self.is_kind(place, Kind.OF_MONTH):
            place += 1
            place += self.sign(place) == ","
        token = self.at(place)
        if token is None or token.cell:
            return None
        month = token.value if token.kind is Kind.MONTH else None
        if token.text == "jul" and (dotted or self.year(place + 1)):
            month = 7
        if month is None or (token.guessed and not dotted and not self.whole):
            return None
        day = self.tokens[index].value
        if day > 31 and not dotted and not self.whole:
            return None
        atom = Atom(Unit.DAY, day, month)
        place = self.dots(place + 1)
        if self.is_kind(place, Kind.MONTH_WORD):
            place += 1
        return self._with_year(atom, place, short=True)

    def _spoken(self, index: int) -> Parsed:
        """"den 1. i 7. 2026"."""
        place = self.dots(index + 1)
        if place == index + 1 or not self._is_in(place):
            return None
        month = self.digits(place + 1)
        if month is None or self.sign(place + 2) != ".":
            return None
        if self.is_kind(place + 3, Kind.WORD, Kind.QUARTER, Kind.HALF_YEAR):
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
            if self.sign(stop) == "." or self._marked(index):
                return self._with_year(Atom(Unit.DAY, day, month, weak=True), self.dots(stop))
            return None
        return self._with_year(Atom(Unit.DAY, day, month, weak=True), stop)

    def _marked(self, index: int) -> bool:
        before = self.at(index - 1)
        if before is not None and before.text == ".":
            before = self.at(index - 2)
        return before is not None and (
            before.kind is Kind.WEEKDAY or before.text in ("d", "den")
        )

    def _counted(self, index: int) -> Parsed:
        """1. kvartal, 2 halvår, 1. halvdel af, 1. mandag i maj, 2. uge i august, 1Q."""
        place = self.dots(index + 1)
        token = self.at(place)
        if token is None or token.cell:
            return None
        number = self.tokens[index].value
        if token.kind is Kind.SHORT_UNIT and token.text == "q" and not token.space:
            return self._with_year(Atom(Unit.QUARTER, number), place + 1, short=True)
        return self._counted_unit(number, place) if number <= 9 or place > index + 1 else None

    def _unfinished_number(self, index: int) -> Parsed:
        place = self.dots(index + 1)
        return Atom(Unit.NUMBER, self.tokens[index].value, weak=place == index + 1), place

    # Periods with a number or an ordinal before them

    def _ordinal(self, index: int) -> Parsed:
        """første kvartal, sidste halvår, første marts, den første i syvende."""
        token = self.tokens[index]
        if token.kind is Kind.LAST:
            return self._counted_unit(-1, index + 1)
        parsed = self._counted_unit(token.value, index + 1)
        if parsed is not None:
            return parsed
        if self._is_in(index + 1) and self.is_kind(index + 2, Kind.ORDINAL):
            month = self.tokens[index + 2].value
            if month <= 12:
                return self._with_year(Atom(Unit.DAY, token.value, month), index + 3)
        if self.is_kind(index + 1, Kind.MONTH) and token.text.endswith(("e", "n")):
            return self._with_year(
                Atom(Unit.DAY, token.value, self.tokens[index + 1].value), index + 2, short=True
            )
        return None

    def _counted_unit(self, number: int, place: int) -> Parsed:
        """The unit after a number; -1 is the last."""
        token = self.at(place)
        if token is None or token.cell:
            return None
        if token.kind in _PERIODS:
            last = 4 if token.kind is Kind.QUARTER else 2
            atom = Atom(_PERIODS[token.kind], last if number < 0 else number)
            return self._with_year(atom, self.dots(place + 1), short=True)
        if token.kind in (Kind.HALF_PART, Kind.THIRD_PART):
            return self._fraction(number, place)
        if token.kind is Kind.WEEK and self._skip_in(place + 1) > place + 1:
            return self._of_month(Atom(Unit.MONTH_WEEK, number), place + 1)
        if token.kind is Kind.WEEKDAY:
            atom = Atom(Unit.NTH_WEEKDAY, number, weekday=token.value)
            return self._of_month(atom, place + 1)
        if token.text == "dag" and number < 0:
            return self._of_month(Atom(Unit.LAST_DAY, -1), place + 1)
        return None

    def _skip_in(self, index: int) -> int:
        while self.is_kind(index, Kind.IN, Kind.FILLER):
            index += 1
        return index

    def _of_month(self, atom: Atom, index: int) -> Parsed:
        place = self._skip_in(index)
        if not self.is_kind(place, Kind.MONTH):
            return None
        atom.month = self.tokens[place].value
        place = self.dots(place + 1)
        place += self.is_kind(place, Kind.MONTH_WORD)
        return self._with_year(atom, place)

    def _fraction(self, number: int, place: int) -> Parsed:
        """"første halvdel af 2015", "sidste tredjedel af marts"."""
        thirds = self.tokens[place].kind is Kind.THIRD_PART
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
        while self.sign(place) in (".", ":"):
            place += 1
        target = self._target(self._skip_in(place))
        if target is not None and target[0].part is None and target[0].half is None:
            target[0].part = part
            return target
        if self.tokens[index].text in _PLAIN_PARTS:
            return Atom(Unit.PART, part=part), place
        return None

    def _target(self, index: int) -> Parsed:
        """A period that can be divided; a day cannot."""
        token = self.at(index)
        if token is None or token.cell or token.kind is Kind.PART:
            return None
        if token.kind is Kind.NUMBER and is_year(token):
            if self.sign(index + 1) in ("-", "/") and not self.tokens[index + 1].space and (
                self.is_kind(index + 2, Kind.NUMBER)
            ):
                return None
            return self._with_year(Atom(Unit.YEAR), index)
        parsed = self._by_kind[token.kind](index) if token.kind in self._by_kind else None
        if parsed is None or parsed[0].unit not in _DIVISIBLE:
            return None
        return parsed

    # Names

    def _month(self, index: int) -> Parsed:
        token = self.tokens[index]
        place = self.dots(index + 1)
        place += self.is_kind(place, Kind.MONTH_WORD)
        end = self.at(place)
        if end is not None and end.text in _ENDS and token.text.endswith("s"):
            atom = Atom(Unit.MONTH, month=token.value)
            if self.is_kind(index - 1, Kind.BEFORE, Kind.BY):
                atom.feast = "end"
            else:
                atom.part = 2
            return self._with_year(atom, place + 1)
        if self.is_kind(place, Kind.PART) and self.tokens[place].text in _PLAIN_PARTS:
            after = self.at(place + 1)  # "august ultimo"
            if after is None or after.cell or after.kind is Kind.NUMBER:
                atom = Atom(Unit.MONTH, month=token.value, part=self.tokens[place].value)
                return self._with_year(atom, self.dots(place + 1), short=True)
        parsed = self._with_year(Atom(Unit.MONTH, month=token.value), place, short=True)
        if parsed is None or parsed[0].year is not None:
            return parsed
        after = self.at(index + 1)
        named = token.text in _MONTH_IS_A_NAME_TOO and token.raw[0].isupper()
        if named and after is not None and after.raw[0].isupper() and not after.cell:
            return None
        parsed[0].weak = token.guessed or token.text in ("mar", "mart", "dec", "sep")
        return parsed

    def _weekday(self, index: int) -> Parsed:
        """tirsdag den 4. november, mandag i uge 34, man. 5/3."""
        token = self.tokens[index]
        place = index + 1
        while self.sign(place) in (".", ",") or self.is_kind(place, Kind.FILLER, Kind.IN):
            place += 1
        parsed = self.atom(place) if self.at(place) is not None else None
        if parsed is None or self.tokens[place].cell:
            return None
        atom, stop = parsed
        if atom.unit in (Unit.DAY, Unit.NUMBER) and self.tokens[place].kind is Kind.NUMBER:
            if len(token.text) < 4 and not self._is_day_sign(index, place):
                return None
            atom.weekday = token.value
            if atom.unit is Unit.DAY:
                atom.weak = False
            return atom, stop
        if atom.unit is Unit.WEEK and atom.part is None:
            atom.weekday = token.value
            return atom, stop
        return None

    def _is_day_sign(self, index: int, place: int) -> bool:
        """"ons. 4/3", "tors d. 5.": a short name needs a dot, an article or a month beside it."""
        return place > index + 1 or self.whole or self.is_kind(place + 1, Kind.MONTH) or (
            self.is_kind(place + 2, Kind.MONTH)
        )

    def _week(self, index: int) -> Parsed:
        """uge 7, ugerne 6-8, uge 37 (2026), uge 37/2026; "uge 34 mandag"."""
        place = index + 1
        while self.sign(place) in (".", ":") or self.is_kind(place, Kind.FILLER) or (
            (token := self.at(place)) is not None and token.text == "nr"
        ):
            place += 1
        number = self.digits(place)
        if number is None or (self.tokens[place].line and not self.whole):
            return None
        follows = self.at(place + 1)
        if follows is not None and not follows.cell and (
            follows.text in COUNT_WORDS and follows.kind is not Kind.IN
        ):
            return None
        atom = Atom(Unit.WEEK, number)
        stop = place + 1
        if self.sign(stop) == "." and self.is_kind(stop + 1, Kind.MONTH):
            return None
        stop = self._weekday_after(atom, stop)
        return self._with_year(atom, stop)

    def _weekday_after(self, atom: Atom, index: int) -> int:
        place = index + (self.sign(index) == ",")
        if self.is_kind(place, Kind.WEEKDAY) and not self.is_kind(
            place + 1, Kind.NUMBER, Kind.FILLER
        ):
            atom.weekday = self.tokens[place].value
            return place + 1
        return index

    def _named_period(self, index: int) -> Parsed:
        """kvartal 1 2026, halvår 2."""
        number = self.digits(index + 1, 1)
        if number is None:
            return None
        atom = Atom(_PERIODS[self.tokens[index].kind], number)
        return self._with_year(atom, index + 2, short=True)

    def _short_unit(self, index: int) -> Parsed:
        """K4 2026, Q1, H2 2027: the number stands close; alone only Q is clear."""
        token, number = self.tokens[index], self.digits(index + 1, 1)
        if number is None or not token.raw.isupper():
            return None
        if self.tokens[index + 1].space and token.text != "q":
            return None
        unit = _PERIODS[token.value]
        parsed = self._with_year(Atom(unit, number), index + 2, short=True)
        if parsed is not None and parsed[0].year is None:
            last = 4 if unit is Unit.QUARTER else 2
            if not 1 <= number <= last:
                return None
            parsed[0].weak = token.text != "q"
        return parsed

    def _season(self, index: int) -> Parsed:
        token = self.tokens[index]
        if token.kind is Kind.SEASON_PART:
            season, part = token.value
            atom = Atom(Unit.SEASON, season, part=part)
        else:
            atom = Atom(Unit.SEASON, token.value)
        parsed = self._with_year(atom, index + 1, short=True)
        atom.weak = atom.year is None
        return parsed

    def _break(self, index: int) -> Parsed:
        token = self.tokens[index]
        atom = Atom(Unit.BREAK, feast=token.value)
        if token.text == "nytar" or token.text == "nytaret":
            atom.half = 0  # the turn itself
        parsed = self._with_year(atom, index + 1, short=token.value is Break.TURN_OF_YEAR)
        atom.weak = atom.year is None
        return parsed

    def _year_word(self, index: int) -> Parsed:
        """år 2026, skoleåret 2026/27, and "året" after a word that divides it."""
        token = self.tokens[index]
        unit = Unit.SCHOOL_YEAR if token.kind is Kind.SCHOOL_YEAR else Unit.YEAR
        parsed = self._with_year(Atom(unit), index + 1, short=unit is Unit.SCHOOL_YEAR)
        if parsed is not None and parsed[0].year is None:
            if token.text not in ("aret", "kalenderaret", "budgetaret", "skolearet"):
                return None
            parsed[0].weak = True
        return parsed

    def _year_end(self, index: int) -> Parsed:
        """"inden årets udgang" closes a year; "ved årets udgang" is its last part."""
        atom = Atom(Unit.YEAR, part=2 if self.tokens[index].value is Kind.PART else None)
        atom.half = None if atom.part is not None else 1
        return self._with_year(atom, index + 1)

    def _this_year(self, index: int) -> Parsed:
        return Atom(Unit.YEAR, number=self.tokens[index].value, feast="relative"), index + 1

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
        if day is None or len(self.tokens[index + 2].text + third.text) != 4:
            return None
        if third.space or self.tokens[index + 2].space:
            return None
        return Atom(Unit.DAY, day, month, year, written_year=True), index + 5

    def _period_after_year(self, place: int, year: int, index: int) -> Parsed:
        """"2026 uge 7", "2026, marts", "2026 K4": the year before the period."""
        token = self.at(place)
        if token is None or token.cell or (token.line and not self.whole):
            return None
        if token.kind not in (Kind.WEEK, Kind.SHORT_UNIT, Kind.MONTH, Kind.PART):
            return None
        if token.kind in (Kind.MONTH, Kind.PART) and not self.whole:
            return None
        parsed = self._by_kind[token.kind](place)
        if parsed is None or parsed[0].year is not None or parsed[0].unit is Unit.PART:
            return None
        parsed[0].year, parsed[0].written_year = year, True
        parsed[0].weak = False
        return parsed

    def _year_range(self, atom: Atom, index: int) -> Parsed:
        """2009-2012 is left to the link; 2026/27, 2009-12 and 2026-10 are settled here."""
        sign, token = self.at(index + 1), self.at(index + 2)
        if sign is None or token is None or sign.text not in "-/" or token.kind is not Kind.NUMBER:
            return atom, index + 1
        year, number = atom.year or 0, token.value
        close = not sign.space and not token.space
        if sign.text == "/" and len(token.text) == 4 and close and number == year + 1:
            atom.end_year, atom.feast = number, "slash"
            return atom, index + 3
        if len(token.text) != 2 or not close:
            return atom, index + 1
        if number > year % 100 and (number - year % 100 <= 20):
            atom.end_year = year - year % 100 + number
            atom.short_year = sign.text == "-" and number <= 12
            atom.feast = "slash" if sign.text == "/" else None
            return atom, index + 3
        if sign.text == "-" and 1 <= number <= 12 and self.whole:
            month = Atom(Unit.MONTH, month=number, year=year, written_year=True)
            return month, index + 3
        return atom, index + 1

    def _word(self, index: int) -> Parsed:
        """Roman numerals before kvartal and halvår."""
        token = self.tokens[index]
        number = _ROMAN.get(token.text) if token.raw.isupper() else None
        place = self.dots(index + 1)
        if number is None or not self.is_kind(place, Kind.QUARTER, Kind.HALF_YEAR):
            return None
        return self._counted_unit(number, place)


_GOES_ON = (Kind.NUMBER, Kind.MONTH, Kind.QUARTER, Kind.HALF_YEAR)
_DIVISIBLE = {Unit.MONTH, Unit.WEEK, Unit.QUARTER, Unit.HALF_YEAR, Unit.SEASON, Unit.YEAR,
              Unit.BREAK}
SEASONS = tuple(Season)


def is_year(token: Token) -> bool:
    """Four digits from 1900 to 2099."""
    return len(token.text) == 4 and 1900 <= token.value <= 2099
