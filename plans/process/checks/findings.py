"""A finding, how sure it is, where it is solved, and the words findings share."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import phrase

from .facts import CheckedMilestone
from .readings import Verdict


class Sureness(enum.StrEnum):
    """How sure a finding is. None of them ever blocks anything."""

    IMPOSSIBLE = "impossible"  # not even the best reading of the dates allows it
    LOOK = "look"  # most readings contradict it, or two places tell different things
    ADVICE = "advice"  # convention or the municipality's own rule; no law says so

    @classmethod
    def of(cls, verdict: Verdict) -> Sureness:
        """What a verdict that is not FINE makes of it."""
        return cls.IMPOSSIBLE if verdict is Verdict.IMPOSSIBLE else cls.LOOK


class Action(enum.StrEnum):
    """The one place where a finding is solved."""

    MOVE = "move"  # the first milestone gets another date
    EDIT = "edit"  # the first milestone is corrected
    STATUS = "status"  # what became of the first milestone
    ADD = "add"  # a milestone is missing
    SECTION = "section"  # the text is corrected
    ROUND = "round"  # the consultation round is looked at
    MATTER = "matter"  # the matter before the bodies is looked at


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """Something to look at. ``key`` stays the same as long as the things it is about do.

    ``milestones``, ``sections`` and ``rounds`` are what it is about (uids), the one to solve it
    at first; ``target`` is the section, the round or the matter that ``action`` leads to.
    """

    code: str
    message: str
    reason: str
    source: str
    milestones: tuple[str, ...]
    key: str
    certainty: Sureness = Sureness.LOOK
    action: Action = Action.EDIT
    target: str = ""
    sections: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    to_day: str = ""  # the day (ISO) that the first milestone could be moved to
    to_body: str = ""  # the body (uid) that could be put on the milestone ``target``

    def as_dict(self) -> dict[str, Any]:
        """For ``check_plan --json``."""
        return asdict(self)


def finding(
    code: str,
    message: str,
    reason: str,
    source: str,
    *steps: CheckedMilestone,
    about: Any = (),
    certainty: Sureness = Sureness.LOOK,
    action: Action = Action.MOVE,
    target: str = "",
    section: str = "",
    to_day: dt.date | None = None,
    to_body: str = "",
) -> CheckFinding:
    """A finding of some milestones. ``about``: what else it depends on (limits, other dates);
    ``to_day`` and ``to_body``: what would solve it."""
    things = [
        code,
        [[s.uid, s.kind, str(s.when and s.when.sort_key), str(s.when and phrase(s.when))]
         for s in steps],
        about,
    ]  # fmt: skip
    plain = json.dumps(things, ensure_ascii=False, default=str)
    key = hashlib.sha256(plain.encode()).hexdigest()
    rows = tuple(dict.fromkeys(s.uid for s in steps if not s.round))
    rounds = tuple(dict.fromkeys(s.round for s in steps if s.round))
    if not rows and action in {Action.MOVE, Action.EDIT, Action.STATUS}:
        action, target = (Action.ROUND, rounds[0]) if rounds else (Action.ADD, "")
    return CheckFinding(
        code, message, reason, source, rows, key, certainty, action, target,
        (section,) if section else (), rounds, to_day.isoformat() if to_day else "", to_body,
    )  # fmt: skip


def quoted(step: CheckedMilestone) -> str:
    """The title of a milestone in quotation marks, cut where it is long."""
    title = step.title if len(step.title) <= 80 else f"{step.title[:77].rstrip()}…"
    return _("“%(title)s”") % {"title": title}


def date_of(step: CheckedMilestone) -> str:
    """The date of a milestone in words."""
    return phrase(step.when) if step.when else ""
