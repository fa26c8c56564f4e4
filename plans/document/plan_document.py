"""PlanDocument: a plan as others read it, frozen or about to be.

Plain values without database, person or time of day. Preview, publication, Word, PDF, calendar,
API and comparison all take this type. ``to_json`` is canonical: the same document gives the same
bytes for ever. What is written into a version is read again by ``from_json``, which lifts older
schemas with pure functions and never rewrites them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from kommuneplan.timespan.span import Modifier, Precision, TimeSpan

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Head:
    """What the document is and, in plain words, what it is about."""

    uid: str
    title: str
    kind: str
    state: str
    body: str = ""
    body_abbreviation: str = ""
    parent_uid: str | None = None
    replaces: tuple[str, ...] = ()
    proposal: str = ""
    still_open: str = ""
    decided_by: str = ""
    case_number: str = ""
    document_number: str = ""
    document_date: dt.date | None = None
    sender_unit: str = ""
    first_year: int | None = None
    last_year: int | None = None

    @property
    def period(self) -> str:
        """The years the plan is for: "2009–2012"."""
        years = [str(year) for year in (self.first_year, self.last_year) if year]
        return "–".join(dict.fromkeys(years))


@dataclass(frozen=True, slots=True)
class Moved:
    """An earlier published date of a milestone, and why it no longer holds."""

    when: TimeSpan | None
    written: str
    reason: str
    decided_at: str = ""
    changed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """One milestone. ``written`` are the words of the date, also where there is no date."""

    uid: str
    title: str
    when: TimeSpan | None
    written: str
    kind: str
    description: str = ""
    bodies: tuple[str, ...] = ()
    phase: str | None = None
    within: str | None = None
    conditional: bool = False
    state: str = "planned"
    done_on: dt.date | None = None
    meeting: bool = False
    begins_at: str = ""
    place: str = ""
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase and its purpose; its milestones name it."""

    uid: str
    title: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class ProcessPlan:
    """The part *process plan*, in the order of time."""

    phases: tuple[PhaseLine, ...] = ()
    milestones: tuple[MilestoneLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, list or table of the text, with its anchor."""

    anchor: str
    html: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section with its number ("2.1") and depth (1 = chapter), in reading order."""

    uid: str
    number: str
    depth: int
    title: str
    blocks: tuple[TextBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusMilestone:
    """A milestone of a focus area as the yearly status saw it: what was to happen, and what
    became of it (a MilestoneState value)."""

    uid: str
    title: str
    written: str
    state: str = "planned"
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class FocusLine:
    """A focus area; in a yearly status also what is said of it, and what is decided (a
    FocusDecision value, empty outside a status)."""

    uid: str
    title: str
    theme: str = ""
    goals: str = ""
    first_year: int | None = None
    last_year: int | None = None
    ended_on: dt.date | None = None
    words: str = ""
    decision: str = ""
    reason: str = ""
    milestones: tuple[FocusMilestone, ...] = ()

    @property
    def period(self) -> str:
        """The years it is for: "2026–2028"."""
        years = [str(year) for year in (self.first_year, self.last_year) if year]
        return "–".join(dict.fromkeys(years))


@dataclass(frozen=True, slots=True)
class StatusHead:
    """The yearly status that the focus areas are read from: its year, and the year in words."""

    uid: str
    year: int
    summary: str = ""


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """The whole: head, process plan, text, and focus areas with the yearly status, if any."""

    head: Head
    process_plan: ProcessPlan = field(default_factory=ProcessPlan)
    text: tuple[SectionLine, ...] = ()
    focus: tuple[FocusLine, ...] = ()
    status: StatusHead | None = None

    def milestone(self, uid: str) -> MilestoneLine | None:
        """The milestone with that uid."""
        return next((line for line in self.process_plan.milestones if line.uid == uid), None)


# --- JSON ------------------------------------------------------------------------------------


def canonical(value: Any) -> str:
    """The one way to write a value: sorted keys, no spaces, dates as ISO."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place in a document")


def to_json(document: PlanDocument) -> str:
    """The document as canonical JSON text.

    The part *focus* is left out where it is empty: a document frozen before there were focus
    areas is written with the same bytes as then, and its schema is the same.
    """
    data = asdict(document)
    for part in ("focus", "status"):
        if not data[part]:
            del data[part]
    return canonical({"schema": SCHEMA, **data})


def from_json(text: str) -> PlanDocument:
    """The document that a version holds, whatever schema it was frozen with.

    Raises ValueError for a schema this code does not know.
    """
    data = _lifted(json.loads(text))
    plan = data["process_plan"]
    return PlanDocument(
        head=Head(
            **{
                **data["head"],
                "document_date": _day(data["head"]["document_date"]),
                "replaces": tuple(data["head"]["replaces"]),
            }
        ),
        process_plan=ProcessPlan(
            phases=tuple(PhaseLine(**phase) for phase in plan["phases"]),
            milestones=tuple(_milestone(line) for line in plan["milestones"]),
        ),
        text=tuple(
            SectionLine(
                **{**section, "blocks": tuple(TextBlock(**block) for block in section["blocks"])}
            )
            for section in data["text"]
        ),
        focus=tuple(_focus(line) for line in data.get("focus", ())),
        status=StatusHead(**data["status"]) if data.get("status") else None,
    )


def _focus(line: dict[str, Any]) -> FocusLine:
    return FocusLine(
        **{
            **line,
            "ended_on": _day(line["ended_on"]),
            "milestones": tuple(
                FocusMilestone(**{**row, "done_on": _day(row["done_on"])})
                for row in line["milestones"]
            ),
        }
    )


def _lifted(data: dict[str, Any]) -> dict[str, Any]:
    if data.pop("schema", None) != SCHEMA:
        raise ValueError("The version was frozen with a schema this program does not know")
    return data


def _milestone(line: dict[str, Any]) -> MilestoneLine:
    return MilestoneLine(
        **{
            **line,
            "when": _span(line["when"]),
            "bodies": tuple(line["bodies"]),
            "done_on": _day(line["done_on"]),
            "moved": tuple(
                Moved(**{**m, "when": _span(m["when"]), "changed_on": _day(m["changed_on"])})
                for m in line["moved"]
            ),
        }
    )


def _span(value: dict[str, Any] | None) -> TimeSpan | None:
    if value is None:
        return None
    return TimeSpan(
        *(_day(value[side]) for side in (
            "earliest_begin", "latest_begin", "earliest_end", "latest_end"
        )),
        precision=Precision(value["precision"]),
        modifier=Modifier(value["modifier"]),
        written=value["written"],
    )  # fmt: skip


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


# --- blocks and their proof ------------------------------------------------------------------


def blocks(document: PlanDocument) -> Iterator[tuple[str, str, str]]:
    """Every block as (anchor, kind, canonical JSON), in reading order; together the whole."""
    yield "head", "head", canonical(asdict(document.head))
    for phase in document.process_plan.phases:
        yield phase.uid, "phase", canonical(asdict(phase))
    for line in document.process_plan.milestones:
        yield line.uid, "milestone", canonical(asdict(line))
    for section in document.text:
        bare = {**asdict(section), "blocks": [block.anchor for block in section.blocks]}
        yield section.uid, "section", canonical(bare)
        for block in section.blocks:
            yield block.anchor, "paragraph", canonical(asdict(block))
    if document.status:
        yield document.status.uid, "status", canonical(asdict(document.status))
    for area in document.focus:
        yield area.uid, "focus", canonical(asdict(area))


def block_digest(salt: str, content: str) -> str:
    """SHA-256 over salt and canonical JSON; without the salt the text cannot be guessed."""
    return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()


def version_digest(previous: str, facts: dict[str, Any], digests: list[tuple[str, str]]) -> str:
    """The seal of a version: the seal before it, its facts, its blocks' digests in order."""
    sealed = canonical({"previous": previous, "facts": facts, "blocks": digests})
    return hashlib.sha256(sealed.encode()).hexdigest()
