"""A whole text from Word: what becomes of headings, lists, tables, notes, and tracked changes."""

from __future__ import annotations

import io
import os
import zipfile

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kommuneplan.richtext import blocks
from plans.readers.files.docx import read_docx
from plans.readers.files.source import RefusedFile
from plans.readers.word_text.reader import read_word
from plans.readers.word_text.upload import open_word
from plans.text_import.answers import TextAnswers
from plans.text_import.sections import sections_of
from tests.plans.word_documents import (
    BY_BO,
    cell,
    comment,
    comment_at,
    docx,
    ended,
    footnote,
    gone,
    h,
    ins,
    item,
    note,
    p,
    picture,
    png,
    t,
    table,
)


def cut(data: bytes, **answers):
    """The sections of a document."""
    text = read_word(data)
    src = {image.id: f"/billeder/00000000-0000-0000-0000-00000000000{image.id[1]}/"
           for image in text.images}  # fmt: skip
    return sections_of(text, TextAnswers(**answers), intro="Indledning", src=src).sections


def outline(data: bytes, **answers) -> list[tuple[str, str]]:
    return [(one.number, one.title) for one in cut(data, **answers)]


def html(data: bytes, **answers) -> str:
    """The text of the only section."""
    (section,) = cut(data, **answers)
    return section.html


def left(data: bytes) -> dict[str, str]:
    return {one.code: one.text for one in read_word(data).left}


# Headings


def test_danish_headings_make_a_tree_and_text_before_them_a_section_of_its_own():
    data = docx(
        p("Strategi for alle", style="Titel"), p("Forord."), h("Formål"), p("Vi vil."),
        h("Mål", 2), h("Detalje", 4), h("Baggrund"),
    )  # fmt: skip
    assert outline(data) == [
        ("1", "Indledning"), ("2", "Formål"), ("2.1", "Mål"), ("2.1.1", "Detalje"),
        ("3", "Baggrund"),
    ]  # fmt: skip


def test_the_title_is_left_out_unless_it_is_wanted():
    data = docx(p("Strategi for alle", style="Titel"), h("Formål"))
    text = read_word(data)
    assert [one.words for one in sections_of(text, TextAnswers(), intro="", src={}).left] == [
        "Strategi for alle"
    ]
    assert outline(data, headings={"b1": "1"}) == [("1", "Strategi for alle"), ("2", "Formål")]


def test_a_style_that_builds_on_a_heading_is_one():
    assert outline(docx(p("Kapitel ét", style="Kapitel"), h("Mål", 2))) == [
        ("1", "Kapitel ét"), ("1.1", "Mål")]  # fmt: skip


def test_a_heading_of_word_in_english_is_known_too():
    document = Document()
    document.add_heading("Purpose", 1)
    document.add_heading("Goals", 2)
    stream = io.BytesIO()
    document.save(stream)
    assert outline(stream.getvalue()) == [("1", "Purpose"), ("1.1", "Goals")]


@pytest.mark.parametrize(
    ("typed", "title", "number"),
    [
        ("1. Formål", "Formål", "1"),
        ("1 Formål", "Formål", "1"),
        ("1.2 Formål", "Formål", "1.2"),
        ("3.1.4. Formål", "Formål", "3.1.4"),
        ("Kapitel 4: Formål", "Formål", "4"),
        ("10 principper", "10 principper", ""),
        ("2027 er året", "2027 er året", ""),
        ("3 % flere", "3 % flere", ""),
        ("1.000 boliger", "1.000 boliger", ""),
        ("Formål", "Formål", ""),
    ],
)
def test_numbers_typed_in_headings(typed, title, number):
    (section,) = cut(docx(h(typed)))
    assert (section.title, section.typed) == (title, number)


def test_bold_lines_are_offered_as_headings():
    data = docx(p(t("2.1 Unge", "<w:b/>")), p("Vi vil."), p(t("Det er vigtigt.", "<w:b/>")))
    text = read_word(data)
    assert [one.offered for one in text.paragraphs] == [True, False, False]
    assert html(data).startswith("<p>2.1 <strong>Unge</strong></p>")
    assert outline(data, headings={"b1": "1"}) == [("1", "Unge")]
    assert "<h3>2.1 Unge</h3>" in html(data, headings={"b1": "sub"})


