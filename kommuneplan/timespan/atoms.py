"""What a date expression is before its years are known: atoms, signs between, words around."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .lexicon import TokenKind


class Unit(enum.Enum):
    """What an atom names."""

    DAY = enum.auto()
    MONTH = enum.auto()
    WEEK = enum.auto()
    QUARTER = enum.auto()
    HALF_YEAR = enum.auto()
    SEASON = enum.auto()
    BREAK = enum.auto()
    YEAR = enum.auto()
    SCHOOL_YEAR = enum.auto()
    NTH_WEEKDAY = enum.auto()  # den første mandag i maj
    MONTH_WEEK = enum.auto()  # sidste uge i juni
    LAST_DAY = enum.auto()  # sidste dag i juni
    WHOLE_WEEK = enum.auto()  # første hele uge i juni
    WORKING_DAY = enum.auto()  # første hverdag i juni
    FEAST = enum.auto()  # langfredag, nytårsdag
    NUMBER = enum.auto()  # unfinished: "7." of "7. og 14. september"
    PART = enum.auto()  # unfinished: "medio" of "medio/ultimo august"
    WEEKDAY = enum.auto()  # unfinished: "mandag" of "mandag og tirsdag i uge 34"


UNFINISHED = (Unit.NUMBER, Unit.PART, Unit.WEEKDAY)


class AtomLink(enum.Enum):
    """What stands between two atoms."""

    RANGE = enum.auto()
    EITHER = enum.auto()  # "/" and "eller"
    LIST = enum.auto()
    AND = enum.auto()


class Near(NamedTuple):
    """How far an atom lies from the day of the document, in steps of its own unit.

    ``counted`` is what the steps are of when that is another unit: "om 3 uger" is a day three
    weeks on. For a weekday it is ``WEEKDAY`` (the first or last such day), for a day without a
    month ``NUMBER``. ``doubt`` is told with it, an English source string.
    """

    steps: int
    counted: Unit | None = None
    doubt: str = ""


@dataclass(slots=True)
class Atom:
    """One named period or day as written; ``None`` is what was not said."""

    unit: Unit
    number: int = 0  # day, week, quarter, half-year, season (Season)
    month: int | None = None
    year: int | None = None
    end_year: int | None = None  # 2026/27
    part: int | None = None  # primo 0, medio 1, ultimo 2
    half: int | None = None  # første halvdel 0, anden 1
    weekday: int | None = None
    feast: object = None  # Break or Feast
    beside: int = 0  # -1 the week before a break, 1 the week after it
    years_on: int | None = None  # "næste år": 1
    near: Near | None = None  # "næste uge", "om 14 dage"
    until: Atom | None = None  # the end of a run: "de næste 3 uger" is from one week to another
    close: bool = False  # "udgangen af": only its last day counts
    gloss: Expression | None = None  # "(9.-15. februar)" after it
    short_year: bool = False  # two digits after a month: "Jan 26"
    weak: bool = False  # digits alone, or a guessed word: needs a sign that it is a date
    written_year: bool = False

    def copied(self) -> Atom:
        """The same, to be written in."""
        return replace(self, gloss=self.gloss and self.gloss.copied())


@dataclass(slots=True)
class Expression:
    """Atoms and links, the words before and after, and the tokens they take."""

    atoms: list[Atom]
    links: list[AtomLink]
    lead: list[TokenKind]
    start: int
    stop: int
    onwards: bool = False
    rest_of_year: bool = False
    up_to: bool = False  # "til", not "til og med": ends where a break begins
    moved_from: Atom | None = None  # "udskudt fra 5. maj til 8. juni"
    marks: set[str] = field(default_factory=set)

    def copied(self) -> Expression:
        """The same, to be written in."""
        return replace(
            self,
            atoms=[atom.copied() for atom in self.atoms],
            links=list(self.links),
            lead=list(self.lead),
            moved_from=self.moved_from and self.moved_from.copied(),
            marks=set(self.marks),
        )
