"""A person of some role who opens pages and sends the forms that stand there.

Every form is filled as it is found: what is hidden stays, what can be chosen is chosen, days are
days and words are words, by numbers that the walk draws. So whatever a page offers is tried,
also what nobody wrote a rule for.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from kommuneplan import clock

WORDS = (
    "Godkendt med bemærkninger", "ultimo oktober 2026", "3. november 2026", "Ændret af hensyn til",
    "Æ ø å – “anførsel” <b>fed</b>", "12", "2027", "uge 34 2026", "x" * 90, " ",
)  # fmt: skip
NOT_WALKED = ("/konto/", "/admin/", "/static/", "/media/", "/__", "/arbejde/personer/")


@dataclass
class Visitor:
    """One person's browser: where they are, and what they have seen a way to."""

    name: str
    client: Client
    page: str = "/"
    ways: list[str] = field(default_factory=lambda: ["/", "/planer/", "/hoeringer/"])
    forms: list[Any] = field(default_factory=list)

    def go(self, pick: int) -> str:
        """Open one of the pages that were seen a way to; a complaint, or nothing."""
        return self._shown(self.client.get(self.ways[pick % len(self.ways)], follow=True))

    def send(self, pick: int, seed: int) -> str:
        """Send one of the forms of the page that is open."""
        if not self.forms:
            return ""
        form = self.forms[pick % len(self.forms)]
        dice = random.Random(seed)
        data = filled(form, dice)
        target = urljoin(self.page, form.get("action") or self.page)
        if not _is_walked(target):
            return ""
        post = (form.get("method") or "get").lower() == "post"
        ask = self.client.post if post else self.client.get
        return self._shown(ask(target, data, follow=True))

    def _shown(self, answer: Any) -> str:
        """What the browser shows now; a complaint when that is an error of ours."""
        self.forms = []
        address = answer.request["PATH_INFO"]
        if answer.status_code >= 500:
            return f"{self.name}: {address} answers {answer.status_code}"
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 and answer.status_code not in (409, 422):
            return ""
        if not kind.startswith("text/html") or answer.streaming or not answer.content.strip():
            return ""
        self.page = address
        tree = html.fromstring(answer.content)
        self.forms = [one for one in tree.forms if _is_walked(urljoin(address, one.action or ""))]
        found = (urljoin(address, one) for one in tree.xpath("//main//a/@href"))
        new = [one for one in found if _is_walked(one) and one not in self.ways]
        self.ways = [*self.ways, *new][-150:]
        return ""


def _is_walked(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.netloc and parts.path.startswith("/") and not parts.path.startswith(NOT_WALKED)


def filled(form: Any, dice: random.Random) -> dict[str, Any]:
    """The values that a person might send: of several buttons one."""
    data: dict[str, Any] = {}
    radios: dict[str, list[str]] = {}
    for one in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = one.get("name"), (one.get("type") or one.tag).lower()
        if one.get("disabled") is not None or kind in {"submit", "button", "image"}:
            continue
        if kind == "radio":
            radios.setdefault(name, []).append(one.get("value") or "on")
        elif kind == "checkbox":
            if dice.random() < 0.5:
                data.setdefault(name, []).append(one.get("value") or "on")
        elif kind == "select":
            options = [option.get("value") or "" for option in one.xpath(".//option")]
            data[name] = dice.choice(options) if options else ""
        elif kind == "file":
            if dice.random() < 0.3:
                data[name] = SimpleUploadedFile("plan.txt", "Høring 3. maj 2026".encode())
        else:
            data[name] = _value(one, kind, dice)
    data.update({name: dice.choice(values) for name, values in radios.items()})
    buttons = form.xpath(".//button[@name] | .//input[@type='submit'][@name]")
    if buttons:
        button = dice.choice(buttons)
        data[button.get("name")] = button.get("value") or ""
    return data


def _value(one: Any, kind: str, dice: random.Random) -> str:
    before = (one.text if one.tag == "textarea" else one.get("value")) or ""
    if kind == "hidden" or (before and dice.random() < 0.5):
        return before
    if kind == "date":
        return f"{clock.today() + dt.timedelta(days=dice.randint(-3, 60)):%Y-%m-%d}"
    if kind == "number":
        return str(dice.randint(0, 30))
    if kind == "email":
        return "svar@example.org"
    return dice.choice(WORDS)
