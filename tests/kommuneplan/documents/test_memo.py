"""A memo as Word and PDF: accessible, and every text exactly as it came."""

import io
import zipfile

import pikepdf
import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kommuneplan.documents import docx, memo_template, pdf
from kommuneplan.documents.memo import Column, Memo, MemoRow, clean, on_one_line
from tests import pdf_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DATE_FIRST = ((Column.WHEN, "Tid"), (Column.WHAT, "Emne"), (Column.WHO, "Hvem"))
LABELS = {
    "page": "Side {page} af {pages}",
    "to": "Til",
    "date": "Dato",
    "case_number": "Sagsnr.",
    "document_number": "Dokumentnr.",
    "empty": "Ingen milepæle endnu.",
}
NASTY = [
    "# overskrift $x^2$ *fed* _kursiv_ @kilde <mærke> `kode` \\ // /* */ [a](b) #eval(1)",
    "{{ 7*7 }} {% for x in y %} {# note #} {{ ''.__class__ }} <w:p/> & \" ' </w:t>",
    "æøå ÆØÅ é ü “citat” – tankestreg … ½ €",
    "x" * 500,
    "ord " * 125,
]


def make(rows=None, title="Procesplan for æblehaver", columns=DATE_FIRST, **facts):
    rows = rows or (
        MemoRow(phase="Fase 1: Opstart", notes=("At samle viden.",)),
        MemoRow("", "3. juni 2015", "Udvalget drøfter", ("Ny dato.",), ("Udvalget", "Byrådet")),
        MemoRow("", "ultimo 2015", "Endelig vedtagelse"),
    )
    facts = {"municipality": "Eksempel Kommune", "labels": LABELS, **facts}
    return Memo(
        title=title,
        document_title=f"Procesplan: {title}",
        columns=columns,
        rows=tuple(rows),
        **facts,
    )


def texts(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


# Word


def test_the_template_in_the_repository_is_the_one_the_script_writes():
    built = io.BytesIO()
    memo_template.build().save(built)
    with zipfile.ZipFile(built) as new, zipfile.ZipFile(docx.TEMPLATE) as kept:
        assert new.namelist() == kept.namelist()
        for name in new.namelist():
            if name != "docProps/core.xml":
                assert new.read(name) == kept.read(name), name


def test_the_word_memo_is_accessible():
    document = Document(io.BytesIO(docx.render_memo(make())))
    assert document.core_properties.title == "Procesplan: Procesplan for æblehaver"
    assert document.core_properties.language == "da-DK"
    language = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language.get(f"{W}val") == "da-DK"
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == ["Procesplan for æblehaver"]
    table = document.tables[0]
    flags = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
    assert flags == [True, False, False, False]
    assert table.rows[1].cells[0].paragraphs[0].style.name == "Heading 2"
    assert table._tbl.tblPr.find(f"{W}tblCaption") is not None
    with zipfile.ZipFile(io.BytesIO(docx.render_memo(make()))) as archive:
        footers = b"".join(archive.read(n) for n in archive.namelist() if "footer" in n).decode()
    assert "Side " in footers and " NUMPAGES " in footers and " PAGE " in footers


def test_empty_facts_take_their_labels_with_them():
    full = make(case_number="2015-1", date="01-02-2015", recipient="Udvalget")
    assert "Sagsnr. 2015-1" in texts(docx.render_memo(full))
    bare = "\n".join(texts(docx.render_memo(make())))
    for label in ("Sagsnr.", "Dokumentnr.", "Dato", "Til", "Hvad foreslås der?", "{{"):
        assert label not in bare


def test_the_columns_follow_the_memo():
    turned = ((Column.WHAT, "Aktivitet"), (Column.WHEN, "Frist"))
    rows = Document(io.BytesIO(docx.render_memo(make(columns=turned)))).tables[0].rows
    assert [cell.text for cell in rows[0].cells] == ["Aktivitet", "Frist"]
    assert [cell.text for cell in rows[2].cells] == ["Udvalget drøfter\nNy dato.", "3. juni 2015"]
    widths = [int(column.get(f"{W}w")) for column in rows[0]._tr.getparent().tblGrid]
    assert sum(widths) == 9411
    assert widths[0] > 2 * widths[1]


@pytest.mark.parametrize("text", NASTY)
def test_word_shows_the_text_as_it_came(text):
    row = MemoRow("", text, text, (text,), (text,))
    shown = texts(docx.render_memo(make(rows=[row], title=text, sender_unit=text)))
    plain = " ".join(text.split())
    assert shown.count(plain) >= 4
    assert f"{plain}\n{plain}" in shown


@pytest.mark.slow  # a paper for each text
@settings(max_examples=60)
@given(st.text(min_size=1, max_size=120))
@example("a\x00b\x0b\x1f\ud800\ufffe\x85\u2028\a\f\t{{{%#}}}")
def test_any_text_makes_a_word_file_that_opens(text):
    row = MemoRow("", text, text, (text,), (text,))
    shown = texts(docx.render_memo(make(rows=[row], title=text)))
    if on_one_line(text) and "_" not in text:
        assert on_one_line(text) in shown


# PDF


def test_the_pdf_is_tagged_and_says_its_language_and_title():
    data = pdf.render_memo(make())
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.Root.Lang) == "da-DK"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "A")
            assert facts["dc:title"] == "Procesplan: Procesplan for æblehaver"
        kinds = list(structure(document.Root.StructTreeRoot.K))
    assert kinds.count("/TH") == 4  # three columns and the phase
    assert kinds.count("/TR") == 4
    assert "/H1" in kinds and "/H2" in kinds


