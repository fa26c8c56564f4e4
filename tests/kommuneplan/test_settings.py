"""What an installation is given when nobody has said anything: nothing that shows its inside."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

# The settings as they are read on a machine without a file ``.env``.
READ = """
import environs
environs.Env.read_env = lambda *given, **more: None
from kommuneplan import settings
print(settings.DEBUG, settings.BEHIND_TLS, settings.SECRET_KEY)
"""
NOT_SET = {"DEBUG", "SECRET_KEY", "BEHIND_TLS"}


def read(**given: str) -> subprocess.CompletedProcess[str]:
    around = {name: value for name, value in os.environ.items() if name not in NOT_SET}
    command = [sys.executable, "-c", READ]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env={**around, **given}, capture_output=True, text=True
    )


def test_debug_is_off_unless_asked_for():
    assert read(SECRET_KEY="x" * 50).stdout.split() == ["False", "True", "x" * 50]
    assert read(DEBUG="true").stdout.split()[:2] == ["True", "False"]


@pytest.mark.parametrize("given", [{}, {"SECRET_KEY": ""}, {"DEBUG": "false"}])
def test_without_a_key_one_sentence_says_both_ways_out(given):
    done = read(**given)
    assert done.returncode and not done.stdout
    said = done.stderr.strip().splitlines()[-1]
    assert said.startswith("django.core.exceptions.ImproperlyConfigured: SECRET_KEY is not set")
    assert "DEBUG=true" in said
