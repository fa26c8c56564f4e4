"""The rows of the list of plans: every published plan, or those a search lets through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery

from kommuneplan.clock import local_day
from kommuneplan.prepared import Prepared, as_day
from plans.enums import MilestoneKind, MilestoneState, PublicState
from plans.models import FrozenMilestone

from .forms import PlanSearch
from .publications import Successor, published, successors, with_public_state
from .standing import BodyDecision, with_adoption

_COLUMNS = ("plan__slug", "version__title", "version__kind", "version__body_name",
            "version__first_year", "version__last_year", "last_day", "adopted_on", "adopted_by",
            "adopted_as", "is_revised", "public_state")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanListRow:
    """A plan in the list. ``state`` is a PublicState value; ``last_day`` that of an open
    consultation; ``successor`` the plan that has replaced it; ``adopted``: by whom and when;
    ``is_revised``: it is under revision."""

    slug: str
    title: str
    kind: str
    body: str
    years: str
    state: str
    last_day: dt.date | None = None
    successor: Successor | None = None
    adopted: BodyDecision | None = None
    is_revised: bool = False


class Everything(Sequence[Any]):
    """All published plans, for a paginator: cut with a query that is composed already."""

    def __init__(self, total: int, at: dt.datetime) -> None:
        self.total, self.at = total, at

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, index: Any) -> list[tuple[Any, ...]]:
        return _EVERYTHING.rows(at=self.at, first=index.start, most=index.stop - index.start)


def everything(total: int, *, at: dt.datetime) -> Everything:
    """All published plans, of which the number is known."""
    return Everything(total, at)


def filtered(form: PlanSearch, *, at: dt.datetime) -> QuerySet[Any]:
    """The published plans that every filter lets through."""
    return _listed(form.filtered(with_public_state(published(at=at), at=at)), at)


def rows(found: Any, *, at: dt.datetime) -> list[PlanListRow]:
    """The rows of a page (one query more where one of them is replaced)."""
    columns = list(found)
    replaced = [row[0] for row in columns if row[-1] == PublicState.REPLACED]
    by_slug = successors(replaced, at=at) if replaced else {}
    return [
        PlanListRow(slug, title, kind, body, _years(first, last), state,
            as_day(day) if state == PublicState.IN_CONSULTATION else None, by_slug.get(slug),
            _adopted(state, on, by, how), bool(revised) and PublicState(state).was_adopted)
        for slug, title, kind, body, first, last, day, on, by, how, revised, state in columns
    ]  # fmt: skip


def rows_of_versions(versions: Collection[int], *, at: dt.datetime) -> dict[int, PlanListRow]:
    """The rows of the plans that are read in some versions now, by the version."""
    found = _listed(with_public_state(published(at=at).filter(version__in=versions), at=at), at)
    columns = list(found.values_list("version", *_COLUMNS))
    listed = rows([row[1:] for row in columns], at=at)
    return {row[0]: line for row, line in zip(columns, listed, strict=True)}


def _adopted(state: str, on: Any, by: str | None, how: str | None) -> BodyDecision | None:
    day = as_day(on)
    if day is None or not PublicState(state).was_adopted:
        return None
    return BodyDecision(by or "", day, how or "")


def _listed(publications: QuerySet[Any], at: dt.datetime) -> QuerySet[Any]:
    """In Danish order, with the last day of an open consultation where that day is known."""
    hearings = FrozenMilestone.objects.filter(
        version=OuterRef("version_id"),
        kind=MilestoneKind.HEARING,
        state=MilestoneState.PLANNED,
        sort_end__gte=local_day(at),
        latest_end=F("earliest_end"),
    ).order_by("sort_end")
    last_day = Subquery(hearings.values("sort_end")[:1], output_field=DateField())
    return (
        with_adoption(publications.annotate(last_day=last_day), at=at)
        .order_by("version__sort_key", "pk")
        .values_list(*_COLUMNS)
    )


def _years(first: int | None, last: int | None) -> str:
    return "–".join(dict.fromkeys(str(year) for year in (first, last) if year))


def _everything(*, at: dt.datetime) -> QuerySet[Any]:
    return _listed(with_public_state(published(at=at), at=at), at)


_EVERYTHING = Prepared(_everything)
