"""Word and OpenDocument: every part of the package that holds words, deleted and hidden too, and
word of every part that the program does not understand."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kommuneplan.uploads.packaging import (
    TYPES,
    OpenedPackage,
    TooMuch,
    content_types,
    is_aside,
    local,
    opened,
    relations,
    xml,
)

from . import office_parts as known
from .collecting import Collector, Unreadable
from .values import FilePlace

_ENDS = {"p", "h", "tr", "br", "cr", "line-break", "li", "table-row", "tab", "tc", "table-cell",
         "item", "property", "user-defined", "creator", "lastModifiedBy", "annotation"}  # fmt: skip
_DELETED = {"deletion", "moveFrom", "del"}
_INSERTED = {"ins", "moveTo"}
_AUTHOR_TAGS = {"creator", "lastModifiedBy", "initial-creator", "printed-by", "Manager", "author"}
# Measures, numbers, names of objects, moments: too short to say who somebody is.
_NO_WORDS = re.compile(
    r"[-+]?[0-9a-fA-F.]{0,9}(?:pt|cm|mm|in|px|em|%)?|[a-zA-Z]{0,20}|rId\d{1,6}"
    r"|\{[0-9a-fA-F-]{36}\}|\d{4}-\d\d-\d\dT[\d:.]{5,18}(?:Z|[+-]\d\d:\d\d)?"
)
_APART = "\n·\n"  # between attributes: no number goes on from one to the next
_SPELLED_IN_SIGNS = 6  # letters of a symbol font: so many may spell a number


def read_office(data: bytes, out: Collector) -> None:
    """Every part of a .docx or .odt; external relations are never followed."""
    try:
        with opened(data) as package:
            _read_parts(package, out)
    except TooMuch as error:
        raise Unreadable("heavy") from error
    except zipfile.BadZipFile as error:
        raise Unreadable("damaged") from error


def _read_parts(package: OpenedPackage, out: Collector) -> None:
    if package.is_locked:
        raise Unreadable("encrypted")
    names = {name.lower(): name for name in package.names}
    if package.is_odd or len(names) != len(package.names):
        raise Unreadable("damaged")
    out.words(FilePlace.HIDDEN, package.comment.decode("utf-8", "replace"))
    if package.has_gaps():
        out.cannot_read("part", 1)
    if "word/document.xml" in names:
        _read_word(package, out)
    elif "content.xml" in names:
        _read_open_document(package, out)
    else:
        raise Unreadable("kind")


def _read_word(package: OpenedPackage, out: Collector) -> None:
    types = content_types(package.part(TYPES), package.names)
    pictures = embedded = strange = 0
    for name, kind in types.items():
        if name == TYPES:
            continue
        if known.EMBEDDED.match(name.lower()):
            embedded += 1
        elif kind.startswith("image/") and not kind.endswith("+xml"):
            pictures += 1
        elif kind == known.RELATIONS_TYPE and name.lower().endswith(".rels"):
            strange += _read_relations(package.part(name), out)
        elif kind in known.READ:
            _read_part(known.READ[kind], package.part(name), out)
        elif kind not in known.FONT_TYPES:
            strange += 1
            _read_strange(package.part(name), out)
    _tell(out, pictures=pictures, embedded=embedded, part=strange)


def _read_open_document(package: OpenedPackage, out: Collector) -> None:
    pictures = strange = 0
    embedded = set()
    for name in package.names:
        low = name.lower()
        if known.EMBEDDED.match(low):
            embedded.add(low.split("/")[0])
        elif known.PICTURES.fullmatch(low):
            pictures += 1
        elif low in known.OPEN_DOCUMENT:
            _read_part(known.OPEN_DOCUMENT[low], package.part(name), out)
        elif known.CONFIGURATION.fullmatch(low) and posixpath.splitext(low)[1] in ("", ".xml"):
            _read_strange(package.part(name), out)
        elif low not in known.NO_WORDS:
            strange += 1
            _read_strange(package.part(name), out)
    _tell(out, pictures=pictures, embedded=len(embedded), part=strange)


def _tell(out: Collector, **unread: int) -> None:
    for code, number in unread.items():
        if number:
            out.cannot_read(code, number)


def _read_relations(data: bytes, out: Collector) -> int:
    """The addresses of links; how many relations lead where the program cannot follow."""
    strange = 0
    for one in relations(data):
        if one.is_external:
            out.words(FilePlace.LINK, one.target)
        if not known.is_known_relation(one.vocabulary, one.kind) or (
            one.is_external and one.kind not in known.FOLLOWED_BY_PEOPLE
        ):
            strange += 1
    return strange


def _read_strange(data: bytes, out: Collector) -> None:
    """What the program does not know is looked at all the same, as far as it is text."""
    out.words(FilePlace.HIDDEN, data[:1_000_000].decode("utf-8", "replace"))


def _read_part(place: FilePlace, data: bytes, out: Collector) -> None:
    root = xml(data)
    if any(local(one) == "encryption-data" for one in root.iter()):
        raise Unreadable("encrypted")
    out.words(place, "".join(_words(root, _DELETED)))
    if any(local(one) in _DELETED for one in root.iter()):
        out.words(FilePlace.CHANGE, "".join(_words(root, _INSERTED)))
    links: dict[str, None] = {}
    values: dict[str, None] = {}
    signs = 0
    for element in root.iter():
        if is_aside(element):
            out.words(FilePlace.HIDDEN, element.text or "")
        signs += local(element) == "sym"
        _read_attributes(element, place, links, values, out)
        if local(element) in _AUTHOR_TAGS and element.text:
            inside = place if place != FilePlace.TEXT else FilePlace.COMMENT
            out.author(inside, element.text)
    out.words(FilePlace.LINK, _APART.join(links))
    out.words(place, _APART.join(values))
    if signs >= _SPELLED_IN_SIGNS:
        out.cannot_read("signs", signs)


def _read_attributes(
    element: Element,
    place: FilePlace,
    links: dict[str, None],
    values: dict[str, None],
    out: Collector,
) -> None:
    """Every value in which a word may stand, whatever the attribute is called."""
    for key, value in element.attrib.items():
        key = key.rpartition("}")[2]
        if key == "author":
            changed = local(element) in ("ins", "del", "moveFrom", "moveTo")
            out.author(FilePlace.CHANGE if changed else FilePlace.COMMENT, value)
        elif not _NO_WORDS.fullmatch(value):
            (links if key in ("href", "Target") else values)[value] = None


def _words(root: Element, without: set[str]) -> Iterator[str]:
    """The words of a part in order; a paragraph, cell or break ends a line. Read once as they stand
    and once as they stood before the tracked changes, for a number may be torn by either."""
    open_ones: list[tuple[Element, bool]] = [(root, False)]
    while open_ones:
        element, read = open_ones.pop()
        if not read:
            if local(element) not in without and not is_aside(element):
                yield element.text or ""
                open_ones.append((element, True))
                open_ones.extend((child, False) for child in reversed(element))
            else:
                yield element.tail or ""
            continue
        if local(element) in _ENDS:
            yield "\n"
        yield element.tail or ""
