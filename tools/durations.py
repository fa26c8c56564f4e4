"""Which tests work for long: written down by a test run, and asked by ``make lint``.

What counts is the processor time of the test itself and of the processes it started and that have
ended: other work on the machine makes a test wait, not work. A test that takes more than
``LONGEST`` needs the mark ``slow``. What the browser works is not counted, and what a test waits is
not either; ``--durations`` shows both at the end of each run.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import pytest

from tools.common import CACHE, ROOT

LONGEST = 2.0  # seconds of the processor; what takes more is not for ``make quick``
NOTED = CACHE / "slow-tests.json"
_NAME = "worked"


def worked() -> float:
    """Seconds of the processor until now, of this process and of its children that have ended."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


class Watch:
    """In the process that runs a test: how long its call phase works."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Any:
        begun = worked()
        try:
            return (yield)
        finally:
            item.user_properties.append((_NAME, worked() - begun))


class Notes:
    """In the process that hears of every test: those that took too long without the mark."""

    def __init__(self) -> None:
        self.long: dict[str, float] = {}
        self.ran: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call":
            return
        self.ran.add(report.nodeid)
        seconds = dict(report.user_properties).get(_NAME, 0.0)
        if seconds > LONGEST and "slow" not in report.keywords:
            self.long[report.nodeid] = max(seconds, self.long.get(report.nodeid, 0.0))

    def pytest_sessionfinish(self) -> None:
        earlier = {test: took for test, took in noted().items() if test not in self.ran}
        CACHE.mkdir(exist_ok=True)
        NOTED.write_text(json.dumps(earlier | self.long, indent=1))


def noted() -> dict[str, float]:
    """What earlier runs have written down, of test files that are still there."""
    if not NOTED.exists():
        return {}
    told = json.loads(NOTED.read_text())
    return {test: took for test, took in told.items() if (ROOT / test.split("::")[0]).exists()}


def report() -> list[str]:
    return [
        f"{test}: {took:.1f} s of the processor without the mark slow; {LONGEST:.0f} s at most"
        for test, took in sorted(noted().items(), key=lambda one: -one[1])
    ]


if __name__ == "__main__":
    faults = report()
    print("\n".join(faults) or "No test took too long, of those that have run here.")
    sys.exit(bool(faults))
