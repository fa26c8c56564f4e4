"""What a block of pasted HTML is: a heading, an item of a list, a quotation, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from ..word_text.parts import CAPTION, HEADING, ITEM, QUOTE, TEXT
from ..word_text.styles import ParagraphShape
from .sheet import Declared, PastedStyles, declared, format_of, level_number, list_place

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(slots=True)
class BlockShapes:
    """Tells what each block is, and counts the lists."""

    styles: PastedStyles
    lists: int = 0

    def style_id(self, element: HtmlElement) -> str:
        """The style of a block, by its element, its class, or the name it says outright."""
        classes = (element.get("class") or "").lower().split()
        if element.tag in HEADINGS:  # LibreOffice has the title of a document among them
            return self.styles.named("title" if "title" in classes else f"heading {element.tag[1]}")
        said = element.xpath("(.//@data-ccp-parastyle)[1]") if element.tag in ("p", "li") else []
        if said:  # Word for the web names the style at the words
            return self.styles.named(str(said[0])[:80])
        if element.tag in ("p", "div", "li"):
            return self.styles.style_id(element.get("class") or "")
        return ""

    def shape(
        self, element: HtmlElement, style: str, said: Declared, around: ParagraphShape
    ) -> ParagraphShape:
        """What a block is: by its style, its list or its element, else as the one around it."""
        tag = element.tag
        if element.get("role") == "heading" and tag not in HEADINGS:
            level = level_number(element.get("aria-level")) or 2
            return ParagraphShape(HEADING, min(level, 9))
        if tag in ("figcaption", "caption"):
            return ParagraphShape(CAPTION)
        if tag == "blockquote":
            return ParagraphShape(QUOTE)
        if tag in ("ul", "ol"):
            return self._list(element, said, around)
        outline, place = level_number(said.get("mso-outline-level")), list_place(said)
        series = "0" if said.get("mso-list", "").lower() == "none" else ""  # as Word says "no list"
        shape = self.styles.styles.shaped(
            style,
            outline=outline - 1 if outline else None,
            series=self.styles.counted(place, _marker(element)) if place else series,
            depth=place.depth if place else None,
        )
        if tag == "li" and not place:
            return self._item(element, around) if shape.shape != HEADING else shape
        return around if shape.shape == TEXT else shape

    def _list(self, element: HtmlElement, said: Declared, around: ParagraphShape) -> ParagraphShape:
        """What the items of a list are. One inside another counts with it."""
        nested = around.shape == ITEM
        self.lists += not nested
        series = around.series if nested else f"html {self.lists}"
        kind = said.get("list-style-type", "") or element.get("type") or ""
        ordered = element.tag == "ol"
        letters = ordered and format_of(kind) not in ("decimal", "bullet", "none")
        level = around.level + 1 if nested else 0
        return ParagraphShape(ITEM, min(level, 8), ordered, series, letters)

    def _item(self, element: HtmlElement, around: ParagraphShape) -> ParagraphShape:
        """An item as its list has it; Word for the web and Google Docs say at the item how deep it
        stands, and Word for the web to which list it belongs."""
        around = around if around.shape == ITEM else ParagraphShape(ITEM)
        said = element.get("data-aria-level") or element.get("aria-level")
        level = level_number(said)
        own = declared(element.get("style") or "").get("list-style-type", "")
        letters = around.letters or (
            around.ordered and format_of(own) not in ("decimal", "bullet", "none")
        )
        return replace(
            around,
            level=min(max(level - 1, 0), 8) if level else around.level,
            series=f"web {element.get('data-listid')}"
            if element.get("data-listid")
            else around.series,
            letters=letters,
        )


def _marker(element: HtmlElement) -> str:
    """The number or bullet that Word wrote for programs without lists."""
    for span in element.iter("span"):
        if declared(span.get("style") or "").get("mso-list", "").lower() == "ignore":
            return " ".join(span.text_content().split())
    around = element.getparent()
    return "•" if element.tag == "li" and around is not None and around.tag == "ul" else ""


def number_of(element: HtmlElement) -> int:
    """The number an item is shown with, where it tells: for the first of a list that was begun
    before what was copied."""
    marker = re.match(r"\d{1,4}(?=[.)]?$)", _marker(element))
    if marker:
        return int(marker[0])
    around = element.getparent()
    first = next(element.itersiblings("li", preceding=True), None) is None
    if around is None or around.tag != "ol" or not first:
        return 0
    return level_number(around.get("start")) or 0
