"""Word files and web pages in the manner of several municipalities, with what a reader expects."""

# ruff: noqa: E501 (the rows are clearest unbroken)

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

MADE: dict[str, tuple[Callable[[], bytes], str]] = {}


def word(name: str, expected: str):
    def register(fill: Callable[[Any], None]):
        def make() -> bytes:
            document = Document()
            fill(document)
            stream = io.BytesIO()
            document.save(stream)
            return stream.getvalue()

        MADE[f"{name}.docx"] = make, expected
        return fill

    return register


def page(name: str, html: str, expected: str) -> None:
    MADE[f"{name}.html"] = lambda: f"<html><body>{html}</body></html>".encode(), expected


def grid(document: Any, rows: list[list[str]]) -> Any:
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
            continue
        for cell, text in zip(cells, row, strict=False):
            first, *rest = text.split("\n")
            cell.text = first
            for line in rest:
                cell.add_paragraph(line)
    return table


def shade(cell: Any, colour: str = "5B9BD5") -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


@word(
    "q01_gantt_faser_ansvar",
    """
Interview med borgere|2026-02-01..2026-03-31|*|
Analyse af data|2026-03-01..2026-04-30|*|
Udkast til strategi|2026-05-01..2026-06-30|*|
Høring|2026-08-01..2026-09-30|*|
Vedtagelse i byrådet|2026-11-01..2026-11-30|*|
Nyhedsbrev|2026-02-01..2026-02-28|*|
Nyhedsbrev|2026-11-01..2026-12-31|*|
""",
)
def q01(document: Any) -> None:
    document.add_heading("Procesplan for erhvervsstrategi 2026", 1)
    months = ["Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec"]
    rows = [["Aktivitet", "Ansvarlig", *months], ["Fase 1: Indsamling"],
            ["Interview med borgere", "Erhverv", *[""] * 11], ["Analyse af data", "Erhverv", *[""] * 11],
            ["Fase 2: Udkast og beslutning"], ["Udkast til strategi", "Erhverv", *[""] * 11],
            ["Høring", "Erhverv", *[""] * 11], ["Vedtagelse i byrådet", "Byrådet", *[""] * 11],
            ["Nyhedsbrev", "Kommunikation", *[""] * 11]]  # fmt: skip
    table = grid(document, rows)
    bars = {2: (0, 1), 3: (1, 2), 5: (3, 4), 6: (6, 7), 7: (9, 9)}
    for row, (first, last) in bars.items():
        for at in range(first, last + 1):
            shade(table.rows[row].cells[2 + at])
    for at in (0, 9, 10):
        shade(table.rows[8].cells[2 + at], "FFC000")
    for cell in table.rows[0].cells:
        shade(cell, "D9D9D9")


@word(
    "q02_aarshjul_i_tabel",
    """
Godkendelse af årsplan|2026-01-01..2026-01-31|*|
Dialogmøde med skolebestyrelser|2026-01-01..2026-01-31|*|
Kvalitetsrapport behandles|2026-02-01..2026-02-28|*|
Budgetseminar|2026-04-14|*|
Evaluering af mødeformen|2026-06-01..2026-06-30|*|
""",
)
def q02(document: Any) -> None:
    document.add_heading("Årshjul for Børne- og Skoleudvalget 2026", 1)
    grid(document, [["Måned", "Emner"],
                    ["Januar", "• Godkendelse af årsplan\n• Dialogmøde med skolebestyrelser"],
                    ["Februar", "Kvalitetsrapport behandles"],
                    ["April", "Budgetseminar den 14. april"],
                    ["Juni", "Evaluering af mødeformen"]])  # fmt: skip


@word(
    "q03_faser_med_formaal",
    """
Opstartsmøde i styregruppen|2026-01-15|*|
Fokusgrupper|2026-02-01..2026-03-31|involvement|
Udkast skrives|2026-04-01..2026-05-31|drafting|
Socialudvalget godkender høringsudkast|2026-06-10|meeting|
Høring|2026-06-15..2026-08-21|hearing|
Borgerrepræsentationen vedtager strategien|2026-10-08|adoption|
""",
)
def q03(document: Any) -> None:
    document.add_heading("Tids- og procesplan", 1)
    for name, purpose, lines in (
        ("Fase 1: Viden", "Formålet er at samle viden om borgernes behov.",
         ("15. januar 2026: Opstartsmøde i styregruppen", "Februar-marts 2026: Fokusgrupper")),
        ("Fase 2: Udkast", "Formålet er at få skrevet et udkast, som alle kan stå inde for.",
         ("April-maj 2026: Udkast skrives", "10. juni 2026: Socialudvalget godkender høringsudkast")),
        ("Fase 3: Høring og vedtagelse", "Formålet er at få alle hørt.",
         ("15. juni - 21. august 2026: Høring",
          "8. oktober 2026: Borgerrepræsentationen vedtager strategien")),
    ):  # fmt: skip
        document.add_heading(name, 2)
        document.add_paragraph(purpose)
        for line in lines:
            document.add_paragraph(line, style="List Bullet")


