"""Pasted HTML walked from its first word to the last: the blocks of a text from Word.

It is read forgivingly: an element that is not known is walked through all the same, so that no word
is lost for its sake. What does not come along is told in ``WordText.left``.
"""

from __future__ import annotations

import re
from dataclasses import replace

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser

from ..files.messages import gettext_noop
from ..files.source import RefusedFile
from ..word_text.headings import name_headings
from ..word_text.inline import House, alt_words, joined
from ..word_text.parts import (
    CAPTION,
    CONTENTS,
    ITEM,
    QUOTE,
    TEXT,
    WordCell,
    WordImage,
    WordParagraph,
    WordRow,
    WordRun,
    WordTable,
    WordText,
)
from ..word_text.reader import name_head, runs_on, says_something
from ..word_text.styles import ParagraphShape
from ..word_text.tracked_changes import group
from .inline import ClipboardContext, run_of
from .notes import ClipboardNotes, notes_in
from .shapes import HEADINGS, BlockShapes, number_of
from .sheet import Declared, PastedStyles, declared, level_number, list_place
from .tables import begins_for_others, ends, outside_of_cells, rows_of, says_first_row

DEEPEST = 200  # elements within one another; the parser itself stops at 256
NESTED = gettext_noop("What was copied has too many elements inside one another to be read.")

_BLOCKS = HEADINGS | {
    "html", "body", "p", "div", "section", "article", "header", "footer", "main", "aside", "nav",
    "address", "fieldset", "form", "dl", "dt", "dd", "center", "figure", "figcaption", "caption",
    "pre", "ul", "ol", "li", "blockquote", "hr", "details", "summary",
}  # fmt: skip
_SILENT = {
    "script", "style", "head", "title", "template", "noscript", "svg", "canvas", "iframe", "object",
    "embed", "video", "audio", "select", "option", "input", "textarea", "xml", "meta", "link",
}  # fmt: skip
_LEFT_ELEMENTS = {"comment-list": "comments", "header": "header", "footer": "footer"}
_OWN_IMAGE = re.compile(r"/billeder/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/")
_MOST_ACROSS = 100


def read_clipboard(html: str, home: str = "") -> WordText:
    """The whole of what was pasted. ``home``: how our own addresses begin, for our own images."""
    parser = HTMLParser(encoding="utf-8", remove_pis=True)
    data = html.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except ParserError:  # nothing in it
        return WordText()
    return _ClipboardReader(root, home).read()


