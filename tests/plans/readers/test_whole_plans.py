"""Whole plans of other hands, and how much of each is read: the figures are floors."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from measuring import Measure, measure, total

from plans.readers.files.upload import open_upload
from plans.readers.process_plan.reader import read_process_plan

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("KOMMUNEPLAN_SHARED", ROOT.parent / "shared"))
PLANS = sorted(
    path
    for folder in ("domain/plans", "domain/more_plans")
    for path in (SHARED / folder).glob("*")
    if path.suffix in (".txt", ".docx") and path.with_suffix(".json").exists()
)

KINDS = 0.95


def measured(path: Path) -> Measure:
    """One plan as its expected milestones lie beside it."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return measure(read_process_plan(open_upload(path.name, path.read_bytes())), expected)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_each_plan_is_read_whole(path: Path):
    one = measured(path)
    others = [fault for fault in one.faults if not fault.startswith("kind")]
    assert (one.found, one.invented, others) == (one.expected, 0, [])


@pytest.mark.skipif(not PLANS, reason="the published plans are not at hand")
def test_of_all_plans_the_kinds_are_right():
    figures = total(map(measured, PLANS))
    assert figures.kind >= KINDS, str(figures)


if __name__ == "__main__":
    figures = {path.stem: measured(path) for path in PLANS}
    for name, one in figures.items():
        print(f"{name:40} {one}", *one.faults, sep="\n    ")
    print(f"{'all':40} {total(figures.values())}")
