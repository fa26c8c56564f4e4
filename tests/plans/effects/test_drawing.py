"""The picture: nothing meets, and no two lines cross that a change of neighbours would part."""

from __future__ import annotations

from itertools import combinations, permutations, product
from math import factorial, prod

from hypothesis import assume, given
from hypothesis import strategies as st

from plans.effects.drawing import AIR, BOX, GAP, HEAD, DrawnNode, EffectPicture, draw
from plans.effects.ordering import Columns, Layers, crossings, layered, ordered
from plans.timeline.text_width import width

HEADS = ["Mål", "Resultater", "Aktiviteter", "Ressourcer"]
Chain = tuple[list[DrawnNode], list[tuple[str, str]]]


@st.composite
def chains(draw_one, most: int = 24) -> Chain:
    """Nodes in four columns, and contributions from the right to the left, past columns too."""
    places = draw_one(st.lists(st.integers(0, 3), min_size=1, max_size=most))
    titles = st.text("abc æøå", min_size=1, max_size=60)
    nodes = [DrawnNode(f"n{n}", column, draw_one(titles)) for n, column in enumerate(places)]
    possible = [
        (one.uid, other.uid) for one in nodes for other in nodes if one.column > other.column
    ]
    if not possible:
        return nodes, []
    return nodes, draw_one(st.lists(st.sampled_from(possible), unique=True, max_size=most))


@st.composite
def forests(draw_one) -> Chain:
    """Each serves one in the column before, or none: it can be drawn without a crossing."""
    nodes: list[DrawnNode] = []
    edges = []
    for number in range(draw_one(st.integers(1, 20))):
        column = draw_one(st.integers(0, 3))
        served = [node for node in nodes if node.column == column - 1]
        nodes.append(DrawnNode(f"n{number}", column, "Noget"))
        if served and draw_one(st.booleans()):
            edges.append((f"n{number}", draw_one(st.sampled_from(served)).uid))
    return nodes, edges


def layers_of(chain: Chain) -> Layers:
    nodes, edges = chain
    return layered({node.uid: node.column for node in nodes}, edges, len(HEADS))


@given(chains())
def test_no_two_neighbours_can_change_places_and_cross_less(chain):
    layers = layers_of(chain)
    columns = ordered(layers)
    fewest = crossings(layers, columns)
    for step, column in enumerate(columns):
        for place in range(len(column) - 1):
            other = [list(one) for one in columns]
            other[step][place : place + 2] = column[place + 1], column[place]
            assert crossings(layers, other) >= fewest


@given(chains())
def test_ordering_loses_nothing_and_never_crosses_more_than_before(chain):
    layers = layers_of(chain)
    columns = ordered(layers)
    assert [sorted(map(repr, column)) for column in columns] == [
        sorted(map(repr, column)) for column in layers.columns
    ]
    assert crossings(layers, columns) <= crossings(layers, layers.columns)


@given(chains(8))
def test_crossings_are_counted_as_they_are(chain):
    layers = layers_of(chain)
    assert crossings(layers, layers.columns) == counted_one_by_one(layers, layers.columns)


def counted_one_by_one(layers: Layers, columns: Columns) -> int:
    count = 0
    for step, column in enumerate(columns[:-1]):
        lines = [
            (place, columns[step + 1].index(other))
            for place, name in enumerate(column)
            for other in layers.right.get(name, ())
        ]
        count += sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(lines, 2))
    return count


@given(forests())
def test_what_can_be_drawn_without_a_crossing_by_a_walk_is(chain):
    assert draw(*chain, HEADS).crossings == 0


@given(chains(9))
def test_of_few_the_best_of_all_orders_is_found(chain):
    layers = layers_of(chain)
    assume(max(map(len, layers.columns)) <= 4)
    assume(prod(factorial(len(column)) for column in layers.columns) <= 5000)
    assert crossings(layers, ordered(layers)) == fewest_of_all(layers)


def fewest_of_all(layers: Layers) -> int:
    """By trying every order of every column, together."""
    fewest = crossings(layers, layers.columns)
    for orders in product(*(permutations(column) for column in layers.columns)):
        if fewest == 0:
            break
        fewest = min(fewest, crossings(layers, [list(order) for order in orders]))
    return fewest


@given(chains())
def test_boxes_stand_in_their_columns_below_the_heads_and_none_meets_another(chain):
    picture = draw(*chain, HEADS)
    for box in picture.boxes:
        assert box.x == 2 + box.column * (BOX + GAP)
        assert box.y >= HEAD and box.y + box.height <= picture.height
    for one, other in combinations(picture.boxes, 2):
        if one.column == other.column:
            upper, lower = sorted((one, other), key=lambda box: box.y)
            assert lower.y - (upper.y + upper.height) >= AIR - 0.2


@given(chains())
def test_all_words_are_there_and_inside_their_box(chain):
    nodes, edges = chain
    titles = {node.uid: node.title for node in nodes}
    for box in draw(nodes, edges, HEADS).boxes:
        said = "".join(text for _y, text in box.lines)
        assert "".join(titles[box.uid].split()) == said.replace("-", "").replace(" ", "")
        for y, text in box.lines:
            assert width(text, 15) <= box.width - 20
            assert box.y < y < box.y + box.height


@given(chains())
def test_each_contribution_is_one_line_from_box_to_box(chain):
    nodes, edges = chain
    picture = draw(nodes, edges, HEADS)
    assert sorted((curve.giver, curve.getter) for curve in picture.curves) == sorted(edges)
    boxes = {box.uid: box for box in picture.boxes}
    for curve in picture.curves:
        x, y = map(float, curve.path[1:].split("C")[0].split())
        giver, getter = boxes[curve.giver], boxes[curve.getter]
        assert x == giver.x and giver.y < y < giver.y + giver.height
        *_rest, end_x, end_y = curve.path.replace("C", " ").split()
        assert float(end_x) == getter.right
        assert getter.y < float(end_y) < getter.y + getter.height


def test_sixty_nodes_are_readable_at_1280():
    nodes = [
        DrawnNode(f"n{n}", n % 4, "Flere borgere bor i egen bolig med støtte") for n in range(60)
    ]
    edges = [(node.uid, f"n{(n * 7) % 60 // 4 * 4 + node.column - 1}")
             for n, node in enumerate(nodes) if node.column]  # fmt: skip
    picture = draw(nodes, edges, HEADS)
    assert len(picture.boxes) == 60
    assert picture.width <= 1024  # beside the folded rooms, and its letters are 15 pixels high
    assert picture.height < 60 * 100


def test_nothing_gives_no_picture():
    assert draw([], [], HEADS) == EffectPicture()
    assert not draw([], [], HEADS)


def test_a_line_past_a_column_has_a_lane_between_its_boxes():
    nodes = [DrawnNode("goal", 0, "Mål"), DrawnNode("result", 1, "Resultat"),
             DrawnNode("activity", 2, "Aktivitet")]  # fmt: skip
    picture = draw(nodes, [("activity", "goal"), ("activity", "result"), ("result", "goal")], HEADS)
    past = next(curve for curve in picture.curves if curve.getter == "goal" and "H" in curve.path)
    lane = float(past.path.split("C")[1].split("H")[0].split()[-1])
    result = next(box for box in picture.boxes if box.uid == "result")
    assert not result.y <= lane <= result.y + result.height
