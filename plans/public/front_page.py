"""What front page and calendar tell across all published plans; only frozen rows are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _

from kommuneplan.clock import local_day
from kommuneplan.collation import sort_key
from kommuneplan.prepared import Prepared, as_day
from kommuneplan.timespan.phrase import day_words
from kommuneplan.timespan.span import TimeSpan
from plans.consultations import RoundLine, rounds
from plans.document.date_words import precision, shown_date
from plans.document.plan_document import MilestoneLine, PlanDocument, PlanSummary, ProcessPlan
from plans.enums import MilestoneKind, MilestoneState, PublicState
from plans.models import FrozenMilestone, Milestone, Publication
from plans.timeline.drawing import Drawing, draw

from .publications import published, with_public_state
from .standing import BodyDecision, with_adoption
from .standing_words import adopted_words

_OVER = [state for state in PublicState if state.is_over]
_LASTING = [kind for kind in MilestoneKind if kind.lasts]
_DAY_COLUMNS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end", "precision",
                "modifier", "written", "sort_begin", "sort_end")  # fmt: skip
_MILESTONE_COLUMNS = (
    "title", "kind", "bodies", "conditional", "begins_at", "place", *_DAY_COLUMNS,
)  # fmt: skip
_WORDS = {"precision", "modifier", "written"}
_AHEAD = dt.timedelta(days=92)
_FAR = dt.timedelta(days=200)
_LATELY = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Coming:
    """A milestone of a published plan, as a line that can stand by itself."""

    plan_title: str
    plan_slug: str
    body: str
    title: str
    kind: str
    bodies: str
    conditional: bool
    date: str
    precise: str
    sort_begin: dt.date
    sort_end: dt.date
    last_day: dt.date | None
    days_left: int | None
    when: TimeSpan | None
    begins_at: str = ""
    place: str = ""

    @property
    def address(self) -> str:
        """The page of its plan."""
        return f"/planer/{self.plan_slug}/"


@dataclass(frozen=True, slots=True)
class BodyShelf:
    """How many published plans a body has, and the years they are about."""

    body: str
    plans: int
    first_year: int | None
    last_year: int | None


def open_consultations(*, at: dt.datetime) -> list[RoundLine]:
    """Consultations one can answer now, the most urgent first. One that only a process plan tells
    of cannot be answered here: it stands among what is coming."""
    lines = rounds().open_lines(at=at)
    return sorted(lines, key=lambda line: (line.last_day, sort_key(line.plan_title)))


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A plan that was adopted, as a line that can stand by itself."""

    plan_title: str
    plan_slug: str
    decision: BodyDecision

    @property
    def address(self) -> str:
        """The page of its plan."""
        return f"/planer/{self.plan_slug}/"

    @property
    def words(self) -> str:
        """ "Vedtaget af Borgerrepræsentationen 30. november 2026."."""
        return adopted_words(self.decision)


def decided_lately(*, at: dt.datetime, most: int = 5) -> list[DecidedLine]:
    """Plans adopted in the last twelve months that are in force, the newest first."""
    lines = []
    for slug, title, day, body, outcome in _DECIDED.rows(at=at, most=most):
        decision = BodyDecision(body or "", as_day(day) or dt.date.min, outcome or "")
        lines.append(DecidedLine(title, slug, decision))
    return lines


def _decided(*, at: dt.datetime) -> QuerySet[Any]:
    today = local_day(at)
    return (
        with_adoption(with_public_state(published(at=at), at=at), at=at)
        .filter(public_state=PublicState.ADOPTED, adopted_on__range=(today - _LATELY, today))
        .order_by("-adopted_on", "version__sort_key", "pk")
        .values_list("plan__slug", "version__title", "adopted_on", "adopted_by", "adopted_as")
    )


def coming_soon(*, at: dt.datetime, most: int) -> list[Coming]:
    """What happens in the next three months."""
    return _lines(_SOON.rows(at=at, most=most), at)


def picture(lines: list[Coming], *, at: dt.datetime) -> Drawing | None:
    """Lines as a short timeline, in the same order; None where a picture would tell no more.

    What lasts for years would press all else together, so it stands in the list alone.
    """
    today = local_day(at)
    near = [line for line in lines if line.when and line.sort_end <= today + _FAR]
    if len(near) < 2:
        return None
    rows = tuple(
        MilestoneLine(
            uid=str(number),
            title=f"{line.title} – {line.plan_title}",
            when=line.when,
            written="",
            kind=line.kind,
            conditional=line.conditional,
        )
        for number, line in enumerate(near)
    )
    head = PlanSummary(uid="", title="", kind="", state="")
    return draw(PlanDocument(head, ProcessPlan(milestones=rows)), today=today)


def coming_pages(*, at: dt.datetime) -> QuerySet[Any]:
    """Everything to come, to be cut into pages; ``lines`` makes lines of a page."""
    return _ahead(at=at, until=dt.date.max - dt.timedelta(days=1))


