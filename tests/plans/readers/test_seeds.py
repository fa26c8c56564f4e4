"""The five published documents are read as the facts table says, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plans.readers.files.upload import open_upload
from plans.readers.process_plan.draft import DraftPlan
from plans.readers.process_plan.reader import read_process_plan

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("KOMMUNEPLAN_SHARED", ROOT.parent / "shared"))

FACTS = {
    "000": [
        ("2008-03-05", "2008-03-05", "meeting", "Socialudvalget"),
        ("2008-03-05", "2008-03-05", "meeting", "Socialudvalget"),
        ("2008-03-06", "2008-04-30", "drafting", "Socialforvaltningen"),
        ("2008-05-07", "2008-05-07", "budget", "Socialudvalget"),
        ("2008-05-21", "2008-05-21", "meeting", "Socialudvalget"),
        ("2008-05-22", "2008-06-20", "hearing", "Socialforvaltningen"),
        ("2008-05-22", "2008-06-20", "involvement", "Socialudvalget"),
        ("2008-08-27", "2008-08-27", "adoption", "Socialudvalget"),
        ("2008-09-01", "2008-12-31", "drafting", "Socialforvaltningen"),
        ("2008-09-01", "2008-12-31", "meeting", "Socialudvalget"),
        ("2009-05-01", "2009-08-31", "budget", "Socialudvalget"),
        ("2009-09-01", "2009-12-31", "evaluation", ""),
    ],
    "003": [
        ("2008-06-25", "2008-06-25", "meeting", "Socialudvalget"),
        ("2008-11-12", "2008-11-12", "meeting", "Socialudvalget"),
        ("2009-01-01", "2009-01-31", "meeting", "Socialudvalget"),
        ("2009-02-01", "2009-02-28", "hearing", "Socialforvaltningen"),
        ("2009-04-01", "2009-04-30", "meeting", "Socialudvalget"),
        ("2009-05-01", "2009-08-31", "drafting", "Socialforvaltningen"),
        ("2009-09-01", "2009-09-30", "adoption", "Socialudvalget"),
    ],
    "004": [
        ("2015-07-11", "2015-07-20", "information", ""),
        ("2015-08-01", "2015-08-10", "involvement", ""),
        ("2015-08-21", "2015-08-31", "involvement", ""),
        ("2015-09-11", "2015-09-20", "involvement", ""),
        ("2015-10-01", "2015-10-10", "involvement", ""),
        ("2015-10-11", "2015-10-20", "drafting", ""),
        ("2015-10-21", "2015-10-31", "status", "Socialudvalget"),
        ("2015-12-01", "2015-12-31", "meeting", "Socialudvalget"),
    ],
}


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> DraftPlan:
    found = sorted((SHARED / "seeds").glob(f"{request.param}_*.txt"))
    if not found:
        pytest.skip("the published documents are not at hand")
    return read_process_plan(open_upload(found[0].name, found[0].read_bytes()))


def windows(plan: DraftPlan) -> list[tuple[str, str]]:
    return [(str(m.span.earliest_begin), str(m.span.latest_end)) for m in plan.milestones if m.span]


@pytest.mark.parametrize("seed", FACTS, indirect=True)
def test_seed_is_read_whole(seed: DraftPlan, request: pytest.FixtureRequest):
    name = request.node.callspec.params["seed"]
    got = [
        (*window, m.kind, m.body) for window, m in zip(windows(seed), seed.milestones, strict=True)
    ]
    assert got == FACTS[name]


@pytest.mark.parametrize("seed", ["000"], indirect=True)
def test_head_of_a_letter(seed: DraftPlan):
    assert seed.title.startswith("Procesplan for arbejdet")
    assert (seed.case_number, seed.document_number) == ("2007-54374", "2007-402110")
    assert str(seed.document_date) == "2008-02-24"
    assert seed.recipient == "Socialudvalget"
    assert seed.sender_unit == "Mål- og rammekontoret for voksne"


@pytest.mark.parametrize("seed", ["003"], indirect=True)
def test_unfilled_placeholders_in_the_head(seed: DraftPlan):
    assert (seed.case_number, seed.document_number, seed.document_date) == ("", "", None)
    assert len(seed.warnings) == 3


@pytest.mark.parametrize("seed", ["002"], indirect=True)
def test_scanned_prose(seed: DraftPlan):
    found = windows(seed)
    for month, day in ((4, 22), (5, 27), (6, 24)):
        assert (f"2015-{month:02}-{day}", f"2015-{month:02}-{day}") in found
    assert ("2015-03-01", "2015-03-31") in found
    assert all(begin >= "2015" for begin, _end in found)
    assert len(found) <= 6


@pytest.mark.parametrize("seed", ["001"], indirect=True)
def test_status_report_leaves_history_out(seed: DraftPlan):
    found = windows(seed)
    assert ("2009-11-01", "2009-11-30") in found
    assert ("2009-11-01", "2009-12-31") in found
    assert all(end >= "2009-10-21" for _begin, end in found)


@pytest.mark.parametrize("seed", ["004"], indirect=True)
def test_dates_that_differ_between_text_and_list(seed: DraftPlan):
    last = seed.milestones[-1]
    assert any("2. december 2015" in warning for warning in last.warnings)
    assert seed.milestones[4].conditional
