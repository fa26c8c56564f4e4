"""What has changed from one frozen document to the next, as values; what a reader is told of a
changed date. Pure."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kommuneplan.plain_text import reads_as
from plans.enums import MilestoneKind

from .date_words import shown_date
from .parts import BlockWords, DocumentPart, part
from .plan_document import MilestoneLine, Moved, PlanDocument

HEAD = ("title", "state", "body", "proposal", "still_open", "decided_by")


@dataclass(frozen=True, slots=True)
class BlockDifferences:
    """Blocks of a part that are new, say something else, or are gone."""

    new: tuple[BlockWords, ...] = ()
    changed: tuple[BlockWords, ...] = ()
    gone: tuple[BlockWords, ...] = ()

    def __bool__(self) -> bool:
        """Is there any?"""
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class Differences:
    """What is another: the names of fields of the head, and of each part, by its key, what the
    part itself tells; false where there is nothing."""

    head: tuple[str, ...] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Is there any?"""
        return bool(self.head) or any(self.parts.values())

    @property
    def changed_parts(self) -> list[tuple[DocumentPart, Any]]:
        """Each part that differs, with its differences, in the order of the document."""
        known = ((part(key), what) for key, what in self.parts.items() if what)
        return [(one, what) for one, what in known if one]

    def counted(self) -> Iterator[str]:
        """The differences of the parts counted in words, in the order of a paper."""
        for one, what in sorted(self.changed_parts, key=lambda pair: pair[0].on_paper):
            yield from one.counted(what)


def differences(before: PlanDocument, after: PlanDocument) -> Differences:
    """What a reader of ``before`` should know of ``after``; rows are the same by their uid."""
    return Differences(
        head=tuple(
            name
            for name in HEAD
            if not reads_as(getattr(before.head, name), getattr(after.head, name))
        ),
        parts={one.key: _of_part(one, before.value(one), value) for one, value in after.each()},
    )


def _of_part(one: DocumentPart, before: Any, after: Any) -> Any:
    """As the part tells them; without ``differences`` block by block."""
    if one.differences:
        return one.differences(before, after)
    was = {block.anchor: block for block in one.words(before)}
    now = {block.anchor: block for block in one.words(after)}
    return BlockDifferences(
        new=tuple(block for anchor, block in now.items() if anchor not in was),
        changed=tuple(
            block for a, block in now.items() if a in was and not block.says_the_same_as(was[a])
        ),
        gone=tuple(block for anchor, block in was.items() if anchor not in now),
    )


class Turn(enum.StrEnum):
    """What became of a published date: another one, or, where the days are as they were, that the
    consultation was withdrawn, and that it is held after all."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class DateNotice:
    """A change of date as a reader meets it: what holds, what held, why, where it was decided."""

    now: str
    before: str
    reason: str
    decided_at: str
    turn: Turn = Turn.MOVED


def turns(line: MilestoneLine) -> Iterator[tuple[Moved, Turn]]:
    """Each change of a published date, the oldest first, and what it was."""
    turn = Turn.MOVED
    for moved, then in zip(line.moved, [*line.moved[1:], line], strict=False):
        if line.kind != MilestoneKind.HEARING or moved.when != then.when:
            turn = Turn.MOVED
        else:
            turn = Turn.HELD if turn == Turn.CANCELLED else Turn.CANCELLED
        yield moved, turn


def notices(line: MilestoneLine) -> list[DateNotice]:
    """Every published date a milestone has had, the newest change first."""
    after = [shown_date(moved) for moved in [*line.moved[1:], line]]
    told = [
        DateNotice(now, shown_date(moved), moved.reason, moved.decided_at, turn)
        for (moved, turn), now in zip(turns(line), after, strict=False)
    ]
    return told[::-1]


def turn_words(turn: Turn, *, before: str, reason: str) -> str:
    """A change of a published date as a sentence, for papers and calendars."""
    facts = {"date": before or _("not fixed"), "reason": reason}
    if turn == Turn.CANCELLED:
        return _("Cancelled. %(reason)s") % facts
    if turn == Turn.HELD:
        return _("It is held after all. %(reason)s") % facts
    return _("New date (was %(date)s). %(reason)s") % facts
