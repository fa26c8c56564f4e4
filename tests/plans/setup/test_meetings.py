"""Meetings as secretaries keep them: many at once, from a file, as last year, and one by one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Meeting, Membership, User
from plans.models import Milestone
from tests.factories import a_plan, committee, person, secretary
from tests.plans.published import publication_of
from tests.standing import signed_in

pytestmark = pytest.mark.django_db

MEETINGS = "/arbejde/moeder/"
MANY = f"{MEETINGS}flere/"


@pytest.fixture
def ida() -> User:
    return secretary()


@pytest.fixture
def body(ida: User) -> Body:
    return Body.objects.get(name="Socialudvalget")


@pytest.fixture
def door(ida: User) -> Client:
    client = Client()
    client.cookies = signed_in(ida)
    return client


def looked(door: Client, text: str, **more: Any) -> Any:
    return door.post(MANY, {"text": text, "year": 2027, "look": "1", **more})


def saved(door: Client, text: str, **more: Any) -> Any:
    seen = looked(door, text, **more).context["form"].data["seen"]
    return door.post(MANY, {"text": text, "year": 2027, "seen": seen, "save": "1", **more})


def acts(answer: Any) -> list[str]:
    return [str(row.act) for row in answer.context["preview"].rows]


def test_looked_at_first_and_saved_as_shown(door: Client, body: Body, ida: User) -> None:
    text = "Socialudvalget\n12-01-2027 kl. 16.30, Rådhuset\n9/2 temamøde kl. 17\n9/3 aflyst"
    assert acts(looked(door, text)) == ["new", "new", "new"]
    assert not Meeting.objects.exists()
    assert saved(door, text).status_code == 302
    first, second, third = Meeting.objects.all()
    assert (first.date, first.begins_at, first.place) == (
        dt.date(2027, 1, 12), dt.time(16, 30), "Rådhuset"
    )  # fmt: skip
    assert (second.kind, third.cancelled) == ("theme", True)
    assert first.history.get().history_user == ida
    again = looked(door, text)
    assert acts(again) == ["same"] * 3 and b'name="save"' not in again.content


def test_faults_come_back_by_line_and_the_rest_is_saved(door: Client, body: Body) -> None:
    text = "31. februar 2027\nonsdag d. 12. marts 2027 kl. 16.30\n12-03-2027\nfredag 12. marts 2027"
    shown = looked(door, text, body=str(body.uid))
    page = shown.content.decode()
    assert "Linje 1" in page and "Der er højst 29 dage i februar." in page
    assert "12. marts 2027 er en fredag." in page and "Står også i linje 3" in page
    answer = saved(door, text, body=str(body.uid))
    assert answer.status_code == 200 and Meeting.objects.get().date == dt.date(2027, 3, 12)
    left = answer.context["form"]["text"].value()
    assert left.splitlines()[-2:] == text.splitlines()[:2]


def test_a_secretary_keeps_no_other_bodys_meetings(door: Client) -> None:
    committee("Kulturudvalget")
    shown = looked(door, "Kulturudvalget: 12-01-2027\n13-01-2027")
    assert acts(shown) == []
    assert [fault.line for fault in shown.context["preview"].faults] == [1, 2]
    other = Meeting.objects.create(body=committee("Kulturudvalget"), date=dt.date(2027, 1, 1))
    assert door.get(f"{MEETINGS}{other.uid}/").status_code == 404
    assert "Kulturudvalget" not in door.get(MEETINGS).content.decode()


def test_what_changed_meanwhile_is_shown_again(door: Client, body: Body) -> None:
    text = "12-01-2027"
    mine = {"body": str(body.uid)}
    seen = looked(door, text, **mine).context["form"].data["seen"]
    Meeting.objects.create(body=body, date=dt.date(2027, 1, 12))
    answer = door.post(MANY, {"text": text, "year": 2027, "seen": seen, "save": "1", **mine})
    assert answer.status_code == 422 and acts(answer) == ["same"]
    assert "Kalenderen er ændret" in answer.content.decode() and Meeting.objects.count() == 1


def test_a_meeting_is_moved_with_what_stands_on_it(door: Client, body: Body) -> None:
    """What the public has read is moved with a reason, as on the page for moving one."""
    meeting = Meeting.objects.create(body=body, date=dt.date(2027, 3, 12), place="Rådhuset")
    stays = Meeting.objects.create(body=body, date=dt.date(2027, 3, 15))
    plan = a_plan()
    Milestone.objects.create(
        cycle=plan.open_cycle, title="Behandling", meeting=meeting, is_public=True
    )
    publication_of(plan)
    text, mine = (
        "19. marts 2027 (flyttet fra 12. marts)\n1. april 2027\n1. marts 2027",
        {"body": str(body.uid)},
    )
    shown = looked(door, text, **mine)
    assert acts(shown) == ["move", "new", "new"]
    assert [row.pk for row in shown.context["preview"].others] == [stays.pk]
    answer = saved(door, text, **mine)
    assert answer.status_code == 422 and "reason" in answer.context["form"].errors
    assert saved(door, text, reason="Vinterferie", **mine).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.date, meeting.place) == (dt.date(2027, 3, 19), "Rådhuset")
    change = Milestone.objects.get().date_changes.get()
    assert change.reason == "Vinterferie"


def test_time_and_place_are_corrected_and_what_is_cancelled_stays_so(
    door: Client, body: Body
) -> None:
    Meeting.objects.create(body=body, date=dt.date(2027, 1, 12), kind="theme", place="A")
    off = Meeting.objects.create(body=body, date=dt.date(2027, 1, 19), cancelled=True)
    text = "12-01-2027 kl. 17, Rådhuset\n19-01-2027\n26-01-2027"
    assert acts(looked(door, text, body=str(body.uid))) == ["change", "same", "new"]
    saved(door, text, body=str(body.uid))
    row = Meeting.objects.get(kind="theme")
    off.refresh_from_db()
    assert (row.begins_at, row.place, off.cancelled) == (dt.time(17), "Rådhuset", True)
    assert acts(looked(door, "12-01-2027 aflyst", body=str(body.uid))) == ["cancel"]


def test_two_lines_about_one_meeting_are_told_and_the_first_is_saved(
    door: Client, body: Body
) -> None:
    """Both cannot be saved: the second would change what the first has moved away."""
    meeting = Meeting.objects.create(body=body, date=dt.date(2027, 1, 12))
    mine = {"body": str(body.uid)}
    text = "19. januar (flyttet fra 12. januar)\n12. januar kl. 17"
    shown = looked(door, text, **mine)
    assert acts(shown) == ["move"]
    assert "Linje 1 handler allerede om mødet den 12. januar 2027." in shown.content.decode()
    backwards = looked(door, "\n".join(reversed(text.splitlines())), **mine)
    assert acts(backwards) == ["change"]
    assert [fault.line for fault in backwards.context["preview"].faults] == [2]
    left = saved(door, text, **mine)
    meeting.refresh_from_db()
    assert left.status_code == 200 and meeting.date == dt.date(2027, 1, 19)
    rest = left.context["form"]["text"].value()
    assert rest.splitlines()[-1] == "12. januar kl. 17"
    assert acts(looked(door, rest, **mine)) == ["new"]


def test_a_meeting_that_is_moved_keeps_its_kind(door: Client, body: Body) -> None:
    """So that another one of that kind on the new day is the same, and not one too many."""
    Meeting.objects.create(body=body, date=dt.date(2027, 1, 12))
    text, mine = "19. januar temamøde (flyttet fra 12. januar)\n19. januar", {"body": str(body.uid)}
    assert acts(looked(door, text, **mine)) == ["move", "twice"]
    assert saved(door, text, **mine).status_code == 302
    assert Meeting.objects.get().kind == "ordinary"


def test_a_line_that_cancels_is_not_what_was_shown(door: Client, body: Body) -> None:
    """Of a meeting that is not there yet, too."""
    mine = {"body": str(body.uid)}
    seen = looked(door, "12-01-2027", **mine).context["form"].data["seen"]
    sent = {"text": "12-01-2027 aflyst", "year": 2027, "seen": seen, "save": "1", **mine}
    assert door.post(MANY, sent).status_code == 422
    assert not Meeting.objects.exists()


def test_ten_thousand_lines(door: Client, body: Body) -> None:
    text = "\n".join(["12. marts 2027 kl. 16.30"] * 10_000)
    shown = looked(door, text, body=str(body.uid))
    assert shown.status_code == 200
    assert "Der læses højst 1000 linjer ad gangen, og her er 10000." in shown.content.decode()
    assert len(shown.context["form"].data["text"]) == len(text)


def test_last_year_is_repeated_on_the_same_weekdays(door: Client, body: Body) -> None:
    Meeting.objects.create(body=body, date=dt.date(2026, 3, 10), begins_at=dt.time(16, 30))
    Meeting.objects.create(body=body, date=dt.date(2026, 3, 19), kind="theme", place="Salen")
    Meeting.objects.create(body=body, date=dt.date(2026, 4, 14), cancelled=True)
    shown = door.post(MANY, {"text": "", "year": 2027, "last-year": "1", "body": str(body.uid)})
    assert acts(shown) == ["new", "new"] and not Meeting.objects.filter(date__year=2027).exists()
    text = shown.context["form"].data["text"]
    saved(door, text, body=str(body.uid))
    rows = Meeting.objects.filter(date__year=2027).values_list("date", "kind", "place")
    assert list(rows) == [
        (dt.date(2027, 3, 16), "ordinary", ""), (dt.date(2027, 4, 1), "theme", "Salen")
    ]  # fmt: skip
    nothing = door.post(MANY, {"text": "", "year": 2040, "last-year": "1"})
    assert "Der er ingen møder i 2039 at gentage." in nothing.content.decode()


# --- a calendar file ------------------------------------------------------------------------------

ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Dagsorden//DA\r
BEGIN:VEVENT\r
UID:1@x\r
DTSTART:20270112T153000Z\r
SUMMARY:M\xc3\xb8de i Socialudvalget\r
LOCATION:R\xc3\xa5dhuset\\, lokale 3\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2@x\r
DTSTART;TZID=Europe/Copenhagen:20270302T163000\r
RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=1TU\r
EXDATE;TZID=Europe/Copenhagen:20270504T163000\r
SUMMARY:Socialudvalget\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2@x\r
RECURRENCE-ID;TZID=Europe/Copenhagen:20270406T163000\r
DTSTART;TZID=Europe/Copenhagen:20270413T163000\r
SUMMARY:Socialudvalget\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3@x\r
DTSTART;VALUE=DATE:20270610\r
STATUS:CANCELLED\r
SUMMARY:Temam\xc3\xb8de i Socialudvalget 1. maj\r
END:VEVENT\r
END:VCALENDAR\r
"""


