"""What is done to all the rows that are ticked, and what the room offers in one press."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Meeting, Municipality
from kommuneplan.timespan.danish import read
from plans.models import Milestone
from plans.process.actions import milestones
from plans.process.actions.many import ManyAct, act_on_many, move_many, moves_of
from plans.process.actions.milestones import ReasonNeeded
from plans.versions.actions import publishing
from tests.factories import FIRST, a_plan, committee, imported, secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return secretary()


@pytest.fixture
def plan(user):
    return imported(FIRST, user, a_plan())


@pytest.fixture
def work(client, user):
    client.force_login(user)
    return client


def named(words: str) -> Milestone:
    return Milestone.objects.get(title__icontains=words)


def rows_of(plan) -> list[Milestone]:
    return list(plan.open_cycle.milestones.all())


def seen(*rows: Milestone) -> dict[str, int]:
    return {str(row.uid): row.version for row in rows}


def boxes(*rows: Milestone) -> list[str]:
    return [f"{row.uid}.{row.version}" for row in rows]


def publish(plan, user):
    uids = [str(row.uid) for row in rows_of(plan)]
    milestones.mark_public(plan=plan, public=uids, by=user)
    process_plan = publishing.process_plan_to_publish(plan)
    publishing.publish_process_plan(
        plan=plan, reason="", seen=publishing.seen_as(process_plan), by=user
    )


def post(work, plan, act, *rows):
    address = reverse("plans:milestones", args=[plan.slug])
    return work.post(address, {"act": act, "row": boxes(*rows)}, follow=True)


def page(work, plan, **asked) -> str:
    return work.get(reverse("plans:work-plan", args=[plan.slug]), asked).content.decode()


# --- done, marked, deleted ---------------------------------------------------------------------


def test_all_that_are_ticked_are_done_and_no_others(work, plan):
    one, two = named("Høring"), named("Udkast")
    html = post(work, plan, "done", one, two).content.decode()
    assert "2 milepæle er gennemført." in html
    assert {row.title for row in rows_of(plan) if row.state == "done"} == {one.title, two.title}


def test_done_says_the_day_only_where_it_is_known(plan, user):
    exact, vague = named("Høring"), named("Udkast")
    past = read("3. marts 2021").span
    milestones.move_milestone(milestone=exact, when=past, by=user)
    milestones.move_milestone(milestone=vague, when=read("marts 2021").span, by=user)
    ahead = named("vedtagelse")
    rows = (named("Høring"), named("Udkast"), ahead)
    act_on_many(plan=plan, seen=seen(*rows), act=ManyAct.DONE, by=user)
    days = [row.done_on for row in (named("Høring"), named("Udkast"), named("vedtagelse"))]
    assert days == [dt.date(2021, 3, 3), None, clock.today()]


def test_public_and_internal_change_nothing_before_the_next_publication(work, plan):
    post(work, plan, "public", named("Høring"), named("Udkast"))
    assert {row.title for row in rows_of(plan) if row.is_public} == {
        named("Høring").title, named("Udkast").title,
    }  # fmt: skip
    post(work, plan, "internal", named("Høring"))
    assert not named("Høring").is_public
    assert not plan.publications.exists()


def test_what_was_read_is_not_deleted_and_the_rest_can_be_taken_back(work, plan, user):
    publish(plan, user)
    new = milestones.add_milestone(
        cycle=plan.open_cycle, facts={"title": "Nyt møde", "kind": "other"}, bodies=[], by=user
    )
    read_by_all = named("Høring")
    html = post(work, plan, "delete", new, read_by_all).content.decode()
    assert "1 milepæl er slettet" in html and read_by_all.title in html
    assert not Milestone.objects.filter(pk=new.pk).exists() and named("Høring")
    assert reverse("plans:milestone-restore", args=[plan.slug, new.uid]) in html
    work.post(reverse("plans:milestone-restore", args=[plan.slug, new.uid]))
    assert named("Nyt møde")


def test_what_somebody_else_has_saved_meanwhile_is_left_alone_and_told(work, plan, user):
    row = named("Høring")
    milestones.edit_milestone(milestone=named("Høring"), facts={"title": "Høringen"}, by=user)
    html = post(work, plan, "delete", row).content.decode()
    assert "En anden har ændret disse imens" in html
    assert named("Høringen")


@pytest.mark.parametrize("act", ["public", "done"])
def test_words_that_were_not_seen_are_not_made_public(work, plan, user, act):
    row = named("Høring")
    assert not row.is_public
    milestones.edit_milestone(milestone=named("Høring"), facts={"title": "Fortroligt"}, by=user)
    html = post(work, plan, act, row).content.decode()
    assert "En anden har ændret disse imens" in html
    now = named("Fortroligt")
    assert (now.is_public, now.state) == (False, row.state)


@pytest.mark.parametrize("rows", [[], ["x"], ["x.1"], [".."], ["1" * 40], ["é.²"]])
def test_nothing_ticked_or_nonsense_does_nothing(work, plan, rows):
    address = reverse("plans:milestones", args=[plan.slug])
    html = work.post(address, {"act": "delete", "row": rows}, follow=True).content.decode()
    assert "Sæt først kryds" in html
    assert len(rows_of(plan)) == 4


def test_another_plans_rows_are_nobodys(work, plan, user):
    other = imported(FIRST, user, a_plan("En anden plan"))
    theirs = other.open_cycle.milestones.first()
    address = reverse("plans:milestones", args=[plan.slug])
    work.post(address, {"act": "delete", "row": boxes(theirs)})
    assert Milestone.objects.filter(pk=theirs.pk).exists()


# --- moved -------------------------------------------------------------------------------------


def test_moving_several_is_shown_first_and_then_done(work, plan):
    rows = [named("Høring"), named("Udkast")]
    answer = work.post(
        reverse("plans:milestones", args=[plan.slug]), {"act": "move", "row": boxes(*rows)}
    )
    address = reverse("plans:milestones-move", args=[plan.slug])
    assert answer["Location"].startswith(f"{address}?row=")
    asked = {"row": boxes(*rows), "days": "14"}
    html = work.get(address, asked).content.decode()
    assert "24. maj–28. juni 2027" in html
    assert named("Høring").when == read("10. maj til 14. juni 2027").span
    token = re.search(r'name="seen" value="([^"]+)"', html)[1]
    assert work.post(address, {**asked, "seen": token}).status_code == 302
    assert named("Høring").when == read("24. maj til 28. juni 2027").span
    assert work.post(address, {**asked, "seen": token}).status_code == 422


@pytest.mark.parametrize("days", ["", "x", "99999", "-99999"])
def test_days_that_are_none_are_said(work, plan, days):
    address = reverse("plans:milestones-move", args=[plan.slug])
    answer = work.get(address, {"row": boxes(named("Høring")), "days": days})
    assert answer.status_code == 422 and "error-summary" in answer.content.decode()


def test_published_dates_are_moved_with_their_reason_and_meetings_stay(plan, user):
    publish(plan, user)
    rows = seen(*rows_of(plan))
    row = named("Indstilling")
    Milestone.objects.filter(pk=row.pk).update(confirmed=True)
    _shown, token = moves_of(plan, rows, 7)
    with pytest.raises(ReasonNeeded):
        move_many(plan=plan, uids=rows, days=7, seen=token, by=user)
    before = named("Indstilling").when
    move_many(plan=plan, uids=rows, days=7, seen=token, reason="Mere tid.", by=user)
    assert named("Indstilling").when == before
    assert named("Høring").date_changes.get().reason == "Mere tid."


# --- meetings, warnings --------------------------------------------------------------------------


def test_a_meeting_is_chosen_in_the_date_field_and_the_row_follows_it(work, plan):
    day = clock.today() + dt.timedelta(days=40)
    body = committee("Økonomiudvalget", BodyKind.FINANCE_COMMITTEE)
    meeting = Meeting.objects.create(body=body, date=day)
    row = named("Udkast")
    address = reverse("plans:milestone", args=[plan.slug, row.uid])
    html = work.get(address).content.decode()
    assert "Økonomiudvalget" in html and "materiale senest" in html
    data = {"version": row.version, "title": row.title, "kind": row.kind, "when": row.written}
    work.post(address, {**data, "at": str(meeting.uid)})
    row = named("Udkast")
    assert (row.meeting, row.when, row.written) == (meeting, None, "")
    assert body in row.bodies.all()
    assert 'name="at"' not in work.get(address).content.decode()


def test_a_new_milestone_is_a_meeting_at_once(work, plan):
    meeting = Meeting.objects.create(body=plan.body, date=clock.today() + dt.timedelta(days=9))
    address = reverse("plans:milestone-add", args=[plan.slug])
    data = {"title": "Orientering", "kind": "other", "when": "", "at": str(meeting.uid)}
    assert work.post(address, data).status_code == 302
    assert named("Orientering").takes_place.earliest == meeting.date


def test_a_published_row_becomes_a_meeting_only_with_a_reason(work, plan, user):
    publish(plan, user)
    meeting = Meeting.objects.create(body=plan.body, date=clock.today() + dt.timedelta(days=9))
    row = named("Udkast")
    address = reverse("plans:milestone", args=[plan.slug, row.uid])
    data = {"version": row.version, "title": row.title, "kind": row.kind, "at": str(meeting.uid)}
    assert work.post(address, data).status_code == 422
    assert named("Udkast").meeting is None
    assert work.post(address, {**data, "reason": "Mere tid."}).status_code == 302
    assert named("Udkast").meeting == meeting


def test_a_warning_proposes_the_nearest_meeting_and_the_form_has_it(work, plan, user):
    for day in (dt.date(2027, 4, 7), dt.date(2027, 5, 5)):
        Meeting.objects.create(body=plan.body, date=day)
    row = milestones.add_milestone(
        cycle=plan.open_cycle,
        facts={"title": "Udvalget drøfter", "kind": "recommendation",
               "when": read("8. april 2027").span, "written": "8. april 2027"},
        bodies=[plan.body],
        by=user,
    )  # fmt: skip
    html = page(work, plan)
    address = reverse("plans:milestone", args=[plan.slug, row.uid])
    assert f"{address}?dag=2027-04-07" in html and "Flyt til 7. april 2027" in html
    form = work.get(address, {"dag": "2027-04-07"}).content.decode()
    meeting = Meeting.objects.get(date=dt.date(2027, 4, 7))
    assert re.search(rf'<option value="{meeting.uid}"\s+selected', form)
    assert work.get(address, {"dag": "i morgen"}).status_code == 200


def test_the_council_that_is_not_heard_is_put_on_the_consultation(work, plan):
    Municipality.objects.update_or_create(pk=1, defaults={"hears_senior_council": True})
    council = committee("Ældrerådet", BodyKind.ADVISORY)
    row = named("Høring")
    Milestone.objects.filter(pk=row.pk).update(title="Høring", others="")
    address = reverse("plans:milestone-body", args=[plan.slug, row.uid])
    html = page(work, plan)
    assert "Sæt Ældrerådet på høringen" in html and address in html
    for _click in range(2):
        work.post(address, {"body": str(council.uid)})
    assert list(named("Høring").bodies.filter(pk=council.pk)) == [council]
    assert "Sæt Ældrerådet på høringen" not in page(work, plan)
    assert work.post(address, {"body": "x"}, follow=True).status_code == 200


def test_warnings_have_one_number_in_the_row_and_in_the_list(work, plan, user):
    row = named("vedtagelse")
    milestones.move_milestone(milestone=row, when=read("1. juni 2027").span, by=user)
    html = page(work, plan)
    numbers = re.findall(r'href="#tjek-(\d+)"', html)
    assert numbers and set(numbers) <= set(re.findall(r'id="tjek-(\d+)"', html))
    assert re.findall(r'id="tjek-(\d+)"', html) == sorted(
        re.findall(r'id="tjek-(\d+)"', html), key=int
    )


def test_a_phase_where_all_is_done_is_folded_until_something_in_it_is_worked_on(work, plan, user):
    for row in rows_of(plan)[:2]:
        facts = {"phase": "Først"}
        milestones.edit_milestone(milestone=row, facts=facts, by=user)
    for row in plan.open_cycle.milestones.filter(phase__title="Først"):
        milestones.finish_milestone(milestone=row, on=None, by=user)
    html = page(work, plan)
    assert len(re.findall(r'<details class="plan-phase">', html)) == 1
    row = plan.open_cycle.milestones.filter(phase__title="Først").first()
    answer = work.post(
        reverse("plans:milestone-copy", args=[plan.slug, row.uid]),
        headers={"HX-Request": "true"},
    )
    assert '<details class="plan-phase">' not in answer.content.decode()


@pytest.mark.one_database  # how many questions a page asks is counted once
@pytest.mark.parametrize("published", [False, True])
def test_the_room_asks_as_much_for_one_row_as_for_many(work, plan, user, published):
    Municipality.objects.get_or_create(pk=1, defaults={"name": "Prøve Kommune"})
    body, cycle = committee(), plan.open_cycle
    cycle.milestones.all().delete()
    Milestone.history.all().delete()  # nothing to be taken back
    counts = []
    for number in (1, 3, 150):
        Milestone.objects.bulk_create(
            Milestone(cycle=cycle, title=f"Trin {n}", written="afventer")
            for n in range(number - cycle.milestones.count())
        )
        for row in cycle.milestones.all():
            row.bodies.add(body)
        if published:
            publish(plan, user)
        page(work, plan)
        with CaptureQueriesContext(connection) as asked:
            page(work, plan)
            counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 12
