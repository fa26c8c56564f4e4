"""What a body asked for: registered, late, answered, opened again, withdrawn."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Meeting
from kommuneplan.timespan.danish import read
from plans.enums import RequestState
from plans.models import (
    AgendaItem,
    CommitteeRequest,
    ItemRecusal,
    Matter,
    Recusal,
    RequestAnswer,
    Treatment,
)
from plans.requests import actions
from tests.factories import a_plan, committee, lead, person, secretary

pytestmark = pytest.mark.django_db
ASKED = dt.date(2027, 5, 12)


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(dt.datetime(2027, 6, 1, 10, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def meeting(db) -> Meeting:
    return Meeting.objects.create(body=committee(), date=ASKED)


@pytest.fixture
def boss(client):
    user = secretary()
    client.force_login(user)
    return user


def asked(due: str = "", **more) -> CommitteeRequest:
    row = CommitteeRequest(**{"body": committee(), "title": "Et statusnotat", **more})
    row.when = read(due, year=2027).span if due else None
    row.written = due
    row.save()
    return row


def answered(row: CommitteeRequest, on: dt.date = dt.date(2027, 5, 30)) -> RequestAnswer:
    facts = {"answered_on": on, "document": "Orientering"}
    row.refresh_from_db()
    return actions.answer(request=row, seen=row.version, facts=facts, by=None)


@pytest.mark.parametrize(
    ("due", "on", "state"),
    [
        ("inden årets udgang", dt.date(2027, 12, 31), RequestState.OPEN),
        ("inden årets udgang", dt.date(2028, 1, 1), RequestState.LATE),
        ("ultimo oktober 2027", dt.date(2027, 10, 31), RequestState.OPEN),
        ("ultimo oktober 2027", dt.date(2027, 11, 1), RequestState.LATE),
        ("tidligst 1. juni 2027", dt.date(2099, 1, 1), RequestState.OPEN),
        ("", dt.date(2099, 1, 1), RequestState.OPEN),
    ],
)
def test_it_is_late_only_after_its_latest_day(due, on, state):
    row = asked(due)
    assert row.state_on(on) == state
    assert [row] == list(CommitteeRequest.objects.in_state(state, on=on))
    others = set(RequestState) - {state}
    assert not any(CommitteeRequest.objects.in_state(one, on=on).exists() for one in others)


def test_the_state_as_rows_is_the_state_of_each():
    rows = [asked(due) for due in ("1. maj 2027", "1. juli 2027", "1. april 2027", "1. maj 2027")]
    answered(rows[2])
    actions.withdraw(request=rows[3], seen=rows[3].version, reason="Ikke mere", by=None)
    for day in (dt.date(2027, 4, 1), dt.date(2027, 6, 1), dt.date(2028, 1, 1)):
        for state in RequestState:
            found = set(CommitteeRequest.objects.in_state(state, on=day))
            every = CommitteeRequest.objects.all()
            assert found == {row for row in every if row.state_on(day) == state}


def test_it_says_what_answers_it_or_is_not_answered():
    row = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestAnswer.objects.create(request=row, answered_on=ASKED, words="Klaret")


def test_one_answer_stands_and_a_reopened_one_is_kept_with_its_reason():
    row = asked("1. maj 2027")
    first = answered(row)
    row.refresh_from_db()
    assert row.state_on(dt.date(2027, 6, 1)) == RequestState.ANSWERED
    with pytest.raises(actions.NotWaiting):
        answered(row)
    actions.reopen(request=row, seen=row.version, reason="Tallene manglede", by=None)
    first.refresh_from_db()
    assert (first.reopened_on, first.reopened_because) == (dt.date(2027, 6, 1), "Tallene manglede")
    row = CommitteeRequest.objects.get(pk=row.pk)
    assert row.state_on(dt.date(2027, 6, 1)) == RequestState.LATE
    second = answered(row)
    assert list(row.answers.all()) == [first, second]


def test_a_secretary_writes_it_down_from_a_meeting_in_one_line(client, boss, meeting):
    address = f"/arbejde/bestillinger/ny/?moede={meeting.uid}"
    page = client.get(address).content.decode()
    assert "12. maj 2027" in page
    data = {
        "seen": 0, "title": "Et statusnotat om projektet", "when_0": "inden årets udgang",
        "meeting": meeting.uid, "item_label": "efterretningssag C", "asker": "body",
    }  # fmt: skip
    answer = client.post(address, {**data, "when": "inden årets udgang"})
    assert answer.status_code == 302, answer.content.decode()
    row = CommitteeRequest.objects.get()
    assert (row.body, row.meeting, row.asked_day) == (committee(), meeting, ASKED)
    assert (row.latest_end, row.written) == (dt.date(2027, 12, 31), "inden årets udgang")
    page = client.get("/arbejde/bestillinger/").content.decode()
    assert "Et statusnotat om projektet" in page
    assert "inden årets udgang" in page
    assert row.history.first().history_user == boss


def test_the_late_ones_stand_first(client, boss):
    asked("1. juli 2027", title="Senere")
    asked(title="Uden frist")
    asked("1. maj 2027", title="For sent")
    page = client.get("/arbejde/bestillinger/").content.decode()
    assert page.index("For sent") < page.index("Senere") < page.index("Uden frist")


def test_the_list_is_narrowed_by_body_year_and_state(client, meeting):
    client.force_login(person("chef", Role.ADMINISTRATOR))
    asked(title="Fra mødet", meeting=meeting)
    asked(title="Året før", asked_on=dt.date(2026, 3, 1), body=committee("Byrådet", "council"))
    gone = asked("1. maj 2027", title="Færdigt notat")
    answered(gone)

    def titles(query: str) -> set[str]:
        page = client.get(f"/arbejde/bestillinger/{query}").content.decode()
        return {title for title in ("Fra mødet", "Året før", "Færdigt notat") if title in page}

    assert titles("") == {"Fra mødet", "Året før"}
    assert titles("?aar=2026") == {"Året før"}
    assert titles("?udvalg=socialudvalget") == {"Fra mødet"}
    assert titles("?tilstand=answered") == {"Færdigt notat"}
    assert titles("?tilstand=alle") == {"Fra mødet", "Året før", "Færdigt notat"}
    assert titles("?tilstand=vrøvl&aar=x") == {"Fra mødet", "Året før"}


def test_it_is_answered_with_a_paper_and_shown_to_the_members(client, boss, meeting):
    row = asked("inden årets udgang", meeting=meeting)
    page = f"/arbejde/bestillinger/{row.uid}/"
    empty = client.post(f"{page}besvar/", {"seen": row.version, "words": "Gjort"})
    assert empty.status_code == 422
    assert "Gjort" in empty.content.decode()
    data = {"seen": row.version, "document": "Orientering om status", "answered_on": "2027-05-20"}
    assert client.post(f"{page}besvar/", data).status_code == 302
    client.force_login(person("medlem", Role.MEMBER, committee()))
    told = client.get(page).content.decode()
    assert "Orientering om status" in told
    assert "besvar/" not in told
    assert (
        "Et statusnotat" in client.get("/arbejde/bestillinger/?tilstand=answered").content.decode()
    )


def test_an_answer_is_not_older_than_the_question_and_not_still_to_come(client, boss, meeting):
    row = asked(meeting=meeting)
    address = f"/arbejde/bestillinger/{row.uid}/besvar/"
    for day in ("2027-05-11", "2027-06-02"):
        data = {"seen": row.version, "document": "Notat", "answered_on": day}
        assert client.post(address, data).status_code == 422
    assert not RequestAnswer.objects.exists()


def test_what_somebody_else_saved_meanwhile_is_shown_and_nothing_is_lost(client, boss):
    row = asked()
    seen = row.version
    facts = {"title": "Et længere notat", "when": None, "written": ""}
    actions.edit(request=row, seen=seen, facts=facts, by=None)
    data = {"seen": seen, "document": "Mit svar"}
    answer = client.post(f"/arbejde/bestillinger/{row.uid}/besvar/", data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Et længere notat" in page
    assert "Mit svar" in page
    assert not RequestAnswer.objects.exists()


def test_what_is_answered_meanwhile_leads_back_to_it(client, boss):
    row = asked()
    answered(row)
    answer = client.get(f"/arbejde/bestillinger/{row.uid}/besvar/")
    assert (answer.status_code, answer["Location"]) == (302, f"/arbejde/bestillinger/{row.uid}/")


def test_it_is_for_those_of_its_body_and_of_its_plan_alone(client):
    plan = a_plan()
    council = committee("Byrådet", "council")
    row = asked(body=council, plan=plan)
    readers = {
        person("byråd", Role.MEMBER, council): True,
        person("byrådssekretær", Role.SECRETARY, council): True,
        person("andet", Role.MEMBER, committee("Teknikudvalget")): False,
        person("udvalg", Role.MEMBER, committee()): False,
        secretary(): True,
        lead(plan): True,
    }
    for user, reads in readers.items():
        client.force_login(user)
        want = 200 if reads else 404
        assert client.get(f"/arbejde/bestillinger/{row.uid}/").status_code == want, user
        assert (row in CommitteeRequest.objects.readable_by(user)) is reads


def test_the_room_of_a_plan_tells_its_requests_and_its_money(client, boss):
    plan = a_plan()
    asked(plan=plan, title="Om planen")
    asked(title="Om noget andet")
    page = client.get(f"/arbejde/planer/{plan.slug}/bestillinger/").content.decode()
    assert "Om planen" in page
    assert "Om noget andet" not in page


def test_the_list_as_a_spreadsheet(client, boss):
    asked("inden årets udgang")
    answer = client.get("/arbejde/bestillinger/regneark/")
    assert answer["Content-Disposition"] == 'attachment; filename="bestillinger-2027-06-01.xlsx"'
    assert answer.content[:2] == b"PK"


# --- items of the agenda -------------------------------------------------------------------------


def an_item(meeting: Meeting, **more) -> AgendaItem:
    facts = {"own_title": "Bevillingen fra satspuljen", "own_type": "information", "label": "C"}
    return AgendaItem.objects.create(own_meeting=meeting, **{**facts, **more})


def test_it_is_written_down_under_an_item_and_read_there(client, boss, meeting):
    item = an_item(meeting)
    page = client.get(f"/arbejde/udvalgsmoeder/punkt/{item.uid}/").content.decode()
    assert f"/arbejde/bestillinger/ny/?punkt={item.uid}" in page
    address = f"/arbejde/bestillinger/ny/?punkt={item.uid}"
    form = client.get(address).context["form"]
    assert (form["meeting"].value(), form["item"].value()) == (meeting.uid, item.uid)
    data = {"seen": 0, "title": "Et statusnotat", "item": item.uid, "asker": "member"}
    answer = client.post(address, data)
    assert answer["Location"] == f"/arbejde/udvalgsmoeder/punkt/{item.uid}/"
    row = CommitteeRequest.objects.get()
    assert (row.item, row.meeting, row.body) == (item, meeting, meeting.body)
    assert "Et statusnotat" in client.get(answer["Location"]).content.decode()
    assert (
        "Bevillingen fra satspuljen"
        in client.get(f"/arbejde/bestillinger/{row.uid}/").content.decode()
    )


def test_a_treatment_that_nobody_has_written_at_is_an_item_too(client, boss, meeting):
    matter = Matter.objects.create(title="Strategien", purpose="discussion")
    turn = Treatment.objects.create(matter=matter, position=1, body=committee(), meeting=meeting)
    address = f"/arbejde/bestillinger/ny/?punkt={turn.uid}"
    data = {"seen": 0, "title": "Et statusnotat", "item": turn.uid, "asker": "body"}
    assert client.post(address, data).status_code == 302
    assert CommitteeRequest.objects.get().item == AgendaItem.objects.get(treatment=turn)


def test_it_is_answered_at_a_later_item(client, boss, meeting):
    row = asked(meeting=meeting)
    later = Meeting.objects.create(body=committee(), date=dt.date(2027, 5, 26))
    item = an_item(later, own_title="Status")
    data = {"seen": row.version, "item": item.uid}
    assert client.post(f"/arbejde/bestillinger/{row.uid}/besvar/", data).status_code == 302
    answer = RequestAnswer.objects.get()
    assert (answer.item, answer.meeting, answer.answered_on) == (item, later, later.date)


def test_a_member_who_is_inhabil_in_the_item_does_not_know_of_it(client, meeting):
    item = an_item(meeting)
    row = asked(meeting=meeting, item=item)
    user = person("medlem", Role.MEMBER, committee())
    client.force_login(user)
    address = f"/arbejde/bestillinger/{row.uid}/"
    assert client.get(address).status_code == 200
    recusal = ItemRecusal.objects.create(item=item, user=user, reason="family")
    assert client.get(address).status_code == 404
    assert "Et statusnotat" not in client.get("/arbejde/bestillinger/").content.decode()
    recusal.lifted_at = clock.now()
    recusal.save()
    assert client.get(address).status_code == 200


def test_a_member_who_is_inhabil_in_the_matter_of_its_item_or_its_plan_does_not_know_of_it(meeting):
    user = person("medlem", Role.MEMBER, committee())
    matter = Matter.objects.create(title="Strategien", purpose="discussion")
    turn = Treatment.objects.create(matter=matter, position=1, body=committee(), meeting=meeting)
    row = asked(meeting=meeting, item=AgendaItem.objects.create(uid=turn.uid, treatment=turn))
    assert row in CommitteeRequest.objects.readable_by(user)
    Recusal.objects.create(matter=matter, user=user, reason="family")
    user = type(user).objects.get(pk=user.pk)
    assert row not in CommitteeRequest.objects.readable_by(user)
