"""A chain as plain values: the indented list, what is missing, amounts as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.effects.chain import (
    ChainLink,
    EffectChain,
    EffectThemeLine,
    InheritedGoal,
    NodeLine,
    OutlineStep,
    outline,
)
from plans.effects.findings import findings
from plans.effects.theme_view import theme_views
from plans.effects.words import finding_words

HEADS = ["Mål", "Resultater", "Aktiviteter", "Ressourcer"]


def node(uid: str, kind: str, *serves: str, theme: str = "t", **more: object) -> NodeLine:
    links = tuple(ChainLink(other) for other in serves)
    return NodeLine(uid, kind, uid.capitalize(), theme, links=links, **more)


def chain(*nodes: NodeLine, inherited: tuple[InheritedGoal, ...] = ()) -> EffectChain:
    themes = dict.fromkeys(["t", *(node.theme for node in nodes)])
    return EffectChain(
        tuple(EffectThemeLine(theme, theme.upper()) for theme in themes), nodes, inherited
    )


def told(steps: tuple[OutlineStep, ...], depth: int = 0) -> list[tuple[int, str, bool]]:
    return [
        one
        for step in steps
        for one in (
            (depth, step.point.uid, step.repeated),
            *told(step.below, depth + 1),
        )
    ]


def test_the_list_goes_from_each_goal_down_to_what_it_takes():
    whole = chain(
        node("home", "goal"),
        node("moves", "result", "home"),
        node("visits", "activity", "moves", "home"),
        node("money", "resource", "visits"),
    )
    assert told(outline(whole, "t")) == [
        (0, "home", False),
        (1, "moves", False),
        (2, "visits", False),
        (3, "money", False),
        (1, "visits", True),
    ]


def test_what_serves_nothing_or_another_theme_alone_is_told_too():
    whole = chain(
        node("home", "goal", theme="u"),
        node("alone", "activity"),
        node("moves", "result", "home"),
    )
    assert told(outline(whole, "t")) == [(0, "alone", False), (0, "moves", False)]
    assert told(outline(whole, "u")) == [(0, "home", False)]


def test_a_goal_of_a_plan_above_stands_over_what_leads_to_it():
    goal = InheritedGoal("above", "Over", "Rammeplanen", "rammeplan")
    whole = chain(node("moves", "result", "above"), inherited=(goal,))
    assert told(outline(whole, "t")) == [(0, "above", False), (1, "moves", False)]
    [view] = theme_views(whole, HEADS)
    guest = next(box for box in view.picture.boxes if box.uid == "above")
    assert guest.is_guest and guest.column == 0
    assert " ".join(text for _y, text in guest.about) == "Rammeplanen"


def test_a_node_of_another_theme_is_drawn_as_a_guest_of_both():
    whole = chain(node("home", "goal", theme="u"), node("moves", "result", "home"))
    first, second = theme_views(whole, HEADS)
    assert {box.uid: box.is_guest for box in first.picture.boxes} == {"moves": False, "home": True}
    assert {box.uid: box.is_guest for box in second.picture.boxes} == {"moves": True, "home": False}


@st.composite
def any_chain(draw):
    kinds = draw(st.lists(st.sampled_from(["goal", "result", "activity", "resource"]), max_size=15))
    order = ["goal", "result", "activity", "resource"]
    nodes = []
    for number, kind in enumerate(kinds):
        nearer = [one.uid for one in nodes if order.index(one.kind) < order.index(kind)]
        serves = draw(st.lists(st.sampled_from(nearer), unique=True, max_size=3)) if nearer else []
        theme = draw(st.sampled_from("tu"))
        nodes.append(node(f"n{number}", kind, *serves, theme=theme))
    return chain(*nodes)


@given(any_chain())
def test_every_node_is_told_in_full_exactly_once(whole):
    for theme in whole.themes:
        full = [uid for _depth, uid, again in told(outline(whole, theme.uid)) if not again]
        assert sorted(full) == sorted(one.uid for one in whole.in_theme(theme.uid))


# --- what is missing ---------------------------------------------------------------------------


def codes(*nodes: NodeLine) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in findings(chain(*nodes)):
        found.setdefault(one.uid, []).append(one.code)
    return found


def test_a_whole_chain_lacks_nothing():
    assert codes(
        node("home", "goal"),
        node("moves", "result", "home", indicators=("i",)),
        node("visits", "activity", "moves"),
        node("money", "resource", "visits", amount=4_000_000),
    ) == {}  # fmt: skip


def test_an_activity_that_leads_straight_to_a_goal_is_enough_for_both():
    assert codes(node("home", "goal"), node("visits", "activity", "home")) == {}


@pytest.mark.parametrize(
    ("nodes", "uid", "code"),
    [
        ([node("home", "goal")], "home", "goal_without_activity"),
        (
            [node("home", "goal"), node("moves", "result", "home", indicators=("i",))],
            "home",
            "goal_without_activity",
        ),
        (
            [node("home", "goal"), node("money", "resource", "home", amount=1)],
            "home",
            "goal_without_activity",
        ),
        ([node("visits", "activity")], "visits", "activity_without_result"),
        ([node("visits", "activity", "gone")], "visits", "activity_without_result"),
        ([node("moves", "result")], "moves", "result_unmeasured"),
        ([node("money", "resource")], "money", "resource_without_amount"),
    ],
)
def test_what_is_missing_is_said_of_the_row_it_concerns(nodes, uid, code):
    assert codes(*nodes) == {uid: [code]}
    assert finding_words(code)


def test_an_amount_of_nothing_is_an_amount():
    assert codes(node("money", "resource", amount=0)) == {}


def test_findings_are_numbered_in_the_order_of_the_table():
    found = findings(chain(node("money", "resource"), node("home", "goal")))
    assert [(one.number, one.uid) for one in found] == [(1, "home"), (2, "money")]
