"""A revised process plan laid over the one in the house: three-way, row by row, nothing silent.

For each field there are three voices: what the file said when it was last imported (*before*),
what the new file says (*theirs*), and what stands in the plan now (*mine*). Who has changed it
alone is right; when both have, it is a conflict and a person chooses.

Pure functions over plain values; no database.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from kommuneplan.collation import fold
from kommuneplan.timespan.span import Reading, ReadingStatus, TimeSpan, moment
from plans.readers.process_plan.draft import reading_from_json, reading_to_json

FIELDS = ("title", "description", "when", "kind", "bodies", "phase", "conditional")
ALIKE = 0.55  # how alike two titles are, from 0 to 1, to be the same milestone
ALIKE_SAME_DAY = 0.34  # … when they have the same date
COMMON = 200  # a word in more milestones than this says nothing of which is which
ALIKE_BY_HAND = 0.8  # … when one was never imported but written by hand


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """The facts of a milestone that a file can say. ``bodies`` are names."""

    title: str
    description: str = ""
    when: TimeSpan | None = None
    written: str = ""
    kind: str = "other"
    bodies: tuple[str, ...] = ()
    phase: str = ""
    conditional: bool = False

    def key(self, name: str) -> Any:
        """A field in the form in which two are compared: spacing, order and case aside."""
        if name == "when":
            return moment(self.when) or " ".join(self.written.casefold().split())
        if name == "bodies":
            return frozenset(part for who in self.bodies for part in who.casefold().split(", "))
        value = getattr(self, name)
        return " ".join(value.split()) if isinstance(value, str) else value

    def taking(self, other: MilestoneFacts, name: str) -> MilestoneFacts:
        """The same with one field from another; a date comes with its words."""
        if name == "when":
            return replace(self, when=other.when, written=other.written)
        return replace(self, **{name: getattr(other, name)})

    def to_json(self) -> dict[str, Any]:
        """As it is remembered with a milestone."""
        spans = (self.when,) if self.when else ()
        return {
            "schema": 1,
            "title": self.title,
            "description": self.description,
            "when": reading_to_json(Reading(ReadingStatus.OK, spans, written=self.written)),
            "kind": self.kind,
            "bodies": list(self.bodies),
            "phase": self.phase,
            "conditional": self.conditional,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> MilestoneFacts:
        """What ``to_json`` wrote."""
        reading = reading_from_json(data["when"])
        return cls(
            title=data["title"],
            description=data["description"],
            when=reading.span,
            written=reading.written,
            kind=data["kind"],
            bodies=tuple(data["bodies"]),
            phase=data["phase"],
            conditional=data["conditional"],
        )


@dataclass(frozen=True, slots=True)
class PlanMilestone:
    """A milestone in the plan. ``before`` is what the last import said of it, if there was one.

    ``meets``: it is a meeting or a consultation and follows that one's date, whatever a file says.
    """

    uid: str
    now: MilestoneFacts
    before: MilestoneFacts | None = None
    published: bool = False
    planned: bool = True
    meets: bool = False


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of the file. ``choices`` settle conflicts: field → "file" or "hand"."""

    key: str
    said: MilestoneFacts
    choices: Mapping[str, str] = field(default_factory=dict)


class MilestoneFate(enum.StrEnum):
    """What the file does to the plan, row by row."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A row and what it becomes. ``conflicts`` were changed both by hand and in the file;
    until somebody chooses, what was done by hand stays."""

    key: str
    theirs: MilestoneFacts
    result: MilestoneFacts
    standing: PlanMilestone | None = None
    conflicts: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[str, ...]:
        """The fields that will not be as they are now."""
        if self.standing is None:
            return ()
        now = self.standing.now
        return tuple(name for name in FIELDS if now.key(name) != self.result.key(name))

    @property
    def fate(self) -> MilestoneFate:
        """New, moved, otherwise changed, or unchanged."""
        if self.standing is None:
            return MilestoneFate.NEW
        if "when" in self.changes:
            return MilestoneFate.MOVED
        return MilestoneFate.CHANGED if self.changes else MilestoneFate.UNCHANGED


@dataclass(frozen=True, slots=True)
class MergedPlan:
    """The whole: every row of the file, and the imported milestones the file no longer has."""

    rows: tuple[MergedRow, ...]
    gone: tuple[PlanMilestone, ...]


def merge(incoming: Sequence[DocumentRow], standing: Sequence[PlanMilestone]) -> MergedPlan:
    """Lay the rows of a file over the milestones of a plan."""
    pairs = match([row.said for row in incoming], standing)
    rows = tuple(
        _merged(row, standing[pairs[place]] if place in pairs else None)
        for place, row in enumerate(incoming)
    )
    found = set(pairs.values())
    gone = tuple(
        milestone
        for place, milestone in enumerate(standing)
        if place not in found and milestone.before and milestone.planned
    )
    return MergedPlan(rows, gone)


