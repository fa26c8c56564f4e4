"""Calls inside calls find room, wherever they begin."""

from __future__ import annotations

import sys

import pytest

from kommuneplan.room import with_room


def test_what_is_made_comes_back_and_so_does_what_went_wrong() -> None:
    assert with_room(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 / 0)


def test_it_takes_no_more_of_the_depth_than_a_call() -> None:
    def depth() -> int:
        frame, count = sys._getframe(), 0
        while frame := frame.f_back:  # type: ignore[assignment]
            count += 1
        return count

    assert with_room(depth) == depth() + 1
    assert with_room.__code__.co_stacksize * 8 > 2**18
