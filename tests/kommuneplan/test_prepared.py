"""A query composed once answers as the queryset would, whatever the instant."""

from __future__ import annotations

import datetime as dt

import pytest

from kommuneplan.clock import local_day
from kommuneplan.prepared import Prepared, as_day
from plans.models import Publication
from tests.plans.published import hearing, published_plan

pytestmark = pytest.mark.django_db
COLUMNS = ("plan__slug", "version__milestones__sort_end")


def soon(*, at):
    today = local_day(at)
    return (
        Publication.objects.filter(
            visible_from__lte=at,
            version__milestones__sort_end__range=(today, today + dt.timedelta(days=30)),
            version__milestones__sort_begin__lt=dt.date.max,
        )
        .order_by("plan__slug")
        .values_list(*COLUMNS)
    )


@pytest.mark.parametrize("hours", [-24, 0, 14, 24, 24 * 25, 24 * 40, 24 * 400])
def test_the_same_rows_at_every_instant(hours) -> None:
    start = dt.datetime(2026, 12, 4, 9, tzinfo=dt.UTC)
    day = start.date()
    for number in range(4):
        published_plan(
            f"Plan {number}",
            visible_from=start + dt.timedelta(hours=number),
            milestones=(hearing(day, day + dt.timedelta(days=10 * number)),),
        )
    prepared = Prepared(soon)
    at = start + dt.timedelta(hours=hours)
    assert _read(prepared.rows(at=start)) == list(soon(at=start))
    assert _read(prepared.rows(at=at)) == list(soon(at=at))
    assert _read(prepared.rows(at=at, first=1, most=2)) == list(soon(at=at)[1:3])


def test_the_second_asking_composes_nothing(django_assert_num_queries) -> None:
    asked = []
    prepared = Prepared(lambda at: asked.append(at) or soon(at=at))
    for _ in range(3):
        with django_assert_num_queries(1):
            prepared.rows(at=dt.datetime(2026, 12, 4, tzinfo=dt.UTC))
    assert len(asked) == 1


def _read(rows):
    return [(slug, as_day(day)) for slug, day in rows]
