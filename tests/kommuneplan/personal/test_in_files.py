"""A CPR number is found wherever in a file it lies, and what cannot be read is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from PIL import ExifTags, Image
from reportlab.lib.utils import ImageReader

from kommuneplan.personal.files import DataKind, FileFindings, FilePlace, SenderData, find_in_file
from kommuneplan.personal.files.reading import search
from tests.consultations.written_files import (
    NUMBER,
    W_AUTHOR,
    changed,
    core,
    odt,
    pdf,
    picture,
    scanned,
    with_text,
    word,
)
from tests.plans.word_documents import (
    CONTENT_TYPES,
    NAMESPACES,
    comment,
    comment_at,
    footnote,
    gone,
    ins,
    note,
    p,
    t,
)


def looked(data: bytes, name: str = "svar.pdf", **known: tuple[str, ...]) -> FileFindings:
    """In this process: the guarded one has a test of its own, and takes longer to begin."""
    return search(name, data, SenderData(**known))


def places(
    data: bytes, kind: DataKind = DataKind.CPR, name: str = "svar.pdf"
) -> list[tuple[str, int]]:
    return [
        (one.place.value, one.number)
        for one in looked(data, name).found
        if one.finding.kind == kind
    ]


def unread(data: bytes, name: str = "svar.pdf") -> list[tuple[str, int]]:
    return [(one.code, one.number) for one in looked(data, name).unread]


# PDF


def test_a_number_on_the_signature_page_is_found_with_its_page_through_the_guarded_process():
    data = pdf("Vi er enige i planen.", f"Med venlig hilsen\nKarin Holm\nCPR {NUMBER}")
    found = find_in_file("Høringssvar.pdf", data)
    assert [(one.place, one.number, one.finding.kind) for one in found.found] == [
        (FilePlace.PAGE, 2, DataKind.NAME),
        (FilePlace.PAGE, 2, DataKind.CPR),
    ]
    assert found.found[1].finding.quote == NUMBER and "side 2" in found.found[1].where
    assert found.pages == 2 and found.needs_person
    assert FileFindings.from_json(found.to_json()) == found


def _info(opened: pikepdf.Pdf) -> None:
    opened.docinfo["/Subject"] = f"Sag om {NUMBER}"


def _xmp(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata() as metadata:
        metadata["dc:description"] = f"Sag om {NUMBER}"


def _xmp_of_a_page(opened: pikepdf.Pdf) -> None:
    stream = opened.make_stream(f"<x>{NUMBER}</x>".encode())
    stream.Type = pikepdf.Name.Metadata
    opened.pages[0].obj.Metadata = stream


def _note(opened: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
        Contents=pikepdf.String(f"Husk {NUMBER}"),
    )  # fmt: skip
    opened.pages[0].obj.Annots = pikepdf.Array([opened.make_indirect(note)])


def _field(opened: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(T=pikepdf.String("cpr"), V=pikepdf.String(NUMBER))
    opened.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([opened.make_indirect(field)]))


def _bookmark(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Borger {NUMBER}", 0))


def _alternative(opened: pikepdf.Pdf) -> None:
    element = pikepdf.Dictionary(S=pikepdf.Name.Figure, Alt=pikepdf.String(f"Brev {NUMBER}"))
    opened.Root.StructTreeRoot = opened.make_indirect(
        pikepdf.Dictionary(K=pikepdf.Array([opened.make_indirect(element)]))
    )


def _link(opened: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(
        S=pikepdf.Name.URI, URI=pikepdf.String(f"https://x.dk/?cpr={NUMBER}")
    )
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    opened.pages[0].obj.Annots = pikepdf.Array([opened.make_indirect(link)])


BEHIND = {
    _info: FilePlace.PROPERTIES,
    _xmp: FilePlace.PROPERTIES,
    _xmp_of_a_page: FilePlace.HIDDEN,
    _note: FilePlace.ANNOTATION,
    _field: FilePlace.FORM,
    _bookmark: FilePlace.HIDDEN,
    _alternative: FilePlace.HIDDEN,
    _link: FilePlace.LINK,
}


@pytest.mark.parametrize("change", BEHIND, ids=lambda change: change.__name__)
def test_a_number_that_stands_nowhere_on_the_pages_is_found(change):
    data = changed(pdf("Vi er enige i planen."), change)
    assert [place for place, _number in places(data)] == [BEHIND[change].value]


def test_who_is_said_to_have_written_it_is_found():
    data = changed(pdf("Enig."), lambda opened: opened.docinfo.update({"/Author": "Karin Holm"}))
    assert places(data, DataKind.NAME) == [("properties", 0)]


def test_words_under_a_box_are_found():
    def covered(drawn):
        drawn.drawString(60, 700, f"Personnummer {NUMBER}")
        drawn.setFillColorRGB(0, 0, 0)
        drawn.rect(50, 690, 300, 30, fill=1)

    assert places(pdf(covered)) == [("page", 1)]


def test_words_in_white_and_outside_the_page_are_found():
    def hidden(drawn):
        drawn.setFillColorRGB(1, 1, 1)
        drawn.drawString(60, 700, NUMBER)

    assert places(pdf(hidden)) == [("page", 1)]


def test_a_number_torn_into_pieces_is_found():
    def torn(drawn):
        for place, piece in enumerate(("0102", "03-", "1234")):
            drawn.drawString(60 + 24 * place, 700, piece)

    assert places(pdf(torn)) == [("page", 1)]


def test_an_earlier_edition_that_was_only_covered_up_is_found():
    """An incremental update leaves the page as it was in the file."""
    first = pdf(f"Personnummer {NUMBER}")
    with pikepdf.open(io.BytesIO(first)) as opened:
        number = opened.pages[0].Contents.objgen[0]
        root, size = opened.Root.objgen[0], len(opened.objects) + 1
    stream = b"BT /F1 12 Tf 60 700 Td (Fjernet) Tj ET"
    start = first.rindex(b"startxref")
    previous = int(first[start:].split()[1])
    offset = len(first)
    update = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        len(stream),
        stream,
    )
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, offset)
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, root, previous, offset + len(update),
    )  # fmt: skip
    data = first + update + table + trailer
    assert places(data) == [("earlier", 1)]


def test_a_scanned_page_is_said_to_be_unread():
    assert unread(pdf("Vi er enige i planen.", scanned)) == [("pictures", 1), ("page", 2)]
    assert looked(pdf(scanned)).needs_person


def test_a_page_of_drawn_letters_is_said_to_be_unread():
    def outlines(drawn):
        drawn.line(10, 10, 200, 200)

    assert unread(pdf(outlines)) == [("page", 1)]


def test_an_empty_page_and_a_page_with_a_logo_are_read():
    def logo(drawn):
        from reportlab.lib.utils import ImageReader

        drawn.drawImage(ImageReader(io.BytesIO(picture())), 400, 780, 60, 40)
        drawn.drawString(60, 700, "Vi er enige i planen, men savner flere haver til de unge.")

    assert not unread(pdf("", logo))


def test_a_locked_pdf_is_said_to_be_unread():
    assert unread(pdf("Hemmeligt", encrypt="kode")) == [("encrypted", 0)]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 ingenting", b"PK\x03\x04 ingenting", b"\x89PNG\r\n\x1a\n"]
)
def test_a_damaged_file_is_said_to_be_unread(data):
    assert unread(data)[0][0] in ("damaged", "kind")


def test_files_in_a_pdf_are_said_to_be_unread():
    def attach(opened):
        opened.attachments[f"{NUMBER}.txt"] = b"hemmeligt"

    data = changed(pdf("Enig."), attach)
    assert ("embedded", 1) in unread(data) and places(data) == [("hidden", 0)]


# Parts of a PDF: whatever no reader knows is said


def _appearance(words: str, **more: object) -> Callable[[pikepdf.Pdf], None]:
    """A note that looks like some words, and says them nowhere else."""

    def change(opened: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        look = opened.make_stream(f"BT /F1 12 Tf 5 5 Td {words} ET".encode())
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 200, 20])
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        kept = {"Subtype": pikepdf.Name.FreeText, "AP": pikepdf.Dictionary(N=look), **more}
        note = opened.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Rect=pikepdf.Array([20, 20, 220, 40]), **kept
            )
        )
        opened.pages[0].Annots = pikepdf.Array([note])

    return change


SHOWN = f"({NUMBER}) Tj"


@pytest.mark.parametrize(
    "change",
    [
        _appearance(SHOWN),
        _appearance(f"[({NUMBER[:4]}) -20 ({NUMBER[4:]})] TJ"),
        _appearance(SHOWN, F=2),  # hidden
        _appearance(SHOWN, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig),
    ],
)
def test_how_a_note_or_a_signature_looks_is_read(change):
    assert places(changed(pdf("Enig."), change)) == [("hidden", 0)]


def _stream(opened: pikepdf.Pdf) -> pikepdf.Object:
    return opened.make_stream(b"<a>hemmeligt</a>")


def _xfa(opened: pikepdf.Pdf) -> None:
    opened.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=_stream(opened))


def _piece_info(opened: pikepdf.Pdf) -> None:
    opened.pages[0].PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=_stream(opened)))


def _rich_media(opened: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia, Rect=pikepdf.Array([0, 0, 9, 9])
    )
    opened.pages[0].Annots = pikepdf.Array([opened.make_indirect(note)])


def _by_hand(opened: pikepdf.Pdf) -> None:
    _appearance("")(opened)
    opened.pages[0].Annots[0].Subtype = pikepdf.Name.Ink


def _drawn_signature(opened: pikepdf.Pdf) -> None:
    _appearance("", Subtype=pikepdf.Name.Widget)(opened)
    lines = b"0 0 m " + b"9 9 l 3 1 l " * 60 + b"S"
    opened.pages[0].Annots[0].AP.N.write(lines)


def _unknown_entry(opened: pikepdf.Pdf) -> None:
    opened.Root.Noget = _stream(opened)


def _unknown_in_resources(opened: pikepdf.Pdf) -> None:
    opened.pages[0].Resources = pikepdf.Dictionary(Noget=pikepdf.Dictionary(A=_stream(opened)))


def _associated_file(opened: pikepdf.Pdf) -> None:
    files = pikepdf.Dictionary(F=_stream(opened))
    opened.Root.AF = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=files)])


def _signed(opened: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=pikepdf.Dictionary(Type=pikepdf.Name.Sig))
    field.V = opened.make_indirect(field.V)
    opened.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_xfa, "part"),
        (_piece_info, "part"),
        (_rich_media, "part"),
        (_by_hand, "part"),
        (_drawn_signature, "part"),
        (_unknown_entry, "part"),
        (_unknown_in_resources, "part"),
        (_associated_file, "embedded"),
        (_signed, "signature"),
    ],
)
def test_a_part_of_a_pdf_that_no_reader_knows_is_said(change, code):
    assert code in dict(unread(changed(pdf("Enig."), change)))


def test_a_picture_among_much_text_is_said_to_be_unread():
    def card(drawn):
        drawn.drawImage(ImageReader(io.BytesIO(picture((300, 200)))), 60, 500, 90, 60)
        for line in range(20):
            drawn.drawString(60, 400 - 12 * line, "Vi er enige i planen og savner flere haver.")

    assert unread(pdf(card)) == [("pictures", 1)]


# Word and OpenDocument


def _with_part(kind: str, name: str, content: str | bytes, relation: str = "") -> bytes:
    """A Word document with a part of some content type, and perhaps a relation to it."""
    types = CONTENT_TYPES.replace(
        "</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    )
    return word("Enig.", more={"[Content_Types].xml": types, name: content}, relations=relation)


_HOUSE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHUNK = f'<Relationship Id="r7" Type="{_HOUSE}/aFChunk" Target="a.xml"/>'
_PREFIXED = (
    '<r:Relationships xmlns:r="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<r:Relationship Id="r7" Type="{_HOUSE}/aFCh&#117;nk" Target="a.xml"/></r:Relationships>'
)


@pytest.mark.parametrize(
    "data",
    [
        _with_part("message/rfc822", "word/afchunk.mht", "From: x\n\nhemmeligt"),
        _with_part("text/html", "word/a.html", "<p>hemmeligt</p>"),
        _with_part("application/xml", "word/a.xml", "<a/>", _CHUNK),
        _with_part("application/vnd.ms-excel", "word/a.xls", b"\xd0\xcf"),
        word("Enig.", more={"word/ukendt.dat": b"hemmeligt"}),
        word("Enig.", more={"word/_rels/document.xml.rels": _PREFIXED}),
        word("Enig.", more={"word/_rels/document.xml.rels": _PREFIXED.encode("utf-16")}),
        word("Enig.", relations='<Relationship Id="r8" Type="http://x.dk/noget" Target="a"/>'),
        word(
            "Enig.",
            relations=f'<Relationship Id="r8" Type="{_HOUSE}/image" TargetMode="External" '
            'Target="https://x.dk/a.png"/>',
        ),
        word("Enig.")[:-22] + b"hemmeligt" + word("Enig.")[-22:],
        odt("<text:p>Enig</text:p>", more={"Noget/a.dat": b"hemmeligt"}),
    ],
)
def test_a_part_of_a_document_that_no_reader_knows_is_said(data):
    assert {"part", "damaged"} & dict(unread(data, "svar.docx")).keys()


@pytest.mark.parametrize(
    "body",
    [
        f'<w:p><w:fldSimple w:instr="QUOTE {NUMBER}"/></w:p>',
        f'<w:p><w:r><w:pict><v:textpath string="{NUMBER}"/></w:pict></w:r></w:p>',
        f"<w:p><!-- {NUMBER} --><w:r><w:t>Enig</w:t></w:r></w:p>",
    ],
)
def test_a_number_is_found_in_whatever_attribute_or_aside_it_stands(body):
    assert places(word(body), name="svar.docx")


def test_a_number_in_the_format_of_a_list_is_found():
    shape = f'<w:numbering {NAMESPACES}><w:lvlText w:val="{NUMBER}"/></w:numbering>'
    assert places(word("Enig.", more={"word/numbering.xml": shape}), name="svar.docx")


def test_letters_of_a_symbol_font_are_said_to_be_unread():
    signs = "".join(f'<w:sym w:font="Wingdings" w:char="F0{n}"/>' for n in range(31, 42))
    assert ("signs", 11) in unread(word(f"<w:p><w:r>{signs}</w:r></w:p>"), "svar.docx")


_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_BOX = (
    "<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
)

WORDS = {
    "text": (word(f"CPR {NUMBER}"), FilePlace.TEXT),
    "runs": (word(p(t("0102"), t("03-12"), t("34"))), FilePlace.TEXT),
    "table": (word(f"<w:tbl><w:tr><w:tc>{p(NUMBER)}</w:tc></w:tr></w:tbl>"), FilePlace.TEXT),
    "box": (word(_BOX.format(NUMBER)), FilePlace.TEXT),
    "hidden": (word(p(t(NUMBER, "<w:vanish/>"))), FilePlace.TEXT),
    "header": (
        word("Enig.", header=f"<w:p><w:r><w:t>{NUMBER}</w:t></w:r></w:p>"),
        FilePlace.HEADER,
    ),
    "footnote": (word(p(t("Enig."), note(2)), notes=footnote(2, NUMBER)), FilePlace.NOTE),
    "comment": (word(p(t("Enig."), comment_at(0)), comments=comment(0, NUMBER)), FilePlace.COMMENT),
    "deleted": (word(p(t("Enig "), gone(NUMBER))), FilePlace.CHANGE),
    "torn by changes": (word(p(t("010203-"), gone("12"), ins("99"), gone("34"))), FilePlace.CHANGE),
    "title": (word("Enig.", more={"docProps/core.xml": core(title=NUMBER)}), FilePlace.PROPERTIES),
    "custom": (
        word("Enig.", more={"docProps/custom.xml": f"<Properties><property><v>{NUMBER}</v>"
                            "</property></Properties>"}),
        FilePlace.PROPERTIES,
    ),
    "link": (word("Enig.", links={"rId9": f"https://x.dk/{NUMBER}"}), FilePlace.LINK),
    "odt": (odt("<text:p>CPR <text:span>0102</text:span>03-1234</text:p>"), FilePlace.TEXT),
    "odt header": (odt(styles=f"<text:p>{NUMBER}</text:p>"), FilePlace.HEADER),
    "odt meta": (odt(meta=f"<dc:subject>{NUMBER}</dc:subject>"), FilePlace.PROPERTIES),
    "odt deleted": (
        odt(f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{NUMBER}</text:p>"
            "</text:deletion></text:changed-region></text:tracked-changes><text:p>Enig</text:p>"),
        FilePlace.CHANGE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WORDS)
def test_a_number_is_found_wherever_in_a_document_it_lies(what):
    data, place = WORDS[what]
    assert (place.value, 0) in places(data, name="svar.docx"), looked(data)


def test_names_of_authors_are_found_in_properties_and_changes():
    data = word(
        p(t("Enig."), ins("Ja", W_AUTHOR)),
        more={"docProps/core.xml": core(creator="Karin Holm", last="Microsoft Office User")},
    )
    found = [(one.place.value, one.finding.quote) for one in looked(data, "svar.docx").found]
    assert found == [("change", "Karin Mølgaard Holm"), ("properties", "Karin Holm")]


def test_pictures_and_other_files_in_a_document_are_said_to_be_unread():
    data = word("Enig.", more={"word/media/a.png": b"x", "word/embeddings/b.xlsx": b"PK"})
    assert unread(data, "svar.docx") == [("pictures", 1), ("embedded", 1)]


def test_a_locked_document_is_said_to_be_unread():
    assert unread(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "a.docx") == [("encrypted", 0)]
    locked = odt(manifest="<manifest:encryption-data/>")
    assert ("encrypted", 0) in unread(locked, "a.odt")


def test_a_bomb_is_not_inflated():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 100_000_000)
    assert unread(out.getvalue(), "a.docx") == [("heavy", 0)]


def test_a_document_type_definition_is_not_expanded():
    bad = '<!DOCTYPE x [<!ENTITY a "010203-1234">]><x>&a;</x>'
    data = word("Enig.", more={"word/footer1.xml": bad})
    assert unread(data, "a.docx") == [("damaged", 0)]


# Pictures, text and names of files


def _exif(**tags: str) -> Image.Exif:
    exif = Image.Exif()
    for name, value in tags.items():
        exif[getattr(ExifTags.Base, name)] = value
    return exif


def test_what_a_picture_says_of_itself_is_found():
    data = picture(exif=_exif(Artist="Karin Holm", ImageDescription=f"Brev {NUMBER}"))
    found = looked(data, "foto.jpg")
    assert sorted((one.finding.kind, one.finding.quote) for one in found.found) == [
        (DataKind.CPR, NUMBER), (DataKind.NAME, "Karin Holm"),
    ]  # fmt: skip
    assert [one.code for one in found.unread] == ["pictures"]
    assert places(picture(form="PNG", pnginfo=with_text("Comment", NUMBER))) == [("properties", 0)]


def test_where_a_picture_was_taken_is_found():
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (55.0, 40.0, 0.0)
    assert places(picture(exif=exif), DataKind.ADDRESS) == [("properties", 0)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_in_its_encoding(encoding):
    assert places(f"Æ: {NUMBER}".encode(encoding), name="svar.txt") == [("text", 0)]


def test_the_name_of_the_file_counts_too():
    assert places(pdf("Enig."), name=f"svar_{NUMBER}_underskrevet.pdf") == [("file-name", 0)]


def test_what_is_known_of_the_sender_is_found_in_files():
    found = looked(pdf("Det mener Karin Holm."), names=("Karin Holm",))
    assert [one.finding.quote for one in found.found] == ["Karin Holm"]


def test_a_clean_file_needs_nobody():
    data = pdf(
        "Vi er enige i planen, jf. sag 2014-0012345 og KLE 27.03.08-P20.\nMøde 12.05.26 kl. 19"
    )
    assert not looked(data).needs_person
    assert not looked(word("Vi er enige i planen."), "svar.docx").needs_person


def test_a_child_that_dies_leaves_the_file_to_a_person():
    found = find_in_file("a.pdf", pdf("Enig."), seconds=-1)  # over before it begins
    assert [one.code for one in found.unread] == ["heavy"]
