"""The desk: what waits, what is due and late, what others have changed, my plans."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import PlanRole, Role
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.desk import actions
from plans.desk.page import desk_of
from plans.enums import Outcome, Purpose, Stage
from plans.lifecycle.plan_state import PlanState
from plans.lifecycle.state import with_state
from plans.models import Cycle, DeskVisit, Milestone, Plan, PlanLead, Section
from plans.text.actions.comments import add_comment, resolve_comment
from plans.text.actions.sections import save_section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import FIRST, a_plan, committee, draft_of, lead, person, secretary
from tests.plans.matters import DAY, adopted, consulted, meeting, ready_plan, submitted, treats
from tests.plans.statuses import in_force

pytestmark = pytest.mark.django_db

ADDRESS = "/arbejde/"


def desk(user, **more):
    """The desk of a user, now."""
    user = type(user).objects.get(pk=user.pk)  # roles are remembered for a request
    return desk_of(user, at=clock.now(), **more)


def waits(user) -> list[str]:
    return [row.text for row in desk(user).waits]


def milestone(plan, title: str, span: TimeSpan | None, **more) -> Milestone:
    row = Milestone(cycle=plan.open_cycle, title=title, **more)
    row.when = span
    row.save()
    return row


def sometime_in(month: int) -> TimeSpan:
    first = dt.date(2026, month, 1)
    last = dt.date(2026, month + 1, 1) - DAY
    return TimeSpan(first, last, first, last, Precision.MONTH)


# What waits for me


def test_an_outcome_waits_when_its_meeting_has_been_held(client) -> None:
    user, plan = secretary(), ready_plan()
    matter = submitted(plan)
    treatment = matter.next_treatment
    treatment.meeting = meeting(plan.body, 1)
    treatment.save()
    assert waits(user) == []
    with time_machine.travel(clock.now() + 2 * DAY):
        (row,) = desk(user).waits
        assert "Socialudvalget" in row.text
        client.force_login(user)
        assert client.get(row.link).status_code == 200
        assert waits(lead(plan)) == []  # a tovholder records nothing


def test_only_the_first_of_a_chain_waits(client) -> None:
    user, plan = secretary(), ready_plan()
    chain = (committee(), committee("Økonomiudvalget"))
    matter = submitted(plan, chain=chain)
    for row in matter.treatments.all():
        row.meeting = meeting(row.body, -1)
        row.save()
    (waiting,) = desk(user).waits
    assert "Socialudvalget" in waiting.text


def test_what_was_amended_waits_to_be_written_in() -> None:
    user, plan = secretary(), ready_plan()
    treats(submitted(plan), Outcome.AMENDED)
    (row,) = desk(user).waits
    assert "/sager/" in row.link


def test_a_decided_version_waits_to_be_published() -> None:
    user, plan = secretary(), ready_plan()
    treats(submitted(plan))
    consultation, row = sorted((one.link for one in desk(user).waits), key=len)
    assert row.endswith("/offentliggoer/") and consultation.endswith("/hoeringer/ny/")
    publish(version=plan.versions.last(), by=user)
    assert [one.link for one in desk(user).waits] == [consultation]


def test_open_comments_of_others_wait_counted() -> None:
    user, plan = secretary(), a_plan()
    bo = lead(plan, "bo")
    section = Section.objects.create(plan=plan, title="Mål")
    add_comment(section=section, text="Mit eget", by=user)
    assert waits(user) == []
    comments = [add_comment(section=section, text=words, by=bo) for words in ("Hvad?", "Hvor?")]
    (row,) = desk(user).waits
    assert (row.number, row.slug) == (2, plan.slug)
    assert row.link == reverse("plans:text", args=[plan.slug])
    for comment in comments:
        resolve_comment(comment=comment, by=user)
    assert waits(user) == []


def test_an_import_begun_waits_and_nobody_elses() -> None:
    user, plan = secretary(), a_plan()
    draft = draft_of(FIRST, user, plan)
    draft_of(FIRST, secretary("anden"), plan)
    draft_of("5. marts 2027\tMøde\tSocialudvalget\n", user)
    links = [row.link for row in desk(user).waits]
    assert reverse("plans:import", args=[draft.uid]) in links
    assert len(links) == 2


def test_papers_wait_with_what_is_missing() -> None:
    user, plan = secretary(), a_plan()
    milestone(plan, "Udvalget", None, meeting=meeting(plan.body, 30))
    (row,) = desk(user).papers
    assert row.day == clock.today() + 16 * DAY
    assert not row.is_late
    standing = PlanState(plan, clock.today())
    assert [one.text for one in row.missing] == [one.text for one in standing.missing]
    assert row.missing
    with time_machine.travel(clock.now() + 17 * DAY):
        assert desk(user).papers[0].is_late
    assert desk(lead(plan)).papers == []


@pytest.mark.parametrize("make", [a_plan, ready_plan, lambda: consulted(ready_plan())])
def test_the_light_gates_say_the_same_of_a_list_as_of_a_plan(make) -> None:
    user, plan = secretary(), make()
    milestone(plan, "Udvalget", None, meeting=meeting(plan.body, 20))
    (row,) = desk(user).papers
    alone = PlanState(Plan.objects.get(pk=plan.pk), clock.today())
    assert [one.text for one in row.missing] == [one.text for one in alone.missing]


# What is due and late


@pytest.mark.parametrize(
    ("span", "late"),
    [
        (TimeSpan.day(dt.date(2026, 5, 9)), True),
        (TimeSpan.day(dt.date(2026, 5, 10)), False),
        (sometime_in(5), False),
        (sometime_in(4), True),
    ],
)
def test_late_only_after_the_latest_day(span, late) -> None:
    with time_machine.travel("2026-05-10 12:00+02:00"):
        user, plan = secretary(), a_plan()
        milestone(plan, "Udkast", span)
        (due,) = desk(user).due.rows
        assert due.is_late is late


def test_nothing_is_due_that_is_done_far_away_or_has_no_last_day() -> None:
    user, plan = secretary(), a_plan()
    today = clock.today()
    milestone(plan, "Gjort", TimeSpan.day(today - DAY), state="done")
    milestone(plan, "Langt væk", TimeSpan.day(today + 60 * DAY))
    milestone(plan, "Uden dato", None)
    milestone(plan, "Aflyst", TimeSpan.day(today), state="cancelled")
    assert desk(user).due.rows == []


def test_a_meeting_is_due_on_its_own_day_and_a_status_beside_it() -> None:
    user = secretary()
    with time_machine.travel("2027-02-20 12:00+01:00"):
        plan = a_plan("Ældreplan")
        milestone(plan, "Udvalget", None, meeting=meeting(plan.body, 3))
        in_force("Bystrategi")
        rows = desk(user).due.rows
        assert [row.plan.title for row in rows] == ["Ældreplan", "Bystrategi"]
        assert rows[1].day == dt.date(2027, 3, 5)


# What others have changed


def test_what_others_did_is_told_and_nothing_of_my_own() -> None:
    ida, plan = secretary("ida"), a_plan()
    bo = lead(plan, "bo")
    section = Section.objects.create(plan=plan, title="Mål")
    for by, words in ((bo, "Et"), (bo, "To"), (ida, "Tre")):
        section = save_section(
            section=section,
            title="Mål",
            text=f"<p>{words}</p>",
            base_version=section.version,
            by=by,
        )
    (change,) = desk(ida).news.changes
    assert (change.thing, change.act, change.who, change.what) == ("section", "~", "bo", "Mål")
    assert change.times == 2
    (own,) = desk(bo).news.changes
    assert own.who == "ida"


def test_another_bodys_plan_is_no_news_and_waits_for_nobody() -> None:
    plan = a_plan()
    bo = lead(plan, "bo")
    section = Section.objects.create(plan=plan, title="Hemmeligt")
    add_comment(section=section, text="Hm", by=bo)
    milestone(plan, "Udkast", TimeSpan.day(clock.today()))
    other = desk(secretary("fremmed", "Teknikudvalget"))
    assert (other.news.changes, other.waits, other.due.rows, list(other.plans)) == ([], [], [], [])


def test_news_stays_while_one_works_and_goes_with_the_next_visit(client) -> None:
    ida, plan = secretary("ida"), a_plan()
    bo = lead(plan, "bo")
    section = Section.objects.create(plan=plan, title="Mål")
    visit = {"HX-Request": "true"}

    def told(hours: float) -> int:
        with time_machine.travel(clock.now() + dt.timedelta(hours=hours), tick=False):
            client.force_login(ida)
            client.post("/arbejde/set/", headers=visit)
            return len(desk(ida).news.changes)

    assert told(0) == 0
    add_comment(section=section, text="Hm", by=bo)
    assert told(0.5) == 1
    assert told(1.5) == 1
    assert told(20) == 0


def test_seen_is_seen_and_what_came_meanwhile_is_still_news(client) -> None:
    ida, plan = secretary("ida"), a_plan()
    bo = lead(plan, "bo")
    section = Section.objects.create(plan=plan, title="Mål")
    add_comment(section=section, text="Før", by=bo)
    until = clock.now()
    add_comment(section=section, text="Efter", by=bo)
    client.force_login(ida)
    assert client.post("/arbejde/set/", {"until": until.isoformat()}).status_code == 302
    assert len(desk(ida).news.changes) == 1
    client.post("/arbejde/set/", {"until": "9999-01-01T00:00:00+00:00"})
    assert desk(ida).news.changes == []
    assert DeskVisit.objects.get().since <= clock.now()
    client.post("/arbejde/set/", {"until": "i går"})
    assert desk(ida).news.changes == []


def test_every_sort_of_change_has_its_words(client) -> None:
    ida = secretary("ida")
    adopted(ready_plan())
    bo = secretary("bo")
    for model in (Plan, Section, Milestone, Cycle):
        for row in model.objects.all():
            row._history_user = bo
            row.save()
    shown = desk(ida).news
    assert {change.thing for change in shown.changes} >= {"head", "section", "milestone", "state"}
    client.force_login(ida)
    html = client.get(ADDRESS).content.decode()
    assert html.count("bo har") >= 4


def test_a_visit_is_stored_once(client) -> None:
    ida = secretary("ida")
    at = clock.now()
    for hours in (0, 1, 5):
        actions.visit(at=at + dt.timedelta(hours=hours), by=ida)
    row = DeskVisit.objects.get()
    assert (row.since, row.here_at) == (
        at + dt.timedelta(hours=1),
        at + dt.timedelta(hours=5),
    )


# My plans


@pytest.mark.slow  # twenty-seven plans
def test_plans_stand_in_danish_order_25_a_page(client) -> None:
    client.force_login(secretary())
    for number in range(24):
        a_plan(f"Plan {number:02}")
    for title in ("Ældreplan", "Årsplan", "Økonomiplan"):
        a_plan(title)
    html = client.get(ADDRESS).content.decode()
    assert html.count("Plan ") >= 24
    assert "Ældreplan" in html
    assert "Årsplan" not in html
    second = client.get(ADDRESS, {"side": "2"}).content.decode()
    assert second.index("Økonomiplan") < second.index("Årsplan")
    assert client.get(ADDRESS, {"side": "hest"}).status_code == 200


def test_the_state_of_a_list_is_the_state_of_each_plan() -> None:
    plans = [a_plan("Kladde"), ready_plan("Forelagt"), ready_plan("Udsendt"), ready_plan("Hørt")]
    submitted(plans[1])
    treats(submitted(plans[2]))
    consulted(plans[3])
    plans += [adopted(ready_plan("Vedtaget")), adopted(ready_plan("Ophævet"))]
    plans += [adopted(ready_plan("Udløbet")), adopted(ready_plan("Afløst"))]
    plans[4].replaces.add(plans[7])
    Plan.objects.filter(pk=plans[5].pk).update(repealed_on=clock.today())
    Plan.objects.filter(pk=plans[6].pk).update(expires_on=clock.today() - DAY)
    Plan.objects.create(title="Uden forløb", body=committee())
    withdrawn = a_plan("Trukket")
    withdrawn.cycles.update(state="withdrawn", closed_at=clock.now(), reason="x")
    open_ended = ready_plan("Uden slutdag")
    treats(submitted(open_ended))
    open_ended.open_cycle.milestones.filter(kind="hearing").update(
        latest_end=None, earliest_end=None
    )
    seen = set()
    for plan in with_state(Plan.objects.all(), on=clock.today()):
        alone = PlanState(Plan.objects.get(pk=plan.pk), clock.today()).state
        assert plan.state_now == alone, plan.title
        seen.add(str(alone))
    assert len(seen) == 9


def test_who_may_edit_nothing_is_told_so(client) -> None:
    client.force_login(person("nogen"))
    assert 'id="venter"' not in client.get(ADDRESS).content.decode()


# Queries


def filled(number: int) -> None:
    """So many plans with a bit of everything."""
    bo = person(f"bo{number}")
    for one in range(number):
        plan = ready_plan(f"Plan {number}-{one}")
        PlanLead.objects.create(plan=plan, user=bo)
        section = plan.sections.get()
        section._history_user = bo
        section.save()
        add_comment(section=section, text="Hm", by=bo)
        milestone(plan, "Sent", TimeSpan.day(clock.today() - DAY))
        held = meeting(committee(f"Udvalg {number}-{one}"), 10)
        milestone(plan, "Møde", None, meeting=held)


@pytest.mark.slow  # thirty plans with all that waits
@pytest.mark.one_database  # as many questions on both
@pytest.mark.parametrize("who", ["secretary", "lead", "administrator"])
def test_the_desk_takes_as_many_queries_for_forty_plans_as_for_one(client, who) -> None:
    counts = []
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    user = person("ansat")
    if who == "secretary":
        user = secretary()
    if who == "administrator":
        user = person("chef", Role.ADMINISTRATOR)
    client.force_login(user)
    for number in (1, 2, 37):  # one plan, three, forty
        filled(number)
        if number == 1:  # a house at work is asked for no step of setting up
            publish(
                version=freeze(plan=Plan.objects.get(), stage=Stage.PROCESS_PLAN, by=None), by=None
            )
        for plan in Plan.objects.all() if who == "lead" else ():
            PlanLead.objects.get_or_create(plan=plan, user=user)
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as asked:
            html = client.get(ADDRESS).content.decode()
        assert "Plan 1-0" in html
        counts.append(len(asked))
    assert counts == counts[:1] * 3
    assert counts[0] <= 13


def test_purposes_of_the_next_matter_are_those_of_the_overview() -> None:
    assert {Purpose.CONSULTATION, Purpose.ADOPTION} == {
        PlanState(plan, clock.today()).purpose
        for plan in (ready_plan("Ny"), consulted(ready_plan("Hørt")))
    }


def test_the_overview_tells_the_next_date_and_what_is_late(client) -> None:
    plan, today = a_plan(), clock.today()
    milestone(plan, "Sent udkast", TimeSpan.day(today - DAY))
    milestone(plan, "Langt væk", TimeSpan.day(today + 90 * DAY))
    milestone(plan, "Udvalget mødes", None, meeting=meeting(plan.body, 20))
    dates = PlanState(plan, today).dates
    assert (dates.late, dates.next.title) == (1, "Udvalget mødes")
    client.force_login(secretary())
    html = client.get(reverse("plans:overview", args=[plan.slug])).content.decode()
    assert "Udvalget mødes</a>" in html
    assert "Én milepæl er overskredet" in html
    assert PlanState(a_plan("Tom"), today).dates.next is None


def test_a_member_has_the_members_pages_and_keeps_the_desk_as_director_of_a_plan(client) -> None:
    user = person("medlem", Role.MEMBER, committee())
    client.force_login(user)
    assert client.get(reverse("plans:desk")).url == reverse("plans:member-matters")
    PlanLead.objects.create(plan=a_plan(), user=user, role=PlanRole.DIRECTOR)
    answer = client.get(reverse("plans:desk"))
    assert answer.status_code == 200
    assert reverse("plans:member-matters") in answer.content.decode()
