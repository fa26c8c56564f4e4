"""A revised plan over the one in the house: who is right, and which row is which. Pure."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommuneplan.timespan.span import TimeSpan
from plans.process_import.three_way import (
    DocumentRow,
    MilestoneFacts,
    MilestoneFate,
    PlanMilestone,
    merge,
)

DAY = TimeSpan.day(dt.date(2027, 3, 5))
LATER = TimeSpan.day(dt.date(2027, 4, 9))
SAID = MilestoneFacts(
    "Indstilling om procesplan", when=DAY, kind="meeting", bodies=("Socialudvalget",)
)


def one(
    theirs: MilestoneFacts,
    now: MilestoneFacts = SAID,
    before: MilestoneFacts | None = SAID,
    **choices: str,
):
    result = merge([DocumentRow("m1", theirs, choices)], [PlanMilestone("u1", now, before)])
    assert len(result.rows) == 1
    return result.rows[0]


def test_the_same_again_changes_nothing():
    assert one(SAID).fate is MilestoneFate.UNCHANGED
    assert merge([DocumentRow("m1", SAID)], [PlanMilestone("u1", SAID, SAID)]).gone == ()


def test_what_only_the_file_changed_is_taken():
    row = one(replace(SAID, when=LATER, kind="adoption"))
    assert row.fate is MilestoneFate.MOVED
    assert (row.result.when, row.result.kind, row.conflicts) == (LATER, "adoption", ())


def test_what_only_a_hand_changed_stays():
    by_hand = replace(SAID, title="Indstilling om proces- og tidsplan", when=LATER)
    row = one(SAID, now=by_hand)
    assert (row.fate, row.result) == (MilestoneFate.UNCHANGED, by_hand)
    assert set(row.kept) == {"title", "when"}


def test_both_changed_it_is_a_conflict_and_the_hand_holds_until_somebody_chooses():
    by_hand = replace(SAID, when=LATER)
    third = replace(SAID, when=TimeSpan.day(dt.date(2027, 5, 1)))
    assert one(third, now=by_hand).conflicts == ("when",)
    assert one(third, now=by_hand).result.when == LATER
    assert one(third, now=by_hand, when="file").result.when == third.when


def test_both_made_the_same_change():
    changed = replace(SAID, when=LATER)
    row = one(changed, now=changed)
    assert (row.fate, row.conflicts) == (MilestoneFate.UNCHANGED, ())


def test_a_meeting_follows_its_own_calendar():
    standing = PlanMilestone("u1", SAID, SAID, meets=True)
    row = merge([DocumentRow("m1", replace(SAID, when=LATER))], [standing]).rows[0]
    assert (row.fate, row.result.when) == (MilestoneFate.UNCHANGED, DAY)


def test_other_words_for_the_same_days_are_no_change():
    week = TimeSpan.between(dt.date(2027, 8, 16), dt.date(2027, 8, 22))
    now = replace(SAID, when=week, written="uge 33")
    assert one(replace(now, written="16.-22. august"), now, now).fate is MilestoneFate.UNCHANGED


def test_a_reworded_title_is_the_same_milestone():
    row = one(replace(SAID, title="Indstilling vedrørende procesplanen"))
    assert row.standing is not None
    assert row.changes == ("title",)


def test_another_matter_is_new_and_the_old_is_gone():
    other = MilestoneFacts("Borgermøde i Valby", when=LATER, kind="involvement")
    result = merge([DocumentRow("m1", other)], [PlanMilestone("u1", SAID, SAID)])
    assert result.rows[0].fate is MilestoneFate.NEW
    assert [gone.uid for gone in result.gone] == ["u1"]


@pytest.mark.parametrize("state", [{"planned": False}, {"before": None}])
def test_what_is_done_or_was_written_by_hand_is_never_gone(state):
    standing = replace(PlanMilestone("u1", SAID, SAID), **state)
    assert merge([], [standing]).gone == ()


def test_equal_titles_are_paired_in_order():
    chain = [replace(SAID, title="Behandling", when=TimeSpan.day(dt.date(2027, m, 1)))
             for m in (3, 4, 5)]  # fmt: skip
    moved = [replace(said, when=said.when.shifted(7)) for said in chain]
    standing = [PlanMilestone(f"u{n}", said, said) for n, said in enumerate(chain)]
    rows = merge([DocumentRow(f"m{n}", said) for n, said in enumerate(moved)], standing).rows
    assert [row.standing.uid for row in rows] == ["u0", "u1", "u2"]


def test_one_milestone_is_never_two_rows():
    rows = merge(
        [DocumentRow("m1", SAID), DocumentRow("m2", SAID)], [PlanMilestone("u1", SAID, SAID)]
    ).rows
    assert sorted(row.fate for row in rows) == [MilestoneFate.NEW, MilestoneFate.UNCHANGED]


@pytest.mark.slow  # a long plan
def test_a_long_plan_is_laid_over_in_reasonable_time():
    words = ["Socialudvalget behandler sag nummer", "Høring om delplan", "Workshop om emne"]
    plan = [MilestoneFacts(f"{words[n % 3]} {n}", when=DAY.shifted(n)) for n in range(600)]
    standing = [PlanMilestone(str(n), said, said) for n, said in enumerate(plan)]
    moved = [replace(said, title=f"{said.title} (revideret)") for said in plan]
    began = time.process_time()
    rows = merge([DocumentRow(str(n), said) for n, said in enumerate(moved)], standing).rows
    assert time.process_time() - began < 15  # 1.5 s alone; measuring coverage takes its own time
    assert sum(row.standing is not None for row in rows) > 500


titles = st.text(st.sampled_from("abc æøå"), min_size=1, max_size=12)
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
saids = st.builds(
    MilestoneFacts,
    title=titles,
    when=st.one_of(st.none(), days.map(TimeSpan.day)),
    written=st.sampled_from(["", "afventer"]),
    kind=st.sampled_from(["meeting", "hearing"]),
    bodies=st.lists(st.sampled_from(["Socialudvalget", "Ældrerådet"]), unique=True).map(tuple),
    conditional=st.booleans(),
)


@given(st.lists(saids, max_size=12))
def test_a_file_imported_twice_changes_nothing(plan):
    standing = [PlanMilestone(f"u{n}", said, said) for n, said in enumerate(plan)]
    result = merge([DocumentRow(f"m{n}", said) for n, said in enumerate(plan)], standing)
    assert result.gone == ()
    assert {row.fate for row in result.rows} <= {MilestoneFate.UNCHANGED}


@given(st.lists(saids, max_size=6), st.lists(saids, max_size=6), st.lists(saids, max_size=6))
def test_every_row_and_every_milestone_is_accounted_for_once(theirs, mine, before):
    memories = [*before, *([None] * len(mine))]
    standing = [PlanMilestone(f"u{n}", now, memories[n]) for n, now in enumerate(mine)]
    result = merge([DocumentRow(f"m{n}", said) for n, said in enumerate(theirs)], standing)
    assert [row.key for row in result.rows] == [f"m{n}" for n in range(len(theirs))]
    used = [row.standing.uid for row in result.rows if row.standing]
    assert len(used) == len(set(used))
    gone = {one_.uid for one_ in result.gone}
    assert not gone & set(used)
    assert gone | set(used) >= {one_.uid for one_ in standing if one_.before}


@given(saids)
def test_what_is_remembered_is_read_back(said):
    again = MilestoneFacts.from_json(said.to_json())
    assert all(again.key(name) == said.key(name) for name in ("title", "when", "kind", "bodies"))