def structure(element):
    if isinstance(element, pikepdf.Array):
        for item in element:
            yield from structure(item)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield str(element.S)
        if "/K" in element:
            yield from structure(element.K)


def test_the_pdf_reads_in_order():
    shown = pdf_text.shown(pdf.render_memo(make(questions=(("a", "Hvad?", "Dette."),))))
    wanted = ("Eksempel", "æblehaver", "Hvad?", "Dette.", "Tid", "Emne", "Fase 1", "3. juni 2015",
              "ultimo 2015", "Side 1 af 1")  # fmt: skip
    places = [shown.index(words) for words in wanted]
    assert places == sorted(places)


def test_the_heading_of_the_table_is_repeated_on_each_page():
    rows = [MemoRow("", f"{day}. juni 2015", f"Møde nummer {day}") for day in range(1, 29)] * 3
    pages = pdf_text.pages(pdf.render_memo(make(rows=rows)))
    assert len(pages) >= 2
    assert all("Emne" in page and f"af {len(pages)}" in page for page in pages)


@pytest.mark.parametrize("text", NASTY)
def test_the_pdf_shows_the_text_as_it_came(text):
    row = MemoRow("", text, text, (text,), (text,))
    shown = pdf_text.shown(pdf.render_memo(make(rows=[row], title=text)))
    without_space = "".join(shown.split()).replace("\u200b", "").replace("\u00ad", "")
    assert "".join(text.split())[:40] in without_space


@pytest.mark.parametrize(
    "text", ["😀 glæde", "家 hjem", "👨‍👩‍👧 familie", "\ufeff\u202eved", "\ue000 a"]
)
def test_signs_without_a_picture_become_a_square_not_an_error(text):
    shown = pdf_text.shown(pdf.render_memo(make(title=text)))
    assert text.split()[-1].strip("\ufeff\u202e") in shown


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=120))
def test_any_text_makes_a_pdf(text):
    row = MemoRow("", text, text, (text,), (text,))
    assert pdf.render_memo(make(rows=[row], title=clean(text) or "x")).startswith(b"%PDF")


def test_one_emoji_costs_one_sign_and_no_other_of_the_paper():
    others = "● ☐ ✔ tre\u2011fire ω \u05d0\u05d1"
    rows = [
        MemoRow("", f"Haver {others}", "", ("",), ("",)),
        MemoRow("", "Fest 👍 og \u6f22", "", ("",), ("",)),
    ]
    shown = pdf_text.shown(pdf.render_memo(make(rows=rows)))
    assert shown.count("□") == 2
    for sign in "●☐✔ω\u05d0\u05d1":
        assert sign in shown, sign


def test_without_the_fonts_the_pdf_is_set_in_another(monkeypatch, caplog):
    monkeypatch.setattr(pdf, "FONTS", pdf.ROOT / "findes-ikke")
    for cached in (pdf.families, pdf._signs, pdf._without_picture):
        cached.cache_clear()
    try:
        shown = pdf_text.shown(pdf.render_memo(make(title="Æblehaver 😀")))
    finally:
        for cached in (pdf.families, pdf._signs, pdf._without_picture):
            cached.cache_clear()
    assert "Æblehaver □" in shown
    assert "make setup" in caplog.text
