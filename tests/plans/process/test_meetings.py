"""Meetings that are moved: the public is told the new day and why, in every plan."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.models import Meeting, Municipality
from kommuneplan.locking import Conflict
from plans.decisions.actions import outcomes, steps
from plans.models import DateChange, Milestone, Plan
from plans.process.actions import meetings, milestones
from plans.versions.actions import publishing
from tests.factories import a_plan, committee, lead, secretary
from tests.plans.matters import ready_plan, submitted

pytestmark = pytest.mark.django_db

MAY, JUNE = dt.date(2027, 5, 5), dt.date(2027, 6, 9)
WHY = "Salen er optaget."


@pytest.fixture
def meeting(db) -> Meeting:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    return Meeting.objects.create(body=committee(), date=MAY)


@pytest.fixture
def ida(meeting, client) -> Client:
    client.force_login(secretary("ida"))
    return client


def with_meeting(meeting: Meeting, title: str = "Strategi for naboskab", **facts) -> Milestone:
    """A public milestone that is the meeting, in a plan of the meeting's body."""
    plan = facts.pop("plan", None) or a_plan(title)
    facts = {"title": "Udvalget behandler planen", "is_public": True, **facts}
    return Milestone.objects.create(cycle=plan.open_cycle, meeting=meeting, kind="meeting", **facts)


def published(row: Milestone) -> Milestone:
    plan = Plan.objects.get(pk=row.cycle.plan_id)
    seen = publishing.seen_as(publishing.process_plan_to_publish(plan))
    publishing.publish_process_plan(plan=plan, reason="", seen=seen, by=None)
    return row


def public_page(row: Milestone) -> str:
    page = Client().get(reverse("plans:plan", args=[row.cycle.plan.slug])).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def move(meeting: Meeting, day: dt.date = JUNE, reason: str = WHY) -> list[Milestone]:
    return meetings.move_meeting(
        meeting=meeting, seen=meeting.version, day=day, reason=reason, by=None
    )


# --- the meeting itself ------------------------------------------------------------------------


def test_every_published_plan_tells_the_new_day_and_why(meeting):
    rows = [published(with_meeting(meeting, title)) for title in ("Én", "To")]
    internal = with_meeting(meeting, "Tre")
    assert len(move(meeting)) == 3
    for row in rows:
        assert "5. maj 2027" in public_page(row)  # frozen until it is published again
        published(row)
        page = public_page(row)
        assert "9. juni 2027" in page and "var 5. maj 2027" in page and WHY in page
    assert not internal.date_changes.exists()


def test_a_published_day_is_not_moved_without_a_reason(meeting):
    published(with_meeting(meeting))
    with pytest.raises(milestones.ReasonNeeded):
        move(meeting, reason="  ")
    meeting.refresh_from_db()
    assert meeting.date == MAY and not DateChange.objects.exists()
    assert move(meeting, day=MAY, reason="")  # nothing moves


def test_an_internal_one_is_and_words_of_the_old_day_go(meeting):
    row = with_meeting(meeting, written="5. maj")
    move(meeting, reason="")
    row.refresh_from_db()
    assert (row.written, row.takes_place.earliest) == ("", JUNE)


def test_moved_back_before_anybody_read_it_leaves_no_notice(meeting):
    row = published(with_meeting(meeting))
    move(meeting)
    meeting.refresh_from_db()
    move(meeting, day=MAY)
    assert not row.date_changes.exists()


def test_the_deadline_for_papers_keeps_its_distance(meeting):
    meeting.papers_due = MAY - dt.timedelta(days=10)
    meeting.save()
    move(meeting)
    meeting.refresh_from_db()
    assert meeting.papers_due == JUNE - dt.timedelta(days=10)


def test_two_who_move_and_a_day_that_is_taken(meeting):
    old = Meeting.objects.get(pk=meeting.pk)
    Meeting.objects.create(body=meeting.body, date=JUNE)
    with pytest.raises(meetings.DayTaken):
        move(meeting)
    move(meeting, day=JUNE + dt.timedelta(days=1))
    with pytest.raises(Conflict):
        move(old, day=JUNE + dt.timedelta(days=2))


