"""A window in which somebody writes, as static/js/keeping.js has it: the same state of each field,
the same questions, the same learning. What the script does, this does; whoever changes the one
changes the other.

``Window`` is the script; ``OldWindow`` the script as it was before, for pages that were open when
the server was renewed; ``NaiveWindow`` with ``all_marks`` the fault of which all this was made: it
adopts the marks of every field.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

SEEN = "seen."
NOT_NEWS = ("text",)  # of a section: its editor cannot be filled


class Form(HTMLParser):
    """The form of a page in which words are kept: its fields as a browser would read them."""

    def __init__(self, html: str, sign: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sign, self.inside = sign, False
        self.values: dict[str, str] = {}
        self.buttons: list[tuple[str, str]] = []
        self._area: str | None = None
        self.feed(html[max(0, html.index(sign) - 600) :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.inside = self.sign in told
        name = told.get("name")
        if not self.inside or not name:
            return
        if tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "button":
            self.buttons.append((name, told.get("value") or ""))
        elif told.get("type") in {"radio", "checkbox"}:
            self.values.setdefault(name, "")
            if "checked" in told:
                self.values[name] = told.get("value") or "on"
        elif tag == "input":
            self.values[name] = told.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = None
        elif tag == "form":
            self.inside = False


@dataclass
class Field:
    """As ``fields`` in the script."""

    mark: str
    kept: str
    value: str
    beside: str | None = None
    unsure: bool = False
    refused: str | None = None


@dataclass
class Sent:
    """Something on its way to the server, and what the script remembers of it."""

    body: dict[str, str]
    words: dict[str, str]


@dataclass
class Window:
    """The script of one open page."""

    values: dict[str, str]
    along: Callable[[str], tuple[str, ...]] = lambda name: ()
    unfillable: tuple[str, ...] = ()
    page: str = field(default_factory=lambda: uuid.uuid4().hex[:16])
    sequence: int = 0
    waits_for: Sent | None = None
    told_kept: set[str] = field(default_factory=set)
    told: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [key[len(SEEN) :] for key in self.values if key.startswith(SEEN)]
        self.fields = {
            name: Field(self.values[SEEN + name], words, words)
            for name in names
            for words in [self.values.get(name, "")]
        }

    def is_open(self, name: str) -> bool:
        one = self.fields[name]
        return one.unsure or one.value != (one.kept if one.beside is None else one.beside)

    def unsent(self) -> list[str]:
        return [
            name
            for name, one in self.fields.items()
            if self.is_open(name) and one.refused != one.value
        ]

    def typed(self, name: str, words: str) -> None:
        """A person has typed."""
        self.fields[name].value = words

    def send(self, asks: bool = False) -> Sent | None:
        """What the script sends now, if it sends anything."""
        now = self.unsent()
        if self.waits_for is not None or not (now or asks):
            return None
        self.sequence += 1
        body = {"page": self.page, "sequence": str(self.sequence), "only": "1"}
        body |= {SEEN + name: one.mark for name, one in self.fields.items()}
        for name in now:
            body |= {key: self.values[key] for key in self.along(name) if key in self.values}
            body[name] = self.fields[name].value
            self.fields[name].unsure = True
        if not now:
            body |= {key: self.values[key] for key in self.along("") if key in self.values}
        self.waits_for = Sent(body, {name: self.fields[name].value for name in now})
        return self.waits_for

    def failed(self) -> None:
        """The network failed: whether it arrived, nobody knows."""
        self.waits_for = None

    def learn(self, told: dict[str, Any], status: int) -> None:
        """The answer to what was sent."""
        sent, self.waits_for = self.waits_for, None
        assert sent is not None
        assert status == 200, (status, told)
        if told["late"]:
            self.sequence = max(self.sequence, told["sequence"])
            return
        for name, words in sent.words.items():
            one = self.fields[name]
            one.unsure, one.refused = False, None
            if name in told["seen"]:
                one.kept, one.mark, one.beside = words, told["seen"][name], None
                self.told_kept |= set(words.split())
            elif name in told["beside"]:
                one.beside = words
                self.told_kept |= set(words.split())
            else:
                one.beside = None
                if words != one.kept:
                    one.refused = words
        told_news = dict(told["news"])
        for name, one in self.fields.items():
            if one.beside is None or name in told["beside"]:
                continue
            if one.value == one.beside:
                told_news.setdefault(name, {"words": one.kept, "seen": one.mark})
                one.kept = one.beside
            one.beside = None
        for name, news in told_news.items():
            one = self.fields.get(name)
            if one is None or self.is_open(name) or one.beside is not None:
                continue
            if one.value != news["words"]:
                if name in self.unfillable:
                    continue
                one.value = news["words"]
            one.kept, one.mark = one.value, news["seen"]
        self.told = told["told"]

    def form(self, pressed: dict[str, str]) -> dict[str, str]:
        """All the fields of the form, as a button of it sends them."""
        body = {**self.values, **{name: one.value for name, one in self.fields.items()}}
        body |= {SEEN + name: one.mark for name, one in self.fields.items()}
        self.sequence += 1
        return {**body, "page": self.page, "sequence": str(self.sequence), **pressed}


@dataclass
class OldWindow(Window):
    """The script of a page that was opened before the server was renewed: it sends every field,
    adopts the marks it is given, and stops when two have changed one field. That of answers knew
    no pages (``counts``), those of sections and statuses no marks."""

    counts: bool = False
    all_marks: bool = False
    is_stopped: bool = False

    def send(self, asks: bool = False) -> Sent | None:
        if self.waits_for is not None or self.is_stopped or not self.unsent():
            return None
        body = {**self.values, **{name: one.value for name, one in self.fields.items()}}
        if self.counts:
            self.sequence += 1
            body |= {"page": self.page, "sequence": str(self.sequence), "known": ""}
            body = {key: words for key, words in body.items() if not key.startswith(SEEN)}
        else:
            body |= {SEEN + name: one.mark for name, one in self.fields.items()}
            del body["page"], body["sequence"]
        self.waits_for = Sent(body, {name: one.value for name, one in self.fields.items()})
        return self.waits_for

    def learn(self, told: dict[str, Any], status: int) -> None:
        sent, self.waits_for = self.waits_for, None
        assert sent is not None
        if status == 409:
            self.is_stopped = True
            return
        for name, words in sent.words.items():
            self.fields[name].kept = words
            self.told_kept |= set(words.split())
        for name, mark in told["seen"].items():
            if name in self.fields:
                self.fields[name].mark = mark