def _merged(row: DocumentRow, milestone: PlanMilestone | None) -> MergedRow:
    if milestone is None:
        return MergedRow(row.key, row.said, row.said)
    result, conflicts, kept = milestone.now, [], []
    for name in FIELDS:
        voice = _voice(name, milestone, row.said)
        if voice == "conflict":
            conflicts.append(name)
            voice = row.choices.get(name, "hand")
        elif voice == "hand":
            kept.append(name)
        if voice == "file":
            result = result.taking(row.said, name)
    return MergedRow(row.key, row.said, result, milestone, tuple(conflicts), tuple(kept))


def _voice(name: str, milestone: PlanMilestone, theirs: MilestoneFacts) -> str:
    """Who is right about a field: "same", "file", "hand" or "conflict"."""
    mine = milestone.now.key(name)
    if mine == theirs.key(name):
        return "same"
    if name == "when" and milestone.meets:
        return "hand"
    if milestone.before is None:
        return "conflict" if mine else "file"
    before = milestone.before.key(name)
    if before == theirs.key(name):
        return "hand"
    return "file" if mine == before else "conflict"


# --- which row is which milestone --------------------------------------------------------------


def match(rows: Sequence[MilestoneFacts], standing: Sequence[PlanMilestone]) -> dict[int, int]:
    """Place of a row → place of the milestone it is: the likest pairs first, then the nearest
    in order. What was imported before is compared as it was imported and as it stands."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for certain in (True, False):
        for _score, _distance, row, milestone in sorted(
            _candidates(rows, standing, pairs, taken, certain)
        ):
            if row not in pairs and milestone not in taken:
                pairs[row] = milestone
                taken.add(milestone)
    return pairs


def _candidates(
    rows: Sequence[MilestoneFacts],
    standing: Sequence[PlanMilestone],
    pairs: Mapping[int, int],
    taken: set[int],
    certain: bool,
) -> Iterable[tuple[float, float, int, int]]:
    """Possible pairs as (−likeness, distance in order, row, milestone).

    The certain ones have title and date, or just the title, word for word; only what is left is
    compared by likeness, and only where a word is shared.
    """
    by_word: defaultdict[str, set[int]] = defaultdict(set)
    for place, milestone in enumerate(standing):
        if place not in taken:
            for voice in _voices(milestone):
                for word in _index(voice, certain):
                    by_word[word].add(place)
    for place, row in enumerate(rows):
        if place in pairs:
            continue
        shared = (by_word[word] for word in _index(row, certain))
        for other in set().union(*(places for places in shared if len(places) <= COMMON)):
            likeness = max(_likeness(row, voice) for voice in _voices(standing[other]))
            if likeness >= _enough(row, standing[other]):
                far = abs(place / max(1, len(rows)) - other / max(1, len(standing)))
                yield -round(likeness, 3), round(far, 4), place, other


def _voices(milestone: PlanMilestone) -> list[MilestoneFacts]:
    return [milestone.before, milestone.now] if milestone.before else [milestone.now]


def _index(said: MilestoneFacts, certain: bool) -> Collection[str]:
    words = _words(said.title)
    if certain:
        return [" ".join(fold(said.title).split())]
    return [word for word in words if len(word) > 3 or word.isdigit()] or words


def _likeness(row: MilestoneFacts, other: MilestoneFacts) -> float:
    """Alike in title, from 0 to 1, and a little more for the same date, kind and bodies."""
    words = _shared(_words(row.title), _words(other.title))
    letters = _shared(_letters(row.title), _letters(other.title))
    likeness = max(words, letters)
    for name, weight in (("when", 0.2), ("kind", 0.02), ("bodies", 0.03)):
        likeness += weight * (row.key(name) == other.key(name))
    return likeness


def _shared(one: frozenset[str], two: frozenset[str]) -> float:
    """How much two sets have in common, from 0 to 1."""
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 1.0


@lru_cache(maxsize=8192)
def _words(title: str) -> frozenset[str]:
    return frozenset(fold(title).split())


@lru_cache(maxsize=8192)
def _letters(title: str) -> frozenset[str]:
    """Every three letters in a row: alike for "procesplan" and "procesplanen"."""
    text = f"  {fold(title)} "
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


def _enough(row: MilestoneFacts, milestone: PlanMilestone) -> float:
    if milestone.before is None:
        return ALIKE_BY_HAND
    same_day = any(row.key("when") == voice.key("when") for voice in _voices(milestone))
    return ALIKE_SAME_DAY + 0.2 if same_day else ALIKE
