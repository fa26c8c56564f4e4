"""From tokens to expressions: which words belong together as one date.

The parser knows the order of words, not the calendar: "31. juni" and "uge 60" are
expressions too, and are refused when they are worked out.
"""

from __future__ import annotations

from dataclasses import replace

from .atom_grammar import AtomParser
from .atoms import UNFINISHED, Atom, AtomLink, Expression, Near, Unit
from .completion import complete, describes, inherited, opens_list
from .lexicon import COUNT_WORDS, PARTS_OF_DAY, TokenKind
from .repair import DEADLINE
from .tokens import Token

LEADS = {
    TokenKind.BY,
    TokenKind.BEFORE,
    TokenKind.BY_END,
    TokenKind.FROM,
    TokenKind.EARLIEST,
    TokenKind.AFTER,
    TokenKind.APPROX,
    TokenKind.AS_OF,
    TokenKind.BETWEEN,
    TokenKind.DURING,
    TokenKind.IN,
    TokenKind.FILLER,
    TokenKind.TO,
    TokenKind.RESPECTIVELY,
}
_LIST_SIGNS = {",", ";", "&", "+"}
MOST_ATOMS = 60  # of one expression; a longer list goes on as another
STARTERS = LEADS | {
    TokenKind.NUMBER,
    TokenKind.MONTH,
    TokenKind.WEEKDAY,
    TokenKind.ORDINAL,
    TokenKind.LAST,
    TokenKind.PART,
    TokenKind.WEEK,
    TokenKind.QUARTER,
    TokenKind.HALF_YEAR,
    TokenKind.SHORT_UNIT,
    TokenKind.YEAR_WORD,
    TokenKind.SCHOOL_YEAR,
    TokenKind.SEASON,
    TokenKind.SEASON_PART,
    TokenKind.BREAK,
    TokenKind.YEAR_END,
    TokenKind.THIS_YEAR,
    TokenKind.HALF_PART,
    TokenKind.FEAST,
}


