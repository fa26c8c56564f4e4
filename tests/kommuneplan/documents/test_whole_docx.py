"""A whole plan as Word: real headings, lists, notes and tables, in a template of one's own."""

import io
import zipfile

import pytest
from docx import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from kommuneplan.documents import whole_docx, whole_template
from kommuneplan.documents.memo import on_one_line
from kommuneplan.documents.placeholders import TemplateProblem, W, text_of
from kommuneplan.documents.prose_html import read_blocks
from kommuneplan.documents.whole import chapter
from kommuneplan.documents.whole_check import template_problems
from tests.kommuneplan.documents.written_text import make, picture, pictures

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def written(whole=None, template=None):
    return whole_docx.render_whole(whole or make(), pictures, template)


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(whole=None, template=None):
    return Document(io.BytesIO(written(whole, template)))


def lines(document):
    """The words of every paragraph, those of the title page too."""
    return [Paragraph(one, document).text for one in document.element.body.iter(f"{W}p")]


def changed(change):
    """The template that comes along, with something done to it."""
    document = Document(whole_docx.TEMPLATE)
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_template_in_the_repository_is_the_one_the_script_writes():
    built = io.BytesIO()
    whole_template.build().save(built)
    new, kept = parts(built.getvalue()), parts(whole_docx.TEMPLATE.read_bytes())
    assert list(new) == list(kept)
    for name in set(new) - {"docProps/core.xml"}:
        assert new[name] == kept[name], name


