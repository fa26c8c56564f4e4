"""A finding, and the words findings share."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import phrase

from .facts import CheckedMilestone


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """Something to look at. ``key`` stays the same as long as the things it is about do."""

    code: str
    message: str
    reason: str
    source: str
    milestones: tuple[str, ...]
    key: str
    severity: str = "warning"  # it never blocks

    def as_dict(self) -> dict[str, Any]:
        """For ``check_plan --json``."""
        return asdict(self)


def finding(
    code: str, message: str, reason: str, source: str, *steps: CheckedMilestone, about: Any = ()
) -> CheckFinding:
    """A finding of some milestones. ``about``: what else it depends on (limits, other dates)."""
    things = [
        code,
        [[s.uid, s.kind, str(s.when and s.when.sort_key), str(s.when and phrase(s.when))]
         for s in steps],
        about,
    ]  # fmt: skip
    plain = json.dumps(things, ensure_ascii=False, default=str)
    key = hashlib.sha256(plain.encode()).hexdigest()
    return CheckFinding(code, message, reason, source, tuple(s.uid for s in steps), key)


def quoted(step: CheckedMilestone) -> str:
    """The title of a milestone in quotation marks, cut where it is long."""
    title = step.title if len(step.title) <= 80 else f"{step.title[:77].rstrip()}…"
    return _("“%(title)s”") % {"title": title}


def date_of(step: CheckedMilestone) -> str:
    """The date of a milestone in words."""
    return phrase(step.when) if step.when else ""
