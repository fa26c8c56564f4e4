"""Annexes as a part of every document: built from the rows that may be published, and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from kommuneplan.documents.prose import Block, Cell, Paragraph, Row, Table, paragraphs, words
from kommuneplan.documents.whole import Chapter, chapter
from plans.document.parts import register_part
from plans.document.plan_document import PlanDocument
from plans.models import Annex, Cycle, Plan

from .lines import ANNEXES, KEY, Annexes, AnnexLine
from .listing import annexes_of


def register_parts() -> None:
    """Called once, when the app is ready."""
    register_part(replace(ANNEXES, build=build, export=on_paper))


def build(plan: Plan, cycle: Cycle | None) -> Annexes:
    """The annexes that are marked public. A file in which something was found that nobody has
    decided, or that is to stay internal, is not among them."""
    return tuple(line_of(one) for one in annexes_of(plan) if one.is_public and not one.hindrance)


def line_of(annex: Annex) -> AnnexLine:
    """What is frozen of an annex with its contents (``listing``)."""
    newest, effort = annex.newest, annex.description
    file: dict[str, Any] = {}
    if newest is not None:
        file = {
            "file": str(newest.uid),
            "edition": newest.number,
            "name": newest.file.name,
            "content_type": newest.file.content_type,
            "size": newest.file.size,
            "sha256": newest.file.sha256,
        }
    said = {name: getattr(effort, name) for name in effort.WRITTEN} if effort else {}
    if effort:
        said["chapter"] = _public_title(effort.section)
        said["focus_area"] = _public_title(effort.focus_area)
    return AnnexLine(
        uid=str(annex.uid),
        title=annex.title,
        number=annex.number,
        kind=annex.kind,
        note=annex.note,
        **file,
        **said,
    )


def _public_title(row: Any) -> str:
    """The title of what may be published and is in use; else nothing of it."""
    return row.title if row and row.is_public and row.retired_at is None else ""


# --- on paper


def on_paper(document: PlanDocument, *, home: str, **_about: Any) -> Iterator[Chapter]:
    """A list of the annexes, and each effort description in full."""
    annexes: Annexes = document.more.get(KEY, ())
    if not annexes:
        return
    yield chapter(_("Annexes"), 1, [_list(annexes)])
    for one in annexes:
        if one.is_effort and one.said:
            yield chapter(one.called, 2, _described(one))


def _list(annexes: Iterable[AnnexLine]) -> Table:
    head = [_("No."), _("Title"), _("Form")]
    cells = [Cell(place, paragraphs(title), header=True) for place, title in enumerate(head)]
    rows = [Row(tuple(cells))]
    for one in annexes:
        notes = tuple(paragraphs(one.note, quiet=True)) if one.note else ()
        said = (Paragraph(words(one.title)), *notes)
        rows.append(
            Row((
                Cell(0, paragraphs(one.number or "–")),
                Cell(1, said),
                Cell(2, paragraphs(form_words(one))),
            ))
        )  # fmt: skip
    return Table(tuple(rows), 1, (0.12, 0.6, 0.28))


def form_words(line: AnnexLine) -> str:
    """What sort of thing it is, and how large: "PDF, 1,2 MB"."""
    if line.file:
        return ", ".join(filter(None, [line.extension, filesizeformat(line.size)]))
    if line.is_enclosed:
        return _("effort description")
    return _("not enclosed")


def _described(line: AnnexLine) -> Iterator[Block]:
    if line.note:
        yield from paragraphs(line.note, quiet=True)
    for label, said in line.said:
        yield Paragraph(words(label, bold=True))
        yield from paragraphs(said)
