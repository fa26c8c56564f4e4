"""Initiatives on paper: a chapter, and one below it for each, with its activities as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from kommuneplan.documents.prose import (
    Block,
    Cell,
    Listing,
    Paragraph,
    Row,
    Table,
    paragraphs,
    words,
)
from kommuneplan.documents.whole import Chapter, chapter
from plans.document.date_words import shown_date
from plans.document.plan_document import PlanDocument

from . import lines, part


def export(document: PlanDocument, *, home: str, year_parts: Any) -> Iterator[Chapter]:
    """The chapters; none where there are no initiatives."""
    value: lines.Initiatives = document.more.get(lines.KEY, ())
    if not value:
        return
    yield chapter(_("Initiatives"), 1, ())
    for line in value:
        yield chapter(line.title, 2, _about(line))


FACTS = ("period", "state", "lead", "who", "target_groups", "funding", "partners", "links")


def _about(line: lines.InitiativeLine) -> Iterator[Block]:
    if line.is_example:
        yield from paragraphs(_("Example: made up to show what an initiative is."), quiet=True)
    yield from paragraphs(line.aim)
    facts = [(part.FIELDS[name], part.in_words(line, name)) for name in FACTS]
    rows = [_fact(str(label), said) for label, said in facts if said]
    if rows:
        head = (_("What"), _("Said of it"))
        yield Table((_head(head), *rows), 1, (0.3, 0.7))
    if line.phases:
        yield Paragraph(words(_("Phases"), bold=True))
        yield Listing(tuple(paragraphs(part.phase_words(phase)) for phase in line.phases))
    if line.activities:
        yield Paragraph(words(_("Activities"), bold=True))
        head = (_("When"), _("What"), _("For whom"), _("State"))
        body = [_activity(one) for one in line.activities]
        yield Table((_head(head), *body), 1, (0.22, 0.36, 0.22, 0.2))


def _head(titles: tuple[str, ...]) -> Row:
    return Row(
        tuple(Cell(place, paragraphs(title), header=True) for place, title in enumerate(titles))
    )


def _fact(label: str, said: str) -> Row:
    return Row((Cell(0, paragraphs(label), header=True), Cell(1, _lines(said))))


def _activity(one: lines.ActivityLine) -> Row:
    notes = tuple(one_note for one_note in paragraphs(one.description, quiet=True))
    cells = (
        paragraphs(shown_date(one.as_milestone)),
        (Paragraph(words(one.title, bold=True)), *notes),
        _lines("\n".join(one.audiences)),
        paragraphs(part.activity_state_words(one)),
    )
    return Row(tuple(Cell(place, cell) for place, cell in enumerate(cells)))


def _lines(said: str) -> tuple[Paragraph, ...]:
    return tuple(one for line in said.splitlines() for one in paragraphs(line))
