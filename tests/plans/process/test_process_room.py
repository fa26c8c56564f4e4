"""The room of the process plan: rows edited in place, taken back, put in order; its findings."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Meeting, Municipality
from kommuneplan.timespan.danish import read
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.actions import steps as life
from plans.enums import CycleState, Stage
from plans.models import AcceptedFinding, DateChange, Dependency, Milestone
from plans.process.actions import milestones, moving, rows
from plans.process.templates import TEMPLATES, BodyCalendar, chain, from_template
from plans.versions.actions import publishing
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish as publish_version
from plans.versions.actions.publishing import withdraw
from tests.factories import FIRST, a_plan, committee, imported, secretary

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SIDES = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")


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


def at(name: str, plan, row=None) -> str:
    more = {"uid": row.uid} if row else {}
    return reverse(f"plans:{name}", kwargs={"slug": plan.slug, **more})


def page(work, plan) -> str:
    return work.get(at("work-plan", plan)).content.decode()


def save(work, plan, row, **data):
    base = {"version": row.version, "title": row.title, "when": row.written, "kind": row.kind,
            "open": [str(row.uid)]}  # fmt: skip
    return work.post(at("milestone-row", plan, row), {**base, **data}, headers=HTMX)


# --- edited in the row -------------------------------------------------------------------------


def test_a_row_becomes_its_form_and_the_saved_row_draws_the_room_anew(work, plan):
    row = named("Høring")
    form = work.get(at("milestone-row", plan, row), headers=HTMX).content.decode()
    assert f'id="m-{row.uid}"' in form and "10. maj til 14. juni 2027" in form
    answer = save(work, plan, row, when="17. maj til 21. juni 2027")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert '<div id="process-room"' in html and "<html" not in html
    assert html.count("17. maj–21. juni 2027") >= 1 and "<svg" in html
    assert named("Høring").when == read("17. maj til 21. juni 2027").span


def test_without_htmx_the_row_is_the_page(work, plan):
    row = named("Høring")
    answer = work.get(at("milestone-row", plan, row))
    assert answer["Location"] == at("milestone", plan, row)
    assert at("milestone", plan, row) in page(work, plan)


def test_what_cannot_be_read_comes_back_as_it_was_typed(work, plan):
    row = named("Høring")
    answer = save(work, plan, row, title="Ny titel", when="31. februar 2027")
    html = answer.content.decode()
    assert answer.status_code == 422 and answer["HX-Retarget"] == f"#m-{row.uid}"
    assert "31. februar 2027" in html and "Ny titel" in html
    assert named("Høring").version == row.version


def test_two_who_save_the_same_row_both_keep_their_words(work, plan, user):
    row = named("Høring")
    milestones.edit_milestone(milestone=named("Høring"), facts={"title": "Høring A"}, by=user)
    answer = save(work, plan, row, title="Høring B")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Høring A" in html and "Høring B" in html
    assert named("Høring A")
    again = save(work, plan, named("Høring A"), title="Høring B")
    assert again.status_code == 200 and named("Høring B")


def test_a_row_that_is_being_written_in_is_left_alone(work, plan):
    row, other = named("Høring"), named("Udkast")
    html = save(work, plan, row, title="Høringen", open=[str(row.uid), str(other.uid)])
    assert f'<tbody id="m-{other.uid}" hx-preserve></tbody>' in html.content.decode()
    assert f'<tbody id="m-{row.uid}" hx-preserve>' not in html.content.decode()


def test_a_published_date_asks_for_its_reason_in_the_row(work, plan, user):
    publish(plan, user)
    row = named("vedtagelse")
    answer = save(work, plan, row, when="24. september 2027")
    assert answer.status_code == 422 and 'name="reason"' in answer.content.decode()
    assert save(work, plan, row, when="24. september 2027", reason="Mere tid.").status_code == 200
    assert named("vedtagelse").date_changes.get().reason == "Mere tid."


def publish(plan, user):
    uids = [str(uid) for uid in plan.open_cycle.milestones.values_list("uid", flat=True)]
    milestones.mark_public(plan=plan, public=uids, by=user)
    seen = publishing.seen_as(publishing.process_plan_to_publish(plan))
    publishing.publish_process_plan(plan=plan, reason="", seen=seen, by=user)


# --- duplicated, ordered, deleted and back -----------------------------------------------------


def test_a_copy_is_internal_and_planned(work, plan, user):
    publish(plan, user)
    row = named("Høring")
    assert work.post(at("milestone-copy", plan, row)).status_code == 302
    copy = Milestone.objects.exclude(pk=row.pk).get(title__startswith=row.title)
    assert (copy.when, copy.kind, copy.is_public) == (row.when, row.kind, False)
    assert list(copy.bodies.all()) == list(row.bodies.all())


def test_rows_of_the_same_day_change_places_and_others_do_not(work, plan):
    first, second = named("Indstilling"), named("Udkast")
    second.when, second.written = first.when, first.written
    second.save()
    work.post(at("milestone-place", plan, named("Udkast")), {"op": "1"})
    html = page(work, plan)
    assert html.index(f'id="m-{second.uid}"') < html.index(f'id="m-{first.uid}"')
    work.post(at("milestone-place", plan, named("Høring")), {"op": "1"})
    assert named("Høring").version == Milestone.history.filter(uid=named("Høring").uid).count()


def test_a_meeting_stands_at_its_day_and_not_at_the_end(work, plan):
    row = named("Indstilling")
    row.meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 3, 5))
    row.when, row.written = None, ""
    row.save()
    html = page(work, plan)
    assert html.index(f'id="m-{row.uid}"') < html.index(f'id="m-{named("Udkast").uid}"')


def test_a_deleted_row_comes_back_with_everything(work, plan, user):
    row = named("Høring")
    moving.add_dependency(milestone=row, after=named("Udkast"), days=7, by=user)
    before = (row.uid, row.title, row.when, row.written, sorted(b.name for b in row.bodies.all()))
    assert work.post(at("milestone-delete", plan, row), {"version": row.version}).status_code == 302
    assert not Milestone.objects.filter(uid=row.uid).exists()
    assert at("milestone-restore", plan, row) in page(work, plan)
    work.post(at("milestone-restore", plan, row))
    back = named("Høring")
    names = sorted(b.name for b in back.bodies.all())
    assert before == (back.uid, back.title, back.when, back.written, names)
    assert Dependency.objects.get().days == 7
    work.post(at("milestone-restore", plan, row))  # a double click
    assert Milestone.objects.filter(uid=row.uid).count() == 1
    assert save(work, plan, back, title="Høring igen").status_code == 200


def test_what_was_published_is_not_deleted(work, plan, user):
    publish(plan, user)
    row = named("Høring")
    work.post(at("milestone-delete", plan, row), {"version": row.version})
    assert named("Høring")


def test_another_plans_deleted_row_does_not_come_here(work, plan, user):
    other = imported(FIRST, user, a_plan("En anden plan"))
    row = other.open_cycle.milestones.first()
    milestones.delete_milestone(milestone=row, by=user)
    work.post(at("milestone-restore", plan, row))
    assert not Milestone.objects.filter(uid=row.uid).exists()


# --- findings ----------------------------------------------------------------------------------


def accept_first(work, plan, note="Aftalt med udvalget."):
    html = page(work, plan)
    code = re.search(r'name="code" value="([^"]+)"', html)[1]
    key = re.search(r'name="key" value="([^"]+)"', html)[1]
    data = {"code": code, "key": key, "note": note}
    return work.post(at("accept-finding", plan), data), data


def test_a_finding_is_accepted_with_a_note_and_shown_struck(work, plan, user):
    answer, data = accept_first(work, plan)
    assert answer.status_code == 302
    known = AcceptedFinding.objects.get()
    assert (known.code, known.accepted_by, known.note) == (
        data["code"], user, "Aftalt med udvalget.",
    )  # fmt: skip
    html = page(work, plan)
    assert "<s>" in html and "Aftalt med udvalget." in html and user.name in html
    work.post(at("accept-finding", plan), data)
    assert AcceptedFinding.objects.count() == 1
    work.post(at("accept-finding", plan), {**data, "fortryd": "1"})
    assert not AcceptedFinding.objects.exists()


def test_without_a_note_nothing_is_accepted(work, plan):
    answer, _data = accept_first(work, plan, note=" ")
    assert answer.status_code == 422
    assert not AcceptedFinding.objects.exists()


def test_an_accepted_finding_speaks_again_when_the_things_change(work, plan, user):
    row = named("vedtagelse")
    milestones.move_milestone(milestone=row, when=read("1. juni 2027").span, by=user)
    html = page(work, plan)
    keys = re.findall(r'name="code" value="adoption-before-hearing-ends"><input type="hidden" '
                      r'name="key" value="([^"]+)"', html)  # fmt: skip
    data = {"code": "adoption-before-hearing-ends", "key": keys[0], "note": "Hastesag."}
    work.post(at("accept-finding", plan), data)
    assert AcceptedFinding.objects.count() == 1
    row = named("vedtagelse")
    milestones.move_milestone(milestone=row, when=read("2. juni 2027").span, by=user)
    assert 'value="adoption-before-hearing-ends"' in page(work, plan)
    stale = {**data, "note": "Igen."}
    work.post(at("accept-finding", plan), stale)
    assert AcceptedFinding.objects.count() == 1


def test_the_rule_of_the_planning_act_is_chosen_in_the_room(work, plan):
    assert "hearing-shorter-than-law" not in page(work, plan)
    work.post(at("planning-act", plan), {"rule": "proposal"})
    assert "hearing-shorter-than-law" in page(work, plan)
    work.post(at("planning-act", plan), {"rule": "noget andet"})
    plan.refresh_from_db()
    assert plan.planning_act == "proposal"


# --- moved with what follows -------------------------------------------------------------------


def test_moving_is_shown_first_and_then_done(work, plan, user):
    moving.add_dependency(milestone=named("Høring"), after=named("Udkast"), days=7, by=user)
    row = named("Udkast")
    asked = {"when": "20. april til 14. maj 2027", "scope": "dependent"}
    html = work.get(at("milestone-move", plan, row), asked).content.decode()
    assert "24. maj–28. juni 2027" in html
    assert named("Høring").when == read("10. maj til 14. juni 2027").span
    seen = re.search(r'name="seen" value="([^"]+)"', html)[1]
    assert work.post(at("milestone-move", plan, row), {**asked, "seen": seen}).status_code == 302
    assert named("Høring").when == read("24. maj til 28. juni 2027").span
    again = work.post(at("milestone-move", plan, row), {**asked, "seen": seen})
    assert again.status_code == 422


def test_dependencies_are_added_and_removed_on_their_page(work, plan):
    row, other = named("Høring"), named("Udkast")
    address = at("dependencies", plan, row)
    assert work.post(address, {"after": str(other.uid), "days": "7"}).status_code == 302
    back = work.post(at("dependencies", plan, other), {"after": str(row.uid), "days": "0"})
    assert back.status_code == 422
    work.post(address, {"fjern": str(other.uid)})
    assert not Dependency.objects.exists()
    assert work.post(address, {"fjern": "x"}).status_code == 404


# --- several at once ---------------------------------------------------------------------------


def test_a_chain_takes_the_bodies_meetings_about_a_week_apart():
    bodies = [
        BodyCalendar("a", "Udvalget", ((dt.date(2027, 4, 7), "m1"),)),
        BodyCalendar(
            "b", "Økonomiudvalget", ((dt.date(2027, 4, 8), "m2"), (dt.date(2027, 4, 14), "m3"))
        ),
        BodyCalendar("c", "Byrådet"),
    ]  # fmt: skip
    made = chain("Forslaget", dt.date(2027, 4, 1), bodies, adoption=True)
    assert [(one.when.latest, one.meeting, one.after) for one in made] == [
        (dt.date(2027, 4, 7), "m1", None),
        (dt.date(2027, 4, 14), "m3", 0),
        (dt.date(2027, 4, 21), "", 1),
    ]
    assert [one.kind for one in made] == ["recommendation", "recommendation", "adoption"]


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize(
    "start", [dt.date(2027, 1, 4), dt.date(2027, 6, 28), dt.date(2026, 12, 21)]
)
def test_a_template_is_in_order_on_working_days_and_finds_nothing_against_itself(name, start):
    from plans.process.checks import CheckedMilestone, ProcessFacts, Rules, check

    proposals = from_template(name, start, {})
    assert all(one.when.earliest >= start and one.when.earliest.weekday() < 5 for one in proposals)
    steps = [CheckedMilestone(str(n), p.title, p.when, p.kind) for n, p in enumerate(proposals)]
    ordered = tuple(sorted(steps, key=lambda s: s.when.sort_key))
    rules = Rules(hearing_weeks_outside_holidays=0, councils=())
    found = check(ProcessFacts(kind="process", steps=ordered, rules=rules))
    assert [one.message for one in found] == []


def test_a_chain_is_shown_and_then_made_once(work, plan):
    council = committee("Borgerrepræsentationen", BodyKind.COUNCIL)
    meeting = Meeting.objects.create(body=plan.body, date=dt.date(2027, 4, 7))
    asked = {"title": "Forslag i høring", "first_day": "2027-04-01",
             "bodies": [str(plan.body.uid), str(council.uid)]}  # fmt: skip
    html = work.get(at("chain", plan), asked).content.decode()
    assert "7. april 2027" in html and not Milestone.objects.filter(meeting=meeting).exists()
    seen = re.search(r'name="seen" value="([^"]+)"', html)[1]
    for _click in range(2):
        work.post(at("chain", plan), {**asked, "seen": seen})
    made = Milestone.objects.filter(title__endswith="Forslag i høring")
    assert sorted(row.takes_place.earliest for row in made) == [
        dt.date(2027, 4, 7), dt.date(2027, 4, 14),
    ]  # fmt: skip
    assert made.get(meeting=meeting).when is None
    assert Dependency.objects.count() == 1


def test_a_mistake_is_told_of_once(work, plan):
    html = work.get(at("chain", plan), {"title": "Forslag", "first_day": ""}).content.decode()
    assert html.count("error-summary") == 1


def test_a_template_makes_internal_milestones(work, user):
    empty = a_plan("Ny plan")
    asked = {"template": "framework_plan", "begins": "2027-01-04"}
    html = work.get(at("template", empty), asked).content.decode()
    assert not empty.open_cycle.milestones.exists()
    seen = re.search(r'name="seen" value="([^"]+)"', html)[1]
    assert work.post(at("template", empty), {**asked, "seen": seen}).status_code == 302
    made = empty.open_cycle.milestones.all()
    assert made.count() == len(TEMPLATES["framework_plan"][1])
    assert not made.filter(is_public=True).exists()


# --- cost --------------------------------------------------------------------------------------


def test_the_room_asks_the_database_as_often_for_many_rows(work, plan, user):
    body = committee("Handicaprådet", BodyKind.ADVISORY)

    def count() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            page(work, plan)
        return len(asked)

    Municipality.objects.create(pk=1, name="Prøve Kommune")
    few = count()
    for n in range(12):
        row = milestones.add_milestone(
            cycle=plan.open_cycle,
            facts={"title": f"Trin {n}", "kind": "meeting",
                   "when": TimeSpan.day(dt.date(2027, 5, 3 + n))},
            bodies=[body], by=user,
        )  # fmt: skip
        moving.add_dependency(milestone=row, after=named("Udkast"), days=n, by=user)
    assert count() <= few + 2  # the calendars are asked once there is a day and a body
    assert count() <= 19


@pytest.mark.slow  # three hundred milestones
@pytest.mark.one_database  # as many questions on both
def test_as_many_queries_with_300_milestones_as_with_10(work, plan, user):
    """With everything a room can show: a family, moved dates, dependencies, a thing let stand."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    Municipality.objects.create(pk=1, name="Prøve Kommune")
    cycle, kin = plan.open_cycle, [a_plan("Ramme"), a_plan("Delstrategi")]
    plan.parent = kin[0]
    plan.save()
    kin[1].parent = plan
    kin[1].save()
    for one in kin:
        row = Milestone(cycle=one.open_cycle, title="Vedtagelse", kind="adoption")
        row.when = TimeSpan.day(dt.date(2027, 3, 3))
        row.save()
    body = committee()
    met = Meeting.objects.create(body=body, date=dt.date(2027, 4, 4))
    counts = []
    for number in (10, 300):
        while cycle.milestones.count() < number:
            rows = [
                Milestone(
                    cycle=cycle, title=f"Trin {n}", sort_begin=dt.date(2027, 5, 3),
                    sort_end=dt.date(2027, 5, 3), precision="day",
                    **dict.fromkeys(SIDES, dt.date(2027, 5, 3)),
                )
                for n in range(number - cycle.milestones.count())
            ]  # fmt: skip
            Milestone.objects.bulk_create(rows)
        for row in cycle.milestones.all():
            row.bodies.add(body)
        moved = cycle.milestones.last()
        DateChange.objects.create(milestone=moved, written="maj", reason="x", decided_at=met)
        moving.add_dependency(milestone=moved, after=named("Udkast"), days=1, by=user)
        page(work, plan)
        with CaptureQueriesContext(connection) as asked:
            page(work, plan)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 19  # with the chain of bodies, matters and rounds