class Parser(AtomParser):
    """Reads expressions from a list of tokens.

    ``whole`` says that the text is one cell of a date column: a line break then parts two
    dates, and bare digits may be dates.

    Where no expression begins, ``nothing_before`` says up to which token none does: what was
    looked at in vain is not looked at again from each of its tokens, or a chain of bare numbers
    would take the square of its length.
    """

    nothing_before = 0

    def expression(self, start: int) -> Expression | None:
        """The expression that begins at token ``start``, or ``None``."""
        self.inner_lead = []
        lead, index = self._lead(start)
        self.nothing_before = index - self._is_days_of(index - 1)
        atoms, links, stop = self._sequence(index, TokenKind.BETWEEN in lead)
        if not atoms:
            return None
        found = Expression(atoms, links, lead + self.inner_lead, start, stop)
        found.up_to = any(token.text in _UP_TO for token in self.tokens[index:stop])
        self._tail(found)
        return found

    def _lead(self, index: int) -> tuple[list[TokenKind], int]:
        lead: list[TokenKind] = []
        while (token := self.at(index)) is not None and (token.kind in LEADS or lead):
            if token.kind is TokenKind.CLOCK and not token.cell:
                lead = [kind for kind in lead if kind not in _OF_THE_CLOCK]
                index += 1  # "senest kl. 12 den 2. november", "fra kl. 9 den 31. oktober"
                continue
            if token.kind not in LEADS:
                break
            if (lead and token.cell) or self.near_day(index) is not None:
                break
            if not (token.value == DEADLINE and TokenKind.AFTER in lead):
                lead.append(self._lead_kind(token, index))
            if token.text == "i":
                lead.append(TokenKind.YEAR_WORD)  # "i 2009": a bare year may follow
            index += 1
            while self._passed_in_lead(index, token.kind):
                index += 1
            if (end := self.at(index)) is not None and _ends_period(end, lead):
                lead.append(TokenKind.BY_END)
                index += 1
        if self._is_days_of(index):
            index += 1
        return lead, index

    def _is_days_of(self, index: int) -> bool:
        """ "i ugen 9.-15. februar": the word only describes the days."""
        token = self.at(index)
        return token is not None and token.text == "ugen" and self.sign(index + 2) == "."

    def _lead_kind(self, token: Token, index: int) -> TokenKind:
        """ "til efteråret" is in it; "frem til sommerferien" is before it begins."""
        if token.text not in _UP_TO or not self.is_kind(
            index + 1, TokenKind.BREAK, TokenKind.SEASON
        ):
            return token.kind
        if token.text == "til":
            return TokenKind.IN
        return TokenKind.BEFORE if self.is_kind(index + 1, TokenKind.BREAK) else token.kind

    def _passed_in_lead(self, index: int, kind: TokenKind) -> bool:
        """A dot or colon, and the verb of "fristen er 1. oktober"."""
        token = self.at(index)
        if token is None or token.cell:
            return False
        return token.text in (".", ":") or (kind is TokenKind.BY and token.text in _VERBS)

    def _sequence(self, index: int, between: bool) -> tuple[list[Atom], list[AtomLink], int]:
        """Atoms with their links, cut back to the last one that is finished."""
        atoms: list[Atom] = []
        links: list[AtomLink] = []
        stops: list[int] = []
        parsed, begin = self.atom(index), index
        units: list[Unit] = []
        while parsed is not None:
            atom, index = parsed
            atoms.append(atom)
            stops.append(index)
            units.append(inherited(units[-1], atom) if units else atom.unit)
            if atom.until is not None:
                atoms.append(atom.until)
                links.append(AtomLink.RANGE)
                stops.append(index)
                break
            if len(atoms) == MOST_ATOMS or self._breaks(atoms, units, links):
                break
            link = self._link(index, between) or self._link_past_clock(index)
            if link is None:
                break
            links.append(link[0])
            parsed = self._next_atom(link[1], link[0], atom, index)
            if parsed is not None and link[0] is AtomLink.LIST and describes(atom, parsed[0]):
                links.pop()
                break
            if parsed is not None and self.is_kind(link[1] - 1, TokenKind.BY_END):
                parsed[0].close = True
        if stops and self.lone_days(atoms, begin, stops[-1]):
            for atom in atoms:
                atom.unit, atom.near = Unit.DAY, Near(0, Unit.NUMBER)
        return self._finish(atoms, links, stops, between)

    def _breaks(self, atoms: list[Atom], units: list[Unit], links: list[AtomLink]) -> bool:
        """Is the atom before the last one unfinished for good? The expression ends there."""
        if len(atoms) < 2 or units[-2] not in UNFINISHED or units[-1] in UNFINISHED:
            return False
        if self.whole and opens_list(atoms):
            return False
        before = replace(atoms[-2])
        complete(before, replace(atoms[-1], unit=units[-1]), links[-1])
        return before.unit in UNFINISHED

    def _link_past_clock(self, index: int) -> tuple[AtomLink, int] | None:
        """ "3. marts kl. 12 til 24. marts kl. 12"."""
        index += self.sign(index) == ","
        if not self.is_kind(index, TokenKind.CLOCK):
            return None
        link = self._link(index + 1, False)
        return link if link is not None and link[0] is AtomLink.RANGE else None

    def _next_atom(
        self, index: int, link: AtomLink, before: Atom, gap: int
    ) -> tuple[Atom, int] | None:
        skip = {TokenKind.FILLER, TokenKind.IN, TokenKind.DURING}
        if link in (AtomLink.RANGE, AtomLink.EITHER):
            skip |= {TokenKind.BY, TokenKind.APPROX, TokenKind.FROM}
        while (token := self.at(index)) is not None and token.kind in skip:
            index += 1
            while self.sign(index) == ".":
                index += 1
        if before.unit is Unit.NUMBER and link in (AtomLink.AND, AtomLink.LIST):
            index = self._past_names(index)
        parsed = self.atom(index)
        if parsed is None or parsed[0].unit is not Unit.NUMBER:
            return parsed
        if before.unit is Unit.QUARTER and parsed[0].weak and parsed[0].number <= 4:
            parsed[0].unit = Unit.QUARTER  # "kvartal 3-4, 2026"
            return self._with_year(*parsed)
        if before.unit is not Unit.WEEK:
            return parsed
        after = self.at(parsed[1])
        spaced = self.tokens[gap].space and self.tokens[index].space
        if (
            after is not None
            and not after.cell
            and (
                after.text in COUNT_WORDS
                or (
                    spaced
                    and after.kind is TokenKind.WORD
                    and after.raw.islower()
                    and link is not AtomLink.AND
                )
            )
        ):
            return None
        parsed[0].unit = Unit.WEEK
        return self._with_year(*parsed)

    def _past_names(self, index: int) -> int:
        """ "d. 14. og byrådet d. 21. september": up to two words before the next day's "d."."""
        for words in (1, 2):
            after = self.at(index + words)
            if not all(self.is_kind(index + here, TokenKind.WORD) for here in range(words)):
                return index
            if after is not None and after.text in ("d", "den") and not after.cell:
                return self.dots(index + words + 1)
        return index

    def _link(self, index: int, between: bool) -> tuple[AtomLink, int] | None:
        """The link at ``index`` and where the next atom would begin."""
        token = self.at(index)
        if token is None:
            return None
        after = index + 1
        if token.cell or token.line:
            if token.text == "-" and token.line and not token.cell and self.whole:
                return AtomLink.RANGE, after
            if self.whole and token.kind in (
                TokenKind.NUMBER,
                TokenKind.MONTH,
                TokenKind.WEEK,
                TokenKind.PART,
                TokenKind.WEEKDAY,
                TokenKind.FILLER,
                TokenKind.SEASON,
            ):
                return AtomLink.LIST, index
            if token.cell or token.text == "-":
                return None
        if token.kind is TokenKind.TO or (token.kind is TokenKind.BY and token.text in _UNTIL):
            while (more := self.at(after)) is not None and (
                more.kind in (TokenKind.TO, TokenKind.BY_END) or more.text in (".", "og")
            ):
                after += 1
            return AtomLink.RANGE, after
        if token.kind is TokenKind.AND:
            if (more := self.at(after)) is not None and (
                more.kind is TokenKind.TO or more.text in _UNTIL
            ):
                return AtomLink.RANGE, after + 1
            return (AtomLink.RANGE if between else AtomLink.AND), after
        if token.kind is TokenKind.BY_END and token.text in _UNTIL_END:
            return AtomLink.RANGE, after
        if token.kind is TokenKind.RESPECTIVELY:
            return AtomLink.AND, self.dots(after)
        if token.text == "/" and self._is_iso_before(index):
            return AtomLink.RANGE, after
        if token.kind is TokenKind.OR or token.text == "/":
            return AtomLink.EITHER, self.dots(after)
        if token.text == "-":
            while self.sign(after) in ("-", ">"):
                after += 1
            return AtomLink.RANGE, after
        if token.text in _LIST_SIGNS:
            if (more := self.at(after)) is not None and more.kind is TokenKind.AND:
                return AtomLink.AND, after + 1
            return (AtomLink.AND if token.text in "&+" else AtomLink.LIST), after
        return None

    def _is_iso_before(self, index: int) -> bool:
        """ "2026-03-03/2026-03-24" is an interval (ISO 8601)."""
        year = self.at(index - 5)
        return (
            year is not None
            and len(year.text) == 4
            and self.sign(index - 2) == "-" == self.sign(index - 4)
            and not self.tokens[index].space
        )

    def _finish(
        self, atoms: list[Atom], links: list[AtomLink], stops: list[int], between: bool
    ) -> tuple[list[Atom], list[AtomLink], int]:
        """Give unfinished atoms the unit of their neighbour; drop what stays unfinished."""
        for here in range(1, len(atoms)):
            atoms[here].unit = inherited(atoms[here - 1].unit, atoms[here])
        if self.whole and stops and opens_list(atoms):
            for atom in atoms[:-1]:
                atom.weak = atom.weak and not self._is_first(stops[0])
        for here in range(len(atoms) - 2, -1, -1):
            complete(atoms[here], atoms[here + 1], links[here])
        count = len(atoms)
        if atoms and atoms[0].unit in UNFINISHED:
            dead = next((k for k, atom in enumerate(atoms) if atom.unit not in UNFINISHED), count)
            if dead > 1 and not between:  # "mellem" reads "og" in another way
                self.nothing_before = stops[dead - 2]
            return [], [], 0
        for here, atom in enumerate(atoms):
            if atom.unit in UNFINISHED:
                count = here
                break
        if count == 0:
            return [], [], 0
        return atoms[:count], links[: count - 1], stops[count - 1]

    def _is_first(self, stop: int) -> bool:
        """Does the cell begin with the atom that ends before ``stop``?"""
        return all(token.kind in LEADS or token.text == "." for token in self.tokens[: stop - 1])

    def _tail(self, found: Expression) -> None:
        """Words after the atoms that belong to the expression."""
        while (token := self.at(found.stop)) is not None and not token.cell:
            if token.kind is TokenKind.ONWARDS:
                found.onwards = True
            elif token.kind is TokenKind.REST_OF_YEAR:
                found.rest_of_year = True
            elif token.kind is TokenKind.CLOCK and not token.line:
                found.marks.add(token.raw)
            elif self._leads_to_clock(found, token):
                pass
            elif token.kind is TokenKind.OVER:
                found.lead.append(TokenKind.BY_END)
            elif token.kind is TokenKind.OR and self.is_text(found.stop + 1, *_OR_ON):
                found.onwards = True  # "april 2027 eller senere"
                found.stop += 1
            elif token.kind is TokenKind.OR and self.is_text(found.stop + 1, *_OR_BACK):
                found.lead.append(TokenKind.BY_END)
                found.stop += 1
            elif (stop := self._approx_after(found.stop)) is not None:
                found.lead.append(TokenKind.APPROX)
                found.stop = stop
                continue
            else:
                return
            found.stop += 1

    def _leads_to_clock(self, found: Expression, token: Token) -> bool:
        """ "5. maj, kl. 17", "på mandag formiddag"."""
        if token.text == ",":
            return self.is_kind(found.stop + 1, TokenKind.CLOCK)
        return token.text in PARTS_OF_DAY and found.atoms[-1].near is not None

    def _approx_after(self, index: int) -> int | None:
        """ "1. juni 2026 (forventet dato)", "juni 2026, forventet"."""
        if not self.is_kind(index + 1, TokenKind.APPROX) or self.sign(index) not in ("(", ","):
            return None
        stop = self.dots(index + 2)
        if self.sign(index) == ",":
            return stop if self.at(stop) is None else None
        while self.is_kind(stop, TokenKind.FILLER):
            stop += 1
        return stop + 1 if self.sign(stop) == ")" else None


_OF_THE_CLOCK = (TokenKind.FROM, TokenKind.EARLIEST, TokenKind.AFTER)
_OR_ON = ("senere", "derefter", "efter")
_OR_BACK = ("tidligere", "fgr")
_UP_TO = {"til", "frem til", "indtil"}
_UNTIL = {"frem til", "frem til og med", "indtil"}
_UNTIL_END = {
    "til udgangen af",
    "til og med udgangen af",
    "frem til udgangen af",
    "indtil udgangen af",
}
_VERBS = {"er", "var", "bliver", "udlgber"}


def _ends_period(token: Token, lead: list[TokenKind]) -> bool:
    """ "frist: udgangen af oktober", "inden udg. af oktober"."""
    return (
        token.text in ("udgangen af", "udg . af")
        and lead[-1:] != []
        and lead[-1] in (TokenKind.BY, TokenKind.BEFORE)
    )
