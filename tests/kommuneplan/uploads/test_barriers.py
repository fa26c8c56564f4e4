"""What the program can tell of whether everybody can read an annex."""

from __future__ import annotations

import pikepdf
import pytest

from kommuneplan.uploads import Barrier, accessibility, barriers, child
from tests.consultations.written_files import changed, core, odt, pdf, picture, scanned, word
from tests.plans.word_documents import h, png, table
from tests.plans.word_documents import picture as word_picture

LONG = "Vi mener, at haverne skal åbnes for alle, og at stierne skal være brede nok. " * 40


@pytest.fixture(autouse=True)
def without_a_process_of_its_own(request, monkeypatch):
    """Files are opened here, which is faster; the guarded process has a test of its own."""
    if "guarded" not in request.node.name:
        opened = lambda _module, kind, *, data, seconds: {"barriers": child._barriers(kind, data)}  # noqa: E731
        monkeypatch.setattr(barriers, "ask", opened)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt"])
def test_files_are_opened_in_the_guarded_process(name):
    data = {"a.pdf": pdf("Enig."), "a.docx": word("Enig."), "a.odt": odt()}[name]
    assert codes(name, data)


def codes(name: str, data: bytes) -> dict[str, int]:
    return {one.code: one.number for one in accessibility(name, data)}


def _tagged(opened: pikepdf.Pdf, **figure: str) -> None:
    element = pikepdf.Dictionary(S=pikepdf.Name.Figure)
    if figure:
        element.Alt = pikepdf.String(figure["alt"])
    opened.Root.StructTreeRoot = opened.make_indirect(
        pikepdf.Dictionary(K=pikepdf.Array([opened.make_indirect(element)]))
    )
    opened.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    opened.Root.Lang = pikepdf.String("da-DK")
    opened.docinfo["/Title"] = "Høringssvar"


def test_a_pdf_printed_to_a_file_lacks_tags_title_and_language():
    def untitled(opened: pikepdf.Pdf) -> None:
        opened.docinfo["/Title"] = ""

    found = codes("a.pdf", changed(pdf("Enig."), untitled))
    assert found == {"pdf-untagged": 0, "no-title": 0, "no-language": 0}


def test_a_scanned_pdf_has_no_text():
    assert codes("a.pdf", pdf("Enig.", scanned, scanned))["pdf-no-text"] == 2


def test_a_tagged_pdf_with_pictures_in_words_has_no_barrier():
    assert not codes("a.pdf", changed(pdf("Enig."), lambda one: _tagged(one, alt="Et hus")))
    assert codes("a.pdf", changed(pdf("Enig."), _tagged)) == {"no-alt": 1}


def test_a_word_document_with_headings_title_and_words_for_pictures_has_no_barrier():
    data = word(
        h("Vores svar"), LONG, word_picture("r1", "Et hus"),
        pictures={"r1": png()}, more={"docProps/core.xml": core(title="Høringssvar")},
    )  # fmt: skip
    assert not codes("a.docx", data)


def test_a_word_document_without_them_is_told():
    rows = table(["Tid", "Sted"], ["1", "2"], head=False)
    data = word(LONG, f"<w:p>{word_picture('r1')}</w:p>", rows, pictures={"r1": png()})
    assert codes("a.docx", data) == {
        "no-headings": 0, "no-alt": 1, "no-table-head": 1, "no-title": 0,
    }  # fmt: skip


def test_a_short_letter_needs_no_headings():
    assert "no-headings" not in codes("a.docx", word("Vi er enige."))


def test_opendocument_is_looked_at_too():
    assert codes("a.odt", odt(f"<text:p>{LONG}</text:p>")) == {"no-headings": 0, "no-title": 0}
    good = odt(f"<text:h>Svar</text:h><text:p>{LONG}</text:p>", meta="<dc:title>Svar</dc:title>")
    assert not codes("a.odt", good)


def test_pictures_texts_and_what_cannot_be_told():
    assert codes("a.png", picture(form="PNG")) == {"picture": 0}
    assert not codes("a.txt", b"Enig")
    assert codes("a.pdf", b"%PDF-1.4 nej") == {"unread": 0}
    assert codes("a.docx", b"PK\x03\x04 nej") == {"unread": 0}


@pytest.mark.parametrize("one", [Barrier("no-alt", 3), Barrier("pdf-untagged")])
def test_a_barrier_survives_storing_and_says_itself(one):
    assert Barrier.from_json(one.to_json()) == one
    assert one.weight == "serious" and one.words
