"""What of a PDF the readers understand (ISO 32000). Every stream is known by where it hangs;
whatever is not named here makes the file one that a person must look at: "nothing found" means
that everything was read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

MAX_OBJECTS = 300_000
MAX_FORMS = 3_000
SMALLEST_PICTURE = 1_600  # dots: smaller ones hold no words

# Where words may be drawn: (entry of the holder; a dot where it is one of a list of resources).
_FORMS = {"/XObject.", "/AP", "/Pattern.", "/CharProcs.", "/G", "/I", "/RI", "/IX"}
_PICTURES = {"/XObject.", "/SMask", "/Mask", "/Thumb", "/I", "/RI", "/IX"}
# Streams without words, or with words that are read in another way: the pages, the properties.
_NO_WORDS = {
    "/ToUnicode", "/Encoding", "/FontFile", "/FontFile2", "/FontFile3", "/CIDToGIDMap", "/CIDSet",
    "/DestOutputProfile", "/ColorSpace", "/ColorSpace.", "/CS", "/Shading", "/Shading.",
    "/Function", "/Functions", "/TR", "/TR2", "/BG", "/BG2", "/UCR", "/UCR2", "/HT", "/UseCMap",
    "/JBIG2Globals", "/Contents", "/Metadata",
}  # fmt: skip
# Dictionaries whose entries are names that the writer of the file has chosen.
_LISTS = {"/XObject", "/Pattern", "/ColorSpace", "/Shading", "/ExtGState", "/Font", "/Properties",
          "/CharProcs"}  # fmt: skip
_OF_A_KIND = {"/PatternType", "/ShadingType", "/FunctionType"}
_KEPT = {"/AP", "/EF"}  # states of a note, names of a file: dictionaries that hand their entry on
_NOTES = {
    "/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine",
    "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Popup", "/Widget",
    "/FileAttachment",  # a file: told as such
}  # fmt: skip
# Entries whose content only another program knows.
_FOREIGN = {"/XFA", "/PieceInfo", "/RichMediaContent", "/RichMediaSettings", "/3DD", "/Movie",
            "/Sound", "/SpiderInfo", "/OPI", "/PresSteps"}  # fmt: skip


@dataclass
class PdfParts:
    """The streams of a file, sorted: drawings that words may stand in (``notes``: whether each is
    how a note looks), how many pictures, files inside, and parts nobody knows."""

    forms: list[Any] = field(default_factory=list)
    notes: list[bool] = field(default_factory=list)
    pictures: int = 0
    embedded: int = 0
    strange: int = 0


def sorted_parts(pdf: pikepdf.Pdf) -> PdfParts:
    """All that is in the file. Raises OverflowError where there is more than any document has."""
    parts = PdfParts()
    streams: dict[tuple[int, int], Any] = {}
    for count, item in enumerate(pdf.objects):
        if count > MAX_OBJECTS:
            raise OverflowError
        if isinstance(item, pikepdf.Stream):
            streams[item.objgen] = item
    hangs = _hangs(pdf, parts)
    for place, stream in streams.items():
        _sort(stream, hangs.get(place, set()), parts)
    return parts


def _hangs(pdf: pikepdf.Pdf, parts: PdfParts) -> dict[tuple[int, int], set[str]]:
    """At which entries each object hangs that can be come to from the end of the file."""
    hangs: dict[tuple[int, int], set[str]] = {}
    open_ones: list[tuple[Any, str]] = [(pdf.trailer, "")]
    for _step in range(4 * MAX_OBJECTS):
        if not open_ones:
            return hangs
        item, entry = open_ones.pop()
        if item.is_indirect:
            known = hangs.setdefault(item.objgen, set())
            if entry in known:
                continue
            known.add(entry)
        if isinstance(item, pikepdf.Array):
            inside: Iterable[tuple[str, Any]] = ((entry, value) for value in item)
        else:
            inside = ((_entry(item, entry, key), value) for key, value in item.items())
            parts.strange += len(_FOREIGN & set(item.keys())) + _is_strange_note(item)
        open_ones.extend(
            (value, there)
            for there, value in inside
            if isinstance(value, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream))
            and there not in ("/Parent", "/P", "/Prev", "/Pg")
        )
    raise OverflowError


def _entry(item: Any, entry: str, key: str) -> str:
    """What a value of a dictionary hangs at."""
    if isinstance(item, pikepdf.Stream):
        return key
    if entry in _KEPT:
        return entry
    return f"{entry}." if entry in _LISTS and not _OF_A_KIND & set(item.keys()) else key


def _is_strange_note(item: Any) -> bool:
    """A note of a kind the program cannot read: drawn by hand, a stamp, sound, film."""
    if "/Rect" not in item or str(item.get("/Type", "/Annot")) != "/Annot":
        return False
    return "/Subtype" in item and str(item["/Subtype"]) not in _NOTES


def _sort(stream: Any, hangs: set[str], parts: PdfParts) -> None:
    kind, sort = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
    if kind in ("/XRef", "/ObjStm"):
        return
    if "/EF" in hangs:
        parts.embedded += 1
    elif sort == "/Image":
        size = _number(stream, "/Width") * _number(stream, "/Height")
        if not hangs & {"/SMask", "/Mask"}:
            parts.pictures += size >= SMALLEST_PICTURE
        parts.strange += not hangs & _PICTURES
    elif sort == "/Form" or hangs & _FORMS:
        parts.forms.append(stream)
        parts.notes.append("/AP" in hangs)
        parts.strange += not hangs & _FORMS
    elif not hangs or hangs - _NO_WORDS:
        parts.strange += 1


def _number(stream: Any, key: str) -> int:
    try:
        return int(stream.get(key, 0))
    except (TypeError, ValueError):
        return SMALLEST_PICTURE


def drawn_alone(forms: list[Any]) -> bytes:
    """A PDF in which each of the drawings fills a page of its own, so that its words can be read:
    the appearances of notes and signatures, and what nothing on a page shows."""
    scratch = pikepdf.new()
    for form in forms[:MAX_FORMS]:
        page = scratch.add_blank_page(page_size=(2_000, 2_000))
        copied = scratch.copy_foreign(form)
        copied.Type, copied.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        if "/BBox" not in copied:
            copied.BBox = pikepdf.Array([-10_000, -10_000, 10_000, 10_000])
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=copied))
        page.obj.Contents = scratch.make_stream(b"/X Do")
    out = io.BytesIO()
    scratch.save(out)
    return out.getvalue()
