"""The words of a paragraph: runs with their look, links, notes, pictures and tracked changes.

An element that is not known is walked through all the same, so that no word is lost for its sake.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from ..files.docx import MAX_DEPTH, MC, NESTED, W
from ..files.source import RefusedFile
from .parts import WordImage, WordLoss, WordRun
from .styles import WordStyles, switches

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
PICTURES = (".png", ".jpg", ".jpeg", ".gif")
WEB = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)
_FIELD_LINK = re.compile(r'^\s*HYPERLINK\s+(?:"([^"]*)"|(\S+))')
_TRACKED = {"ins": "ins", "moveTo": "ins", "del": "del", "moveFrom": "del"}
_SILENT = {
    f"{W}{tag}"
    for tag in (
        "pPr", "rPr", "instrText", "delInstrText", "footnoteRef", "endnoteRef", "annotationRef",
        "lastRenderedPageBreak", "separator", "continuationSeparator",
    )
}  # fmt: skip
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": ""}
PARTS = "\x1f"  # between kind, author, time and move of a raw change


@dataclass(slots=True)
class InlineContext:
    """What holds for the words inside an element."""

    look: frozenset[str] = frozenset()
    href: str = ""
    mark: str = ""
    change: str = ""
    hidden: bool = False


@dataclass(slots=True)
class House:
    """What a document keeps beside its text, and what is collected on the way through it."""

    styles: WordStyles
    links: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    footnotes: dict[str, str] = field(default_factory=dict)
    endnotes: dict[str, str] = field(default_factory=dict)
    images: list[WordImage] = field(default_factory=list)
    left: dict[tuple[str, str], WordLoss] = field(default_factory=dict)
    moving: str = ""
    fields: list[list[str]] = field(default_factory=list)  # [instruction, its link]

    def leave(self, code: str, text: str = "") -> None:
        """Note that something does not come along as it stood."""
        text = " ".join(text.split())[:300]
        known = self.left.setdefault((code, text), WordLoss(code, text, 0))
        known.count += 1

    def allowed(self, target: str) -> str:
        """Where a link may lead: to a web page or a mail address; of another the words stay."""
        if not target or WEB.match(target):
            return target
        self.leave("link", target)
        return ""


class Inline:
    """Reads one paragraph; ``boxes`` are the text boxes that hang on it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.runs: list[WordRun] = []
        self.boxes: list[Element] = []
        self._tags: dict[str, Callable[[Element, InlineContext, int], None]] = {
            f"{W}r": self._run,
            f"{W}hyperlink": self._hyperlink,
            f"{W}fldChar": self._field,
            f"{W}fldSimple": self._simple_field,
            f"{W}sym": self._symbol,
            f"{W}br": self._break,
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{W}commentReference": self._comment,
            f"{W}drawing": self._drawing,
            f"{W}pict": self._pict,
            f"{W}object": self._pict,
            f"{MC}AlternateContent": self._alternate,
        }

    def read(self, paragraph: Element, look: frozenset[str]) -> list[WordRun]:
        """The runs of a paragraph, those of one look joined."""
        for one in self.house.fields:
            one[1] = ""  # a link that was never closed ends with its paragraph
        self._walk(paragraph, InlineContext(look), 0)
        return joined(self.runs)

    def _walk(self, parent: Element, context: InlineContext, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise RefusedFile(NESTED)
        for child in parent:
            tag = child.tag
            if tag in _SILENT:
                if tag == f"{W}instrText" and self.house.fields:
                    self.house.fields[-1][0] += child.text or ""
                continue
            if tag in (f"{W}t", f"{W}delText", f"{M}t"):
                self._text(child.text or "", context)
            elif tag in self._tags:
                self._tags[tag](child, context, depth + 1)
            elif tag == f"{W}txbxContent":
                self.boxes.append(child)
            else:
                self._other(child, context, depth + 1)

    def _other(self, element: Element, context: InlineContext, depth: int) -> None:
        tag = element.tag.removeprefix(W)
        if tag in _SIGNS:
            self._text(_SIGNS[tag], context)
        elif tag in _TRACKED:
            change = raw_change(element, self.house.moving if "move" in tag else "")
            self._walk(element, replace(context, mark=_TRACKED[tag], change=change), depth)
        else:
            note_move(element, self.house)
            if element.tag == f"{M}oMath":
                self.house.leave("formula")
            self._walk(element, context, depth)

    def _text(self, text: str, context: InlineContext) -> None:
        if context.hidden:
            self.house.leave("hidden", text)
            return
        link = next((one[1] for one in reversed(self.house.fields) if one[1]), context.href)
        look = "".join(sorted(context.look))
        text = text.replace("\xa0", " ").replace("\t", " ")
        self.runs.append(WordRun(text, look, link, context.change, context.mark))

    def _run(self, run: Element, context: InlineContext, depth: int) -> None:
        properties = run.find(f"{W}rPr")
        look, hidden = set(context.look), context.hidden
        if properties is not None:
            style = properties.find(f"{W}rStyle")
            if style is not None and not context.href:
                look |= self.house.styles.look(style.get(f"{W}val") or "")
            for letter, on in switches(properties):
                look = look | {letter} if on else look - {letter}
            if properties.find(f"{W}vanish") is not None:
                hidden = True
            if properties.find(f"{W}highlight") is not None:
                self.house.leave("highlight")
            if properties.find(f"{W}rPrChange") is not None:
                self.house.leave("look-change")
        if context.href or any(one[1] for one in self.house.fields):
            look -= {"u"}  # links are underlined anyway
        self._walk(run, replace(context, look=frozenset(look), hidden=hidden), depth)

    def _hyperlink(self, link: Element, context: InlineContext, depth: int) -> None:
        target = self.house.links.get(link.get(f"{R}id") or "", "")
        self._walk(link, replace(context, href=self.house.allowed(target)), depth)

    def _field(self, sign: Element, _context: InlineContext, _depth: int) -> None:
        kind, fields = sign.get(f"{W}fldCharType"), self.house.fields
        if kind == "begin" and len(fields) < MAX_DEPTH:
            fields.append(["", ""])
        elif kind == "separate" and fields:
            fields[-1][1] = self._link_of(fields[-1][0])
        elif kind == "end" and fields:
            fields.pop()

    def _simple_field(self, element: Element, context: InlineContext, depth: int) -> None:
        link = self._link_of(element.get(f"{W}instr") or "")
        self._walk(element, replace(context, href=link or context.href), depth)

    def _link_of(self, instruction: str) -> str:
        match = _FIELD_LINK.match(instruction)
        target = (match[1] or match[2] or "") if match else ""
        return "" if target.startswith("\\") else self.house.allowed(target)

    def _symbol(self, symbol: Element, context: InlineContext, _depth: int) -> None:
        code = symbol.get(f"{W}char") or ""
        number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else 0xF000
        if 0xE000 <= number <= 0xF8FF or number < 32 or 0xD800 <= number < 0xE000:
            self.house.leave("symbol")
            number = ord("•")
        self._text(chr(number), context)

    def _break(self, sign: Element, context: InlineContext, _depth: int) -> None:
        self._text("\n" if sign.get(f"{W}type") in (None, "textWrapping") else " ", context)

    def _note(self, reference: Element, context: InlineContext, _depth: int) -> None:
        at_the_foot = reference.tag == f"{W}footnoteReference"
        notes = self.house.footnotes if at_the_foot else self.house.endnotes
        words = notes.get(reference.get(f"{W}id") or "", "")
        if words:
            self.runs.append(WordRun(note=words, change=context.change, mark=context.mark))

    def _comment(self, reference: Element, _context: InlineContext, _depth: int) -> None:
        self.runs.append(WordRun(comment=reference.get(f"{W}id") or ""))

    def _alternate(self, element: Element, context: InlineContext, depth: int) -> None:
        choice = element.find(f"{MC}Choice")
        chosen = choice if choice is not None else element.find(f"{MC}Fallback")
        if chosen is not None:
            self._walk(chosen, context, depth)

    def _drawing(self, drawing: Element, context: InlineContext, depth: int) -> None:
        said = drawing.find(f".//{_WP}docPr")
        name, alt = (said.get("name"), said.get("descr")) if said is not None else ("", "")
        found = list(drawing.iter(BLIP))
        for blip in found:
            self._image(blip.get(f"{R}embed"), blip.get(f"{R}link"), name, alt, context)
        boxes = len(self.boxes)
        self._walk(drawing, context, depth)
        if not found and len(self.boxes) == boxes:
            self.house.leave("drawing", alt or name or "")

    def _pict(self, pict: Element, context: InlineContext, depth: int) -> None:
        found = 0
        for shape in pict.iter(f"{_VML}shape"):
            for data in shape.iter(f"{_VML}imagedata"):
                self._image(data.get(f"{R}id"), None, "", shape.get("alt"), context)
                found += 1
        boxes = len(self.boxes)
        self._walk(pict, context, depth)
        if not found and len(self.boxes) == boxes:
            self.house.leave("drawing")

    def _image(
        self,
        embedded: str | None,
        linked: str | None,
        name: str | None,
        alt: str | None,
        context: InlineContext,
    ) -> None:
        part = self.house.parts.get(embedded or "", "")
        if not part:
            self.house.leave("image-elsewhere", alt or name or linked or "")
            return
        if not part.lower().endswith(PICTURES):
            self.house.leave("image-kind", alt or name or part.rpartition("/")[2])
            return
        image = WordImage(
            f"i{len(self.house.images) + 1}", part, (name or "")[:200], alt_words(alt)
        )
        self.house.images.append(image)
        self.runs.append(WordRun(image=image.id, change=context.change, mark=context.mark))


_BY_MACHINE = re.compile(
    r"(?i)content may be incorrect|kan være forkert\.?$|automatisk genereret beskrivelse|"
    r"description automatically generated"
)


def alt_words(words: str | None) -> str:
    """An alternative text somebody has written; what Word guessed counts as none."""
    words = " ".join((words or "").split())[:300]
    return "" if _BY_MACHINE.search(words) else words


def raw_change(element: Element, moving: str = "") -> str:
    """A tracked change as it is marked at one place: kind, author, time, move."""
    kind = _TRACKED[element.tag.removeprefix(W)]
    return change_of(kind, element.get(f"{W}author") or "", element.get(f"{W}date") or "", moving)


def change_of(kind: str, author: str, at: str, moving: str = "") -> str:
    """A tracked change as it is marked at one place, from its parts."""
    parts = (kind, author[:100], at[:20], moving[:60])
    return PARTS.join(part.replace(PARTS, "") for part in parts)


def note_move(element: Element, house: House) -> None:
    """Remember which move is going on: its two ends have the same name."""
    tag = element.tag.removeprefix(W)
    if tag in ("moveFromRangeStart", "moveToRangeStart"):
        house.moving = element.get(f"{W}name") or ""
    elif tag in ("moveFromRangeEnd", "moveToRangeEnd"):
        house.moving = ""


def joined(runs: list[WordRun]) -> list[WordRun]:
    """Neighbours of one look and one fate as one run; Word cuts them at every correction."""
    out: list[WordRun] = []
    for run in runs:
        last = out[-1] if out else None
        plain = not (run.note or run.image or run.comment)
        if (
            last is not None
            and plain
            and not (last.note or last.image or last.comment)
            and (last.look, last.href, last.change, last.mark)
            == (run.look, run.href, run.change, run.mark)
        ):
            last.text += run.text
        elif not plain or run.text:
            out.append(run)
    return out
