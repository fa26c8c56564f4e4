"""The parts that every plan has had from the beginning, with what builds them from live rows."""

from __future__ import annotations

from dataclasses import replace

from . import building
from .focus_areas import FOCUS, STATUS
from .parts import register_part
from .process_plan import PROCESS_PLAN
from .text import TEXT


def register_first_parts() -> None:
    """Called once, when the app is ready. A yearly status is built by the verb that closes it."""
    register_part(
        replace(PROCESS_PLAN, build=lambda plan, cycle: building.gather_process_plan(cycle))
    )
    register_part(replace(TEXT, build=lambda plan, cycle: tuple(building.gather_text(plan))))
    register_part(replace(FOCUS, build=lambda plan, cycle: tuple(building.gather_focus(plan))))
    register_part(STATUS)
