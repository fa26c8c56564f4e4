"""Bare dates: what each belongs to is settled for the whole list, or asked."""

from __future__ import annotations

from plans.readers.files.upload import open_upload
from plans.readers.process_plan.reader import read_process_plan


def read(lines: list[str]) -> dict[str, str]:
    text = "Procesplan for klubber\n\n" + "\n".join(lines)
    plan = read_process_plan(open_upload("plan.txt", text.encode()))
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
    plan = read_process_plan(open_upload("plan.txt", text.encode()))
    assert [(m.title, str(m.span and m.span.earliest_begin)) for m in plan.milestones] == [
        ("Møde i Socialudvalget", "2026-01-13"), ("Møde i Socialudvalget", "2026-12-08"),
        ("Møde i Byrådet", "2026-01-27"), ("Møde i Byrådet", "2026-02-24"),
    ]  # fmt: skip
