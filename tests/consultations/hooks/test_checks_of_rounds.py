"""The checks of a process plan go by the rounds as they are: extended, closed early, withdrawn."""

from __future__ import annotations

import datetime as dt

import pytest

from consultations.rounds.actions import events
from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import TimeSpan
from plans.consultations import rounds
from plans.models import Milestone, Plan
from plans.process.findings import PlanFindings, findings_now
from tests.consultations.round_factories import a_round
from tests.factories import secretary
from tests.plans.matters import ready_plan

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def user():
    return secretary()


@pytest.fixture
def plan() -> Plan:
    """A plan whose process plan has the consultation's days and the adoption ten days after."""
    plan, today = ready_plan(), clock.today()
    plan.open_cycle.milestones.all().delete()
    for title, kind, when in [
        ("Høring", "hearing", TimeSpan.between(today - DAY, today + 29 * DAY)),
        ("Vedtagelse af planen", "adoption", TimeSpan.day(today + 40 * DAY)),
    ]:
        row = Milestone(cycle=plan.open_cycle, title=title, kind=kind)
        row.when = when
        row.save()
    return plan


def opened(plan: Plan):
    today = clock.today()
    begins = dt.datetime.combine(today - DAY, dt.time(), tzinfo=clock.COPENHAGEN)
    ends = dt.datetime.combine(today + 30 * DAY, dt.time(), tzinfo=clock.COPENHAGEN)
    return a_round(plan, opens=begins, closes=ends)


def found(plan: Plan, user) -> PlanFindings:
    return findings_now(
        Plan.objects.get(pk=plan.pk), user=user, municipality=Municipality.current()
    )


def codes(plan: Plan, user) -> set[str]:
    return {one.finding.code for one in found(plan, user).open}


TOLD = {"hearing-differs-from-round", "round-not-in-plan", "adoption-before-hearing-ends"}


def test_a_round_as_the_process_plan_has_it_is_nothing_to_look_at(plan, user):
    opened(plan)
    assert not codes(plan, user) & TOLD


def test_after_an_extension_the_adoption_is_impossible_until_the_round_ends_in_time(plan, user):
    row = opened(plan)
    later = row.closes_at + 20 * DAY
    events.extend(round=row, closes_at=later, reason="Ferie", seen=row.version, by=user)
    shown = found(plan, user)
    assert "adoption-before-hearing-ends" in {one.finding.code for one in shown.impossible}
    row.refresh_from_db()
    sooner = row.closes_at - 25 * DAY
    events.close_early(round=row, closes_at=sooner, reason="Fejl", seen=row.version, by=user)
    assert "adoption-before-hearing-ends" not in codes(plan, user)


def test_a_round_that_the_process_plan_does_not_have_leads_to_its_page(plan, user, client):
    row = opened(plan)
    Milestone.objects.filter(kind="hearing").delete()
    one = next(r for r in found(plan, user).open if r.finding.code == "round-not-in-plan")
    client.force_login(user)
    assert [client.get(place.link).status_code for place in one.about] == [200]
    assert client.get(one.link).status_code == 200
    events.withdraw(round=row, reason="Fejl i materialet", seen=row.version, by=user)
    assert "round-not-in-plan" not in codes(plan, user)


def test_a_milestone_that_has_the_rounds_dates_is_solved_at_the_round(plan, user, client):
    row = opened(plan)
    hearing = Milestone.objects.get(kind="hearing")
    Milestone.objects.filter(pk=hearing.pk).update(follows_consultation=True)
    row.milestone_uid = hearing.uid
    row.save()
    plan.planning_act = "proposal"
    plan.save()
    one = next(r for r in found(plan, user).open if r.finding.code == "hearing-shorter-than-law")
    assert one.action == "round" and f"/{row.uid}/" in one.link
    client.force_login(user)
    assert client.get(one.link).status_code == 200


def test_what_is_prepared_or_internal_is_not_told_of(plan):
    a_round(plan, announced=False)
    assert rounds().held([plan.open_cycle.pk]) == []
    row = opened(plan)
    told = rounds().held([plan.open_cycle.pk])
    assert [(one.first_day, one.last_day) for one in told] == [(row.first_day, row.last_day)]
