"""Weeks and weekdays: "uge 7", "mandag i uge 34", "tirsdag den 4. november", "u. 34"."""

from __future__ import annotations

from .atoms import Atom, Unit
from .lexicon import COUNT_WORDS, TokenKind
from .number_grammar import NumberParser
from .token_reader import Parsed

DAYS_OF_A_WEEK = 7


class WeekParser(NumberParser):
    """Reads an atom that begins with a week or the name of a weekday."""

    def atom(self, index: int) -> Parsed:
        """Any atom; read by the parser of atoms."""
        raise NotImplementedError

    def _weekday(self, index: int) -> Parsed:
        """tirsdag den 4. november, mandag i uge 34, man. 5/3."""
        token = self.tokens[index]
        place = index + 1
        if self.counts_on(place):
            return self.near_weekday(index)
        if self._joins_weekday(place):
            return Atom(Unit.WEEKDAY, weekday=token.value), place
        while self.sign(place) in (".", ",") or self.is_kind(place, TokenKind.FILLER, TokenKind.IN):
            place += 1
        parsed = self.atom(place) if self.at(place) is not None else None
        if parsed is None or self.tokens[place].cell:
            return self.near_weekday(index)
        atom, stop = parsed
        if atom.unit is Unit.DAY and self.tokens[place].kind is TokenKind.MONTH:
            atom.weekday = token.value  # "ons. feb 13"
            return atom, stop
        if atom.unit in (Unit.DAY, Unit.NUMBER) and self.tokens[place].kind is TokenKind.NUMBER:
            if len(token.text) < 4 and not self._is_day_sign(index, place):
                return None
            several = self.is_kind(index - 2, TokenKind.WEEKDAY)  # "torsdag/fredag 10./11."
            atom.weekday = None if several else token.value
            if atom.unit is Unit.DAY:
                atom.weak = False
            return atom, stop
        if atom.unit is Unit.WEEK and atom.part is None:
            atom.weekday = token.value
            return atom, stop
        return self.near_weekday(index)

    def near_weekday(self, index: int) -> Parsed:
        """A weekday without a date; read by the parser of what counts from the anchor."""
        raise NotImplementedError

    def counts_on(self, index: int) -> bool:
        """ "om 14 dage", "otte dage" after a weekday."""
        raise NotImplementedError

    def is_near_week(self, index: int) -> bool:
        """ "næste uge" at ``index``."""
        raise NotImplementedError

    def near_this(self, index: int) -> Parsed:
        """ "ugen" without a number; read by the parser of what counts from the anchor."""
        raise NotImplementedError

    def _joins_weekday(self, index: int) -> bool:
        """ "mandag og tirsdag i uge 34", "mandag-onsdag i uge 34": a list, then the week."""
        for _day in range(DAYS_OF_A_WEEK):
            joined = self.is_kind(index, TokenKind.AND, TokenKind.TO)
            joined = joined or self.sign(index) in (",", "-", "/")
            if not (joined and self.is_kind(index + 1, TokenKind.WEEKDAY)):
                return False
            index += 2
            place = self._skip_in(index)
            if self.is_kind(place, TokenKind.WEEK) or self.is_near_week(place):
                return True
        return False

    def _is_day_sign(self, index: int, place: int) -> bool:
        """ "ons. 4/3", "tors d. 5.": a short name needs a dot, an article or a month beside it."""
        return (
            place > index + 1
            or self.whole
            or self.is_kind(place + 1, TokenKind.MONTH)
            or (self.is_kind(place + 2, TokenKind.MONTH))
        )

    def _week(self, index: int) -> Parsed:
        """uge 7, ugerne 6-8, uge 37 (2026), uge 37/2026; "uge 34 mandag"."""
        place = index + 1
        while (
            self.sign(place) in (".", ":")
            or self.is_kind(place, TokenKind.FILLER)
            or ((token := self.at(place)) is not None and token.text == "nr")
        ):
            place += 1
        number = self.digits(place)
        if number is None or (self.tokens[place].line and not self.whole):
            return self._week_beside(index) or self.near_this(index)
        follows = self.at(place + 1)
        if (
            follows is not None
            and not follows.cell
            and (follows.text in COUNT_WORDS and follows.kind is not TokenKind.IN)
        ):
            return None
        short = self.tokens[index].text in ("u", "w")
        if short and place == index + 1 and self.tokens[place].space and not self.whole:
            return None
        atom = Atom(Unit.WEEK, number, weak=short)
        stop = place + 1
        if self.sign(stop) == "." and self.is_kind(stop + 1, TokenKind.MONTH):
            return None
        stop = self._weekday_after(atom, stop)
        parsed = self._with_year(atom, stop)
        team = self.tokens[index].raw in "UW" and place == index + 1  # "U18"
        return None if team and atom.year is None and not self._goes_on(stop) else parsed

    def _goes_on(self, index: int) -> bool:
        """ "U33-37": a range, so weeks."""
        return self.sign(index) == "-" and (
            self.digits(index + 1) is not None or self.is_kind(index + 1, TokenKind.WEEK)
        )

    def _week_beside(self, index: int) -> Parsed:
        """ "ugen før påske", "første uge efter sommerferien": the whole week beside a break."""
        if self.tokens[index].text not in ("uge", "ugen"):
            return None
        if not self.is_kind(index + 1, TokenKind.BEFORE, TokenKind.AFTER):
            return None
        if not self.is_kind(index + 2, TokenKind.BREAK):
            return None
        atom = Atom(Unit.BREAK, feast=self.tokens[index + 2].value)
        if self.tokens[index + 2].text in ("nytar", "nytaret"):
            atom.half = 0
        atom.beside = -1 if self.tokens[index + 1].kind is TokenKind.BEFORE else 1
        parsed = self._with_year(atom, index + 3)
        atom.weak = atom.year is None
        return parsed

    def _weekday_after(self, atom: Atom, index: int) -> int:
        place = index + (self.sign(index) == ",")
        if self.is_kind(place, TokenKind.WEEKDAY) and not self.is_kind(
            place + 1, TokenKind.NUMBER, TokenKind.FILLER
        ):
            atom.weekday = self.tokens[place].value
            return place + 1
        return index

    def _skip_in(self, index: int) -> int:
        while self.is_kind(index, TokenKind.IN, TokenKind.FILLER):
            index += 1
        return index
