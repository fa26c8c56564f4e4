"""The parts *focus areas* and *yearly status*, frozen together. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.plain_text import reads_as
from kommuneplan.richtext.looks import Comparable
from kommuneplan.timespan.phrase import day_words
from plans.enums import BlockKind, FocusDecision, MilestoneState, Part

from .comparison import Compared, ComparisonRow, merged, row_of
from .parts import BlockWords, CitedPlace, DocumentPart, KindOfBlock
from .plan_document import FocusLine, FocusMilestone, StatusHead, day_of

Areas = tuple[FocusLine, ...]


def no_texts(value: Any) -> Iterator[tuple[str, str]]:
    """Nothing of the part is looked through before publishing."""
    return iter(())


# --- the focus areas


def read(data: list[dict[str, Any]]) -> Areas:
    """The value as JSON holds it."""
    return tuple(_area(line) for line in data)


def _area(line: dict[str, Any]) -> FocusLine:
    return FocusLine(
        **{
            **line,
            "ended_on": day_of(line["ended_on"]),
            "milestones": tuple(
                FocusMilestone(**{**row, "done_on": day_of(row["done_on"])})
                for row in line["milestones"]
            ),
        }
    )


def words(areas: Areas) -> Iterator[BlockWords]:
    """What is said of each area, and of its milestones of the year."""
    for area in areas:
        about = [area.title, area.theme, area.goals, area.words]
        rows = [word for row in area.milestones for word in (row.title, row.written)]
        written = "\n".join(filter(None, [*about, area.reason, *rows]))
        yield BlockWords(area.uid, area.title, written, " ".join(about), " ".join(about))


def redact(areas: Areas, removed: Mapping[str, str]) -> Areas:
    """Without the words of some areas; years and decisions stay."""
    return tuple(
        _redacted(area, removed[area.uid]) if area.uid in removed else area for area in areas
    )


def _redacted(area: FocusLine, removed: str) -> FocusLine:
    return dataclasses.replace(
        area, title=removed, theme="", goals="", words="", reason="", milestones=()
    )


def cited(areas: Areas) -> Iterator[CitedPlace]:
    """Each area with its goals."""
    for area in areas:
        yield CitedPlace(
            area.uid,
            area.title,
            Comparable("\n".join(part for part in (area.title, area.goals) if part)),
            quote=" ".join([area.title, *area.goals.split()]),
            title=area.title,
            body=area.goals,
        )


FIELDS = {
    "title": gettext_lazy("Title"),
    "theme": gettext_lazy("Theme"),
    "period": gettext_lazy("Period"),
    "goals": gettext_lazy("Goals for the effect"),
    "words": gettext_lazy("Status in words"),
    "milestones": gettext_lazy("Milestones of the year"),
    "decision": gettext_lazy("Decision"),
    "reason": gettext_lazy("Reason"),
    "ended_on": gettext_lazy("Ended on"),
}


def compare(before: Areas, after: Areas) -> Iterator[Compared]:
    """What is not the same of each area, field by field."""
    was, now = {area.uid: area for area in before}, {area.uid: area for area in after}
    for uid in merged(list(was), list(now)):
        old, new = was.get(uid), now.get(uid)
        title = (now.get(uid) or was[uid]).title
        rows = tuple(_rows(f"f-{uid}", title, old, new))
        kind = "new" if old is None else "gone" if new is None else "changed"
        if rows:
            yield Compared(f"f-{uid}", title, _kind_word(kind), rows, kind)


def _rows(
    anchor: str, title: str, old: FocusLine | None, new: FocusLine | None
) -> Iterator[ComparisonRow]:
    for name, label in FIELDS.items():
        before, after = _in_words(old, name), _in_words(new, name)
        row = row_of(f"{anchor}-{name}", title, before, after, name, label)
        if row:
            yield row


def _kind_word(kind: str) -> str:
    return {
        "new": _("New focus area"),
        "gone": _("Removed focus area"),
        "changed": _("Focus area"),
    }[kind]


def _in_words(area: FocusLine | None, name: str) -> str:
    """A field of a focus area in words."""
    if area is None:
        return ""
    if name == "decision":
        return str(FocusDecision(area.decision).label) if area.decision else ""
    if name == "ended_on":
        return day_words(area.ended_on) if area.ended_on else ""
    if name == "milestones":
        return "\n".join(map(_became, area.milestones))
    return str(getattr(area, name))


def _became(row: FocusMilestone) -> str:
    """A milestone of the area, and what became of it."""
    day = f" {day_words(row.done_on)}" if row.done_on else ""
    when = f"{row.written}: " if row.written else ""
    return f"{when}{row.title} ({MilestoneState(row.state).label}{day})"


@dataclass(frozen=True, slots=True)
class ChangedArea:
    """A focus area that is not the same in ``aspects``: title, goals, period, decision …"""

    line: FocusLine
    before: FocusLine
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaDifferences:
    """Focus areas that are new, changed or gone, each in the order of the document."""

    new: Areas = ()
    changed: tuple[ChangedArea, ...] = ()
    gone: Areas = ()

    def __bool__(self) -> bool:
        """Is there any?"""
        return bool(self.new or self.changed or self.gone)


def differences(before: Areas, after: Areas) -> AreaDifferences:
    """What a reader of one should know of the other; areas are the same by their uid."""
    was, now = {area.uid: area for area in before}, {area.uid: area for area in after}
    return AreaDifferences(
        new=tuple(a for uid, a in now.items() if uid not in was),
        changed=tuple(
            ChangedArea(area, was[uid], aspects)
            for uid, area in now.items()
            if uid in was and (aspects := _aspects(was[uid], area))
        ),
        gone=tuple(a for uid, a in was.items() if uid not in now),
    )


def _aspects(before: FocusLine, after: FocusLine) -> tuple[str, ...]:
    """What is said of the area itself, and what a yearly status decides of it."""
    names = ("title", "theme", "goals", "period", "ended_on", "words", "decision", "reason")
    return tuple(
        name for name in names if not reads_as(getattr(before, name), getattr(after, name))
    )


FOCUS = DocumentPart(
    key="focus",
    label=Part.FOCUS.label,
    kinds={"focus": KindOfBlock(BlockKind.FOCUS.label, route="plans:focus-area", is_named=True)},
    read=read,
    words=words,
    checked=no_texts,
    redact=redact,
    cited=cited,
    compare=compare,
    differences=differences,
    count=lambda what: iter(()),
    template="plans/document/focus.html",
    changes_template="plans/document/changes/focus.html",
    sealed=40,
    on_page=30,
    on_paper=20,
)


# --- the yearly status that they are read from


def status_blocks(status: StatusHead | None) -> Iterator[tuple[str, str, Any]]:
    """The one block."""
    if status:
        yield status.uid, BlockKind.STATUS.value, status


def status_words(status: StatusHead | None) -> Iterator[BlockWords]:
    """The year in words; it is found by nobody."""
    if status:
        yield BlockWords(status.uid, str(status.year), status.summary, searched="", read="")


def redact_status(status: StatusHead | None, removed: Mapping[str, str]) -> StatusHead | None:
    """Without the words of the year."""
    if status is None or status.uid not in removed:
        return status
    return dataclasses.replace(status, summary=removed[status.uid])


def compare_status(before: StatusHead | None, after: StatusHead | None) -> Iterator[Compared]:
    """The yearly status as a whole."""
    row = row_of("status", "", _year(before), _year(after), "summary")
    if row:
        title = _("The year as a whole")
        yield Compared("status", title, _("Yearly status"), (row,), row.kind)


def _year(status: StatusHead | None) -> str:
    return f"{status.year}\n{status.summary}".strip() if status else ""


STATUS = DocumentPart(
    key="status",
    label=BlockKind.STATUS.label,
    empty=None,
    frozen_with="focus",
    kinds={"status": KindOfBlock(BlockKind.STATUS.label, target="", route="plans:focus")},
    read=lambda data: StatusHead(**data),
    blocks=status_blocks,
    words=status_words,
    checked=no_texts,
    redact=redact_status,
    cited=lambda status: iter(()),
    compare=compare_status,
    differences=lambda before, after: None,
    count=lambda what: iter(()),
    template="",  # shown above the focus areas
    sealed=30,
    on_page=20,
    on_paper=20,
)
