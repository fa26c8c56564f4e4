"""Pasted dates of meetings, as people write them."""

from __future__ import annotations

import datetime as dt
import random
import string

import pytest

from kommuneplan.core.enums import MeetingKind
from plans.setup.last_year import line_of, same_day
from plans.setup.lines import MOST_LINES, BodyName, ReadLines, faulty_lines, read_lines

BODIES = [
    BodyName("b", "Byrådet", "BY"),
    BodyName("s", "Socialudvalget", "SU"),
    BodyName("o", "Økonomiudvalget", "ØU"),
]


def read(text: str, body: str = "s") -> ReadLines:
    return read_lines(text, bodies=BODIES, body=body, year=2027)


@pytest.mark.parametrize(
    ("line", "day", "clock", "place", "kind"),
    [
        ("12-03-2027", (3, 12), None, "", "ordinary"),
        ("fredag d. 12. marts 2027 kl. 16.30", (3, 12), "16:30", "", "ordinary"),
        ("12/3 kl. 17-19 i lokale 2.14", (3, 12), "17:00", "lokale 2.14", "ordinary"),
        ("12.4.27 16.30 Rådhuset", (4, 12), "16:30", "Rådhuset", "ordinary"),
        ("Tirsdag den 13/4, kl. 17.00-19.00, Salen", (4, 13), "17:00", "Salen", "ordinary"),
        ("13. april 2027 temamøde, kl. 17, Kulturhuset", (4, 13), "17:00", "Kulturhuset", "theme"),
        ("26.-27. august budgetseminar, Hotel Havnen", (8, 26), None, "Hotel Havnen", "seminar"),
        ("Ordinært møde nr. 4, 5. maj 2027, kl. 8.30, Hal 2", (5, 5), "08:30", "Hal 2", "ordinary"),
        ("Ekstraordinært møde 6. maj kl. 9", (5, 6), "09:00", "", "extraordinary"),
        ("• 7. maj 2027", (5, 7), None, "", "ordinary"),
    ],
)  # fmt: skip
def test_a_line_is_a_meeting(line, day, clock, place, kind) -> None:
    (one,) = read(line).meetings
    assert one.date == dt.date(2027, *day)
    assert one.begins_at == (dt.time.fromisoformat(clock) if clock else None)
    assert (one.place, one.kind, one.body) == (place, kind, "s")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("31. februar 2027", "Der er højst 29 dage i februar."),
        ("onsdag d. 12. marts 2027 kl. 16.30", "12. marts 2027 er en fredag."),
        ("32-01-2027", "Der er højst 31 dage i januar."),
        ("4. maj kl. 25.00", "Klokken 25.00 findes ikke."),
        ("Møde i uge 12", "“uge 12” er ikke en dag. Skriv mødets dag."),
        ("4. maj " + "x" * 500, "Linjen er længere end 400 tegn. Er det flere linjer?"),
    ],
)
def test_what_cannot_be_is_a_fault_with_its_line(line: str, words: str) -> None:
    found = read(f"Mødeplan 2027\n\n{line}")
    assert not found.meetings
    assert [(one.line, words in one.words) for one in found.faults] == [(3, True)]


def test_a_table_with_a_head_is_read_by_its_columns() -> None:
    table = (
        "Dato\tTid\tSted\tUdvalg\tBemærkning\n"
        "14. september 2027\t16.30-19.00\tMødelokale 3\tØkonomiudvalget\tefter mødet 2. september\n"
        "15-10-2027\t17:00\tMødelokale 3\tSU\taflyst"
    )
    first, second = read(table, body="").meetings
    assert (first.date.isoformat(), first.begins_at, first.place, first.body) == (
        "2027-09-14", dt.time(16, 30), "Mødelokale 3", "o"
    )  # fmt: skip
    assert (second.body, second.cancelled) == ("s", True)


def test_a_body_above_its_dates_holds_for_those_below() -> None:
    found = read("Byrådet 2028\n3/1\nSocialudvalget\n4/1\nByråd: 5/1", body="")
    assert [(one.body, one.date.isoformat()) for one in found.meetings] == [
        ("b", "2028-01-03"), ("s", "2028-01-04"), ("b", "2028-01-05")
    ]  # fmt: skip


def test_several_dates_in_a_line_and_a_meeting_that_is_moved() -> None:
    found = read(
        "12/1, 9/2 og 9/3\n19. marts 2027 (flyttet fra 12. marts)\n12. maj flyttet til 19. maj"
    )
    assert [one.date.isoformat()[5:] for one in found.meetings] == [
        "01-12", "02-09", "03-09", "03-19", "05-19"
    ]  # fmt: skip
    assert [one.moved_from for one in found.meetings[3:]] == [
        dt.date(2027, 3, 12), dt.date(2027, 5, 12)
    ]  # fmt: skip


def test_ten_thousand_lines_are_told_of_and_not_read() -> None:
    found = read("\n".join(["12. marts 2027 kl. 16.30"] * 10_000))
    assert len(found.meetings) == MOST_LINES
    assert [(one.line, "10000" in one.words) for one in found.faults] == [(MOST_LINES + 1, True)]


def test_lines_without_a_date_are_told() -> None:
    found = read("Kære alle\n12. marts 2027\nHilsen Lene")
    assert [one.line for one in found.unread] == [1, 3] and not found.faults


def test_faulty_lines_keep_whose_they_are() -> None:
    found = read("Byrådet\n31. februar\nSocialudvalget\n1. marts\n31. juni", body="")
    left = faulty_lines(found.faults, BODIES)
    assert left == "Byrådet\n31. februar\nSocialudvalget\n31. juni"
    assert [one.body for one in read(left, body="").faults] == ["b", "s"]


def test_what_we_write_ourselves_we_read_again() -> None:
    dice = random.Random(11)
    for _turn in range(200):
        day = dt.date(2027, 1, 1) + dt.timedelta(days=dice.randrange(365))
        clock = (
            dt.time(dice.randrange(24), dice.choice([0, 15, 30])) if dice.random() < 0.7 else None
        )
        place = dice.choice(["", "Rådhuset", "Byrådssalen", "Mødelokale 3", "Hotel Havnen"])
        kind, cancelled = dice.choice(list(MeetingKind)), dice.random() < 0.2
        (one,) = read(line_of(day, clock, place, kind, cancelled=cancelled)).meetings
        assert (one.date, one.begins_at, one.place, one.kind, one.cancelled) == (
            day, clock, place, kind, cancelled
        )  # fmt: skip


def test_no_text_breaks_the_reading() -> None:
    dice = random.Random(7)
    signs = string.digits * 3 + "./-: ,;|\tkl.marts åøæ()–\x0b\u2028\u200e" + string.ascii_letters
    for _turn in range(300):
        text = "".join(dice.choice(signs) for _ in range(120))
        found = read(text)
        assert all(one.date.year > 1000 for one in found.meetings)


@pytest.mark.parametrize(
    ("day", "year", "other"),
    [
        ((2026, 3, 10), 2027, "2027-03-16"),  # the Tuesday of week 11
        ((2026, 12, 29), 2027, "2027-12-28"),  # there is no week 53 in 2027
        ((2026, 3, 19), 2027, "2027-04-01"),  # Maundy Thursday is passed over
        ((2026, 12, 17), 2027, "2027-12-23"),
        ((2026, 6, 4), 2027, "2027-06-10"),
    ],
)
def test_the_same_weekday_of_the_same_week(day, year: int, other: str) -> None:
    found = same_day(dt.date(*day), year)
    assert found.isoformat() == other and found.weekday() == dt.date(*day).weekday()
