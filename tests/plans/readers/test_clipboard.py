"""What five programs put on the clipboard gives the sections that the same document gives as a
file; and nothing that is pasted breaks the reader. The samples in ``tests/data/clipboard`` are made
by hand, in the way each program writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from plans.readers.clipboard.reader import read_clipboard
from plans.readers.word_text.parts import WordText
from plans.readers.word_text.reader import read_word
from plans.text_import.answers import TextAnswers
from plans.text_import.sections import sections_of
from tests.plans.word_documents import (
    BY_BO,
    cell,
    docx,
    ended,
    gone,
    h,
    ins,
    item,
    note,
    p,
    t,
    table,
)

SAMPLES = Path(__file__).parents[2] / "data" / "clipboard"
PROGRAMS = ("word_windows", "word_web", "outlook", "google_docs", "libreoffice")
WITHOUT_NOTES = {"word_web", "outlook", "google_docs"}  # they leave them at home
WITHOUT_HEAD = {"google_docs"}  # it has no such thing as a heading row
WITHOUT_QUOTE = {"google_docs"}  # nor a style for quotations

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def sample(program: str) -> str:
    return (SAMPLES / f"{program}.html").read_text(encoding="utf-8")


def the_file(program: str) -> bytes:
    """The document the samples were copied from, as far as the program has such things."""
    link = '<w:hyperlink r:id="r1">' + t("planen") + "</w:hyperlink>"
    words = (
        '<w:footnote w:id="2"><w:p>' + t("Kommunens egen ") + t("optælling", "<w:i/>")
        + t(", 2026 (") + '<w:hyperlink r:id="n1">' + t("tallene") + "</w:hyperlink>" + t(")")
        + "</w:p></w:footnote>"
    )  # fmt: skip
    has_notes = program not in WITHOUT_NOTES
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="n1" Type="{_KIND}" Target="https://example.org/tal" '
        'TargetMode="External"/></Relationships>'
    )
    head = program not in WITHOUT_HEAD
    return docx(
        h("Formål"),
        p(t("Vi vil "), t("styrke", "<w:i/>"), t(" "), t("naboskabet", "<w:b/>"),
          t(" i byen og på landet, se "), link, t(".")),
        p(t("Byen vokser"), *([note(2)] if has_notes else []), t(" hvert år.")),
        h("Mål", 2),
        item("Flere mødesteder"), item("et i hver bydel", 1), item("åbne om aftenen", 1),
        item("Færre ensomme"),
        p("Vi gør det i denne rækkefølge:"),
        item("Vi spørger", numbered=True), item("Vi vælger", numbered=True),
        p("Og til sidst:"),
        item("Vi bygger", numbered=True),
        h("Hvem gør hvad", 2),
        table(
            ["Mål", "Hvem", "Hvornår"],
            [cell("Mødesteder", down="restart"), cell("Kultur og Fritid", across=2)],
            [cell("", down="continue"), "Byrådet", "2027"],
            head=head,
        ),
        p(t("CO"), t("2", '<w:vertAlign w:val="subscript"/>'), t(" på 100 m"),
          t("2", '<w:vertAlign w:val="superscript"/>'), t(", og det "),
          t("gamle", "<w:strike/>"), t(" "), t("nye", "<w:u/>"), t(" torv.")),
        p(t("Udvalget "), ins("mødes"), gone("ses"), t(" hver måned"), more=ended("del", BY_BO)),
        p(", også om sommeren."),
        h("Baggrund"),
        p("Som hun sagde: Døren står åben.", style="" if program in WITHOUT_QUOTE else "Citat"),
        p("<w:r><w:t>Linje et</w:t><w:br/><w:t>linje to</w:t></w:r>"),
        notes=words,
        links={"r1": "https://example.org/plan?a=1&amp;b=2"},
        parts={"word/_rels/footnotes.xml.rels": relations.encode()},
    )  # fmt: skip


def block_by_block(text: WordText, **answers) -> list[tuple[str, str, str]]:
    found = sections_of(text, TextAnswers(**answers), intro="Indledning", src={}).sections
    return [(one.number, one.title, block.html) for one in found for block in one.blocks]


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_is_pasted_is_what_the_file_says(program):
    pasted, file = read_clipboard(sample(program)), read_word(the_file(program))
    assert block_by_block(pasted) == block_by_block(file)
    assert [one.code for one in pasted.left] == [one.code for one in file.left] == []


def test_what_word_tracked_is_told_apart_as_in_the_file():
    pasted, file = read_clipboard(sample("word_windows")), read_word(the_file("word_windows"))
    decisions = {one.id: "reject" for one in file.changes}
    assert [one.author for one in pasted.changes] == [one.author for one in file.changes]
    undone = [block_by_block(text, changes=decisions) for text in (pasted, file)]
    assert undone[0] == undone[1]
    assert ("1.2", "Hvem gør hvad", "<p>Udvalget ses hver måned</p>") in undone[0]
