"""Meetings and deadlines in calendars, read by two readers that others have written, and byte by
byte by RFC 5545."""

from __future__ import annotations

import datetime as dt
import re

import icalendar
import pytest
import time_machine
import vobject

from consultations.rounds.actions import events as happens
from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.models import Body, Meeting, Municipality
from kommuneplan.timespan import danish
from plans.enums import MilestoneKind
from plans.models import Milestone
from plans.process.actions.meetings import move_meeting
from tests.consultations.round_factories import a_round
from tests.factories import committee
from tests.plans.matters import ready_plan
from tests.plans.published import publication_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
ALL, BODY = "/kalender.ics", "/udvalg/socialudvalget/kalender.ics"
PLAN = "/planer/strategi-for-naboskab/kalender.ics"
LONG = (
    "Mødesal Ø, Rådhuset på Æblegårdsvej 12, 2. sal; indgang fra gården, «gå til højre», og ring på"
)


@pytest.fixture(autouse=True)
def clocks():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan():
    Municipality.objects.create(pk=1, name="Ærø Kommune")
    return ready_plan()


def add(plan, title, words="", **facts):
    row = Milestone(cycle=plan.open_cycle, title=title, is_public=True, **facts)
    if words:
        row.when, row.written = danish.read(words).span, words
    row.save()
    return row


def a_meeting(day=dt.date(2026, 6, 10), **facts):
    facts = {"body": committee(), "begins_at": dt.time(17, 30), "place": LONG, **facts}
    return Meeting.objects.create(date=day, is_public=True, **facts)


def read(client, address):
    """By both readers, after the bytes were looked at; the events of the first, by their title."""
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    data = answer.content
    by_rfc(data)
    one = icalendar.Calendar.from_ical(data).walk("VEVENT")
    other = list(vobject.readOne(data.decode()).contents.get("vevent", []))
    assert [told(event) for event in one] == [also(event) for event in other]
    return {str(event["SUMMARY"]): event for event in one}


def told(event):
    return (
        str(event["UID"]), str(event["SUMMARY"]), event.decoded("DTSTART"), str(event["STATUS"]),
        int(event["SEQUENCE"]), str(event.get("LOCATION", "")), str(event.get("DESCRIPTION", "")),
        str(event.get("URL", "")),
    )  # fmt: skip


def also(event):
    def value(name):
        return getattr(event, name).value if hasattr(event, name) else ""

    return (
        event.uid.value, event.summary.value, event.dtstart.value, event.status.value,
        int(event.sequence.value), value("location"), value("description"), value("url"),
    )  # fmt: skip


