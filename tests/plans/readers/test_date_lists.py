"""Bare dates: what each belongs to is settled for the whole list, or asked."""

from __future__ import annotations

from plans.readers.files.text import from_paste
from plans.readers.process_plan.reader import read_process_plan


def read(lines: list[str]) -> dict[str, str]:
    text = "Procesplan for klubber\n\n" + "\n".join(lines)
    plan = read_process_plan(from_paste(text, "plan.txt"))
    return {m.title: str(m.span.earliest_begin) if m.span else "" for m in plan.milestones}


def test_dates_below_their_texts():
    lines = ["Borgermøde", "3. marts 2026", "", "Høring", "4. maj 2026"]
    assert read(lines) == {"Borgermøde": "2026-03-03", "Høring": "2026-05-04"}


def test_dates_above_their_texts():
    lines = ["3. marts 2026", "Borgermøde", "", "4. maj 2026", "Høring"]
    assert read(lines) == {"Borgermøde": "2026-03-03", "Høring": "2026-05-04"}


def test_a_list_that_can_be_read_both_ways_gives_no_date_and_asks():
    lines = ["Workshop om klubber", "", "3. marts 2026", "", "Borgermøde", "", "4. maj 2026", "",
             "Høring af klubberne"]  # fmt: skip
    assert read(lines) == {"Workshop om klubber": "", "Borgermøde": "", "Høring af klubberne": ""}


def test_days_below_a_body_are_its_meetings_and_each_list_begins_anew():
    lines = ["Møder i Socialudvalget 2026:", "13. januar", "8. december", "",
             "Møder i Byrådet 2026:", "27. januar", "24. februar"]  # fmt: skip
    text = "Mødeplan\n\n" + "\n".join(lines)
    plan = read_process_plan(from_paste(text, "plan.txt"))
    assert [(m.title, str(m.span and m.span.earliest_begin)) for m in plan.milestones] == [
        ("Møde i Socialudvalget", "2026-01-13"), ("Møde i Socialudvalget", "2026-12-08"),
        ("Møde i Byrådet", "2026-01-27"), ("Møde i Byrådet", "2026-02-24"),
    ]  # fmt: skip


def test_lines_with_their_dates_at_either_end_are_lines_of_their_own():
    lines = ["Kommissorium godkendes 3. marts 2026", "ultimo april 2026 Første udkast",
             "Dialogmøde med brugerråd uge 20, 2026", "primo august 2026 Behandling i udvalget",
             "Vedtagelse i Byrådet 10. september 2026"]  # fmt: skip
    assert read(lines) == {
        "Kommissorium godkendes": "2026-03-03", "Første udkast": "2026-04-21",
        "Dialogmøde med brugerråd": "2026-05-11", "Behandling i udvalget": "2026-08-01",
        "Vedtagelse i Byrådet": "2026-09-10",
    }  # fmt: skip


def test_a_sentence_that_is_broken_before_its_date_is_one_line():
    lines = ["3. marts 2026: Udvalget tager stilling til, om forslaget skal sendes i høring",
             "frem til og med den", "20. juni 2026 hos de faste parter"]  # fmt: skip
    text = "Procesplan for klubber\n\n" + "\n".join(lines)
    plan = read_process_plan(from_paste(text, "plan.txt"))
    assert len(plan.milestones) == 1


def test_days_of_a_month_stand_first_in_lines_below_it():
    lines = ["Oktober 2026", "21.: Svar er fremme", "28.: Møde i udvalget", "",
             "November 2026", "Senest 4.: Indstilling afleveres",
             "12. og 13.: Seminar"]  # fmt: skip
    text = "Procesplan for klubber\n\n" + "\n".join(lines)
    plan = read_process_plan(from_paste(text, "plan.txt"))
    assert [(m.title, str(m.span.latest_end)) for m in plan.milestones] == [
        ("Svar er fremme", "2026-10-21"), ("Møde i udvalget", "2026-10-28"),
        ("Indstilling afleveres", "2026-11-04"),
        ("Seminar", "2026-11-12"), ("Seminar", "2026-11-13"),
    ]  # fmt: skip


def test_a_numbered_line_below_a_month_is_no_day():
    lines = ["Oktober 2026", "4. udkast skrives", "Møde i udvalget"]
    assert "2026-10-04" not in read(lines).values()


def test_a_deadline_that_ends_in_its_word_keeps_its_own_date():
    lines = ["28. april 2027: Høringssvar fremsendes senest", "5. maj 2027: Svarene samles"]
    assert read(lines) == {
        "Høringssvar fremsendes": "2027-04-28", "Svarene samles": "2027-05-05",
    }  # fmt: skip