# What stands under them


def test_lists_are_nested_and_numbering_goes_on():
    data = docx(
        item("a"), item("b", 1), item("c"), p("Mellem"),
        item("et", numbered=True), item("to", numbered=True), p("Mellem"),
        item("tre", numbered=True),
    )  # fmt: skip
    words = html(data)
    assert "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>" in words
    assert "<ol><li><p>et</p></li><li><p>to</p></li></ol>" in words
    assert '<ol start="3"><li><p>tre</p></li></ol>' in words


def test_numbers_after_bullets_are_a_list_of_their_own_inside_an_item_too():
    data = docx(item("a"), item("b", 1), item("et", 1, numbered=True), item("c"))
    assert html(data) == (
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul><ol><li><p>et</p></li></ol></li>"
        "<li><p>c</p></li></ul>"
    )


def test_a_note_in_a_heading_inside_a_section_is_kept():
    data = docx(p(t("Formål", "<w:b/>"), note(2)), notes=footnote(2, "Kilden"))
    assert html(data, headings={"b1": "sub"}) == '<h3>Formål<span class="note">Kilden</span></h3>'


def test_letters_that_become_numbers_are_told():
    assert "letters" in left(docx(item("x", 0, True), item("y", 1, True)))


def test_tables_with_merged_cells():
    data = docx(
        table(
            ["Mål", "Hvem", "Hvornår"],
            [cell("Fælles", down="restart"), cell("bred", across=2)],
            [cell("", down="continue"), "b", "c"],
        )
    )
    words = html(data)
    assert '<th scope="col"><p>Mål</p></th>' in words
    assert '<td rowspan="2"><p>Fælles</p></td>' in words
    assert '<td colspan="2"><p>bred</p></td>' in words
    assert words.count("Fælles") == 1


def test_a_list_in_a_cell_and_a_table_in_a_cell_keep_their_words():
    inner = f"<w:tc>{item('punkt')}{table(['inde', 'her'], head=False)}{p('')}</w:tc>"
    data = docx(table([inner, "x"], head=False))
    words = html(data)
    assert "<ul><li><p>punkt</p></li></ul>" in words
    assert "inde" in words
    assert "her" in words
    assert left(data) == {"nested": ""}


def test_looks_links_breaks_and_quotes():
    data = docx(
        p(t("fed", "<w:b/>"), t(" og "), t("hævet", '<w:vertAlign w:val="superscript"/>')),
        p('<w:hyperlink r:id="r1">' + t("vej") + "</w:hyperlink>"),
        p("<w:r><w:t>en</w:t><w:br/><w:t>to</w:t></w:r>"),
        p("Som hun sagde", style="Citat"),
        links={"r1": "https://example.org/a?b=1&amp;c=2"},
    )
    words = html(data)
    assert "<p><strong>fed</strong> og <sup>hævet</sup></p>" in words
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">vej</a>' in words
    assert "<p>en<br>to</p>" in words
    assert "<blockquote><p>Som hun sagde</p></blockquote>" in words


def test_a_link_written_as_a_field():
    data = docx(
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText>HYPERLINK "https://example.org/"</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            t("her"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            t(" og der"),
        )
    )
    assert html(data) == (
        '<p><a href="https://example.org/" rel="noopener noreferrer">her</a> og der</p>'
    )


def test_footnotes_stand_where_they_are_referred_to():
    data = docx(p("Byen vokser", note(2), t(" nu.")), notes=footnote(2, "Danmarks Statistik, 2026"))
    assert html(data) == (
        '<p>Byen vokser<span class="note">Danmarks Statistik, 2026</span> nu.</p>'
    )


def test_pictures_become_figures_with_their_caption():
    data = docx(
        p("Før", picture("rId9", "Et hus")), p("Figur 1", style="Billedtekst"), p("Efter"),
        pictures={"rId9": png()},
    )  # fmt: skip
    words = html(data)
    assert words.split("\n")[1] == (
        '<figure><img src="/billeder/00000000-0000-0000-0000-000000000001/" alt="Et hus">'
        "<figcaption>Figur 1</figcaption></figure>"
    )


def test_what_word_guessed_a_picture_to_show_does_not_count():
    data = docx(
        p(picture("rId9", "Et billede, der indeholder himmel\n\nAutomatisk genereret beskrivelse")),
        pictures={"rId9": png()},
    )
    assert read_word(data).images[0].alt == ""


