"""What one act on many remarks would do: which of what was chosen is used for which remark, and
what is left out, and why. Asked before it is done, so that it can be said before it is done, and
again under the lock. Pure: rows in, an outcome out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from consultations.models import Remark, StandardAnswer
from kommuneplan.fingerprint import digest


class ChosenPart(StrEnum):
    """What can be chosen for many remarks at once."""

    THEME = "theme"
    ASSIGNEE = "assignee"
    ANSWER = "answer"  # a proposal, a standard answer, or both
    DECISION = "decision"
    TOGETHER = "together"


SPOKEN = {ChosenPart.ANSWER, ChosenPart.DECISION}  # said once for all that are answered together


class LeftBecause(StrEnum):
    """Why something chosen is not used for a remark, or something it has is not used any more."""

    HAS_ANSWER = "has-answer"
    HAS_DECISION = "has-decision"
    FOLLOWS = "follows"
    HEAD_UNMARKED = "head-unmarked"
    NO_LONGER_SHOWN = "no-longer-shown"


@dataclass(frozen=True)
class Wish:
    """What somebody has chosen for the marked remarks. ``sorting`` has a theme or an assignee
    where one was chosen; ``together``: they are answered together."""

    sorting: Mapping[str, Any] = field(default_factory=dict)
    proposal: str = ""
    answer: StandardAnswer | None = None
    decision: str = ""
    decision_words: str = ""
    together: bool = False

    @property
    def answers(self) -> dict[str, Any]:
        """The fields of a remark that are answered, where a proposal or an answer was chosen."""
        if not self.proposal and self.answer is None:
            return {}
        facts = {"proposal": self.proposal or (self.answer.proposal if self.answer else "")}
        return facts | ({"reply": self.answer.reply} if self.answer else {})

    @property
    def decides(self) -> dict[str, Any]:
        """The fields of a remark that are decided, where a decision was chosen."""
        if not self.decision:
            return {}
        return {"decision": self.decision, "decision_words": self.decision_words}

    @property
    def is_empty(self) -> bool:
        """Nothing was chosen."""
        return not (self.sorting or self.answers or self.decides or self.together)


@dataclass(frozen=True, slots=True)
class Left:
    """Something chosen that is not used for these remarks, by number."""

    part: ChosenPart
    because: LeftBecause
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Used:
    """Something chosen that is used for these remarks, by number."""

    part: ChosenPart
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ManyOutcome:
    """What an act would do. ``head`` is the number they are answered together with."""

    used: tuple[Used, ...]
    left: tuple[Left, ...]
    head: int | None = None

    @property
    def told(self) -> str:
        """One value for what was said of it, so that what is done is what was said."""
        return digest(repr(self))

    def numbers(self, part: ChosenPart) -> set[int]:
        """The remarks for which a part is used."""
        return {number for one in self.used if one.part == part for number in one.numbers}


def outcome(rows: Sequence[Remark], wish: Wish, *, head: Remark | None = None) -> ManyOutcome:
    """What a wish does to the marked rows. ``head``: the remark that answers for all of them,
    where they are answered together."""
    weighed = _Weighing(rows, head)
    for name, part in (("theme", ChosenPart.THEME), ("assignee", ChosenPart.ASSIGNEE)):
        if name in wish.sorting:
            weighed.use(part, rows)
    if wish.answers:
        weighed.use(ChosenPart.ANSWER, rows, lambda row: _why_not_answered(row, wish))
    if wish.decides:
        weighed.use(ChosenPart.DECISION, rows, lambda row: _why_not_decided(row, wish))
    if head is not None:
        weighed.join(head)
    return ManyOutcome(tuple(weighed.used), tuple(weighed.left), head.number if head else None)


class _Weighing:
    """The parts of a wish, one after the other."""

    def __init__(self, rows: Sequence[Remark], head: Remark | None) -> None:
        self.rows, self.head = rows, head
        self.used: list[Used] = []
        self.left: list[Left] = []

    def use(
        self,
        part: ChosenPart,
        rows: Sequence[Remark],
        why_not: Callable[[Remark], LeftBecause | None] = lambda row: None,
    ) -> None:
        """Note for which rows a part is used, and for which it is not. Of those that are answered
        together the head alone is answered and decided; it speaks for the others."""
        used: list[int] = []
        left: dict[LeftBecause, list[int]] = {}
        for row in [self.head] if self.head and part in SPOKEN else rows:
            why = why_not(row) if row in self.rows else LeftBecause.HEAD_UNMARKED
            if why is None:
                used.append(row.number)
            else:
                left.setdefault(why, []).append(row.number)
        if used:
            self.used.append(Used(part, tuple(used)))
        self.left += [Left(part, why, tuple(numbers)) for why, numbers in left.items()]

    def join(self, head: Remark) -> None:
        """Note who follows the head, and whose own words are not shown any more."""
        followers = [row for row in self.rows if row.pk != head.pk]
        self.used.append(Used(ChosenPart.TOGETHER, tuple(row.number for row in followers)))
        spoken = [row.number for row in followers if row.same_as_id is None and _has_words(row)]
        if spoken:
            self.left.append(Left(ChosenPart.TOGETHER, LeftBecause.NO_LONGER_SHOWN, tuple(spoken)))


def _has_words(row: Remark) -> bool:
    return bool(row.reply or row.proposal or row.decision or row.decision_words)


def _why_not_answered(row: Remark, wish: Wish) -> LeftBecause | None:
    """A remark keeps its own reply and proposal; one that is answered with another has none."""
    if row.same_as_id is not None and not wish.together:
        return LeftBecause.FOLLOWS
    if all(getattr(row, name) == value for name, value in wish.answers.items()):
        return None  # it says so already
    return LeftBecause.HAS_ANSWER if any(getattr(row, n) for n in wish.answers) else None


def _why_not_decided(row: Remark, wish: Wish) -> LeftBecause | None:
    """A remark keeps its own decision; what is decided of one that answers for others holds for
    them."""
    if row.same_as_id is not None and not wish.together:
        return LeftBecause.FOLLOWS
    if all(getattr(row, name) == value for name, value in wish.decides.items()):
        return None
    return LeftBecause.HAS_DECISION if row.decision or row.decision_words else None
