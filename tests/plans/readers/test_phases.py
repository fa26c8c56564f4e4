"""A phase ends where the next heading of its rank begins."""

from __future__ import annotations

from plans.readers.files.upload import open_upload
from plans.readers.process_plan.reader import read_process_plan


def phases(name: str, text: str) -> dict[str, str]:
    plan = read_process_plan(open_upload(name, text.encode()))
    return {milestone.title: milestone.phase for milestone in plan.milestones}


def test_a_heading_of_the_same_rank_ends_a_phase_and_one_below_it_does_not():
    html = (
        "<html><body><h2>Fase 1: Viden</h2><p>3. marts 2026: Møde i udvalget</p>"
        "<h3>Underpunkt</h3><p>4. april 2026: Borgermøde</p>"
        "<h2>Opfølgning</h2><p>5. maj 2026: Evaluering</p></body></html>"
    )
    assert phases("plan.html", html) == {
        "Møde i udvalget": "Fase 1: Viden", "Borgermøde": "Fase 1: Viden", "Evaluering": "",
    }  # fmt: skip


def test_in_plain_text_a_line_of_its_own_ends_a_phase_that_was_one():
    text = (
        "Procesplan for klubber\n\nFase 1 - Viden\n\nVi samler viden hos alle klubber.\n\n"
        "Tidsplan i oversigt\n\n- Borgermøde (3. marts 2026)\n- Evaluering (5. maj 2026)\n"
    )
    assert phases("plan.txt", text) == {"Borgermøde": "", "Evaluering": ""}