# Nothing is dropped silently


def test_what_does_not_come_along_is_told():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:txbx><w:txbxContent>"
        f"{p('Husk dette')}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('Husk dette')}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = docx(
        p("Formål .... 3", style="Indholdsfortegnelse1"),
        p("Tekst", box),
        p(t("skjult", "<w:vanish/>"), t("synlig", '<w:highlight w:val="yellow"/>')),
        p("<m:oMath><m:r><m:t>x=y</m:t></m:r></m:oMath>"),
        p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'),
        header="Københavns Kommune, udkast",
    )
    told = left(data)
    assert told["header"] == "Københavns Kommune, udkast"
    assert told["box"] == "Husk dette"
    assert told["hidden"] == "skjult"
    assert {"contents", "highlight", "formula", "symbol"} <= told.keys()
    words = html(data)
    assert words.count("Husk dette") == 1
    assert "x=y" in words
    assert "skjult" not in words


def test_links_and_tracked_changes_in_footnotes():
    noted = (
        f'<w:footnote w:id="2"><w:p>{t("Se ")}<w:hyperlink r:id="r1">{t("rapporten")}'
        f"</w:hyperlink>{ins(' nu')}{gone(' før')}</w:p></w:footnote>"
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/hyperlink" Target="https://example.org/r" '
        'TargetMode="External"/></Relationships>'
    )
    data = docx(
        p("Byen", note(2)), notes=noted, parts={"word/_rels/footnotes.xml.rels": links.encode()}
    )
    assert '<span class="note">Se rapporten (https://example.org/r) nu</span>' in html(data)
    assert left(data) == {"note-change": ""}


def test_a_table_of_contents_is_left_out_whatever_its_lines_look_like():
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('Indhold')}{p('Formål 3')}</w:sdtContent>"
        "</w:sdt>"
    )
    data = docx(contents, h("Formål"))
    assert outline(data) == [("1", "Formål")]
    assert [(one.code, one.count) for one in read_word(data).left] == [("contents", 2)]


def test_every_word_of_a_document_is_in_a_section_or_told():
    body = [h("En"), p("to"), item("tre"), table(["fire", "fem"]), p("seks", ins("syv"))]
    body.append("<w:sdt><w:sdtContent>" + p("otte") + "</w:sdtContent></w:sdt>")
    body.append(p('<w:smartTag w:uri="x">' + t("ni") + "</w:smartTag>"))
    body.append(p('<w:ukendt xmlns:w="urn:x"/>', "ti"))
    (section,) = cut(docx(*body))
    for word in ["to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"]:
        assert word in section.html


# Tracked changes


def decided(data: bytes, decision: str) -> list[str]:
    text = read_word(data)
    changes = {one.id: decision for one in text.changes}
    found = sections_of(text, TextAnswers(changes=changes), intro="", src={}).sections
    return [block.html for section in found for block in section.blocks]


def test_words_put_in_and_taken_out():
    data = docx(p("Vi ", gone("skal"), ins("vil"), t(" gerne.")))
    assert len(read_word(data).changes) == 1
    assert decided(data, "accept") == ["<p>Vi vil gerne.</p>"]
    assert decided(data, "reject") == ["<p>Vi skal gerne.</p>"]


def test_two_people_at_one_place_are_two_changes():
    data = docx(p("Vi ", ins("vil"), ins(" også", BY_BO)))
    assert [one.author for one in read_word(data).changes] == ["Mette", "Bo"]


def test_a_new_paragraph_begun_at_the_end_of_another():
    data = docx(p("Før.", more=ended("ins")), p(ins("Ny.")), p("Efter."))
    assert len(read_word(data).changes) == 1
    assert decided(data, "accept") == ["<p>Før.</p>", "<p>Ny.</p>", "<p>Efter.</p>"]
    assert decided(data, "reject") == ["<p>Før.</p>", "<p>Efter.</p>"]


