"""What may be handed in is taken in under a clean name; everything else is refused with advice."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pikepdf
import pytest
from django.utils.translation import override
from PIL import Image

from kommuneplan.uploads import (
    MAX_BYTES,
    MAX_FILES,
    MAX_TOTAL,
    Accepted,
    Refused,
    check,
    checking,
    contents,
    too_many,
    verdicts,
)
from kommuneplan.uploads.names import clean_name
from tests.consultations.written_files import changed, odt, pdf, picture, with_parts, word

WORD = word("Vi er enige.")
PDF = pdf("Vi er enige.")
_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" TargetMode="External" Target="{}" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/{}"/></Relationships>'
)


@pytest.fixture(autouse=True)
def without_a_process_of_its_own(request, monkeypatch):
    """Files are opened here, which is faster; the guarded process has tests of its own."""
    if "guarded" not in request.node.name:
        opened = lambda _module, _what, kind, *, data, seconds: {  # noqa: E731
            "code": contents.trouble(kind, data)
        }
        monkeypatch.setattr(checking, "ask", opened)


def test_a_pdf_is_opened_in_the_guarded_process():
    assert code("a.pdf", PDF) == ""
    assert code("a.pdf", changed(PDF, _launch)) == "active"


@pytest.mark.parametrize(("what", "expected"), [
    ("more parts than it says", "bomb"), ("packed as no program packs", "damaged"),
    ("a picture too large", "bomb"), ("NUL in a text", "letters"), ("a bomb", "bomb"),
])  # fmt: skip
def test_any_file_is_opened_in_the_guarded_process(what, expected, monkeypatch):
    for opener in (contents.trouble, zipfile.ZipFile.__init__, Image.open):
        monkeypatch.setattr(
            f"{opener.__module__}.{opener.__qualname__}", lambda *_a, **_m: pytest.fail("opened")
        )
    name, data, _code = REFUSED[what]
    assert code(name, data) == expected


def test_a_pdf_that_brings_the_guarded_process_down_is_refused():
    assert code("a.pdf", PDF, seconds=-1) == "bomb"  # over before it begins


def code(name: str, data: bytes, **more: Any) -> str:
    verdict = check(name, data, **more)
    return verdict.code if isinstance(verdict, Refused) else ""


ACCEPTED = {
    "svar.pdf": (PDF, "pdf"),
    "SVAR.PDF": (PDF, "pdf"),
    "svar.docx": (WORD, "docx"),
    "svar.odt": (odt("<text:p>Enig</text:p>"), "odt"),
    "svar.txt": ("Æblerne er gode.\r\n".encode("cp1252"), "txt"),
    "svar16.txt": ("Æblerne er gode.".encode("utf-16"), "txt"),
    "plakat.png": (picture(form="PNG"), "png"),
    "foto.jpg": (picture(), "jpeg"),
    "foto.JPEG": (picture(), "jpeg"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_may_be_handed_in(name):
    data, kind = ACCEPTED[name]
    verdict = check(name, data)
    assert isinstance(verdict, Accepted), verdict
    assert verdict.kind == kind and verdict.clean_name.lower() == name.lower()


def _launch(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("a.exe"))


def _script(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def _program(opened: pikepdf.Pdf) -> None:
    opened.attachments["kontrakt.pdf"] = b"MZ\x90\x00program"


def _many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(2_100):
            archive.writestr(f"word/{number}.xml", "<a/>")
    return out.getvalue()


def _bomb(part: str = "word/document.xml") -> bytes:
    return with_parts(WORD, {part: b"<a>" + b" " * 10_000_000 + b"</a>"})


def _locked_zip() -> bytes:
    data = bytearray(WORD)
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def _huge_picture() -> bytes:
    data = bytearray(picture(form="PNG"))
    data[16:24] = struct.pack("!II", 60_000, 60_000)
    data[29:33] = struct.pack("!I", zlib.crc32(data[12:29]))
    return bytes(data)


def repacked(data: bytes, how: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", how) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    return out.getvalue()


def _says_two() -> bytes:
    """380,000 parts, and a record at the end that says that there are two."""
    entry = b"PK\x01\x02" + b"\0" * 24 + struct.pack("<H", 1) + b"\0" * 16 + b"a"
    listed = entry * 380_000
    data = b"PK\x03\x04" + b"\0" * 26
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(listed), len(data), 0)
    return data + listed + end


def _lying_bomb() -> bytes:
    """A part of 60 MB that says it is ten bytes."""
    data = bytearray(with_parts(WORD, {"word/a.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}))
    place = data.rfind(b"word/a.xml")
    data[place - 46 + 24 : place - 46 + 28] = struct.pack("<L", 10)
    return bytes(data)


def _typed(parts: dict[str, bytes | str]) -> bytes:
    return with_parts(WORD, parts)


_MACRO_TYPE = (
    '<Types><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.ms-word.document.macro&#69;nabled.main+xml"/></Types>'
)
DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
REFUSED = {
    "empty": ("a.pdf", b"  \n", "empty"),
    "too large": ("a.pdf", b"%PDF-" + b"0" * MAX_BYTES, "size"),
    "NUL in the name": ("a\x00.pdf", PDF, "name"),
    "no name": ("///", PDF, "name"),
    "another kind": ("a.xlsx", WORD, "kind"),
    "no ending": ("svar", PDF, "kind"),
    "a page of the web": ("a.html", b"<html>", "kind"),
    "a drawing": ("a.svg", b"<svg/>", "kind"),
    "a program": ("svar.pdf.exe", b"MZ", "kind"),
    "a program in between": ("svar.exe.pdf", PDF, "double"),
    "a hidden page": ("svar.html.txt", b"<script>", "double"),
    "an ending turned round": ("svar\u202efdp.exe", b"MZ", "kind"),
    "macros by name": ("a.docm", WORD, "macros"),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old"),
    "Word called PDF": ("a.pdf", WORD, "mismatch"),
    "PDF called Word": ("a.docx", PDF, "mismatch"),
    "PDF called text": ("a.txt", PDF, "mismatch"),
    "a program called text": ("a.txt", b"MZ\x90\x00", "mismatch"),
    "PNG called JPEG": ("a.jpg", picture(form="PNG"), "mismatch"),
    "OpenDocument called Word": ("a.docx", odt(), "mismatch"),
    "Word called OpenDocument": ("a.odt", WORD, "mismatch"),
    "a plain zip": ("a.docx", with_parts(b"PK\x05\x06" + b"\0" * 18, {"a": "b"}), "mismatch"),
    "macros inside": ("a.docx", _typed({"word/vbaProject.bin": b"x"}), "macros"),
    "macros by type": (
        "a.docx", _typed({"[Content_Types].xml": _MACRO_TYPE}), "macros",
    ),
    "macros in OpenDocument": ("a.odt", with_parts(odt(), {"Basic/a.xml": "<a/>"}), "macros"),
    "OLE inside": ("a.docx", _typed({"word/embeddings/oleObject1.bin": b"x"}), "active"),
    "ActiveX inside": ("a.docx", _typed({"word/activeX/activeX1.xml": "<a/>"}), "active"),
    "a program inside": ("a.docx", _typed({"word/media/a.exe": b"MZ"}), "active"),
    "a remote template": (
        "a.docx",
        _typed({"word/_rels/a.rels": _RELATION.format("https://x.dk/a", "attachedTemplate")}),
        "active",
    ),
    "a locked Word": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "protected"),
    "a locked zip": ("a.docx", _locked_zip(), "protected"),
    "a locked OpenDocument": ("a.odt", odt(manifest="<manifest:encryption-data/>"), "protected"),
    "a locked PDF": ("a.pdf", pdf("Hemmeligt", encrypt="kode"), "protected"),
    "a bomb": ("a.docx", _bomb(), "bomb"),
    "a bomb beside the text": ("a.docx", _bomb("word/media/a.xml"), "bomb"),
    "too many parts": ("a.docx", _many_parts(), "bomb"),
    "a DTD": ("a.docx", _typed({"word/footnotes.xml": DTD}), "dtd"),
    "a DTD in UTF-16": ("a.docx", _typed({"word/footnotes.xml": DTD.encode("utf-16")}), "dtd"),
    "a DTD far down": ("a.docx", _typed({"word/a.xml": f"<!--{' ' * 70_000}-->{DTD[21:]}"}), "dtd"),
    "a DTD in OpenDocument": ("a.odt", with_parts(odt(), {"meta.xml": DTD}), "dtd"),
    "a part that is no XML": ("a.docx", _typed({"word/a.xml": "<a>"}), "damaged"),
    "packed as no program packs": ("a.docx", repacked(WORD, zipfile.ZIP_LZMA), "damaged"),
    "packed with bzip2": ("a.odt", repacked(odt(), zipfile.ZIP_BZIP2), "damaged"),
    "more parts than it says": ("a.docx", _says_two(), "bomb"),
    "smaller than it says": ("a.docx", _lying_bomb(), "damaged"),
    "a part outside": ("a.docx", _typed({"../../etc/x.xml": "<a/>"}), "damaged"),
    "a cut zip": ("a.docx", WORD[: len(WORD) // 2], "mismatch"),
    "a cut PDF": ("a.pdf", b"%PDF-1.7\n%", "damaged"),
    "a PDF that starts programs": ("a.pdf", changed(PDF, _launch), "active"),
    "a PDF with a script": ("a.pdf", changed(PDF, _script), "active"),
    "a PDF with a program": ("a.pdf", changed(PDF, _program), "active"),
    "NUL in a text": ("a.txt", b"hej\x00 med dig", "letters"),
    "a picture too large": ("a.png", _huge_picture(), "bomb"),
    "a cut picture": ("a.jpg", b"\xff\xd8\xff", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(what):
    name, data, expected = REFUSED[what]
    assert code(name, data) == expected


def test_a_bomb_is_refused_before_it_is_inflated(monkeypatch):
    data = _bomb()
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_args, **_more: pytest.fail("inflated"))
    assert code("a.docx", data) == "bomb"


def test_the_type_the_browser_says_has_to_agree():
    assert code("a.pdf", PDF, declared="application/pdf; charset=x") == ""
    assert code("a.pdf", PDF, declared="application/octet-stream") == ""
    assert code("a.pdf", PDF, declared="text/html") == "mismatch"


def test_a_template_on_the_writers_own_machine_is_no_danger():
    target = "file:///C:/Skabeloner/Brev.dotx"
    data = _typed({"word/_rels/settings.xml.rels": _RELATION.format(target, "attachedTemplate")})
    assert code("a.docx", data) == ""


def test_a_pdf_that_may_be_read_but_not_changed_is_accepted():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="ejer", user=""))
    assert code("a.pdf", out.getvalue()) == ""


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\Users\\Karin\\svar.pdf", "svar.pdf"),
        ("../../etc/svar.pdf", "svar.pdf"),
        ("svar\u202e\u200b\x07.pdf", "svar.pdf"),
        ("svar.docx.pdf", "svar.pdf"),
        ("notat v1.2 (endelig).pdf", "notat v1.2 (endelig).pdf"),
        ('a<b>:"c|?*.pdf', "a-b---c.pdf"),
        ("  .skjult .pdf", "skjult.pdf"),
        ("con.pdf", "bilag con.pdf"),
        (".pdf", "bilag.pdf"),
        ("Blåbærgrød\u00a0nr. 2.PDF", "Blåbærgrød nr. 2.pdf"),
        ("e\u0301t.pdf", "ét.pdf"),
        ("æ" * 300 + ".pdf", "æ" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert clean_name(name, ".pdf") == clean
    assert clean_name(clean, ".pdf") == clean


def test_number_and_sum_have_a_limit():
    assert too_many(MAX_FILES, MAX_TOTAL) is None
    assert too_many(MAX_FILES + 1, 10).code == "number"
    assert too_many(2, MAX_TOTAL + 1).code == "total"


@pytest.mark.parametrize("code", verdicts._MESSAGES)
def test_every_refusal_says_what_to_do_in_danish(code):
    told = {"name": "svar.pdf", "size": 21, "limit": 20, "extension": ".pdf"}
    with override("da"):
        said = Refused(code, told).message
    assert said != verdicts._MESSAGES[code] % told and "%" not in said
