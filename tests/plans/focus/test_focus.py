"""Focus areas and the yearly status: what is kept, what is refused, what is frozen."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.locking import Conflict
from plans.document import plan_document
from plans.enums import Part, Stage, StatusState
from plans.focus import yearly
from plans.focus.actions import areas
from plans.focus.yearly import entries_of
from plans.models import Cycle, FocusArea, FocusStatus, Matter, Plan, PlanVersion, YearlyStatus
from plans.versions.actions import publishing
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from plans.versions.verification import verify
from tests.factories import a_plan, lead, secretary
from tests.plans.statuses import ADOPTED, area, closed, in_force, milestone, opened, say

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]
GOLDEN = Path(__file__).parents[2] / "data" / "versions" / "before_focus_areas.json"


@pytest.fixture
def user():
    return secretary()


@pytest.fixture
def plan(db):
    return in_force()


@pytest.fixture
def work(client, user, plan):
    client.force_login(user)
    return client


def address(name, plan, **more):
    return reverse(f"plans:{name}", kwargs={"slug": plan.slug, **more})


# --- what was frozen before there were focus areas ---------------------------------------------


def test_a_version_frozen_before_reads_and_verifies_as_it_was():
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    again = plan_document.from_json(golden["content"])
    assert (again.focus, again.status) == ((), None)
    assert plan_document.to_json(again) == golden["content"]
    blocks = list(plan_document.blocks(again))
    assert [(anchor, kind) for anchor, kind, _text in blocks] == [
        (anchor, kind) for anchor, kind, _salt, _digest in golden["blocks"]
    ]
    for (_anchor, _kind, text), (_a, _k, salt, digest) in zip(
        blocks, golden["blocks"], strict=True
    ):
        assert plan_document.block_digest(salt, text) == digest
    sealed = [(anchor, digest) for anchor, _kind, _salt, digest in golden["blocks"]]
    assert plan_document.version_digest("", golden["facts"], sealed) == golden["digest"]


def test_focus_areas_are_frozen_read_again_and_verified(plan):
    area(plan, theme="Byrum", goals="Flere mødes.", first_year=2026, last_year=2028)
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    again = plan_document.from_json(version.content)
    assert plan_document.to_json(again) == version.content
    [line] = again.focus
    assert (line.title, line.period, line.goals) == ("Fælles haver", "2026–2028", "Flere mødes.")
    assert verify().faults == []


def test_an_internal_area_is_not_frozen(plan):
    area(plan, "KANARIEFUGL", is_public=False)
    taken = area(plan, "KANARIEFUGL to")
    areas.retire_area(area=taken, seen=taken.version, reason="Fejl", by=None)
    assert "KANARIEFUGL" not in freeze(plan=plan, stage=Stage.SUBMITTED, by=None).content


def test_a_process_plan_published_carries_the_focus_areas_over(plan):
    first = area(plan)
    before = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    areas.edit_area(area=first, seen=first.version, facts={"title": "Andet"}, by=None)
    after = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None, parts=[Part.PROCESS_PLAN])
    assert (
        plan_document.from_json(after.content).focus
        == plan_document.from_json(before.content).focus
    )


# --- focus areas -------------------------------------------------------------------------------


def test_areas_are_moved_ended_resumed_and_taken_out(plan):
    first, second = area(plan, "Et"), area(plan, "To")
    assert areas.move_area(area=second, step=-1, by=None)
    assert [row.title for row in yearly.areas_of(plan)] == ["To", "Et"]
    assert not areas.move_area(area=second, step=-1, by=None)
    first.refresh_from_db()
    ended = areas.end_area(area=first, seen=first.version, reason="Nået", by=None)
    assert (ended.ended_on, ended.ended_because) == (clock.today(), "Nået")
    again = areas.resume_area(area=ended, seen=ended.version, by=None)
    assert again.is_running
    gone = areas.retire_area(area=again, seen=again.version, reason="Fejl", by=None)
    assert [row.title for row in yearly.areas_of(plan)] == ["To"]
    assert areas.restore_area(area=gone, by=None).is_running


def test_an_end_has_a_reason(plan):
    row = area(plan)
    with pytest.raises(ValueError, match="reason"):
        areas.end_area(area=row, seen=row.version, reason="  ", by=None)


def test_the_second_of_two_editors_sees_both_texts(work, plan):
    row = area(plan)
    seen = row.version
    areas.edit_area(area=row, seen=seen, facts={"title": "De andres haver"}, by=None)
    data = {"title": "Mine haver", "seen": seen}
    answer = work.post(address("focus-area", plan, uid=row.uid), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "De andres haver" in page
    assert "Mine haver" in page
    row.refresh_from_db()
    assert row.title == "De andres haver"
    answer = work.post(address("focus-area", plan, uid=row.uid), {**data, "seen": row.version})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.title == "Mine haver"


def test_years_in_the_wrong_order_are_told_and_nothing_typed_is_lost(work, plan):
    data = {"title": "Haver", "first_year": 2028, "last_year": 2026, "seen": 0}
    answer = work.post(address("focus-add", plan), data)
    assert answer.status_code == 422
    assert 'value="Haver"' in answer.content.decode()
    assert not FocusArea.objects.exists()


def test_another_plans_area_is_not_found(work, plan):
    other = area(in_force("En anden plan"))
    for name in ("focus-area", "focus-end", "focus-retire"):
        assert work.get(address(name, plan, uid=other.uid)).status_code == 404
    for name in ("focus-move", "focus-restore"):
        assert work.post(address(name, plan, uid=other.uid)).status_code == 404


def test_the_order_is_changed_and_the_end_asked_on_pages(work, plan):
    _first, second = area(plan, "Et"), area(plan, "To")
    work.post(address("focus-move", plan, uid=second.uid), {"retning": "up"})
    page = work.get(address("focus", plan)).content.decode()
    assert page.index(">To<") < page.index(">Et<")
    second.refresh_from_db()
    where = address("focus-end", plan, uid=second.uid)
    assert work.post(where, {"seen": second.version, "reason": ""}).status_code == 422
    assert work.post(where, {"seen": 0, "reason": "Nået"}).status_code == 409
    assert work.post(where, {"seen": second.version, "reason": "Nået"}).status_code == 302
    second.refresh_from_db()
    assert second.ended_because == "Nået"


def test_a_milestone_can_be_tied_to_a_focus_area_where_there_are_any(client, user):
    plan = a_plan()
    client.force_login(user)
    where = address("milestone-add", plan)
    assert 'name="focus_area"' not in client.get(where).content.decode()
    row = area(plan)
    data = {"title": "Åbning", "when": "3. marts 2026", "kind": "other", "focus_area": row.uid}
    assert client.post(where, data).status_code == 302
    assert row.milestones.get().title == "Åbning"


# --- when --------------------------------------------------------------------------------------


def test_the_next_status_is_due_a_year_after_adoption_then_after_the_last_one(plan):
    assert yearly.next_status_due(plan) == dt.date(2027, 3, 5)
    say(entry_of(opened(plan), area(plan)))
    closed(plan.yearly_statuses.get())
    assert yearly.next_status_due(plan) == dt.date(2027, 11, 22)


def test_a_plan_that_is_not_in_force_has_no_status(plan):
    assert yearly.next_status_due(a_plan("Udkast")) is None
    with pytest.raises(areas.NotInForce):
        opened(a_plan("Et andet udkast"))
    newer = in_force("Den nye")
    newer.replaces.add(plan)
    assert yearly.next_status_due(plan) is None
    plan.repealed_on = dt.date(2026, 1, 1)
    plan.save()
    assert yearly.next_status_due(plan) is None


def test_29_february_is_followed_by_the_28th():
    assert yearly.a_year_after(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


def test_dues_of_many_plans_take_one_query(db):
    for number in range(5):
        in_force(f"Plan {number}")
    with CaptureQueriesContext(connection) as queries:
        assert len(yearly.status_dues(Plan.objects.all())) == 5
    assert len(queries) == 1


# --- the status --------------------------------------------------------------------------------


def entry_of(status: YearlyStatus, row: FocusArea) -> FocusStatus:
    return status.entries.get(focus_area=row)


def test_opening_takes_the_running_areas_and_new_ones_come_along(plan):
    first, over = area(plan, "Et"), area(plan, "Slut")
    areas.end_area(area=over, seen=over.version, reason="Nået", by=None)
    status = opened(plan)
    late = area(plan, "Nyt")
    assert {row.focus_area for row in entries_of(status)} == {first, late}
    with pytest.raises(areas.AlreadyOpen):
        opened(plan, 2027)


def test_a_status_is_not_closed_while_one_is_undecided(work, plan):
    first, second = area(plan, "Et"), area(plan, "To")
    status = opened(plan)
    say(entry_of(status, first))
    with pytest.raises(areas.Undecided) as refused:
        closed(status)
    assert [entry.focus_area for entry in refused.value.entries] == [second]
    page = work.get(address("status-close", plan, year=2026)).content.decode()
    assert f'href="{address("status", plan, year=2026)}#omraade-{second.uid}"' in page
    seen = areas.seen_as(status, entries_of(status))
    answer = work.post(address("status-close", plan, year=2026), {"seen": seen})
    assert answer.status_code == 422
    status.refresh_from_db()
    assert status.state == StatusState.OPEN


def test_closing_freezes_a_version_of_its_own_and_leaves_the_plan_in_force(work, user, plan):
    going, over = area(plan, "Haver"), area(plan, "Gårde")
    milestone(going, "Første spadestik", dt.date(2026, 5, 4), state="done", is_public=True)
    milestone(going, "KANARIEFUGL", dt.date(2026, 5, 4))
    adopted = plan.versions.get()
    Cycle.objects.create(plan=plan, number=2, kind="revision")  # a revision is being written
    section = plan.sections.get()
    section.text = "<p>KANARIEFUGL</p>"
    section.save()
    status = opened(plan)
    say(entry_of(status, going), words="Tre haver er åbnet.")
    say(entry_of(status, over), "end", "Gårdene er færdige.")
    seen = areas.seen_as(status, entries_of(status))
    answer = work.post(address("status-close", plan, year=2026), {"seen": seen})
    assert answer.status_code == 302
    status.refresh_from_db()
    before, after = (plan_document.from_json(v.content) for v in (adopted, status.frozen))
    assert (after.head, after.process_plan, after.text) == (
        before.head, before.process_plan, before.text,
    )  # fmt: skip
    assert (status.frozen.stage, status.frozen.parts) == ("status", ["focus"])
    assert after.status.year == 2026
    assert [(line.title, line.decision) for line in after.focus] == [
        ("Haver", "continue"), ("Gårde", "end"),
    ]  # fmt: skip
    assert [row.title for row in after.focus[0].milestones] == ["Første spadestik"]
    assert after.focus[1].ended_on == clock.today()
    assert "KANARIEFUGL" not in status.frozen.content
    assert plan.versions.filter(stage="adopted").get() == adopted
    assert plan.cycles.get(number=1).state == "adopted"
    over.refresh_from_db()
    assert over.ended_because == "Gårdene er færdige."
    assert verify().faults == []


def test_new_dates_published_since_adoption_stand_in_the_status(plan):
    row = area(plan)
    milestone(row, "Indvielse", dt.date(2026, 9, 1), is_public=True)
    publish(version=plan.versions.get(), by=None, visible_from=ADOPTED)
    newer = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None, parts=[Part.PROCESS_PLAN])
    publish(version=newer, by=None)
    say(entry_of(opened(plan), row))
    status = closed(plan.yearly_statuses.get())
    lines = plan_document.from_json(status.frozen.content).process_plan.milestones
    assert [line.title for line in lines] == ["Indvielse"]


def test_new_dates_that_wait_for_their_publication_do_not_stand_in_the_status_yet(plan):
    row = area(plan)
    milestone(row, "Indvielse", dt.date(2026, 9, 1), is_public=True)
    newer = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None, parts=[Part.PROCESS_PLAN])
    publish(version=newer, by=None, visible_from=clock.now() + dt.timedelta(days=7))
    say(entry_of(opened(plan), row))
    status = closed(plan.yearly_statuses.get())
    assert plan_document.from_json(status.frozen.content).process_plan.milestones == ()


def test_a_closed_status_stands(work, plan):
    row = area(plan)
    status = opened(plan)
    entry = entry_of(status, row)
    say(entry)
    closed(status)
    entry.refresh_from_db()
    with pytest.raises(areas.AlreadyClosed):
        say(entry, "end")
    with pytest.raises(areas.AlreadyClosed):
        closed(status)
    prefix = f"o-{row.uid}"
    data = {f"{prefix}-seen": entry.version, f"{prefix}-words": "Andet", "seen": status.version}
    work.post(address("status", plan, year=2026), data)
    entry.refresh_from_db()
    assert entry.words == "Det går fremad."
    assert work.get(address("status-close", plan, year=2026)).status_code == 302


def test_what_changed_since_one_looked_is_shown_before_it_is_closed(work, plan):
    row = area(plan)
    status = opened(plan)
    say(entry_of(status, row))
    seen = areas.seen_as(status, entries_of(status))
    say(entry_of(status, row), "end", "Nej.")
    answer = work.post(address("status-close", plan, year=2026), {"seen": seen})
    assert answer.status_code == 422
    assert not PlanVersion.objects.filter(stage="status").exists()


def fields(row: FocusArea, entry: FocusStatus, **said: object) -> dict[str, object]:
    return {f"o-{row.uid}-{name}": value for name, value in {"seen": entry.version, **said}.items()}


def test_what_can_be_saved_is_saved_and_the_rest_is_kept_in_the_page(work, plan):
    first, second = area(plan, "Et"), area(plan, "To")
    status = opened(plan)
    one, two = entry_of(status, first), entry_of(status, second)
    data = {
        **fields(first, one, words="Godt på vej.", decision="continue"),
        **fields(second, two, words="Står stille.", decision="end", reason=""),
        "seen": status.version,
        "summary": "Et roligt år.",
    }
    answer = work.post(address("status", plan, year=2026), data)
    assert answer.status_code == 422
    assert "Står stille." in answer.content.decode()
    one.refresh_from_db()
    two.refresh_from_db()
    status.refresh_from_db()
    assert (one.words, one.decision, two.words) == ("Godt på vej.", "continue", "")
    assert status.summary == "Et roligt år."


def test_two_in_the_same_row_both_texts_are_shown_and_neither_is_lost(work, plan):
    first, second = area(plan, "Et"), area(plan, "To")
    status = opened(plan)
    one, two = entry_of(status, first), entry_of(status, second)
    mine = {
        **fields(first, one, words="Min tekst", decision="continue"),
        **fields(second, two, words="Min anden", decision="continue"),
        "seen": status.version,
        "summary": "",
    }
    say(one, words="Kollegaens tekst")
    answer = work.post(address("status", plan, year=2026), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Kollegaens tekst" in page
    assert "Min tekst" in page
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.words, two.words) == ("Kollegaens tekst", "Min anden")
    with pytest.raises(Conflict):
        areas.save_entry(entry=one, seen=0, facts={"words": "Andet"}, by=None)
    again = {**mine, **fields(first, one, words="Min tekst", decision="continue"),
             **fields(second, two, words="Min anden", decision="continue")}  # fmt: skip
    assert work.post(address("status", plan, year=2026), again).status_code == 302
    one.refresh_from_db()
    assert one.words == "Min tekst"
    assert one.history.filter(words="Kollegaens tekst").exists()


def test_ending_an_area_while_a_status_is_open_decides_it_there(plan):
    row = area(plan)
    status = opened(plan)
    areas.end_area(area=row, seen=row.version, reason="Nået", by=None)
    assert (entry_of(status, row).decision, entry_of(status, row).reason) == ("end", "Nået")


def test_a_status_is_opened_and_its_window_changed_on_pages(work, user, plan):
    data = {"year": 2026, "opens_on": "2026-11-01", "closes_on": "2026-10-01", "seen": 0}
    assert work.post(address("status-open", plan), data).status_code == 422
    data |= {"closes_on": "2026-12-15", "owner": user.uid}
    assert work.post(address("status-open", plan), data).status_code == 302
    status = plan.yearly_statuses.get()
    assert status.owner == user
    assert work.post(address("status-open", plan), {**data, "year": 2027}).status_code == 422
    where = address("status-edit", plan, year=2026)
    assert work.post(where, {**data, "year": 2025, "seen": status.version + 7}).status_code == 409
    assert work.post(where, {**data, "year": 2025, "seen": status.version}).status_code == 302
    assert plan.yearly_statuses.get().year == 2025


def test_the_lead_writes_the_status_and_the_secretary_closes_it(client, plan):
    status = opened(plan)
    client.force_login(lead(plan))
    assert client.get(address("status", plan, year=2026)).status_code == 200
    assert client.post(address("status-close", plan, year=status.year)).status_code == 403
    assert client.get(address("status-open", plan)).status_code == 403


def test_a_closed_status_goes_to_the_committee_once_as_it_was_locked(work, plan):
    where = address("status-submit", plan, year=2026)
    row = area(plan)
    say(entry_of(opened(plan), row))
    assert work.get(where).status_code == 302
    status = closed(plan.yearly_statuses.get())
    assert work.post(where, {}).status_code == 422
    data = {"title": "Årlig status", "take_0": "on", "item_0": "information"}
    assert work.post(where, data).status_code == 302
    assert work.post(where, data).status_code == 302
    [matter] = Matter.objects.all()
    assert (matter.purpose, matter.plans.get().version) == ("status", status.frozen)
    assert plan.cycles.get().state == "adopted"
    version = work.get(address("work-version", plan, key=status.frozen.uid))
    assert "Det går fremad." in version.content.decode()
    page = work.get(address("status", plan, year=2026)).content.decode()
    assert reverse("plans:matter", kwargs={"slug": plan.slug, "uid": matter.uid}) in page


def test_the_due_day_stands_on_the_overview_and_on_the_desk(work, plan):
    assert address("focus", plan) in work.get(address("overview", plan)).content.decode()
    desk = reverse("plans:desk")
    assert "Årlig status senest" in work.get(desk).content.decode()  # the plan's next step
    assert address("status", plan, year=2026) not in work.get(desk).content.decode()
    opened(plan)
    assert address("status", plan, year=2026) in work.get(desk).content.decode()


def test_the_years_stand_side_by_side(work, plan):
    row = area(plan)
    for year, words in ((2025, "I gang"), (2026, "Godt på vej")):
        say(entry_of(opened(plan, year), row), words=words)
        closed(plan.yearly_statuses.get(year=year))
    statuses, [line] = yearly.side_by_side(plan)
    assert [status.year for status in statuses] == [2026, 2025]
    assert [entry.words for entry in line.entries] == ["Godt på vej", "I gang"]
    page = work.get(address("focus-years", plan)).content.decode()
    assert page.index("Godt på vej") < page.index("I gang")


def test_milestones_of_the_year_and_those_left_from_before(plan):
    row = area(plan)
    for title, day, state in [
        ("i år", dt.date(2026, 4, 1), "done"),
        ("glemt", dt.date(2025, 4, 1), "planned"),
        ("gammel", dt.date(2025, 5, 1), "done"),
        ("næste år", dt.date(2027, 1, 1), "planned"),
    ]:
        milestone(row, title, day, state=state)
    found = yearly.milestones_of_year([row], 2026)[row.pk]
    assert [one.title for one in found] == ["glemt", "i år"]


@pytest.mark.parametrize("name", ["focus", "status", "focus-years", "status-close"])
def test_the_pages_take_as_many_queries_with_one_area_as_with_five(work, plan, name):
    counts = []
    opened(plan)
    for wanted in (1, 5):
        while plan.focus_areas.count() < wanted:
            row = area(plan, f"Område {plan.focus_areas.count()}")
            milestone(row, "Møde", dt.date(2026, 5, 4))
        more = {"year": 2026} if name.startswith("status") else {}
        work.get(address(name, plan, **more))
        with CaptureQueriesContext(connection) as queries:
            assert work.get(address(name, plan, **more)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- in public ---------------------------------------------------------------------------------


def test_the_public_reads_focus_areas_once_the_status_is_published(client, plan):
    row = area(plan, "Fælles haver")
    area(plan, "KANARIEFUGL", is_public=False)
    publish(version=plan.versions.get(), by=None)
    public = address("plan", plan)
    assert "Fælles haver" not in client.get(public).content.decode()
    status = opened(plan)
    for entry in entries_of(status):
        say(entry, words="KANARIEFUGL" if entry.focus_area != row else "Tre haver er åbnet.")
    status = closed(status)
    assert "Tre haver" not in client.get(public).content.decode()
    publish(version=status.frozen, by=None)
    page = client.get(public).content.decode()
    assert "Tre haver er åbnet." in page
    assert "KANARIEFUGL" not in page


def test_the_process_plan_to_publish_keeps_what_the_public_reads_of_the_focus_areas(plan):
    row = area(plan)
    say(entry_of(opened(plan), row))
    status = closed(plan.yearly_statuses.get())
    publish(version=status.frozen, by=None)
    document_now = publishing.process_plan_to_publish(plan)
    assert document_now.status.year == 2026
