"""What five programs put on the clipboard gives the sections that the same document gives as a
file; and nothing that is pasted breaks the reader. The samples in ``tests/data/clipboard`` are made
by hand, in the way each program writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommuneplan.richtext.blocks import plain, sanitise
from plans.readers.clipboard.reader import read_clipboard
from plans.readers.files.source import RefusedFile
from plans.readers.word_text.parts import WordText
from plans.readers.word_text.reader import read_word
from plans.text_import.answers import TextAnswers
from plans.text_import.pasting import pasted as section_text
from plans.text_import.sections import sections_of
from tests.kommuneplan.richtext.test_blocks import HOSTILE
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
DERIVED = ("word_in_chrome", "word_without_styles", "outlook_classic")
PROGRAMS = ("word_windows", "word_web", "outlook", "google_docs", "libreoffice", *DERIVED)
WITHOUT_NOTES = {"word_web", "outlook", "google_docs"}  # they leave them at home
WITHOUT_HEAD = {"google_docs"}  # it has no such thing as a heading row
WITHOUT_QUOTE = {"google_docs"}  # nor a style for quotations

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def sample(program: str) -> str:
    """What a program put on the clipboard; some are told from another's, by what is known to
    differ."""
    if program not in DERIVED:
        return (SAMPLES / f"{program}.html").read_text(encoding="utf-8")
    word = sample("word_windows")
    if program == "word_in_chrome":  # which makes the remarks of Word comments
        return re.sub(r"<!\[((?:if [^\]]*)|endif)\]>", r"<!--[\1]-->", word)
    if program == "word_without_styles":
        return word[: word.index("<style>")] + word[word.index("</style>") + 8 :]
    return word.replace("<!--StartFragment-->", "<div class=WordSection1>").replace(
        "<!--EndFragment-->", "</div>"
    )


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


def test_and_in_the_text_of_one_section_too():
    for program in PROGRAMS:
        pasted, file = read_clipboard(sample(program)), read_word(the_file(program))
        assert section_text(pasted).blocks == section_text(file).blocks, program
    assert section_text(pasted).blocks[0] == "<h3>Formål</h3>"
    assert "<h4>Mål</h4>" in section_text(pasted).blocks


def html(pasted: str, **kwargs) -> str:
    return section_text(read_clipboard(pasted), **kwargs).html


def left(pasted: str) -> dict[str, int]:
    return {one.code: one.count for one in section_text(read_clipboard(pasted)).left}


# Headings


def test_the_highest_heading_that_was_copied_comes_below_the_sections_own():
    assert html("<h2>a</h2><h3>b</h3><h4>c</h4>") == "<h3>a</h3>\n<h4>b</h4>\n<h4>c</h4>"
    assert html("<h4>a</h4><p>x") == "<h3>a</h3>\n<p>x</p>"


def test_a_style_of_ones_own_that_builds_on_a_heading_is_one():
    sheet = (
        "<style><!-- p.Kapitel, li.Kapitel {mso-style-name:Kapitel;"
        'mso-style-parent:"Overskrift 1";font-weight:bold;}'
        " p.Punkt {mso-style-name:Punkt; mso-outline-level:2;} --></style>"
    )
    text = f"{sheet}<p class=Kapitel>Et</p><p class=Punkt>To</p><p class=MsoHeading7>Syv</p>"
    assert html(text) == "<h3>Et</h3>\n<h4>To</h4>\n<h4>Syv</h4>"


def test_title_caption_quotation_and_contents_are_known_by_their_class():
    text = (
        "<p class=MsoTitle>Strategi</p><p class=MsoToc1>Formål 3</p><h1>Formål</h1>"
        "<p class=MsoCaption>Tabel 1</p><table><tr><td>x</td></tr></table>"
        "<p class=MsoIntenseQuote>Sagt</p>"
    )
    assert html(text) == (
        "<h3>Strategi</h3>\n<h3>Formål</h3>\n<table><caption>Tabel 1</caption><tbody><tr><td>"
        "<p>x</p></td></tr></tbody></table>\n<blockquote><p>Sagt</p></blockquote>"
    )
    assert left(text) == {"contents": 1}


# Lists


def word_item(words: str, marker: str, place: str = "l0 level1 lfo1") -> str:
    return (
        f"<p class=MsoListParagraph style='mso-list:{place}'><![if !supportLists]><span "
        f"style='mso-list:Ignore'>{marker}<span>&nbsp;</span></span><![endif]>{words}</p>"
    )


def test_a_list_that_was_begun_before_what_was_copied_goes_on_where_it_was():
    assert html(word_item("tre", "3.") + word_item("fire", "4.")) == (
        '<ol start="3"><li><p>tre</p></li><li><p>fire</p></li></ol>'
    )
    assert html("<ol start=7><li>syv</ol><p>x</p><ol><li>et</ol>") == (
        '<ol start="7"><li><p>syv</p></li></ol>\n<p>x</p>\n<ol><li><p>et</p></li></ol>'
    )


def test_a_marker_tells_what_no_style_sheet_does():
    text = word_item("a", "o") + word_item("b", "a)", "l1 level1 lfo2")
    assert html(text) == "<ul><li><p>a</p></li></ul>\n<ol><li><p>b</p></li></ol>"


def test_word_writes_simple_lists_as_lists_of_html_too():
    text = (
        "<ul type=disc><li class=MsoNormal style='mso-list:l0 level1 lfo1'>a</li>"
        "<ul type=circle><li class=MsoNormal style='mso-list:l0 level2 lfo1'>b</li></ul></ul>"
        "<ol start=2 type=1><li class=MsoNormal style='mso-list:l1 level1 lfo2'>c</li></ol>"
    )
    assert html(text) == (
        '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>\n<ol start="2"><li><p>c</p></li></ol>'
    )


def test_the_style_of_a_list_makes_items_and_no_list_is_said_outright():
    sheet = (
        "<style>p.MsoListBullet {mso-list:l5 level1 lfo5;} @list l5:level1 "
        "{mso-level-number-format:bullet;}</style>"
    )
    text = f"{sheet}<p class=MsoListBullet>a</p><p class=MsoListBullet style='mso-list:none'>b</p>"
    assert html(text) == "<ul><li><p>a</p></li></ul>\n<p>b</p>"


def test_numbers_that_begin_anew_are_a_list_of_their_own():
    text = word_item("a", "1.", "l1 level1 lfo1") + word_item("b", "1.", "l1 level1 lfo2")
    assert html(text) == "<ol><li><p>a</p></li></ol>\n<ol><li><p>b</p></li></ol>"


def test_letters_become_numbers_and_that_is_told():
    assert left("<ol type=a><li>x<li>y</ol>") == {"letters": 2}
    assert left("<ol><li style='list-style-type:upper-roman'>x</ol>") == {"letters": 1}


def test_an_item_with_two_paragraphs_stays_one_item():
    text = "<ol><li><p>a</p><p>b</p></li><li>c<ul><li>d</li></ul></li><li>e</li></ol>"
    assert html(text) == (
        "<ol><li><p>a<br>b</p></li><li><p>c</p><ul><li><p>d</p></li></ul></li>"
        "<li><p>e</p></li></ol>"
    )


# Words


def test_spaces_are_read_as_a_browser_shows_them():
    text = "<p>\n a <b> b </b>\n c<span style='mso-tab-count:1'>&nbsp; &nbsp;</span>d&shy;e </p>"
    assert html(text) == "<p>a <strong>b </strong>c de</p>"


def test_signs_of_symbol_fonts_hidden_words_and_comments_are_told():
    text = (
        "<p>a<span style='font-family:Wingdings;mso-char-type:symbol'>ü</span>"
        "<span style='display:none;mso-hide:all'>skjult</span>"
        "<![if !supportAnnotations]><a href='#_msocom_1'>[BB1]</a><![endif]></p>"
        "<div style='mso-element:comment-list'><p>Er det rigtigt?</p></div>"
    )
    assert html(text) == "<p>a•</p>"
    assert left(text) == {"symbol": 1, "hidden": 1, "comments": 1}


def test_a_remark_of_word_that_has_no_end_hides_nothing():
    assert html("<p>a<![if !supportAnnotations]>b</p><p>c") == "<p>ab</p>\n<p>c</p>"


def test_links_lead_to_web_pages_and_mail_addresses_alone():
    text = (
        "<p><a href='https://example.org/'>a</a> <a href='mailto:a@example.org'>b</a> "
        "<a href='file:///C:/plan.docx'>c</a> <a href='#_Toc1'>d</a> <a href='javascript:x'>e</a>"
    )
    assert html(text).count("<a href=") == 2
    assert left(text) == {"link": 2}


def test_word_for_the_web_tells_what_was_tracked_by_its_classes():
    text = (
        "<p>Vi <span class='TrackChangeTextDeletion TrackedChange'>ser</span>"
        "<span class='TrackChangeTextInsertion TrackedChange'>mødes</span></p>"
    )
    assert html(text) == "<p>Vi mødes</p>"
    assert len(read_clipboard(text).changes) == 1


def test_words_struck_through_on_a_web_page_are_no_tracked_change():
    assert html("<p><del>før</del> <ins>nu</ins></p>") == "<p><s>før</s> nu</p>"


# Notes, tables, images


def test_a_note_whose_words_were_left_behind_keeps_its_number_and_is_told():
    text = (
        "<p>Byen<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'>"
        "<span class=MsoFootnoteReference>[1]</span></a> vokser</p>"
    )
    assert html(text) == "<p>Byen<sup>[1]</sup> vokser</p>"
    assert left(text) == {"note-elsewhere": 1}


def test_notes_of_several_paragraphs_and_of_web_pages():
    text = (
        '<p>a<sup id="r1"><a href="#n1">1</a></sup> b<a id="r2" href="#n2">2</a></p>'
        '<ol><li id="n1"><p>Først</p><p>så <a href="#r1">↩</a></p></li>'
        '<li id="n2">Andet <a href="#r2">↩</a></li></ol>'
    )
    assert html(text) == (
        '<p>a<span class="note">Først så</span> b<span class="note">Andet</span></p>'
    )
    assert html("<h1>Et<a name=a href='#b'>1</a></h1><p><a name=b href='#a'>1</a>Note") == (
        '<h3>Et<span class="note">Note</span></h3>'
    )


def test_in_a_letter_a_note_stands_in_brackets():
    text = "<p>a<a name=a href='#b'>1</a> b</p><p><a name=b href='#a'>1</a>Note"
    assert html(text, letter=True) == "<p>a [Note] b</p>"


def test_a_table_in_a_cell_and_merged_cells_beyond_the_table():
    text = "<table><tr><td rowspan=9>a<table><tr><td>b<td>c</table><td colspan=2>d</table>"
    assert html(text) == (
        "<table><tbody><tr><td><p>a</p><p>b</p><p>c</p></td>"
        '<td colspan="2"><p>d</p></td></tr></tbody></table>'
    )
    assert left(text) == {"nested": 1}


def test_only_images_of_the_house_come_along():
    own = "/billeder/00000000-0000-0000-0000-000000000001/"
    text = f"<p>a<img src='https://plan.example.dk{own}' alt='Et hus'>b<img src='x.png'></p>"
    made = section_text(read_clipboard(text, "https://plan.example.dk/"))
    assert made.blocks == ["<p>ab</p>", f'<figure><img src="{own}" alt="Et hus"></figure>']
    assert [(one.code, one.count) for one in made.left] == [("image-elsewhere", 1)]
    assert "<img" not in html(text)  # from another house


# Whatever is pasted


@pytest.mark.parametrize("vector", HOSTILE)
def test_nothing_hostile_is_left(vector):
    made = html(vector)
    assert sanitise(made) == made
    assert "<script" not in made and "javascript:" not in re.sub(r"&lt;.*", "", made)


def test_too_deep_is_refused_and_nothing_is_lost_silently():
    with pytest.raises(RefusedFile):
        read_clipboard("<div>" * 300 + "dybt")


TAGS = st.sampled_from(
    ["p", "div", "b", "span", "ul", "ol", "li", "table", "tr", "td", "th", "h2", "blockquote", "a",
     "sup", "o:p", "section", "figure", "figcaption", "thead", "caption", "br", "ins", "pre"]
)  # fmt: skip
TREES = st.recursive(
    st.integers(10, 99).map(lambda number: f"ord{number}"),
    lambda inside: st.tuples(TAGS, st.lists(inside, max_size=4)).map(
        lambda made: f"<{made[0]}> {' '.join(made[1])} </{made[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_every_word_comes_along_whatever_it_stands_in(tree):
    words = re.findall(r"ord\d\d", tree)
    made = html(tree)
    assert sorted(re.findall(r"ord\d\d", plain(made))) == sorted(words)
    assert sanitise(made) == made
