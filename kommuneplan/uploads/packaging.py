"""Packages of Office and OpenDocument (part 2 of ECMA-376 and of OpenDocument): a zip of parts,
opened within limits, and what it says of its parts, read as XML and never searched as text.

Called in the guarded process alone.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree.ElementTree import Comment, Element, ProcessingInstruction, TreeBuilder

from defusedxml.ElementTree import XMLParser

MAX_ENTRIES = 2_000
MAX_PART = 30_000_000
MAX_INFLATED = 90_000_000
MAX_DEPTH = 2_000  # elements inside one another; Python takes each in a call of its own
TYPES = "[Content_Types].xml"
_ENTRY, _LOCAL_HEAD = b"PK\x01\x02", 30
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class TooMuch(ValueError):
    """More parts, or more bytes, than any document has."""


class OpenedPackage:
    """An opened package. Bytes are counted as they come, whatever sizes it declares."""

    def __init__(self, data: bytes, archive: zipfile.ZipFile) -> None:
        self._data, self._archive = data, archive
        self.entries = archive.infolist()
        self.comment = archive.comment
        self._inflated = 0
        if len(self.entries) > MAX_ENTRIES or self.declared > MAX_INFLATED:
            raise TooMuch

    @property
    def names(self) -> list[str]:
        """The parts, without folders."""
        return [one.filename for one in self.entries if not one.is_dir()]

    @property
    def is_locked(self) -> bool:
        """Does a part need a password?"""
        return any(one.flag_bits & 1 for one in self.entries)

    @property
    def declared(self) -> int:
        """How many bytes the parts say that they are."""
        return sum(one.file_size for one in self.entries)

    @property
    def is_odd(self) -> bool:
        """Is a part packed as no office program packs, or twice there?"""
        names = [one.filename.lower().replace("\\", "/") for one in self.entries]
        odd = any(one.compress_type not in _PACKED for one in self.entries)
        return odd or len(set(names)) != len(names)

    def part(self, name: str, most: int = MAX_PART) -> bytes:
        """The bytes of a part. Raises TooMuch, KeyError, and what ``zipfile`` makes of damage."""
        with self._archive.open(name) as stream:
            found = stream.read(min(most, MAX_INFLATED - self._inflated) + 1)
        self._inflated += len(found)
        if len(found) > most or self._inflated > MAX_INFLATED:
            raise TooMuch
        return found

    def has_gaps(self) -> bool:
        """Are there bytes between the parts that no part accounts for?"""
        at = 0
        for one in sorted(self.entries, key=lambda entry: entry.header_offset):
            begin = one.header_offset
            if begin != at:
                return True
            head = self._data[begin : begin + _LOCAL_HEAD]
            extra = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            at = begin + _LOCAL_HEAD + extra + one.compress_size
            if one.flag_bits & 8:  # sizes stand behind the part, with or without a mark
                at += 4 if self._data[at : at + 4] == b"PK\x07\x08" else 0
                at += 12
                wide = self._data[at : at + 2] != b"PK" and self._data[at + 8 : at + 10] == b"PK"
                at += 8 if wide else 0
        return at != self._archive.start_dir


@contextmanager
def opened(data: bytes) -> Iterator[OpenedPackage]:
    """The package. Raises TooMuch before its list of parts is read, however many it says it has."""
    if data.count(_ENTRY) > 2 * MAX_ENTRIES:
        raise TooMuch
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield OpenedPackage(data, archive)


def xml(data: bytes) -> Element:
    """A part as XML, comments and instructions too; a document type definition is never read.

    Raises what defusedxml and ElementTree raise, and TooMuch for elements too deep in each other.
    """
    parser = XMLParser(
        target=_Limited(insert_comments=True, insert_pis=True),
        forbid_dtd=True,
        forbid_entities=True,
        forbid_external=True,
    )
    parser.feed(data)
    root: Element = parser.close()
    return root


class _Limited(TreeBuilder):
    """Elements no deeper than programs can follow them."""

    _deep = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:  # type: ignore[override]
        self._deep += 1
        if self._deep > MAX_DEPTH:
            raise TooMuch
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._deep -= 1
        return super().end(tag)


def local(element: Element) -> str:
    """An element's name without its namespace; nothing for a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_aside(element: Element) -> bool:
    """Is it a comment or an instruction to a program?"""
    return element.tag in (Comment, ProcessingInstruction)


@dataclass(frozen=True, slots=True)
class PartRelation:
    """What a part says it belongs together with. ``kind``: the last word of its type."""

    kind: str
    vocabulary: str
    target: str
    is_external: bool


def relations(data: bytes) -> list[PartRelation]:
    """The relations of a .rels part."""
    found = []
    for one in xml(data).iter():
        if local(one) == "Relationship":
            vocabulary, _slash, kind = one.get("Type", "").strip().rpartition("/")
            external = one.get("TargetMode", "").strip().lower() == "external"
            found.append(PartRelation(kind, vocabulary, one.get("Target", ""), external))
    return found


def content_types(data: bytes, names: list[str]) -> dict[str, str]:
    """The content type of each part; nothing for one of which the package does not say it."""
    by_ending, by_name = {}, {}
    for one in xml(data).iter():
        kind = one.get("ContentType", "").strip().lower()
        if local(one) == "Default":
            by_ending[one.get("Extension", "").strip().lower()] = kind
        elif local(one) == "Override":
            by_name[one.get("PartName", "").strip().lstrip("/").lower()] = kind
    return {
        name: by_name.get(name.lower())
        or by_ending.get(name.lower().rpartition("/")[2].rpartition(".")[2], "")
        for name in names
    }