def test_the_page_asks_why_and_shows_where_it_stands(meeting, ida):
    row = published(with_meeting(meeting))
    foreign = Plan.objects.create(title="KANARIEFUGL", body=committee("Kulturudvalget"))
    foreign.cycles.create()
    with_meeting(meeting, plan=foreign)
    address = reverse("plans:meeting-move", args=[meeting.uid])
    page = ida.get(address).content.decode()
    assert row.cycle.plan.title in page and "KANARIEFUGL" not in page
    sent = {"version": meeting.version, "date": JUNE.isoformat()}
    answer = ida.post(address, sent)
    assert answer.status_code == 422 and "Skriv, hvorfor den flyttes" in answer.content.decode()
    answer = ida.post(address, {**sent, "reason": WHY}, follow=True)
    told = answer.content.decode()
    assert "Offentligheden læser stadig 5. maj 2027." in told
    assert reverse("plans:publish", args=[row.cycle.plan.slug]) in told
    assert ida.post(address, {**sent, "reason": WHY}).status_code == 409
    change = row.date_changes.get()
    assert (change.reason, change.changed_by.name) == (WHY, "ida")


def test_the_page_asks_as_much_for_three_plans_as_for_one(meeting, ida):
    address = reverse("plans:meeting-move", args=[meeting.uid])
    published(with_meeting(meeting, "Én"))
    ida.get(address)
    with CaptureQueriesContext(connection) as few:
        ida.get(address)
    for title in ("To", "Tre"):
        published(with_meeting(meeting, title))
    with CaptureQueriesContext(connection) as many:
        assert ida.get(address).status_code == 200
    assert len(many) == len(few)


def test_who_may_not_move_it_is_refused_or_knows_nothing_of_it(meeting, client):
    row = with_meeting(meeting)
    address = reverse("plans:meeting-move", args=[meeting.uid])
    client.force_login(lead(row.cycle.plan))
    assert client.get(address).status_code == 403
    client.force_login(secretary("bo", "Kulturudvalget"))
    assert client.get(address).status_code == 404
    assert client.post(address, {"version": 1, "date": "2027-06-09"}).status_code == 404


# --- one milestone -----------------------------------------------------------------------------


def test_one_milestone_is_put_on_another_meeting(meeting, ida):
    row = published(with_meeting(meeting, written="5. maj 2027"))
    beside = with_meeting(meeting, "En anden")
    address = reverse("plans:milestone-meeting", args=[row.cycle.plan.slug, row.uid])
    row.refresh_from_db()
    sent = {"version": row.version, "date": JUNE.isoformat()}
    assert ida.post(address, {"version": row.version}).status_code == 422
    assert ida.post(address, sent).status_code == 422
    assert Meeting.objects.count() == 1
    assert ida.post(address, {**sent, "reason": WHY}).status_code == 302
    row.refresh_from_db()
    beside.refresh_from_db()
    assert (row.takes_place.earliest, beside.takes_place.earliest) == (JUNE, MAY)
    published(row)
    assert "var 5. maj 2027" in public_page(row) and WHY in public_page(row)
    assert ida.post(address, {**sent, "reason": WHY}).status_code == 409


def test_the_body_is_locked_before_the_milestone(meeting):
    """As where a whole calendar is entered: else each would wait for what the other holds."""
    row = with_meeting(meeting)
    with CaptureQueriesContext(connection) as asked:
        meetings.put_on_meeting(milestone=row, day=JUNE, by=None)
    said = [query["sql"] for query in asked.captured_queries]
    entered = next(n for n, sql in enumerate(said) if sql.startswith('INSERT INTO "core_meeting"'))
    locked = next(n for n, sql in enumerate(said) if 'FROM "plans_milestone"' in sql)
    assert entered < locked


def test_another_bodys_meeting_is_no_choice(meeting, ida):
    row = with_meeting(meeting)
    foreign = Meeting.objects.create(body=committee("Kulturudvalget"), date=JUNE)
    address = reverse("plans:milestone-meeting", args=[row.cycle.plan.slug, row.uid])
    sent = {"version": row.version, "meeting": str(foreign.uid)}
    assert ida.post(address, sent).status_code == 422
    with pytest.raises(ValueError, match="its body"):
        meetings.put_on_meeting(milestone=row, meeting=foreign, by=None)


def test_moving_with_what_follows_leads_to_the_meeting(meeting, ida):
    row = with_meeting(meeting)
    names = [row.cycle.plan.slug, row.uid]
    answer = ida.get(reverse("plans:milestone-move", args=names))
    assert answer.url == reverse("plans:milestone-meeting", args=names)


# --- a treatment of a matter -------------------------------------------------------------------


@pytest.fixture
def treated(ida):
    """A treatment at a meeting to come, that stands in the published process plan."""
    plan = ready_plan()
    matter = submitted(plan)
    treatment = matter.next_treatment
    day = clock.today() + dt.timedelta(days=30)
    at = Meeting.objects.create(body=treatment.body, date=day)
    steps.reschedule(treatment=treatment, meeting=at, by=None)
    treatment.refresh_from_db()
    return treatment, published(with_meeting(at, plan=plan))


