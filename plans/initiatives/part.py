"""The part *initiatives* of a document: each initiative with all that is said of it. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import TimeSpan
from plans.document.comparison import Compared, ComparisonRow, merged, row_of
from plans.document.date_words import shown_date
from plans.document.parts import BlockWords, DocumentPart, KindOfBlock
from plans.document.plan_document import MilestoneLine, Moved, day_of, span_of
from plans.enums import ActivityState, FundingKind, InitiativeState

from .amounts import amount_words

KEY = "initiatives"


@dataclass(frozen=True, slots=True)
class Reference:
    """Something of the same plan that is pointed to: its uid, and what it is called."""

    uid: str
    title: str


@dataclass(frozen=True, slots=True)
class InitiativePhaseLine:
    """A phase, in the order of the initiative."""

    uid: str
    title: str
    when: TimeSpan | None = None
    written: str = ""
    aim: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity. ``leads_to``: the links of the plan's chain it is an activity of."""

    uid: str
    title: str
    when: TimeSpan | None = None
    written: str = ""
    kind: str = "other"
    description: str = ""
    audiences: tuple[str, ...] = ()
    phase: str = ""
    closes_phase: bool = False
    state: str = "planned"
    done_on: dt.date | None = None
    dropped_because: str = ""
    moved: tuple[Moved, ...] = ()
    milestone: Reference | None = None
    leads_to: tuple[Reference, ...] = ()

    @property
    def as_milestone(self) -> MilestoneLine:
        """As drawings and calendars know it."""
        state = {"done": "done", "dropped": "cancelled"}.get(self.state, "planned")
        return MilestoneLine(
            uid=self.uid,
            title=self.title,
            when=self.when,
            written=self.written,
            kind=self.kind,
            description=self.description,
            phase=self.phase or None,
            state=state,
            done_on=self.done_on,
            moved=self.moved,
        )


@dataclass(frozen=True, slots=True)
class FundingLine:
    """Money: ``amount`` in whole DKK, None where it is not known."""

    kind: str
    source: str
    amount: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    note: str = ""

    @property
    def period(self) -> str:
        """The years it is for."""
        years = [str(year) for year in (self.first_year, self.last_year) if year]
        return "–".join(dict.fromkeys(years))


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """An organisation, and what it does."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A website or a document; ``annex`` is the uid of an annex of the plan, where it is one."""

    kind: str
    title: str
    address: str = ""
    note: str = ""
    annex: str = ""


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """One initiative. ``own_plan``: the plan it has, where it has one; ``focus_areas``: those of
    the plan that it works on."""

    uid: str
    title: str
    aim: str = ""
    when: TimeSpan | None = None
    written: str = ""
    duration: str = ""
    state: str = "planned"
    ended_on: dt.date | None = None
    stopped_because: str = ""
    lead: str = ""
    participants_count: int | None = None
    participants: str = ""
    target_groups: tuple[str, ...] = ()
    own_plan: Reference | None = None
    focus_areas: tuple[Reference, ...] = ()
    phases: tuple[InitiativePhaseLine, ...] = ()
    activities: tuple[ActivityLine, ...] = ()
    funding: tuple[FundingLine, ...] = ()
    partners: tuple[PartnerLine, ...] = ()
    links: tuple[LinkLine, ...] = ()
    is_example: bool = False

    @property
    def period(self) -> str:
        """When, and how long, in words: "2009–2012 (treårigt)"."""
        when = shown_date(self)  # type: ignore[arg-type]
        if when and self.duration:
            return f"{when} ({self.duration})"
        return when or self.duration

    @property
    def current_phase(self) -> InitiativePhaseLine | None:
        """Where it stands."""
        return next((phase for phase in self.phases if phase.is_current), None)

    @property
    def who(self) -> str:
        """ "20 sagsbehandlere"."""
        count = f"{self.participants_count}" if self.participants_count is not None else ""
        return " ".join(filter(None, [count, self.participants]))


Initiatives = tuple[InitiativeLine, ...]


# --- from JSON


def read(data: list[dict[str, Any]]) -> Initiatives:
    """The value as JSON holds it."""
    return tuple(_initiative(line) for line in data)


def _initiative(line: dict[str, Any]) -> InitiativeLine:
    return InitiativeLine(
        **{
            **line,
            "when": span_of(line["when"]),
            "ended_on": day_of(line["ended_on"]),
            "target_groups": tuple(line["target_groups"]),
            "own_plan": _reference(line["own_plan"]),
            "focus_areas": tuple(Reference(**one) for one in line["focus_areas"]),
            "phases": tuple(
                InitiativePhaseLine(**{**one, "when": span_of(one["when"])})
                for one in line["phases"]
            ),
            "activities": tuple(_activity(one) for one in line["activities"]),
            "funding": tuple(FundingLine(**one) for one in line["funding"]),
            "partners": tuple(PartnerLine(**one) for one in line["partners"]),
            "links": tuple(LinkLine(**one) for one in line["links"]),
        }
    )


def _activity(line: dict[str, Any]) -> ActivityLine:
    return ActivityLine(
        **{
            **line,
            "when": span_of(line["when"]),
            "done_on": day_of(line["done_on"]),
            "audiences": tuple(line["audiences"]),
            "milestone": _reference(line["milestone"]),
            "leads_to": tuple(Reference(**one) for one in line["leads_to"]),
            "moved": tuple(
                Moved(**{**m, "when": span_of(m["when"]), "changed_on": day_of(m["changed_on"])})
                for m in line["moved"]
            ),
        }
    )


def _reference(value: dict[str, Any] | None) -> Reference | None:
    return Reference(**value) if value else None


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
    template="plans/document/initiatives.html",
    follows_up=True,
    sealed=160,
    on_page=50,
    on_paper=50,
)
