"""What is known of a plan's consultation rounds: told by the app above, asked for here.

Plans know nothing of rounds but what this small registry lets them ask: until when people may
answer, and the lines that stand on
public pages. Where no app has registered, the consultations in the process plan say everything.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import DateTimeField, Value

from kommuneplan.clock import COPENHAGEN, now


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round as a public page tells it. ``state`` is open, closed, coming or withdrawn;
    ``last_day`` the last civil day on which everybody may answer; ``report`` and ``after`` where
    its report and what was changed after it are read, once there is a report."""

    plan_slug: str
    plan_title: str
    body: str
    title: str
    address: str
    state: str
    last_day: dt.date
    days_left: int
    responses: int = 0
    report: str = ""
    after: str = ""

    @property
    def is_open(self) -> bool:
        """Can it be answered now?"""
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class RoundDeadline:
    """Until when a round that everybody knows of can be answered, for a calendar. ``closes_at`` is
    the instant, ``last_day`` the last day on which an answer is in time; ``answer`` the path of the
    page where it is answered, ``address`` that of its own. ``version`` and ``changed_at`` grow with
    each change of it."""

    uid: str
    plan_id: int
    title: str
    closes_at: dt.datetime
    last_day: dt.date
    answer: str
    address: str
    version: int
    changed_at: dt.datetime
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class HeldRound:
    """An announced round as the checks of a process plan see it: the civil days it is open to
    everybody, and its page in the workspace."""

    cycle: int
    uid: str
    title: str
    first_day: dt.date
    last_day: dt.date
    address: str
    withdrawn: bool = False
    milestone: str = ""  # uid of the one that takes its dates from the round


@dataclass(frozen=True, slots=True)
class WantedChange:
    """A remark that wants a place of the text changed, in the words of those who handle it:
    ``proposal``, ``change`` what is to be changed, ``reply``. Its own words are at ``address``,
    where it is noted who reads them."""

    number: int
    anchor: str
    proposal: str
    change: str
    reply: str
    address: str


class RoundsStage(enum.IntEnum):
    """Where the rounds of a cycle that the bodies have sent out stand, taken together: what is
    greatest holds."""

    NONE = 0  # there never was one here
    SPENT = 1  # all were withdrawn, or had ended before the draft was sent out (again)
    PREPARED = 2  # one is being made
    OVER = 3
    COMING = 4  # announced, not opened
    OPEN = 5  # somebody can answer now

    @property
    def wants_one(self) -> bool:
        """A consultation has still to be made."""
        return self in {RoundsStage.NONE, RoundsStage.SPENT}


@dataclass(frozen=True)
class Rounds:
    """What an app that knows rounds tells of them.

    ``ends(path)``: an expression for the instant at which the last round of the plan's cycle ends
    (null without any), parties' own deadlines included; ``public_ends(path)`` the same for
    everybody; ``path`` leads to the plan's key. ``end_of(cycle)``: the same for one cycle, asked
    at once. ``stage(path, at)``: an expression for the RoundsStage of the plan's open cycle at an
    instant, ``public_stage`` the same by everybody's deadlines, ``stage_of(cycle, at)`` that of
    one cycle, asked at once. ``new_address(slug)``: where a round is made, ``list_address(slug)``
    where those of a plan stand. ``lines(slug, at)``: the rounds of one plan; ``open_lines(at)``:
    those that everybody can answer now, the most urgent first. ``deadlines(plans, at, since)``:
    those of the rounds of some plans that everybody knows of, as they are now, from an instant on.
    ``stamp(path)``: an expression that changes with every change of a plan's rounds.
    ``held(cycles)``: the announced rounds of some cycles (keys), withdrawn ones too, internal not.
    ``wanted(plan, user, anchors)``: the remarks that want one of these places of the text changed,
    for a person who handles them; one query.
    """

    ends: Callable[[str], Any] = lambda path: Value(None, output_field=DateTimeField())
    public_ends: Callable[[str], Any] = lambda path: Value(None, output_field=DateTimeField())
    end_of: Callable[[Any], dt.datetime | None] = lambda cycle: None
    stage: Callable[[str, dt.datetime], Any] = lambda path, at: Value(RoundsStage.NONE)
    public_stage: Callable[[str, dt.datetime], Any] = lambda path, at: Value(RoundsStage.NONE)
    stage_of: Callable[[Any, dt.datetime], RoundsStage] = lambda cycle, at: RoundsStage.NONE
    new_address: Callable[[str], str] = lambda slug: ""
    list_address: Callable[[str], str] = lambda slug: ""
    lines: Callable[..., list[RoundLine]] = lambda slug, *, at: []
    open_lines: Callable[..., list[RoundLine]] = lambda *, at: []
    deadlines: Callable[..., list[RoundDeadline]] = lambda plans, *, at, since=None: []
    stamp: Callable[[str], Any] = lambda path: Value(0)
    held: Callable[[Collection[int]], list[HeldRound]] = lambda cycles: []
    wanted: Callable[[Any, Any, Collection[str]], list[WantedChange]] = lambda *asked: []


_known = Rounds()


def register_rounds(**told: Any) -> None:
    """Called in ``ready()`` by the app that knows rounds, with the fields of ``Rounds``."""
    global _known
    _known = replace(_known, **told)


def rounds() -> Rounds:
    """What is known of rounds."""
    return _known


def moment_of(day: dt.date) -> dt.datetime:
    """The instant at which it is asked what has ended by a civil day: now, or, of a day to come,
    its first instant in Denmark. A round that closes at noon is over in the afternoon."""
    return max(now(), dt.datetime.combine(day, dt.time(), tzinfo=COPENHAGEN))
