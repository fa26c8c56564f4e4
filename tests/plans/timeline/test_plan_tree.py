"""The figure of a family: boxes in columns that never meet, and the same as a list."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.timeline.plan_tree import BOX, GAP, PAD, TITLE, Structure, flat, structure
from plans.timeline.text_width import width, wrap


@dataclass(frozen=True)
class Known:
    uid: str
    title: str = "Plan"
    kind: str = "strategy"
    parent_uid: str | None = None


FAMILY = [
    Known("ramme", "Rammeplan"),
    Known("bolig", "Delstrategi om bolig", parent_uid="ramme"),
    Known("job", "Delstrategi om job", parent_uid="ramme"),
    Known("projekt", "Projekt", parent_uid="bolig"),
]


def test_each_step_down_is_a_column_to_the_right() -> None:
    figure = structure(FAMILY, "bolig")
    columns = {box.uid: (box.x - 1) // (BOX + GAP) for box in figure.boxes}
    assert columns == {"ramme": 0, "bolig": 1, "job": 1, "projekt": 2}
    assert [box.uid for box in figure.boxes if box.here] == ["bolig"]
    assert len(figure.paths) == 3


def test_the_list_has_the_same_plans() -> None:
    figure = structure(FAMILY, "ramme")
    assert [branch.plan.uid for branch in flat(figure.branches)] == [
        "ramme",
        "bolig",
        "projekt",
        "job",
    ]
    assert {branch.plan.uid for branch in flat(figure.branches)} == {
        box.uid for box in figure.boxes
    }


def test_a_plan_whose_parent_is_not_published_stands_at_the_top() -> None:
    figure = structure([Known("a", parent_uid="hemmelig")], "a")
    assert [branch.plan.uid for branch in figure.branches] == ["a"]
    assert not figure.has_others


def test_what_was_replaced_and_what_came_after_stand_in_a_line() -> None:
    figure = structure([Known("a", "Nu")], "a", before=["Sektorplan 2004"], after="Strategi 2030")
    words = [(" ".join(text for _y, text in box.lines), box.former) for box in figure.boxes]
    assert words == [
        ("Nu", False), ("Sektorplan 2004", True), ("Nu", False), ("Strategi 2030", False),
    ]  # fmt: skip
    assert len(figure.arrows) == 2


def meet(figure: Structure) -> bool:
    return any(
        a.x < b.x + BOX and b.x < a.x + BOX and a.y < b.y + b.height and b.y < a.y + a.height
        for a, b in itertools.combinations(figure.boxes, 2)
    )


TITLES = st.text("abcæøåW -/", min_size=1, max_size=120).filter(str.strip)


@settings(max_examples=60)
@given(data=st.data())
def test_no_boxes_meet_and_all_words_are_inside(data) -> None:
    plans = []
    for n in range(data.draw(st.integers(1, 25))):
        parents = [None, "hemmelig", *(plan.uid for plan in plans)]
        plans.append(
            Known(str(n), data.draw(TITLES), parent_uid=data.draw(st.sampled_from(parents)))
        )
    before = data.draw(st.lists(TITLES, max_size=3))
    figure = structure(plans, "0", before=before, after=data.draw(st.sampled_from(["", "Efter"])))
    assert not meet(figure)
    for box in figure.boxes:
        assert box.x >= 0
        assert box.x + BOX <= figure.width
        assert box.y + box.height <= figure.height
        for y, text in box.lines:
            assert width(text, TITLE, strong=box.here) <= BOX - 2 * PAD
            assert box.y < y < box.y + box.height


# --- letters ---------------------------------------------------------------------------------


@given(st.text(max_size=200), st.booleans())
def test_wrapping_keeps_every_letter_and_the_limit(text, strong) -> None:
    lines = wrap(text, 150, 15, strong=strong)
    assert all(width(line, 15, strong=strong) <= 150 for line in lines)
    kept = "".join(lines).replace("-", "")
    assert kept.replace(" ", "") == "".join(text.split()).replace("-", "")


def test_a_long_word_is_divided_at_its_own_hyphen() -> None:
    lines = wrap("Beskæftigelses- og Integrationsudvalgsmøde/Børneungdomsudvalgsmøde", 210, 15)
    assert lines == ("Beskæftigelses- og", "Integrationsudvalgsmøde/", "Børneungdomsudvalgsmøde")
