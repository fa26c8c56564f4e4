"""Whole plans, in every layout: what a reader expects, nothing missing, nothing invented."""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from scoring import expected_of, faults
from written_pdf import PDF
from written_word import WORD

from plans.readers.files.source import GAP
from plans.readers.files.upload import open_upload
from plans.readers.process_plan.draft import DraftPlan
from plans.readers.process_plan.reader import read_process_plan

ROOT = Path(__file__).resolve().parents[3]
OWN = ROOT / "tests/data/plans"
SHARED = Path(os.environ.get("KOMMUNEPLAN_SHARED", ROOT.parent / "shared"))
SUFFIXES = (".txt", ".csv", ".html", ".docx", ".pdf")
HEAD = ("title", "case_number", "document_number", "recipient")


def pairs(folder: Path) -> list[Path]:
    return sorted(
        document
        for expected in folder.glob("*.json")
        for suffix in SUFFIXES
        if (document := expected.with_suffix(suffix)).exists()
    )


@cache  # a draft is frozen, and several tests look at the same
def read(path: Path) -> DraftPlan:
    return read_process_plan(open_upload(path.name, path.read_bytes()))


@pytest.mark.parametrize("path", pairs(OWN), ids=lambda path: path.stem)
def test_plan_is_read_whole(path: Path):
    expected: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    plan = read(path)
    assert faults(plan, expected["milestones"]) == []
    for name in HEAD:
        if name in expected:
            assert getattr(plan, name) == expected[name]
    if "document_date" in expected:
        assert str(plan.document_date) == expected["document_date"]
    if "phases" in expected:
        assert list(dict.fromkeys(m.phase for m in plan.milestones)) == expected["phases"]


@pytest.mark.parametrize("path", pairs(OWN), ids=lambda path: path.stem)
def test_no_row_is_dropped_and_the_draft_can_be_stored(path: Path):
    plan = read(path)
    accounted = {row for milestone in plan.milestones for row in milestone.rows}
    accounted |= {left.row for left in plan.left_out}
    assert {row.id for row in plan.source_rows if row.shape != GAP} <= accounted
    assert all(left.reason for left in plan.left_out)
    assert DraftPlan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
    issue = plan.as_json()
    assert list(issue) == ["title", "case_number", "document_number", "warnings", "milestones"]
    for milestone in issue["milestones"]:
        assert list(milestone["when"]) == [
            "earliest", "latest", "precision", "modifier", "written", "edtf",
        ]  # fmt: skip


@pytest.mark.slow  # a file is made and opened for each
@pytest.mark.parametrize("name", [*WORD, *PDF])
def test_made_document_is_read_whole(name: str):
    make, expected, head = {**WORD, **PDF}[name]
    plan = read_process_plan(open_upload(name, make()))
    assert faults(plan, expected_of(expected)) == []
    head = dict(head)
    phases = head.pop("phases", None)
    assert {key: getattr(plan, key) for key in head} == head
    if phases:
        assert list(dict.fromkeys(m.phase for m in plan.milestones)) == phases


@pytest.mark.parametrize("path", pairs(SHARED / "domain/plans"), ids=lambda path: path.stem)
def test_published_examples_are_read_whole(path: Path):
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert faults(read(path), expected) == []


def test_placeholder_and_misprint_are_said_and_give_no_date():
    plan = read(OWN / "t16_pladsholdere.txt")
    hearing = next(m for m in plan.milestones if m.kind == "hearing")
    assert hearing.span is None and hearing.warnings
    assert plan.case_number == "" and plan.warnings
    misprint = next(
        m for m in read(OWN / "t07_dato_streg_punkter.txt").milestones if "konference" in m.title
    )
    assert misprint.span is None and misprint.reading.status == "reject" and misprint.warnings


def test_letterhead_leaves_nothing_of_itself():
    plan = read(OWN / "t23_brevhoved_i_tabel.txt")
    kept = json.dumps(plan.to_json())
    assert "5790000000000" not in kept and "Eksempelgade" not in kept
    assert plan.sender_unit == "Kontoret for Ungeindsats"
