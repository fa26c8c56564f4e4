"""What the styles and lists of a Word document mean: headings by any of their names, bullets and
numbers, wherever they are said (ECMA-376 part 1, §17.7 and §17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..files.docx import W
from .parts import CAPTION, CONTENTS, HEADING, INNER, ITEM, QUOTE, TEXT, TITLE

DEEPEST = 9
_HEADING = re.compile(r"^(?:heading|overskrift)\s*([1-9])\b")
_CONTENTS = re.compile(
    r"^(?:toc|indholdsfortegnelse|overskrift til indholdsfortegnelse|table of figures)\b"
)
_INNER = re.compile(r"^mellemrubrik\s*([12])?$")  # our own papers have them inside a section
_TITLE = re.compile(r"^(?:title|titel)$")
_QUOTE = re.compile(r"^(?:intense )?(?:quote|citat|stærkt citat)$")
_CAPTION = re.compile(r"^(?:caption|billedtekst)$")
_BULLETS = re.compile(r"^(?:list bullet|opstilling - punkttegn)\s*([2-5])?$")
_NUMBERS = re.compile(r"^(?:list number|opstilling - talopstilling)\s*([2-5])?$")
_LETTERS = {"lowerLetter", "upperLetter", "lowerRoman", "upperRoman"}


@dataclass(slots=True)
class Style:
    """A paragraph or character style, with what it says itself and what it builds on."""

    name: str
    based_on: str = ""
    outline: int | None = None
    list_of: str = ""
    list_level: int = 0
    look: frozenset[str] = frozenset()


@dataclass(slots=True)
class ParagraphShape:
    """What a paragraph is."""

    shape: str = TEXT
    level: int = 0
    ordered: bool = False
    series: str = ""
    letters: bool = False


@dataclass(slots=True)
class WordStyles:
    """The styles of a document by their id, and the formats of its lists."""

    styles: dict[str, Style] = field(default_factory=dict)
    lists: dict[str, dict[int, str]] = field(default_factory=dict)

    def shape(self, properties: Element | None) -> ParagraphShape:
        """What a paragraph with these properties is."""
        if properties is None:
            return ParagraphShape()
        said = properties.find(f"{W}numPr")
        return self.shaped(
            _value(properties, "pStyle"),
            outline=_number(_value(properties, "outlineLvl")),
            series=_value(said, "numId"),
            depth=_number(_value(said, "ilvl")),
        )

    def shaped(
        self,
        style_id: str,
        *,
        outline: int | None = None,
        series: str = "",
        depth: int | None = None,
    ) -> ParagraphShape:
        """What a paragraph of this style is, with what it says itself: its level in the outline,
        its list, and how deep it stands in it."""
        chain = self.chain(style_id)
        for style in chain:
            if match := _HEADING.match(style.name):
                return ParagraphShape(HEADING, int(match[1]))
            if match := _INNER.match(style.name):
                return ParagraphShape(HEADING, int(match[1] or 1), series=INNER)
            if _TITLE.match(style.name):
                return ParagraphShape(TITLE)
            if _CONTENTS.match(style.name):
                return ParagraphShape(CONTENTS)
        levels = [outline, *(style.outline for style in chain)]
        level = next((one for one in levels if one is not None), None)
        if level is not None and level < DEEPEST:
            return ParagraphShape(HEADING, level + 1)
        return self._item(series, depth, chain) or _other(chain)

    def _item(self, series: str, depth: int | None, chain: list[Style]) -> ParagraphShape | None:
        for style in chain:
            series = series or style.list_of
            depth = style.list_level if depth is None and style.list_of else depth
        if series == "0":
            return None
        if series:
            if not depth:
                depth = next((_depth(style) for style in chain if _depth(style)), 0)
            format = self._format(series, depth or 0)
            if format == "none":
                return None
            ordered = format != "bullet"
            return ParagraphShape(ITEM, min(depth or 0, 8), ordered, series, format in _LETTERS)
        for style in chain:
            for pattern, ordered in ((_BULLETS, False), (_NUMBERS, True)):
                if match := pattern.match(style.name):
                    return ParagraphShape(ITEM, int(match[1] or 1) - 1, ordered)
        return None

    def _format(self, series: str, depth: int) -> str:
        formats = self.lists.get(series, {})
        return formats.get(depth, formats.get(0, "bullet"))

    def chain(self, style_id: str) -> list[Style]:
        """A style and those it builds on, itself first."""
        found: list[Style] = []
        while style_id in self.styles and len(found) < 20:
            found.append(self.styles[style_id])
            style_id = found[-1].based_on
        return found

    def look(self, style_id: str) -> frozenset[str]:
        """The letters (b i u s ^ _) that a style switches on."""
        return frozenset().union(*(style.look for style in self.chain(style_id)))


def _depth(style: Style) -> int:
    """How deep a list style stands by its name: List Bullet 3 is the third level."""
    match = _BULLETS.match(style.name) or _NUMBERS.match(style.name)
    return int(match[1] or 1) - 1 if match else 0


def _other(chain: list[Style]) -> ParagraphShape:
    for style in chain:
        if _QUOTE.match(style.name):
            return ParagraphShape(QUOTE)
        if _CAPTION.match(style.name):
            return ParagraphShape(CAPTION)
    return ParagraphShape()


def read_styles(styles: Element | None, numbering: Element | None) -> WordStyles:
    """From styles.xml and numbering.xml; either may be missing."""
    found = WordStyles()
    for one in styles.iter(f"{W}style") if styles is not None else ():
        properties = one.find(f"{W}pPr")
        said = properties.find(f"{W}numPr") if properties is not None else None
        look = one.find(f"{W}rPr")
        found.styles[one.get(f"{W}styleId") or ""] = Style(
            (_value(one, "name") or one.get(f"{W}styleId") or "").lower(),
            _value(one, "basedOn"),
            _number(_value(properties, "outlineLvl")),
            _value(said, "numId"),
            _number(_value(said, "ilvl")) or 0,
            looks(look),
        )
    if numbering is not None:
        _read_lists(numbering, found)
    return found


def _read_lists(numbering: Element, found: WordStyles) -> None:
    abstract = {
        one.get(f"{W}abstractNumId"): _formats(one) for one in numbering.iter(f"{W}abstractNum")
    }
    for one in numbering.iter(f"{W}num"):
        formats = dict(abstract.get(_value(one, "abstractNumId"), {}))
        for over in one.iter(f"{W}lvlOverride"):
            formats |= _formats(over)
        found.lists[one.get(f"{W}numId") or ""] = formats


def _formats(parent: Element) -> dict[int, str]:
    return {
        _number(level.get(f"{W}ilvl")) or 0: _value(level, "numFmt") or "decimal"
        for level in parent.findall(f"{W}lvl")
    }


_LOOKS = {"b": "b", "i": "i", "u": "u", "strike": "s", "dstrike": "s"}
_HEIGHTS = {"superscript": "^", "subscript": "_"}
_OFF = {"0", "false", "off", "none"}


def looks(properties: Element | None) -> frozenset[str]:
    """The letters b i u s ^ _ that run properties switch on."""
    return frozenset(letter for letter, on in switches(properties) if on)


def switches(properties: Element | None) -> list[tuple[str, bool]]:
    """What run properties say, on or off; what they do not mention is not in it."""
    said: list[tuple[str, bool]] = []
    for one in properties if properties is not None else ():
        tag, value = one.tag.removeprefix(W), one.get(f"{W}val") or ""
        if tag in _LOOKS:
            said.append((_LOOKS[tag], value not in _OFF))
        elif tag == "vertAlign":
            said += [(letter, value == name) for name, letter in _HEIGHTS.items()]
    return said


def _value(parent: Element | None, name: str) -> str:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else None
