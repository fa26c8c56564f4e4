"""The steps that an adoption has overtaken: offered in one list, settled in one act."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.overtaken import overtaken
from plans.enums import MilestoneKind, MilestoneState, Purpose
from plans.models import Milestone, Plan
from tests.factories import committee, secretary
from tests.plans.matters import DAY, consulted, meeting, ready_plan, submitted, treats

pytestmark = pytest.mark.django_db


def step(plan: Plan, title: str, days: int, kind: str = MilestoneKind.OTHER) -> Milestone:
    row = Milestone(cycle=plan.open_cycle, title=title, kind=kind, is_public=True)
    row.when = TimeSpan.day(clock.today() + days * DAY)
    row.save()
    return row


@pytest.fixture
def plan() -> Plan:
    """Adopted today, with steps before, after, and of what led to it."""
    plan = consulted(ready_plan())
    step(plan, "Borgermøde", -9, MilestoneKind.INVOLVEMENT)
    step(plan, "Ekstra høring", 9, MilestoneKind.HEARING)
    step(plan, "Evaluering", 30, MilestoneKind.EVALUATION)
    treats(submitted(plan, purpose=Purpose.ADOPTION, treated=True))
    return plan


def test_what_lies_before_the_decision_and_what_led_to_it(plan) -> None:
    titles = [row.title for row in overtaken(plan)]
    assert titles == ["Høring", "Borgermøde", "Ekstra høring"]
    assert overtaken(ready_plan("Ny")) == []


def test_offered_on_the_overview_and_settled_in_one_act(client, plan) -> None:
    client.force_login(secretary())
    overview = client.get(reverse("plans:overview", args=[plan.slug])).content.decode()
    address = reverse("plans:overtaken", args=[plan.slug])
    assert address in overview
    hearing, meeting, extra = overtaken(plan)
    later = clock.today() + 40 * DAY
    answer = {f"version_{row.uid.hex}": row.version for row in (hearing, meeting, extra)}
    answer |= {
        f"act_{hearing.uid.hex}": "done",
        f"done_{hearing.uid.hex}": f"{clock.today() - 2 * DAY}",
        f"act_{meeting.uid.hex}": "moved",
        f"when_{meeting.uid.hex}": f"{later.day}/{later.month} {later.year}",
        f"act_{extra.uid.hex}": "dropped",
    }
    refused = client.post(address, answer)
    assert refused.status_code == 422 and "Skriv, hvorfor" in refused.content.decode()
    assert client.post(address, {**answer, "reason": "Vedtaget før tid"}).status_code == 302
    for row in (hearing, meeting, extra):
        row.refresh_from_db()
    assert (hearing.state, hearing.done_on) == (MilestoneState.DONE, clock.today() - 2 * DAY)
    assert (meeting.state, meeting.when.latest) == (MilestoneState.PLANNED, later)
    assert extra.state == MilestoneState.CANCELLED
    assert extra.history.first().history_change_reason == "Vedtaget før tid"
    assert overtaken(plan) == []
    assert client.get(address).status_code == 302


def test_all_or_none_when_somebody_was_first(client, plan) -> None:
    client.force_login(secretary())
    address = reverse("plans:overtaken", args=[plan.slug])
    hearing, meeting, _extra = overtaken(plan)
    answer = {f"version_{row.uid.hex}": row.version for row in overtaken(plan)}
    answer |= {f"act_{hearing.uid.hex}": "done", f"act_{meeting.uid.hex}": "done"}
    meeting.title = "Borgermøde på torvet"
    meeting.save()
    assert client.post(address, answer).status_code == 302
    hearing.refresh_from_db()
    assert hearing.state == MilestoneState.PLANNED


def test_nothing_chosen_is_told(client, plan) -> None:
    client.force_login(secretary())
    address = reverse("plans:overtaken", args=[plan.slug])
    answer = {f"version_{row.uid.hex}": row.version for row in overtaken(plan)}
    assert client.post(address, answer).status_code == 422


def test_a_step_that_is_a_meeting_becomes_another_meeting_of_its_body(client, plan) -> None:
    first, later = meeting(committee(), -3), meeting(committee(), 20)
    row = Milestone(cycle=plan.cycles.get(), title="Tema", kind=MilestoneKind.MEETING)
    row.meeting, row.is_public = first, True
    row.save()
    client.force_login(secretary())
    address = reverse("plans:overtaken", args=[plan.slug])
    assert row in overtaken(plan)
    key = row.uid.hex
    answer = {f"version_{one.uid.hex}": one.version for one in overtaken(plan)}
    answer |= {f"act_{key}": "moved", "reason": "Drøftes igen"}
    for same in ({}, {f"meeting_{key}": first.uid}, {f"day_{key}": f"{first.date}"}):
        refused = client.post(address, answer | same)
        assert refused.status_code == 422
        assert f"meeting_{key}" in refused.context["form"].errors
    assert client.post(address, answer | {f"meeting_{key}": later.uid}).status_code == 302
    row.refresh_from_db()
    assert (row.meeting, row.state) == (later, MilestoneState.PLANNED)
    assert row not in overtaken(plan)
    first.refresh_from_db()
    assert first.date == clock.today() - 3 * DAY


def test_a_step_that_is_a_meeting_is_put_on_a_day(client, plan) -> None:
    row = Milestone(cycle=plan.cycles.get(), title="Tema", kind=MilestoneKind.MEETING)
    row.meeting = meeting(committee(), -3)
    row.save()
    client.force_login(secretary())
    day = clock.today() + 12 * DAY
    answer = {f"version_{one.uid.hex}": one.version for one in overtaken(plan)}
    answer |= {
        f"act_{row.uid.hex}": "moved",
        f"day_{row.uid.hex}": f"{day}",
        "reason": "Drøftes igen",
    }
    assert client.post(reverse("plans:overtaken", args=[plan.slug]), answer).status_code == 302
    row.refresh_from_db()
    assert row.meeting.date == day
