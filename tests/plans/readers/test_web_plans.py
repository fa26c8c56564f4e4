"""Plans as municipalities put them on their web pages: ten were read that nobody had tuned to, and
what was read wrongly there is asked here in other words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from measuring import source_of

from plans.readers.process_plan.draft import DraftPlan
from plans.readers.process_plan.reader import read_process_plan


def read(text: str) -> DraftPlan:
    return read_process_plan(source_of("plan.txt", text.encode()))


def dated(plan: DraftPlan) -> list[tuple[str, str]]:
    """Each milestone: its first and last day ("…" is open), and its title."""
    return [
        (f"{m.span.earliest or '…'}/{m.span.latest or '…'}" if m.span else "", m.title)
        for m in plan.milestones
    ]


def test_a_bare_year_before_its_text_in_a_list_is_read():
    plan = read(
        "Plan for havnen\n\n• Forår 2027: Undersøgelser begynder\n"
        "• November 2027: Undersøgelser slutter\n• 2028 Høring og endelig vedtagelse\n"
    )
    assert dated(plan)[-1] == ("2028-01-01/2028-12-31", "Høring og endelig vedtagelse")


@pytest.mark.parametrize(
    "title", ["Tidsplan for forløbet i 2026", "Proces 2026", "Mødeplan for 2026"]
)
def test_the_year_a_title_says_goes_before_one_that_is_mentioned(title):
    plan = read(
        f"{title}\n\n• 1. marts: Udvalget drøfter oplægget\n"
        "• 23. maj: Byrådet vedtager strukturen, der gælder fra 1. august 2027\n"
        "• 20. juni: Møde i Økonomiudvalget\n"
    )
    assert [when[:10] for when, _title in dated(plan)] == ["2026-03-01", "2026-05-23", "2026-06-20"]
    assert {m.date_strength for m in plan.milestones} == {"guessed"}


@pytest.mark.parametrize("title", ["Tidsplan for budget 2027", "Procesplan for Kommuneplan 2029"])
def test_the_year_of_what_is_planned_is_not_said_of_the_plan(title):
    plan = read(f"Dato: 3. januar 2026\n\n{title}\n\n• 1. marts: Udvalget drøfter oplægget\n")
    assert dated(plan)[0][0] == "2026-03-01/2026-03-01"


def test_from_when_a_thing_holds_is_no_date_of_its_own():
    plan = read(
        "Proces for skolerne\n\n"
        "• Ny ordning gældende fra skoleåret 2027/28 meldes ud senest den 1. februar 2027.\n"
        "• Byrådet behandler forslaget den 25. januar 2027.\n"
    )
    assert [when for when, _title in dated(plan)] == ["…/2027-02-01", "2027-01-25/2027-01-25"]


@pytest.mark.parametrize(
    "line",
    ["Se sagen her", "Se referat (sag nr. 3)", "Læs mere om ordningen, der gælder fra 1. maj 2028"],
)
def test_a_line_that_refers_to_something_else_is_left_out_and_told(line):
    plan = read(f"Procesplan\n\n27. april 2027\nUdvalget behandler udkastet\n{line}\n\n"
                "2. maj 2027\nBorgermøde om udkastet\n")  # fmt: skip
    assert [title for _when, title in dated(plan)] == [
        "Udvalget behandler udkastet",
        "Borgermøde om udkastet",
    ]
    assert line in [left.text for left in plan.left_out]


def test_entries_that_lost_their_line_breaks_are_parted():
    plan = read(
        "Tidsplan\nJanuar 2027: Planerne i forhøring 4. okt. 2027: Planerne i høring "
        "4. okt. 2028: Planerne vedtages 6. april 2029: Handleplaner i høring\n"
    )
    assert dated(plan) == [
        ("2027-01-01/2027-01-31", "Planerne i forhøring"),
        ("2027-10-04/2027-10-04", "Planerne i høring"),
        ("2028-10-04/2028-10-04", "Planerne vedtages"),
        ("2029-04-06/2029-04-06", "Handleplaner i høring"),
    ]


def test_a_thing_that_was_moved_to_a_day_is_on_that_day():
    plan = read("Dato: 12. august 2027\n\nNy tidsplan\n\nByrådets første behandling er rykket til "
                "den 1. oktober. Høringen slutter den 21. oktober.\n")  # fmt: skip
    assert dated(plan)[0][0] == "2027-10-01/2027-10-01"


def test_a_bullet_without_a_date_is_not_swallowed_by_the_one_above():
    plan = read(
        "Procesplan\n\n• 22. juni 2027: Temamøde for byrådet\n"
        "• Fyraftensmøder for medarbejderne\n• 7. september 2027: Udvalget behandler forslaget\n"
    )
    assert not any("Fyraftens" in m.description for m in plan.milestones)
    assert "Fyraftensmøder for medarbejderne" in [left.text for left in plan.left_out]


def test_bullets_below_one_that_lists_belong_to_it():
    plan = read(
        "Procesplan\n\n• Forslaget skrives januar-september 2027:\n• inddragelse\n• borgermøder\n"
        "• Byrådet behandler forslaget november 2027\n"
    )
    assert len(plan.milestones) == 2
    assert "borgermøder" in plan.milestones[0].description


def test_a_sentence_below_a_title_tells_what_it_is_about():
    plan = read(
        "Procesplan\n\n2. marts 2027\nBorgermøde i hallen\nDe frivillige drøftede sammen, hvad "
        "der skal ske.\n\n2. - 28. maj 2027\nHøringsperiode\n"
    )
    assert [title for _when, title in dated(plan)] == ["Borgermøde i hallen", "Høringsperiode"]
    assert "frivillige" in plan.milestones[0].description


@pytest.mark.parametrize(
    "words", ["08.05-19.06.2027", "8.5 - 19.6.2027", "08.05–19.06.27", "08.05 til 19.06.2027"]
)
def test_two_days_with_the_year_behind_the_last_are_a_range(words):
    plan = read(f"Procesplan\n\n{words}\tHøring\n25.10.2027\tByrådet vedtager planen\n")
    assert dated(plan)[0] == ("2027-05-08/2027-06-19", "Høring")


@pytest.mark.parametrize("words", ["8.30-9.15.2027", "afsnit 1.2-3.4", "version 1.2-2.30.2027"])
def test_hours_and_numbers_are_no_range_of_days(words):
    assert read(f"Procesplan\n\n{words} Gennemgang\n").milestones == ()


def test_a_date_takes_its_year_from_the_one_behind_it_in_the_sentence():
    plan = read(
        "Klimaplan\n\nPlanen vedtages i efteråret 2026. Begyndes der efter sommerferien, kan der "
        "være et oplæg klar til drøftelse i foråret 2026 og et udkast "
        "klar til høring i august 2026.\n"
    )
    assert [when[:10] for when, _title in dated(plan)] == [
        "2026-09-01", "2025-08-11", "2026-03-01", "2026-08-01",
    ]  # fmt: skip


def test_since_when_something_has_been_so_is_no_step():
    plan = read(
        "Udkast til politik i høring\n\n7. marts 2027\n\nSiden foråret 2026 har der været en "
        "proces med at lave politikken. Udkastet sendes nu ud\n\nHøringen slutter den "
        "15. april. Byrådet "
        "forventes at vedtage politikken på mødet den 20. maj.\n"
    )
    assert [when[-10:] for when, _title in dated(plan)] == ["2027-04-15", "2027-05-20"]
