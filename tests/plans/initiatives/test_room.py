"""The room *Initiativer*: written, ordered, kept when two write at once, taken out and put back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from kommuneplan.core.models import User
from kommuneplan.timespan.span import TimeSpan
from plans.models import (
    ActivityMove,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativePhase,
)
from tests.factories import secretary
from tests.plans.published import publication_of
from tests.plans.statuses import in_force

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


@pytest.fixture
def plan(db):
    return in_force()


@pytest.fixture
def work(client, plan):
    client.force_login(secretary())
    return client


@pytest.fixture
def initiative(plan):
    return Initiative.objects.create(plan=plan, title="Koordinering", state="running")


def address(name, plan, *more, **named):
    return reverse(f"plans:{name}", args=[plan.slug, *more], kwargs=named or None)


def activity(initiative, title, when=None, **more):
    row = InitiativeActivity(initiative=initiative, title=title, **more)
    row.when = when
    row.save()
    return row


def page(client, plan, one):
    return client.get(address("initiative", plan, one.uid)).content.decode()


def test_an_initiative_is_written_and_stands_in_the_room_as_internal(work, plan):
    sent = {
        "seen": 0, "title": "En kontaktperson til alle", "state": "running",
        "when_": "", "duration": "treårigt", "participants_count": "20",
        "participants": "sagsbehandlere", "target_groups": "Unge\nÆldre",
    }  # fmt: skip
    answer = work.post(address("initiative-add", plan), sent)
    row = Initiative.objects.get()
    assert answer["Location"] == address("initiative", plan, row.uid)
    room = work.get(address("initiatives", plan)).content.decode()
    assert "En kontaktperson til alle" in room and "treårigt" in room and "Intern" in room
    assert row.history.get().history_user == User.objects.get()


def test_the_date_of_an_activity_is_read_as_it_is_written(work, plan, initiative):
    where = address("initiative-row-add", plan, initiative.uid, "aktiviteter")
    sent = {"title": "Interviews", "when": "november/december 2026", "audiences": "Borgere"}
    assert work.post(where, sent).status_code == 302
    row = InitiativeActivity.objects.get()
    assert (row.earliest_begin, row.latest_end) == (dt.date(2026, 11, 1), dt.date(2026, 12, 31))
    assert row.is_public and row.state == "planned"
    told = page(work, plan, initiative)
    assert "november/december 2026" in told and "Borgere" in told


def test_a_date_that_cannot_be_is_refused_and_what_was_typed_comes_back(work, plan, initiative):
    where = address("initiative-row-add", plan, initiative.uid, "aktiviteter")
    answer = work.post(where, {"title": "Interviews", "when": "31. februar 2027"})
    assert answer.status_code == 422 and not InitiativeActivity.objects.exists()
    told = answer.content.decode()
    assert "31. februar 2027" in told and 'value="Interviews"' in told


def test_nothing_is_overdue_before_its_latest_day_is_past(work, plan, initiative):
    november = TimeSpan.between(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    row = activity(initiative, "Møder", november)
    assert "Overskredet" not in page(work, plan, initiative)
    row.when = TimeSpan.between(dt.date(2026, 10, 1), dt.date(2026, 11, 21))
    row.save()
    assert "Overskredet" in page(work, plan, initiative)
    assert "Overskredet" in work.get(address("initiatives", plan)).content.decode()
    row.state = "done"
    row.save()
    assert "Overskredet" not in page(work, plan, initiative)


def test_two_who_write_at_once_both_keep_their_text(work, plan, initiative):
    where = address("initiative-edit", plan, initiative.uid)
    sent = {"seen": 0, "title": "Mit navn", "state": "running"}
    mine = {**sent, "seen": Initiative.objects.get().version}
    other = Initiative.objects.get()
    other.title = "Dit navn"
    other.save()
    answer = work.post(where, mine)
    told = answer.content.decode()
    assert answer.status_code == 409 and "Mit navn" in told and "Dit navn" in told
    assert Initiative.objects.get().title == "Dit navn"
    mine["seen"] = Initiative.objects.get().version
    assert work.post(where, mine).status_code == 302
    assert Initiative.objects.get().title == "Mit navn"


def test_two_who_write_the_same_row_both_keep_their_text(work, plan, initiative):
    row = InitiativeFunding.objects.create(initiative=initiative, source="Satspuljen")
    where = address("initiative-row", plan, initiative.uid, "penge", row.uid)
    sent = {"seen": row.version, "kind": "pool", "source": "Satspulje 19M", "amount": "4 mio."}
    row.source = "Puljen"
    row.save()
    answer = work.post(where, sent)
    told = answer.content.decode()
    assert answer.status_code == 409 and "Satspulje 19M" in told and "Puljen" in told
    assert InitiativeFunding.objects.get().source == "Puljen"


@pytest.mark.parametrize(
    ("written", "kroner"),
    [("4.000.000", 4_000_000), ("4 mio.", 4_000_000), ("4,5 mio. kr.", 4_500_000), ("", None)],
)
def test_kroner_are_read_as_people_write_them(work, plan, initiative, written, kroner):
    where = address("initiative-row-add", plan, initiative.uid, "penge")
    work.post(where, {"kind": "grant", "source": "Fonden", "amount": written})
    assert InitiativeFunding.objects.get().amount == kroner
    told = page(work, plan, initiative)
    assert (f"{kroner:,}".replace(",", ".") if kroner else "beløb ikke oplyst") in told


def test_one_phase_at_most_is_the_current_one(work, plan, initiative):
    first = InitiativePhase.objects.create(initiative=initiative, title="Analyse", is_current=True)
    second = InitiativePhase.objects.create(initiative=initiative, title="Udvikling")
    where = address("initiative-row", plan, initiative.uid, "faser", second.uid)
    work.post(where, {"seen": second.version, "title": "Udvikling", "is_current": "on"})
    assert list(initiative.phases.filter(is_current=True)) == [second]
    assert first.history.count() == 2


def published(plan, initiative):
    initiative.is_public = True
    initiative.save()
    return publication_of(plan, visible_from=NOW - dt.timedelta(days=1))


def test_a_published_date_is_moved_with_a_reason_and_the_earlier_one_stays(work, plan, initiative):
    row = activity(initiative, "Møder", TimeSpan.day(dt.date(2027, 1, 5)))
    published(plan, initiative)
    row.refresh_from_db()
    where = address("initiative-row", plan, initiative.uid, "aktiviteter", row.uid)
    sent = {
        "seen": row.version, "title": "Møder", "when": "3. marts 2027", "kind": "other",
        "state": "planned", "is_public": "on",
    }  # fmt: skip
    answer = work.post(where, sent)
    assert answer.status_code == 422 and not ActivityMove.objects.exists()
    assert work.post(where, {**sent, "reason": "Lokalet var optaget"}).status_code == 302
    move = ActivityMove.objects.get()
    assert move.earliest_begin == dt.date(2027, 1, 5)
    told = page(work, plan, initiative)
    assert "Lokalet var optaget" in told and "3. marts 2027" in told


def test_what_was_published_is_dropped_with_a_reason_and_not_deleted(work, plan, initiative):
    row = activity(initiative, "Møder")
    where = address("initiative-row", plan, initiative.uid, "aktiviteter", row.uid)
    published(plan, initiative)
    row.refresh_from_db()
    work.post(f"{where}slet/", {"seen": row.version})
    assert InitiativeActivity.objects.exists()
    sent = {"seen": row.version, "title": "Møder", "kind": "other", "state": "dropped"}
    assert work.post(where, sent).status_code == 422
    assert work.post(where, {**sent, "dropped_because": "Ingen kom"}).status_code == 302
    assert "Ingen kom" in page(work, plan, initiative)


def test_what_nobody_read_is_deleted(work, plan, initiative):
    row = activity(initiative, "Møder")
    where = address("initiative-row-delete", plan, initiative.uid, "aktiviteter", row.uid)
    work.post(where, {"seen": row.version + 1})
    assert InitiativeActivity.objects.exists()
    work.post(where, {"seen": row.version})
    assert not InitiativeActivity.objects.exists()


def test_a_row_of_another_initiative_is_not_there(work, plan, initiative):
    other = Initiative.objects.create(plan=plan, title="Et andet")
    row = activity(other, "Møder")
    where = address("initiative-row", plan, initiative.uid, "aktiviteter", row.uid)
    assert work.get(where).status_code == work.post(where, {}).status_code == 404
    unknown = address("initiative-row", plan, other.uid, "andet", row.uid)
    assert work.get(unknown).status_code == 404


def test_a_stopped_initiative_has_a_reason(work, plan, initiative):
    where = address("initiative-edit", plan, initiative.uid)
    sent = {"seen": initiative.version, "title": "Koordinering", "state": "stopped"}
    assert work.post(where, sent).status_code == 422
    assert work.post(where, {**sent, "stopped_because": "Pengene slap op"}).status_code == 302
    assert "Pengene slap op" in page(work, plan, initiative)


def test_an_initiative_is_taken_out_with_a_reason_and_put_back(work, plan, initiative):
    where = address("initiative-retire", plan, initiative.uid)
    assert work.post(where, {"seen": initiative.version, "reason": " "}).status_code == 422
    work.post(where, {"seen": initiative.version, "reason": "Skrevet ved en fejl"})
    assert work.get(address("initiative", plan, initiative.uid)).status_code == 404
    assert "Skrevet ved en fejl" in work.get(address("initiatives", plan)).content.decode()
    work.post(address("initiative-restore", plan, initiative.uid))
    assert work.get(address("initiative", plan, initiative.uid)).status_code == 200


def test_the_order_is_the_secretarys(work, plan, initiative):
    second = Initiative.objects.create(plan=plan, title="Et andet", position=2)
    work.post(address("initiative-move", plan, second.uid), {"retning": "up"})
    assert list(plan.initiatives.values_list("title", flat=True)) == ["Et andet", "Koordinering"]
