"""The pages of a plan's life at the door: overview, submitting, outcomes, versions."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kommuneplan import clock
from kommuneplan.core.models import Municipality
from plans.decisions.actions import steps
from plans.enums import Audience, CycleState, Purpose
from plans.models import Matter, Plan, Publication
from plans.public.publications import published
from plans.versions.actions.publishing import publish
from tests.factories import committee, secretary
from tests.plans.matters import DAY, adopted, meeting, ready_plan, submitted, treats

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    user = secretary()
    client.force_login(user)
    return user


def at(name: str, plan: Plan, *args: object) -> str:
    return reverse(f"plans:{name}", args=[plan.slug, *args])


def form_of(plan: Plan, **more: object) -> dict[str, object]:
    return {
        "plans": [plan.uid],
        "purpose": Purpose.CONSULTATION,
        "title": "Høring om naboskab",
        "take_0": "on",
        "item_0": "decision",
        **more,
    }


def test_the_overview_says_what_is_missing_and_where(client, person):
    plan = ready_plan()
    plan.proposal = ""
    plan.save()
    page = client.get(at("overview", plan)).content.decode()
    assert f'href="{at("head", plan)}#div_id_proposal"' in page
    assert "(1)" in page


def test_submitting_what_is_missing_something_keeps_what_was_typed(client, person):
    plan = ready_plan()
    plan.sections.all().delete()
    answer = client.post(at("submit", plan), form_of(plan, title="Mit emne"))
    assert answer.status_code == 422 and "Mit emne" in answer.content.decode()
    assert not Matter.objects.exists()
    answer = client.post(at("submit", plan), form_of(plan, treated="on"))
    assert answer.status_code == 302 and Matter.objects.count() == 1


def test_the_meeting_comes_from_the_list_or_as_a_day(client, person):
    one, two = ready_plan("Én"), ready_plan("To")
    known = meeting(committee(), 30)
    page = client.get(at("submit", one)).content.decode()
    assert str(known.uid) in page
    client.post(at("submit", one), form_of(one, meeting_0=known.uid))
    day = clock.today() + 40 * DAY
    client.post(at("submit", two), form_of(two, date_0=day.isoformat()))
    days = [matter.next_treatment.meeting.date for matter in Matter.objects.order_by("pk")]
    assert days == [known.date, day]


def test_another_bodys_plan_or_meeting_in_the_form_is_refused(client, person):
    plan = ready_plan()
    other = Plan.objects.create(title="Fremmed", body=committee("Kulturudvalget"))
    other.cycles.create()
    foreign = meeting(committee("Kulturudvalget"), 30)
    for more in ({"plans": [plan.uid, other.uid]}, {"meeting_0": foreign.uid}):
        assert client.post(at("submit", plan), form_of(plan, **more)).status_code == 422
    assert not Matter.objects.exists()


def test_a_matter_of_another_plan_is_not_found_under_mine(client, person):
    mine = ready_plan()
    theirs = Plan.objects.create(title="Fremmed", body=committee("Kulturudvalget"))
    theirs.cycles.create()
    matter = submitted(theirs, treated=True)
    assert client.get(at("matter", mine, matter.uid)).status_code == 404
    treatment = matter.next_treatment
    assert client.post(at("outcome", mine, treatment.uid), {}).status_code == 404
    assert client.post(at("matter-amended", mine, matter.uid)).status_code == 404


def test_a_decision_over_another_bodys_plan_is_recorded_by_whoever_may_for_both(client, person):
    mine = ready_plan()
    theirs = Plan.objects.create(title="KANARIEFUGL", body=committee("Kulturudvalget"))
    theirs.cycles.create()
    matter = submitted(mine, theirs, treated=True)
    page = client.get(at("matter", mine, matter.uid))
    assert page.status_code == 200 and "KANARIEFUGL" not in page.content.decode()
    assert client.get(at("outcome", mine, matter.next_treatment.uid)).status_code == 403


def outcome(matter: Matter, value: str = "approved", **more: object) -> dict[str, object]:
    day = clock.today().isoformat()
    return {
        "version": matter.next_treatment.version,
        "outcome": value,
        "decided_on": day,
        "wording": "Udvalget godkendte.",
        **more,
    }


def test_an_outcome_is_recorded_once_and_the_second_is_told(client, person):
    plan = ready_plan()
    matter = submitted(plan)
    address, form = at("outcome", plan, matter.next_treatment.uid), outcome(matter)
    assert client.post(address, form).status_code == 302
    again = client.post(address, {**form, "wording": "Mine ord"})
    assert again.status_code == 422 and "Mine ord" in again.content.decode()
    assert plan.versions.filter(stage="consultation").count() == 1


def test_a_day_to_come_is_not_a_decision(client, person):
    plan = ready_plan()
    matter = submitted(plan)
    form = outcome(matter, decided_on=(clock.today() + DAY).isoformat())
    assert client.post(at("outcome", plan, matter.next_treatment.uid), form).status_code == 422


def test_an_unsafe_link_to_the_protocol_is_refused(client, person):
    plan = ready_plan()
    matter = submitted(plan)
    form = outcome(matter, protocol="javascript:alert(1)")
    assert client.post(at("outcome", plan, matter.next_treatment.uid), form).status_code == 422


def test_correcting_asks_for_the_reason(client, person):
    plan = ready_plan()
    row = treats(submitted(plan))
    address = at("outcome", plan, row.uid)
    row.refresh_from_db()
    form = {"version": row.version, "outcome": "rejected", "decided_on": clock.today().isoformat()}
    assert client.post(address, form).status_code == 422
    assert client.post(address, {**form, "reason": "Forkert punkt"}).status_code == 302
    assert plan.cycles.get().state == CycleState.DRAFT


def test_two_who_correct_the_head_at_once(client, person):
    plan = ready_plan()
    form = {"title": "Ny titel", "seen": plan.version, "proposal": "Mine ord"}
    plan.proposal = "Deres ord"
    plan.save()
    answer = client.post(at("head", plan), form)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Mine ord" in page and "Deres ord" in page
    plan.refresh_from_db()
    assert plan.proposal == "Deres ord"
    assert client.post(at("head", plan), {**form, "seen": plan.version}).status_code == 302


# --- versions ------------------------------------------------------------------------------------


def test_publish_schedule_and_withdraw(client, person):
    plan = ready_plan()
    treats(submitted(plan))
    number = plan.versions.last().number
    address = at("version-publish", plan, number)
    later = timezone.localtime(clock.now() + DAY).strftime("%Y-%m-%dT%H:%M")
    form = {"seen": 0, "audience": Audience.PUBLIC, "visible_from": later}
    assert client.post(address, form).status_code == 302
    assert not published(at=clock.now()).exists() and published(at=clock.now() + 2 * DAY).exists()
    publication = Publication.objects.get()
    away = at("publication-withdraw", plan, publication.uid)
    assert client.post(away, {"reason": ""}).status_code == 422
    assert client.post(away, {"reason": "For tidligt"}).status_code == 302
    assert not published(at=clock.now() + 2 * DAY).exists()
    assert client.post(address, {**form, "seen": 1, "visible_from": ""}).status_code == 302
    assert published(at=clock.now()).get().version.number == number
    assert client.post(address, {**form, "seen": 1, "visible_from": ""}).status_code == 422
    assert Publication.objects.count() == 2


def test_a_time_that_is_past_and_a_stale_page_publish_nothing(client, person):
    plan = ready_plan()
    treats(submitted(plan))
    address = at("version-publish", plan, 2)
    past = timezone.localtime(clock.now() - dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    form = {"seen": 0, "audience": Audience.PUBLIC}
    assert client.post(address, {**form, "visible_from": past}).status_code == 422
    assert client.post(address, {**form, "seen": 5}).status_code == 422
    assert not Publication.objects.exists()


def test_what_looks_like_personal_data_in_the_text_waits_for_a_person(client, person):
    plan = ready_plan()
    section = plan.sections.get()
    section.text = "<p>Ring til 12345678 eller skriv 010180-1234.</p>"
    section.save()
    treats(submitted(plan))
    address, form = at("version-publish", plan, 2), {"seen": 0, "audience": Audience.PUBLIC}
    assert client.post(address, form).status_code == 422
    assert client.post(address, {**form, "looked": "on"}).status_code == 302


def test_the_preview_is_the_publication(client, person):
    plan = ready_plan()
    treats(submitted(plan))
    preview = client.get(at("work-version", plan, 2)).content.decode()
    publish(version=plan.versions.last(), by=None)
    client.logout()
    public = client.get(f"/planer/{plan.slug}/versioner/1/").content.decode()

    def text(page: str) -> str:
        part = page[page.index('<section class="plan-text') :].partition("</section>")[0]
        return "".join(part.split())  # the public page is sent without its indents

    assert text(preview) == text(public)


EVIL = "<p>før</p><script>alert(1)</script><img src=x onerror=alert(1)>"


def test_compared_word_for_word_and_nothing_runs(client, person):
    plan = ready_plan()
    submitted(plan)
    section = plan.sections.get()
    section.text, section.title = "<p>Vi vil hinanden meget.</p>", "<script>alert(1)</script>"
    section.save()
    plan.refresh_from_db()
    plan.proposal = EVIL
    plan.save()
    page = client.get(at("version-compare", plan), {"fra": "1", "til": "nu"}).content.decode()
    assert " meget</ins>" in page.replace('<span class="sr-only">]</span>', "")
    assert "<script>alert" not in page and "<img src=x" not in page
    assert client.get(at("version-compare", plan), {"fra": "99"}).status_code == 404
    assert client.get(at("version-compare", plan), {"fra": "x"}).status_code == 404


def test_many_versions_and_matters_ask_no_more(client, person):
    plan = adopted(ready_plan())
    pages = [at(name, plan) for name in ("overview", "versions")]
    for page in pages:
        client.get(page)
    counts = []
    for more in (0, 2):
        for _n in range(more):
            plan.refresh_from_db()
            steps.open_revision(plan=plan, reason="Igen", by=None)
            treats(submitted(plan, purpose=Purpose.ADOPTION))
        row = []
        for page in pages:
            client.get(page)  # counts what is not published, once
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            row.append(len(queries))
        counts.append(row)
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 26
