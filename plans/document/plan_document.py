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
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kommuneplan.timespan.span import Modifier, Precision, TimeSpan

from .parts import BlockWords, CitedPlace, DocumentPart, part, parts, plain_value

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class PlanSummary:
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
    recipients: tuple[str, ...] = ()
    annex_number: str = ""
    case_worker: str = ""  # a role, never a name

    @property
    def is_filed(self) -> bool:
        """Is anything said of under what it is filed?"""
        filed = (
            self.document_date, self.case_number, self.document_number, self.sender_unit,
            self.recipients, self.case_worker, self.annex_number,
        )  # fmt: skip
        return any(filed)

    @property
    def is_proposal(self) -> bool:
        """Frozen, or to be frozen, before it was adopted: what is proposed, what can still be
        changed and who decides belong to it."""
        return self.state not in {"adopted", "withdrawn"}

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
    """The whole: the head, and a value for each registered part.

    The four values that drawings, calendars and the members' text read have fields of their own;
    ``more`` holds the values of all other parts by their key, none of them empty. What a version
    holds of a part that nobody has registered stays there as it was read.
    """

    head: PlanSummary
    process_plan: ProcessPlan = field(default_factory=ProcessPlan)
    text: tuple[SectionLine, ...] = ()
    focus: tuple[FocusLine, ...] = ()
    status: StatusHead | None = None
    more: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def milestone(self, uid: str) -> MilestoneLine | None:
        """The milestone with that uid."""
        return next((line for line in self.process_plan.milestones if line.uid == uid), None)

    def value(self, one: DocumentPart) -> Any:
        """What the document holds of a part."""
        return getattr(self, one.key) if one.key in _OWN else self.more.get(one.key, one.empty)

    def with_values(self, values: Mapping[str, Any]) -> PlanDocument:
        """The document with other values for some parts, by their keys."""
        own = {key: value for key, value in values.items() if key in _OWN}
        more = {**self.more, **{key: values[key] for key in values.keys() - own.keys()}}
        return replace(self, **own, more={key: value for key, value in more.items() if value})

    def each(self, order: str = "sealed") -> list[tuple[DocumentPart, Any]]:
        """Every registered part with its value, in one of the orders of ``parts``."""
        return [(one, self.value(one)) for one in parts(order)]

    @property
    def on_page(self) -> list[tuple[DocumentPart, Any]]:
        """The parts that a page shows, in its order."""
        return [(one, value) for one, value in self.each("on_page") if one.template]

    @property
    def on_paper(self) -> list[tuple[DocumentPart, Any]]:
        """The parts in the order of a paper."""
        return self.each("on_paper")

    @property
    def unknown(self) -> list[str]:
        """The keys of parts that nobody has registered."""
        return [key for key in self.more if part(key) is None]

    def words(self) -> Iterator[BlockWords]:
        """The words of every block, in the order of sealing; the head first."""
        yield _head_words(self.head)
        for one, value in self.each():
            yield from one.words(value)

    def cited(self) -> Iterator[CitedPlace]:
        """The places that can be answered and quoted, in the order of sealing."""
        for one, value in self.each():
            yield from one.cited_places(value)

    @property
    def cited_on_paper(self) -> list[tuple[DocumentPart, list[CitedPlace]]]:
        """The same by part, in the order of a paper."""
        return [(one, list(one.cited_places(value))) for one, value in self.on_paper]

    def dated(self) -> Iterator[MilestoneLine]:
        """The milestones, and what other parts date."""
        yield from self.process_plan.milestones
        for one, value in self.each():
            yield from one.dates(value) if one.dates else ()

    def html(self) -> Iterator[tuple[str, str]]:
        """(anchor, HTML) of every block that may hold images."""
        for one, value in self.each():
            yield from one.html(value) if one.html else ()


_OWN = frozenset({"process_plan", "text", "focus", "status"})


def _head_words(head: PlanSummary) -> BlockWords:
    about = [head.title, head.proposal, head.still_open, head.decided_by, head.sender_unit]
    later = [*head.recipients, head.annex_number and f"Bilag {head.annex_number}", head.case_worker]
    return BlockWords(
        "head",
        head.title,
        "\n".join(filter(None, [*about, *head.replaces, *later])),
        searched=" ".join(
            [head.title, head.body, head.proposal, head.case_number, head.document_number, *later]
        ),
        read="",
    )


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

    A part that is empty is left out: a document frozen before there was such a part is written
    with the same bytes as then, and its schema is the same. Only the parts of the first versions
    are always written.
    """
    data = {"schema": SCHEMA, "head": _head_values(document.head), **document.more}
    for one, value in document.each():
        if value or one.is_always_written:
            data[one.key] = plain_value(value)
    return canonical(data)


_LATER = ("recipients", "annex_number", "case_worker")
"""Fields of the head that came later: left out while empty, so that older bytes stay as sealed."""


def _head_values(head: PlanSummary) -> dict[str, Any]:
    """The head as it is written and sealed: a field that came later and is empty is left out, so
    that what was frozen before there was one is written and sealed as then."""
    values = asdict(head)
    return {name: value for name, value in values.items() if value or name not in _LATER}


def from_json(text: str) -> PlanDocument:
    """The document that a version holds, whatever schema it was frozen with.

    Raises ValueError for a schema this code does not know, KeyError where a part that is always
    written is missing.
    """
    data = _lifted(json.loads(text))
    document = PlanDocument(_head(data.pop("head")))
    values = {
        one.key: one.read(data.pop(one.key))
        for one in parts()
        if one.key in data or one.is_always_written
    }
    return document.with_values({**data, **values})


def _head(data: dict[str, Any]) -> PlanSummary:
    day, replaced = day_of(data["document_date"]), tuple(data["replaces"])
    recipients = tuple(data.get("recipients", ()))
    return PlanSummary(
        **{**data, "document_date": day, "replaces": replaced, "recipients": recipients}
    )


def _lifted(data: dict[str, Any]) -> dict[str, Any]:
    if data.pop("schema", None) != SCHEMA:
        raise ValueError("The version was frozen with a schema this program does not know")
    return data


def span_of(value: dict[str, Any] | None) -> TimeSpan | None:
    """A span of time as JSON holds it."""
    if value is None:
        return None
    return TimeSpan(
        *(day_of(value[side]) for side in (
            "earliest_begin", "latest_begin", "earliest_end", "latest_end"
        )),
        precision=Precision(value["precision"]),
        modifier=Modifier(value["modifier"]),
        written=value["written"],
    )  # fmt: skip


def day_of(value: str | None) -> dt.date | None:
    """A day as JSON holds it."""
    return dt.date.fromisoformat(value) if value else None


# --- blocks and their proof ------------------------------------------------------------------


def blocks(document: PlanDocument) -> Iterator[tuple[str, str, str]]:
    """Every block as (anchor, kind, canonical JSON), in reading order; together the whole."""
    yield "head", "head", canonical(_head_values(document.head))
    for one, value in document.each():
        for anchor, kind, content in one.blocks_of(value):
            yield anchor, kind, canonical(plain_value(content))


def block_digest(salt: str, content: str) -> str:
    """SHA-256 over salt and canonical JSON; without the salt the text cannot be guessed."""
    return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()


def version_digest(previous: str, facts: dict[str, Any], digests: list[tuple[str, str]]) -> str:
    """The seal of a version: the seal before it, its facts, its blocks' digests in order."""
    sealed = canonical({"previous": previous, "facts": facts, "blocks": digests})
    return hashlib.sha256(sealed.encode()).hexdigest()
