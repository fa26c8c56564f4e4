"""What a paper says of itself beside its text, and the heads of its columns."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import zipfile

import pdfplumber
import pikepdf
import pytest
from docx import Document

from kommuneplan.documents import docx, letter, pdf, report_pdf, whole_docx, whole_pdf, xlsx
from kommuneplan.documents.memo import Column, Memo, MemoRow
from kommuneplan.documents.prose import Cell, Row, Table, paragraphs
from kommuneplan.documents.whole import Whole, chapter

MADE = dt.datetime(2026, 5, 3, 9, 30, tzinfo=dt.UTC)
LINK = "https://plan.example.dk/planer/en-plan/versioner/3/"


def a_table(heads, row=(), widths=()) -> Table:
    widths = widths or (1,) * len(heads)
    top = Row(tuple(Cell(place, paragraphs(one), header=True) for place, one in enumerate(heads)))
    below = row or ("ord",) * len(heads)
    body = Row(tuple(Cell(place, paragraphs(one)) for place, one in enumerate(below)))
    return Table((top, body, body), 1, tuple(one / sum(widths) for one in widths))


def a_whole(*tables: Table) -> Whole:
    return Whole(
        municipality="Prøve Kommune",
        title="En plan",
        document_title="En plan",
        issue="Version 3",
        facts=(("udgave", "Udgave", f"Version 3\n{LINK}"),),
        chapters=(chapter("Tabeller", 1, tables),),
        labels={"page": "Side {page} af {pages}", "contents": "Indhold"},
        created=int(MADE.timestamp()),
        link=LINK,
    )


def a_memo() -> Memo:
    return Memo(
        municipality="Prøve Kommune",
        title="En plan",
        document_title="Procesplan: En plan",
        columns=((Column.WHEN, "Tid"), (Column.WHAT, "Emne")),
        rows=(MemoRow(when="3. maj", title="Udkast"),),
        issue="Version 3",
        labels={"page": "Side {page} af {pages}", "to": "Til", "date": "Dato", "empty": "Tom",
                "case_number": "Sag", "document_number": "Dokument"},
        created=int(MADE.timestamp()),
        link=LINK,
    )  # fmt: skip


PDFS = {
    "plan": lambda: whole_pdf.render_whole(a_whole(), lambda _uid: None),
    "report": lambda: report_pdf.render_report(a_whole()),
    "letter": lambda: letter.render_letter_pdf(a_whole()),
    "memo": lambda: pdf.render_memo(a_memo()),
}
WORDS = {
    "plan": lambda: whole_docx.render_whole(a_whole(), lambda _uid: None),
    "letter": lambda: letter.render_letter_docx(a_whole()),
    "memo": lambda: docx.render_memo(a_memo()),
}


@pytest.mark.parametrize("made", PDFS.values(), ids=PDFS)
def test_a_pdf_says_when_its_version_was_made_and_where_it_is_read(made):
    data = made()
    with pikepdf.open(io.BytesIO(data)) as paper, paper.open_metadata() as metadata:
        assert str(paper.docinfo.CreationDate) == "D:20260503093000Z"
        assert str(paper.docinfo.ModDate) == "D:20260503093000Z"
        assert metadata["xmp:CreateDate"] == "2026-05-03T09:30:00+00:00"
        assert metadata["dc:description"] == LINK


@pytest.mark.parametrize("kind", ["plan", "memo"])
def test_the_address_stands_on_the_page(kind):
    with pdfplumber.open(io.BytesIO(PDFS[kind]())) as paper:
        assert LINK in (paper.pages[-1].extract_text() or "")


@pytest.mark.parametrize("made", WORDS.values(), ids=WORDS)
def test_word_says_the_same(made):
    about = Document(io.BytesIO(made())).core_properties
    assert (about.created, about.modified) == (MADE, MADE)
    assert (about.identifier, about.comments, about.revision) == (LINK, LINK, 1)
    assert about.last_modified_by == "Prøve Kommune"


@pytest.mark.parametrize("kind", ["plan", "memo"])
def test_the_address_stands_in_the_edition_of_a_word_document(kind):
    document = Document(io.BytesIO(WORDS[kind]()))
    assert any(LINK in (one.text or "") for one in document.element.body.iter())


def test_a_spreadsheet_says_the_same():
    sheet = xlsx.Sheet("Ark", ("A",), [("x",)])
    data = xlsx.render_sheets([sheet], title="Høringsnotat", created=MADE, link=LINK)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        about = parts.read("docProps/core.xml").decode()
    assert ">2026-05-03T09:30:00Z</dcterms:created>" in about
    assert "<dc:title>Høringsnotat</dc:title>" in about
    assert f"<dc:description>{LINK}</dc:description>" in about


# --- heads of columns ----------------------------------------------------------------------------


FOUR = ("Nr.", "Ansvarsområdebeskrivelse", "Mål", "Kommunalbestyrelsens vurdering")


def words_on(whole: Whole) -> list[dict[str, object]]:
    with pdfplumber.open(io.BytesIO(whole_pdf.render_whole(whole, lambda _uid: None))) as paper:
        return paper.pages[-1].extract_words()


@pytest.mark.parametrize(
    ("heads", "widths"),
    [
        (
            ("Nr.", "Ansvarsområdebeskrivelse", "Mål", "Kommunalbestyrelsens vurdering"),
            (1, 1, 6, 1),
        ),
        (("Sagsbehandlingstid",) * 4, ()),
        (("Serviceniveaubeskrivelse", "Indsats"), (1, 30)),
    ],
)
def test_no_head_of_a_column_breaks_inside_a_word(heads, widths):
    found = [str(one["text"]) for one in words_on(a_whole(a_table(heads, widths=widths)))]
    for word in " ".join(heads).split():
        assert found.count(word) >= heads.count(word) or word in found, (word, found)


def test_heads_never_run_into_each_other():
    heads = ("Nr.", "Ansvarsområdebeskrivelse", "Mål", "Kommunalbestyrelsens vurdering")
    found = {
        str(one["text"]): one for one in words_on(a_whole(a_table(heads, widths=(1, 1, 6, 1))))
    }
    words = [found[head.split()[0]] for head in FOUR]
    edges = [(one["x0"], one["x1"]) for one in words]
    assert all(before[1] + 6 < after[0] for before, after in itertools.pairwise(edges))
    assert edges[-1][1] < 21 / 2.54 * 72 - 3.2 / 2.54 * 72


def test_where_there_is_no_room_for_them_they_stand_upright_and_can_be_read():
    whole = a_whole(a_table(("Sagsbehandlingstid",) * 9))
    with pdfplumber.open(io.BytesIO(whole_pdf.render_whole(whole, lambda _uid: None))) as paper:
        turned = [one for one in paper.pages[-1].chars if abs(one["matrix"][0]) < 0.001]
    assert "".join(one["text"] for one in turned) == "Sagsbehandlingstid" * 9
    assert all(one["x1"] - one["x0"] > 9 for one in turned)  # as high as other letters
