"""A plan's page in the workspace: the rows in the order of time, each said once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.models import Meeting
from kommuneplan.timespan.span import TimeSpan
from plans.models import Milestone
from tests.factories import a_plan, draft_of, imported, look_at, secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def work(client, plan):
    client.force_login(secretary())
    return client


def milestone(plan, title: str, day: dt.date | None = None, **more) -> Milestone:
    row = Milestone(cycle=plan.open_cycle, title=title, **more)
    row.when = TimeSpan.day(day) if day else None
    row.save()
    return row


def test_a_meeting_stands_among_the_days_by_its_own_day(work, plan) -> None:
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 3, 3))
    milestone(plan, "Uden dato")
    milestone(plan, "Juni", dt.date(2027, 6, 1))
    milestone(plan, "Mødet i marts", meeting=meeting)
    html = work.get(reverse("plans:work-plan", args=[plan.slug])).content.decode()
    assert html.index("Mødet i marts") < html.index("Juni") < html.index("Uden dato")


def test_a_new_milestone_takes_its_year_from_a_meeting_too(work, plan) -> None:
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2031, 3, 3))
    milestone(plan, "Mødet", meeting=meeting)
    address = reverse("plans:milestone-add", args=[plan.slug])
    data = {"title": "Opfølgning", "when": "4. maj", "kind": "other"}
    assert work.post(address, data).status_code == 302
    assert Milestone.objects.get(title="Opfølgning").earliest_begin == dt.date(2031, 5, 4)


@pytest.mark.parametrize(
    ("written", "shown"), [("4. maj", False), ("4.   Maj", False), ("dagen før grundlovsdag", True)]
)
def test_the_written_words_stand_only_where_they_say_something_else(
    work, plan, written, shown
) -> None:
    row = milestone(plan, "Borgermøde", dt.date(2027, 5, 4))
    Milestone.objects.filter(pk=row.pk).update(written=written)
    html = work.get(reverse("plans:work-plan", args=[plan.slug])).content.decode()
    assert (f'<p class="quiet">{written}</p>' in html) is shown


def test_a_document_without_a_title_is_no_news_where_the_field_asks_for_it(plan) -> None:
    look = look_at(draft_of("5. marts 2027\tMøde\tSocialudvalget\n", secretary(), plan))
    assert look.read.warnings
    assert look.warnings == []


def test_an_import_without_a_title_is_known_by_its_plan(plan) -> None:
    draft = draft_of("5. marts 2027\tMøde\tSocialudvalget\n", secretary(), plan)
    assert str(draft) == plan.title


def test_an_import_that_changes_nothing_is_finished_not_created(work, plan) -> None:
    text = "Naboskab\n5. marts 2027\tMøde om naboskab\tSocialudvalget\n"
    user = secretary("anden")
    imported(text, user, plan)
    again = draft_of(text, user, plan)
    work.force_login(user)
    html = work.get(reverse("plans:import", args=[again.uid])).content.decode()
    assert "Opret 0" not in html
    assert "Afslut importen" in html


def test_the_first_milestone_of_a_plan_without_any_cycle_is_written(work, plan) -> None:
    plan.cycles.all().delete()
    address = reverse("plans:milestone-add", args=[plan.slug])
    assert work.get(address).status_code == 200
    assert work.post(address, {"title": "Start", "when": "4. maj 2031"}).status_code == 422
    data = {"title": "Start", "when": "4. maj 2031", "kind": "other"}
    assert work.post(address, data).status_code == 302
    assert plan.open_cycle.milestones.get().title == "Start"


def test_nothing_is_added_where_every_cycle_is_closed(work, plan) -> None:
    plan.cycles.update(closed_at=clock.now(), state="adopted")
    address = reverse("plans:milestone-add", args=[plan.slug])
    assert work.get(address).status_code == 404
    assert work.post(address, {"title": "Start", "when": ""}).status_code == 404


def test_a_body_with_plans_is_not_deleted(admin_client, plan) -> None:
    address = reverse("admin:core_body_delete", args=[plan.body.pk])
    page = admin_client.post(address, {"post": "yes"})
    assert page.status_code in {200, 403}
    assert type(plan.body).objects.filter(pk=plan.body.pk).exists()


def test_a_citizens_meeting_is_given_its_time_and_place(work, plan) -> None:
    row = milestone(plan, "Borgermøde", dt.date(2027, 6, 10), is_public=True)
    address = reverse("plans:milestone", args=[plan.slug, row.uid])
    facts = {"version": row.version, "title": row.title, "when": "10. juni 2027",
             "kind": "public_meeting", "place": "Forsamlingshuset"}  # fmt: skip
    wrong = work.post(address, {**facts, "begins_at": "halv otte"})
    assert "Skriv klokkeslættet som 16.30" in wrong.content.decode()
    assert "Forsamlingshuset" in wrong.content.decode()
    assert work.post(address, {**facts, "begins_at": "19.30"}).status_code == 302
    row.refresh_from_db()
    assert (row.begins_at, row.place) == (dt.time(19, 30), "Forsamlingshuset")
    assert 'value="19:30"' in work.get(address).content.decode()
