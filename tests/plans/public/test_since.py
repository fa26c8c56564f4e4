"""What happened since a day that is given in words: to all plans and to one."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import TimeSpan
from plans.enums import MilestoneKind
from plans.models import DateChange, Milestone, Plan
from plans.public.since import read_since
from plans.versions.actions.publishing import withdraw
from tests.consultations.reports.test_after import reported
from tests.consultations.round_factories import a_round
from tests.plans.published import publication_of, published_plan

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)
TODAY = dt.date(2026, 12, 4)
DAY = dt.timedelta(days=1)
MEETING = ("Behandling", MilestoneKind.MEETING, TimeSpan.day(dt.date(2027, 1, 6)))


@pytest.fixture(autouse=True)
def now():
    Municipality.objects.create(pk=1, name="Sønderå Kommune")
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def page(client, address: str, **asked: str) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    assert not response.cookies
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("", dt.date(2026, 11, 4)),
        ("1. november 2026", dt.date(2026, 11, 1)),
        ("1. november", dt.date(2026, 11, 1)),
        ("24. december", dt.date(2025, 12, 24)),  # the last one there was
        ("sidste måned", dt.date(2026, 11, 1)),
        ("i går", dt.date(2026, 12, 3)),
        ("uge 45", dt.date(2026, 11, 2)),
        ("primo oktober 2026", dt.date(2026, 10, 1)),
        ("2026-11-01", dt.date(2026, 11, 1)),
        ("  1.  november\x00 ", dt.date(2026, 11, 1)),
        ("i dag", TODAY),
    ],
)
def test_the_day_is_read_as_it_is_said(words, day) -> None:
    assert read_since(words, today=TODAY) == (
        read_since(words, today=TODAY).__class__(day, " ".join(words.replace("\x00", "").split()))
    )


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("hest", "Vi kunne ikke læse dagen"),
        ("31. februar 2026", "Vi kunne ikke læse dagen"),
        ("1. januar 2027", "ikke kommet endnu"),
        ("1. januar 0206", ""),
        ("x" * 5000, "Vi kunne ikke læse dagen"),
    ],
)
def test_what_is_no_day_is_said_and_stays_in_the_field(client, words, fault) -> None:
    html = page(client, "/hvad-er-sket/", siden=words)
    assert "Dagen kunne ikke bruges" in html and fault in html
    assert f'value="{words[:200]}"' in html
    assert 'aria-invalid="true"' in html
    assert "siden 4. november 2026" in html


def test_a_month_is_shown_without_being_asked_and_more_when_asked(client) -> None:
    published_plan("Haver", visible_from=NOW - 10 * DAY)
    published_plan("Veje", visible_from=NOW - 60 * DAY)
    html = page(client, "/hvad-er-sket/")
    assert "Hvad er sket siden 4. november 2026" in html
    assert "Haver" in html and "Veje" not in html
    assert '<h2 id="d-2026-11-24">24. november 2026</h2>' in html
    more = page(client, "/hvad-er-sket/", siden="september 2026")
    assert "Haver" in more and "Veje" in more
    assert more.index("Haver") < more.index("Veje")  # the newest first


def test_the_whole_first_day_counts_in_denmark(client) -> None:
    published_plan("Haver", visible_from=dt.datetime(2026, 11, 9, 23, tzinfo=dt.UTC))  # midnight
    assert "Haver" in page(client, "/hvad-er-sket/", siden="10. november")
    assert "Haver" not in page(client, "/hvad-er-sket/", siden="11. november")


def test_versions_withdrawals_moves_and_consultations_of_one_plan_are_told(client) -> None:
    plan = published_plan("Haver", milestones=(MEETING,), visible_from=NOW - 9 * DAY)
    published_plan("Veje", visible_from=NOW - 9 * DAY)
    milestone = Milestone.objects.get(cycle__plan=plan)
    was = milestone.when
    milestone.when = TimeSpan.day(dt.date(2027, 2, 3))
    milestone.save()
    change = DateChange(milestone=milestone, reason="Mødet er aflyst")
    change.old, change.new = was, milestone.when
    change.save()
    publication_of(plan, visible_from=NOW - 5 * DAY)
    gone = publication_of(plan, visible_from=NOW - DAY)
    withdraw(publication=gone, by=None, because="Slåfejl")
    html = page(client, f"/planer/{plan.slug}/hvad-er-sket/")
    for words in ("Version 1", "Version 2", "3. februar 2027", "6. januar 2027", "Slåfejl"):
        assert words in html
    assert "Veje" not in html
    assert f'href="/planer/{plan.slug}/hvad-er-sket/"' in page(client, f"/planer/{plan.slug}/")


def test_a_consultation_and_its_report_are_told(client) -> None:
    round = a_round(opens=NOW - 20 * DAY, closes=NOW - 2 * DAY, announced_at=NOW - 21 * DAY)
    row = reported(round, published_at=NOW - DAY)
    html = page(client, f"/planer/{round.plan.slug}/hvad-er-sket/")
    assert html.count(f"/hoeringer/{round.slug}/") >= 3  # announced, over, reported
    row.published_at = None
    row.save()
    assert f"/hoeringer/{round.slug}/notat/" not in page(
        client, f"/planer/{round.plan.slug}/hvad-er-sket/"
    )


def test_nothing_is_said_where_nothing_happened(client) -> None:
    plan = published_plan("Haver")
    assert "ikke sket noget" in page(client, f"/planer/{plan.slug}/hvad-er-sket/")


def test_a_plan_that_is_not_published_has_no_such_page(client) -> None:
    plan = Plan.objects.create(title="Hemmelig", body=published_plan("Haver").body)
    assert client.get(f"/planer/{plan.slug}/hvad-er-sket/").status_code == 404
    assert client.get("/planer/findes-ikke/hvad-er-sket/").status_code == 404
    assert "Hemmelig" not in page(client, "/hvad-er-sket/", siden="januar 2020")


def test_the_front_page_leads_there(client) -> None:
    published_plan("Haver")
    assert 'href="/hvad-er-sket/"' in page(client, "/")


def test_what_happens_now_is_told_on_the_next_request(client) -> None:
    plan = published_plan("Haver", visible_from=NOW - 9 * DAY)
    assert "Version 2" not in page(client, "/hvad-er-sket/")
    publication_of(plan, visible_from=NOW)
    assert "Version 2" in page(client, "/hvad-er-sket/")


def test_the_questions_do_not_grow(
    client, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    counts = []
    for number in range(3):
        rows = (("Møde", MilestoneKind.MEETING, TimeSpan.day(TODAY + DAY)),)
        plan = published_plan(f"Plan {number}", milestones=rows, visible_from=NOW - 9 * DAY)
        milestone = Milestone.objects.get(cycle__plan=plan)
        milestone.when = TimeSpan.day(TODAY + 9 * DAY)
        milestone.save()
        publication_of(plan, visible_from=NOW - 5 * DAY)
        round = a_round(plan, opens=NOW - 20 * DAY, closes=NOW - 2 * DAY)
        reported(round, published_at=NOW - DAY)
        with django_assert_max_num_queries(15) as asked:
            page(client, "/hvad-er-sket/")
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
    with django_assert_num_queries(1):
        page(client, "/hvad-er-sket/")
