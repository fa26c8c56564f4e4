"""``python -m tools.mutants [--count 200] [--seed 1] [--only PATH]``: how many are noticed.

One pytest process loads everything and makes the database once. It looks which tests run which
function (each module's tests once, watched), then forks for each mutant: the child puts the changed
code into the function and runs the tests that reach it until one fails.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import signal
import sys
import time
from collections import defaultdict
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from tools.common import ROOT
from tools.mutants.making import Mutant, mutants_of

GUARDS: dict[str, tuple[str, ...]] = {
    "consultations/permissions.py": ("tests/consultations", "tests/test_access.py"),
    "consultations/access.py": ("tests/consultations/rounds", "tests/consultations/public"),
    "consultations/deadlines.py": ("tests/consultations/rounds",),
    "consultations/review/actions/reviewing.py": ("tests/consultations/review",),
    "consultations/review/actions/redacting.py": ("tests/consultations/review",),
    "consultations/review/response_review.py": ("tests/consultations/review",),
    "consultations/review/hidden_again.py": ("tests/kommuneplan/core/backup",),
    "consultations/answering/actions/sending.py": ("tests/consultations/answering",),
    "consultations/answering/actions/drafts.py": ("tests/consultations/answering",),
    "consultations/rounds/actions/events.py": ("tests/consultations/rounds",),
    "consultations/responses/public_form.py": (
        "tests/consultations/responses",
        "tests/consultations/review",
    ),
    "consultations/hooks/members.py": ("tests/consultations/hooks",),
    "plans/access.py": ("tests/plans/details", "tests/plans/text"),
    "plans/models/submitted.py": ("tests/plans/members",),
    "plans/versions/actions/redacting.py": ("tests/plans/versions",),
    "plans/versions/actions/publishing.py": ("tests/plans/versions",),
    "plans/document/redaction.py": ("tests/plans/versions",),
    "plans/public/publications.py": ("tests/plans/public",),
    "kommuneplan/locking.py": ("tests/kommuneplan",),
    "kommuneplan/client_address.py": ("tests/kommuneplan/test_client_address.py",),
    "kommuneplan/core/accounts/attempts.py": ("tests/kommuneplan/core/accounts",),
    "kommuneplan/core/privacy/actions.py": ("tests/kommuneplan/core/privacy",),
    "kommuneplan/uploads/sandbox.py": ("tests/kommuneplan/uploads",),
    "kommuneplan/uploads/checking.py": ("tests/kommuneplan/uploads",),
}
IMPOSSIBLE = 3
"""The exit code of a child whose mutant could not be put in the place of its function."""
LONGEST = 120  # seconds of the processor for a mutant's tests; one that takes longer is noticed


class Guards:
    """A pytest plugin: instead of running the tests it tries them on the mutants."""

    def __init__(self, mutants: list[Mutant]) -> None:
        self.mutants = mutants
        self.survived: list[Mutant] = []
        self.killed = self.impossible = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [item for item in session.items if _is_quick(item)]
        global _LAST
        _LAST = items[-1], items[0]
        for item in items:
            if item.get_closest_marker("django_db"):
                _run(item)  # makes the database, once
                break
        reached = {path: self._watched(path, items) for path in {str(m.path) for m in self.mutants}}
        for number, mutant in enumerate(self.mutants, start=1):
            name, line = mutant.function
            tests = reached[str(mutant.path)].get(f"{name}:{line}", [])
            begun = time.monotonic()
            code = _forked(partial(_tried, mutant, tests, items)) if tests else 0
            self.impossible += code == IMPOSSIBLE
            self.killed += code not in (0, IMPOSSIBLE)
            if code == 0:
                self.survived.append(mutant)
            word = {0: "SURVIVED", IMPOSSIBLE: "impossible"}.get(code, "noticed")
            took = f"{len(tests)} tests, {time.monotonic() - begun:.0f} s"
            print(f"{number}/{len(self.mutants)} {word} ({took}) {mutant.told}", flush=True)
        return True

    def _watched(self, path: str, items: list[pytest.Item]) -> dict[str, list[str]]:
        """By function of the module, the ids of the tests that run it."""
        own = [item for item in items if item.nodeid.startswith(GUARDS[path])]
        result = ROOT / ".cache" / "mutants.json"

        def look() -> int:
            found: dict[str, list[str]] = defaultdict(list)
            for item in own:
                seen: set[str] = set()
                _watch(str(ROOT / path), seen)
                _run(item)
                sys.setprofile(None)
                for name in seen:
                    found[name].append(item.nodeid)
            result.parent.mkdir(exist_ok=True)
            result.write_text(json.dumps(found))
            return 0

        result.unlink(missing_ok=True)
        _forked(look, 1800)
        return json.loads(result.read_text()) if result.exists() else {}


def _is_quick(item: pytest.Item) -> bool:
    away = ("browser", "slow")
    if any(item.get_closest_marker(mark) for mark in away) or "_races" in item.nodeid:
        return False
    mark = item.get_closest_marker("django_db")
    return not (mark and mark.kwargs.get("transaction")) or "core/backup" in item.nodeid


def _watch(file: str, seen: set[str]) -> None:
    def look(frame, event, _argument) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename == file:
            seen.add(f"{code.co_qualname.partition('.<locals>')[0]}:{code.co_firstlineno}")

    sys.setprofile(look)


def _run(item: pytest.Item) -> bool:
    """Whether the test passes, by itself."""
    failed = False
    for report in _phases(item):
        failed = failed or report.failed
    return not failed


_LAST: tuple[pytest.Item, ...] = ()


def _phases(item: pytest.Item):
    """The reports of one test. It is told that another comes, or the database would be taken down
    after it."""
    from _pytest.runner import runtestprotocol

    another = next((one for one in _LAST if one is not item), None)
    return runtestprotocol(item, nextitem=another, log=False)


def _tried(mutant: Mutant, tests: list[str], items: list[pytest.Item]) -> int:
    """1 when a test fails on the mutant."""
    if not _put_in(mutant):
        return IMPOSSIBLE
    wanted = set(tests)
    return int(any(not _run(item) for item in items if item.nodeid in wanted))


def _put_in(mutant: Mutant) -> bool:
    file = str(ROOT / mutant.path)
    changed = _code_named(compile(mutant.tree, file, "exec"), mutant.function)
    if changed is None:
        return False
    gc.unfreeze()  # what was frozen is not told of
    found = False
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == file:
            code = one.__code__
            if (code.co_qualname, code.co_firstlineno) == mutant.function:
                if code.co_freevars != changed.co_freevars:
                    return False
                one.__code__ = changed
                found = True
    return found


def _code_named(code: CodeType, wanted: tuple[str, int]) -> CodeType | None:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if (one.co_qualname, one.co_firstlineno) == wanted:
                return one
            found = _code_named(one, wanted)
            if found:
                return found
    return None


def _forked(do, longest: int = LONGEST) -> int:
    """What ``do`` returns in a child; 2 when it took too long or died."""
    child = os.fork()
    if not child:
        code = 2
        try:
            sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
            signal.setitimer(signal.ITIMER_PROF, longest)  # SIGPROF ends it
            signal.alarm(20 * longest)  # one that waits instead of working
            code = do()
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def main() -> int:
    parser = argparse.ArgumentParser(description="Is every guard held by a test?")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a path, or the beginning of one")
    asked = parser.parse_args()
    paths = [path for path in GUARDS if path.startswith(asked.only)]
    every = [one for path in paths for one in mutants_of(Path(path), ROOT)]
    chosen = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    chosen.sort(key=lambda one: (str(one.path), one.line))
    plugin = Guards(chosen)
    folders = sorted({place for path in paths for place in GUARDS[path]})
    os.environ.setdefault("DEBUG", "true")
    options = ["-q", "-n0", "-p", "no:cacheprovider", "--no-cov", "--capture=no"]
    pytest.main([*options, *folders], [plugin])
    total = plugin.killed + len(plugin.survived)
    print(f"\n{plugin.killed} of {total} noticed ({len(every)} there are)")
    for one in plugin.survived:
        print(f"survived: {one.told}")
    return int(total == 0 or plugin.killed < 0.9 * total)


if __name__ == "__main__":
    sys.exit(main())
