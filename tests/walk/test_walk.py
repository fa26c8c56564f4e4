"""The machine that tries: a short walk in every run, a long one by ``make walk``."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from . import machine

EXAMPLES = int(os.environ.get("WALK_EXAMPLES", "4"))
STEPS = int(os.environ.get("WALK_STEPS", "30"))


def walk(kind: type[machine.InOneHouse], share: float = 1.0) -> None:
    """As many sequences as asked for."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=max(1, int(EXAMPLES * share)),
            stateful_step_count=STEPS,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
    print(f"{machine.steps_walked} steps walked")


@pytest.mark.slow  # walks a whole house
@pytest.mark.one_database  # acts and pages have tests of their own on both
@pytest.mark.django_db
def test_no_sequence_of_acts_makes_two_surfaces_disagree():
    walk(machine.Walk)


@pytest.mark.slow  # as that, through the pages
@pytest.mark.one_database
@pytest.mark.django_db
def test_no_form_that_anybody_is_shown_makes_two_surfaces_disagree():
    walk(machine.WalkThroughDoors)