def sent(door: Client, data: bytes, name: str = "moeder.ics") -> Any:
    file = SimpleUploadedFile(name, data, "text/calendar")
    return door.post(MANY, {"text": "", "year": 2027, "look": "1", "file": file})


def test_a_calendar_file_becomes_lines_that_can_be_corrected(door: Client, body: Body) -> None:
    shown = sent(door, ICS)
    rows = shown.context["preview"].rows
    assert [
        (row.read.date.isoformat(), row.read.begins_at, row.read.kind, row.read.cancelled,
         row.read.moved_from)
        for row in rows
    ] == [
        ("2027-01-12", dt.time(16, 30), "ordinary", False, None),
        ("2027-03-02", dt.time(16, 30), "ordinary", False, None),
        ("2027-04-13", dt.time(16, 30), "ordinary", False, dt.date(2027, 4, 6)),
        ("2027-06-10", None, "theme", True, None),
    ]  # fmt: skip
    assert rows[0].read.place == "Rådhuset, lokale 3"
    assert saved(door, shown.context["form"].data["text"]).status_code == 302
    assert Meeting.objects.count() == 4


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("moeder.ics", b"%PDF-1.4", "er ikke en kalenderfil"),
        ("moeder.exe", ICS, "er ikke en kalenderfil"),
        ("moeder.ics", b"BEGIN:VCALENDAR\r\n" + b"\xff\x00" * 500, "moeder.ics"),
        ("moeder.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "intet møde"),
        ("moeder.ics", b"BEGIN:VCALENDAR\r\n" + b"x" * 2_100_000, "er for stor"),
        (
            "moeder.ics",
            ICS.replace(b"RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=1TU", b"RRULE:FREQ=SECONDLY;BYMONTH=2"),
            "",
        ),
    ],
)
def test_hostile_calendar_files(door: Client, name: str, data: bytes, words: str) -> None:
    answer = sent(door, data, name)
    assert answer.status_code in {200, 422} and words in answer.content.decode()
    assert not Meeting.objects.exists()