@word(
    "q04_indlejret_program",
    """
Kommissorium vedtages|2026-01-20|*|
Borgermøde|2026-03-12|involvement|
Udkast drøftes|2026-05-19|meeting|
""",
)
def q04(document: Any) -> None:
    document.add_heading("Procesplan for landdistriktspolitik", 1)
    table = grid(document, [["Dato", "Aktivitet"], ["20. januar 2026", "Kommissorium vedtages"],
                            ["12. marts 2026", "Borgermøde"], ["19. maj 2026", "Udkast drøftes"]])  # fmt: skip
    inner = table.rows[2].cells[1].add_table(rows=0, cols=2)
    for hour, what in (
        ("kl. 17.00", "Velkomst"),
        ("kl. 17.15", "Gruppearbejde"),
        ("kl. 19.00", "Afslutning"),
    ):
        cells = inner.add_row().cells
        cells[0].text, cells[1].text = hour, what


@word(
    "q05_moedeplan_tre_kolonner",
    """
Socialudvalget|2026-01-13|meeting|
Økonomiudvalget|2026-01-20|meeting|
Byrådet|2026-01-27|meeting|
Socialudvalget|2026-02-10|meeting|
Økonomiudvalget|2026-02-17|meeting|
Byrådet|2026-02-24|meeting|
""",
)
def q05(document: Any) -> None:
    document.add_heading("Mødeplan 2026", 1)
    grid(document, [["Måned", "Socialudvalget", "Økonomiudvalget", "Byrådet"],
                    ["Januar", "13.", "20.", "27."], ["Februar", "10.", "17.", "24."]])  # fmt: skip


page(
    "q06_gantt_bjaelker",
    "<h1>Projektplan</h1><table><tr><th>Spor</th><th colspan=4>2026</th><th colspan=2>2027</th></tr>"
    "<tr><td></td><td>1. kv.</td><td>2. kv.</td><td>3. kv.</td><td>4. kv.</td><td>1. kv.</td><td>2. kv.</td></tr>"
    '<tr><td>Borgere</td><td></td><td colspan=2 bgcolor="#ccffcc">Workshops</td><td></td><td></td><td></td></tr>'
    '<tr><td>Politik</td><td bgcolor="#ffcccc">Kommissorium</td><td></td><td></td><td></td><td></td><td bgcolor="#ffcccc">Vedtagelse</td></tr>'
    "</table>",
    """
Borgere: Workshops|2026-04-01..2026-09-30|*|
Politik: Kommissorium|2026-01-01..2026-03-31|*|
Politik: Vedtagelse|2027-04-01..2027-06-30|*|
""",
)
page(
    "q07_web_liste",
    "<h1>Budget 2027</h1><p>Følg processen her.</p><ul><li><strong>21. april 2026</strong><br>Økonomiudvalget drøfter rammer</li>"
    "<li><strong>18. august</strong><br>Budgetmateriale offentliggøres</li><li><strong>1.-15. september</strong><br>Høring</li>"
    "<li><strong>6. oktober</strong><br>Byrådet vedtager budgettet</li></ul>",
    """
Økonomiudvalget drøfter rammer|2026-04-21|*|
Budgetmateriale offentliggøres|2026-08-18|*|
Høring|2026-09-01..2026-09-15|hearing|
Byrådet vedtager budgettet|2026-10-06|adoption|
""",
)
page(
    "q08_outlook_tabel_i_tabel",
    "<table><tr><td>Kære alle<br>Her er planen.</td></tr><tr><td><table><tr><td>Dato</td><td>Hvad</td></tr>"
    "<tr><td>3. marts 2026</td><td>Udvalget drøfter sagen</td></tr><tr><td>14. april 2026</td><td>Borgermøde</td></tr>"
    "<tr><td>5. maj 2026</td><td>Byrådet vedtager</td></tr></table></td></tr></table>",
    """
Udvalget drøfter sagen|2026-03-03|meeting|
Borgermøde|2026-04-14|involvement|
Byrådet vedtager|2026-05-05|adoption|
""",
)
