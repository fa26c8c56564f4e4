"""Plans in the manner of several municipalities, written here before the reader saw them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from measuring import Measure, measure, source_of, total
from scoring import expected_of
from written_fresh import MADE

from plans.readers.process_plan.reader import read_process_plan

FRESH = sorted((Path(__file__).resolve().parents[3] / "tests/data/fresh_plans").glob("*.txt"))


def measured(path: Path) -> Measure:
    expected = expected_of(path.with_suffix(".exp").read_text(encoding="utf-8"))
    return measure(read_process_plan(source_of(path.name, path.read_bytes())), expected)


@pytest.mark.parametrize("path", FRESH, ids=lambda path: path.stem)
def test_fresh_plan_is_read_and_nothing_is_invented(path: Path):
    one = measured(path)
    others = [fault for fault in one.faults if not fault.startswith("kind")]
    assert (one.found, one.invented, others) == (one.expected, 0, [])


def measured_made(name: str) -> Measure:
    make, expected = MADE[name]
    return measure(read_process_plan(source_of(name, make())), expected_of(expected))


@pytest.mark.parametrize("name", MADE)
def test_fresh_document_is_read_and_nothing_is_invented(name: str):
    one = measured_made(name)
    others = [fault for fault in one.faults if not fault.startswith("kind")]
    assert (one.found, one.invented, others) == (one.expected, 0, [])


if __name__ == "__main__":
    figures = {path.stem: measured(path) for path in FRESH}
    figures |= {name: measured_made(name) for name in MADE}
    for name, one in figures.items():
        print(f"{name:30} {one}", *one.faults, sep="\n    ")
    print(f"{'all':30} {total(figures.values())}")