def test_new_paragraphs_one_after_the_other_can_be_decided_on_one_by_one():
    data = docx(
        p("Før.", more=ended("ins")), p(ins("Et."), more=ended("ins")), p(ins("To.")), p("Efter.")
    )
    text = read_word(data)
    assert len(text.changes) == 2
    first, second = [one.id for one in text.changes]
    found = sections_of(
        text, TextAnswers(changes={first: "reject", second: "accept"}), intro="", src={}
    ).sections
    assert [block.html for block in found[0].blocks] == [
        "<p>Før.</p>", "<p>To.</p>", "<p>Efter.</p>"]  # fmt: skip


def test_a_paragraph_taken_out():
    data = docx(p("Før."), p(gone("Væk."), more=ended("del")), p("Efter."))
    assert decided(data, "accept") == ["<p>Før.</p>", "<p>Efter.</p>"]
    assert decided(data, "reject") == ["<p>Før.</p>", "<p>Væk.</p>", "<p>Efter.</p>"]


_BREAK = "¶"
_ATOMS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", _BREAK]), st.sampled_from(["", "ins", "del"])),
    min_size=1, max_size=14,
)  # fmt: skip


@example([("a", ""), (_BREAK, "del"), (_BREAK, ""), ("a", "")], "accept")
@given(_ATOMS, st.sampled_from(["accept", "reject"]))
@settings(max_examples=300)
def test_whatever_was_tracked_all_accepted_is_the_new_text_and_all_rejected_the_old(
    atoms, decision
):
    body, runs = [], []
    for at, (sign, mark) in enumerate(atoms):
        if sign == _BREAK:
            body.append(p(*runs, more=ended(mark) if mark else ""))
            runs = []
        else:
            words = f"{sign}{at} "
            runs.append({"": t, "ins": ins, "del": gone}[mark](words))
    body.append(p(*runs))
    lost = "del" if decision == "accept" else "ins"
    kept = [(sign, at) for at, (sign, mark) in enumerate(atoms) if mark != lost]
    wanted = "".join(_BREAK if sign == _BREAK else f"{sign}{at} " for sign, at in kept)
    found = [blocks.plain(html) for html in decided(docx(*body), decision)]
    assert found == [part.strip() for part in wanted.split(_BREAK) if part.strip()]


def test_a_heading_that_was_split_stays_a_heading():
    data = docx(p("Formål", style="Overskrift1", more=ended("ins")), p(ins("Ny tekst.")))
    assert outline(data, changes={"c1": "reject"}) == [("1", "Formål")]
    assert cut(data, changes={"c1": "accept"})[0].html == "<p>Ny tekst.</p>"


def test_a_move_is_one_change():
    def moved(tag: str, inside: str) -> str:
        return (
            f'<w:{tag}RangeStart w:id="5" w:name="move1" w:author="Mette"/>'
            f'<w:{tag} w:id="6" w:author="Mette">{inside}</w:{tag}><w:{tag}RangeEnd w:id="5"/>'
        )

    data = docx(
        p(moved("moveFrom", t("Flyttet.")), t("Her.")), p("Der. ", moved("moveTo", t("Flyttet.")))
    )
    (change,) = read_word(data).changes
    assert change.moved
    assert decided(data, "accept") == ["<p>Her.</p>", "<p>Der. Flyttet.</p>"]
    assert decided(data, "reject") == ["<p>Flyttet.Her.</p>", "<p>Der.</p>"]


def test_a_row_of_a_table_put_in():
    row = '<w:tr><w:trPr><w:ins w:id="7" w:author="Mette"/></w:trPr>'
    data = docx(
        f"<w:tbl><w:tr><w:tc>{p('A')}</w:tc></w:tr>{row}<w:tc>{p(ins('B'), more=ended('ins'))}"
        "</w:tc></w:tr></w:tbl>"
    )
    assert len(read_word(data).changes) == 1
    assert "B" in decided(data, "accept")[0]
    assert "B" not in decided(data, "reject")[0]


def test_comments_hang_on_their_paragraph_even_when_its_words_go():
    data = docx(
        p("Et."), p("To.", comment_at(0)), p(gone("Væk"), comment_at(1)),
        comments=comment(0, "Sikker?") + comment(1, "Ja"),
    )  # fmt: skip
    (section,) = cut(data)
    assert [block.comments for block in section.blocks] == [[], ["0"]]
    assert section.comments == ["1"]


