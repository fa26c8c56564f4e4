"""Dates of a plan that are counted from its own day, or from the month beside them."""

from __future__ import annotations

from plans.readers.files.text import from_paste
from plans.readers.process_plan.draft import DraftPlan
from plans.readers.process_plan.reader import read_process_plan

ROWS = """Tid\tAktivitet\tAnsvarlig
Næste uge\tUdkast drøftes i styregruppen\tForvaltningen
Om 14 dage\tUdkast sendes i høring\tForvaltningen
Den 12. næste måned\tBorgermøde om strategien\tSocialudvalget
Første hverdag efter nytår\tUdvalget behandler høringssvar\tSocialudvalget
Til foråret\tByrådet vedtager strategien\tByrådet
"""


def read(text: str) -> DraftPlan:
    return read_process_plan(from_paste(text, "plan.txt"))


def windows(plan: DraftPlan) -> list[tuple[str, str]]:
    spans = [span for row in plan.milestones for span in row.reading.spans]
    return [(str(span.earliest or ""), str(span.latest or "")) for span in spans]


def test_rows_are_counted_from_the_date_of_the_document() -> None:
    plan = read(f"Notat\nDato: 30. september 2026\n\nTidsplan for ny strategi\n\n{ROWS}")
    assert windows(plan) == [
        ("2026-10-05", "2026-10-11"),
        ("2026-10-14", "2026-10-14"),
        ("2026-10-12", "2026-10-12"),
        ("2027-01-04", "2027-01-04"),
        ("2027-03-01", "2027-05-31"),
    ]
    assert any("30. september 2026" in remark for remark in plan.milestones[0].warnings)


def test_without_a_date_of_the_document_they_stay_words() -> None:
    plan = read(f"Tidsplan for ny strategi\n\n{ROWS}")
    assert windows(plan) == []


def test_a_limit_beside_its_month_is_of_that_month() -> None:
    plan = read(
        "Procesplan 2021\n\nMåned\tDato\tAktivitet\n"
        "Oktober\tSenest 21.\tUdkast sendes til udvalget\n"
        "November\tden 4.\tUdvalget drøfter udkast\n"
    )
    assert windows(plan) == [("", "2021-10-21"), ("2021-11-04", "2021-11-04")]


def test_two_days_with_a_plus_are_two_milestones() -> None:
    plan = read(
        "Procesplan 2020\n\n8.5 + 12.6 2020 Temamøder i udvalget\n"
        "primo aug. 2020 Byrådet vedtager\nultimo sept. 2020 Planen sendes ud\n"
    )
    assert windows(plan) == [
        ("2020-05-08", "2020-05-08"),
        ("2020-06-12", "2020-06-12"),
        ("2020-08-01", "2020-08-10"),
        ("2020-09-21", "2020-09-30"),
    ]
