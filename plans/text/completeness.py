"""How far a plan's text is, by target group and principle."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from kommuneplan.richtext.blocks import plain
from plans.enums import ChapterPart
from plans.models import Plan, Principle, Section, TargetGroup

from .chapter_templates import Present, TemplateSubject

FEW = 25  # words: below that a part is begun, but says little yet


class Filled(enum.StrEnum):
    """How far a part is."""

    MISSING = "missing"  # there is no section
    EMPTY = "empty"
    BEGUN = "begun"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a target group's chapter says of a principle, or (without one) its facts.

    ``words`` counts the section and all that stands under it.
    """

    group: TargetGroup
    principle: Principle | None
    section: Section | None = None
    words: int = 0

    @property
    def filled(self) -> Filled:
        """How far it is."""
        if self.section is None:
            return Filled.MISSING
        if not self.words:
            return Filled.EMPTY
        return Filled.BEGUN if self.words < FEW else Filled.WRITTEN

    @property
    def part(self) -> str:
        """Its part as it stands in an address: the uid of the principle, or "fakta"."""
        return str(self.principle.uid) if self.principle else FACTS


FACTS = "fakta"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A target group with its chapter, if there is one, and its parts."""

    group: TargetGroup
    chapter: Section | None
    cells: list[MatrixCell]


@dataclass(frozen=True, slots=True)
class Completeness:
    """Target groups down, facts and principles across."""

    principles: list[Principle]
    rows: list[MatrixRow]

    @property
    def cells(self) -> list[MatrixCell]:
        """All of them, row by row."""
        return [cell for row in self.rows for cell in row.cells]

    def count(self, filled: Filled) -> int:
        """How many are that far."""
        return sum(cell.filled is filled for cell in self.cells)

    @property
    def counts(self) -> dict[str, int]:
        """How many parts are how far, and all of them."""
        found = {filled.value: self.count(filled) for filled in Filled}
        return {**found, "all": len(self.cells)}


def standing(plan: Plan) -> tuple[list[TargetGroup], list[Principle]]:
    """The target groups and principles in use, in their order."""
    groups = plan.target_groups.filter(retired_at__isnull=True)
    return list(groups), list(plan.principles.filter(retired_at__isnull=True))


def completeness(plan: Plan) -> Completeness:
    """The whole matrix; three queries, however large it is."""
    groups, principles = standing(plan)
    rows = list(plan.sections.filter(retired_at__isnull=True).defer("blocks"))
    words = _words(rows)
    places = {(row.chapter_part, row.target_group_id, row.principle_id): row for row in rows}

    def cell(group: TargetGroup, principle: Principle | None) -> MatrixCell:
        part = ChapterPart.PRINCIPLE if principle else ChapterPart.FACTS
        section = places.get((part, group.pk, principle.pk if principle else None))
        return MatrixCell(group, principle, section, words[section.pk] if section else 0)

    return Completeness(
        principles,
        [
            MatrixRow(
                group,
                places.get((ChapterPart.CHAPTER, group.pk, None)),
                [cell(group, None), *(cell(group, one) for one in principles)],
            )
            for group in groups
        ],
    )


def _words(rows: list[Section]) -> dict[int, int]:
    """By section, the words in it and in all below it."""
    own = {row.pk: len(plain(row.text).split()) for row in rows}
    total = dict(own)
    above = {row.pk: row.parent_id for row in rows}
    for pk, count in own.items():
        parent = above[pk]
        while parent in total:
            total[parent] += count
            parent = above[parent]
    return total


def cell_of(plan: Plan, group: TargetGroup, principle: Principle | None) -> MatrixCell:
    """One cell, as it stands."""
    cells = completeness(plan).cells
    return next(one for one in cells if (one.group, one.principle) == (group, principle))


def lines(rows: list[TargetGroup] | list[Principle]) -> list[TemplateSubject]:
    """As the templates take them."""
    return [TemplateSubject(str(row.uid), row.title) for row in rows]


def present(plan: Plan) -> list[Present]:
    """The sections that stand, as the templates take them."""
    rows = plan.sections.filter(retired_at__isnull=True).select_related(
        "parent", "target_group", "principle"
    )
    return [
        Present(
            str(row.uid),
            row.title,
            str(row.parent.uid) if row.parent else "",
            row.chapter_part,
            str(row.target_group.uid) if row.target_group else "",
            str(row.principle.uid) if row.principle else "",
        )
        for row in rows.order_by("position", "pk").defer("text", "blocks")
    ]
