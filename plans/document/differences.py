"""What has changed from one frozen document to the next. Pure; the wording is in templates."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from .date_words import shown_date
from .plan_document import FocusLine, MilestoneLine, Moved, PlanDocument, SectionLine


@dataclass(frozen=True, slots=True)
class MovedMilestone:
    """A milestone whose date is another; ``reasons`` are those given since the document before."""

    line: MilestoneLine
    before: str
    after: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedMilestone:
    """A milestone that is the same in time, but not in ``aspects``: title, bodies, state …"""

    line: MilestoneLine
    before: MilestoneLine
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedArea:
    """A focus area that is not the same in ``aspects``: title, goals, period, decision …"""

    line: FocusLine
    before: FocusLine
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that is new, moved, changed or gone, each in the order of the document."""

    new: tuple[MilestoneLine, ...] = ()
    moved: tuple[MovedMilestone, ...] = ()
    done: tuple[MilestoneLine, ...] = ()
    cancelled: tuple[MilestoneLine, ...] = ()
    changed: tuple[ChangedMilestone, ...] = ()
    gone: tuple[MilestoneLine, ...] = ()
    sections_new: tuple[SectionLine, ...] = ()
    sections_changed: tuple[SectionLine, ...] = ()
    sections_gone: tuple[SectionLine, ...] = ()
    areas_new: tuple[FocusLine, ...] = ()
    areas_changed: tuple[ChangedArea, ...] = ()
    areas_gone: tuple[FocusLine, ...] = ()
    head: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Is there any?"""
        return any(getattr(self, field.name) for field in dataclasses.fields(self))


def differences(before: PlanDocument, after: PlanDocument) -> Differences:
    """What a reader of ``before`` should know of ``after``; rows are the same by their uid."""
    was = {line.uid: line for line in before.process_plan.milestones}
    now = {line.uid: line for line in after.process_plan.milestones}
    both = [(was[uid], line) for uid, line in now.items() if uid in was]
    old_sections = {section.uid: section for section in before.text}
    new_sections = {section.uid: section for section in after.text}
    old_areas = {area.uid: area for area in before.focus}
    new_areas = {area.uid: area for area in after.focus}
    return Differences(
        new=tuple(line for uid, line in now.items() if uid not in was),
        moved=tuple(_moved(old, new) for old, new in both if _date(old) != _date(new)),
        done=tuple(new for old, new in both if new.state == "done" != old.state),
        cancelled=tuple(new for old, new in both if new.state == "cancelled" != old.state),
        changed=tuple(
            ChangedMilestone(new, old, aspects)
            for old, new in both
            if (aspects := _aspects(old, new))
        ),
        gone=tuple(line for uid, line in was.items() if uid not in now),
        sections_new=tuple(s for uid, s in new_sections.items() if uid not in old_sections),
        sections_changed=tuple(
            s
            for uid, s in new_sections.items()
            if uid in old_sections and _text(s) != _text(old_sections[uid])
        ),
        sections_gone=tuple(s for uid, s in old_sections.items() if uid not in new_sections),
        areas_new=tuple(a for uid, a in new_areas.items() if uid not in old_areas),
        areas_changed=tuple(
            ChangedArea(area, old_areas[uid], aspects)
            for uid, area in new_areas.items()
            if uid in old_areas and (aspects := _area_aspects(old_areas[uid], area))
        ),
        areas_gone=tuple(a for uid, a in old_areas.items() if uid not in new_areas),
        head=tuple(
            name
            for name in ("title", "state", "body", "proposal", "still_open", "decided_by")
            if getattr(before.head, name) != getattr(after.head, name)
        ),
    )


def _date(line: MilestoneLine) -> object:
    return line.when or line.written


def _moved(before: MilestoneLine, after: MilestoneLine) -> MovedMilestone:
    since = after.moved[len(before.moved) :]
    reasons = tuple(dict.fromkeys(moved.reason for moved in since if moved.reason))
    return MovedMilestone(after, shown_date(before), shown_date(after), reasons)


def _aspects(before: MilestoneLine, after: MilestoneLine) -> tuple[str, ...]:
    names = ("title", "description", "bodies", "conditional", "place")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _area_aspects(before: FocusLine, after: FocusLine) -> tuple[str, ...]:
    """What is said of the area itself, and what a yearly status decides of it."""
    names = ("title", "theme", "goals", "period", "ended_on", "words", "decision", "reason")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _text(section: SectionLine) -> object:
    return section.title, tuple((block.anchor, block.html) for block in section.blocks)


@dataclass(frozen=True, slots=True)
class Notice:
    """A change of date as a reader meets it: what holds, what held, why, where it was decided."""

    now: str
    before: str
    reason: str
    decided_at: str


def notices(line: MilestoneLine) -> list[Notice]:
    """Every published date a milestone has had, the newest change first."""
    moves: list[Moved] = list(line.moved)
    after = [shown_date(moved) for moved in moves[1:]] + [shown_date(line)]
    pairs = zip(moves, after, strict=True)
    return [Notice(now, shown_date(m), m.reason, m.decided_at) for m, now in pairs][::-1]
