"""What a Word body leans on in other parts of the file: styles, lists and footnotes.

A municipality's template may lack any of them. What it has is used as it is, found by its name in
English, which Word writes whatever language it speaks (ECMA-376 part 1, §17.7.4.9).
"""

from __future__ import annotations

import copy
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.numbering import NumberingPart

from .placeholders import W

NS = nsdecls("w", "r")
DEEPEST_LIST = 8  # Word counts nine levels from 0


class DocumentStyles:
    """The styles of a document by name; what it lacks is taken over from the template that comes
    along (``spare``, the root of its styles)."""

    def __init__(self, document: Any, spare: Any) -> None:
        self.element, self.spare = document.styles.element, spare
        self.ids = {_key(style): style.get(f"{W}styleId") for style in self._all(self.element)}

    def _all(self, root: Any) -> Any:
        return root.findall(f"{W}style")

    def id(self, name: str, kind: str = "paragraph") -> str:
        """The id of the style with a name."""
        key = kind, name
        if key not in self.ids:
            self.ids[key] = self._taken_over(key)
        return self.ids[key]

    def _taken_over(self, key: tuple[str, str]) -> str:
        style = copy.deepcopy(next(one for one in self._all(self.spare) if _key(one) == key))
        new = style.get(f"{W}styleId")
        while new in self.ids.values():
            new += "0"
        style.set(f"{W}styleId", new)
        for link in ("basedOn", "next", "link"):
            for other in style.findall(f"{W}{link}"):
                normal = self.ids.get((key[0], "normal"))
                if normal and other.get(f"{W}val") == "Normal":
                    other.set(f"{W}val", normal)
                elif other.get(f"{W}val") not in self.ids.values():
                    style.remove(other)
        self.element.append(style)
        return new


def _key(style: Any) -> tuple[str, str]:
    name = style.find(f"{W}name")
    return style.get(f"{W}type"), (name.get(f"{W}val") if name is not None else "").lower()


class Lists:
    """Lists that count by themselves; every numbered list begins at its own first number."""

    def __init__(self, document: Any) -> None:
        self.root = _numbering(document)
        used = [int(one.get(f"{W}abstractNumId")) for one in self.root.findall(f"{W}abstractNum")]
        numbers = [int(one.get(f"{W}numId")) for one in self.root.findall(f"{W}num")]
        self.next = max(numbers, default=0) + 1
        self.abstract = max(used, default=0) + 1
        self.bullets = 0

    def _kind(self, *, ordered: bool) -> int:
        """The number of the pattern for a sort of list, made with the first list."""
        if not self.bullets:
            place = next(iter(self.root.findall(f"{W}num")), None)
            for offset, counted in enumerate((False, True)):
                pattern = parse_xml(_pattern(self.abstract + offset, counted))
                if place is not None:
                    place.addprevious(pattern)
                else:
                    self.root.append(pattern)
            self.bullets = self._number(self.abstract)
        return self.abstract + int(ordered)

    def _number(self, pattern: int, level: int | None = None, start: int = 1) -> int:
        number, self.next = self.next, self.next + 1
        begins = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            if level is not None
            else ""
        )
        kind = f'<w:abstractNumId w:val="{pattern}"/>{begins}'
        made = parse_xml(f'<w:num {NS} w:numId="{number}">{kind}</w:num>')
        last = self.root.find(f"{W}numIdMacAtCleanup")  # by the schema always the last
        if last is not None:
            last.addprevious(made)
        else:
            self.root.append(made)
        return number

    def of(self, *, ordered: bool, level: int, start: int) -> int:
        """The number that the points of a list refer to."""
        pattern = self._kind(ordered=ordered)
        return self._number(pattern, level, start) if ordered else self.bullets


def _pattern(number: int, ordered: bool) -> str:
    levels = []
    for level in range(DEEPEST_LIST + 1):
        shape = "decimal" if ordered else "bullet"
        sign = f"%{level + 1}." if ordered else "•–"[level % 2]
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
            f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{(level + 1) * 360}" w:hanging="360"/></w:pPr></w:lvl>'
        )
    return (
        f'<w:abstractNum {NS} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{"".join(levels)}</w:abstractNum>'
    )


def _numbering(document: Any) -> Any:
    """The root of the part with lists; a new part where the template has none."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    part = NumberingPart.load(
        PackURI("/word/numbering.xml"),
        CONTENT_TYPE.WML_NUMBERING,
        f"<w:numbering {NS}/>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part.element


_EMPTY_NOTES = f"""<w:footnotes {NS}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>
</w:footnote></w:footnotes>"""


class Notes:
    """The footnotes of a document; ``close`` writes them into their part."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.part: Any = None
        self.root: Any = None
        self.next = 1

    def open(self) -> Any:
        """The part that footnotes stand in, for what they refer to."""
        if self.part is None:
            for relation in self.document.part.rels.values():
                if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
                    self.part = relation.target_part
            if self.part is None:
                package = self.document.part.package
                name = PackURI("/word/footnotes.xml")
                blob = _EMPTY_NOTES.encode()
                self.part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, blob, package)
                self.document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
            self.root = parse_xml(self.part.blob)
            numbers = [int(one.get(f"{W}id")) for one in self.root]
            self.next = max([0, *numbers]) + 1
        return self.part

    def add(self, paragraph: str) -> int:
        """A footnote with the XML of its paragraph; its number in the file."""
        self.open()
        number, self.next = self.next, self.next + 1
        self.root.append(parse_xml(f'<w:footnote {NS} w:id="{number}">{paragraph}</w:footnote>'))
        return number

    def close(self) -> None:
        """Write what was added into the part."""
        if self.root is not None:
            from lxml import etree

            self.part._blob = etree.tostring(
                self.root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