def test_a_matter_that_is_moved_takes_its_milestone_along_with_a_reason(ida, treated):
    treatment, row = treated
    plan = row.cycle.plan
    address = reverse("plans:reschedule", args=[plan.slug, treatment.uid])
    page = ida.get(address).content.decode()
    assert row.title in page
    later = (clock.today() + dt.timedelta(days=60)).isoformat()
    sent = {"version": treatment.version, "date": later, "along": [str(row.uid)]}
    answer = ida.post(address, sent)
    assert answer.status_code == 422 and later in answer.content.decode()
    treatment.refresh_from_db()
    assert treatment.meeting_id == row.meeting_id
    assert ida.post(address, {**sent, "reason": WHY}).status_code == 302
    row.refresh_from_db()
    treatment.refresh_from_db()
    assert treatment.meeting_id == row.meeting_id
    assert row.date_changes.get().reason == WHY
    published(row)
    assert WHY in public_page(row)


def test_a_milestone_that_is_left_stays_where_it_is(ida, treated):
    treatment, row = treated
    before = row.meeting_id
    address = reverse("plans:reschedule", args=[row.cycle.plan.slug, treatment.uid])
    later = (clock.today() + dt.timedelta(days=60)).isoformat()
    ida.post(address, {"version": treatment.version, "date": later})
    row.refresh_from_db()
    treatment.refresh_from_db()
    assert row.meeting_id == before != treatment.meeting_id


def postponed(treatment, to: Meeting | None):
    decision = outcomes.Decision("postponed", decided_on=clock.today(), meeting=to)
    return outcomes.record_outcome(treatment=treatment, decision=decision, by=None)


def test_a_matter_that_is_postponed_takes_its_milestone_to_the_new_meeting(ida, treated):
    treatment, row = treated
    held = treatment.meeting
    later = Meeting.objects.create(body=treatment.body, date=clock.today() + dt.timedelta(days=60))
    done = postponed(treatment, later)
    row.refresh_from_db()
    assert (row.meeting, row.state) == (later, "planned")
    change = row.date_changes.get()
    assert (change.reason, change.decided_at) == ("Udsat af Socialudvalget.", held)
    published(row)
    assert "Udsat af Socialudvalget." in public_page(row)
    right = outcomes.Decision("noted", decided_on=clock.today())
    outcomes.correct_outcome(treatment=done, decision=right, reason="Fejl", by=None)
    row.refresh_from_db()
    assert row.meeting == held


def test_a_matter_postponed_without_a_meeting_takes_its_milestone_along_later(ida, treated):
    treatment, row = treated
    before = row.meeting_id
    postponed(treatment, None)
    row.refresh_from_db()
    assert row.meeting_id == before
    again = treatment.matter.next_treatment
    address = reverse("plans:reschedule", args=[row.cycle.plan.slug, again.uid])
    assert row.title in ida.get(address).content.decode()
    later = (clock.today() + dt.timedelta(days=60)).isoformat()
    sent = {"version": again.version, "date": later, "along": [str(row.uid)], "reason": WHY}
    assert ida.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert row.meeting_id != before


# --- the row of the process plan ---------------------------------------------------------------


def test_the_reason_of_a_published_date_is_not_called_optional(ida):
    from tests.plans.published import published_plan

    day = dt.date(2027, 3, 1)
    from kommuneplan.timespan.span import TimeSpan

    plan = published_plan("Planen", state="draft",
                          milestones=(("Kickoff", "involvement", TimeSpan.day(day)),))  # fmt: skip
    row = plan.open_cycle.milestones.get()
    page = ida.get(reverse("plans:milestone", args=[plan.slug, row.uid])).content.decode()
    label = re.search(r"<label[^>]*for=\"id_reason\">(.*?)</label>", page, re.S)[1]
    assert "Hvorfor flyttes datoen?" in label and "frivillig" not in label.lower()
    sent = {"version": row.version, "title": "Kickoff", "kind": "involvement",
            "when": "2. marts 2027"}  # fmt: skip
    for address in (
        reverse("plans:milestone", args=[plan.slug, row.uid]),
        reverse("plans:milestone-row", args=[plan.slug, row.uid]),
    ):
        answer = ida.post(address, sent, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "Skriv, hvorfor den flyttes" in answer.content.decode()
    same = {**sent, "when": "1. marts 2027", "title": "Opstart"}
    assert ida.post(reverse("plans:milestone", args=[plan.slug, row.uid]), same).status_code == 302
