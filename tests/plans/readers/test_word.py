"""Word's own ways: merged cells, headers repeated, stacked dates, bullets, text boxes, PDF."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

sys.path.insert(0, str(Path(__file__).parent))
from scoring import window

from plans.readers.files.upload import open_upload
from plans.readers.process_plan.draft import DraftPlan
from plans.readers.process_plan.reader import read_process_plan


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def plan_of(document) -> DraftPlan:
    return read_process_plan(open_upload("plan.docx", saved(document)))


def grid(document, rows: list[list[str]]):
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            first, *others = text.split("\n")
            cell.text = first
            for other in others:
                cell.add_paragraph(other)
    return table


def test_three_columns_with_stacked_dates_and_remarks():
    document = Document()
    document.add_heading("Tidsplan for budget 2027")
    texts = "Økonomiudvalget godkender budgetvejledningen\nByrådet orienteres om budgetvejledningen"
    grid(
        document,
        [
            ["Tid", "Aktiviteter", "Bemærkninger"],
            ["20. januar 2026\n3. februar 2026", texts, "Kort sag"],
            ["28. april 2026\n29. april 2026", "Budgetseminar", ""],
        ],
    )  # fmt: skip
    milestones = plan_of(document).milestones
    assert [(m.title, window(m)[0], m.body) for m in milestones] == [
        ("Økonomiudvalget godkender budgetvejledningen", "2026-01-20", "Økonomiudvalget"),
        ("Byrådet orienteres om budgetvejledningen", "2026-02-03", "Byrådet"),
        ("Budgetseminar", "2026-04-28", ""),
        ("Budgetseminar", "2026-04-29", ""),
    ]


def test_two_tables_year_column_merged_and_header_repeated():
    document = Document()
    document.add_paragraph("Procesplan for støttestrategien")
    first = grid(
        document,
        [
            ["År", "Tid", "Aktivitet", "Ansvarlig"],
            ["2026", "Marts", "Udkast udarbejdes", "Forvaltningen"],
            ["", "Uge 20", "Workshop med brugere", "Centerledelsen"],
            ["År", "Tid", "Aktivitet", "Ansvarlig"],
            ["2027", "Januar", "Strategien træder i kraft", ""],
        ],
    )
    first.cell(1, 0).merge(first.cell(2, 0))
    document.add_paragraph("Møder i udvalget")
    grid(document, [["Udvalg", "Dato"], ["Socialudvalget", "4. maj 2026"]])
    milestones = plan_of(document).milestones
    assert [window(m)[0] for m in milestones] == [
        "2026-03-01", "2026-05-11", "2027-01-01", "2026-05-04",
    ]  # fmt: skip


def test_bullets_of_word_and_a_text_box():
    document = Document()
    document.add_paragraph("Tidsplan for lokalplanen")
    for text in ("Borgermøde (primo maj 2026)", "Byrådet vedtager planen (ultimo oktober 2026)"):
        document.add_paragraph(text, style="List Bullet")
    box = (
        f"<w:r {nsdecls('w')}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>Telefon</w:t></w:r></w:p><w:p><w:r><w:t>00000000</w:t></w:r>"
        "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.add_paragraph("Se også bilag.")._p.append(parse_xml(box))
    plan = plan_of(document)
    assert [(m.title, m.kind) for m in plan.milestones] == [
        ("Borgermøde", "involvement"),
        ("Byrådet vedtager planen", "adoption"),
    ]
    assert "00000000" not in str(plan.to_json())


def test_deleted_text_is_not_read():
    document = Document()
    paragraph = document.add_paragraph("5. maj 2026: Møde i styregruppen")
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText> aflyst</w:delText></w:r></w:del>")
    )
    assert plan_of(document).source_rows[0].text == "5. maj 2026: Møde i styregruppen"


def test_table_in_pdf():
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    buffer = io.BytesIO()
    style = getSampleStyleSheet()["Normal"]
    table = Table(
        [
            ["Tid", "Aktivitet", "Ansvarlig"],
            ["Primo maj 2026", "Udkast udarbejdes", "Forvaltningen"],
            ["", "Dialogmøde med brugere", "Centerledelsen"],
            ["2. juni 2026", "Udkast drøftes", "Socialudvalget"],
        ],
        style=[("GRID", (0, 0), (-1, -1), 1, "black"), ("SPAN", (0, 1), (0, 2))],
    )
    SimpleDocTemplate(buffer, pagesize=A4).build(
        [Paragraph("Procesplan for botilbud", style), table, Paragraph("Side 1 af 1", style)]
    )
    plan = read_process_plan(open_upload("plan.pdf", buffer.getvalue()))
    assert plan.title == "Procesplan for botilbud"
    assert [(m.title, window(m), m.kind, m.body) for m in plan.milestones] == [
        ("Udkast udarbejdes", ("2026-05-01", "2026-05-10"), "drafting", "Forvaltningen"),
        ("Dialogmøde med brugere", ("2026-05-01", "2026-05-10"), "involvement", "Centerledelsen"),
        ("Udkast drøftes", ("2026-06-02", "2026-06-02"), "meeting", "Socialudvalget"),
    ]


def test_purpose_of_a_phase_is_no_part_of_its_name():
    document = Document()
    document.add_paragraph("Procesplan for botilbud")
    table = grid(document, [["Tid", "Aktivitet", "Ansvarlig"], ["Fase 1: Opstart", "", ""],
                            ["5. maj 2026", "Workshop", "Sekretariatet"]])  # fmt: skip
    table.cell(1, 0).merge(table.cell(1, 2)).text = "Fase 1: Opstart"
    table.cell(1, 0).add_paragraph("At samle viden frem til den 4. maj 2026.")
    assert [(m.title, m.phase) for m in plan_of(document).milestones] == [
        ("Workshop", "Fase 1: Opstart")
    ]


def test_heading_is_the_title_before_a_sentence_about_a_strategy():
    document = Document()
    document.add_heading("Socialstrategi 2015")
    document.add_paragraph("Hvad foreslås der? Én fælles strategi for alle tilbud")
    grid(document, [["Tid", "Aktivitet"], ["5. maj 2015", "Temamøde"], ["Juni 2015", "Høring"]])
    assert plan_of(document).title == "Socialstrategi 2015"


def test_two_paragraphs_in_the_column_of_bodies_are_two():
    document = Document()
    document.add_paragraph("Procesplan for botilbud")
    rows = [["Tid", "Aktivitet", "Hvem"],
            ["5. maj 2026", "Temamøde", "Ældreudvalget\nSeniorrådet"],
            ["6. maj 2026", "Drøftelse", "SUD/BR"]]  # fmt: skip
    grid(document, rows)
    plan = plan_of(document)
    assert [m.bodies for m in plan.milestones] == [
        ("Ældreudvalget", "Seniorrådet"),
        ("Socialudvalget", "Borgerrepræsentationen"),
    ]
    assert plan.as_json()["milestones"][0]["body"] == "Ældreudvalget og Seniorrådet"


def test_footnotes_are_not_silently_lost():
    document = Document()
    document.add_paragraph("5. maj 2026: Borgermøde")
    note = "<w:footnotes xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    data = io.BytesIO(saved(document))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/footnotes.xml", f"{note}<w:t>Flyttet</w:t></w:footnotes>")
    plan = read_process_plan(open_upload("plan.docx", data.getvalue()))
    assert any("odnoter" in text or "footnotes" in text for text in plan.warnings)


def test_the_sentence_below_the_title_is_no_part_of_it():
    document = Document()
    document.add_paragraph("Bilag 3. Tids- og procesplan for Strategi for tidlig indsats")
    document.add_paragraph("Planen følger de fem faser i rammepapiret. Der holdes workshops.")
    grid(document, [["Tid", "Aktivitet"], ["5. maj 2015", "Temamøde"], ["Juni 2015", "Høring"]])
    assert plan_of(document).title == "Tids- og procesplan for Strategi for tidlig indsats"
