"""The words of pasted HTML: their look, links, and what was tracked, as the runs of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from lxml.html import HtmlElement

from ..word_text.inline import House, change_of
from ..word_text.parts import WordRun
from ..word_text.styles import ParagraphShape
from .sheet import Declared, look_in

_LOOKS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "u": "u", "s": "s", "strike": "s",
    "sup": "^", "sub": "_",
}  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\ufeff")
_TRACKED = {"msoins": "ins", "msodel": "del", "trackchangetextinsertion": "ins",
            "trackchangetextdeletion": "del"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClipboardContext:
    """What holds for the words inside an element."""

    look: frozenset[str] = frozenset()
    href: str = ""
    mark: str = ""
    change: str = ""
    hidden: bool = False
    spaces_count: bool = False
    symbol: bool = False
    shape: ParagraphShape = field(default_factory=ParagraphShape)
    item: int = 0  # which item of a list, so that its second paragraph stays in it
    start: int = 0
    at_note: bool = False  # within the mark of a note whose words were left behind

    def inside(self, element: HtmlElement, said: Declared, house: House) -> ClipboardContext:
        """What holds within an element that stands in the line."""
        tag, classes = element.tag, (element.get("class") or "").lower().split()
        look = self.look
        if tag in _LOOKS and not (tag in ("u", "s") and said.get("text-decoration") == "none"):
            look |= {_LOOKS[tag]}
        look = look_in(said, look)
        if tag in ("sup", "sub") and said.get("vertical-align") == "baseline":
            look -= {_LOOKS[tag]}
        for letter, name in (("^", "superscript"), ("_", "subscript")):
            if name in classes:
                look |= {letter}
        new = replace(self, look=look)
        if said.get("mso-hide") == "all":
            new = replace(new, hidden=True)
        if said.get("white-space", "").startswith("pre") or tag == "pre":
            new = replace(new, spaces_count=True)
        if said.get("mso-char-type") == "symbol":
            new = replace(new, symbol=True)
        if tag == "a":
            new = new._linked(element, house)
        return new._tracked(element, classes)

    def _linked(self, link: HtmlElement, house: House) -> ClipboardContext:
        target = (link.get("href") or "").strip()
        if not target or target.startswith("#") or self.hidden:
            return self
        href = house.allowed(target[:2_000])
        return replace(self, href=href, look=self.look - {"u"}) if href else self

    def _tracked(self, element: HtmlElement, classes: list[str]) -> ClipboardContext:
        """Words that a tracked change put in or took out. A plain <del> of a web page is words that
        are struck through."""
        kind = next((_TRACKED[one] for one in classes if one in _TRACKED), "")
        if element.tag in ("ins", "del"):
            author, at = element.get("cite") or "", element.get("datetime") or ""
            if author or at or self.mark:
                author = unquote(author.removeprefix("mailto:"))
                return replace(self, mark=element.tag, change=change_of(element.tag, author, at))
            return replace(self, look=self.look | {"s"}) if element.tag == "del" else self
        if kind and self.mark != kind:
            return replace(self, mark=kind, change=change_of(kind, "", ""))
        return self


def run_of(text: str, context: ClipboardContext, *, after_space: bool) -> WordRun:
    """Words as a run, with spaces as they are read: several are one, and none after another."""
    text = text.translate(_UNSEEN)
    if context.spaces_count:
        text = text.replace("\r", "").replace("\t", " ")
    else:
        text = _SPACES.sub(" ", text)
        text = text.removeprefix(" ") if after_space else text
    look = context.look - {"u"} if context.href else context.look
    text = text.replace("\xa0", " ")
    return WordRun(text, "".join(sorted(look)), context.href, context.change, context.mark)