def test_headings_are_headings_and_lead_from_the_contents():
    document = opened()
    headings = [(p.style.name, p.text) for p in document.paragraphs if "eading" in p.style.name]
    assert headings == [
        ("Heading 1", "1\tFormål"),
        ("Heading 2", "1.1\tHaver & huse"),
        ("Heading 1", "2\tMidler"),
    ]
    body = document.element.body
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    links = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]
    inside = [link for link in links if link]
    assert len(inside) == 3
    assert set(inside) <= marks
    kinds = [sign.get(f"{W}fldCharType") for sign in body.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_headings_inside_a_section_are_found_by_a_screen_reader_but_not_in_the_contents():
    document = opened()
    inner = [p for p in document.paragraphs if p.style.name.startswith("Mellemrubrik")]
    levels = [int(p._p.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val")) for p in inner]
    assert [(p.style.name, p.text) for p in inner] == [
        ("Mellemrubrik 1", "Mellemrubrik"),
        ("Mellemrubrik 2", "Mindre rubrik"),
    ]
    assert levels == [2, 3]  # counted from 0; the section is on level 2


def test_the_title_page_says_what_it_is_and_leaves_out_what_is_not_known():
    text = "\n".join(lines(opened()))
    for words in ("Eksempel Kommune", "Strategi for 2025–2028", "Ansvarlig\tUdvalget"):
        assert words in text
    assert "Hvad foreslås der? Flere haver." in text
    for words in ("Dokumentnr.", "Hvad kan stadig ændres?", "Udkast", "{{"):
        assert words not in text


def test_a_draft_is_marked_on_every_page():
    document = opened(make(mark="Udkast"))
    assert document.sections[0].header.paragraphs[0].text.startswith("Udkast: Strategi")
    assert "Udkast" in lines(document)


def test_footnotes_are_word_s_own():
    found = parts(written())
    notes = etree.fromstring(found["word/footnotes.xml"])
    texts = {n.get(f"{W}id"): "".join(t.text for t in n.iter(f"{W}t")) for n in notes}
    references = etree.fromstring(found["word/document.xml"]).iter(f"{W}footnoteReference")
    (number,) = (reference.get(f"{W}id") for reference in references)
    assert texts[number].strip() == "Se rapporten fra 2024."
    assert b"https://example.org/rapport" in found["word/_rels/footnotes.xml.rels"]
    assert b"/word/footnotes.xml" in found["[Content_Types].xml"]


def test_lists_count_by_themselves_from_their_own_number():
    document = opened()
    points = [p for p in document.paragraphs if p._p.find(f"{W}pPr/{W}numPr") is not None]
    levels = [(p.text, int(p._p.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val"))) for p in points]
    assert levels == [
        *(("Første", 0), ("tredje", 1), ("under", 2), ("fjerde", 1), ("Andet", 0)),
        *(("Et", 0), ("To", 0)),
    ]
    numbers = [p._p.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") for p in points]
    assert numbers[0] == numbers[2] == numbers[4]
    assert numbers[1] == numbers[3] != numbers[5] == numbers[6]
    root = document.part.numbering_part.element
    starts = {
        one.get(f"{W}numId"): start.get(f"{W}val")
        for one in root.findall(f"{W}num")
        for start in one.iter(f"{W}startOverride")
    }
    assert (starts[numbers[1]], starts[numbers[5]]) == ("3", "1")
    tags = [child.tag for child in root if child.tag in (f"{W}abstractNum", f"{W}num")]
    assert tags == sorted(tags)  # by the schema the patterns come first


def test_tables_repeat_their_heading_and_merge_their_cells():
    table = opened().tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["Område", "Område", "Beløb"],
        ["Bolig", "Botilbud", "1.000"],
        ["Bolig", "Støtte", "250"],
    ]
    flags = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
    assert flags == [True, False, False]
    assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val") == "Udgifter"


def test_pictures_have_their_words_and_their_size():
    document = opened()
    (drawing,) = document.element.body.iter(f"{WP}inline")
    assert drawing.find(f"{WP}docPr").get("descr") == "En blå firkant"
    extent = drawing.find(f"{WP}extent")
    assert int(extent.get("cx")) == pytest.approx(2 * int(extent.get("cy")), rel=0.01)
    (blip,) = drawing.iter(f"{A}blip")
    assert document.part.related_parts[blip.get(f"{R}embed")].blob == picture()
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Figur 1: en blå firkant" in texts
    assert "[Billede: Noget, der mangler]" in texts


def test_a_damaged_picture_does_not_spoil_the_document():
    data = whole_docx.render_whole(make(), lambda uid: b"ikke et billede")
    texts = [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]
    assert "[Billede: En blå firkant]" in texts


def test_a_picture_of_another_kind_is_turned_into_one_word_knows():
    data = whole_docx.render_whole(make(), lambda uid: picture("WEBP"))
    assert any(name.endswith(".png") for name in parts(data))


def test_the_file_says_its_language_and_title():
    document = opened()
    assert document.core_properties.title == "Strategi for æblehaver"
    assert document.core_properties.language == "da-DK"


@pytest.mark.slow  # a paper for each text
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=80))
def test_any_text_makes_a_word_file_that_opens(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    whole = make(
        f"<p>{escaped}<span class='note'>{escaped}</span></p>",
        title=text,
        chapters=(chapter(text, 1, read_blocks(f"<p>{escaped}</p>"), "1"),),
    )
    document = opened(whole)
    if on_one_line(text):
        assert any(on_one_line(text) in on_one_line(line) for line in lines(document))


# A template of the municipality's own


def test_the_template_that_comes_along_is_fit():
    assert template_problems(whole_docx.TEMPLATE.read_bytes()) == []


def test_the_municipality_s_styles_and_page_are_used():
    def own(document):
        document.styles["Heading 1"].font.size = Pt(40)
        document.add_paragraph("Venlig hilsen")

    document = opened(template=changed(own))
    heading = next(p for p in document.paragraphs if p.text == "1\tFormål")
    assert heading.style.font.size == Pt(40)
    assert document.paragraphs[-1].text == "Venlig hilsen"


def test_styles_are_known_by_their_name_in_a_danish_word():
    def danish(document):
        style = document.styles["Heading 1"].element
        style.set(f"{W}styleId", "Overskrift1")

    document = opened(template=changed(danish))
    heading = next(p for p in document.paragraphs if p.text == "1\tFormål")
    assert heading._p.pPr.pStyle.val == "Overskrift1"


def test_a_template_with_nothing_in_it_gets_what_it_lacks():
    bare = Document()
    for text in ("{{ titel }}", "{{ indhold }}", "{{ tekst }}"):
        bare.add_paragraph(text)
    for style in [*bare.styles]:
        if style.name != "Normal":
            style.element.getparent().remove(style.element)
    for key, relation in [*bare.part.rels.items()]:
        if relation.reltype.endswith("/numbering"):
            del bare.part.rels[key]
    out = io.BytesIO()
    bare.save(out)
    assert template_problems(out.getvalue()) == []
    document = opened(template=out.getvalue())
    names = {style.name for style in document.styles}
    assert {"Heading 1", "Mellemrubrik 1", "Plantabel", "Hyperlink"} <= names
    used = {
        p._p.pPr.pStyle.val
        for p in document.paragraphs
        if p._p.pPr is not None and p._p.pPr.pStyle is not None
    }
    assert used <= {style.style_id for style in document.styles}
    assert document.part.numbering_part.element.findall(f"{W}num")


def test_the_text_must_have_a_place_of_its_own():
    def in_a_table(document):
        place = next(p for p in document.paragraphs if p.text == "{{ tekst }}")
        place._p.getparent().remove(place._p)
        document.add_table(1, 1).rows[0].cells[0].text = "{{ tekst }}"

    def beside_words(document):
        place = next(p for p in document.paragraphs if p.text == "{{ tekst }}")
        place.add_run(" og mere")

    for change in (in_a_table, beside_words):
        template = changed(change)
        (problem,) = template_problems(template)
        assert "{{ tekst }}" in problem
        with pytest.raises(TemplateProblem):
            opened(template=template)


@pytest.mark.parametrize("name", ["titel", "tekst"])
def test_what_is_needed_is_asked_for(name):
    def without(document):
        for paragraph in [*document.element.body.iter(f"{W}p")]:
            if f"{{{{ {name} }}}}" in text_of(paragraph):
                paragraph.getparent().remove(paragraph)

    assert f"{{{{ {name} }}}}" in "".join(template_problems(changed(without)))


def test_the_contents_may_be_left_out():
    def without(document):
        place = next(p for p in document.paragraphs if p.text == "{{ indhold }}")
        place._p.getparent().remove(place._p)

    template = changed(without)
    assert template_problems(template) == []
    assert "Indhold" in lines(opened())
    assert "Indhold" not in lines(opened(template=template))


def test_a_misspelt_placeholder_is_named_with_the_nearest():
    (problem,) = template_problems(changed(lambda word: word.add_paragraph("{{ udvlag }}")))
    assert "{{ udvlag }}" in problem
    assert "{{ udvalg }}" in problem


def test_text_that_looks_like_a_placeholder_is_only_text():
    texts = ["{{ titel }}", "{% for x in y %}", "{{ 7*7 }}", "[tekst 0]"]
    html = "".join(f"<p>{text}</p>" for text in texts)
    shown = lines(opened(make(html, title="{{ tekst }}")))
    assert set(texts) <= set(shown)
    assert "{{ tekst }}" in shown
