"""Words that count from the day of the document: "næste uge", "om 14 dage", "i mandags".

They are read only when that day is known (``anchored``); what they come to is settled in ``near``.
"""

from __future__ import annotations

from .atoms import Atom, Near, Unit
from .lexicon import COUNTS, WEEKDAYS, TokenKind, fold, split_words
from .messages import source
from .token_reader import Parsed
from .week_grammar import WeekParser


def _table(words: str, value: int) -> dict[str, int]:
    return {fold(word): value for word in split_words(words)}


STEPS = (
    _table("denne dette indeværende nuværende her", 0)
    | _table("næste kommende førstkommende nye", 1)
    | _table("forrige foregående forgangne seneste sidste", -1)
)
_DAYS = _table("dag", 0) | _table("morgen", 1) | _table("overmorgen", 2)
_DAYS |= _table("går", -1) | _table("forgårs", -2)
_JOINED_DAYS = {"i" + word: days for word, days in _DAYS.items()} | _table("overmorgen", 2)
_LAST_DAYS = {fold(words.split()[0]) + "s": number for number, words in WEEKDAYS.items()}
_UNITS: dict[str, Unit] = {
    fold(word): unit
    for unit, words in (
        (Unit.DAY, "dag dage dages"),
        (Unit.WEEK, "uge uger uges"),
        (Unit.MONTH, "måned måneder måneds mdr"),
        (Unit.QUARTER, "kvartal kvartaler"),
        (Unit.HALF_YEAR, "halvår"),
        (Unit.YEAR, "år års"),
    )
    for word in split_words(words)
}
_COMING = {"kommende", fold("førstkommende")}
_THIS = {"ugen": Unit.WEEK, "maneden": Unit.MONTH, "kvartalet": Unit.QUARTER}
_THIS |= {"halvaret": Unit.HALF_YEAR}
_OF_THIS = {"ugens": Unit.WEEK, "manedens": Unit.MONTH, "kvartalets": Unit.QUARTER}
ENDS = {"udgang", "slutning", "afslutning", "udlgb", "ende"}
NEAR_STARTERS = (
    {"om", "de", "det", "dags", "par", "halvandet", "weekenden"}
    | set(STEPS) | set(COUNTS) | set(_JOINED_DAYS) | set(_THIS) | set(_OF_THIS)
)  # fmt: skip
_WHOLE_UNITS = source(
    "Counted in whole weeks, months or years beside the one that the day lies in."
)
_NEXT_WEEKS = source("In next week it would be %(date)s.")
_LAST_PART = source("Read as the one before; it could be the last one of the year.")
_EIGHT_DAYS = source("“Eight days” is often said of a week.")


