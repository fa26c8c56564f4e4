"""The words that a page has sent, without the boxes around them: all that its script needs kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext

from kommuneplan.keeping import Typed, mark

from ..actions.drafts import MOST_REMARKS

LONGEST = 20_000  # letters in one field
MOST_BOXES = 2 * MOST_REMARKS  # for remarks, in what one page sends: all there can be, and new ones
_UID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"
_REMARK = re.compile(rf"remarks\.{_UID}")
_FIELD = re.compile(rf"text\Z|(?:answers|remarks)\.{_UID}")
_ANCHOR = re.compile(r"[0-9a-z-]{1,64}\Z")
_PAGE = re.compile(r"[0-9a-z]{1,32}\Z")


class TooManyRemarks(SuspiciousOperation):
    """More boxes than any page of ours has: a program sent them."""


class SentWords:
    """What was sent of the fields with words: ``values`` by name, and ``errors``: why a field
    cannot be kept. ``stored``: what stands in all fields of the answer; ``most``: the letters that
    one answer may have."""

    def __init__(self, data: Mapping[str, Any], stored: Mapping[str, str], *, most: int) -> None:
        self.data, self.stored = data, stored
        self.values = {name: typed(data, name) for name in data if _FIELD.match(name)}
        new_remarks(data)
        self.errors = {
            name: too_long() for name, words in self.values.items() if len(words) > LONGEST
        }
        there = {name: words for name, words in stored.items() if _FIELD.match(name)}
        if sum(map(len, {**there, **self.values}.values())) > most:
            changed = [name for name in self.values if mark(self.values[name]) != self._seen(name)]
            self.errors = {name: too_many_letters() for name in changed} | self.errors

    def _seen(self, name: str) -> str:
        return typed(self.data, f"seen.{name}") or mark("")

    def typed(self, sender: Mapping[str, str]) -> Typed:
        """What is to be kept, with the sender's fields that can be."""
        sound = {name: words for name, words in self.values.items() if name not in self.errors}
        return typed_of(self.data, sound | sender)

    @property
    def new(self) -> dict[str, tuple[str, str]]:
        """Anchor and marked words of the remarks that may not be there yet, by uid."""
        found = {}
        for name in self.values:
            if _REMARK.match(name) and name not in self.stored:
                found[name] = typed(self.data, f"anchor.{name}"), typed(self.data, f"marked.{name}")
        return with_place(found)


def typed(data: Mapping[str, Any], name: str) -> str:
    """The words of a field in one shape of line ends."""
    value = data.get(name) or ""
    return value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def typed_of(data: Mapping[str, Any], words: Mapping[str, str]) -> Typed:
    """The words with the marks, the page and the writer that came with them."""
    return Typed(
        words=dict(words),
        seen={name: typed(data, f"seen.{name}") or mark("") for name in words},
        page=page_of(data),
        sequence=sequence_of(data),
        writer=typed(data, "writer")[:100],
    )


def new_remarks(data: Mapping[str, Any]) -> list[str]:
    """The boxes of remarks that were sent. Raises TooManyRemarks."""
    sent = [name for name in data if _REMARK.match(name)]
    if len(sent) > MOST_BOXES:
        raise TooManyRemarks
    return sent


def with_place(remarks: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Those whose anchor can be one, by uid."""
    return {
        name.partition(".")[2]: where for name, where in remarks.items() if _ANCHOR.match(where[0])
    }


def page_of(data: Mapping[str, Any]) -> str:
    """The key of the open page that something came from."""
    page = str(data.get("page") or "")
    return page if _PAGE.match(page) else ""


def sequence_of(data: Mapping[str, Any]) -> int:
    """How many times the page had sent something; 0 without the script."""
    count = str(data.get("sequence") or "")
    return int(count) if count.isdecimal() and len(count) < 10 else 0


def too_long() -> str:
    """Why a field of so many letters is not kept."""
    return gettext(
        "The text is too long to be kept: at most 20,000 letters. Shorten it, or send the "
        "rest as a file."
    )


def too_many_letters() -> str:
    """Why a field of an answer with so many letters is not kept."""
    return gettext(
        "The response has as many letters as one can have. Shorten it, or send the rest as a file."
    )
