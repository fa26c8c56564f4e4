"""The outline of a plan's text: sections added, moved, marked public, taken out and put back.

The plan row is locked while its outline changes, so that two people moving sections take turns.
Moving a section changes its place and lock version, never its words: who is writing in it is
not disturbed (see ``writing.save_section``).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from plans.models import Plan, Section


class Direction(enum.StrEnum):
    """Where a section can be moved with one press of a button."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


class CannotMove(Exception):
    """There is no such place: above the first, below the last, under itself."""


@transaction.atomic
def add_section(
    *,
    plan: Plan,
    title: str,
    parent: Section | None = None,
    links: Mapping[str, Any] | None = None,
    by: User | None,
) -> Section:
    """A new, empty, internal section at the end of those under ``parent``. ``links``: its place
    in a target group's chapter (``chapters``).

    Raises ValueError when the parent is another plan's.
    """
    plan = _locked(plan)
    if parent is not None and parent.plan_id != plan.pk:
        raise ValueError("The section above belongs to another plan")
    section = Section(plan=plan, parent=parent, title=title, **(links or {}))
    section.position = _end(plan, section.parent_id)
    _save(section, by)
    return section


@transaction.atomic
def move_section(*, section: Section, direction: Direction, by: User | None) -> Section:
    """One step up, down, under the section before it, or out beside the one it stands under.

    Raises CannotMove where there is no such step.
    """
    plan = _locked(section.plan)
    section = plan.sections.get(pk=section.pk)
    beside = _standing(plan, section.parent_id)
    place = next((i for i, row in enumerate(beside) if row.pk == section.pk), None)
    if place is None:
        raise CannotMove
    if direction in {Direction.UP, Direction.DOWN}:
        to = place + (1 if direction == Direction.DOWN else -1)
        if not 0 <= to < len(beside):
            raise CannotMove
        return _put(plan, section, section.parent, to, by)
    if direction == Direction.IN:
        if place == 0:
            raise CannotMove
        return _put(plan, section, beside[place - 1], None, by)
    if section.parent is None:
        raise CannotMove
    above = _standing(plan, section.parent.parent_id)
    after = next(i for i, row in enumerate(above) if row.pk == section.parent_id)
    return _put(plan, section, section.parent.parent, after + 1, by)


@transaction.atomic
def place_section(
    *, section: Section, parent: Section | None, position: int, by: User | None
) -> Section:
    """Put a section at a place among those under ``parent``, as dragging does.

    Raises CannotMove when that is under itself or in another plan.
    """
    plan = _locked(section.plan)
    section = plan.sections.get(pk=section.pk)
    if section.retired_at or (parent and (parent.plan_id != plan.pk or parent.retired_at)):
        raise CannotMove
    above = parent
    while above is not None:
        if above.pk == section.pk:
            raise CannotMove
        above = above.parent
    return _put(plan, section, parent, position, by)


def _put(
    plan: Plan, section: Section, parent: Section | None, to: int | None, by: User | None
) -> Section:
    """Only rows whose place changes are written."""
    beside = [row for row in _standing(plan, parent and parent.pk) if row.pk != section.pk]
    to = len(beside) if to is None else max(0, min(to, len(beside)))
    beside.insert(to, section)
    for place, row in enumerate(beside):
        moved = row.pk == section.pk and row.parent_id != (parent and parent.pk)
        if moved:
            row.parent = parent
        if moved or row.position != place:
            row.position = place
            _save(row, by)
    return section


@transaction.atomic
def mark_section(*, section: Section, public: bool, by: User | None) -> Section:
    """Let a section be published, or keep it internal; what others see changes with the next
    publication."""
    section = Section.objects.select_for_update().get(pk=section.pk)
    if section.is_public != public:
        section.is_public = public
        _save(section, by)
    return section


@transaction.atomic
def retire_section(*, section: Section, by: User | None) -> list[Section]:
    """Take a section out of the text with all that stands under it; gives what was taken out.

    No word is lost: text, comments and unsaved drafts stay with it, and ``restore_section``
    puts it back. What was published stays as it was published.
    """
    plan = _locked(section.plan)
    at = clock.now()
    taken = []
    for row in _branch(plan, section.pk):
        if row.retired_at is None:
            row.retired_at = at
            _save(row, by)
            taken.append(row)
    return taken


@transaction.atomic
def restore_section(*, section: Section, by: User | None) -> Section:
    """Put a section back where it stood, with what was taken out together with it.

    When the section it stood under is out too, it comes back at the top level. When another
    section has become its part of the chapter meanwhile, it comes back as a section of its own.
    """
    plan = _locked(section.plan)
    section = plan.sections.get(pk=section.pk)
    at = section.retired_at
    if at is None:
        return section
    branch = [row for row in _branch(plan, section.pk) if row.retired_at == at]
    for row in branch:
        row.retired_at = None
        if row.pk == section.pk and row.parent and row.parent.retired_at:
            row.parent = None
            row.position = _end(plan, None)
        if row.chapter_part and _is_taken(row):
            row.chapter_part, row.target_group, row.principle = "", None, None
        _save(row, by)
    return branch[0]


def _is_taken(section: Section) -> bool:
    """Is another standing section that part of that target group's chapter?"""
    return section.plan.sections.filter(
        retired_at__isnull=True,
        chapter_part=section.chapter_part,
        target_group=section.target_group_id,
        principle=section.principle_id,
    ).exists()


def _branch(plan: Plan, top: int) -> list[Section]:
    """A section and all under it, the top first."""
    under: dict[int | None, list[Section]] = {}
    rows = list(plan.sections.select_for_update(of=("self",)).select_related("parent"))
    for row in rows:
        under.setdefault(row.parent_id, []).append(row)
    branch = [row for row in rows if row.pk == top]
    for row in branch:
        branch.extend(under.get(row.pk, []))
    return branch


def _standing(plan: Plan, parent: int | None) -> list[Section]:
    rows = plan.sections.filter(parent=parent, retired_at__isnull=True)
    return list(rows.order_by("position", "pk"))


def _end(plan: Plan, parent: int | None) -> int:
    """The place after the last; those taken out count, so that they can come back in between."""
    rows = plan.sections.filter(parent=parent).order_by("-position")
    last = rows.values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _save(section: Section, by: User | None) -> None:
    section._history_user = by
    section.save()
