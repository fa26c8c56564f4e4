"""The facts that the checks look at: a plan's milestones, its surroundings and the rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kommuneplan.timespan.span import Modifier, TimeSpan
from plans.enums import MilestoneKind, MilestoneState, PlanKind

# A plan's milestones may tell of other plans and papers; those are matters of their own.
_SUBJECTS = {
    "sub_strategy": r"del ?strategi",
    "target_group_plan": r"målgruppeplan",
    "centre_plan": r"center ?plan",
    "action_plan": r"handle?plan|handlingsplan",
    "framework_plan": r"rammeplan|rammepapir",
    "basis_paper": r"grundlagspapir",
    "budget": r"budget",
    "process": r"procesplan|tidsplan|kommissori|projektbeskrivelse",
    "standard": r"kvalitetsstandard",
    "status": r"statusnotat|statusrapport|årlig status",
}
_OF_SUBJECT = {kind: re.compile(words, re.IGNORECASE) for kind, words in _SUBJECTS.items()}


_LASTING = frozenset(kind.value for kind in MilestoneKind if kind.lasts)


@dataclass(frozen=True, slots=True)
class BodyFact:
    """Somebody who takes part. ``kind`` is the body's (council, committee, advisory …)."""

    uid: str
    name: str
    kind: str = ""
    short: str = ""  # its abbreviation


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A day in a body's calendar, and the last day papers are taken for it."""

    day: dt.date
    papers_due: dt.date | None = None
    kind: str = "ordinary"
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class CheckedMilestone:
    """A milestone as the checks see it. ``meeting`` is the meeting it takes its date from."""

    uid: str
    title: str
    when: TimeSpan | None
    kind: str = MilestoneKind.OTHER.value
    bodies: tuple[BodyFact, ...] = ()
    others: str = ""
    description: str = ""
    state: str = MilestoneState.PLANNED.value
    conditional: bool = False
    meeting: MeetingFact | None = None
    done_on: dt.date | None = None
    within: str = ""  # uid of the milestone it takes place in
    written: str = ""  # the words its date was written in
    round: str = ""  # uid of the consultation round that it is, where the process plan has no row

    @property
    def counts(self) -> bool:
        """It is to take place, or has; a cancelled one is not looked at."""
        return self.state != MilestoneState.CANCELLED

    @property
    def lasts(self) -> bool:
        """It goes on throughout its span (``MilestoneKind.lasts``)."""
        return self.kind in _LASTING

    @property
    def certain_day(self) -> dt.date | None:
        """The very day, where it is one and known."""
        span = self.when
        if span is None or not span.is_exact or span.earliest != span.latest:
            return None
        return span.earliest

    @property
    def certain_end(self) -> dt.date | None:
        """A day it certainly has not ended before; None when nothing is certain."""
        span = self.when
        if span is None or span.modifier in {Modifier.APPROX, Modifier.BY}:
            return None
        return span.earliest_end or span.earliest_begin

    @property
    def is_vague(self) -> bool:
        """About a day: nothing exact can be said of it."""
        return self.when is not None and self.when.modifier is Modifier.APPROX


@dataclass(frozen=True, slots=True)
class Depends:
    """``step`` begins at least ``days`` after ``after`` has ended (uids)."""

    step: str
    after: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Relative:
    """Another plan of the family and its adoption, if that has a date."""

    uid: str
    title: str
    kind: str
    adoption: TimeSpan | None
    is_parent: bool


@dataclass(frozen=True, slots=True)
class TextFact:
    """A section of the text, or the description of a milestone; each with its uid."""

    title: str
    text: str
    step: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class RoundFact:
    """An announced consultation round: the civil days it is open to everybody, and its page."""

    uid: str
    title: str
    first: dt.date
    last: dt.date
    address: str = ""
    withdrawn: bool = False
    milestone: str = ""  # uid of the one that takes its dates from the round


@dataclass(frozen=True, slots=True)
class TreatmentFact:
    """A body's turn with a matter. ``day``: when it decided, else its meeting's day."""

    matter: str  # uid
    title: str
    body: BodyFact
    position: int
    day: dt.date | None = None
    meeting: MeetingFact | None = None
    decided: bool = False
    is_open: bool = True  # the matter
    adopts: bool = False  # what the matter is for


@dataclass(frozen=True, slots=True)
class Rules:
    """What the law and the municipality's own settings ask for."""

    law_weeks: int | None = None
    law: str = ""  # "§ 24, stk. 3"
    objections: bool = False  # planloven § 27: adoption four weeks after the deadline
    shortest_hearing_days: int = 28
    hearing_weeks_outside_holidays: int = 4
    councils: tuple[str, ...] = ()  # "disability", "seniors"


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """A process plan and everything its checks need. ``steps`` are in the order of time; ``chain``
    is ``plans.lifecycle.chain.proposed_bodies``; ``rounds`` come from ``plans.consultations``."""

    kind: str
    steps: tuple[CheckedMilestone, ...]
    title: str = ""
    document_date: dt.date | None = None
    rules: Rules = field(default_factory=Rules)
    calendars: Mapping[str, tuple[MeetingFact, ...]] = field(default_factory=dict)
    depends: tuple[Depends, ...] = ()
    family: tuple[Relative, ...] = ()
    texts: tuple[TextFact, ...] = ()
    chain: tuple[str, ...] = ()  # uids of the bodies in the order they treat a plan
    rounds: tuple[RoundFact, ...] = ()
    treatments: tuple[TreatmentFact, ...] = ()
    councils: tuple[BodyFact, ...] = ()  # the advisory councils of the municipality
    first_year: int | None = None
    last_year: int | None = None

    def of_kind(self, *kinds: str) -> list[CheckedMilestone]:
        """The milestones of some kinds that have a date and are not cancelled."""
        return [s for s in self.steps if s.kind in kinds and s.counts and s.when is not None]

    def subject(self, step: CheckedMilestone) -> str:
        """What the milestone is about: "" is the plan itself, else another plan or paper."""
        found = [kind for kind, words in _OF_SUBJECT.items() if words.search(step.title)]
        own = {self.kind, "strategy"} if self.kind in PlanKind.values else {self.kind}
        return "" if not found or own & set(found) else found[0]

    def about(self, steps: Iterable[CheckedMilestone], subject: str = "") -> list[CheckedMilestone]:
        """Those about one thing."""
        return [step for step in steps if self.subject(step) == subject]

    def final_adoption(self, subject: str = "") -> CheckedMilestone | None:
        """The adoption that comes last, of the plan itself or of another subject."""
        found = self.about(self.of_kind(MilestoneKind.ADOPTION), subject)
        return max(found, key=lambda s: s.when.sort_key) if found else None

    def subjects(self) -> list[str]:
        """Everything the milestones are about, the plan itself first."""
        return sorted({self.subject(step) for step in self.steps})