def by_rfc(data):
    """3.1: lines end with CRLF and have 75 octets at most, and no letter is cut in two by a fold;
    3.6.1: what an event must say; 3.2.19: the time zone that is named is there."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    text = data.decode().replace("\r\n ", "")
    uids = re.findall(r"^UID:(.+)\r$", text, re.MULTILINE)
    assert len(uids) == len(set(uids)) == text.count("BEGIN:VEVENT")
    assert text.count("\nDTSTAMP:") == text.count("\nDTSTART") - 2 * text.count("BEGIN:VTIMEZONE")
    if "TZID=" in text:
        assert set(re.findall(r"TZID=([^:;]+)", text)) == {"Europe/Copenhagen"}
        assert "TZID:Europe/Copenhagen" in text


def test_a_meeting_of_a_body_has_its_time_and_place_in_every_calendar(client, plan):
    meeting = a_meeting()
    treats = add(plan, "Udvalget behandler udkastet", meeting=meeting)
    publication_of(plan, visible_from=NOW - DAY)
    begins = dt.datetime(2026, 6, 10, 17, 30, tzinfo=COPENHAGEN)
    for address in (ALL, BODY, PLAN):
        event = read(client, address)["Udvalget behandler udkastet"]
        assert event.decoded("DTSTART") == begins
        assert event["DTSTART"].params["TZID"] == "Europe/Copenhagen"
        assert (event["LOCATION"], event["STATUS"]) == (LONG, "CONFIRMED")
        assert str(event["UID"]) == str(treats.uid)
    for address in (ALL, BODY):
        event = read(client, address)["Socialudvalget: ordinært møde"]
        assert (event.decoded("DTSTART"), str(event["LOCATION"])) == (begins, LONG)
        assert str(event["UID"]) == str(meeting.uid)


def test_a_citizens_meeting_has_a_time_and_place_of_its_own(client, plan):
    add(plan, "Borgermøde", "10. juni 2026", kind=MilestoneKind.PUBLIC_MEETING,
        begins_at=dt.time(19), place="Forsamlingshuset")  # fmt: skip
    publication_of(plan, visible_from=NOW - DAY)
    for address in (ALL, BODY, PLAN):
        event = read(client, address)["Borgermøde"]
        assert event.decoded("DTSTART") == dt.datetime(2026, 6, 10, 19, tzinfo=COPENHAGEN)
        assert event["LOCATION"] == "Forsamlingshuset"
    for page in ("/planer/strategi-for-naboskab/", "/kalender/", "/"):
        words = " ".join(client.get(page).content.decode().split())
        assert "kl. 19.00" in words
        assert "Sted: Forsamlingshuset" in words


def test_a_meeting_that_nobody_shall_know_of_is_in_none(client, plan):
    meeting = a_meeting()
    meeting.is_public = False
    meeting.save()
    add(plan, "Udvalget behandler udkastet", meeting=meeting)
    publication_of(plan, visible_from=NOW - DAY)
    for address in (ALL, BODY, PLAN):
        data = client.get(address).content.decode().replace("\r\n ", "")
        assert "Mødesal" not in data
        assert str(meeting.uid) not in data
        assert "17" + "30" + "00" not in data
    assert "ordinært møde" not in client.get("/kalender/").content.decode().lower()


def test_the_calendar_page_tells_the_public_meetings_of_bodies(client, plan):
    a_meeting()
    a_meeting(day=dt.date(2026, 6, 20), cancelled=True, place="Aflyst sal")
    words = " ".join(client.get("/kalender/").content.decode().split())
    assert "10. juni 2026" in words
    assert "kl. 17.30" in words
    assert "Mødesal Ø" in words
    assert "Aflyst sal" not in words
    assert "Mødesal Ø" in client.get("/udvalg/socialudvalget/foelg/").content.decode()


@pytest.mark.parametrize(
    ("words", "facts", "status"),
    [
        ("10. juni 2026", {}, "CONFIRMED"),
        ("10. juni 2026", {"conditional": True}, "TENTATIVE"),
        ("ultimo juni 2026", {}, "TENTATIVE"),
        ("uge 25 2026", {}, "TENTATIVE"),
        ("senest 20. juni 2026", {}, "CONFIRMED"),
        ("ultimo juni 2026", {"state": "cancelled"}, "CANCELLED"),
        ("10. juni til 20. juni 2026", {"kind": MilestoneKind.DRAFTING}, "CONFIRMED"),
    ],
)
def test_what_is_guessed_or_conditional_is_tentative(client, plan, words, facts, status):
    row = add(plan, "Noget", words, **facts)
    publication_of(plan, visible_from=NOW - DAY)
    for address in (ALL, BODY, PLAN):
        (event,) = [one for one in read(client, address).values() if one["UID"] == str(row.uid)]
        assert event["STATUS"] == status


def test_a_consultations_deadline_leads_to_the_answer_and_follows_each_act(client, plan):
    round = a_round(plan, opens=NOW, closes=dt.datetime(2026, 6, 9, 22, tzinfo=dt.UTC))
    found = read(client, PLAN)
    (title,) = [one for one in found if "Høring om strategi" in one]
    first = found[title]
    answer = f"/hoeringer/{round.slug}/svar/"
    assert first.decoded("DTSTART") == dt.date(2026, 6, 9)  # until midnight: the whole of the day
    assert str(first["URL"]).endswith(answer)
    assert answer in first["DESCRIPTION"]
    assert first["STATUS"] == "CONFIRMED"
    noon = dt.datetime(2026, 6, 20, 10, tzinfo=dt.UTC)
    happens.extend(round=round, closes_at=noon, reason="Ferien.", seen=round.version, by=None)
    for address in (ALL, BODY, PLAN):
        later = read(client, address)[title]
        assert later.decoded("DTSTART") == dt.datetime(2026, 6, 20, 12, tzinfo=COPENHAGEN)
        assert later["UID"] == first["UID"]
        assert int(later["SEQUENCE"]) > int(first["SEQUENCE"])
    round.refresh_from_db()
    happens.withdraw(round=round, reason="Fejl.", seen=round.version, by=None)
    gone = read(client, PLAN)[f"Aflyst: {title}"]
    assert (gone["STATUS"], gone["UID"]) == ("CANCELLED", first["UID"])
    assert not str(gone["URL"]).endswith("/svar/")


def test_a_round_that_is_not_announced_or_not_for_everybody_has_no_deadline(client, plan):
    a_round(plan, announced=False)
    a_round(ready_plan("En anden"), public=False)
    for address in (ALL, BODY, PLAN):
        assert b"-frist" not in client.get(address).content


def test_a_moved_meeting_keeps_its_name_and_its_sequence_rises(client, plan):
    meeting = a_meeting()
    publication_of(plan, visible_from=NOW - DAY)
    before = read(client, ALL)["Socialudvalget: ordinært møde"]
    move_meeting(meeting=meeting, day=dt.date(2026, 6, 17), reason="Ferie.", seen=meeting.version,
                 by=None)  # fmt: skip
    for address in (ALL, BODY):
        after = read(client, address)["Socialudvalget: ordinært møde"]
        assert after.decoded("DTSTART") == dt.datetime(2026, 6, 17, 17, 30, tzinfo=COPENHAGEN)
        assert after["UID"] == before["UID"]
        assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
        assert after.decoded("LAST-MODIFIED") >= before.decoded("LAST-MODIFIED")
    meeting.refresh_from_db()
    meeting.cancelled = True
    meeting.save()
    assert read(client, ALL)["Aflyst: Socialudvalget: ordinært møde"]["STATUS"] == "CANCELLED"


def test_a_moved_milestone_is_a_newer_issue_of_the_same_event(client, plan):
    row = add(plan, "Borgermøde", "10. juni 2026")
    publication_of(plan, visible_from=NOW - 2 * DAY)
    before = read(client, PLAN)["Borgermøde"]
    row.when = danish.read("17. juni 2026").span
    row.save()
    publication_of(plan, visible_from=NOW - DAY)
    for address in (ALL, BODY, PLAN):
        after = read(client, address)["Borgermøde"]
        assert after.decoded("DTSTART") == dt.date(2026, 6, 17)
        assert after["UID"] == before["UID"]
        assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_body_has_only_its_own(client, plan):
    a_meeting()
    a_meeting(body=committee("Kulturudvalget"), place="Biblioteket")
    publication_of(plan, visible_from=NOW - DAY)
    assert "Biblioteket" not in client.get(BODY).content.decode()
    assert "Høring" not in client.get("/udvalg/kulturudvalget/kalender.ics").content.decode()
    assert "Biblioteket" in client.get(ALL).content.decode()
    assert client.get("/udvalg/findes-ikke/kalender.ics").status_code == 404
    Body.objects.create(name="Ingen kender", kind="committee")
    assert client.get("/udvalg/ingen-kender/kalender.ics").status_code == 404


@pytest.mark.parametrize("address", [ALL, BODY, PLAN])
def test_what_changes_is_there_on_the_next_request_and_else_it_is_304(client, plan, address):
    meeting = a_meeting()
    round = a_round(plan, opens=NOW)
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    happens.extend(round=round, closes_at=round.closes_at + DAY, reason="Ferie.",
                   seen=round.version, by=None)  # fmt: skip
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    if address != PLAN:
        meeting.place = "Salen"
        meeting.save()
        assert b"LOCATION:Salen" in client.get(
            address, headers={"If-None-Match": answer["ETag"]}
        ).content  # fmt: skip
