"""From tokens to expressions: which words belong together as one date.

The parser knows the order of words, not the calendar: "31. juni" and "uge 60" are
expressions too, and are refused when they are worked out.
"""

from __future__ import annotations

from kommuneplan.timespan.atom_grammar import AtomParser
from kommuneplan.timespan.atoms import UNFINISHED, Atom, Expression, Link, Unit
from kommuneplan.timespan.lexicon import COUNT_WORDS, Kind

LEADS = {
    Kind.BY,
    Kind.BEFORE,
    Kind.BY_END,
    Kind.FROM,
    Kind.EARLIEST,
    Kind.AFTER,
    Kind.APPROX,
    Kind.AS_OF,
    Kind.BETWEEN,
    Kind.DURING,
    Kind.IN,
    Kind.FILLER,
    Kind.TO,
}
_LIST_SIGNS = {",", ";", "&", "+"}
STARTERS = LEADS | {
    Kind.NUMBER,
    Kind.MONTH,
    Kind.WEEKDAY,
    Kind.ORDINAL,
    Kind.LAST,
    Kind.PART,
    Kind.WEEK,
    Kind.QUARTER,
    Kind.HALF_YEAR,
    Kind.SHORT_UNIT,
    Kind.YEAR_WORD,
    Kind.SCHOOL_YEAR,
    Kind.SEASON,
    Kind.SEASON_PART,
    Kind.BREAK,
    Kind.YEAR_END,
    Kind.THIS_YEAR,
    Kind.HALF_PART,
}