class NearParser(WeekParser):
    """Reads an atom that is told from the day of the document.

    ``anchored`` says that this day is known, ``beside_month`` that the row above has a date: a
    day without its month may then be of the same month.
    """

    beside_month = False

    def near_word(self, index: int) -> Parsed:
        """næste uge, de sidste 2 måneder, om 14 dage, to uger siden, dags dato, i morgen."""
        if not self.anchored:
            return None
        token = self.tokens[index]
        day = self.near_day(index)
        if day is not None:
            return self._from_day(*day)
        if token.text in ("de", "det") and (after := self.at(index + 1)) is not None:
            return None if after.cell or after.text not in STEPS else self.near_word(index + 1)
        if token.text == "om":
            return self._ahead(index + 1)
        if token.text == "weekenden":
            said = self.is_text(index - 1, "i") and self.fills_cell(index, index + 1)
            return self._weekend(index + 1, Near(0, Unit.WEEK)) if said else None
        if token.text in _OF_THIS or token.text in _THIS:
            return self.near_this(index)
        if token.text == "her" and not self.is_text(index - 1, "den", "det"):
            return None
        if token.text in STEPS:
            return self.near_unit(index + 1, token.text)
        return self._ago(index)

    def _from_day(self, days: int, stop: int) -> Parsed:
        """ "i dag", and "i dag om tre uger"."""
        length = self._length(stop + self.is_text(stop, "om"))
        steps = 0 if length is None else _days(length[0], length[1])
        if length is not None and steps:
            days, stop = days + steps, length[2]
        return Atom(Unit.DAY, near=Near(days, Unit.DAY)), stop

    def near_day(self, index: int) -> tuple[int, int] | None:
        """ "i dag", "imorgen", "dags dato": days from the anchor and the next token.

        In running text "i dag" is "nowadays" as often as not.
        """
        token, after = self.tokens[index], self.at(index + 1)
        if not self.anchored:
            return None
        found = None
        if token.text in _JOINED_DAYS:
            found = _JOINED_DAYS[token.text], index + 1
        elif after is None or after.cell:
            return None
        elif token.text == "i" and after.text in _DAYS:
            found = _DAYS[after.text], index + 2
        elif token.text == "dags" and after.text == "dato":
            return 0, index + 2
        return None if found is None or (found[0] < 1 and not self.whole) else found

    def near_unit(self, place: int, word: str) -> Parsed:
        """The unit after "næste", "denne", "sidste"."""
        token, steps = self.at(place), STEPS[word]
        if token is None or token.cell:
            return None
        counted = self._count(place)
        if counted is not None:
            return self._run(*counted, steps)
        stop = place + 1
        if self.is_text(stop, "igen") and steps > 0:
            stop, steps, word = stop + 1, steps + 1, "igen"
        unit = _UNITS.get(token.text)
        if unit in (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.HALF_YEAR, Unit.YEAR):
            plural = self.is_text(place - 2, "de", "disse")
            if self.is_kind(stop, TokenKind.BEFORE, TokenKind.AFTER):
                return None  # "sidste uge før sommerferien"
            new = word == "nye" and unit is not Unit.YEAR  # "det nye år" alone is said
            if token.text.endswith(("er", "s")) or plural or new or self.is_numbered(stop):
                return None
            unclear = steps < 0 and unit in (Unit.QUARTER, Unit.HALF_YEAR)
            atom = Atom(unit, near=Near(steps, None, _LAST_PART if unclear else ""))
            return atom, self._weekday_after(atom, stop) if unit is Unit.WEEK else stop
        if word == "nye":
            return None
        if token.text == "weekend":
            coming = word in _COMING
            return self._weekend(stop, Near(0, Unit.WEEK) if coming else Near(steps))
        if token.kind is TokenKind.WEEKDAY:
            if self.is_numbered(stop) or self.is_kind(stop, TokenKind.OF_MONTH):
                return None
            return self._some_weekday(token.value, steps, word), stop
        return self._some_name(place, stop, steps)

    def sometime_last(self, index: int) -> Parsed:
        """ "sidste kvartal 2026" is the year's fourth; "sidste kvartal" is the one before this."""
        parsed = self._counted_unit(-1, index + 1)
        if not self.anchored or (
            parsed is not None and parsed[0].unit not in (Unit.QUARTER, Unit.HALF_YEAR)
        ):
            return parsed
        said = parsed is not None and (
            parsed[0].year is not None
            or parsed[0].years_on is not None
            or self._skip_in(parsed[1]) > parsed[1]
        )
        return parsed if said else self.near_unit(index + 1, "sidste") or parsed

    def _some_weekday(self, weekday: int, steps: int, word: str) -> Atom:
        if steps == 0:
            return Atom(Unit.WEEK, weekday=weekday, near=Near(0))
        doubt = _NEXT_WEEKS if word == fold("næste") else ""
        return Atom(Unit.DAY, weekday=weekday, near=Near(steps, Unit.WEEKDAY, doubt))

    def _some_name(self, place: int, stop: int, steps: int) -> Parsed:
        """ "næste marts", "sidste sommer", "næste påske"."""
        token = self.tokens[place]
        if steps == 0 or self.is_numbered(stop) or token.guessed:
            return None
        if token.kind is TokenKind.MONTH:
            return Atom(Unit.MONTH, month=token.value, near=Near(steps)), stop
        if token.kind is TokenKind.SEASON:
            return Atom(Unit.SEASON, token.value, near=Near(steps)), stop
        unit = {TokenKind.BREAK: Unit.BREAK, TokenKind.FEAST: Unit.FEAST}.get(token.kind)
        return None if unit is None else (Atom(unit, feast=token.value, near=Near(steps)), stop)

    def _weekend(self, stop: int, near: Near) -> Parsed:
        """Saturday and Sunday of that week."""
        sunday = Atom(Unit.WEEK, weekday=6, near=near)
        return Atom(Unit.WEEK, weekday=5, near=near, until=sunday), stop

    def _run(self, count: int, place: int, steps: int) -> Parsed:
        """ "næste 3 uger", "de seneste 2 måneder"; not "de sidste 2 uger af august"."""
        token = self.at(place)
        unit = _UNITS.get(token.text) if token is not None and not token.cell else None
        divided = self.is_kind(place + 1, TokenKind.IN, TokenKind.BEFORE, TokenKind.AFTER)
        if unit is None or steps == 0 or count < 1 or divided:
            return None
        doubt = "" if unit is Unit.DAY else _WHOLE_UNITS
        first, last = (1, count) if steps > 0 else (-count, -1)
        atom = Atom(unit, near=Near(first, None, doubt))
        if count > 1:
            atom.until = Atom(unit, near=Near(last))
        return atom, place + 1

    # Lengths

    def _count(self, index: int) -> tuple[int, int] | None:
        """ "14", "to", "et": the number before a unit, and the place of the unit."""
        number = self.digits(index, 3)
        if number is None and self.is_kind(index, TokenKind.WORD):
            number = COUNTS.get(self.tokens[index].text)
        unit = self.at(index + 1)
        known = unit is not None and not unit.cell and unit.text in _UNITS
        return (number, index + 1) if number is not None and known else None

    def _length(self, index: int) -> tuple[int, Unit, int, bool] | None:
        """How many of what, the next token, and whether it is only about so many."""
        halves = self.is_text(index, "et") and self.is_text(index + 1, "halvt")
        if halves and self.is_text(index + 2, "ar"):
            return 6, Unit.MONTH, index + 3, True
        if self.is_text(index, "halvandet") and self.is_text(index + 1, "ar"):
            return 18, Unit.MONTH, index + 2, True
        pair = self.is_text(index, "et") and self.is_text(index + 1, "par")
        counted = (2, index + 2) if pair else self._count(index)
        unit = self.at(counted[1]) if counted is not None else None
        if counted is None or unit is None or unit.text not in _UNITS:
            return None
        stop = counted[1] + 1
        stop += unit.text == "mdr" and self.sign(stop) == "."
        genitive = unit.text.endswith("s")
        if genitive and not self.is_text(stop, "tid"):
            return None
        return counted[0], _UNITS[unit.text], stop + genitive, pair or genitive

    def _distance(self, length: tuple[int, Unit, int, bool], sign: int, stop: int) -> Parsed:
        """One unit finer than what is counted: "om 3 uger" a day, "om to år" a month."""
        count, unit, _stop, vague = length
        steps, half = sign * count, vague and unit is Unit.MONTH and count in (6, 18)
        if vague and not half:
            self.inner_lead.append(TokenKind.APPROX)
        doubt = _EIGHT_DAYS if unit is Unit.DAY and count == 8 else ""
        coarse = half or unit in (Unit.QUARTER, Unit.HALF_YEAR, Unit.YEAR)
        near = Near(steps, unit, doubt)
        return Atom(Unit.MONTH if coarse else Unit.DAY, near=near), stop

    def _ahead(self, index: int) -> Parsed:
        """ "om 14 dage", "om ca. en måned"; "om en dag" is some day or other."""
        while self.is_kind(index, TokenKind.APPROX):
            self.inner_lead.append(TokenKind.APPROX)
            index = self.dots(index + 1)
        length = self._length(index)
        if length is None or length[:2] == (1, Unit.DAY):
            return None
        return self._distance(length, 1, length[2])

    def _ago(self, index: int) -> Parsed:
        """ "3 uger siden", "14 dage fra i dag"; "3 uger siden 1. maj" is no point in time."""
        length = self._length(index)
        if length is None:
            return None
        place = length[2]
        if self.is_text(place, "siden") and not self.is_numbered(place + 1):
            return self._distance(length, -1, place + 1)
        if self.is_text(place, "fra") and self.at(place + 1) is not None:
            today = self.near_day(place + 1)
            if today is not None and today[0] == 0:
                return self._distance(length, 1, today[1])
            if self.is_text(place + 1, "nu"):
                return self._distance(length, 1, place + 2)
        return None

    # Numbers, weekdays, and the period that the day lies in

    def near_number(self, index: int) -> Parsed:
        """3 uger siden, den 15. i næste måned, den 15. ds."""
        if not self.anchored:
            return None
        number, place = self.tokens[index].value, self.dots(index + 1)
        if self.is_text(place, "ds", "dennes") and place > index + 1:
            return Atom(Unit.DAY, number, near=Near(0, Unit.MONTH)), self.dots(place + 1)
        after = place + self.is_text(place, "i")
        if self.at(after) is not None and self.tokens[after].text in STEPS:
            month = self.near_word(after) if place > index + 1 else None
            if month is not None and month[0].unit is Unit.MONTH and month[0].month is None:
                near = month[0].near or Near(0)
                return Atom(Unit.DAY, number, near=Near(near.steps, Unit.MONTH)), month[1]
        return self._ago(index)

    def near_weekday(self, index: int) -> Parsed:
        """på tirsdag, i mandags, fredag om 14 dage; a weekday that fills its cell."""
        token = self.tokens[index]
        if not self.anchored:
            return None
        if token.text in _LAST_DAYS:
            past = Near(-1, Unit.WEEKDAY)
            weekday = _LAST_DAYS[token.text]
            return (
                (Atom(Unit.DAY, weekday=weekday, near=past), index + 1)
                if self.is_text(index - 1, "i")
                else None
            )
        stop = self.dots(index + 1)
        length = self._weeks_on(stop)
        weeks, stop = length if length is not None else (0, stop)
        steered = self.is_text(index - 1, fold("på")) or self.is_kind(
            index - 1, TokenKind.BY, TokenKind.BEFORE
        )
        steered = steered and not token.cell and len(token.text) > 4
        if not (weeks or steered or self.fills_cell(index, stop)) or self.is_numbered(stop):
            return None
        near = Near(1 + weeks, Unit.WEEKDAY)
        return Atom(Unit.DAY, weekday=token.value, near=near), stop

    def _weeks_on(self, index: int) -> tuple[int, int] | None:
        length = self._length(index + self.is_text(index, "om"))
        days = 0 if length is None else _days(length[0], length[1])
        return (days // 7, length[2]) if length is not None and days and days % 7 == 0 else None

    def counts_on(self, index: int) -> bool:
        """ "om 14 dage", "otte dage" after a weekday."""
        return self.anchored and self._weeks_on(self.dots(index)) is not None

    def near_this(self, index: int) -> Parsed:
        """ "i slutningen af ugen", "inden månedens udgang": the one that the day lies in."""
        token, before = self.tokens[index], self.at(index - 1) if index else None
        if not self.anchored:
            return None
        unit = _OF_THIS.get(token.text)
        if unit is not None:
            if not self.is_text(index + 1, *ENDS):
                return None
            atom = Atom(unit, near=Near(0))
            atom.close = self.is_kind(index - 1, TokenKind.BEFORE, TokenKind.BY)
            atom.part = None if atom.close else 2
            return atom, index + 2
        if self.is_kind(index - 1, TokenKind.BEFORE) and self.is_kind(index + 1, TokenKind.OVER):
            return Atom(_THIS[token.text], near=Near(0), close=True), index + 2
        steered = (TokenKind.PART, TokenKind.BY_END, TokenKind.DURING)
        if before is None or before.kind not in steered or token.text not in _THIS:
            return None
        return Atom(_THIS[token.text], near=Near(0)), index + 1

    def is_near_week(self, index: int) -> bool:
        """Does "næste uge" or "denne uge" stand at ``index``?"""
        known = self.anchored and self.at(index) is not None
        return known and self.tokens[index].text in STEPS and self.is_text(index + 1, "uge")

    def lone_days(self, atoms: list[Atom], first: int, stop: int) -> bool:
        """ "den 21.", "senest 21.", "torsdag den 14.": a day whose month stands elsewhere."""
        known = self.whole and (self.anchored or self.beside_month)
        if not known or any(atom.unit is not Unit.NUMBER for atom in atoms):
            return False
        article = self.is_text(first - 1, "d", "den") or self.is_text(first - 2, "d")
        named = article or (atoms[0].weekday is not None and not atoms[0].weak)
        said = first > 0 and all(not atom.weak for atom in atoms)
        days = all(1 <= atom.number <= 31 for atom in atoms)
        fills = self.fills_cell(first, stop) or (atoms[0].weekday is not None and self.ends(stop))
        return days and (named or said) and fills


def _days(count: int, unit: Unit) -> int:
    """ "fredag om 14 dage" is two weeks on, and "fredag otte dage" one: so it is said."""
    if unit is Unit.WEEK:
        return 7 * count
    return {8: 7}.get(count, count) if unit is Unit.DAY else 0
