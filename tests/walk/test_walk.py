"""The machine that tries: a short walk in every run, a long one by ``make walk``."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from . import machine

EXAMPLES = int(os.environ.get("WALK_EXAMPLES", "4"))
STEPS = int(os.environ.get("WALK_STEPS", "30"))


@pytest.mark.slow  # walks a whole house
@pytest.mark.django_db
def test_no_sequence_of_acts_makes_two_surfaces_disagree():
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    run_state_machine_as_test(
        machine.Walk,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
    print(f"{machine.steps_walked} steps walked")