def test_answers_to_comments_and_what_is_resolved():
    data = docx(
        p("Et.", comment_at(0), comment_at(1)),
        comments=comment(0, "Sikker?", para="0A") + comment(1, "Ja", "Bo", para="0B"),
        extended='<w15:commentEx w15:paraId="0A" w15:done="1"/>'
        '<w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/>',
    )
    first, second = read_word(data).comments
    assert (first.done, second.answers) == (True, "0")


# The door


def test_json_and_back_is_the_same():
    data = docx(h("1. A"), p("x", ins("y")), item("z"), table(["a", "b"], ["c", "d"]))
    text = read_word(data)
    assert open_word("a.docx", data) == text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("plan.docm", docx(p("x")), "makroer|macros"),
        ("plan.pdf", b"%PDF-1.4", "Word"),
        ("plan.docx.exe", docx(p("x")), "Word"),
        ("plan.docx", b"%PDF-1.4 ...", "noget andet|something else"),
        ("plan.docx", b"", "tom|empty"),
        ("plan.docx\x00.png", docx(p("x")), "Word"),
        ("plan.docx", docx(p("x"), parts={"word/vbaProject.bin": b"x"}), "makroer|macros"),
        ("plan.docx", docx(), "ingen tekst|no text"),
        ("plan.docx", docx(p("x"))[:-40], "noget andet|beskadiget|something|damaged"),
    ],
)
def test_what_is_no_word_document_is_refused(name, data, words):
    with pytest.raises(RefusedFile) as refused:
        open_word(name, data)
    assert any(word in str(refused.value) for word in words.split("|")), str(refused.value)


def test_bombs_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 85_000_000)
    with pytest.raises(RefusedFile):
        open_word("bombe.docx", out.getvalue())
    entities = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<w:styles xmlns:w='urn:x'>&b;</w:styles>"
    )
    for part in ("word/styles.xml", "word/settings.xml"):
        data = docx(p("x"), parts={part: entities.encode()})
        with pytest.raises(RefusedFile) as refused:
            open_word("bombe.docx", data)
        assert part in str(refused.value)


def test_deep_nesting_is_refused_not_a_crash():
    deep = p("<w:smartTag>" * 500 + t("x") + "</w:smartTag>" * 500)
    with pytest.raises(RefusedFile):
        open_word("dyb.docx", docx(deep))


@pytest.mark.parametrize("number", ["²", "٣", "-1", "99999999999", "", "abc"])
def test_numbers_that_are_none_do_no_harm(number):
    span = f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr>{p("celle")}</w:tc>'
    depth = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="{number}"/></w:numPr>'
    data = docx(table([span], head=False), p("punkt", more=depth), p("x", style=f"List{number}"))
    assert "celle" in html(data)
    assert "celle" in " ".join(cell.text for row in read_docx(data).rows for cell in row.cells)


def test_pictures_and_links_elsewhere_are_not_fetched_and_told():
    relations = (
        '<Relationship Id="e1" Type="http://x/image" Target="http://127.0.0.1:1/a.png" '
        'TargetMode="External"/>'
        '<Relationship Id="e2" Type="http://x/image" Target="../../../../etc/passwd"/>'
    )
    data = docx(
        p("x", picture("e1"), picture("e2")),
        p('<w:hyperlink r:id="r1">' + t("klik") + "</w:hyperlink>"),
        relations=relations,
        links={"r1": "javascript:alert(1)"},
    )
    text = open_word("a.docx", data)
    assert text.images == []
    told = {one.code: one.text for one in text.left}
    assert told["link"] == "javascript:alert(1)"
    assert "image-elsewhere" in told
    assert html(data) == "<p>x</p>\n<p>klik</p>"


def test_fifty_pages_are_read_in_under_three_seconds():
    words = "Vi vil gerne, at borgerne kan bo godt hele livet. " * 9
    body = [part for n in range(50) for part in (h(f"{n + 1}. Side"), *[p(words, ins("Ja."))] * 6,
            item("et"), item("to"), table(["a", "b"], ["c", "d"]))]  # fmt: skip
    data = docx(*body)
    start = sum(os.times()[:4])  # of the processor, the reader's own process included
    text = open_word("lang.docx", data)
    found = sections_of(text, TextAnswers(), intro="", src={})
    assert len(found.sections) == 50
    assert sum(os.times()[:4]) - start < 3
