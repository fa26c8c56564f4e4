"""What a date rests on means something: a date that is "stated" is right."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from measuring import source_of, windows
from scoring import overlap, window
from test_fresh_plans import FRESH, expected_of
from test_layouts import LAYOUTS, cases

from plans.readers.process_plan.draft import DraftMilestone, DraftPlan, Strength
from plans.readers.process_plan.reader import read_process_plan

pytestmark = pytest.mark.no_cover  # as the layouts
RIGHT = 0.995


def judged(plan: DraftPlan, expected: list) -> Iterator[tuple[str, bool]]:
    """Each date that was read: its strength, and whether a reader agrees."""
    for milestone in plan.milestones:
        if milestone.span is not None:
            yield milestone.date_strength, _agrees(milestone, expected)


def _agrees(milestone: DraftMilestone, expected: list) -> bool:
    words = f"{milestone.who} {milestone.title}"
    return any(
        window(milestone) in windows(want) and overlap(words, want["title"]) >= 0.5
        for want in expected
    )


def read(name: str, data: bytes) -> DraftPlan:
    return read_process_plan(source_of(name, data))


@pytest.mark.slow
def test_what_is_stated_is_right():
    counted: Counter[tuple[str, bool]] = Counter()
    for layout in LAYOUTS:
        for _noise, name, data, expected in cases(layout):
            counted.update(judged(read(name, data), expected))
    for path in FRESH:
        expected = expected_of(path.with_suffix(".exp").read_text(encoding="utf-8"))
        counted.update(judged(read(path.name, path.read_bytes()), expected))
    stated, wrong = (counted[Strength.STATED, agreed] for agreed in (True, False))
    assert stated > 1_000
    assert stated / (stated + wrong) >= RIGHT, counted


def test_a_year_from_the_title_alone_is_a_guess():
    plan = read("plan.txt", b"Tidsplan 2026\n\n10. marts: Borgerm\xc3\xb8de\n5. maj: Workshop\n")
    assert {m.date_strength for m in plan.milestones} == {Strength.GUESSED}


def test_a_year_from_the_row_above_follows():
    plan = read("plan.txt", b"Tidsplan\n\n10. marts 2026: Borgerm\xc3\xb8de\n5. maj: Workshop\n")
    assert [m.date_strength for m in plan.milestones] == [Strength.STATED, Strength.FOLLOWS]
