"""Word and OpenDocument: every part of the package that holds words, deleted and hidden too."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from .collecting import Collector, Unreadable
from .values import FilePlace

MAX_PART, MAX_ALL, MAX_ENTRIES = 30_000_000, 90_000_000, 2_000

_ENDS = {"p", "h", "tr", "br", "cr", "line-break", "li", "table-row", "tab", "tc", "table-cell",
         "item", "property", "user-defined", "creator", "lastModifiedBy", "annotation"}  # fmt: skip
_DELETED = {"deletion", "moveFrom", "del"}
_INSERTED = {"ins", "moveTo"}
_AUTHOR_TAGS = {"creator", "lastModifiedBy", "initial-creator", "printed-by", "Manager", "author"}
_TEXT_ATTRIBUTES = {"descr", "title", "alt", "href", "Target", "val", "tooltip", "string-value",
                    "name"}  # fmt: skip
_SKIPPED = ("word/styles", "word/fonttable", "word/numbering", "word/theme", "word/websettings",
            "[content_types]")  # fmt: skip
_PICTURES = ("word/media/", "pictures/", "media/")
_EMBEDDED = ("word/embeddings/", "object", "word/activex/", "embeddings/")


def read_office(data: bytes, out: Collector) -> None:
    """Every part of a .docx or .odt; external relations are never followed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _read_parts(archive, out)
    except zipfile.BadZipFile as error:
        raise Unreadable("damaged") from error


def _read_parts(archive: zipfile.ZipFile, out: Collector) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_ALL:
        raise Unreadable("heavy")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    names = [entry.filename.lower() for entry in entries]
    if not {"word/document.xml", "content.xml"} & set(names):
        raise Unreadable("kind")
    for entry in entries:
        name = entry.filename.lower()
        if name.endswith((".xml", ".rels")) and not name.startswith(_SKIPPED):
            _read_part(name, _part(archive, entry), out)
        elif name.startswith("docprops/") or name.endswith((".txt", ".rdf")):
            out.words(FilePlace.PROPERTIES, _part(archive, entry).decode("utf-8", "replace"))
    pictures = sum(name.startswith(_PICTURES) and not name.endswith("/") for name in names)
    if pictures:
        out.cannot_read("pictures", pictures)
    embedded = {name.split("/")[0] if name.startswith("object") else name for name in names
                if name.startswith(_EMBEDDED) and not name.endswith("/")}  # fmt: skip
    if embedded:
        out.cannot_read("embedded", len(embedded))


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        data = stream.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise Unreadable("heavy")
    return data


def _read_part(name: str, data: bytes, out: Collector) -> None:
    root: Element = fromstring(data, forbid_dtd=True)
    if name == "meta-inf/manifest.xml":
        if any(_local(one) == "encryption-data" for one in root.iter()):
            raise Unreadable("encrypted")
        return
    if name.endswith(".rels"):
        targets = [one.get("Target", "") for one in root if one.get("TargetMode") == "External"]
        out.words(FilePlace.LINK, "\n".join(targets))
        return
    place = _place(name)
    out.words(place, "".join(_words(root, _DELETED)))
    if any(_local(one) in _DELETED for one in root.iter()):
        out.words(FilePlace.CHANGE, "".join(_words(root, _INSERTED)))
    for element in root.iter():
        _read_attributes(element, place, out)
        if _local(element) in _AUTHOR_TAGS and element.text:
            inside = place if place != FilePlace.TEXT else FilePlace.COMMENT
            out.author(inside, element.text)


def _place(name: str) -> FilePlace:
    last = name.rpartition("/")[2]
    if name.startswith(("docprops/", "customxml/")) or last in ("meta.xml", "settings.xml"):
        return FilePlace.PROPERTIES
    for begins, place in (("header", FilePlace.HEADER), ("footer", FilePlace.HEADER),
                          ("styles", FilePlace.HEADER), ("comment", FilePlace.COMMENT),
                          ("people", FilePlace.COMMENT), ("footnote", FilePlace.NOTE),
                          ("endnote", FilePlace.NOTE)):  # fmt: skip
        if last.startswith(begins):
            return place
    return FilePlace.TEXT


def _read_attributes(element: Element, place: FilePlace, out: Collector) -> None:
    for key, value in element.attrib.items():
        key = key.rpartition("}")[2]
        if key == "author":
            deleted = _local(element) in ("ins", "del", "moveFrom", "moveTo")
            out.author(FilePlace.CHANGE if deleted else FilePlace.COMMENT, value)
        elif key in _TEXT_ATTRIBUTES and len(value) > 5:
            out.words(FilePlace.LINK if key in ("href", "Target") else place, value)


def _words(element: Element, without: set[str]) -> Iterator[str]:
    """The words of a part in order; a paragraph, cell or break ends a line. Read once as they stand
    and once as they stood before the tracked changes, for a number may be torn by either."""
    if _local(element) not in without:
        if element.text:
            yield element.text
        for child in element:
            yield from _words(child, without)
        if _local(element) in _ENDS:
            yield "\n"
    if element.tail:
        yield element.tail


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
