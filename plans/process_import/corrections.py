"""What was said of a process plan from a file while it was looked through, as one type.

It is stored in ``ImportDraft.corrections``, beside what the reader understood, which never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from kommuneplan.core.enums import BodyKind
from kommuneplan.timespan.span import Reading
from plans.readers.process_plan.draft import reading_from_json, reading_to_json

NEW_BODIES = (BodyKind.UNIT, BodyKind.EXTERNAL, BodyKind.ADVISORY, BodyKind.COMMITTEE)


@dataclass(frozen=True, slots=True)
class RowCorrection:
    """What was said of one row; a field that is None was not spoken of.

    ``when`` is the reading of the corrected words, ``calendar`` the days chosen beside them.
    ``taken``: does the row come along. ``confirmed``: codes of assumptions that were said yes to.
    ``choices``: field → "file" or "hand", where both were changed. ``reason``: why it is moved.
    """

    title: str | None = None
    description: str | None = None
    when: Reading | None = None
    calendar: tuple[str, str] = ("", "")
    kind: str | None = None
    bodies: tuple[str, ...] | None = None
    phase: str | None = None
    conditional: bool | None = None
    taken: bool | None = None
    confirmed: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""

    def says(self, name: str) -> bool:
        """Was the field corrected?"""
        return getattr(self, name) is not None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RowCorrection:
        """What ``to_json`` wrote."""
        parts = dict(data)
        if "when" in parts:
            parts["when"] = reading_from_json(parts["when"])
        for name in ("bodies", "calendar", "confirmed"):
            if name in parts:
                parts[name] = tuple(parts[name])
        return cls(**parts)

    def to_json(self) -> dict[str, Any]:
        """As it is stored: only what was said."""
        untouched = RowCorrection()
        parts = {part.name: getattr(self, part.name) for part in fields(self)}
        said = {name: value for name, value in parts.items() if value != getattr(untouched, name)}
        if self.when is not None:
            said["when"] = reading_to_json(self.when)
        return {name: [*value] if isinstance(value, tuple) else value
                for name, value in said.items()}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What was said of the plan that an import is to make; ``body`` is a uid."""

    title: str = ""
    body: str = ""
    kind: str = ""

    def to_json(self) -> dict[str, str]:
        """As it is stored."""
        return {"title": self.title, "body": self.body, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class PlanCorrections:
    """Everything that was said of a draft.

    ``rows`` by key; ``bodies``: name → what it stands for (``body:<name>``, ``new:<kind>`` or
    ``words``); ``gone``: uid → keep, cancel or remove; ``head``: field of the plan's head → "file"
    or "plan"; ``reason`` and ``meeting`` (a uid) for
    published dates that move.
    """

    plan: NewPlan = field(default_factory=NewPlan)
    rows: Mapping[str, RowCorrection] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    meeting: str = ""

    def row(self, key: str) -> RowCorrection:
        """What was said of a row, perhaps nothing."""
        return self.rows.get(key) or RowCorrection()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PlanCorrections:
        """What ``to_json`` wrote."""
        parts = dict(data)
        parts["plan"] = NewPlan(**parts.get("plan", {}))
        parts["rows"] = {
            key: RowCorrection.from_json(row) for key, row in parts.get("rows", {}).items()
        }
        return cls(**parts)

    def to_json(self) -> dict[str, Any]:
        """As it is stored: only what was said."""
        parts = {
            "plan": self.plan.to_json() if self.plan != NewPlan() else {},
            "rows": {key: row.to_json() for key, row in self.rows.items()},
            "bodies": dict(self.bodies),
            "gone": dict(self.gone),
            "head": dict(self.head),
            "reason": self.reason,
            "meeting": self.meeting,
        }
        return {name: value for name, value in parts.items() if value}
