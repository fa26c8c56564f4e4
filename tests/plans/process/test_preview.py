"""What the preview of a move says is what the checks say after it; and what is impossible is told
wherever the plan is worked on."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Meeting, Municipality
from kommuneplan.timespan.danish import read
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.actions import steps
from plans.enums import MilestoneKind, MilestoneState
from plans.models import Dependency, Milestone, Plan, Section
from plans.process.actions import meetings, milestones, moving, rows
from plans.process.check_facts import gather_many, live_rows
from plans.process.checks import Sureness, check
from plans.process.findings import all_findings, findings_for, findings_now, findings_of
from plans.process.moving import MoveOutcome, Scope
from plans.process.preview import preview_of, preview_of_another, preview_of_meeting
from tests.factories import FIRST, a_plan, committee, imported, secretary
from tests.plans.matters import submitted

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,  # what checks find is reckoned in Python from the same rows
]
DATES = [
    "5. marts 2027", "ultimo maj 2027", "maj 2027", "uge 34 2027", "10. maj til 14. juni 2027",
    "2. kvartal 2027", "senest 1. juni 2027", "ca. 3. maj 2027", "fra 1. april 2027", "2027",
    "december 2027", "3. december 2027",
]  # fmt: skip
TITLES = [
    "Høring", "Udkast skrives", "Socialudvalget anbefaler planen", "BR vedtager planen",
    "Behandling af høringssvar", "Aflevering af materiale til SUD", "Borgermøde",
]  # fmt: skip
ROW = st.tuples(
    st.sampled_from(TITLES),
    st.sampled_from([one.value for one in MilestoneKind]),
    st.sampled_from(DATES),
    st.sampled_from(["", "b1", "b2", "m1", "m2"]),
    st.sampled_from(["", "confirmed", "done", "cancelled"]),
)


@pytest.fixture
def user():
    return secretary()


@pytest.fixture
def plan(user):
    return imported(FIRST, user, a_plan())


def keys(found):
    return {(one.finding.code, one.finding.key, one.finding.certainty) for one in found.shown}


def made(plan: Plan, drawn, links) -> list[Milestone]:
    """Milestones of all precisions, some of them meetings, confirmed or over."""
    bodies = {"b1": plan.body, "b2": committee("Borgerrepræsentationen", BodyKind.COUNCIL)}
    meetings = {
        "m1": Meeting.objects.create(body=plan.body, date=dt.date(2027, 6, 16)),
        "m2": Meeting.objects.create(
            body=bodies["b2"], date=dt.date(2027, 6, 24), cancelled=len(drawn) % 2 == 0
        ),
    }
    found = []
    for n, (title, kind, words, who, state) in enumerate(drawn):
        row = Milestone(cycle=plan.open_cycle, position=n, title=title, kind=kind)
        row.meeting = meetings.get(who)
        if row.meeting is None:
            row.when, row.written = read(words).span, words
        row.confirmed = state == "confirmed"
        row.state = state if state in MilestoneState.values else MilestoneState.PLANNED
        row.save()
        body = row.meeting.body if row.meeting else bodies.get(who)
        row.bodies.set([body] if body else [])
        found.append(row)
    for step, after, days in links:
        if after < step < len(found):
            Dependency.objects.get_or_create(
                milestone=found[step], after=found[after], defaults={"days": days}
            )
    return found


@pytest.mark.slow  # process plans of every kind
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(ROW, min_size=2, max_size=7),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 40)), max_size=4),
    st.sampled_from(DATES),
    st.sampled_from(Scope),
)
def test_the_preview_of_a_move_says_what_the_checks_say_after_it(user, drawn, links, to, scope):
    with transaction.atomic():
        plan = a_plan(f"Plan {uuid.uuid4()}")
        row = next((r for r in made(plan, drawn, links) if r.meeting is None), None)
        if row is not None:
            when = read(to).span
            shown, seen = moving.dry_run(plan=plan, milestone=row, when=when, scope=scope)
            every = Plan.objects.all()
            before = live_rows(plan.open_cycle)
            effects = [one.effect for one in shown]
            preview = preview_of(plan, before, effects, readable=every)
            moving.move_with_followers(
                plan=plan, milestone=row, when=when, scope=scope, seen=seen, by=user
            )
            after, _facts = findings_of(plan, live_rows(plan.open_cycle), readable=every)
            assert keys(preview.after) == keys(after)
            told = {u for one in preview.arises for u in one.finding.milestones}
            told_after = {u for one in after.open for u in one.finding.milestones}
            conflicts = {e.uid for e in effects if e.outcome is MoveOutcome.CONFLICT}
            assert conflicts <= told <= told_after
        transaction.set_rollback(True)


def test_many_plans_are_found_as_each_alone(user, plan):
    other = imported(FIRST.replace("27. august", "1. juni"), user, a_plan("En anden"))
    other.parent = plan
    other.save()
    house = Municipality.current()
    every = Plan.objects.all()
    for one, facts in gather_many([plan, other], every, house):
        alone, _facts = findings_of(one, live_rows(one.open_cycle), readable=every)
        assert {f.key for f in check(facts)} == {f.finding.key for f in alone.shown}
    assert {one.plan for one in findings_for(every, readable=every, municipality=house)} == {
        plan, other,
    }  # fmt: skip


def test_the_move_page_warns_and_the_warning_stands_until_it_is_solved(client, user, plan):
    client.force_login(user)
    row = Milestone.objects.get(kind="adoption")
    address = reverse("plans:milestone-move", args=[plan.slug, row.uid])
    asked = {"when": "1. juni 2027", "scope": "alone"}
    html = client.get(address, asked).content.decode()
    assert "Det vil tjekkene sige" in html and "før høringen er slut" in html
    seen = re.search(r'name="seen" value="([^"]+)"', html)[1]
    client.post(address, {**asked, "seen": seen})
    room = reverse("plans:work-plan", args=[plan.slug])
    assert "før høringen er slut" in client.get(room).content.decode()
    html = client.get(address, {"when": "27. august 2027", "scope": "alone"}).content.decode()
    assert "Det løser flytningen" in html
    row.refresh_from_db()
    milestones.move_milestone(milestone=row, when=read("27. august 2027").span, by=user)
    assert "før høringen er slut" not in client.get(room).content.decode()


# --- nothing impossible is silent ----------------------------------------------------------------


def _adopted_too_early(plan: Plan, user) -> None:
    row = Milestone.objects.get(cycle__plan=plan, kind="adoption")
    milestones.move_milestone(milestone=row, when=read("1. juni 2027").span, by=user)


def _drafted_after(plan: Plan, user) -> None:
    row = Milestone.objects.get(cycle__plan=plan, kind="drafting")
    milestones.move_milestone(milestone=row, when=read("1. til 30. juli 2027").span, by=user)


def _cancelled_meeting(plan: Plan, user) -> None:
    row = Milestone.objects.get(cycle__plan=plan, kind="adoption")
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 8, 27), cancelled=True)
    Milestone.objects.filter(pk=row.pk).update(
        meeting=meeting, precision="", modifier="", earliest_begin=None, latest_begin=None,
        earliest_end=None, latest_end=None,
    )  # fmt: skip


def _council_before_committee(plan: Plan, user) -> None:
    council = committee("Borgerrepræsentationen", BodyKind.COUNCIL)
    for title, body, day in [
        ("Udvalget anbefaler strategien", plan.body, dt.date(2027, 9, 8)),
        ("Borgerrepræsentationen vedtager strategien", council, dt.date(2027, 9, 1)),
    ]:
        facts = {"title": title, "kind": "meeting", "when": TimeSpan.day(day), "written": ""}
        milestones.add_milestone(cycle=plan.open_cycle, facts=facts, bodies=[body], by=user)
    Milestone.objects.filter(cycle__plan=plan, kind="adoption").delete()


def _waits_for_what_is_later(plan: Plan, user) -> None:
    first = Milestone.objects.get(cycle__plan=plan, title__contains="Indstilling")
    last = Milestone.objects.get(cycle__plan=plan, kind="adoption")
    moving.add_dependency(milestone=first, after=last, days=0, by=user)


def _no_meeting_that_day(plan: Plan, user) -> None:
    for day in (dt.date(2027, 8, 18), dt.date(2027, 9, 8)):
        Meeting.objects.create(body=plan.body, date=day)
    Milestone.objects.get(cycle__plan=plan, kind="adoption").bodies.set([plan.body])


def _after_the_period(plan: Plan, user) -> None:
    plan.first_year, plan.last_year = 2023, 2026
    plan.save()


def _shorter_than_law(plan: Plan, user) -> None:
    rows.set_planning_act(plan=plan, rule="proposal", by=user)


IMPOSSIBLE = [
    _adopted_too_early, _drafted_after, _cancelled_meeting, _council_before_committee,
    _waits_for_what_is_later, _no_meeting_that_day, _after_the_period, _shorter_than_law,
]  # fmt: skip


@pytest.mark.slow  # a page for each sort of date and finding
@pytest.mark.parametrize("act", IMPOSSIBLE, ids=[act.__name__ for act in IMPOSSIBLE])
def test_what_is_impossible_is_never_nothing_to_look_at(client, user, plan, act):
    """Not on any page of the plan nor on the desk; accepted, it is still called impossible."""
    client.force_login(user)
    act(plan, user)
    plan.refresh_from_db()
    found = findings_now(plan, user=user, municipality=Municipality.current())
    assert found.impossible
    message = found.impossible[0].finding.message
    for name in ("work-plan", "overview", "publish-choose"):
        html = client.get(reverse(f"plans:{name}", args=[plan.slug])).content.decode()
        assert message in html.replace("&quot;", '"').replace("&#x27;", "'"), name
        assert "Intet at se på" not in html
    assert "umulig" in client.get(reverse("plans:desk")).content.decode()
    for one in found.open:
        assert client.get(one.link).status_code == 200, one.finding.code
        for place in one.about:
            assert client.get(place.link).status_code == 200, place.link
        rows.accept_finding(plan=plan, finding=one.finding, note="Aftalt.", by=user)
    html = client.get(reverse("plans:work-plan", args=[plan.slug])).content.decode()
    assert "Intet at se på" not in html and "Intet nyt" in html
    assert "accepteret" in client.get(reverse("plans:overview", args=[plan.slug])).content.decode()


def test_advice_alone_is_not_called_impossible(client, user, plan):
    client.force_login(user)
    found = findings_now(plan, user=user, municipality=Municipality.current())
    assert {one.finding.certainty for one in found.open} <= {Sureness.ADVICE, Sureness.LOOK}
    html = client.get(reverse("plans:desk")).content.decode()
    assert "umulig" not in html


def test_a_meeting_that_is_moved_tells_what_it_makes_impossible_in_each_plan(client, user, plan):
    client.force_login(user)
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 8, 27))
    row = Milestone.objects.get(kind="adoption")
    row.when, row.written, row.meeting = None, "", meeting
    row.save()
    address = reverse("plans:meeting-move", args=[meeting.uid])
    assert "før høringen er slut" not in client.get(address).content.decode()
    client.post(address, {"version": meeting.version, "date": "2027-06-01"})
    assert "før høringen er slut" in client.get(address).content.decode()


# --- a meeting -----------------------------------------------------------------------------------

DAYS = [dt.date(2027, 1, 4), dt.date(2027, 6, 1), dt.date(2027, 6, 5), dt.date(2027, 8, 27),
        dt.date(2028, 2, 2)]  # fmt: skip


def adoption_at(meeting: Meeting, plan: Plan) -> Milestone:
    row = Milestone.objects.get(cycle__plan=plan, kind="adoption")
    row.when, row.written, row.meeting = None, "", meeting
    row.save()
    return row


@time_machine.travel("2026-12-01T12:00:00+01:00", tick=False)
@pytest.mark.parametrize("day", DAYS)
def test_what_is_told_before_a_meeting_moves_is_found_after_it(user, plan, day):
    house = Municipality.current()
    meeting = Meeting.objects.create(
        body=plan.body, date=dt.date(2027, 8, 26), papers_due=dt.date(2027, 8, 12)
    )
    adoption_at(meeting, plan)
    below = a_plan("Underplan")
    below.parent = plan
    below.save()
    imported(FIRST, user, below)
    adoption_at(meeting, below)
    plan.proposal = "Flere skal kende deres naboer."
    plan.save()
    plan.open_cycle.milestones.filter(kind=MilestoneKind.HEARING).update(is_public=True)
    Section.objects.create(plan=plan, title="Mål", text="<p>Vi vil hinanden.</p>", is_public=True)
    treats = submitted(plan).next_treatment
    steps.reschedule(treatment=treats, meeting=meeting, by=None)
    readable = Plan.objects.readable_by(user)
    both = readable.filter(pk__in=[plan.pk, below.pk])
    asked = {"readable": readable, "municipality": house}
    told = preview_of_meeting(both, meetings.moved_to(meeting, day), **asked)
    before = {one.before.plan.pk: keys(one.before) for one in told}
    assert before == {one.plan.pk: keys(one) for one in all_findings(both, **asked)}
    meeting.refresh_from_db()
    meetings.move_meeting(meeting=meeting, seen=meeting.version, day=day, by=None)
    after = {one.plan.pk: keys(one) for one in all_findings(both, **asked)}
    assert {one.after.plan.pk: keys(one.after) for one in told} == after
    assert len(after) == 2


@pytest.mark.parametrize("day", DAYS)
def test_what_is_told_before_a_milestone_becomes_another_meeting_is_found_after_it(user, plan, day):
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 8, 26))
    row = adoption_at(meeting, plan)
    house = Municipality.current()
    target = meetings.meeting_of(plan.body, day)
    readable = Plan.objects.readable_by(user)
    told = preview_of_another(row, target, readable=readable, municipality=house)
    meetings.put_on_meeting(milestone=row, day=day, by=None)
    assert keys(told.after) == keys(findings_now(plan, user=user, municipality=house))


def test_looking_at_a_meeting_first_writes_nothing_and_keeps_what_was_typed(client, user, plan):
    client.force_login(user)
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 8, 27))
    row = adoption_at(meeting, plan)
    address = reverse("plans:meeting-move", args=[meeting.uid])
    first = client.get(address).content.decode()
    assert 'name="look"' in first and "Flyt mødet</button>" not in first
    sent = {"version": meeting.version, "date": "2027-06-01", "look": "1"}
    page = client.post(address, sent).content.decode()
    assert "Det vil tjekkene sige" in page and "før høringen er slut" in page
    assert 'value="2027-06-01"' in page and "Flyt mødet</button>" in page
    meeting.refresh_from_db()
    assert (meeting.date, meeting.history.count()) == (dt.date(2027, 8, 27), 1)
    other = reverse("plans:milestone-meeting", args=[plan.slug, row.uid])
    page = client.post(other, {"version": row.version, "date": "2027-06-01", "look": "1"})
    assert "før høringen er slut" in page.content.decode()
    row.refresh_from_db()
    assert row.meeting == meeting and Meeting.objects.count() == 1
