"""What was hidden, taken out or withdrawn stays so when an older backup is restored.

Every act that takes something away from readers notes in the ledger, beside the database, how its
thing stands now: the kind of thing, its uid and some facts (ids, places, states; never words). The
last line about a thing counts. On a restored database each kind makes its things so again; what
the backup does not know is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kommuneplan import clock

from .ledger import append, lines

Redo = Callable[[UUID, Mapping[str, Any]], bool]
"""Makes a thing stand as the facts say; whether anything had to be done. Unknown uids are False."""

_kinds: dict[str, Redo] = {}


@dataclass(frozen=True, slots=True)
class StateNoted:
    """How a thing stood at an instant."""

    kind: str
    uid: UUID
    at: dt.datetime
    facts: Mapping[str, Any]


def register(kind: str, redo: Redo) -> None:
    """Called in ``ready()``; twice is as once."""
    _kinds[kind] = redo


def note(kind: str, uid: UUID, **facts: Any) -> None:
    """Note how a thing stands, once what is being written is committed."""
    assert kind in _kinds, kind
    line = {"kind": kind, "uid": str(uid), "at": clock.now().isoformat(), "facts": facts}
    transaction.on_commit(partial(append, line))


def noted_in(*files: Path) -> list[StateNoted]:
    """How each thing stood last, by some ledgers, in the order of the acts."""
    found: dict[tuple[str, str], StateNoted] = {}
    for line in lines(*files):
        if "kind" not in line:
            continue
        row = StateNoted(
            line["kind"], UUID(line["uid"]), dt.datetime.fromisoformat(line["at"]), line["facts"]
        )
        before = found.get((row.kind, str(row.uid)))
        if before is None or before.at <= row.at:
            found[row.kind, str(row.uid)] = row
    return sorted(found.values(), key=lambda one: one.at)


def again() -> str:
    """The reason that stands where something was hidden again."""
    return _("Done again after a backup from before was restored")


def redo(noted: Iterable[StateNoted]) -> int:
    """Make everything stand as it was noted; how many things were changed by it. Each kind knows
    what is stricter: nothing is shown again by this."""
    changed = 0
    for one in noted:
        make = _kinds.get(one.kind)
        if make is not None and make(one.uid, one.facts):
            changed += 1
    return changed
