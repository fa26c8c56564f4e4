"""Races with real processes: each has its own connection to the test database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

_CHILD = """
import json, sys
from django.conf import settings
import django
name, target, number, arguments = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = name
settings.MEDIA_ROOT = {media!r}
django.setup()
module, _, function = target.partition(":")
run = getattr(__import__(module, fromlist=[function]), function)
from django.db import connection
connection.ensure_connection()
print("ready", flush=True)
sys.stdin.readline()  # the starting signal
print("\\n" + json.dumps(run(int(number), *json.loads(arguments))))
"""


def race(target: str, processes: int, *arguments: object) -> list[object]:
    """Run ``module:function(number, *arguments)`` in several processes that start together.

    Returns what each returned. The test must be marked ``django_db(transaction=True)``.
    """
    root = Path(settings.BASE_DIR)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kommuneplan.settings",
        "PYTHONPATH": str(root),
    }
    code = _CHILD.format(media=str(settings.MEDIA_ROOT))
    name = str(connection.settings_dict["NAME"])
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code, name, target, str(number), json.dumps(arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=root,
        )
        for number in range(processes)
    ]
    for child in children:
        assert child.stdout is not None and "ready" in child.stdout.readline()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    answers = [child.communicate(timeout=120)[0] for child in children]
    assert all(child.returncode == 0 for child in children)
    return [json.loads(answer.strip().splitlines()[-1]) for answer in answers]
