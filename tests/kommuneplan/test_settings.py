"""What an installation is given when nobody has said anything: nothing that shows its inside."""

from __future__ import annotations

import ast
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
import sys
print(*(getattr(settings, name) for name in sys.argv[1:]))
"""
NOT_SET = {"DEBUG", "SECRET_KEY", "BEHIND_TLS", "CACHE_URL", "CODE_REVISION", "S3_BUCKET"}


def read(*names: str, **given: str) -> subprocess.CompletedProcess[str]:
    around = {name: value for name, value in os.environ.items() if name not in NOT_SET}
    asked = names or ("DEBUG", "BEHIND_TLS", "SECRET_KEY")
    command = [sys.executable, "-c", READ, *asked]
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


def test_pages_that_outlive_an_upgrade_know_which_edition_made_them():
    key, shared = {"SECRET_KEY": "x" * 50}, {"CACHE_URL": "redis://127.0.0.1:6379/0"}
    said = read(**key, **shared).stderr.strip().splitlines()[-1]
    assert "CODE_REVISION is not" in said
    assert read(**key, **shared, CODE_REVISION="a1b2c3").returncode == 0


def test_files_lie_in_the_store_that_is_named():
    store = {"S3_BUCKET": "planer", "S3_ENDPOINT": "https://s3.example.org", "S3_PREFIX": "/a/"}
    done = read("STORAGES", SECRET_KEY="x" * 50, **store)
    named = ast.literal_eval(done.stdout)
    assert {name: one.get("OPTIONS", {}).get("location") for name, one in named.items()} == {
        "default": "a/files", "ledger": "a/ledger", "staticfiles": None,
    }  # fmt: skip
    assert named["default"]["OPTIONS"]["endpoint_url"] == "https://s3.example.org"
    assert "ledger" not in ast.literal_eval(read("STORAGES", SECRET_KEY="x" * 50).stdout)
