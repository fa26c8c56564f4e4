"""From milestones to a drawing: pure, as plain data; the SVG is in a template.

A drawing has three columns: labels at the left (``LABEL`` pixels), the plot, whose width is the
page's and in which a place is a percentage, and room for the dates at the right (``DATES``
pixels). Downwards everything is in pixels. Every milestone has a row of its own, as high as its
words need, so nothing can collide, however wide the page is. The table under the drawing is made
from the same groups and rows, so that both have the same order and words.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from plans.document.date_words import shown_date
from plans.document.plan_document import MilestoneLine, PlanDocument
from plans.enums import MilestoneState

from .marks import Mark, arrow_between, check_place, ghosts_of, mark_of
from .phases import OTHER, UNDATED, under_headings
from .scale import LEVELS, MAJOR_SIZE, TICK_GAP, TICK_SIZE, Scale, Tick, scale_for
from .text_width import width, wrap

LABEL, DATES = 280, 168  # width of the columns at the left and at the right, pixels
TEXT, SMALL = 15, 14  # font sizes of labels and dates, pixels
LINE, PAD = 20, 6  # height of a line of text; air above and below a row
INDENT = 16  # what takes place within another milestone
TODAY_TOP, MAJOR_TOP, MINOR_TOP, HEAD = 2, 24, 46, 72
TRACK = 18  # height of one track in a lane
AFTER_MARK = 14  # from a mark to its date; half a diamond and some air


class TimelineFate(enum.StrEnum):
    """What the public sees of a milestone's fate; lateness is not for the public."""

    DONE = "done"
    CANCELLED = "cancelled"
    PAST = "past"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; ``left`` is negative in the column of labels."""

    left: float
    top: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Do the two share more than an edge?"""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text: the left edge in pixels and the baseline of each line."""

    left: float
    lines: tuple[tuple[float, str], ...]

    @classmethod
    def at(cls, left: float, top: float, lines: Sequence[str]) -> Text:
        """Lines below each other, the first in the line of text that begins at ``top``."""
        return cls(left, tuple((top + LINE * n + 15, line) for n, line in enumerate(lines)))


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One milestone: words, mark, the places it was moved from."""

    line: MilestoneLine
    status: TimelineFate
    words: str
    label: Text
    date: Text
    date_x: float
    mark: Mark | None
    y: float
    ghosts: tuple[Mark, ...] = ()
    arrow: tuple[float, float] | None = None
    check_x: float | None = None
    first_after_today: bool = False

    @property
    def tone(self) -> str:
        """Coming things have the municipality's colour, all others are grey."""
        return "coming" if self.status is TimelineFate.COMING else "past"


@dataclass(frozen=True, slots=True)
class PhaseRows:
    """The rows of a phase, of what has no phase, or of what has no date."""

    kind: str  # "phase", "other", "only" (there are no phases) or "undated"
    uid: str
    title: str
    purpose: str
    heading: Text | None
    rows: tuple[TimelineRow, ...]
    extent: tuple[float, float] | None = None  # x and width, per cent
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class LaneMark:
    """A milestone of another plan in that plan's lane; named in the table only."""

    row: TimelineRow
    y: float


@dataclass(frozen=True, slots=True)
class Lane:
    """Another plan on the same scale: its title and all its marks in as few tracks as will do."""

    uid: str
    title: str
    label: Text
    marks: tuple[LaneMark, ...]
    rows: tuple[TimelineRow, ...]
    top: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole. Without a scale there is nothing to draw, but there may be rows without a date."""

    scale: Scale | None
    ticks: tuple[Tick, ...]
    groups: tuple[PhaseRows, ...]
    lanes: tuple[Lane, ...]
    lanes_heading: Text | None
    height: float
    today: dt.date
    today_x: float | None
    shapes: frozenset[str] = field(default_factory=frozenset)

    tones = ("coming", "past")  # hatching and fading are made in each

    @property
    def rows(self) -> list[TimelineRow]:
        """The plan's own rows, in the order of drawing and table."""
        return [row for group in self.groups for row in group.rows]

    @property
    def key_tone(self) -> str:
        """The tone the key is drawn in: that of what is to come, if anything is."""
        return "coming" if "coming" in self.shapes else "past"

    @property
    def today_anchor(self) -> str:
        """Which end of the word "today" stands at the line, so that it stays inside."""
        assert self.today_x is not None
        return "start" if self.today_x < 50 else "end"

    def boxes(self, plot: float) -> Iterator[Box]:
        """Every box of words in a plot of that many pixels; what a test of collisions needs."""
        level = max(level for level, least in LEVELS.items() if least <= plot)
        for tick in self.ticks:
            if level in tick.levels:
                size, top = (MAJOR_SIZE, MAJOR_TOP) if tick.strong else (TICK_SIZE, MINOR_TOP)
                wide = width(tick.label, size, strong=tick.strong)
                yield Box(tick.x * plot / 100 + TICK_GAP, top, wide, LINE)
        headings = [group.heading for group in self.groups if group.heading]
        for heading in [*headings, *([self.lanes_heading] if self.lanes_heading else [])]:
            yield from _boxes(heading, 0, strong=True)
        for row in self.rows:
            yield from _boxes(row.label, 0)
            yield from _boxes(row.date, row.date_x * plot / 100, size=SMALL)
        for lane in self.lanes:
            yield from _boxes(lane.label, 0)


