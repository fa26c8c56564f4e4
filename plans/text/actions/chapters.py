"""Target groups and principles, and the chapters made of them.

The plan row is locked, as for every change of its outline; each part of a chapter stands once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction

from kommuneplan import clock
from kommuneplan.collation import fold
from kommuneplan.core.models import User
from kommuneplan.fingerprint import digest
from kommuneplan.locking import Conflict, Outdated
from plans.document.plan_document import canonical
from plans.enums import ChapterPart
from plans.models import Plan, Principle, Section, TargetGroup

from ..chapter_templates import TemplateSection, chapter, laid_over, wanted
from ..completeness import lines, present, standing
from .outline import add_section, place_section

Kind = type[TargetGroup] | type[Principle]


class PlaceTaken(Exception):
    """Another section has that place already, or this one has another."""


# --- the lists ---------------------------------------------------------------------------------


@transaction.atomic
def add_lines(*, plan: Plan, kind: Kind, titles: Sequence[str], by: User | None) -> list[Any]:
    """More target groups or principles, at the end. One that stands already is left out; one that
    was taken out comes back with its sections."""
    plan = _locked(plan)
    there = sorted(kind.objects.filter(plan=plan), key=lambda row: row.retired_at is None)
    rows = {fold(row.title): row for row in there}
    place = max((row.position for row in there), default=-1)
    made = []
    for title in titles:
        row = rows.get(fold(title))
        if row is not None and row.retired_at is None:
            continue
        if row is None:
            place += 1
            row = kind(plan=plan, title=title, position=place)
        row.retired_at = None
        rows[fold(title)] = row
        made.append(_saved(row, by))
    return made


@transaction.atomic
def rename_line(*, line: Any, seen: int, title: str, by: User | None) -> Any:
    """Another name; the headings of its sections stay as they are written. Raises Conflict."""
    row = type(line).objects.select_for_update().get(pk=line.pk)
    if row.title == title:
        return row
    row.title = title
    if row.version != seen:
        raise Conflict(row)
    return _saved(row, by)


@transaction.atomic
def move_line(*, line: Any, step: int, by: User | None) -> bool:
    """One place up (-1) or down (1); False where there is none."""
    plan = _locked(line.plan)
    rows = list(type(line).objects.filter(plan=plan, retired_at__isnull=True))
    place = next((i for i, row in enumerate(rows) if row.pk == line.pk), None)
    if place is None or not 0 <= place + step < len(rows):
        return False
    rows[place], rows[place + step] = rows[place + step], rows[place]
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            _saved(row, by)
    return True


@transaction.atomic
def set_retired(*, line: Any, retired: bool, by: User | None) -> Any:
    """Take a line out of the list, or put it back; its sections stay in the text either way."""
    _locked(line.plan)
    row = type(line).objects.get(pk=line.pk)
    if (row.retired_at is not None) != retired:
        row.retired_at = clock.now() if retired else None
        _saved(row, by)
    return row


# --- chapters ----------------------------------------------------------------------------------


def proposed(plan: Plan, template: str) -> list[TemplateSection]:
    """What a template would make of a plan's text as it is; KeyError for an unknown template."""
    groups, principles = standing(plan)
    return laid_over(wanted(template, lines(groups), lines(principles)), present(plan))


def fingerprint(proposals: Sequence[TemplateSection]) -> str:
    """What was shown before it is confirmed."""
    return digest(canonical([[p.key, p.title, p.under, p.section, p.ties] for p in proposals]))


@transaction.atomic
def create_chapters(*, plan: Plan, template: str, seen: str, by: User | None) -> list[Section]:
    """Make what was shown, internal and in one go; what is there already is left as it is.

    Outdated when the text is no longer as it was shown (double click), or nothing is left to do.
    """
    plan = _locked(plan)
    proposals = proposed(plan, template)
    if seen != fingerprint(proposals) or not any(one.changes for one in proposals):
        raise Outdated
    return _make(plan, proposals, {one.key for one in proposals}, by)


