"""Initiatives as documents hold them, and as JSON has them. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from kommuneplan.timespan.span import TimeSpan
from plans.document.date_words import shown_date
from plans.document.plan_document import MilestoneLine, Moved, day_of, span_of

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
