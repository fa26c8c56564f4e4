"""The styles of pasted HTML: what a paragraph's class, its inline style and its list mean.

Word writes what its own styles are called, and of what they are made, into the style sheet that
travels along (``mso-style-name``, ``mso-style-parent``, ``mso-outline-level``, ``@list``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..word_text.styles import Style, WordStyles

_SELECTOR = re.compile(r"^(p|li|div|span)?\.([\w-]{1,80})$")
_LIST_LEVEL = re.compile(r"@list\s+(l\d{1,6}):level(\d)\b")
_LIST = re.compile(r"\b(l\d{1,6})\s+level(\d)\s+(lfo\d{1,6})\b")
_PARAGRAPHS = re.compile(r"^(?:Mso)?(\w+?)(?:CxSp(?:First|Middle|Last))?$")
_NAMES = {
    "Title": "title",
    "Quote": "quote",
    "IntenseQuote": "intense quote",
    "Caption": "caption",
    "TocHeading": "toc heading",
    "TableofFigures": "table of figures",
}  # Word's own styles keep their English names in classes, whatever the language is
_COUNTED = re.compile(r"^(Heading|Toc|ListBullet|ListNumber)([1-9]?)$")
_SPELLED = {
    "Heading": "heading", "Toc": "toc", "ListBullet": "list bullet", "ListNumber": "list number",
}  # fmt: skip
_FORMATS = {
    "bullet": "bullet", "image": "bullet", "none": "none", "alpha-lower": "lowerLetter",
    "alpha-upper": "upperLetter", "roman-lower": "lowerRoman", "roman-upper": "upperRoman",
    "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter", "lower-latin": "lowerLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
}  # fmt: skip

Declared = dict[str, str]


def rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules of a style sheet: what they are of, and what they say."""
    first, *commented = css.split("/*")
    words = first + "".join(one.partition("*/")[2] for one in commented)
    for rule in words.split("}"):
        selectors, sign, body = rule.rpartition("{")
        if sign:
            yield selectors.rpartition("{")[2], body


def declared(style: str) -> Declared:
    """What an inline style says, names in small letters."""
    found = {}
    for one in style.split(";"):
        name, sign, value = one.partition(":")
        if sign:
            found[name.strip().lower()] = value.strip().strip("'\"")
    return found


def format_of(name: str) -> str:
    """How a list counts, in Word's words: "bullet", "decimal", "lowerLetter" …"""
    return _FORMATS.get(name, _FORMATS.get(name.lower(), "decimal"))


def level_number(text: str | None) -> int | None:
    """A small number in an attribute."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


@dataclass(slots=True)
class ListPlace:
    """Where a paragraph says it stands in a list of Word: the list it counts in, how it is made,
    and how deep it stands."""

    series: str
    made_by: str
    depth: int


@dataclass(slots=True)
class PastedStyles:
    """The styles that travelled along: of paragraphs, of words, and of lists."""

    styles: WordStyles = field(default_factory=WordStyles)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    formats: dict[str, dict[int, str]] = field(default_factory=dict)

    def read(self, css: str) -> None:
        """Take in one style sheet."""
        found = [(selectors, declared(body)) for selectors, body in rules(css)]
        for selectors, said in found:  # lists first: styles speak of them
            if match := _LIST_LEVEL.search(selectors):
                kind = said.get("mso-level-number-format", "decimal")
                self.formats.setdefault(match[1], {})[int(match[2]) - 1] = format_of(kind)
        for selectors, said in found:
            for one in selectors.split(","):
                name = _SELECTOR.match(one.strip(" \t\r\n<!-"))
                if name and name[1] == "span":
                    self.words[name[2].lower()] = look_in(said, frozenset())
                elif name:
                    self.styles.styles[name[2].lower()] = self._style(name[2], said)

    def _style(self, name: str, said: Declared) -> Style:
        parent = said.get("mso-style-parent", "").lower()
        if parent:
            self.styles.styles.setdefault(f"named {parent}", Style(parent))
        place = list_place(said)
        outline = level_number(said.get("mso-outline-level"))
        return Style(
            said.get("mso-style-name", "").split("\\,")[0].lower() or style_name(name),
            f"named {parent}" if parent else "",
            outline - 1 if outline else None,
            self.counted(place) if place else "",
            place.depth if place else 0,
            look_in(said, frozenset()),
        )

    def style_id(self, classes: str) -> str:
        """The style that a paragraph's classes name."""
        for name in classes.split()[:20]:
            if name.lower() in self.styles.styles:
                return name.lower()
        first = next(iter(classes.split()), "")
        if first:
            self.styles.styles[first.lower()] = Style(style_name(first))
        return first.lower()

    def named(self, name: str) -> str:
        """The style of a name that is said outright."""
        key = f"named {name.lower()}"
        self.styles.styles.setdefault(key, Style(name.lower()))
        return key

    def counted(self, place: ListPlace, marker: str = "") -> str:
        """The list a paragraph counts in, known to the styles; where nobody says how it counts, the
        mark that was written for programs without lists tells."""
        known = self.styles.lists.setdefault(
            place.series, dict(self.formats.get(place.made_by, {}))
        )
        if place.depth not in known:
            known[place.depth] = "bullet" if marker and not _counts(marker) else "decimal"
        return place.series


_LETTER = re.compile(r"^\(?(?:[a-zæøå]|[ivxlc]+)[.)]$", re.IGNORECASE)


def _counts(marker: str) -> bool:
    return any(sign.isdigit() for sign in marker) or bool(_LETTER.match(marker))


def style_name(name: str) -> str:
    """What Word calls a style in a document, by the class it has in HTML."""
    bare = _PARAGRAPHS.match(name)
    word = bare[1] if bare and name.startswith("Mso") else ""
    if counted := _COUNTED.match(word):
        return f"{_SPELLED[counted[1]]} {counted[2]}".strip()
    return _NAMES.get(word, "" if word else name.lower())


def list_place(said: Declared) -> ListPlace | None:
    """``mso-list:l0 level1 lfo1`` read."""
    match = _LIST.search(said.get("mso-list", ""))
    return ListPlace(match[3], match[1], int(match[2]) - 1) if match else None


def look_in(said: Declared, look: frozenset[str]) -> frozenset[str]:
    """The letters b i u s ^ _ after what a style says."""
    weight = said.get("font-weight", "").lower()
    if weight in ("bold", "bolder") or (weight[:1] in tuple("6789") and len(weight) == 3):
        look |= {"b"}
    elif weight in ("normal", "lighter") or (weight[:1] in tuple("12345") and len(weight) == 3):
        look -= {"b"}
    slant = said.get("font-style", "").lower()
    if slant in ("italic", "oblique"):
        look |= {"i"}
    elif slant == "normal":
        look -= {"i"}
    line = " ".join((said.get("text-decoration", ""), said.get("text-decoration-line", "")))
    if "underline" in line:
        look |= {"u"}
    if "line-through" in line:
        look |= {"s"}
    height = said.get("vertical-align", "").lower()
    if height == "super":
        look |= {"^"}
    elif height == "sub":
        look |= {"_"}
    return look
