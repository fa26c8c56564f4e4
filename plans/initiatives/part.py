"""The part *initiatives* of a document: each initiative with all that is said of it. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommuneplan.timespan.phrase import day_words
from plans.document.comparison import Compared, ComparisonRow, merged, row_of
from plans.document.date_words import shown_date
from plans.document.parts import BlockWords, DocumentPart, KindOfBlock
from plans.document.plan_document import MilestoneLine
from plans.enums import ActivityState, FundingKind, InitiativeState

from .amounts import amount_words
from .lines import (
    KEY,
    ActivityLine,
    FundingLine,
    InitiativeLine,
    InitiativePhaseLine,
    Initiatives,
    LinkLine,
    PartnerLine,
    read,
)

# --- its words


def words(value: Initiatives) -> Iterator[BlockWords]:
    """All that somebody wrote of each."""
    for line in value:
        written = "\n".join(filter(None, [line.title, *_written(line)]))
        yield BlockWords(line.uid, line.title, written)


def _written(line: InitiativeLine) -> Iterator[str]:
    yield from (line.aim, line.written, line.duration, line.stopped_because, line.lead, line.who)
    yield from line.target_groups
    for phase in line.phases:
        yield from (phase.title, phase.written, phase.aim)
    for one in line.activities:
        yield from (one.title, one.written, one.description, *one.audiences, one.dropped_because)
        yield from (word for moved in one.moved for word in (moved.written, moved.reason))
    for money in line.funding:
        yield from (money.source, money.note)
    for partner in line.partners:
        yield from (partner.name, partner.role)
    for link in line.links:
        yield from (link.title, link.address, link.note)


def redact(value: Initiatives, removed: Mapping[str, str]) -> Initiatives:
    """Without the words of some; that there was one, its state and its days stay."""
    return tuple(_redacted(one, removed[one.uid]) if one.uid in removed else one for one in value)


def _redacted(line: InitiativeLine, removed: str) -> InitiativeLine:
    when = dataclasses.replace(line.when, written="") if line.when else None
    return InitiativeLine(
        line.uid, removed, when=when, state=line.state, ended_on=line.ended_on,
        is_example=line.is_example,
    )  # fmt: skip


# --- word for word

FIELDS: dict[str, Any] = {
    "title": gettext_lazy("Title"),
    "aim": gettext_lazy("Aim"),
    "period": gettext_lazy("Period"),
    "state": gettext_lazy("State"),
    "lead": gettext_lazy("Led by"),
    "who": gettext_lazy("Who takes part"),
    "target_groups": gettext_lazy("Target groups"),
    "phases": gettext_lazy("Phases"),
    "activities": gettext_lazy("Activities"),
    "funding": gettext_lazy("Money"),
    "partners": gettext_lazy("Partners"),
    "links": gettext_lazy("Website and documents"),
}


def compare(before: Initiatives, after: Initiatives) -> Iterator[Compared]:
    """What is not the same of each initiative, field by field."""
    was, now = {line.uid: line for line in before}, {line.uid: line for line in after}
    for uid in merged(list(was), list(now)):
        old, new = was.get(uid), now.get(uid)
        title = (now.get(uid) or was[uid]).title
        rows = tuple(_rows(f"i-{uid}", title, old, new))
        kind = "new" if old is None else "gone" if new is None else "changed"
        if rows:
            yield Compared(f"i-{uid}", title, _kind_word(kind), rows, kind)


def _kind_word(kind: str) -> str:
    return {
        "new": _("New initiative"),
        "gone": _("Removed initiative"),
        "changed": _("Initiative"),
    }[kind]


def _rows(
    anchor: str, title: str, old: InitiativeLine | None, new: InitiativeLine | None
) -> Iterator[ComparisonRow]:
    for name, label in FIELDS.items():
        before, after = in_words(old, name), in_words(new, name)
        row = row_of(f"{anchor}-{name}", title, before, after, name, label)
        if row:
            yield row


def in_words(line: InitiativeLine | None, name: str) -> str:
    """A field of an initiative in words, for comparison and paper."""
    if line is None:
        return ""
    many = {
        "target_groups": lambda: line.target_groups,
        "phases": lambda: map(phase_words, line.phases),
        "activities": lambda: map(activity_words, line.activities),
        "funding": lambda: map(funding_words, line.funding),
        "partners": lambda: map(partner_words, line.partners),
        "links": lambda: map(link_words, line.links),
    }
    if name in many:
        return "\n".join(many[name]())
    if name == "state":
        return state_words(line)
    return str(getattr(line, name))


def state_words(line: InitiativeLine) -> str:
    """ "Stoppet 3. marts 2026: pengene slap op"."""
    word = str(capfirst(InitiativeState(line.state).label))
    day = f" {day_words(line.ended_on)}" if line.ended_on else ""
    return f"{word}{day}: {line.stopped_because}" if line.stopped_because else f"{word}{day}"


def phase_words(phase: InitiativePhaseLine) -> str:
    """ "Analyse: juni–december 2009 (her er initiativet nu)"."""
    when = shown_date(phase)  # type: ignore[arg-type]
    now = _("where the initiative stands now") if phase.is_current else ""
    name = ": ".join(filter(None, [phase.title, when]))
    return f"{name} ({now})" if now else name


def activity_state_words(line: ActivityLine) -> str:
    """ "Gennemført 3. marts 2026", "Udgået: sygdom"."""
    word = str(capfirst(ActivityState(line.state).label))
    day = f" {day_words(line.done_on)}" if line.done_on else ""
    reason = f": {line.dropped_because}" if line.dropped_because else ""
    return f"{word}{day}{reason}"


def activity_words(line: ActivityLine) -> str:
    """ "november 2009: Informationsmøder (planlagt)"."""
    when = shown_date(line.as_milestone)
    told = f"{when}: {line.title}" if when else line.title
    whom = f"; {', '.join(line.audiences)}" if line.audiences else ""
    return f"{told} ({activity_state_words(line)}){whom}"


def funding_words(line: FundingLine) -> str:
    """ "Satspulje: pulje 19M, 2009–2011, beløb ikke oplyst"."""
    label = str(capfirst(FundingKind(line.kind).label))
    return ", ".join(
        filter(None, [f"{label}: {line.source}", line.period, amount_words(line.amount), line.note])
    )


def partner_words(line: PartnerLine) -> str:
    """The organisation, and what it does."""
    return ": ".join(filter(None, [line.name, line.role]))


def link_words(line: LinkLine) -> str:
    """The title with its address and note."""
    return " ".join(filter(None, [line.title, line.address, f"({line.note})" if line.note else ""]))


def count(what: Any) -> Iterator[str]:
    """ "2 initiatives"."""
    n = len(what.new) + len(what.changed) + len(what.gone)
    if n:
        yield ngettext("%(n)s initiative", "%(n)s initiatives", n) % {"n": n}


def dates(value: Initiatives) -> Iterator[MilestoneLine]:
    """The activities, each with the name of its initiative, for the calendar of the plan."""
    for line in value:
        for one in line.activities:
            title = _("%(initiative)s: %(activity)s") % {
                "initiative": line.title,
                "activity": one.title,
            }
            yield dataclasses.replace(one.as_milestone, title=title, bodies=one.audiences)


PART = DocumentPart(
    key=KEY,
    label=gettext_lazy("initiatives"),
    heading=gettext_lazy("Initiatives"),
    kinds={KEY: KindOfBlock(gettext_lazy("initiative"), route="plans:initiative", is_named=True)},
    read=read,
    words=words,
    redact=redact,
    compare=compare,
    count=count,
    dates=dates,
    template="plans/document/initiatives.html",
    follows_up=True,
    sealed=160,
    on_page=50,
    on_paper=50,
)