def test_a_confirmed_date_is_said_and_taken_back(work, plan):
    row = named("vedtagelse")
    work.post(at("milestone-confirm", plan, row), {"ja": "1"})
    assert named("vedtagelse").confirmed and moving.is_fixed(named("vedtagelse"))
    work.post(at("milestone-confirm", plan, row), {"nej": "1"})
    assert not named("vedtagelse").confirmed


def test_accepting_twice_at_once_leaves_one(plan, user):
    from plans.models import Plan
    from plans.process.check_facts import gather_facts, live_rows
    from plans.process.checks import check

    found = check(gather_facts(plan, live_rows(plan.open_cycle), Plan.objects.all()))[0]
    for _n in range(2):
        rows.accept_finding(plan=plan, finding=found, note="Aftalt.", by=user)
    assert AcceptedFinding.objects.count() == 1


def test_after_a_revision_that_was_given_up_the_room_shows_the_plan_in_force(work, plan, user):
    first = plan.open_cycle
    first.state, first.closed_at = CycleState.ADOPTED, clock.now()
    first.save()
    again = life.open_revision(plan=plan, reason="Nye tal", by=user)
    milestones.add_milestone(
        cycle=again, facts={"title": "Opgivet møde", "kind": "other"}, bodies=[], by=user
    )
    assert "Opgivet møde" in page(work, plan)
    life.withdraw_cycle(cycle=again, reason="Ikke nødvendig", by=user)
    for name in ("work-plan", "publish-choose"):
        html = work.get(at(name, plan)).content.decode()
        assert first.milestones.first().title in html
        assert "Opgivet møde" not in html


def test_the_room_says_published_only_of_what_everybody_can_read_now(work, plan, user):
    version = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=user)
    at_noon = clock.now() + dt.timedelta(days=7)
    row = publish_version(version=version, by=user, visible_from=at_noon)
    assert "som version 1" not in page(work, plan)
    with time_machine.travel(at_noon + dt.timedelta(minutes=1)):
        work.force_login(user)
        assert "som version 1" in page(work, plan)
        withdraw(publication=row, by=user, because="En fejl")
        assert "som version 1" not in page(work, plan)
