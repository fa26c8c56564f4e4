"""What a child process may use, and what becomes of one that wants more."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kommuneplan.uploads import sandbox
from kommuneplan.uploads.sandbox import TooHeavy, ask

MB = 1024 * 1024


def in_a_child(work: str, *, memory: int = 64 * MB, cpu_seconds: int = 2) -> int:
    """The exit code of a process that sets the limits and then does some work."""
    program = (
        "from kommuneplan.uploads.sandbox import limit\n"
        f"limit(memory={memory}, cpu_seconds={cpu_seconds})\n{work}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=sandbox.ROOT, capture_output=True, timeout=60
    )
    return done.returncode


def test_memory_beyond_the_limit_is_not_given() -> None:
    assert in_a_child(f"bytearray({32 * MB})") == 0
    assert in_a_child(f"bytearray({128 * MB})") != 0
    assert in_a_child(f"bytearray({128 * MB})", memory=256 * MB) == 0


def test_processor_time_beyond_the_limit_ends_it() -> None:
    assert in_a_child("while True: pass", cpu_seconds=1) != 0


def test_no_file_is_written(tmp_path) -> None:
    path = tmp_path / "ud"
    assert in_a_child(f"open({str(path)!r}, 'wb', 0).write(b'x')") != 0
    assert not path.exists() or not path.stat().st_size


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module that the child runs: given its source."""
    monkeypatch.setattr(sandbox, "ROOT", tmp_path)

    def written(source: str) -> str:
        (tmp_path / "work.py").write_text(source)
        return "work"

    return written


def test_a_child_answers_with_json_and_sees_nothing_of_ours(module, monkeypatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    name = module(
        "import json, os, sys\n"
        "told = {'got': sys.stdin.read(), 'env': sorted(os.environ), 'argv': sys.argv[1:]}\n"
        "print(json.dumps(told))"
    )
    answer = ask(name, "docx", data=b"abc", seconds=20)
    assert (answer["got"], answer["argv"]) == ("abc", ["docx"])
    assert "SECRET_KEY" not in answer["env"] and "PATH" in answer["env"]


@pytest.mark.parametrize(
    "source",
    [
        "import sys; sys.exit(1)",
        "import os; os.kill(os.getpid(), 9)",
        "import time; time.sleep(60)",
        f"print('x' * {sandbox.MAX_ANSWER + 1})",
    ],
)
def test_one_that_dies_hangs_or_says_too_much_is_too_heavy(module, source) -> None:
    with pytest.raises(TooHeavy):
        ask(module(source), data=b"", seconds=2)
