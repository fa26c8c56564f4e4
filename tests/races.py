"""Races with real processes: each has its own connection to the test database.

They are forked from a process in which Django stands ready (``tests.ready``), so that starting
eight takes no longer than starting one.
"""

from __future__ import annotations

import json
import multiprocessing
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection

_START = multiprocessing.get_context("forkserver")
_START.set_forkserver_preload(["tests.ready"])
_PATIENCE = 120  # seconds


def race(target: str, processes: int, *arguments: object) -> list[object]:
    """Run ``module:function(number, *arguments)`` in several processes that start together.

    Returns what each returned. The test must be marked ``django_db(transaction=True)``.
    """
    together = _START.Barrier(processes, timeout=_PATIENCE)
    place = str(connection.settings_dict["NAME"]), str(settings.MEDIA_ROOT)
    children, answers = [], []
    for number in range(processes):
        answer, told = _START.Pipe(duplex=False)
        child = _START.Process(
            target=_run, args=(target, number, json.dumps(arguments), place, together, told)
        )
        child.start()
        told.close()
        children.append(child)
        answers.append(answer)
    found = [json.loads(answer.recv()) for answer in answers]
    for child in children:
        child.join(_PATIENCE)
    assert all(child.exitcode == 0 for child in children)
    return found


def _run(
    target: str, number: int, arguments: str, place: tuple[str, str], together: Any, told: Any
) -> None:
    import_module("tests.ready")
    connection.settings_dict["NAME"], settings.MEDIA_ROOT = place
    module, _, function = target.partition(":")
    run = getattr(import_module(module), function)
    connection.ensure_connection()
    together.wait()
    told.send(json.dumps(run(number, *json.loads(arguments))))
    connection.close()
