"""PDF: the words of each page, and everything that lies behind: properties, notes, form fields,
bookmarks, alternative texts, attached files, and earlier editions that still lie in the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kommuneplan.uploads.packaging import local, xml

from .collecting import Collector, Unreadable
from .pdf_parts import MAX_FORMS, drawn_alone, sorted_parts
from .values import FilePlace

MAX_PAGES, MAX_OBJECTS, MAX_EDITIONS, MAX_DEPTH = 1_000, 300_000, 3, 12
A_NUMBER = 8  # digits: a name with so many may say more than what it is called
LITTLE_TEXT = 12  # letters: a page with no more has none
SOME_TEXT = 400  # letters: a page with fewer may be a scan with a head above it
SOME_STROKES = 40  # of a note: a frame or a tick has fewer, a signature by hand more
LARGE_PICTURE = 0.25  # of the page
_TAG = re.compile(rb"<[^<>]{0,4000}>")
_ODD = re.compile(r"[\ufffd\ufffe\uffff\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_NO_NUMBERS = re.compile(r"(?:uuid:|xmp\.[a-z]id:)[\w:-]+")  # names of editions, made by chance
_AUTHORS = {"/Author"}
_NO_WORDS = {"/ID", "/Parent", "/P", "/Font", "/Producer", "/Creator", "/CharSet", "/ModDate",
             "/CreationDate", "/M"}  # fmt: skip


def read_pdf(data: bytes, out: Collector) -> None:
    """A PDF, and the editions before it that were only covered up."""
    _read_edition(data, out, None)
    for end in _earlier_ends(data):
        try:
            _read_edition(data[:end], out, FilePlace.EARLIER)
        except (Unreadable, pikepdf.PdfError, pdfium.PdfiumError):
            continue


def _earlier_ends(data: bytes) -> list[int]:
    """Where earlier editions end; the first end of a file made for the web is none."""
    ends = [match.end() for match in re.finditer(rb"%%EOF\s{0,2}", data)][:-1]
    if b"/Linearized" in data[:2048]:
        ends = ends[1:]
    return ends[-MAX_EDITIONS:]


def _read_edition(data: bytes, out: Collector, place: FilePlace | None) -> None:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _read_behind(pdf, out, place)
    except pikepdf.PasswordError as error:
        raise Unreadable("encrypted") from error
    document = pdfium.PdfDocument(data)
    try:
        if place is None:
            out.pages = len(document)
        if len(document) > MAX_PAGES:
            raise Unreadable("heavy")
        for number in range(len(document)):
            _read_page(document[number], number + 1, out, place)
    finally:
        document.close()


def _read_page(page: Any, number: int, out: Collector, place: FilePlace | None) -> None:
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    out.words(place or FilePlace.PAGE, text, number)
    # Once more by its place on the page: words that were drawn in another order than they stand.
    bounded = text_page.get_text_bounded()
    if bounded != text:
        out.words(place or FilePlace.PAGE, bounded, number)
    text_page.close()
    if place is None:
        if _is_garbled(text):
            out.cannot_read("letters", number)
        elif _is_drawn(page, len("".join(text.split()))):
            out.cannot_read("page", number)
    page.close()


def _is_garbled(text: str) -> bool:
    """Are its letters no letters that anybody could read?"""
    bare = "".join(text.split())
    return len(_ODD.findall(bare)) > len(bare) // 10


def _says_more(page: Any, text: str) -> bool:
    """Does a note show what is no words: a picture, a signature by hand, letters drawn as lines?"""
    shown = (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)
    if _is_garbled(text) or any(page.get_objects(filter=shown, max_depth=MAX_DEPTH)):
        return True
    return _strokes(page) > SOME_STROKES


def _strokes(page: Any) -> int:
    """How many lines and bows are drawn; no more are counted than say that it is much."""
    count = 0
    for item in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_PATH,), max_depth=MAX_DEPTH):
        count += max(0, pdfium_c.FPDFPath_CountSegments(item.raw))
        if count > SOME_STROKES:
            break
    return count


def _is_drawn(page: Any, letters: int) -> bool:
    """Does the page show something that is not text, and so much that words may stand in it?"""
    if letters >= SOME_TEXT:
        return False
    width, height = page.get_size()
    covered, others = 0.0, 0
    kinds = (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING)
    for item in page.get_objects(filter=kinds, max_depth=4):
        others += 1
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
    if letters < LITTLE_TEXT:
        return others > 0
    return bool(covered > LARGE_PICTURE * width * height)


# Behind the pages


def _read_behind(pdf: pikepdf.Pdf, out: Collector, place: FilePlace | None) -> None:
    _read_properties(pdf, out, place or FilePlace.PROPERTIES)
    for number, page in enumerate(pdf.pages, start=1):
        for note in page.obj.get("/Annots", []) or []:
            _read_note(note, number, out, place)
    form: Any = pdf.Root.get("/AcroForm")
    for field in (form.get("/Fields") or ()) if isinstance(form, pikepdf.Dictionary) else ():
        _read_field(field, out, place or FilePlace.FORM, 0)
    for name in pdf.attachments:
        out.words(place or FilePlace.HIDDEN, name)
    _read_everything(pdf, out, place or FilePlace.HIDDEN)
    _read_parts(pdf, out, place)


def _read_parts(pdf: pikepdf.Pdf, out: Collector, place: FilePlace | None) -> None:
    """Drawings, each on a page of its own; and word of whatever is no words or unknown."""
    try:
        parts = sorted_parts(pdf)
    except OverflowError as error:
        raise Unreadable("heavy") from error
    if len(parts.forms) > MAX_FORMS:
        raise Unreadable("heavy")
    if parts.forms:
        document = pdfium.PdfDocument(drawn_alone(parts.forms))
        try:
            for page, is_note in zip(document, parts.notes, strict=True):
                text_page = page.get_textpage()
                text = text_page.get_text_range()
                out.words(place or FilePlace.HIDDEN, text)
                text_page.close()
                if is_note and _says_more(page, text):
                    parts.strange += 1
                page.close()
        finally:
            document.close()
    if place is None:
        signed = sum(str(item.get("/Type", "")) == "/Sig" for item in pdf.objects
                     if isinstance(item, pikepdf.Dictionary))  # fmt: skip
        for code, number in (("pictures", parts.pictures), ("embedded", parts.embedded),
                             ("part", parts.strange), ("signature", signed)):  # fmt: skip
            if number:
                out.cannot_read(code, number)


def _read_properties(pdf: pikepdf.Pdf, out: Collector, place: FilePlace) -> None:
    for key, value in pdf.docinfo.items():
        if key in ("/Producer", "/Creator", "/CreationDate", "/ModDate"):
            continue
        if key in _AUTHORS:
            out.author(place, str(value))
        out.words(place, str(value))
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        _read_xmp(metadata.read_bytes(), out, place)


def _read_xmp(data: bytes, out: Collector, place: FilePlace) -> None:
    """The properties as XML, whatever its words are written in; who made it is an author."""
    try:
        root = xml(data.strip(b"\0 \r\n\t"))
    except Exception:  # no XML, or with definitions: as text then, and a person looks
        out.words(place, _NO_NUMBERS.sub(" ", _TAG.sub(b"\n", data).decode("utf-8", "replace")))
        out.cannot_read("part", 1)
        return
    found = []
    for element in root.iter():
        found += [element.text or "", element.tail or ""]
        found += [value for value in element.attrib.values() if len(value) > 5]
        if local(element) == "creator":
            out.author(place, "".join(element.itertext()))
    out.words(place, _NO_NUMBERS.sub(" ", "\n·\n".join(filter(str.strip, found))))


def _read_note(note: Any, number: int, out: Collector, place: FilePlace | None) -> None:
    """A remark somebody has put on the page, and who; a link; a field."""
    if not isinstance(note, pikepdf.Dictionary):
        return
    kind = str(note.get("/Subtype", ""))
    if kind == "/Link":
        action = note.get("/A")
        target = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
        out.words(place or FilePlace.LINK, str(target or ""))
        return
    if kind == "/Widget":
        return
    out.author(place or FilePlace.ANNOTATION, str(note.get("/T", "")), number)
    for key in ("/Contents", "/RC", "/Subj"):
        words = re.sub(r"<[^<>]{0,2000}>", " ", str(note.get(key, "")))
        out.words(place or FilePlace.ANNOTATION, words, number)


def _read_field(field: Any, out: Collector, place: FilePlace, depth: int) -> None:
    if depth > MAX_DEPTH or not isinstance(field, pikepdf.Dictionary):
        return
    for key in ("/V", "/DV"):
        value = field.get(key)
        if isinstance(value, (pikepdf.String, pikepdf.Array)):
            out.words(place, " ".join(_strings(value, 0)))
    for child in field.get("/Kids", []) or []:
        _read_field(child, out, place, depth + 1)


def _read_everything(pdf: pikepdf.Pdf, out: Collector, place: FilePlace) -> None:
    """Every string of every object: what no reader of ours knows by name is read all the same."""
    for count, item in enumerate(pdf.objects):
        if count > MAX_OBJECTS:
            raise Unreadable("heavy")
        if isinstance(item, pikepdf.Stream) and str(item.get("/Type", "")) == "/Metadata":
            _read_xmp(item.read_bytes(), out, place)
        out.words(place, _NO_NUMBERS.sub(" ", "\n".join(_strings(item, 0))))


def _strings(item: Any, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, pikepdf.Name):
        if sum(letter.isdigit() for letter in str(item)) >= A_NUMBER:
            yield str(item)[1:]
    elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in item.items():
            if key not in _NO_WORDS and not _is_apart(value):
                yield from _strings(value, depth + 1)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            if not _is_apart(value):
                yield from _strings(value, depth + 1)


def _is_apart(value: Any) -> bool:
    """An object of its own, which comes in its turn."""
    return isinstance(value, pikepdf.Object) and value.is_indirect