class _ClipboardReader:
    def __init__(self, root: HtmlElement, home: str) -> None:
        self.root = root
        self.home = home.rstrip("/")
        self.styles = PastedStyles()
        for style in root.iter("style"):
            self.styles.read(style.text_content())
        self.shapes = BlockShapes(self.styles)
        self.house = House(self.styles.styles)
        self.notes: ClipboardNotes = notes_in(root)
        self.blocks: list[WordParagraph | WordTable] = []
        self.open: WordParagraph | None = None
        self.items: dict[int, WordParagraph] = {}  # the paragraph of each item of a list
        self.counts = {"blocks": 0, "items": 0}
        self.skipping = False
        self.in_cell = False
        self.after_space = True

    def read(self) -> WordText:
        self._inside(self.root, ClipboardContext(), 0)
        self._end()
        text = WordText(self.blocks, images=self.house.images, left=list(self.house.left.values()))
        group(text)
        name_headings(text)
        return text

    # Walking

    def _inside(self, element: HtmlElement, context: ClipboardContext, depth: int) -> None:
        if depth > DEEPEST:
            raise RefusedFile(NESTED)
        self._text(element.text, context)
        for child in element:
            if not isinstance(child.tag, str):
                self._remark(child)
            elif not self.skipping:
                self._element(child, context, depth + 1)
            self._text(child.tail, context)

    def _remark(self, remark: HtmlElement) -> None:
        """Word parts with remarks what is meant for programs that cannot do what it can."""
        if begins_for_others(remark):
            self.skipping = True
        elif ends(remark):
            self.skipping = False

    def _element(self, element: HtmlElement, context: ClipboardContext, depth: int) -> None:
        tag, said = element.tag, declared(element.get("style") or "")
        if tag in _SILENT or element in self.notes.bodies or _is_unseen(said):
            return
        kind = said.get("mso-element", "")
        if kind in _LEFT_ELEMENTS or said.get("mso-list", "").lower() == "ignore":
            if kind in _LEFT_ELEMENTS:
                self.house.leave(_LEFT_ELEMENTS[kind], " ".join(element.text_content().split()))
            return
        if element in self.notes.words:
            self._note(element, context)
        elif tag == "br":
            self._break(said, context)
        elif tag == "img":
            self._image(element, context)
        elif tag == "table":
            self._table(element, context.inside(element, said, self.house), depth)
        elif tag in _BLOCKS:
            self._block(element, said, context, depth)
        elif tag == "o:p" and context.mark:
            self._break_mark(context)
            self._inside(element, context, depth)
        else:
            self._line(element, said, context, depth)

    def _line(
        self, element: HtmlElement, said: Declared, context: ClipboardContext, depth: int
    ) -> None:
        inner = context.inside(element, said, self.house)
        for name in (element.get("class") or "").lower().split()[:20]:
            if name in self.styles.words:
                inner = replace(inner, look=inner.look | self.styles.words[name])
        if _marks_a_note(element) and not context.at_note:
            self.house.leave("note-elsewhere")
            inner = replace(inner, look=inner.look | {"^"}, href="", at_note=True)
        elif said.get("mso-tab-count"):
            self._text(" ", context)
            return
        self._inside(element, inner, depth)

    # Words

    def _text(self, text: str | None, context: ClipboardContext) -> None:
        if not text or self.skipping:
            return
        run = run_of(text, context, after_space=self.after_space)
        if not run.text or (self.open is None and not run.text.strip()):
            return
        if context.hidden:
            self.house.leave("hidden", run.text)
            return
        if context.symbol and run.text.strip():
            self.house.leave("symbol")
            run.text = "•"
        self._paragraph(context).runs.append(run)
        self.after_space = run.text.endswith((" ", "\n"))

    def _break(self, said: Declared, context: ClipboardContext) -> None:
        if self.open is None:
            return
        if said.get("page-break-before") == "always" or "mso-break-type" in said:
            self._text(" ", context)
            return
        runs = self.open.runs
        if runs and not (runs[-1].note or runs[-1].image):
            runs[-1].text = runs[-1].text.rstrip(" ")
        runs.append(replace(run_of("", context, after_space=True), text="\n"))
        self.after_space = True

    def _note(self, mark: HtmlElement, context: ClipboardContext) -> None:
        words = self.notes.words[mark]
        if words:
            run = WordRun(note=words, change=context.change, mark=context.mark)
            self._paragraph(context).runs.append(run)
            self.after_space = False

    def _image(self, element: HtmlElement, context: ClipboardContext) -> None:
        """Only an image of the house comes along; the bytes of others are not on the clipboard."""
        source = (element.get("src") or "").removeprefix(self.home)
        alt = alt_words(element.get("alt"))
        if not _OWN_IMAGE.fullmatch(source):
            self.house.leave("image-elsewhere")
            return
        image = WordImage(f"i{len(self.house.images) + 1}", source, "", alt)
        self.house.images.append(image)
        run = WordRun(image=image.id, change=context.change, mark=context.mark)
        self._paragraph(context).runs.append(run)

    def _break_mark(self, context: ClipboardContext) -> None:
        """Word marks a break that came or went by its own empty element."""
        paragraph = self._paragraph(context)
        paragraph.mark, paragraph.change = context.mark, context.change

    # Paragraphs

    def _id(self) -> str:
        self.counts["blocks"] += 1
        return f"b{self.counts['blocks']}"

    def _paragraph(self, context: ClipboardContext) -> WordParagraph:
        """The paragraph that words go into: a new one, or the item of a list they stand in."""
        if self.open is not None:
            return self.open
        self.after_space = True
        before = self.items.get(context.item)
        if before is not None and self.blocks and self.blocks[-1] is before:
            self.blocks.pop()
            before.runs.append(WordRun("\n"))
            self.open = before
            return before
        shape = context.shape
        if before is not None:  # something stands between: it is no item any more
            shape = ParagraphShape()
        self.open = WordParagraph(
            self._id(), [], shape.shape, shape.level, shape.ordered, shape.series, context.start
        )
        if context.item and before is None:
            self.items[context.item] = self.open
        if shape.letters:
            self.house.leave("letters")
        return self.open

    def _end(self) -> None:
        """What was being read is a paragraph."""
        paragraph, self.open, self.after_space = self.open, None, True
        if paragraph is None:
            return
        paragraph.runs = joined(paragraph.runs)
        while paragraph.runs and paragraph.runs[-1].text.endswith("\n"):
            paragraph.runs[-1].text = paragraph.runs[-1].text.rstrip("\n")
            paragraph.runs = joined(paragraph.runs)
        if paragraph.shape == CONTENTS:
            if paragraph.words:
                self.house.leave("contents")
        elif says_something(paragraph) or runs_on(self.blocks):
            self.blocks.append(paragraph)

    def _block(
        self, element: HtmlElement, said: Declared, context: ClipboardContext, depth: int
    ) -> None:
        self._end()
        inner = context.inside(element, said, self.house)
        style = self.shapes.style_id(element)
        shape = self.shapes.shape(element, style, said, context.shape)
        base = self.styles.styles.look(style) if shape.shape in (TEXT, ITEM) else frozenset()
        inner = replace(inner, shape=shape, look=inner.look | base)
        if shape.shape == ITEM and (element.tag == "li" or list_place(said)):
            self.counts["items"] += 1
            inner = replace(inner, item=self.counts["items"], start=number_of(element))
        if element.tag in ("ul", "ol"):
            inner = replace(inner, item=0)
        self._inside(element, inner, depth)
        if shape.shape in (QUOTE, CAPTION) and self.open and style.startswith("named "):
            _without_style(self.open)
        self._end()

    # Tables

    def _table(self, element: HtmlElement, context: ClipboardContext, depth: int) -> None:
        self._end()
        if self.in_cell:
            self.house.leave("nested")
            self._rows_as_text(element, context, depth)
            return
        plain = replace(context, shape=ParagraphShape(), item=0, start=0)
        for caption in element.iterchildren("caption"):
            self._block(caption, {}, plain, depth + 1)
        for one in outside_of_cells(element):
            if isinstance(one, str):
                self._text(one, plain)
            else:
                self._element(one, plain, depth + 1)
        self._end()
        table, around = WordTable(self._id()), self.blocks
        self.in_cell = True
        for tr, head in rows_of(element):
            row = WordRow(head=head)
            for cell in tr.iterchildren("td", "th"):
                row.cells.append(self._cell(cell, plain, depth + 2))
            if row.cells:
                row.head = row.head or all(one.tag == "th" for one in tr.iterchildren("td", "th"))
                table.rows.append(row)
        self.in_cell, self.blocks = False, around
        for place, row in enumerate(table.rows):
            for one in row.cells:
                one.down = min(one.down, len(table.rows) - place)
        name_head(table, first_row=says_first_row(element))
        if any(cell.paragraphs for row in table.rows for cell in row.cells):
            self.blocks.append(table)

    def _cell(self, element: HtmlElement, context: ClipboardContext, depth: int) -> WordCell:
        self.blocks = []
        look = context.inside(element, declared(element.get("style") or ""), self.house)
        self._inside(element, replace(look, look=look.look - {"^", "_"}), depth)
        self._end()
        across = level_number(element.get("colspan")) or 1
        down = level_number(element.get("rowspan")) or 1
        paragraphs = [one for one in self.blocks if isinstance(one, WordParagraph)]
        return WordCell(paragraphs, min(across, _MOST_ACROSS), down)

    def _rows_as_text(self, element: HtmlElement, context: ClipboardContext, depth: int) -> None:
        """A table inside a cell: the words of its cells, each a paragraph."""
        for one in outside_of_cells(element):
            if isinstance(one, str):
                self._text(one, context)
            else:
                self._element(one, context, depth + 1)
        for tr, _head in rows_of(element):
            for cell in tr.iterchildren("td", "th"):
                self._end()
                self._inside(cell, context, depth + 2)
        self._end()


def _is_unseen(said: Declared) -> bool:
    """Not shown by the program it comes from; what a person hid in Word is told, see ``hidden``."""
    return said.get("display") == "none" and said.get("mso-hide") != "all"


def _without_style(paragraph: WordParagraph) -> None:
    """Word for the web writes the look of a style at every word: what all of them have is the
    style's."""
    shared = set[str]("bi").intersection(*(run.look for run in paragraph.runs if run.text.strip()))
    for run in paragraph.runs:
        run.look = "".join(letter for letter in run.look if letter not in shared)


def _marks_a_note(element: HtmlElement) -> bool:
    """Is it the mark of a note whose words were left behind?"""
    classes = (element.get("class") or "").lower()
    if "footnotereference" in classes or "endnotereference" in classes:
        return True
    said = (element.get("style") or "").lower()
    return element.tag == "a" and (
        "mso-footnote-id" in said
        or "mso-endnote-id" in said
        or classes.startswith(("sdfootnote", "sdendnote"))
    )
