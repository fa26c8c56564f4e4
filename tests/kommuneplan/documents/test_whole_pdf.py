"""A whole plan as PDF: tagged, lasting, and every text exactly as it came."""

import io

import pdfplumber
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommuneplan.documents import whole_pdf
from kommuneplan.documents.prose_html import read_blocks
from kommuneplan.documents.whole import chapter
from tests import pdf_text
from tests.kommuneplan.documents.test_prose import tables
from tests.kommuneplan.documents.written_text import make, picture, pictures


def structure(element):
    """The kinds of all elements of the structure tree, in order."""
    for child in [element] if isinstance(element, pikepdf.Dictionary) else element:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from structure(child.get("/K", []))


def test_the_pdf_is_tagged_and_says_its_language_and_title():
    with pikepdf.open(io.BytesIO(whole_pdf.render_whole(make(), pictures))) as document:
        assert str(document.Root.Lang) == "da-DK"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as facts:
            assert facts["pdfuaid:part"] == "1"
            assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "A")
            assert facts["dc:title"] == "Strategi for æblehaver"
        elements = list(structure(document.Root.StructTreeRoot.K))
        kinds = [str(element.S) for element in elements]
        figures = [str(element.Alt) for element in elements if element.S == "/Figure"]
    assert [kind for kind in kinds if kind in ("/H1", "/H2", "/H3", "/H4")] == [
        *("/H1", "/H1", "/H2", "/H3", "/H4", "/H1"),  # the contents first
    ]
    for kind in ("/TOC", "/TOCI", "/L", "/LI", "/BlockQuote", "/Note", "/Caption", "/Link"):
        assert kind in kinds, kind
    assert kinds.count("/TH") == 2
    assert figures == ["En blå firkant"]


def test_the_bookmarks_are_the_headings():
    data = io.BytesIO(whole_pdf.render_whole(make(), pictures))
    with pikepdf.open(data) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [child.title for item in outline.root for child in item.children]
    assert (titles, below) == (["1 Formål", "2 Midler"], ["1.1 Haver & huse"])


def test_every_word_is_there():
    shown = pdf_text.shown(whole_pdf.render_whole(make(), pictures))
    for words in (
        *("Eksempel Kommune", "Strategi for 2025–2028", "Ansvarlig", "Udvalget", "2025-1"),
        *("Hvad foreslås der?", "Flere haver.", "Indhold", "Haver & huse", "lettere at finde"),
        *("Se rapporten fra 2024.", "3. tredje", "Et citat.", "Udgifter", "Botilbud", "1.000"),
        *("Figur 1: en blå firkant", "[Billede: Noget, der mangler]", "Side 1 af"),
    ):
        assert words in shown, words


def test_a_short_plan_has_no_contents():
    short = make(chapters=(chapter("Formål", 1, read_blocks("<p>Derfor.</p>"), "1"),))
    assert "Indhold" not in pdf_text.shown(whole_pdf.render_whole(short, pictures))


def test_a_draft_is_marked_on_every_page():
    pages = pdf_text.pages(whole_pdf.render_whole(make(mark="Udkast"), pictures))
    assert len(pages) > 2
    assert all("Udkast" in page for page in pages)


def test_links_lead_where_they_led():
    with pikepdf.open(io.BytesIO(whole_pdf.render_whole(make(), pictures))) as document:
        found = {
            str(mark.A.URI)
            for page in document.pages
            for mark in page.get("/Annots", [])
            if "/A" in mark and "/URI" in mark.A
        }
    assert found == {
        "https://example.org/rapport",
        "https://example.org/",
        "https://plan.example.org/planer/",
    }


@pytest.mark.parametrize("columns", [3, 6, 14])
def test_long_words_stay_in_their_columns(columns):
    words = ["Forebyggelsesindsats0", "Borgerrepræsentationen", "1.000.000.000"]
    cells = "".join(f"<td>{words[place % 3]}</td>" for place in range(columns))
    data = whole_pdf.render_whole(make(f"<table><tr>{cells}</tr></table>"), pictures)
    with pdfplumber.open(io.BytesIO(data)) as pages:
        page = pages.pages[2]
        signs = [sign for sign in page.chars if round(sign["size"], 1) == 9.5]
    assert len(signs) > 20 * columns / 3
    left, right = 3 * 28.35, page.width - 3.2 * 28.35
    places = [left + (right - left) * share for share in shares(cells)]
    for sign in signs:
        column = max(place for place, start in enumerate(places[:-1]) if start <= sign["x0"])
        assert sign["x1"] <= places[column + 1], sign["text"]


def shares(cells):
    """Where the columns begin and end, in shares of the line."""
    (table,) = read_blocks(f"<table><tr>{cells}</tr></table>")
    return [sum(table.widths[:place]) for place in range(len(table.widths) + 1)]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_of_every_kind_are_shown(form):
    data = whole_pdf.render_whole(make(), lambda uid: picture(form))
    with pikepdf.open(io.BytesIO(data)) as document:
        assert any(page.get_images() for page in document.pages)


def test_a_picture_without_words_does_not_stop_the_plan():
    html = '<figure><img src="/billeder/00000000-0000-4000-8000-000000000001/" alt=""></figure>'
    assert whole_pdf.render_whole(make(html), pictures).startswith(b"%PDF")


def test_nothing_of_a_text_is_evaluated():
    text = "#eval(1+1) $x^2$ *fed* _kursiv_ @kilde `kode` [a](b) #read('/etc/passwd')"
    shown = pdf_text.shown(whole_pdf.render_whole(make(f"<p>{text}</p>", title=text), pictures))
    assert "#eval(1+1) $x^2$ *fed* _kursiv_ @kilde" in shown


@pytest.mark.slow  # a paper for each text
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_makes_a_pdf(text, more):
    safe = [one.replace("&", "&amp;").replace("<", "&lt;") for one in (text, more)]
    html = f"<p>{safe[0]}<span class='note'>{safe[1]}</span></p><h4>{safe[1]}</h4>"
    data = whole_pdf.render_whole(make(html, title=text or "x", mark=more), pictures)
    assert data.startswith(b"%PDF")


@pytest.mark.slow  # a paper for each table
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables, st.booleans())
def test_any_table_makes_a_pdf(rows, head):
    cells = [
        "".join(
            f'<t{"hd"[data]} colspan="{across}" rowspan="{down}">x</t{"hd"[data]}>'
            for across, down, data in row
        )
        for row in rows
    ]
    html = "".join(f"<tr>{row}</tr>" for row in cells)
    html = f"<table>{f'<thead>{html}</thead>' if head else html}</table>"
    assert whole_pdf.render_whole(make(html), pictures).startswith(b"%PDF")
