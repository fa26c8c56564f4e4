"""The requests a person may read, as lists: the late ones first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch
from django.db.models.functions import Coalesce, ExtractYear

from kommuneplan.core.models import Body, User
from plans.enums import RequestState
from plans.models import CommitteeRequest, RequestAnswer
from plans.models.requests import CommitteeRequestQuerySet
from plans.models.version import named

WAITING, ALL = "", "alle"  # of the state one narrows the list to, beside the states


@dataclass(frozen=True, slots=True)
class Promise:
    """A request as it stands on a day."""

    row: CommitteeRequest
    state: RequestState

    @property
    def answer(self) -> RequestAnswer | None:
        """What answers it."""
        return self.row.answer


def as_read(rows: CommitteeRequestQuerySet) -> CommitteeRequestQuerySet:
    """With all that a list says of each, in a fixed number of questions. What is due first stands
    first, so the late ones do; what has no day is last."""
    answers = RequestAnswer.objects.select_related("meeting__body", "item__treatment__matter")
    answers = answers.prefetch_related(named("frozen")).order_by("answered_on", "pk")
    return (
        rows.select_related("body", "meeting__body", "plan", "item__treatment__matter")
        .prefetch_related(Prefetch("answers", answers))
        .order_by("sort_end", "sort_begin", "pk")
    )


def on_the_day(rows: Iterable[CommitteeRequest], day: dt.date) -> list[Promise]:
    """Each with where it stands."""
    return [Promise(row, row.state_on(day)) for row in rows]


def with_asked(rows: CommitteeRequestQuerySet) -> CommitteeRequestQuerySet:
    """Each with the day on which it was asked (``asked``)."""
    return rows.annotate(asked=Coalesce(F("meeting__date"), F("asked_on")))


def bodies_and_years(user: User) -> tuple[list[Body], list[int]]:
    """What the list can be narrowed to: bodies that have asked, years in which they did; the
    latest first. Two questions."""
    rows = CommitteeRequest.objects.readable_by(user)
    bodies = Body.objects.filter(pk__in=rows.values("body")).order_by("sort_key", "pk")
    asked = with_asked(rows).filter(asked__isnull=False).order_by()
    years = asked.annotate(year=ExtractYear("asked")).values_list("year", flat=True).distinct()
    return list(bodies), sorted(years, reverse=True)


def found(user: User, wanted: Mapping[str, Any], *, on: dt.date) -> CommitteeRequestQuerySet:
    """The requests a person may read and asked for with the filter."""
    rows = CommitteeRequest.objects.readable_by(user)
    if wanted.get("udvalg"):
        rows = rows.filter(body=wanted["udvalg"])
    if wanted.get("aar"):
        rows = with_asked(rows).filter(asked__year=wanted["aar"])
    state = wanted.get("tilstand") or WAITING
    if state == WAITING:
        return rows.waiting()
    return rows if state == ALL else rows.in_state(RequestState(state), on=on)
