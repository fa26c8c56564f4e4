"""What works for long without the mark is written down, and forgotten when it works less."""

import json
from types import SimpleNamespace

import pytest

from tools import durations


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(durations, "NOTED", tmp_path / "slow-tests.json")
    monkeypatch.setattr(durations, "CACHE", tmp_path)
    return durations.NOTED


def ran(test: str, seconds: float, *marks: str) -> SimpleNamespace:
    return SimpleNamespace(
        when="call", nodeid=test, user_properties=[("worked", seconds)], keywords=set(marks)
    )


def a_run(*reports: SimpleNamespace) -> None:
    notes = durations.Notes()
    for report in reports:
        notes.pytest_runtest_logreport(report)
    notes.pytest_sessionfinish()


HERE = "tests/tools/test_durations.py"


def test_a_long_test_needs_the_mark():
    a_run(ran(f"{HERE}::a", 2.1), ran(f"{HERE}::b", 9, "slow"), ran(f"{HERE}::c", 1.9))
    assert durations.report() == [
        f"{HERE}::a: 2.1 s of the processor without the mark slow; 2 s at most"
    ]


def test_a_later_run_speaks_of_the_tests_it_ran():
    a_run(ran(f"{HERE}::a", 6), ran(f"{HERE}::b", 7))
    a_run(ran(f"{HERE}::a", 1))
    assert list(durations.noted()) == [f"{HERE}::b"]


def test_a_file_that_is_gone_is_forgotten(place):
    place.write_text(json.dumps({"tests/no_longer.py::a": 8.0}))
    assert durations.report() == []


def test_work_is_counted_and_waiting_is_not():
    begun = durations.worked()
    sum(number * number for number in range(300_000))
    assert 0 < durations.worked() - begun < 5
