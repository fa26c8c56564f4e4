"""A template of the municipality's own is tried before it is kept."""

import io
import zipfile

import pytest
from docx import Document

from kommuneplan.documents import docx
from kommuneplan.documents.memo_check import sample, template_problems


def changed(change):
    """The template that comes along, with something done to it."""
    document = Document(docx.TEMPLATE)
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(name, data, base=None):
    out = io.BytesIO(base or docx.TEMPLATE.read_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def only(data):
    problems = template_problems(data)
    assert len(problems) == 1, problems
    return problems[0]


def test_the_template_that_comes_along_is_fit():
    assert template_problems(docx.TEMPLATE.read_bytes()) == []


def test_a_misspelt_placeholder_is_named_with_the_nearest():
    problem = only(changed(lambda word: word.add_paragraph("Nr. {{ sagsnumer }}")))
    assert "{{ sagsnumer }}" in problem
    assert "{{ sagsnummer }}" in problem


def test_a_placeholder_word_has_split_into_runs_is_found():
    def split(word):
        paragraph = word.add_paragraph("{{ til")
        paragraph.add_run("fældig").bold = True
        paragraph.add_run(" }}")

    assert "{{ tilfældig }}" in only(changed(split))


@pytest.mark.parametrize(
    "text",
    ["{% for x in y %}", "{{ titel|safe }}", "{{ ''.__class__ }}", "{# note #}", "{{ titel"],
)
def test_a_template_is_no_program(text):
    assert template_problems(changed(lambda word: word.add_paragraph(text)))


def test_a_placeholder_in_a_footer_is_looked_at_too():
    def footer(word):
        word.sections[0].footer.add_paragraph("{{ ukendt }}")

    assert "{{ ukendt }}" in only(changed(footer))


def test_without_the_table_the_message_says_so():
    def drop(word):
        table = word.tables[0]._tbl
        table.getparent().remove(table)

    assert "{{ tid }}" in only(changed(drop))


def test_without_the_row_for_phases_the_message_says_so():
    assert "{{ fase }}" in only(
        changed(lambda word: word.tables[0]._tbl.remove(word.tables[0].rows[1]._tr))
    )


def test_without_a_title_the_message_says_so():
    def drop(word):
        for paragraph in [*word.paragraphs, *word.sections[0].header.paragraphs]:
            if "{{ titel }}" in paragraph.text:
                paragraph.text = "Uden"

    assert "{{ titel }}" in only(changed(drop))


def test_a_template_without_a_column_for_who_says_it_in_the_text():
    def drop(word):
        table = word.tables[0]._tbl
        for row in (word.tables[0].rows[0], word.tables[0].rows[2]):
            row._tr.remove(row._tr.tc_lst[2])
        table.tblGrid.remove(table.tblGrid[2])

    data = changed(drop)
    assert template_problems(data) == []
    cells = Document(io.BytesIO(docx.render_memo(sample(), data))).tables[0].rows[2].cells
    assert [cell.text for cell in cells] == [
        "3. marts 2025",
        "Udvalget drøfter et udkast\nEn note.\nUdvalget",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hej",
        b"PK\x03\x04 kort",
        with_part("word/vbaProject.bin", b"x"),
        with_part("word/embeddings/oleObject1.bin", b"x"),
        with_part("word/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        with_part("word/big.xml", b" " * 50_000_000),
        b"x" * 6_000_000,
        with_part(
            "word/_rels/other.xml.rels",
            b'<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/'
            b'2006/relationships/attachedTemplate" Target="http://a/b.dotm" TargetMode="External"/>'
            b"</Relationships>",
        ),
    ],
)
def test_what_is_no_safe_word_file_is_refused(data):
    assert only(data)
