"""The rows of the list of plans: every published plan, or those a search lets through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from kommuneplan.prepared import Prepared

from .enums import PublicState
from .forms.search import PlanSearch
from .overview import deadlines
from .public import Successor, published, successors, with_public_state

_COLUMNS = ("plan__slug", "version__title", "version__kind", "version__body_name",
            "version__first_year", "version__last_year", "public_state")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A plan in the list. ``state`` is a PublicState value; ``last_day`` that of an open
    consultation; ``successor`` the plan that has replaced it."""

    slug: str
    title: str
    kind: str
    body: str
    years: str
    state: str
    last_day: dt.date | None = None
    successor: Successor | None = None


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
    publications = form.filtered(with_public_state(published(at=at), at=at))
    return publications.order_by("version__sort_key", "pk").values_list(*_COLUMNS)


def rows(found: Any, *, at: dt.datetime) -> list[Row]:
    """The rows of a page, with what belongs to their states (at most two queries more)."""
    columns = list(found)
    replaced = [row[0] for row in columns if row[-1] == PublicState.REPLACED]
    heard = any(row[-1] == PublicState.IN_CONSULTATION for row in columns)
    by_slug = successors(replaced, at=at) if replaced else {}
    last_days = deadlines(at=at) if heard else {}
    return [
        Row(slug, title, kind, body, _years(first, last), state,
            last_days.get(slug) if state == PublicState.IN_CONSULTATION else None,
            by_slug.get(slug))
        for slug, title, kind, body, first, last, state in columns
    ]  # fmt: skip


def _years(first: int | None, last: int | None) -> str:
    return "–".join(dict.fromkeys(str(year) for year in (first, last) if year))


def _everything(*, at: dt.datetime) -> QuerySet[Any]:
    publications = with_public_state(published(at=at), at=at)
    return publications.order_by("version__sort_key", "pk").values_list(*_COLUMNS)


_EVERYTHING = Prepared(_everything)
