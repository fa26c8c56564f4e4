"""The one place where a person's words are isolated in pages: as our templates are loaded, every
value that they print is given the filter for where it stands (``templatetags.directions``). So no
template has to remember it, and none can forget it.

Between tags a value becomes a ``<bdi>`` where it needs one; in a title, a choice or a drawing,
which take words alone, signs do the same. Inside a tag, a script or a text box nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.template.base import Origin, tag_re
from django.template.engine import Engine
from django.template.loaders import cached, filesystem
from django.utils.text import smart_split

LINE, WORDS, NOTHING = "isolated", "isolated_words", ""
_AS_IT_IS = {"script", "style", "textarea"}
_WORDS_ALONE = {"title", "option", "text", "tspan", "desc"}
# What tells where a text stands: quotes inside a tag, comments, and the ends of tags.
_MARK = re.compile(r"<!--|-->|<(/?)([a-zA-Z][\w-]*)|[\"'>]")
_OPENS = re.compile(r"\{%-?\s*blocktrans(?:late)?\b")
_CLOSES = re.compile(r"\{%-?\s*endblocktrans(?:late)?\b")
_OPTIONS = {"with", "count", "context", "trimmed", "asvar"}


class Templates(cached.Loader):
    """Every template, each read once: our own, and those of installed packages as they are."""

    def __init__(self, engine: Engine) -> None:
        ours, installed = f"{__name__}.Ours", "django.template.loaders.app_directories.Loader"
        super().__init__(engine, [ours, installed])


class Ours(filesystem.Loader):
    """Our own templates."""

    def get_contents(self, origin: Origin) -> str:
        """The template with its values isolated."""
        source: str = super().get_contents(origin)
        return isolating(source) if str(origin.name).endswith(".html") else source


def isolating(source: str) -> str:
    """A template whose values are isolated where they stand."""
    place, out = TemplatePlace(), []
    parts = iter(tag_re.split(source))
    for part in parts:
        if _OPENS.match(part):
            out += _sentence(part, parts, place)
        elif part.startswith("{{"):
            out.append(_value(part, place.filter))
        else:
            place.read(part)
            out.append(part)
    return "".join(out)


def _value(part: str, name: str) -> str:
    asked = part[2:-2].strip()
    if not name or asked == "block.super" or asked.endswith("|running"):
        return part
    return f"{{{{ {asked}|{name} }}}}"


def _sentence(opening: str, parts: Iterator[str], place: TemplatePlace) -> list[str]:
    """A translated sentence with the values in it: they are isolated where it is given them."""
    body, found, inside = [], {}, place.filter
    for part in parts:
        body.append(part)
        if part.startswith("{{"):
            name = part[2:-2].strip()
            found[name] = place.filter and found.get(name, place.filter)
        elif _CLOSES.match(part):
            break
        else:
            place.read(part)
    return [_given(opening, found, inside), *body] if inside else [opening, *body]


def _given(opening: str, found: dict[str, str], inside: str) -> str:
    """The tag that begins a sentence, with its values isolated. What is kept under a name may be
    put into a tag later, so it takes words alone."""
    bits = list(smart_split(opening[2:-2].strip()))
    name = WORDS if "asvar" in bits or inside == WORDS else LINE
    wanted = {one for one, where in found.items() if where}
    out: list[str] = []
    option, last = "", 0
    for bit in bits:
        option = bit if bit in _OPTIONS else option
        key, is_given, _value = bit.partition("=")
        if option == "with" and is_given:
            bit = f"{bit}|{name}" if key in wanted else bit
            last = len(out) + 1
        if is_given:
            wanted.discard(key)
        out.append(bit)
    more = [f"{one}={one}|{name}" for one in sorted(wanted)]
    if more and not last:
        more, last = ["with", *more], len(out)
    return "{% " + " ".join([*out[:last], *more, *out[last:]]) + " %}"


class TemplatePlace:
    """Where in a page the text of a template has come to."""

    def __init__(self) -> None:
        self.in_tag = self.in_comment = False
        self.quote = self.element = self.opened = ""

    @property
    def filter(self) -> str:
        """What isolates a value that stands here."""
        if self.in_tag or self.in_comment or self.element in _AS_IT_IS:
            return NOTHING
        return WORDS if self.element in _WORDS_ALONE else LINE

    def read(self, text: str) -> None:
        """Go on over some text; template tags in it change nothing."""
        if text.startswith(("{%", "{#")):
            return
        for mark in _MARK.finditer(text):
            self._meet(mark)

    def _meet(self, mark: re.Match[str]) -> None:
        sign, name = mark[0], (mark[2] or "").lower()
        if self.in_comment or sign == "<!--":
            self.in_comment = sign != "-->"
        elif self.in_tag:
            self._meet_in_tag(sign)
        elif name and self.element in _AS_IT_IS:
            if mark[1] and name == self.element:
                self.in_tag, self.opened = True, ""
        elif name:
            self.in_tag = True
            self.opened = "" if mark[1] else name

    def _meet_in_tag(self, sign: str) -> None:
        if self.quote:
            self.quote = "" if sign == self.quote else self.quote
        elif sign in "\"'":
            self.quote = sign
        elif sign == ">":
            self.in_tag = False
            self.element = self.opened if self.opened in _AS_IT_IS | _WORDS_ALONE else ""
