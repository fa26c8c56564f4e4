"""A memo as Word, from a template that a municipality can replace by its own.

A template holds placeholders, ``{{ titel }}``, and one table whose pattern rows are repeated. It is
no program: what is not a known placeholder is refused when the template is handed in. Text that is
filled in is never looked at again, whatever it contains. See docs/skabeloner.md.
"""

from __future__ import annotations

import functools
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .memo import Column, Memo, MemoRow, on_one_line
from .placeholders import (
    TemplateProblem,
    W,
    describe,
    drop_empty,
    fill,
    lines_of,
    names_in,
    paragraphs,
    text_of,
)

TEMPLATE = (
    Path(__file__).resolve().parent.parent.parent / "templates" / "documents" / "procesplan.docx"
)
HEAD_NAMES = frozenset(
    {
        *("kommune", "adresse", "enhed", "modtager", "sagsnummer", "dokumentnummer", "dato"),
        *("bilag", "sagsbehandler"),
        *("titel", "udgave", "hvad_foreslås", "hvad_kan_ændres", "hvem_beslutter"),
        *("kolonne_tid", "kolonne_emne", "kolonne_hvem"),
    }
)
ROW_NAMES = frozenset({"tid", "emne", "noter", "hvem", "fase", "formål"})
KEYS = {Column.WHEN: "tid", Column.WHAT: "emne", Column.WHO: "hvem"}
LOOP = "{%tr for fase, formål, tid, emne, noter, hvem in rækker %}"


def render_memo(memo: Memo, template: bytes | None = None) -> bytes:
    """The memo as a .docx, in the municipality's own template or in the one that comes along.

    Raises TemplateProblem when the template cannot be used.
    """
    from docxtpl import DocxTemplate

    word = DocxTemplate(io.BytesIO(template or _own_template()))
    word.init_docx()
    pattern = find_pattern(word.docx)
    context = _context(memo, with_who=Column.WHO in pattern.columns)
    drop_empty(word.docx, context, leave=pattern.table)
    _shape(pattern, memo)
    fill(word, context)
    describe(word.docx, memo)
    out = io.BytesIO()
    word.docx.save(out)
    return out.getvalue()


@functools.cache
def _own_template() -> bytes:
    return TEMPLATE.read_bytes()


@functools.cache
def own_template_digest() -> str:
    """The digest of the template that comes along; part of a cache key."""
    return hashlib.sha256(_own_template()).hexdigest()[:16]


# What is filled in


def _context(memo: Memo, *, with_who: bool) -> dict[str, Any]:
    headings = dict(memo.columns)
    return {
        "kommune": on_one_line(memo.municipality),
        "adresse": lines_of(memo.address),
        "enhed": on_one_line(memo.sender_unit),
        "modtager": on_one_line(memo.recipient),
        "sagsnummer": on_one_line(memo.case_number),
        "dokumentnummer": on_one_line(memo.document_number),
        "bilag": on_one_line(memo.annex_number),
        "sagsbehandler": on_one_line(memo.case_worker),
        "dato": memo.date,
        "titel": on_one_line(memo.title),
        "udgave": on_one_line(f"{memo.issue} {memo.link}"),
        **{f"kolonne_{KEYS[column]}": headings.get(column, "") for column in Column},
        **dict.fromkeys(("hvad_foreslås", "hvad_kan_ændres", "hvem_beslutter"), ""),
        **{name: lines_of(answer) for name, _question, answer in memo.questions},
        "rækker": [_row(row, with_who) for row in memo.rows],
    }


def _row(row: MemoRow, with_who: bool) -> tuple[str, ...]:
    notes = [*row.notes, *([] if with_who or row.phase else row.who)]
    joined = lines_of("\n".join(notes))
    return (
        on_one_line(row.phase),
        joined if row.phase else "",
        on_one_line(row.when),
        on_one_line(row.title),
        joined,
        lines_of("\n".join(row.who)),
    )


# The template's table


@dataclass
class Pattern:
    """The table that is repeated: its rows and which cell holds which column."""

    table: Any
    heads: list[Any]
    phase: Any
    milestone: Any
    columns: dict[Column, int]


def find_pattern(document: Any) -> Pattern:
    """The table with the row of a milestone.

    Raises TemplateProblem when there is none, or it lacks what is needed.
    """
    for table in document.element.body.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        milestone = next((row for row in rows if {"tid", "emne"} <= names_in(row)), None)
        if milestone is not None:
            return _pattern(table, rows, milestone)
    raise TemplateProblem(
        _(
            "The table is missing. The template needs a table with a row in which one cell holds "
            "{{ tid }} and another {{ emne }}."
        )
    )


