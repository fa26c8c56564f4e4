"""A query, or columns, composed once answer as the queryset would, whatever the instant."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Lower

from kommuneplan.clock import local_day
from kommuneplan.prepared import Prepared, PreparedColumns, as_day
from plans.models import Plan, Publication
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


def told(*, at):
    """A thing there is, an instant, a day and words of another table, seen from a plan."""
    own = Publication.objects.filter(plan=OuterRef("pk"), visible_from__lte=at)
    soon = own.filter(version__milestones__sort_end__gte=local_day(at) + dt.timedelta(days=5))
    last = soon.order_by("version__milestones__sort_end")
    return Plan.objects.annotate(
        seen=Exists(own),
        since=Subquery(own.values("visible_from")[:1]),
        end=Subquery(last.values("version__milestones__sort_end")[:1]),
        reason=Subquery(own.values("reason")[:1]),
    )


@pytest.mark.parametrize("hours", [-24, 0, 3, 24 * 25])
def test_columns_composed_once_are_the_same_at_every_instant(hours) -> None:
    start = dt.datetime(2026, 12, 4, 9, tzinfo=dt.UTC)
    for number in range(3):
        published_plan(
            f"Plan {number}",
            visible_from=start + dt.timedelta(hours=2 * number),
            milestones=(hearing(start.date(), start.date() + dt.timedelta(days=9 * number)),),
        )
    asked = []
    columns = PreparedColumns(lambda at: asked.append(at) or told(at=at))
    for at in (start, start + dt.timedelta(hours=hours)):
        rows = columns.added_to(Plan.objects.filter(title__lt="Plan 2"), at=at).order_by("title")
        names = ("title", "seen", "since", "end", "reason")
        wanted = told(at=at).filter(title__lt="Plan 2").order_by("title").values_list(*names)
        assert list(rows.values_list(*names)) == list(wanted)
        assert [getattr(rows[0], name) for name in names] == list(wanted[0])
    assert len(asked) == 1


def test_columns_look_at_what_a_key_leads_to_and_stay_in_their_own_query() -> None:
    published_plan("Plan 1")
    columns = PreparedColumns(
        lambda at: Publication.objects.annotate(name=Lower("plan__title")), joined=("plan__title",)
    )
    at = dt.datetime(2026, 12, 4, tzinfo=dt.UTC)
    rows = columns.added_to(Publication.objects.filter(plan__title="Plan 1"), at=at)
    assert [row.name for row in rows] == ["plan 1"]
    with pytest.raises(TypeError, match="inside another query"):
        list(Plan.objects.filter(publications__in=rows))


def _read(rows):
    return [(slug, as_day(day)) for slug, day in rows]
