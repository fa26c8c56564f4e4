"""What a telephone has of each public page, within its limits (``make figures``)."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tools.common import ROOT
from tools.figures.__main__ import BYTES, OFF, REQUESTS, SHIFT


@pytest.mark.slow  # every sort of public page, cold over a slow line, from a server of its own
def test_every_public_page_stays_within_its_limits() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tools.figures", "--json", "--links", "4"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    told = json.loads(run.stdout)
    assert told["beyond"] == [] and run.returncode == 0
    assert {"plans:front", "plans:plan", "consultations:hearing"} <= set(told["pages"])
    assert all(page["shift"] < SHIFT for page in told["pages"].values())
    front = told["pages"]["plans:front"]
    assert front["bytes"] <= BYTES and front["requests"] <= REQUESTS
    assert {width: len(offs) for width, offs in told["links"].items()} == {
        "320": 4, "390": 4, "1280": 4
    }  # fmt: skip
    assert all(abs(off) <= OFF for offs in told["links"].values() for off in offs)