def _pattern(table: Any, rows: list[Any], milestone: Any) -> Pattern:
    cells = [names_in(cell) for cell in milestone.findall(f"{W}tc")]
    columns = {}
    for column, name in KEYS.items():
        places = [place for place, names in enumerate(cells) if name in names]
        if places:
            columns[column] = places[0]
    if len(set(columns.values())) != len(columns) or len(columns) != len(cells):
        raise TemplateProblem(
            _(
                "Each of {{ tid }}, {{ emne }} and {{ hvem }} must stand in a cell of its own, "
                "and the row can have no other cells."
            )
        )
    phase = next((row for row in rows if "fase" in names_in(row)), None)
    if phase is None or phase is milestone:
        raise TemplateProblem(
            _("The table has no row of its own for {{ fase }}. Add a row with it above {{ tid }}.")
        )
    heads = [row for row in rows if row is not phase and row is not milestone]
    if any(len(row.findall(f"{W}tc")) != len(cells) for row in heads):
        raise TemplateProblem(_("The heading of the table must have the same columns as its rows."))
    return Pattern(table, heads, phase, milestone, columns)


def _shape(pattern: Pattern, memo: Memo) -> None:
    """Give the table the memo's columns, and put its rows in a loop."""
    wanted = [column for column, _heading in memo.columns if column in pattern.columns]
    _arrange(pattern, wanted)
    for row in pattern.heads:
        _flag(row, "tblHeader")
    for row in (*pattern.heads, pattern.phase, pattern.milestone):
        _flag(row, "cantSplit")
    _optional(pattern.phase, {"formål"})
    _optional(pattern.milestone, {"noter", "hvem"})
    for row in (pattern.phase, pattern.milestone):
        row.getparent().remove(row)
    steps = (
        _marker(pattern, LOOP),
        _marker(pattern, "{%tr if fase %}"),
        pattern.phase,
        _marker(pattern, "{%tr else %}"),
        pattern.milestone,
        _marker(pattern, "{%tr endif %}"),
        _marker(pattern, "{%tr endfor %}"),
    )
    for row in steps:
        pattern.table.append(row)


def _arrange(pattern: Pattern, wanted: list[Column]) -> None:
    """Order the cells of every row; the width of a column that goes is the activity's."""
    order = [pattern.columns[column] for column in wanted]
    grid = pattern.table.find(f"{W}tblGrid")
    old = list(grid)
    widths = [int(column.get(f"{W}w") or 0) for column in old]
    new = [widths[place] for place in order]
    new[wanted.index(Column.WHAT)] += sum(widths) - sum(new)
    for column in old:
        grid.remove(column)
    for place, width in zip(order, new, strict=True):
        old[place].set(f"{W}w", str(width))
        grid.append(old[place])
    for row in (*pattern.heads, pattern.milestone):
        cells = row.findall(f"{W}tc")
        for cell in cells:
            row.remove(cell)
        for place, width in zip(order, new, strict=True):
            _set_width(cells[place], width)
            row.append(cells[place])
    cell, *others = pattern.phase.findall(f"{W}tc")
    for other in others:
        pattern.phase.remove(other)
    _set_width(cell, sum(new), across=len(new))


def _set_width(cell: Any, width: int, across: int = 1) -> None:
    properties = cell.get_or_add_tcPr()
    properties.width = width * 635  # twentieths of a point, in the library's own unit
    properties.grid_span = across


def _flag(row: Any, name: str) -> None:
    properties = row.get_or_add_trPr()
    if properties.find(f"{W}{name}") is None:
        properties.append(properties.makeelement(f"{W}{name}", {}))


def _marker(pattern: Pattern, tag: str) -> Any:
    """A row that only holds a tag of the loop."""
    row = pattern.table.makeelement(f"{W}tr", {})
    element = row
    for name in ("tc", "p", "r", "t"):
        child = element.makeelement(f"{W}{name}", {})
        element.append(child)
        element = child
    element.text = tag
    return row


def _optional(row: Any, names: set[str]) -> None:
    """Paragraphs that only say what may be missing go when it is; a cell keeps its first."""
    for cell in row.findall(f"{W}tc"):
        for paragraph in cell.findall(f"{W}p")[1:]:
            found = names_in(paragraph)
            if found and found <= names:
                condition = " or ".join(sorted(found))
                paragraph.addprevious(_paragraph(paragraph, f"{{%p if {condition} %}}"))
                paragraph.addnext(_paragraph(paragraph, "{%p endif %}"))


def _paragraph(like: Any, text: str) -> Any:
    paragraph = like.makeelement(f"{W}p", {})
    run = paragraph.makeelement(f"{W}r", {})
    words = run.makeelement(f"{W}t", {})
    words.text = text
    run.append(words)
    paragraph.append(run)
    return paragraph


__all__ = [
    "Pattern",
    "TemplateProblem",
    "find_pattern",
    "own_template_digest",
    "paragraphs",
    "render_memo",
    "text_of",
]
