"""The same twelve milestones in every layout, crossed with noise: found, or invented?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from layouts.in_files import FILES
from layouts.in_text import TEXTS
from layouts.noise import LETTERHEAD, NOISE, TITLE, with_year_above
from measuring import Measure, measure, source_of, total

from plans.readers.process_plan.reader import read_process_plan

pytestmark = pytest.mark.no_cover  # the same lines for each of some four hundred plans
HELD = 0.99
LAYOUTS = [*TEXTS, *FILES]


def read(name: str, data: bytes, expected: list) -> Measure:
    return measure(read_process_plan(source_of(name, data)), expected)


def cases(layout: str) -> Iterator[tuple[str, str, bytes, list]]:
    """A layout below each kind of noise: its noise, file name, content and milestones."""
    if layout in FILES:
        for noise, above in (("plain", [TITLE]), ("letterhead", [*LETTERHEAD, TITLE])):
            yield noise, layout, *FILES[layout](above)
        return
    laid, expected = TEXTS[layout](True)
    for noise, with_noise in NOISE.items():
        yield noise, f"{layout}.txt", with_noise(laid).encode(), expected
    without, expected = TEXTS[layout](False)
    if without != laid:
        yield "no years", f"{layout}.txt", with_year_above(without).encode(), expected


@cache
def measured(layout: str) -> dict[str, Measure]:
    return {noise: read(name, data, expected) for noise, name, data, expected in cases(layout)}


@pytest.mark.slow  # every layout, with every noise
@pytest.mark.parametrize("layout", LAYOUTS)
def test_in_no_layout_anything_is_invented_and_the_figure_reached_is_held(layout: str):
    wrong = {noise: one.faults for noise, one in measured(layout).items() if one.invented}
    assert wrong == {}
    figures = total(measured(layout).values())
    assert figures.recall >= HELD, str(figures)


def table(told: int = 2) -> str:
    """The failures by layout, for whoever works on the reader."""
    lines = []
    for layout in LAYOUTS:
        weak = {noise: one for noise, one in measured(layout).items()
                if one.found < one.expected or one.invented}  # fmt: skip
        if weak:
            lines.append(f"{layout:26} {total(measured(layout).values())}  {', '.join(weak)}")
            lines += [
                f"      {fault}" for one in list(weak.values())[:told] for fault in one.faults[:3]
            ]
    everything = total(one for layout in LAYOUTS for one in measured(layout).values())
    return "\n".join([*lines, f"{len(LAYOUTS)} layouts: {everything}"])


if __name__ == "__main__":
    print(table())
