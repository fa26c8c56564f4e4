"""The milestones laid out as Word files and web pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from .in_text import by_year, marks
from .matter import MONTHS, STEPS, expected, month_of, words

Made = tuple[bytes, list[dict[str, Any]]]
FILES: dict[str, Callable[[list[str]], Made]] = {}
SPREAD = [(2026, m) for m in range(1, 13)] + [(2027, m) for m in range(1, 7)]


def word(make: Callable[[Any], list[dict[str, Any]] | None]) -> Callable[[list[str]], Made]:
    """Registers a layout made in Word; it stands below the lines it is given."""

    def made(above: list[str]) -> Made:
        document = Document()
        for line in above:
            document.add_paragraph(line)
        want = make(document)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue(), want or [expected(step) for step in STEPS]

    FILES[f"{make.__name__}.docx"] = made
    return made


def page(make: Callable[[], tuple[str, list[dict[str, Any]]]]) -> Callable[[list[str]], Made]:
    """Registers a layout made as a web page."""

    def made(above: list[str]) -> Made:
        body, want = make()
        lines = "".join(f"<p>{escape(line)}</p>" for line in above)
        html = f"<!doctype html><html><body>{lines}{body}</body></html>"
        return html.encode(), want

    FILES[f"{make.__name__}.html"] = made
    return made


def _grid(document: Any, rows: list[list[str]]) -> Any:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, content in zip(table.add_row().cells, row, strict=True):
            cell.text = content
    return table


def _plan_rows() -> list[list[str]]:
    return [["Dato", "Aktivitet", "Ansvarlig"], *([words(s), s.what, s.who] for s in STEPS)]


@word
def word_table(document: Any) -> None:
    _grid(document, _plan_rows())


@word
def word_table_year_bands(document: Any) -> None:
    table = _grid(document, [["Dato", "Aktivitet", "Ansvarlig"]])
    for year, steps in by_year():
        cells = table.add_row().cells
        cells[0].merge(cells[-1]).text = str(year)
        for s in steps:
            for cell, content in zip(table.add_row().cells,
                                     (words(s, False), s.what, s.who), strict=True):  # fmt: skip
                cell.text = content


@word
def nested_table(document: Any) -> None:
    frame = document.add_table(rows=1, cols=2)
    frame.rows[0].cells[0].text = "Her ses planen for det videre arbejde."
    inner = frame.rows[0].cells[1].add_table(rows=0, cols=3)
    for row in _plan_rows():
        for cell, content in zip(inner.add_row().cells, row, strict=True):
            cell.text = content


@word
def nested_with_hours(document: Any) -> None:
    frame = document.add_table(rows=1, cols=1)
    inner = frame.rows[0].cells[0].add_table(rows=0, cols=3)
    rows = [[words(s), "kl. 08.30-10.00" if s.day else "", s.what] for s in STEPS]
    for row in [["Dato", "Tid", "Møde"], *rows]:
        for cell, content in zip(inner.add_row().cells, row, strict=True):
            cell.text = content


@word
def text_box(document: Any) -> None:
    lines = "".join(
        f"<w:p><w:r><w:t>{escape(f'{words(s)}: {s.sentence}')}</w:t></w:r></w:p>" for s in STEPS
    )
    run = document.add_paragraph().add_run()
    run._r.append(parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
        f"<w:txbxContent>{lines}</w:txbxContent></v:textbox></v:shape></w:pict>"
    ))  # fmt: skip


@word
def word_date_headings(document: Any) -> None:
    for s in STEPS:
        document.add_heading(words(s), 2)
        document.add_paragraph(s.sentence + ".")


@word
def word_bullets(document: Any) -> None:
    for s in STEPS:
        document.add_paragraph(f"{words(s)}: {s.sentence}", style="List Bullet")


@word
def word_year_headings(document: Any) -> None:
    for year, steps in by_year():
        document.add_heading(str(year), 2)
        for s in steps:
            document.add_paragraph(f"{words(s, False)}: {s.sentence}", style="List Bullet")


@word
def gantt_crosses(document: Any) -> list[dict[str, Any]]:
    _head(document, [[s.what, *marks(s, SPREAD)] for s in STEPS])
    return [expected(s, *month_of(s)) for s in STEPS]


@word
def gantt_shaded(document: Any) -> list[dict[str, Any]]:
    table = _head(document, [[s.what, *[""] * len(SPREAD)] for s in STEPS])
    for row, s in zip(table.rows[2:], STEPS, strict=True):
        for cell, mark in zip(row.cells[1:], marks(s, SPREAD), strict=True):
            if mark:
                cell._tc.get_or_add_tcPr().append(
                    parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="70AD47"/>')
                )
    return [expected(s, *month_of(s)) for s in STEPS]


def _head(document: Any, rows: list[list[str]]) -> Any:
    names = ["", *(MONTHS[m - 1][:3].capitalize() for _y, m in SPREAD)]
    years = ["Aktivitet", *[""] * len(SPREAD)]
    table = _grid(document, [years, names, *rows])
    first = table.rows[0].cells
    first[1].merge(first[12]).text = "2026"
    first[13].merge(first[18]).text = "2027"
    return table


def _web(rows: str) -> str:
    return f"<table>{rows}</table>"


@page
def web_table() -> tuple[str, list[dict[str, Any]]]:
    rows = "".join(f"<tr><td>{words(s)}</td><td>{s.what}</td><td>{s.who}</td></tr>" for s in STEPS)
    head = "<tr><th>Dato</th><th>Aktivitet</th><th>Ansvarlig</th></tr>"
    return _web(head + rows), [expected(s) for s in STEPS]


@page
def web_definition_list() -> tuple[str, list[dict[str, Any]]]:
    items = "".join(f"<dt>{words(s)}</dt><dd>{s.sentence}</dd>" for s in STEPS)
    return f"<dl>{items}</dl>", [expected(s) for s in STEPS]


@page
def web_headings() -> tuple[str, list[dict[str, Any]]]:
    items = "".join(f"<h3>{words(s)}</h3><p>{s.sentence}.</p>" for s in STEPS)
    return items, [expected(s) for s in STEPS]


@page
def web_gantt_coloured() -> tuple[str, list[dict[str, Any]]]:
    names = "".join(f"<th>{MONTHS[m - 1][:3]}</th>" for _y, m in SPREAD)
    head = (f"<tr><th>Aktivitet</th><th colspan=12>2026</th><th colspan=6>2027</th></tr>"
            f"<tr><th></th>{names}</tr>")  # fmt: skip
    paint = ("<td></td>", '<td style="background-color:#4472c4">&nbsp;</td>')
    rows = "".join(
        f"<tr><td>{s.what}</td>{''.join(paint[bool(m)] for m in marks(s, SPREAD))}</tr>"
        for s in STEPS
    )
    return _web(head + rows), [expected(s, *month_of(s)) for s in STEPS]
