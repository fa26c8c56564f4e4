"""What a plan of the demo is made of, as plain values; nothing here knows the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.enums import BodyKind, MeetingKind
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.enums import (
    ActivityState,
    Asker,
    BudgetState,
    CycleState,
    GoodDirection,
    Interval,
    MilestoneKind,
    Part,
    PlanKind,
    Stage,
)


@dataclass(frozen=True, slots=True)
class BodySpec:
    """A body; ``key`` is how the plans of the demo refer to it."""

    key: str
    name: str
    kind: BodyKind
    abbreviation: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Login:
    """An invented person with a role; ``body`` is a key of a BodySpec."""

    email: str
    name: str
    role: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class MeetingSpec:
    """A body's meeting on a day; the milestone that is this meeting has no date of its own."""

    body: str
    date: dt.date
    kind: MeetingKind = MeetingKind.ORDINARY
    begins_at: dt.time | None = None
    place: str = ""
    written: str = ""


When = TimeSpan | MeetingSpec | str
"""A date, a meeting, or words alone ("afventer")."""


@dataclass(frozen=True, slots=True)
class DemoMilestone:
    """One milestone. ``key`` names it within its plan; ``within`` is the key of another."""

    key: str
    title: str
    when: When
    kind: MilestoneKind
    bodies: tuple[str, ...] = ()
    others: str = ""
    description: str = ""
    phase: str = ""
    within: str = ""
    conditional: bool = False
    begins_at: dt.time | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A published date that is moved: which step, its new date, why, and who decided it."""

    step: str
    to: When
    reason: str
    decided_at: MeetingSpec | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in a plan's story: what is changed, what is then frozen, and what the public is told.

    ``decided`` names the step that is the meeting at which a body sent it out, ``wording`` is the
    extract of its protocol.

    ``done`` names the steps of which a paper says that they were done by then, and on which day
    where the step itself does not say it. Where it is None, as in an invented story, every step
    that is over by then is marked done.
    """

    at: dt.datetime
    stage: Stage
    reason: str
    parts: tuple[Part, ...] | None = None
    state: CycleState = CycleState.DRAFT
    head: dict[str, object] = field(default_factory=dict)
    added: tuple[DemoMilestone, ...] = ()
    moved: tuple[Move, ...] = ()
    done: dict[str, dt.date | None] | None = None
    decided: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that is measured: how many now, and how many are wanted."""

    label: str
    now: int
    wanted: int


@dataclass(frozen=True, slots=True)
class DemoChapter:
    """A section of the text and those under it. ``html`` is rich text as an editor writes it.

    ``part``: a ChapterPart value, where it belongs to the target group its chapter is called
    after; ``principle`` then says which.

    ``bars`` are drawn as an image under the words; ``alt`` says what it shows. ``remarks`` are what
    the lead has written in the margin, about the first paragraph.
    """

    title: str
    html: str = ""
    under: tuple[DemoChapter, ...] = ()
    is_public: bool = True
    part: str = ""
    principle: str = ""
    bars: tuple[Bar, ...] = ()
    alt: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Focus:
    """A focus area; ``steps`` are the keys of the milestones that belong to it."""

    title: str
    theme: str
    goals: str
    first_year: int
    last_year: int
    steps: tuple[str, ...] = ()
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """With which paper a request was answered, and when."""

    on: dt.date
    document: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """What a body asked for: ``due`` a date, words alone or nothing."""

    title: str
    due: TimeSpan | str = ""
    body: str = "SUD"
    meeting: MeetingSpec | None = None
    asked_on: dt.date | None = None
    asker: Asker = Asker.BODY
    item: str = ""
    words: str = ""
    answer: DemoAnswer | None = None


@dataclass(frozen=True, slots=True)
class DemoMoney:
    """A step of money. ``step`` is the key of its milestone, ``follows`` that of another."""

    key: str
    title: str
    state: BudgetState
    amount: int | None = None
    first_year: int | None = None
    source: str = ""
    last_year: int | None = None
    body: str = ""
    meeting: MeetingSpec | None = None
    step: str = ""
    follows: str = ""
    when: TimeSpan | str = ""
    words: str = ""
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class DemoIndicator:
    """What is measured, with targets and values by year; the first value is the baseline.
    ``focus``: the title of its focus area; ``preliminary``: the year whose value is not final."""

    name: str
    definition: str
    unit: str = ""
    decimals: int = 0
    direction: str = GoodDirection.UP
    interval: str = Interval.YEARLY
    source: str = ""
    reference: str = ""
    by_reference: bool = False
    focus: str = ""
    targets: tuple[tuple[int, str], ...] = ()
    values: tuple[tuple[int, str], ...] = ()
    preliminary: int = 0


@dataclass(frozen=True, slots=True)
class DemoActivity:
    """An activity of an initiative; ``phase`` is the title of its phase, ``moved_from`` its earlier
    date with the reason. ``step`` is the key of the milestone of the plan it belongs to."""

    title: str
    when: TimeSpan | None = None
    kind: str = MilestoneKind.OTHER
    audiences: tuple[str, ...] = ()
    phase: str = ""
    closes_phase: bool = False
    description: str = ""
    state: str = ActivityState.PLANNED
    done_on: dt.date | None = None
    moved_from: tuple[TimeSpan, str] | None = None
    step: str = ""
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class DemoInitiative:
    """An initiative with its rows: ``phases`` are title, date and whether it is the current one;
    ``funding`` kind, source, amount, first and last year, note; ``partners`` name and role;
    ``links`` kind, title, note. ``focus``: titles of focus areas."""

    title: str
    aim: str
    state: str
    when: TimeSpan | None = None
    duration: str = ""
    lead: str = ""
    participants: tuple[int | None, str] = (None, "")
    target_groups: tuple[str, ...] = ()
    phases: tuple[tuple[str, TimeSpan | None, bool], ...] = ()
    activities: tuple[DemoActivity, ...] = ()
    funding: tuple[tuple[str, str, int | None, int | None, int | None, str], ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    focus: tuple[str, ...] = ()
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class PlanSpec:
    """A plan as it was first written, and the moments of its story in order of time."""

    slug: str
    title: str
    kind: PlanKind
    proposal: str
    still_open: str
    decided_by: str
    body: str = "SUD"
    parent: str = ""
    head: dict[str, object] = field(default_factory=dict)
    opened_at: dt.datetime | None = None
    phases: tuple[tuple[str, str], ...] = ()
    steps: tuple[DemoMilestone, ...] = ()
    chapters: tuple[DemoChapter, ...] = ()
    principles: tuple[str, ...] = ()
    focus: tuple[Focus, ...] = ()
    indicators: tuple[DemoIndicator, ...] = ()
    initiatives: tuple[DemoInitiative, ...] = ()
    as_initiative: DemoInitiative | None = None  # how it stands in the plan above it
    story: tuple[Moment, ...] = ()
    has_lead: bool = False
    requests: tuple[DemoRequest, ...] = ()
    money: tuple[DemoMoney, ...] = ()
    matter: str = ""  # the title of the matter that lies before its body today


# Dates as they are written in the sources


def at(year: int, month: int, day: int, hour: int = 9) -> dt.datetime:
    """An instant in Denmark."""
    return dt.datetime(year, month, day, hour, tzinfo=COPENHAGEN)


def month(written: str, year: int, number: int) -> TimeSpan:
    """Some time in a month."""
    first, last = _month(year, number)
    return TimeSpan(first, last, first, last, Precision.MONTH, Modifier.NONE, written)


def months(written: str, year: int, first: int, last: int) -> TimeSpan:
    """From some day of one month to some day of another."""
    return TimeSpan(
        *_month(year, first), *_month(year, last), Precision.MONTH_RANGE, Modifier.NONE, written
    )


def part_of_month(written: str, year: int, number: int, third: int) -> TimeSpan:
    """Primo, medio or ultimo (third 0, 1, 2): 1.–10., 11.–20., 21.–last."""
    first, last = _month(year, number)
    begin = first.replace(day=10 * third + 1)
    end = last if third == 2 else first.replace(day=10 * third + 10)
    return TimeSpan(begin, end, begin, end, Precision.PART_OF_MONTH, Modifier.NONE, written)


def part_of_year(written: str, year: int, third: int) -> TimeSpan:
    """Primo, medio or ultimo of a year, in thirds."""
    first, last = dt.date(year, 4 * third + 1, 1), _month(year, 4 * third + 4)[1]
    return TimeSpan(first, last, first, last, Precision.PART_OF_YEAR, Modifier.NONE, written)


def exactly(written: str, first: dt.date, last: dt.date) -> TimeSpan:
    """From one day to another, both known and both included."""
    return TimeSpan(first, first, last, last, Precision.RANGE, Modifier.NONE, written)


def _month(year: int, number: int) -> tuple[dt.date, dt.date]:
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return dt.date(year, number, 1), following - dt.timedelta(days=1)


MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]


def words(day: dt.date) -> str:
    """A day as a Danish plan writes it: "5. marts 2008"."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def meets(
    body: str, day: dt.date, kind: MeetingKind = MeetingKind.ORDINARY, **more: object
) -> MeetingSpec:
    """A meeting of a body, written with its day."""
    return MeetingSpec(body, day, kind, written=words(day), **more)  # type: ignore[arg-type]
