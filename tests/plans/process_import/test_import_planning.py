"""The process plan by hand: published dates, conflicts, ending, publishing."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from kommuneplan.core.models import Meeting
from kommuneplan.locking import Conflict
from kommuneplan.timespan.span import TimeSpan
from plans.document.building import gather
from plans.models import Milestone, Publication
from plans.process.actions import milestones
from plans.versions.actions import publishing
from tests.factories import FIRST, a_plan, imported, lead, secretary

pytestmark = pytest.mark.django_db
AUTUMN = TimeSpan.day(dt.date(2027, 9, 24))
WINTER = TimeSpan.day(dt.date(2027, 12, 3))


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


def adoption() -> Milestone:
    return Milestone.objects.get(kind="adoption")


def publish(plan, user, reason="Ny dato."):
    uids = [str(uid) for uid in plan.open_cycle.milestones.values_list("uid", flat=True)]
    milestones.mark_public(plan=plan, public=uids, by=user)
    seen = publishing.seen_as(gather(plan))
    return publishing.publish_process_plan(plan=plan, reason=reason, seen=seen, by=user)


# --- published dates ---------------------------------------------------------------------------


def test_an_unpublished_date_moves_freely(plan, user):
    milestones.move_milestone(milestone=adoption(), when=AUTUMN, by=user)
    assert adoption().when == AUTUMN
    assert not adoption().date_changes.exists()


def test_a_published_date_needs_a_reason_and_keeps_the_old_one(plan, user):
    publish(plan, user)
    with pytest.raises(milestones.ReasonNeeded):
        milestones.move_milestone(milestone=adoption(), when=AUTUMN, reason="  ", by=user)
    assert adoption().when.earliest == dt.date(2027, 8, 27)
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 6, 2))
    milestones.move_milestone(
        milestone=adoption(), when=AUTUMN, reason="Mere tid.", meeting=meeting, by=user
    )
    change = adoption().date_changes.get()
    assert change.when.earliest == dt.date(2027, 8, 27)
    assert (change.reason, change.decided_at, change.changed_by) == ("Mere tid.", meeting, user)


def test_moving_twice_before_publishing_keeps_the_one_date_the_public_read(plan, user):
    publish(plan, user)
    milestones.move_milestone(milestone=adoption(), when=AUTUMN, reason="Først.", by=user)
    milestones.move_milestone(milestone=adoption(), when=WINTER, reason="Så igen.", by=user)
    change = adoption().date_changes.get()
    assert (change.when.earliest, change.reason) == (dt.date(2027, 8, 27), "Så igen.")
    publish(plan, user)
    milestones.move_milestone(milestone=adoption(), when=AUTUMN, reason="Tidligere.", by=user)
    moved = [change.when.earliest for change in adoption().date_changes.all()]
    assert moved == [dt.date(2027, 8, 27), dt.date(2027, 12, 3)]


def test_moving_back_before_publishing_is_no_change(plan, user):
    publish(plan, user)
    old = adoption().when
    milestones.move_milestone(milestone=adoption(), when=AUTUMN, reason="Mere tid.", by=user)
    milestones.move_milestone(milestone=adoption(), when=old, by=user)
    assert not adoption().date_changes.exists()


def test_the_old_date_and_the_reason_reach_the_public(plan, user, client):
    publish(plan, user)
    milestones.move_milestone(milestone=adoption(), when=AUTUMN, reason="Mere tid.", by=user)
    publish(plan, user, "Vedtagelsen er flyttet.")
    html = client.get(reverse("plans:plan", args=[plan.slug])).content.decode()
    for words in ("24. september 2027", "27. august 2027", "Mere tid.", "Vedtagelsen er flyttet."):
        assert words in html


def test_a_meeting_moves_with_its_calendar(plan, user):
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 6, 2))
    row = adoption()
    row.when, row.meeting = None, meeting
    row.save()
    with pytest.raises(milestones.DateNotItsOwn):
        milestones.move_milestone(milestone=adoption(), when=AUTUMN, by=user)


# --- the form ----------------------------------------------------------------------------------


def edit(work, plan, row, **data):
    address = reverse("plans:milestone", kwargs={"slug": plan.slug, "uid": row.uid})
    base = {"version": row.version, "title": row.title, "when": row.written, "kind": row.kind}
    return work.post(address, {**base, **data})


def test_the_form_asks_for_the_reason_and_keeps_what_was_typed(work, plan, user):
    publish(plan, user)
    answer = edit(work, plan, adoption(), when="24. september 2027", title="Vedtagelse i udvalget")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_reason_error"' in html
    assert 'value="24. september 2027"' in html and 'value="Vedtagelse i udvalget"' in html
    answer = edit(work, plan, adoption(), when="24. september 2027", reason="Mere tid.")
    assert answer.status_code == 302
    assert adoption().when == AUTUMN


def test_two_people_edit_and_both_texts_are_shown(work, plan, user):
    row = adoption()
    edit(work, plan, row, title="Den ene")
    answer = edit(work, plan, row, title="Den anden")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Den anden"' in html and "Den ene" in html
    assert adoption().title == "Den ene"
    version = re.search(r'name="version" value="(\d+)"', html)[1]
    assert edit(work, plan, row, title="Den anden", version=version).status_code == 302
    assert adoption().title == "Den anden"


@pytest.mark.parametrize(
    ("words", "status"),
    [("31. februar 2027", 422), ("5. maj og 9. juni 2027", 422), ("afventer", 302), ("", 422)],
)
def test_what_the_date_may_be(work, plan, words, status):
    answer = edit(work, plan, adoption(), when=words)
    assert answer.status_code == status
    if words and status == 422:
        assert f'value="{words}"' in answer.content.decode()


def test_a_milestone_is_added_with_its_words(work, plan):
    data = {"title": "Borgermøde", "when": "ultimo oktober 2027", "kind": "involvement"}
    work.post(reverse("plans:milestone-add", args=[plan.slug]), data)
    row = Milestone.objects.get(title="Borgermøde")
    assert (row.when.earliest, row.when.latest) == (dt.date(2027, 10, 21), dt.date(2027, 10, 31))
    assert (row.written, row.is_public) == ("ultimo oktober 2027", False)


# --- ending ------------------------------------------------------------------------------------


def end(work, plan, row, **data):
    address = reverse("plans:milestone-end", kwargs={"slug": plan.slug, "uid": row.uid})
    return work.post(address, {"version": row.version, **data})


def test_what_was_never_published_is_deleted(work, plan):
    end(work, plan, adoption(), delete="1")
    assert not Milestone.objects.filter(kind="adoption").exists()


def test_what_the_public_has_read_is_only_cancelled(work, plan, user):
    publish(plan, user)
    end(work, plan, adoption(), delete="1")
    assert adoption().state == "planned"
    end(work, plan, adoption(), cancel="1")
    assert adoption().state == "cancelled"


def test_an_old_version_of_the_page_deletes_nothing(work, plan):
    row = adoption()
    edit(work, plan, row, title="Nyt")
    end(work, plan, row, delete="1")
    assert adoption().title == "Nyt"
    with pytest.raises(Conflict):
        milestones.delete_milestone(milestone=row, by=None)


def test_done_with_a_day_and_taken_back(work, plan):
    address = reverse("plans:milestone-done", kwargs={"slug": plan.slug, "uid": adoption().uid})
    work.post(address, {"version": adoption().version, "done_on": "2027-08-27"})
    assert (adoption().state, adoption().done_on) == ("done", dt.date(2027, 8, 27))
    work.post(address, {"version": adoption().version, "reopen": "1"})
    assert (adoption().state, adoption().done_on) == ("planned", None)


# --- publishing --------------------------------------------------------------------------------


def seen_on(work, plan) -> str:
    html = work.get(reverse("plans:publish", args=[plan.slug])).content.decode()
    return re.search(r'name="seen" value="([^"]+)"', html)[1]


def test_chosen_milestones_are_published_and_the_others_stay_internal(work, plan, client):
    chosen = [
        str(uid) for uid in Milestone.objects.exclude(kind="drafting").values_list("uid", flat=True)
    ]
    work.post(reverse("plans:mark-public", args=[plan.slug]), {"public": chosen, "publish": "1"})
    assert not Publication.objects.exists()
    work.post(reverse("plans:publish", args=[plan.slug]), {"seen": seen_on(work, plan)})
    html = client.get(reverse("plans:plan", args=[plan.slug])).content.decode()
    assert "Høring om strategien" in html and "Udkast til strategi udarbejdes" not in html


def test_publishing_twice_is_once(work, plan, user):
    milestones.mark_public(plan=plan, public=[str(adoption().uid)], by=user)
    data = {"seen": seen_on(work, plan)}
    for _ in range(2):
        work.post(reverse("plans:publish", args=[plan.slug]), data)
    assert Publication.objects.count() == 1


def test_what_changed_meanwhile_is_looked_at_again(work, plan, user):
    milestones.mark_public(plan=plan, public=[str(adoption().uid)], by=user)
    data = {"seen": seen_on(work, plan)}
    milestones.edit_milestone(milestone=adoption(), facts={"title": "Noget andet"}, by=user)
    answer = work.post(reverse("plans:publish", args=[plan.slug]), data)
    assert answer.status_code == 422 and "Noget andet" in answer.content.decode()
    assert not Publication.objects.exists()


def test_the_second_time_the_reason_is_asked_and_the_differences_are_listed(work, plan, user):
    publish(plan, user)
    milestones.edit_milestone(
        milestone=adoption(), facts={"title": "Afgørelse i udvalget"}, by=user
    )
    html = work.get(reverse("plans:publish", args=[plan.slug])).content.decode()
    assert "Afgørelse i udvalget" in html and "Endelig vedtagelse af strategien" in html
    data = {"seen": seen_on(work, plan)}
    assert work.post(reverse("plans:publish", args=[plan.slug]), data).status_code == 422
    data["reason"] = "Ordene er gjort klarere."
    assert work.post(reverse("plans:publish", args=[plan.slug]), data).status_code == 302
    assert Publication.objects.count() == 2


@pytest.mark.parametrize("words", ["010203-1234", "nogen@example.org", "33 66 33 66"])
def test_what_looks_like_a_person_is_asked_about_first(work, plan, user, words):
    milestones.edit_milestone(milestone=adoption(), facts={"description": f"Ring {words}"}, by=user)
    milestones.mark_public(plan=plan, public=[str(adoption().uid)], by=user)
    data = {"seen": seen_on(work, plan)}
    answer = work.post(reverse("plans:publish", args=[plan.slug]), data)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Publication.objects.exists()
    work.post(reverse("plans:publish", args=[plan.slug]), {**data, "looked": "on"})
    assert Publication.objects.count() == 1


def test_a_case_number_is_no_person(work, plan, user):
    facts = {"description": "Sagsnr. 2007-54374, dok. 2007-402110, 4 mio. kr. i 2008-2009"}
    milestones.edit_milestone(milestone=adoption(), facts=facts, by=user)
    milestones.mark_public(plan=plan, public=[str(adoption().uid)], by=user)
    work.post(reverse("plans:publish", args=[plan.slug]), {"seen": seen_on(work, plan)})
    assert Publication.objects.count() == 1


def test_the_preview_is_the_public_page_before_it_is_public(client, plan, user):
    milestones.mark_public(plan=plan, public=[str(adoption().uid)], by=user)
    client.force_login(lead(plan))
    html = client.get(reverse("plans:work-preview", args=[plan.slug])).content.decode()
    assert "Endelig vedtagelse af strategien" in html and "Høring om strategien" not in html
    client.logout()
    assert client.get(reverse("plans:plan", args=[plan.slug])).status_code == 404
