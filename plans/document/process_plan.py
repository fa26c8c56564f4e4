"""The part *process plan*: phases and milestones. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommuneplan.plain_text import reads_as
from kommuneplan.richtext.looks import Comparable
from plans.enums import BlockKind, MilestoneState, Part

from .comparison import Compared, change_word, merged, row_of
from .date_words import precise_date, shown_date
from .differences import Turn, notices, turn_words
from .parts import BlockWords, CitedPlace, DocumentPart, KindOfBlock
from .plan_document import MilestoneLine, Moved, PhaseLine, ProcessPlan, day_of, span_of


def read(data: dict[str, Any]) -> ProcessPlan:
    """The value as JSON holds it."""
    return ProcessPlan(
        phases=tuple(PhaseLine(**phase) for phase in data["phases"]),
        milestones=tuple(_milestone(line) for line in data["milestones"]),
    )


def _milestone(line: dict[str, Any]) -> MilestoneLine:
    return MilestoneLine(
        **{
            **line,
            "when": span_of(line["when"]),
            "bodies": tuple(line["bodies"]),
            "done_on": day_of(line["done_on"]),
            "moved": tuple(
                Moved(**{**m, "when": span_of(m["when"]), "changed_on": day_of(m["changed_on"])})
                for m in line["moved"]
            ),
        }
    )


def blocks(plan: ProcessPlan) -> Iterator[tuple[str, str, Any]]:
    """Each phase, then each milestone."""
    for phase in plan.phases:
        yield phase.uid, BlockKind.PHASE.value, phase
    for line in plan.milestones:
        yield line.uid, BlockKind.MILESTONE.value, line


def words(plan: ProcessPlan) -> Iterator[BlockWords]:
    """Titles, descriptions, dates in words, and the reasons of moved dates."""
    for phase in plan.phases:
        written = "\n".join(filter(None, [phase.title, phase.purpose]))
        yield BlockWords(phase.uid, phase.title, written, searched="", read="")
    for line in plan.milestones:
        reasons = [word for moved in line.moved for word in (moved.written, moved.reason)]
        about = [line.title, line.description, line.written, line.place, *reasons]
        yield BlockWords(
            line.uid,
            line.title,
            "\n".join(filter(None, about)),
            searched=line.title,
            read=" ".join([line.title, *line.bodies, line.description]),
        )


def checked(plan: ProcessPlan) -> Iterator[tuple[str, str]]:
    """What is looked through for personal data: milestones, with the names of bodies."""
    for line in plan.milestones:
        yield line.title, " ".join([line.title, line.description, line.written, *line.bodies])


def redact(plan: ProcessPlan, removed: Mapping[str, str]) -> ProcessPlan:
    """Without the words of some phases and milestones; dates stay."""
    return ProcessPlan(
        phases=tuple(
            PhaseLine(phase.uid, removed[phase.uid]) if phase.uid in removed else phase
            for phase in plan.phases
        ),
        milestones=tuple(
            _redacted(line, removed[line.uid]) if line.uid in removed else line
            for line in plan.milestones
        ),
    )


def _redacted(line: MilestoneLine, removed: str) -> MilestoneLine:
    when = dataclasses.replace(line.when, written="") if line.when else None
    return dataclasses.replace(
        line, title=removed, when=when, written="", description="", place="", moved=()
    )


def cited(plan: ProcessPlan) -> Iterator[CitedPlace]:
    """Each milestone with its date."""
    for line in plan.milestones:
        yield CitedPlace(
            line.uid,
            line.title,
            Comparable(" ".join(part for part in (line.written, line.title) if part)),
            quote=f"{line.written}: {line.title}" if line.written else line.title,
            title=line.title,
            lead=precise_date(line),
            body="\n".join(_told(line)),
        )


def _told(line: MilestoneLine) -> Iterator[str]:
    """What became of a milestone and of its dates, the newest first."""
    earlier = notices(line)
    said = bool(earlier) and earlier[0].turn == Turn.CANCELLED
    if line.state == MilestoneState.CANCELLED and not said:
        yield _("Cancelled.")
    for one in earlier:
        yield turn_words(one.turn, before=one.before, reason=one.reason)


# --- word for word


def compare(before: ProcessPlan, after: ProcessPlan) -> Iterator[Compared]:
    """The milestones that are not the same, a line for each thing that is said of them."""
    was = {line.uid: line for line in before.milestones}
    now = {line.uid: line for line in after.milestones}
    for uid in merged(list(was), list(now)):
        title = (now.get(uid) or was[uid]).title
        row = row_of(f"m-{uid}", title, _in_words(was.get(uid)), _in_words(now.get(uid)))
        if row:
            yield Compared(f"m-{uid}", title, change_word(row.kind), (row,), row.kind)


def _in_words(line: MilestoneLine | None) -> str:
    if line is None:
        return ""
    parts = [shown_date(line), line.title, ", ".join(line.bodies), line.description, line.place]
    return "\n".join(part for part in parts if part)


# --- what has changed


@dataclass(frozen=True, slots=True)
class MovedMilestone:
    """A milestone whose date is another; ``reasons`` are those given since the document before."""

    line: MilestoneLine
    before: str
    after: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedMilestone:
    """A milestone that is the same in time, but not in ``aspects``: title, bodies, state …"""

    line: MilestoneLine
    before: MilestoneLine
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MilestoneDifferences:
    """Milestones that are new, moved, changed or gone, each in the order of the document."""

    new: tuple[MilestoneLine, ...] = ()
    moved: tuple[MovedMilestone, ...] = ()
    done: tuple[MilestoneLine, ...] = ()
    cancelled: tuple[MilestoneLine, ...] = ()
    changed: tuple[ChangedMilestone, ...] = ()
    gone: tuple[MilestoneLine, ...] = ()

    def __bool__(self) -> bool:
        """Is there any?"""
        return any(getattr(self, field.name) for field in dataclasses.fields(self))


def differences(before: ProcessPlan, after: ProcessPlan) -> MilestoneDifferences:
    """What a reader of one should know of the other; milestones are the same by their uid."""
    was = {line.uid: line for line in before.milestones}
    now = {line.uid: line for line in after.milestones}
    both = [(was[uid], line) for uid, line in now.items() if uid in was]
    return MilestoneDifferences(
        new=tuple(line for uid, line in now.items() if uid not in was),
        moved=tuple(_moved(old, new) for old, new in both if _date(old) != _date(new)),
        done=tuple(new for old, new in both if new.state == "done" != old.state),
        cancelled=tuple(new for old, new in both if new.state == "cancelled" != old.state),
        changed=tuple(
            ChangedMilestone(new, old, aspects)
            for old, new in both
            if (aspects := _aspects(old, new))
        ),
        gone=tuple(line for uid, line in was.items() if uid not in now),
    )


def _date(line: MilestoneLine) -> object:
    return line.when or line.written


def _moved(before: MilestoneLine, after: MilestoneLine) -> MovedMilestone:
    since = after.moved[len(before.moved) :]
    reasons = tuple(dict.fromkeys(moved.reason for moved in since if moved.reason))
    return MovedMilestone(after, shown_date(before), shown_date(after), reasons)


def _aspects(before: MilestoneLine, after: MilestoneLine) -> tuple[str, ...]:
    names = ("title", "description", "bodies", "conditional", "begins_at", "place")
    return tuple(
        name for name in names if not reads_as(getattr(before, name), getattr(after, name))
    )


def count(what: MilestoneDifferences) -> Iterator[str]:
    """ "1 new date", "2 other milestones"."""
    dates = len(what.moved)
    others = len(what.new) + len(what.done) + len(what.cancelled) + len(what.changed)
    others += len(what.gone)
    if dates:
        yield ngettext("%(n)s new date", "%(n)s new dates", dates) % {"n": dates}
    if others:
        yield ngettext("%(n)s other milestone", "%(n)s other milestones", others) % {"n": others}


PROCESS_PLAN = DocumentPart(
    key="process_plan",
    label=Part.PROCESS_PLAN.label,
    heading=gettext_lazy("Time and process plan"),
    empty=ProcessPlan(),
    is_always_written=True,
    kinds={
        "phase": KindOfBlock(BlockKind.PHASE.label, target="", route="plans:work-plan"),
        "milestone": KindOfBlock(
            BlockKind.MILESTONE.label, "m-{}", route="plans:milestone", is_named=True
        ),
    },
    read=read,
    blocks=blocks,
    words=words,
    checked=checked,
    redact=redact,
    cited=cited,
    compare=compare,
    differences=differences,
    count=count,
    template="plans/document/process_plan.html",
    changes_template="plans/document/changes/process_plan.html",
    sealed=10,
    on_page=10,
    on_paper=30,
)
