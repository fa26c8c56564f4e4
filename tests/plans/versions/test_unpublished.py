"""How many changes nobody has published: counted as the comparison lists them, and cheaply."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Meeting
from kommuneplan.timespan.span import TimeSpan
from plans.document.building import gather
from plans.enums import MilestoneKind, Stage
from plans.models import FocusArea, Milestone, Phase, Plan, PlanLead, Section
from plans.process.actions.consultation_dates import ConsultationDays, follow_consultation
from plans.versions.actions import publishing
from plans.versions.actions.freezing import freeze
from plans.versions.unpublished import unpublished, unpublished_of
from plans.versions.verification import verify
from tests.factories import person, secretary
from tests.plans.matters import adopted, ready_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """Published as it is, with its text."""
    return public_plan()


def public_plan(title: str = "Strategi for naboskab") -> Plan:
    plan = ready_plan(title)
    publishing.publish(version=freeze(plan=plan, stage=Stage.CONSULTATION, by=None), by=None)
    return plan


def milestone(plan: Plan, title: str = "Borgermøde", **fields: object) -> Milestone:
    row = Milestone(cycle=plan.open_cycle, title=title, is_public=True, **fields)
    row.when = TimeSpan.day(dt.date(2027, 2, 3))
    row.save()
    return row


def counts(plan: Plan) -> tuple[int, int]:
    found = unpublished_of(Plan.objects.get(pk=plan.pk))
    return found.now, found.later


# --- counting ---------------------------------------------------------------------------------


def test_what_is_published_as_it_is_has_no_changes(plan):
    assert counts(plan) == (0, 0)
    assert not unpublished_of(plan).ready


def test_a_plan_of_which_nothing_is_published_is_not_counted():
    plan = ready_plan()
    found = unpublished_of(plan)
    assert (found.public, found.total, found.ready) == (None, 0, True)


def test_dates_come_out_now_and_the_text_later(plan):
    milestone(plan)
    Section.objects.create(plan=plan, title="Nyt", text="<p>Nyt.</p>", is_public=True, position=9)
    assert counts(plan) == (1, 2)  # the section, and the order of the sections
    version = publishing.publish_process_plan(
        plan=plan, reason="Ny dato", by=None,
        seen=publishing.seen_as(publishing.process_plan_to_publish(plan)),
    ).version  # fmt: skip
    assert counts(plan) == (0, 2)
    assert unpublished_of(plan).public == version.uid
    publishing.publish(version=freeze(plan=plan, stage=Stage.CONSULTATION, by=None), by=None)
    assert counts(plan) == (0, 0)


def test_what_is_internal_is_no_change(plan):
    milestone(plan).delete()
    Milestone.objects.create(cycle=plan.open_cycle, title="Internt")
    Section.objects.create(plan=plan, title="Internt", text="<p>Nej.</p>")
    assert counts(plan) == (0, 0)


def _retitle(plan: Plan) -> None:
    plan.title = "Andet navn"
    plan.save()


def _rename_body(plan: Plan) -> None:
    body = Body.objects.get(pk=plan.body_id)
    body.name = "Omsorgsudvalget"
    body.save()


def _move_meeting(plan: Plan) -> None:
    meeting = Meeting.objects.get()
    meeting.date = dt.date(2027, 5, 5)
    meeting.save()


def _rename_phase(plan: Plan) -> None:
    phase = Phase.objects.get()
    phase.purpose = "Hvad ved vi nu?"
    phase.save()


def _area(plan: Plan) -> None:
    FocusArea.objects.create(plan=plan, title="Naboer", is_public=True)


def _withdraw(plan: Plan) -> None:
    milestone(plan)


@pytest.mark.parametrize(
    "change", [_retitle, _rename_body, _move_meeting, _rename_phase, _area, _withdraw]
)
def test_a_count_is_never_out_of_date(plan, change):
    phase = Phase.objects.create(cycle=plan.open_cycle, title="Fase 1", purpose="Hvad ved vi?")
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 4, 7))
    Milestone.objects.create(
        cycle=plan.open_cycle, title="Møde", kind=MilestoneKind.MEETING, is_public=True,
        meeting=meeting, phase=phase,
    )  # fmt: skip
    publishing.publish(version=freeze(plan=plan, stage=Stage.CONSULTATION, by=None), by=None)
    assert counts(plan) == (0, 0)
    change(Plan.objects.get(pk=plan.pk))
    assert sum(counts(plan)) == 1


def test_what_a_round_tells_is_no_change(plan):
    row = plan.open_cycle.milestones.get(kind=MilestoneKind.HEARING)
    days = ConsultationDays(dt.date(2027, 6, 1), dt.date(2027, 7, 30))
    follow_consultation(milestone=row, days=days, reason="Forlænget.", by=None)
    assert counts(plan) == (0, 0)
    assert not publishing.has_news(
        publishing.process_plan_to_publish(plan), publishing.newest_public(plan)
    )


def test_taken_back_the_changes_are_counted_again(plan):
    milestone(plan)
    row = publishing.publish(version=freeze(plan=plan, stage=Stage.CONSULTATION, by=None), by=None)
    assert counts(plan) == (0, 0)
    publishing.withdraw(publication=row, by=None, because="For tidligt.")
    assert counts(plan) == (1, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_plans_asks_once(number, django_assert_num_queries):
    for n in range(number):
        milestone(public_plan(f"Plan {n}"))
    plans = list(Plan.objects.select_related("body"))
    unpublished(plans)
    with django_assert_num_queries(1):
        found = unpublished(plans)
    assert [one.now for one in found.values()] == [1] * number


def test_only_the_plan_that_was_changed_is_built_again():
    plans = [public_plan(f"Plan {n}") for n in range(3)]
    unpublished(plans)
    milestone(plans[0])
    with CaptureQueriesContext(connection) as one:
        unpublished(plans)
    for plan in plans:
        milestone(plan)
    with CaptureQueriesContext(connection) as three:
        unpublished(plans)
    assert len(three) > 2 * len(one)


# --- told -------------------------------------------------------------------------------------


ROOMS = ("overview", "text", "work-plan", "versions", "history", "structure", "focus")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_how_many_and_leads_on(client, plan, room):
    client.force_login(secretary())
    milestone(plan)
    milestone(plan, "Evaluering")
    page = client.get(reverse(f"plans:{room}", args=[plan.slug])).content.decode()
    assert "2 ændringer er ikke offentliggjort" in page
    difference = f"{reverse('plans:version-compare', args=[plan.slug])}?fra=offentligt&amp;til=nu"
    assert difference in page
    assert f'href="{reverse("plans:publish", args=[plan.slug])}"' in page


def test_who_may_not_publish_sees_the_changes_and_no_button(client, plan):
    lead = person("tovholder")
    PlanLead.objects.create(plan=plan, user=lead)
    client.force_login(lead)
    milestone(plan)
    page = client.get(reverse("plans:text", args=[plan.slug])).content.decode()
    assert "1 ændring er ikke offentliggjort" in page
    assert reverse("plans:publish", args=[plan.slug]) not in page


def test_to_publish_is_the_main_thing_to_do_only_while_something_waits(client, plan):
    client.force_login(secretary())
    room = reverse("plans:work-plan", args=[plan.slug])
    milestone(plan)
    assert _bar(client.get(room)) == "button button-primary"
    publishing.publish(version=freeze(plan=plan, stage=Stage.CONSULTATION, by=None), by=None)
    assert _bar(client.get(room)) == "button button-secondary"


def _bar(room):
    """How the way to publish looks in the bar."""
    bar = room.content.decode().partition('<div class="bar-acts">')[2]
    return bar.partition('<a class="')[2].partition('"')[0]


def test_the_difference_lists_as_many_as_were_counted(client, plan):
    client.force_login(secretary())
    milestone(plan)
    _area(plan)
    address = reverse("plans:version-compare", args=[plan.slug])
    page = client.get(f"{address}?fra=offentligt&til=nu").content.decode()
    listed = page[page.index('<ul class="changes">') :].partition("</ul>")[0]
    assert listed.count("<li>") == unpublished_of(plan).total == 2


def test_the_desk_tells_it_of_each_plan(client, plan):
    client.force_login(secretary())
    other = public_plan("Anden plan")
    milestone(other)
    page = client.get("/arbejde/").content.decode()
    assert page.count("1 ændring er ikke offentliggjort") == 1
    ready_plan("Tredje plan")
    assert "Ikke offentliggjort" in client.get("/arbejde/").content.decode()


@pytest.mark.slow  # a desk is filled for each
@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_asks_as_much_for_three_plans_as_for_one(client, number):
    client.force_login(person("chef", Role.ADMINISTRATOR))
    asked = []
    for _ in range(number):
        milestone(public_plan(f"Plan {len(asked)}"))
        client.get("/arbejde/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/arbejde/")
        asked.append(len(queries))
    assert len(set(asked)) == 1


# --- before and after -------------------------------------------------------------------------


def test_publishing_tells_before_and_after(client, plan):
    client.force_login(secretary())
    milestone(plan)
    Section.objects.create(plan=plan, title="Nyt", text="<p>Nyt.</p>", is_public=True, position=9)
    address = reverse("plans:publish", args=[plan.slug])
    page = " ".join(client.get(address).content.decode().split())
    assert "Borgermøde" in page
    assert "version 2" in page and "Alle kan læse den med det samme" in page
    assert "2 ændringer i planens øvrige dele følger ikke med" in page
    seen = publishing.seen_as(publishing.process_plan_to_publish(plan))
    told = client.post(address, {"seen": seen, "reason": "Vi holder borgermøde."}, follow=True)
    words = " ".join(told.content.decode().split())
    assert "Procesplanen er offentliggjort som version 2" in words
    assert f'href="/planer/{plan.slug}/"' in words
    assert "1 anden milepæl" in words


# --- the draft, published before the bodies' next step --------------------------------------------


def write_on(plan: Plan) -> None:
    Section.objects.create(plan=plan, title="Nyt", text="<p>Nyt.</p>", is_public=True, position=9)


def test_where_only_texts_have_changed_the_way_leads_to_publishing_the_draft(client, plan):
    client.force_login(secretary())
    write_on(plan)
    draft, dates = (
        reverse(f"plans:{name}", args=[plan.slug]) for name in ("publish-draft", "publish")
    )
    room = client.get(reverse("plans:overview", args=[plan.slug])).content.decode()
    assert f'href="{draft}"' in room and f'href="{dates}"' not in room
    page = client.get(draft)
    assert "Nyt" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    assert client.post(draft, {"seen": seen}).status_code == 422  # a reason is missing
    answer = client.post(draft, {"seen": seen, "reason": "Et nyt afsnit"}, follow=True)
    assert "offentliggjort som version 2" in answer.content.decode()
    assert "Nyt." in client.get(reverse("plans:plan", args=[plan.slug])).content.decode()
    assert counts(plan) == (0, 0)
    version = plan.versions.get(public_number=2)
    assert version.stage == Stage.DRAFT
    assert verify().faults == []
    again = client.post(draft, {"seen": seen, "reason": "Et nyt afsnit"}, follow=True)
    assert "ikke noget nyt" in again.content.decode()
    assert plan.publications.count() == 2


def test_a_draft_that_has_changed_since_is_looked_at_again(client, plan):
    client.force_login(secretary())
    write_on(plan)
    draft = reverse("plans:publish-draft", args=[plan.slug])
    seen = client.get(draft).context["form"]["seen"].value()
    write_on(plan)
    answer = client.post(draft, {"seen": seen, "reason": "Et nyt afsnit"})
    assert answer.status_code == 422 and "Et nyt afsnit" in answer.content.decode()
    assert plan.publications.count() == 1


def test_the_text_in_force_is_changed_by_the_bodies_alone(client, plan):
    client.force_login(secretary())
    adopted(plan)
    publishing.publish(version=plan.versions.get(stage=Stage.ADOPTED), by=None)
    write_on(plan)
    draft = reverse("plans:publish-draft", args=[plan.slug])
    room = client.get(reverse("plans:overview", args=[plan.slug])).content.decode()
    assert f'href="{draft}"' not in room
    assert "ændres i en revision" in client.get(draft).content.decode()
    with pytest.raises(publishing.NothingToPublish):
        seen = publishing.seen_as(gather(plan))
        publishing.publish_draft(plan=plan, reason="Ret", seen=seen, by=None)