def lines(rows: Iterable[tuple[Any, ...]], *, at: dt.datetime) -> list[Coming]:
    """Rows of ``coming_pages`` as lines."""
    return _lines(rows, at)


def _soon(*, at: dt.datetime) -> QuerySet[Any]:
    return _ahead(at=at, until=local_day(at) + _AHEAD)


def _ahead(*, at: dt.datetime, until: dt.date) -> QuerySet[Any]:
    """Milestones from today on, in the order a reader meets them: what may still happen within a
    period that has begun stands at the period's end, as does the deadline of a consultation that
    is open."""
    today = local_day(at)
    begins = Q(version__milestones__sort_begin__range=(today, until))
    has_begun = Q(
        version__milestones__sort_begin__lt=today,
        version__milestones__sort_end__range=(today, until),
    )
    may_still = has_begun & ~Q(version__milestones__kind__in=_LASTING)
    deadline = has_begun & Q(
        Exists(
            Milestone.objects.filter(
                uid=OuterRef("version__milestones__uid"), follows_consultation=True
            )
        )
    )
    met_on = Case(
        When(version__milestones__sort_begin__lt=today, then=F("version__milestones__sort_end")),
        default=F("version__milestones__sort_begin"),
    )
    return _milestones(at, begins | may_still | deadline).order_by(
        met_on,
        "version__milestones__sort_end",
        "version__sort_key",
        "version__milestones__position",
        "pk",
    )


def shelves(*, at: dt.datetime) -> list[BodyShelf]:
    """The bodies that have published plans, in the order of their names."""
    found = [BodyShelf(*row) for row in _SHELVES.rows(at=at)]
    return sorted(found, key=lambda shelf: sort_key(shelf.body))


def _shelves(*, at: dt.datetime) -> QuerySet[Any]:
    return (
        published(at=at)
        .order_by()
        .values("version__body_name")
        .annotate(
            plans=Count("pk"), first=Min("version__first_year"), last=Max("version__last_year")
        )
        .values_list("version__body_name", "plans", "first", "last")
    )


def _milestones(
    at: dt.datetime,
    *conditions: Q,
    states: list[MilestoneState] | None = None,
    **facts: object,
) -> QuerySet[Any]:
    """Frozen milestones of the current publications of plans that are not over, as rows."""
    publications: QuerySet[Publication] = with_public_state(published(at=at), at=at)
    return (
        publications.filter(
            *conditions,
            version__milestones__state__in=states or [MilestoneState.PLANNED],
            **facts,
        )
        .exclude(public_state__in=_OVER)
        .values_list(
            "plan__slug",
            "version__title",
            "version__body_name",
            *(f"version__milestones__{name}" for name in _MILESTONE_COLUMNS),
        )
    )


def _lines(rows: Iterable[tuple[Any, ...]], at: dt.datetime) -> list[Coming]:
    today = local_day(at)
    return [_line(row, today) for row in rows]


def _line(row: tuple[Any, ...], today: dt.date) -> Coming:
    slug, plan_title, body, *columns = row
    told = dict(zip(_MILESTONE_COLUMNS, columns, strict=True))
    days = {name: told[name] for name in _DAY_COLUMNS}
    for name in _DAY_COLUMNS:
        if name not in _WORDS:
            days[name] = as_day(days[name])
    dated = FrozenMilestone(kind=told["kind"], **days)
    exact = dated.latest_end is not None and dated.earliest_end in (None, dated.latest_end)
    last_day = dated.latest_end if exact else None
    if told["kind"] == MilestoneKind.HEARING and last_day and dated.sort_begin < today <= last_day:
        return _deadline(row, last_day, today)
    return Coming(
        plan_title=plan_title,
        plan_slug=slug,
        body=body,
        title=told["title"],
        kind=told["kind"],
        bodies=told["bodies"],
        conditional=bool(told["conditional"]),
        date=shown_date(dated),  # type: ignore[arg-type]
        precise=precision(dated),  # type: ignore[arg-type]
        sort_begin=dated.sort_begin,
        sort_end=dated.sort_end,
        last_day=last_day,
        days_left=(last_day - today).days if last_day else None,
        when=dated.when,
        begins_at=told["begins_at"],
        place=told["place"],
    )


def _deadline(row: tuple[Any, ...], last_day: dt.date, today: dt.date) -> Coming:
    """What is still to come of a consultation that is open: the last day to answer."""
    slug, plan_title, body, title, _kind, bodies, conditional, *_days = row
    return Coming(
        plan_title=plan_title,
        plan_slug=slug,
        body=body,
        title=_("Deadline for responses: %(title)s") % {"title": title},
        kind=MilestoneKind.DEADLINE,
        bodies=bodies,
        conditional=bool(conditional),
        date=day_words(last_day),
        precise="",  # a day says it itself
        sort_begin=last_day,
        sort_end=last_day,
        last_day=last_day,
        days_left=(last_day - today).days,
        when=TimeSpan.day(last_day),
    )


_DECIDED = Prepared(_decided)
_SOON = Prepared(_soon)
_SHELVES = Prepared(_shelves)