# --- one meeting ----------------------------------------------------------------------------------


def test_one_meeting_is_entered_and_changed(door: Client, body: Body, ida: User) -> None:
    assert door.get(f"{MEETINGS}nyt/").status_code == 200
    facts = {"body": body.uid, "date": "2027-01-12", "begins_at": "16.30", "place": "Rådhuset",
             "kind": "ordinary"}  # fmt: skip
    assert door.post(f"{MEETINGS}nyt/", facts).status_code == 302
    row = Meeting.objects.get()
    assert (row.begins_at, row.history.get().history_user) == (dt.time(16, 30), ida)
    again = door.post(f"{MEETINGS}nyt/", facts)
    assert again.status_code == 422 and "allerede et møde" in again.content.decode()
    late = door.post(f"{MEETINGS}nyt/", {**facts, "date": "2027-02-12", "papers_due": "2027-03-01"})
    assert "Fristen ligger efter mødet." in late.content.decode()
    address = f"{MEETINGS}{row.uid}/"
    changed = {"seen": row.version, "begins_at": "17:00", "place": "Salen", "kind": "seminar",
               "cancelled": "on"}  # fmt: skip
    assert door.post(address, changed).status_code == 302
    row.refresh_from_db()
    assert (row.begins_at, row.kind, row.cancelled) == (dt.time(17), "seminar", True)
    conflict = door.post(address, {**changed, "place": "Et andet sted"})
    assert conflict.status_code == 409 and "Et andet sted" in conflict.content.decode()
    assert "Aflyst" in door.get(MEETINGS).content.decode()


def test_a_meeting_entered_by_mistake_is_deleted_unless_used(door: Client, body: Body) -> None:
    wrong = Meeting.objects.create(body=body, date=dt.date(2027, 1, 12))
    used = Meeting.objects.create(body=body, date=dt.date(2027, 1, 19))
    Milestone.objects.create(cycle=a_plan().open_cycle, title="Behandling", meeting=used)
    assert door.post(f"{MEETINGS}{wrong.uid}/slet/").status_code == 302
    answer = door.post(f"{MEETINGS}{used.uid}/slet/", follow=True)
    assert "Aflys det, eller flyt det" in answer.content.decode()
    assert list(Meeting.objects.all()) == [used]
    assert Meeting.history.filter(history_type="-").get().date == wrong.date


def test_who_keeps_no_body_comes_nowhere() -> None:
    client = Client()
    member = person("medlem", Role.MEMBER, committee())
    client.cookies = signed_in(member)
    for address in (MEETINGS, MANY, f"{MEETINGS}nyt/"):
        assert client.get(address).status_code == 403
    Membership.objects.create(user=member, role=Role.LEAD, body=committee())
    assert client.get(MEETINGS).status_code == 403
