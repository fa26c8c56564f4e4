"""The wheel as numbers: pure."""

from __future__ import annotations

import datetime as dt
import math
import re

from hypothesis import given
from hypothesis import strategies as st

from plans.year_wheel.rings import INNER, MIDDLE, OUTER, SLOTS, Thing, slot, wheel

YEARS = st.integers(1990, 2100)


@st.composite
def things(draw) -> tuple[int, list[Thing]]:
    """Things of all sorts that touch a year or lie outside it."""
    year = draw(YEARS)
    around = st.dates(dt.date(year - 1, 6, 1), dt.date(year + 1, 6, 30))
    found = []
    for number in range(draw(st.integers(0, 40))):
        first, last = sorted([draw(around), draw(around)])
        sides = draw(st.sampled_from(["both", "day", "begin", "end"]))
        found.append(
            Thing(
                number,
                draw(st.integers(0, 3)),
                None if sides == "end" else first,
                None if sides == "begin" else first if sides == "day" else last,
                whole=draw(st.booleans()),
                by=sides == "end",
            )
        )
    return year, found


def numbers(path: str) -> list[float]:
    return [float(one) for one in re.findall(r"-?\d+\.?\d*", path)]


@given(things())
def test_everything_of_the_year_is_drawn_once(given_things):
    year, found = given_things
    drawn = wheel(found, year=year, rings=4)
    indexes = [n for mark in (*drawn.dots, *drawn.arcs) for n in mark.things]
    days_outside = {
        one.index
        for one in found
        if one.first and one.first == one.last and not one.by and one.first.year != year
    }
    assert sorted(indexes) == sorted({one.index for one in found} - days_outside)


@given(things())
def test_marks_of_days_stand_in_their_ring_and_never_on_each_other(given_things):
    year, found = given_things
    drawn = wheel(found, year=year, rings=4)
    for dot in drawn.dots:
        ring = drawn.rings[dot.ring]
        radius = math.hypot(dot.x - MIDDLE, dot.y - MIDDLE)
        assert ring.inner <= radius <= ring.outer
    for place, one in enumerate(drawn.dots):
        for other in drawn.dots[place + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) > 12


@given(things())
def test_arcs_stay_within_the_wheel(given_things):
    year, found = given_things
    drawn = wheel(found, year=year, rings=4)
    for arc in drawn.arcs:
        x, y = numbers(arc.path)[:2]
        radius = math.hypot(x - MIDDLE, y - MIDDLE)
        assert INNER - 1 <= radius <= OUTER + 1
        assert drawn.rings[arc.ring].inner - 1 <= radius


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_a_quarter_of_a_month_lies_in_its_month(day):
    assert 0 <= slot(day) < SLOTS
    assert slot(day) // 4 == day.month - 1


def test_the_year_begins_at_the_top_and_goes_clockwise():
    drawn = wheel([], year=2026, rings=1, today=dt.date(2026, 4, 2))
    first, *_more = drawn.months
    assert (first.x2, round(first.y2)) == (MIDDLE, round(MIDDLE - OUTER - 8))
    april = drawn.months[3]
    assert april.x2 > MIDDLE and abs(april.y2 - MIDDLE) < 12
    assert drawn.today[2] > MIDDLE
    assert wheel([], year=2025, rings=1, today=dt.date(2026, 4, 2)).today is None


def test_a_whole_year_is_two_halves_and_a_deadline_ends_in_a_line():
    year = Thing(0, 0, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    by = Thing(1, 0, None, dt.date(2026, 3, 31), by=True)
    drawn = wheel([year, by], year=2026, rings=1)
    whole = next(arc for arc in drawn.arcs if arc.things == (0,))
    assert whole.path.count("M") == 2
    assert next(arc for arc in drawn.arcs if arc.things == (1,)).limit


def test_where_no_lane_is_free_one_arc_stands_for_several():
    many = [Thing(n, 0, dt.date(2026, 2, 1), dt.date(2026, 5, 1)) for n in range(9)]
    drawn = wheel(many, year=2026, rings=1)
    assert len(drawn.arcs) == 3
    assert sorted(len(arc.things) for arc in drawn.arcs) == [1, 1, 7]
