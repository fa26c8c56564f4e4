"""The drawing: every date in its own shape, nothing over anything else, nothing outside."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans.document.plan_document import (
    MilestoneLine,
    Moved,
    PhaseLine,
    PlanDocument,
    PlanSummary,
    ProcessPlan,
)
from plans.timeline.drawing import DATES, LABEL, Box, TimelineFate, draw, status_of
from plans.timeline.marks import Shape, mark_of
from plans.timeline.scale import LEVELS, Scale, TickUnit, scale_for

D = dt.date
TODAY = D(2008, 5, 10)
YEAR_2008 = Scale(D(2008, 1, 1), D(2008, 12, 31), TickUnit.MONTH)


def line(when: TimeSpan | None, title: str = "Behandling", kind: str = "meeting", **more: object):
    return MilestoneLine(
        uid=more.pop("uid", title),
        title=title,
        when=when,
        written=more.pop("written", ""),
        kind=kind,
        **more,
    )


def plan(
    *lines: MilestoneLine, phases: tuple[PhaseLine, ...] = (), title: str = "Planen"
) -> PlanDocument:
    head = PlanSummary(uid=title, title=title, kind="strategy", state="draft")
    return PlanDocument(head, ProcessPlan(phases, lines))


# --- shapes ----------------------------------------------------------------------------------

MAY = D(2008, 5, 1), D(2008, 5, 31)


@pytest.mark.parametrize(
    ("when", "kind", "shape"),
    [
        (TimeSpan.day(D(2008, 3, 5)), "meeting", Shape.DAY),
        (TimeSpan.day(D(2008, 3, 5), Modifier.APPROX), "meeting", Shape.ABOUT),
        (TimeSpan.between(D(2008, 5, 22), D(2008, 6, 20)), "hearing", Shape.PERIOD),
        (TimeSpan.between(D(2008, 5, 22), D(2008, 6, 20)), "involvement", Shape.PERIOD),
        (TimeSpan.within(*MAY, Precision.MONTH), "meeting", Shape.VAGUE),
        (TimeSpan.within(*MAY, Precision.MONTH), "hearing", Shape.PERIOD),
        (TimeSpan.within(*MAY, Precision.MONTH, Modifier.APPROX), "hearing", Shape.VAGUE),
        (TimeSpan.by(D(2008, 10, 1)), "deadline", Shape.DEADLINE),
        (TimeSpan.from_(D(2008, 8, 15)), "implementation", Shape.OPEN),
        (TimeSpan.from_(D(2008, 8, 15), last=D(2008, 8, 20)), "meeting", Shape.OPEN),
    ],
)
def test_the_shape_says_how_precise_a_date_is(when, kind, shape):
    assert mark_of(line(when, kind=kind), YEAR_2008).shape is shape


def test_marks_stand_where_their_days_are():
    assert mark_of(line(TimeSpan.day(D(2008, 1, 1))), YEAR_2008).x == pytest.approx(
        0.5 / 3.66, abs=0.01
    )
    june = mark_of(line(TimeSpan.between(D(2008, 6, 1), D(2008, 6, 30))), YEAR_2008)
    assert june.x == pytest.approx(152 / 3.66, abs=0.01)
    assert june.width == pytest.approx(30 / 3.66, abs=0.02)
    limit = mark_of(line(TimeSpan.by(D(2008, 10, 1))), YEAR_2008)
    assert limit.end == pytest.approx(275 / 3.66, abs=0.01)


def test_a_period_with_vague_ends_has_a_certain_middle():
    """ "6. marts til ultimo april 2008": begins exactly, ends some time in the last ten days."""
    when = TimeSpan(D(2008, 3, 6), D(2008, 3, 6), D(2008, 4, 21), D(2008, 4, 30), Precision.RANGE)
    mark = mark_of(line(when, kind="drafting"), YEAR_2008)
    assert mark.shape is Shape.PERIOD
    begin, wide = mark.core
    assert begin == mark.x
    assert wide < mark.width


def test_a_moved_date_leaves_a_ghost_and_an_arrow():
    moved = Moved(TimeSpan.day(D(2008, 5, 7)), "7. maj", "Udvalgets møde blev flyttet.")
    drawing = draw(plan(line(TimeSpan.day(D(2008, 8, 27)), moved=(moved,)),
                        line(TimeSpan.day(D(2008, 12, 1)))), today=TODAY)  # fmt: skip
    row = drawing.rows[0]
    assert row.ghosts[0].shape is Shape.DAY
    assert row.arrow == (row.ghosts[0].x, row.mark.x)
    assert row.date_x == row.mark.x


def test_a_date_moved_forward_keeps_its_words_clear_of_the_ghost():
    moved = Moved(TimeSpan.day(D(2008, 11, 1)), "1. november", "Budgettet skal være med.")
    row = draw(plan(line(TimeSpan.day(D(2008, 2, 1)), moved=(moved,))), today=TODAY).rows[0]
    assert row.date_x == row.ghosts[0].x > row.mark.x


# --- what the public sees of time ------------------------------------------------------------


def test_nothing_dated_a_year_is_over_in_that_year():
    whole_year = TimeSpan.within(D(2012, 1, 1), D(2012, 12, 31), Precision.YEAR)
    assert status_of(line(whole_year), D(2012, 12, 31)) is TimelineFate.COMING
    assert status_of(line(whole_year), D(2013, 1, 1)) is TimelineFate.PAST
    assert status_of(line(TimeSpan.from_(D(2008, 1, 1))), D(2050, 1, 1)) is TimelineFate.COMING


def test_what_is_recorded_counts_more_than_the_calendar():
    future = TimeSpan.day(D(2030, 1, 1))
    assert status_of(line(future, state="done"), TODAY) is TimelineFate.DONE
    assert status_of(line(future, state="cancelled"), TODAY) is TimelineFate.CANCELLED


def test_today_has_a_line_when_it_is_on_the_scale_and_a_place_in_the_list():
    lines = [line(TimeSpan.day(D(2008, month, 5)), f"{month}") for month in (3, 4, 6, 7)]
    drawing = draw(plan(*lines), today=TODAY)
    assert drawing.rows[1].mark.x < drawing.today_x < drawing.rows[2].mark.x
    assert [row.first_after_today for row in drawing.rows] == [False, False, True, False]
    assert draw(plan(*lines), today=D(2025, 1, 1)).today_x is None


# --- order -----------------------------------------------------------------------------------


def test_rows_stand_by_phase_then_those_without_phase_then_those_without_date():
    phases = (PhaseLine("f1", "Rammeplan"), PhaseLine("f2", "Delstrategier"))
    drawing = draw(
        plan(
            line(TimeSpan.day(D(2008, 9, 1)), "i anden fase", phase="f2"),
            line(TimeSpan.day(D(2008, 3, 1)), "i første fase", phase="f1"),
            line(TimeSpan.day(D(2008, 4, 1)), "uden fase"),
            line(None, "afventer", written="afventer", phase="f1"),
            phases=phases,
        ),
        today=TODAY,
    )
    assert [(g.kind, g.title, [r.line.title for r in g.rows]) for g in drawing.groups] == [
        ("phase", "Rammeplan", ["i første fase"]),
        ("phase", "Delstrategier", ["i anden fase"]),
        ("other", "Øvrige milepæle", ["uden fase"]),
        ("undated", "Uden dato", ["afventer"]),
    ]
    assert drawing.rows[-1].words == "afventer"
    assert drawing.rows[-1].mark is None


def test_plans_below_are_lanes_on_the_same_scale():
    below = plan(line(TimeSpan.day(D(2010, 1, 1)), "langt fremme"), title="Delstrategi")
    drawing = draw(plan(line(TimeSpan.day(D(2008, 1, 1)))), today=TODAY, below=[below])
    assert drawing.scale.last >= D(2010, 1, 1)
    assert [lane.title for lane in drawing.lanes] == ["Delstrategi"]
    assert drawing.lanes[0].marks[0].row.line.title == "langt fremme"


def test_marks_close_together_in_a_lane_go_below_each_other():
    close = [line(TimeSpan.day(D(2008, 1, day)), str(day)) for day in (1, 2, 3)]
    drawing = draw(
        plan(line(TimeSpan.day(D(2012, 1, 1)))), today=TODAY, below=[plan(*close, title="x")]
    )
    assert len({mark.y for mark in drawing.lanes[0].marks}) == 3
    assert all(mark.y < drawing.height for mark in drawing.lanes[0].marks)


def test_an_empty_plan_has_no_scale_and_no_rows():
    drawing = draw(plan(), today=TODAY)
    assert drawing.scale is None
    assert drawing.rows == []


# --- the scale -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "unit", "names"),
    [
        (D(2008, 8, 18), D(2008, 8, 18), TickUnit.WEEK, {"uge 34", "aug. 2008"}),
        (D(2008, 3, 5), D(2009, 12, 1), TickUnit.MONTH, {"2008", "2009", "juli"}),
        (D(2008, 3, 5), D(2012, 12, 1), TickUnit.QUARTER, {"2010", "3. kvt."}),
        (D(2008, 3, 5), D(2030, 12, 1), TickUnit.YEAR, {"2010", "2030"}),
    ],
)
def test_ticks_follow_the_length_of_the_plan(first, last, unit, names):
    scale = scale_for([first, last], today=D(2000, 1, 1))
    assert scale.unit is unit
    assert names <= {tick.label for tick in scale.ticks() if 3 in tick.levels}


# --- the property ----------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "Socialudvalget",
        "behandler",
        "høringsudkastet",
        "specialpædagogiske",
        "og",
        "evt.",
        "Handicaporganisationernesfællesrepræsentantskabsmødeforberedelse",
        "Børne-",
        "Ungdomsforvaltningen",
        "psykiatri/misbrug/hjemløseområdetiKøbenhavn",
        "2008",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
        "ÆØÅ",
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
    ]
)
TITLES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@st.composite
def spans(draw_from, first: dt.date, days: int) -> TimeSpan | None:
    """Any span that the value allows, over a plan of that many days."""
    picked = sorted(draw_from(st.lists(st.integers(0, days), min_size=4, max_size=4)))
    a, b, c, d = (first + dt.timedelta(days=n) for n in picked)
    precision, modifier = (
        draw_from(st.sampled_from(Precision)),
        draw_from(st.sampled_from(Modifier)),
    )
    return draw_from(
        st.sampled_from(
            [
                None,
                TimeSpan.day(a, modifier),
                TimeSpan.between(a, d, precision, modifier),
                TimeSpan.within(a, d, precision, modifier),
                TimeSpan(a, b, c, d, precision, modifier),
                TimeSpan.by(d, precision),
                TimeSpan.from_(a, precision, last=b),
                TimeSpan.from_(a, precision),
                TimeSpan(a, None, None, d, precision, modifier),
                TimeSpan(None, b, c, None, precision, modifier),
            ]
        )
    )


@st.composite
def documents(draw_from, most: int) -> PlanDocument:
    first = draw_from(st.dates(D(1985, 1, 1), D(2030, 1, 1)))
    days = draw_from(st.sampled_from([0, 1, 6, 30, 100, 400, 1500, 4000, 14600]))
    count = draw_from(st.sampled_from([0, 1, 2, 11, most]))
    phases = tuple(
        PhaseLine(f"f{n}", draw_from(TITLES)) for n in range(draw_from(st.integers(0, 3)))
    )
    lines = []
    for n in range(count):
        when = draw_from(spans(first, days))
        moved = (Moved(draw_from(spans(first, days)), "var", "fordi"),) if n % 4 == 0 else ()
        lines.append(
            MilestoneLine(
                uid=str(n),
                title=draw_from(TITLES),
                when=when,
                written=draw_from(TITLES),
                kind=draw_from(st.sampled_from(["meeting", "hearing", "drafting", "deadline"])),
                phase=draw_from(st.sampled_from([None, "f0", "f1", "f2"])),
                moved=moved,
                within="0" if n % 5 == 1 else None,
                conditional=n % 3 == 0,
                state=draw_from(st.sampled_from(["planned", "done", "cancelled"])),
            )
        )
    return PlanDocument(
        PlanSummary("u", draw_from(TITLES), "strategy", "draft"), ProcessPlan(phases, tuple(lines))
    )


def collisions(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """Pairs that meet; sorted by their tops, so that only neighbours are compared."""
    boxes = sorted(boxes, key=lambda box: box.top)
    found = []
    for n, box in enumerate(boxes):
        below = itertools.takewhile(lambda b, box=box: b.top < box.top + box.height, boxes[n + 1 :])
        found += [(box, other) for other in below if box.meets(other)]
    return found


def check(drawing, plot: float) -> None:
    boxes = list(drawing.boxes(plot))
    assert collisions(boxes) == []
    for box in boxes:
        assert box.left >= -LABEL
        assert box.left + box.width <= plot + DATES
        assert box.top >= 0
        assert box.top + box.height <= drawing.height
    rows = [*drawing.rows, *(row for lane in drawing.lanes for row in lane.rows)]
    for mark in [m for row in rows for m in (row.mark, *row.ghosts) if m]:
        assert 0 <= mark.x <= 100
        assert mark.x + mark.width <= 100.01
    assert drawing.today_x is None or 0 <= drawing.today_x <= 100


@pytest.mark.slow  # sixty plans, drawn at every width
@settings(max_examples=60)
@given(data=st.data(), today=st.dates(D(1980, 1, 1), D(2040, 1, 1)))
def test_no_words_collide_and_nothing_is_outside(data, today):
    document = data.draw(documents(most=20))
    below = data.draw(st.lists(documents(most=2), max_size=2))
    drawing = draw(document, today=today, below=below)
    for plot in (*LEVELS.values(), 451, 1100):
        check(drawing, plot)
    drawn = [row.line.uid for row in drawing.rows]
    assert sorted(drawn) == sorted(line.uid for line in document.process_plan.milestones)


@pytest.mark.parametrize("years", [0, 1, 4, 40])
def test_a_hundred_and_fifty_milestones(years):
    first, step = D(2008, 1, 1), dt.timedelta(days=max(years * 365 // 150, 0))
    lines = [
        line(TimeSpan.day(first + n * step), f"Milepæl nummer {n} i en lang plan")
        for n in range(150)
    ]
    drawing = draw(plan(*lines), today=TODAY)
    assert len(drawing.rows) == 150
    for plot in LEVELS.values():
        check(drawing, plot)