def _boxes(text: Text, left: float, *, size: int = TEXT, strong: bool = False) -> Iterator[Box]:
    for baseline, line in text.lines:
        yield Box(left + text.left, baseline - 15, width(line, size, strong=strong), LINE)


def draw(
    document: PlanDocument,
    *,
    today: dt.date,
    below: Sequence[PlanDocument] = (),
    undated: str = UNDATED,
    other: str = OTHER,
    plans_below: str = "Planer under denne",
) -> Drawing:
    """The timeline of a plan, with the plans below it as lanes. Its words are parameters."""
    every = [document, *below]
    scale = scale_for(_days(every), today=today)
    groups, top = _groups(document, scale, today, {"undated": undated, "other": other})
    lanes, heading = [], None
    drawn_below = [plan for plan in below if any(m.when for m in plan.process_plan.milestones)]
    if drawn_below and scale:
        heading = Text.at(-LABEL, top + 2 * PAD, wrap(plans_below, LABEL - 16, TEXT, strong=True))
        top += 3 * PAD + LINE * len(heading.lines)
        for plan in drawn_below:
            lane, top = _lane(plan, scale, today, top)
            lanes.append(lane)
    inside = scale is not None and scale.first <= today <= scale.last
    shapes = {row.mark.shape.value for row in _all_rows(groups, lanes) if row.mark}
    return Drawing(
        scale=scale,
        ticks=scale.ticks() if scale else (),
        groups=tuple(groups),
        lanes=tuple(lanes),
        lanes_heading=heading,
        height=top + PAD,
        today=today,
        today_x=scale.middle(today) if scale and inside else None,
        shapes=frozenset(shapes | _more_signs(_all_rows(groups, lanes))),
    )


def _all_rows(groups: Iterable[PhaseRows], lanes: Iterable[Lane]) -> list[TimelineRow]:
    return [row for part in (*groups, *lanes) for row in part.rows]


def _more_signs(rows: list[TimelineRow]) -> set[str]:
    """What else the key has to explain."""
    signs = {row.status.value for row in rows if row.mark}
    signs |= {"tails" for row in rows if row.mark and row.mark.core}
    signs |= {"conditional" for row in rows if row.line.conditional and row.mark}
    return signs | {"moved" for row in rows if row.ghosts}


def _days(documents: Iterable[PlanDocument]) -> Iterator[dt.date]:
    """Every day that must lie on the scale."""
    for document in documents:
        for line in document.process_plan.milestones:
            for when in (line.when, *(moved.when for moved in line.moved)):
                if when:
                    days = (
                        when.earliest_begin,
                        when.latest_begin,
                        when.earliest_end,
                        when.latest_end,
                    )
                    yield from (day for day in days if day)


# --- rows ------------------------------------------------------------------------------------


def _groups(
    document: PlanDocument, scale: Scale | None, today: dt.date, words: dict[str, str]
) -> tuple[list[PhaseRows], float]:
    plan, groups = document.process_plan, []
    top: float = HEAD if scale else 0
    turn = _Turn(scale, today)
    for part in under_headings(plan.phases, plan.milestones, **words):
        group, top = _group(
            part.kind, part.uid, part.title, part.purpose, part.rows, scale, today, top, turn
        )
        groups.append(group)
    return groups, top


