"""What front page and calendar tell across all published plans; only frozen rows are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, When

from kommuneplan.clock import local_day
from kommuneplan.collation import sort_key

from .dates import shown_date
from .enums import CycleState, MilestoneKind, MilestoneState, PublicState
from .models import FrozenMilestone, Publication
from .public import published, with_public_state

_OVER = [state for state in PublicState if state.is_over]
_LASTING = [kind for kind in MilestoneKind if kind.lasts]
_DAY_COLUMNS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end", "precision",
                "modifier", "written", "sort_begin", "sort_end")  # fmt: skip
_AHEAD = dt.timedelta(days=92)
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
    sort_begin: dt.date
    sort_end: dt.date
    last_day: dt.date | None
    days_left: int | None

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


def open_consultations(*, at: dt.datetime) -> list[Coming]:
    """Consultations one can answer today, the most urgent first.

    A consultation counts when it has certainly begun and its last day is not past; one with a
    vague date, when its plan was published as being in consultation.
    """
    today = local_day(at)
    begun = Q(version__milestones__latest_begin__lte=today) | (
        Q(version__state=CycleState.IN_CONSULTATION)
        & (
            Q(version__milestones__earliest_begin__lte=today)
            | Q(version__milestones__earliest_begin__isnull=True)
        )
    )
    rows = _milestones(
        at,
        begun,
        version__milestones__kind=MilestoneKind.HEARING,
        version__milestones__sort_end__gte=today,
        version__milestones__sort_begin__lt=dt.date.max,
    ).order_by("version__milestones__sort_end", "version__sort_key", "pk")
    return [_coming(row, today) for row in rows]


def deadlines(slugs: Iterable[str], *, at: dt.datetime) -> dict[str, dt.date]:
    """The last day of the consultation that these plans are in, where it is known."""
    rows = (
        published(at=at)
        .filter(
            plan__slug__in=list(slugs),
            version__milestones__kind=MilestoneKind.HEARING,
            version__milestones__state=MilestoneState.PLANNED,
            version__milestones__sort_end__gte=local_day(at),
            version__milestones__latest_end=F("version__milestones__earliest_end"),
        )
        .order_by("-version__milestones__sort_end")
        .values_list("plan__slug", "version__milestones__sort_end")
    )
    return dict(rows)


def decided_lately(*, at: dt.datetime, most: int = 5) -> list[Coming]:
    """Plans adopted in the last twelve months, the newest first, each once."""
    today = local_day(at)
    rows = _milestones(
        at,
        version__milestones__kind=MilestoneKind.ADOPTION,
        version__milestones__sort_end__lte=today,
        version__milestones__sort_end__gte=today - _LATELY,
        version__state=CycleState.ADOPTED,
        states=[MilestoneState.PLANNED, MilestoneState.DONE],
    ).order_by("-version__milestones__sort_end", "version__sort_key", "pk")
    by_plan: dict[str, Coming] = {}
    for row in rows:
        by_plan.setdefault(row["slug"], _coming(row, today))
    return list(islice(by_plan.values(), most))


def coming(*, at: dt.datetime, until: dt.timedelta | None = _AHEAD) -> QuerySet[Any]:
    """What happens from today on, for three months or another while (None: for ever), in the
    order a reader meets it: what may still happen within a period stands at the period's end."""
    today = local_day(at)
    last = today + until if until is not None else dt.date.max - dt.timedelta(days=1)
    begins = Q(version__milestones__sort_begin__range=(today, last))
    may_still = Q(
        version__milestones__sort_begin__lt=today,
        version__milestones__sort_end__range=(today, last),
    ) & ~Q(version__milestones__kind__in=_LASTING)
    return (
        _milestones(at, begins | may_still)
        .annotate(
            met_on=Case(
                When(version__milestones__sort_begin__lt=today, then=F("_sort_end")),
                default=F("_sort_begin"),
            )
        )
        .order_by("met_on", "_sort_end", "version__sort_key", "version__milestones__position")
    )


def lines(rows: QuerySet[Any], *, at: dt.datetime) -> list[Coming]:
    """The rows of ``coming`` as lines."""
    return [_coming(row, local_day(at)) for row in rows]


def shelves(*, at: dt.datetime) -> list[BodyShelf]:
    """The bodies that have published plans, in the order of their names."""
    rows = (
        published(at=at)
        .values("version__body_name")
        .annotate(
            plans=Count("pk"), first=Min("version__first_year"), last=Max("version__last_year")
        )
        .order_by()
    )
    found = [
        BodyShelf(row["version__body_name"], row["plans"], row["first"], row["last"])
        for row in rows
    ]
    return sorted(found, key=lambda shelf: sort_key(shelf.body))


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
        .values(
            slug=F("plan__slug"),
            plan_title=F("version__title"),
            body=F("version__body_name"),
            milestone=F("version__milestones__title"),
            kind=F("version__milestones__kind"),
            bodies=F("version__milestones__bodies"),
            conditional=F("version__milestones__conditional"),
            **{f"_{name}": F(f"version__milestones__{name}") for name in _DAY_COLUMNS},
        )
    )


def _coming(row: dict[str, Any], today: dt.date) -> Coming:
    dated = FrozenMilestone(**{name: row[f"_{name}"] for name in _DAY_COLUMNS})
    exact = dated.latest_end is not None and dated.earliest_end in (None, dated.latest_end)
    last_day = dated.latest_end if exact else None
    return Coming(
        plan_title=row["plan_title"],
        plan_slug=row["slug"],
        body=row["body"],
        title=row["milestone"],
        kind=row["kind"],
        bodies=row["bodies"],
        conditional=row["conditional"],
        date=shown_date(dated),  # type: ignore[arg-type]
        sort_begin=row["_sort_begin"],
        sort_end=row["_sort_end"],
        last_day=last_day,
        days_left=(last_day - today).days if last_day else None,
    )