class Parser(AtomParser):
    """Reads expressions from a list of tokens.

    ``whole`` says that the text is one cell of a date column: a line break then parts two
    dates, and bare digits may be dates.
    """

    def expression(self, start: int) -> Expression | None:
        """The expression that begins at token ``start``, or ``None``."""
        lead, index = self._lead(start)
        atoms, links, stop = self._sequence(index, Kind.BETWEEN in lead)
        if not atoms:
            return None
        found = Expression(atoms, links, lead, start, stop)
        self._tail(found)
        return found

    def _lead(self, index: int) -> tuple[list[Kind], int]:
        lead: list[Kind] = []
        while (token := self.at(index)) is not None and token.kind in LEADS:
            if lead and token.cell:
                break
            lead.append(token.kind)
            if token.text == "i":
                lead.append(Kind.YEAR_WORD)  # "i 2009": a bare year may follow
            index += 1
            while self.sign(index) in (".", ":") and not self.tokens[index].cell:
                index += 1
        if token is not None and token.text == "ugen" and self.sign(index + 2) == ".":
            index += 1  # "i ugen 9.-15. februar"
        return lead, index

    def _sequence(self, index: int, between: bool) -> tuple[list[Atom], list[Link], int]:
        """Atoms with their links, cut back to the last one that is finished."""
        atoms: list[Atom] = []
        links: list[Link] = []
        stops: list[int] = []
        parsed = self.atom(index)
        while parsed is not None:
            atom, index = parsed
            atoms.append(atom)
            stops.append(index)
            link = self._link(index, between)
            if link is None:
                break
            links.append(link[0])
            parsed = self._next_atom(link[1], link[0], atom, index)
        return self._finish(atoms, links, stops)

    def _next_atom(self, index: int, link: Link, before: Atom, gap: int) -> tuple[Atom, int] | None:
        skip = {Kind.FILLER, Kind.IN, Kind.DURING}
        if link in (Link.RANGE, Link.EITHER):
            skip |= {Kind.BY, Kind.APPROX, Kind.FROM}
        while (token := self.at(index)) is not None and token.kind in skip:
            index += 1
            while self.sign(index) == ".":
                index += 1
        parsed = self.atom(index)
        if parsed is None or parsed[0].unit is not Unit.NUMBER or before.unit is not Unit.WEEK:
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
                    and after.kind is Kind.WORD
                    and after.raw.islower()
                    and link is not Link.AND
                )
            )
        ):
            return None
        parsed[0].unit = Unit.WEEK
        return self._with_year(*parsed)

    def _link(self, index: int, between: bool) -> tuple[Link, int] | None:
        """The link at ``index`` and where the next atom would begin."""
        token = self.at(index)
        if token is None:
            return None
        after = index + 1
        if token.cell or token.line:
            if token.text == "-" and token.line and not token.cell and self.whole:
                return Link.RANGE, after
            if self.whole and token.kind in (
                Kind.NUMBER,
                Kind.MONTH,
                Kind.WEEK,
                Kind.PART,
                Kind.WEEKDAY,
                Kind.FILLER,
                Kind.SEASON,
            ):
                return Link.LIST, index
            if token.cell or token.text == "-":
                return None
        if token.kind is Kind.TO or (token.kind is Kind.BY and token.text in _UNTIL):
            while (more := self.at(after)) is not None and (
                more.kind in (Kind.TO, Kind.BY_END) or more.text in (".", "og")
            ):
                after += 1
            return Link.RANGE, after
        if token.kind is Kind.AND:
            if (more := self.at(after)) is not None and (
                more.kind is Kind.TO or more.text in _UNTIL
            ):
                return Link.RANGE, after + 1
            return (Link.RANGE if between else Link.AND), after
        if token.kind is Kind.OR or token.text == "/":
            return Link.EITHER, after
        if token.text == "-":
            while self.sign(after) in ("-", ">"):
                after += 1
            return Link.RANGE, after
        if token.text in _LIST_SIGNS:
            if (more := self.at(after)) is not None and more.kind is Kind.AND:
                return Link.AND, after + 1
            return (Link.AND if token.text in "&+" else Link.LIST), after
        return None

    def _finish(
        self, atoms: list[Atom], links: list[Link], stops: list[int]
    ) -> tuple[list[Atom], list[Link], int]:
        """Give unfinished atoms the unit of their neighbour; drop what stays unfinished."""
        for here in range(1, len(atoms)):
            before, atom = atoms[here - 1], atoms[here]
            if (
                atom.unit is Unit.NUMBER
                and before.unit in (Unit.WEEK, Unit.QUARTER)
                and (before.unit is Unit.WEEK or atom.number <= 4)
            ):
                atom.unit = before.unit
        for here in range(len(atoms) - 2, -1, -1):
            _complete(atoms[here], atoms[here + 1], links[here])
        count = len(atoms)
        if atoms and atoms[0].unit in UNFINISHED:
            return [], [], 0
        for here, atom in enumerate(atoms):
            if atom.unit in UNFINISHED:
                count = here
                break
        if count == 0:
            return [], [], 0
        return atoms[:count], links[: count - 1], stops[count - 1]

    def _tail(self, found: Expression) -> None:
        """Words after the atoms that belong to the expression."""
        while (token := self.at(found.stop)) is not None and not token.cell:
            if token.kind is Kind.ONWARDS:
                found.onwards = True
            elif token.kind is Kind.REST_OF_YEAR:
                found.rest_of_year = True
            elif token.kind is Kind.CLOCK and not token.line:
                found.marks.add(token.raw)
            elif (
                token.text == ","
                and (after := self.at(found.stop + 1)) is not None
                and (after.kind is Kind.CLOCK)
            ):
                pass
            else:
                return
            found.stop += 1


_UNTIL = {"frem til", "frem til og med", "indtil"}


def _complete(atom: Atom, after: Atom, link: Link) -> None:
    """ "7." before "14. september" is a day of September; "1." before "2. kvartal" a quarter."""
    if atom.unit is Unit.NUMBER:
        if after.unit is Unit.DAY and not (link in (Link.LIST, Link.AND) and atom.weak):
            atom.unit, atom.month = Unit.DAY, after.month
            atom.weak = False
        elif after.unit in (Unit.QUARTER, Unit.HALF_YEAR) and atom.number <= 9:
            atom.unit = after.unit
    elif atom.unit is Unit.PART and after.part is not None:
        atom.unit, atom.month, atom.number = after.unit, after.month, after.number
        atom.feast = after.feast
        atom.year, atom.written_year = after.year, after.written_year
