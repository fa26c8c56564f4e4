"""From a template and plain values to subject, plain text and HTML.

Values come from people, so nothing in them works: HTML is escaped, and addresses of pages are
broken up so that no mail program makes links of them. A link that is meant is a ``MailLink``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.template import Context
from django.template.loader import get_template

LONGEST_SUBJECT = 200
_BREAK = "\u200b"  # takes no room, and ends a link
_LINK_LIKE = re.compile(
    r"[a-z][a-z0-9+.-]{0,40}:(?=[/\w])\S+|\bwww\.\S+"
    r"|(?<![\w.])[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,63}\b\S*",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s")


class MailLink(str):
    """An absolute address of ours that shall work as a link in a mail."""

    def __new__(cls, address: str) -> MailLink:
        """Raises ValueError for what is no absolute address of a page."""
        if not re.match(r"https?://", address) or _SPACE.search(address):
            raise ValueError("A link in a mail is an absolute address")
        return super().__new__(cls, address)


def absolute(path: str) -> MailLink:
    """The address of a page of ours for a mail that no request has asked for (``path`` from
    ``reverse``); the house's own address is the setting SITE_ADDRESS."""
    return MailLink(f"{settings.SITE_ADDRESS}{path}")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it will be read."""

    subject: str
    text: str
    html: str


def render(
    template: str, values: Mapping[str, Any], frame: Mapping[str, str] | None = None
) -> Letter:
    """``mail/<template>.txt`` (with the blocks *subject* and *text*) and ``.html`` (*text*).

    ``frame`` is what the municipality says of itself: escaped, but an address in it may work.
    Raises TypeError for values that are not plain, and SuspiciousOperation when a subject holds
    a line break or another control character (a header of its own could follow).
    """
    safe = {name: _plain(value) for name, value in values.items()} | dict(frame or {})
    words = get_template(f"mail/{template}.txt").template  # type: ignore[attr-defined]
    page = get_template(f"mail/{template}.html").template  # type: ignore[attr-defined]
    subject = words.render(Context({**safe, "part": "subject"}, autoescape=False)).strip()
    _check(subject)
    if len(subject) > LONGEST_SUBJECT:  # a long title must not stand in the way of a mail
        subject = f"{subject[: LONGEST_SUBJECT - 1].rstrip()}…"
    text = words.render(Context({**safe, "part": "text"}, autoescape=False)).strip()
    html = page.render(Context({**safe, "subject": subject}))
    return Letter(subject, re.sub(r"\n{3,}", "\n\n", text) + "\n", html.strip() + "\n")


def _check(subject: str) -> None:
    if not subject or any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} for letter in subject):
        raise SuspiciousOperation("The subject of a mail is one line")


def inert(words: str) -> str:
    """The words, with anything a mail program could make a link of broken up (unseen)."""
    return _LINK_LIKE.sub(lambda found: re.sub(r"([.:/@])", rf"\1{_BREAK}", found[0]), words)


def _plain(value: Any) -> Any:
    """A value as a template may have it: no rows, whose fields nobody would have looked at."""
    if value is None or isinstance(value, MailLink | bool | int | float | dt.date | dt.time):
        return value
    if isinstance(value, str):
        return inert(str(value))
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} is no plain value for a mail")
