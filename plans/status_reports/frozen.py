"""A status report as it was sent: plain values, their canonical JSON and its digest. Pure.

``FORMAT`` is part of what is sealed: a later field comes with a default in a later format, and a
report of an earlier one is read, and proved, as it was written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from plans.document.plan_document import canonical

FORMAT = "kommuneplan-statusrapport-1"


@dataclass(frozen=True, slots=True)
class FrozenSection:
    """One part under its heading; ``blocks`` are (anchor, sanitised HTML)."""

    uid: str
    part: str
    title: str
    blocks: tuple[tuple[str, str], ...] = ()

    @property
    def html(self) -> str:
        """The text."""
        return "\n".join(html for _anchor, html in self.blocks)


@dataclass(frozen=True, slots=True)
class FrozenReport:
    """What a report says. ``recipients`` are those it was to go to when it was frozen;
    ``workers`` the case workers by role, empty for one who is missing; ``settles`` the requests
    and duties it was said to fulfil: (kind, uid, in words)."""

    uid: str
    plan: str
    plan_title: str
    body: str
    number: int
    edition: int
    title: str
    covers_from: dt.date | None
    covers_until: dt.date | None
    dated_on: dt.date
    sender_unit: str = ""
    case_number: str = ""
    document_number: str = ""
    workers: tuple[str, ...] = ()
    correction_reason: str = ""
    recipients: tuple[str, ...] = ()
    sections: tuple[FrozenSection, ...] = ()
    settles: tuple[tuple[str, str, str], ...] = ()

    def to_json(self) -> str:
        """The canonical form that is stored and sealed."""
        return canonical({"format": FORMAT, **asdict(self)})

    @property
    def words(self) -> list[tuple[str, str]]:
        """(title, text) of all that somebody wrote: the head, then each section."""
        head = " ".join(
            (self.title, self.sender_unit, *self.workers, self.correction_reason, *self.recipients)
        )
        return [(self.title, head), *((one.title, one.html) for one in self.sections)]


def digest(content: str) -> str:
    """The seal of a stored report."""
    return hashlib.sha256(content.encode()).hexdigest()


def from_json(content: str) -> FrozenReport:
    """The report that was stored."""
    told: dict[str, Any] = json.loads(content)
    told.pop("format")
    sections = tuple(
        FrozenSection(one["uid"], one["part"], one["title"], tuple(map(tuple, one["blocks"])))  # type: ignore[arg-type]
        for one in told.pop("sections")
    )
    days = {
        name: dt.date.fromisoformat(told.pop(name)) if told[name] else told.pop(name)
        for name in ("covers_from", "covers_until", "dated_on")
    }
    lists = {name: tuple(told.pop(name)) for name in ("workers", "recipients")}
    settles = tuple(tuple(one) for one in told.pop("settles"))
    return FrozenReport(**told, **days, **lists, sections=sections, settles=settles)


def is_as_sealed(content: str, seal: str) -> bool:
    """Is it, letter by letter, what was sealed?"""
    return digest(content) == seal
