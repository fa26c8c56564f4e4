"""Gates: what still blocks a step, asked of functions that the apps register in ``ready()``.

A gate says what is missing and leads to where it is put right. Pages show it ("Mangler før næste
trin"); the action that takes the step asks again under its lock. Nothing asks a gate when a
decision is recorded: what was lawfully decided is written down, whatever was missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that is missing, in words, and the address where it is put right (may be empty)."""

    text: str
    link: str = ""


Gate = Callable[..., Iterable[Blocker]]
_gates: dict[str, list[Gate]] = defaultdict(list)
_light: set[Gate] = set()


class Blocked(Exception):
    """A step was tried while something was missing; ``blockers`` says what."""

    def __init__(self, blockers: list[Blocker]) -> None:
        super().__init__("; ".join(blocker.text for blocker in blockers))
        self.blockers = blockers


def register_gate(step: str, gate: Gate, *, light: bool = False) -> None:
    """Let a function guard a step; registering it twice is as once.

    ``light``: it looks only at those facts that a list gathers of many objects in one query, so
    that the list can ask it of each.
    """
    if gate not in _gates[step]:
        _gates[step].append(gate)
    if light:
        _light.add(gate)


def blockers(step: str, *, only_light: bool = False, **facts: Any) -> list[Blocker]:
    """Everything that blocks a step now, each thing once, in the order of registration."""
    gates = [gate for gate in _gates[step] if gate in _light or not only_light]
    return list(dict.fromkeys(blocker for gate in gates for blocker in gate(**facts)))


def demand(step: str, **facts: Any) -> None:
    """Raise Blocked when anything blocks the step."""
    found = blockers(step, **facts)
    if found:
        raise Blocked(found)