class _Turn:
    """Finds the first row, in reading order, that comes after today and stands below one that
    does not: where a list says "today"."""

    def __init__(self, scale: Scale | None, today: dt.date) -> None:
        self.open = scale is not None and scale.first <= today <= scale.last
        self.today, self.seen_past = today, False

    def is_here(self, line: MilestoneLine) -> bool:
        if not self.open or not line.when:
            return False
        if line.when.sort_key[0] <= self.today:
            self.seen_past = True
            return False
        self.open = not self.seen_past
        return self.seen_past


def _group(
    kind: str, uid: str, title: str, purpose: str, lines: list[MilestoneLine],
    scale: Scale | None, today: dt.date, top: float, turn: _Turn,
) -> tuple[PhaseRows, float]:  # fmt: skip
    heading, y = None, top
    if title:
        heading = Text.at(-LABEL, top + 2 * PAD, wrap(title, LABEL - 16, TEXT, strong=True))
        y = top + 2 * PAD + LINE / 2
        top += 3 * PAD + LINE * len(heading.lines)
    rows = []
    for line in lines:
        row, top = _row(line, scale, today, top, here=turn.is_here(line))
        rows.append(row)
    marks = [row.mark for row in rows if row.mark]
    extent = None
    if heading and marks:
        first, last = min(mark.x for mark in marks), max(mark.end for mark in marks)
        extent = (first, round(last - first, 2))
    return PhaseRows(kind, uid, title, purpose, heading, tuple(rows), extent, y), top


def _row(
    line: MilestoneLine, scale: Scale | None, today: dt.date, top: float, *, here: bool = False
) -> tuple[TimelineRow, float]:
    indent = INDENT if line.within else 0
    words = shown_date(line)
    label = wrap(line.title, LABEL - 16 - indent, TEXT)
    dates = wrap(words, DATES - AFTER_MARK, SMALL)
    mark = mark_of(line, scale) if scale else None
    ghosts = ghosts_of(line, scale) if scale and mark else ()
    status = status_of(line, today)
    check_x = (
        check_place(line, mark, scale) if scale and mark and status is TimelineFate.DONE else None
    )
    date_x = max((m.end for m in (mark, *ghosts) if m), default=0.0)
    row = TimelineRow(
        line=line,
        status=status,
        words=words,
        label=Text.at(-LABEL + indent, top + PAD, label),
        date=Text.at(AFTER_MARK if mark else 0, top + PAD, dates),
        date_x=date_x,
        mark=mark,
        y=top + PAD + LINE / 2,
        ghosts=ghosts,
        arrow=arrow_between(ghosts[-1], mark) if ghosts and mark else None,
        check_x=check_x,
        first_after_today=here,
    )
    return row, top + 2 * PAD + LINE * max(len(label), len(dates), 1)


def status_of(line: MilestoneLine, today: dt.date) -> TimelineFate:
    """What is recorded, else what the calendar says of its latest day: nothing dated "2012" is
    over in 2012."""
    if line.state == MilestoneState.DONE:
        return TimelineFate.DONE
    if line.state == MilestoneState.CANCELLED:
        return TimelineFate.CANCELLED
    return TimelineFate.PAST if line.when and line.when.is_over(today) else TimelineFate.COMING


# --- lanes -----------------------------------------------------------------------------------


def _lane(plan: PlanDocument, scale: Scale, today: dt.date, top: float) -> tuple[Lane, float]:
    rows = [_row(line, scale, today, top)[0] for line in plan.process_plan.milestones]
    free_from: list[float] = []  # per track, where it is free again
    marks = []
    for row in sorted((row for row in rows if row.mark), key=lambda row: row.mark.x):  # type: ignore[union-attr]
        assert row.mark
        left, right = row.mark.x - 2, row.mark.end + 2
        track = next((n for n, free in enumerate(free_from) if free <= left), len(free_from))
        free_from[track : track + 1] = [right]
        marks.append(LaneMark(row, top + PAD + LINE / 2 + track * TRACK))
    label = Text.at(-LABEL, top + PAD, wrap(plan.head.title, LABEL - 16, TEXT))
    high = max(LINE * len(label.lines), LINE + TRACK * (len(free_from) - 1))
    lane = Lane(plan.head.uid, plan.head.title, label, tuple(marks), tuple(rows), top)
    return lane, top + 2 * PAD + high
