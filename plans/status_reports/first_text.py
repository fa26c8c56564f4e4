"""Facts of the data become the first text of a status report. Pure: no tables, no clock.

A fact becomes one sentence in one part of the report; it keeps where it comes from, so that a
person can look it up. The key of a sentence changes with its words: what has changed since it was
taken is offered again.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.enums import ReportPart


class FactKind(enum.StrEnum):
    """What sort of fact it is; a part of its key, so that it never changes."""

    ADOPTED = "adopted"
    LAST_REPORT = "last_report"
    DONE = "done"
    DECIDED = "decided"
    CONSULTED = "consulted"
    MOVED = "moved"
    CANCELLED = "cancelled"
    UNDER_WAY = "under_way"
    OVERDUE = "overdue"
    CONSULTING = "consulting"
    COMING = "coming"
    MONEY = "money"
    ANSWERED = "answered"
    MEASURED = "measured"


_PARTS: Mapping[FactKind, ReportPart] = {
    FactKind.ADOPTED: ReportPart.BACKGROUND,
    FactKind.LAST_REPORT: ReportPart.BACKGROUND,
    FactKind.DONE: ReportPart.DONE,
    FactKind.DECIDED: ReportPart.DONE,
    FactKind.CONSULTED: ReportPart.DONE,
    FactKind.MOVED: ReportPart.UNDER_WAY,
    FactKind.CANCELLED: ReportPart.UNDER_WAY,
    FactKind.UNDER_WAY: ReportPart.UNDER_WAY,
    FactKind.OVERDUE: ReportPart.UNDER_WAY,
    FactKind.CONSULTING: ReportPart.UNDER_WAY,
    FactKind.COMING: ReportPart.NEXT,
    FactKind.MONEY: ReportPart.DONE,
    FactKind.ANSWERED: ReportPart.DONE,
    FactKind.MEASURED: ReportPart.DONE,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the data says. ``when`` and ``before`` are dates in words, ``why`` a reason,
    ``who`` a body; ``source`` what it is called where it stands, ``address`` the page there."""

    kind: FactKind
    uid: str
    title: str = ""
    when: str = ""
    before: str = ""
    why: str = ""
    who: str = ""
    number: int = 0
    source: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A sentence of the first text, and where it comes from."""

    key: str
    part: str
    words: str
    source: str
    address: str

    @property
    def value(self) -> dict[str, str]:
        """As it is kept with the report."""
        return asdict(self)


def lines_of(facts: Iterable[Fact]) -> list[ReportLine]:
    """The sentences, in the order of the facts."""
    return [_line(fact) for fact in facts]


def lines_from(values: Iterable[Mapping[str, Any]]) -> list[ReportLine]:
    """The sentences that were kept with a report."""
    return [
        ReportLine(**{name: str(value[name]) for name in ReportLine.__slots__}) for value in values
    ]


def of_part(lines: Iterable[ReportLine], part: str) -> list[ReportLine]:
    """Those of one part."""
    return [line for line in lines if line.part == part]


def as_html(lines: Sequence[ReportLine]) -> str:
    """The sentences as a list; nothing where there are none."""
    if not lines:
        return ""
    return format_html(
        "<ul>{}</ul>", format_html_join("", "<li><p>{}</p></li>", ((one.words,) for one in lines))
    )


def new_lines(lines: Iterable[ReportLine], kept: Iterable[Mapping[str, Any]]) -> list[ReportLine]:
    """Those that are not among the sentences that were kept."""
    known = {str(value["key"]) for value in kept}
    return [line for line in lines if line.key not in known]


def _line(fact: Fact) -> ReportLine:
    words = " ".join(_words(fact).split())
    sign = hashlib.sha256(words.encode()).hexdigest()[:12]
    key = f"{fact.kind}:{fact.uid}:{sign}"
    return ReportLine(key, str(_PARTS[fact.kind]), words, fact.source, fact.address)


def _words(fact: Fact) -> str:
    told = {
        "title": fact.title.rstrip("."),
        "when": fact.when,
        "before": fact.before,
        "who": fact.who,
        "why": fact.why if fact.kind == FactKind.MONEY else _sentence(fact.why),
        "number": fact.number,
    }
    return _sentence(_TELL[fact.kind](told))


def _sentence(words: str) -> str:
    words = words.strip()
    return words if not words or words[-1] in ".!?" else f"{words}."


def _dated(told: Mapping[str, Any], words: str, without: str) -> str:
    return (words if told["when"] else without) % told


def _consulted(told: Mapping[str, Any]) -> str:
    words = ngettext(
        "The consultation “%(title)s” ended on %(when)s; %(number)s response came in",
        "The consultation “%(title)s” ended on %(when)s; %(number)s responses came in",
        int(told["number"]),
    )
    return words % told


_TELL: Mapping[FactKind, Any] = {
    FactKind.ADOPTED: lambda told: _("%(who)s adopted the plan on %(when)s") % told,
    FactKind.LAST_REPORT: lambda told: _("The last report is “%(title)s” of %(when)s") % told,
    FactKind.DONE: lambda told: _dated(
        told, _("%(title)s: done, %(when)s"), _("%(title)s: done")
    ),
    FactKind.DECIDED: lambda told: _("%(who)s, %(when)s: %(title)s") % told,
    FactKind.CONSULTED: _consulted,
    FactKind.MOVED: lambda told: _(
        "%(title)s has a new date: %(when)s. It was %(before)s. %(why)s"
    )
    % told,
    FactKind.CANCELLED: lambda told: _("%(title)s is cancelled. %(why)s") % told,
    FactKind.UNDER_WAY: lambda told: _("%(title)s is under way: %(when)s") % told,
    FactKind.OVERDUE: lambda told: _(
        "%(title)s was to be done %(when)s and is not marked as done"
    )
    % told,
    FactKind.CONSULTING: lambda told: _(
        "The consultation “%(title)s” can be answered until and including %(when)s"
    )
    % told,
    FactKind.COMING: lambda told: _dated(told, _("%(title)s: %(when)s"), "%(title)s"),
    FactKind.MONEY: lambda told: _("%(title)s: %(why)s %(when)s") % told,
    FactKind.ANSWERED: lambda told: _(
        "%(who)s asked for “%(title)s”; it was answered %(when)s"
    )
    % told,
    FactKind.MEASURED: lambda told: _("%(title)s was %(before)s, %(when)s") % told,
}  # fmt: skip