@transaction.atomic
def create_part(
    *, plan: Plan, group: TargetGroup, principle: Principle | None, by: User | None
) -> Section:
    """One part of a target group's chapter (facts without a principle), and the chapter when it
    is missing; the part itself when it is there already."""
    plan = _locked(plan)
    _groups, principles = standing(plan)
    asked = chapter(lines([group])[0], lines(principles))
    proposals = laid_over(asked, present(plan))
    key = next(one.key for one in proposals if _is(one, principle))
    _make(plan, proposals, {key, asked[0].key}, by)
    part = ChapterPart.PRINCIPLE if principle else ChapterPart.FACTS
    return plan.sections.get(
        target_group=group, principle=principle, chapter_part=part, retired_at__isnull=True
    )


def _is(one: TemplateSection, principle: Principle | None) -> bool:
    if principle is None:
        return one.part == ChapterPart.FACTS
    return one.principle == str(principle.uid)


def _make(
    plan: Plan, proposals: Sequence[TemplateSection], keys: Collection[str], by: User | None
) -> list[Section]:
    """Each new one beside those of the template that stand there already."""
    known = {str(row.uid): row for row in plan.sections.filter(retired_at__isnull=True)}
    made: list[Section] = []
    there = {one.key: known[one.section] for one in proposals if one.section}
    for one in proposals:
        if one.key not in keys or not one.changes:
            continue
        if one.ties:
            tie_section(section=there[one.key], part=one.part, **_place(plan, one), by=by)
            continue
        above = there.get(one.under)
        links = {"chapter_part": one.part, **_place(plan, one)}
        section = add_section(plan=plan, title=one.title, parent=above, links=links, by=by)
        _put_beside(section, one, proposals, there, by)
        there[one.key] = section
        made.append(section)
    return made


def _place(plan: Plan, one: TemplateSection) -> dict[str, Any]:
    return {
        "target_group": plan.target_groups.get(uid=one.group) if one.group else None,
        "principle": plan.principles.get(uid=one.principle) if one.principle else None,
    }


def _put_beside(
    section: Section,
    one: TemplateSection,
    proposals: Sequence[TemplateSection],
    there: dict[str, Section],
    by: User | None,
) -> None:
    """After the nearest before it in the template, else before the nearest after it."""
    around = [other for other in proposals if other.under == one.under]
    place = around.index(one)
    rows = section.plan.sections.filter(parent=section.parent_id, retired_at__isnull=True)
    order = [pk for pk in rows.order_by("position", "pk").values_list("pk", flat=True)
             if pk != section.pk]  # fmt: skip
    before = [order.index(there[o.key].pk) for o in around[:place]
              if o.key in there and there[o.key].pk in order]  # fmt: skip
    after = [order.index(there[o.key].pk) for o in around[place + 1 :]
             if o.key in there and there[o.key].pk in order]  # fmt: skip
    to = before[-1] + 1 if before else min(after) if after else len(order)
    if to < len(order):
        place_section(section=section, parent=section.parent, position=to, by=by)


# --- a section's place -------------------------------------------------------------------------


@transaction.atomic
def tie_section(
    *,
    section: Section,
    part: str,
    target_group: TargetGroup,
    principle: Principle | None,
    by: User | None,
) -> Section:
    """Say that a section that is there is a part of a target group's chapter.

    Raises Taken when another section is that, or this one is something else; ValueError for
    another plan's lines.
    """
    plan = _locked(section.plan)
    if any(one and one.plan_id != plan.pk for one in (target_group, principle)):
        raise ValueError("The target group or the principle belongs to another plan")
    row = plan.sections.get(pk=section.pk)
    others = plan.sections.filter(
        target_group=target_group, principle=principle, chapter_part=part, retired_at__isnull=True
    )
    if row.chapter_part or row.retired_at or others.exists():
        raise PlaceTaken
    row.target_group, row.principle, row.chapter_part = target_group, principle, part
    return _saved(row, by)


@transaction.atomic
def untie_section(*, section: Section, by: User | None) -> Section:
    """The section stays in the text but is no part of a target group's chapter any more."""
    plan = _locked(section.plan)
    row = plan.sections.get(pk=section.pk)
    if row.chapter_part:
        row.target_group = row.principle = None
        row.chapter_part = ""
        _saved(row, by)
    return row


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _saved(row: Any, by: User | None) -> Any:
    row._history_user = by
    row.save()
    return row
