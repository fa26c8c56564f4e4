"""The draft of a process plan: what was understood, what was left out, and where it stood."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kommuneplan.timespan.span import Modifier, Precision, Reading, ReadingStatus, TimeSpan

from ..files.messages import gettext as _
from ..files.source import SourceRow, row_from_json, row_to_json


def untitled() -> str:
    """What is remarked of a document without a title."""
    return _("No title was found.")


class Strength(enum.StrEnum):
    """What a date rests on: the words themselves, what they follow from, or a guess."""

    STATED = "stated"
    FOLLOWS = "follows"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class DraftMilestone:
    """A milestone as read. ``rows`` are the ids of the source rows it comes from.

    ``date_strength``: a date that was guessed is written only after somebody has said yes to it.
    """

    title: str
    description: str
    reading: Reading
    kind: str
    kind_assumed: bool = False
    bodies: tuple[str, ...] = ()
    body_assumed: bool = False
    phase: str = ""
    conditional: bool = False
    rows: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    date_strength: str = Strength.STATED.value

    @property
    def body(self) -> str:
        """The first body, or nothing."""
        return self.bodies[0] if self.bodies else ""

    @property
    def who(self) -> str:
        """All bodies in words: "Ældreudvalget og Seniorrådet"."""
        return " og ".join(filter(None, (", ".join(self.bodies[:-1]), *self.bodies[-1:])))

    @property
    def span(self) -> TimeSpan | None:
        return self.reading.span

    def as_json(self) -> dict[str, Any]:
        """The milestone in the form of the issue."""
        return {
            "title": self.title,
            "description": self.description,
            "when": _when(self.reading),
            "kind": self.kind,
            "body": self.who,
            "conditional": self.conditional,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that became no milestone, with the reason."""

    row: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """All that was read of a document; kept as JSON until somebody has confirmed it."""

    title: str = ""
    case_number: str = ""
    document_number: str = ""
    document_date: dt.date | None = None
    sender_unit: str = ""
    recipient: str = ""
    annex_number: str = ""
    warnings: tuple[str, ...] = ()
    milestones: tuple[DraftMilestone, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    source_rows: tuple[SourceRow, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The plan in the form of the issue."""
        return {
            "title": self.title,
            "case_number": self.case_number,
            "document_number": self.document_number,
            "warnings": list(self.warnings),
            "milestones": [milestone.as_json() for milestone in self.milestones],
        }

    def to_json(self) -> dict[str, Any]:
        """Everything, to be stored and read back with ``from_json``."""
        return {
            "schema": 1,
            "title": self.title,
            "case_number": self.case_number,
            "document_number": self.document_number,
            "document_date": _iso(self.document_date),
            "sender_unit": self.sender_unit,
            "recipient": self.recipient,
            "annex_number": self.annex_number,
            "warnings": list(self.warnings),
            "milestones": [_milestone_to_json(milestone) for milestone in self.milestones],
            "left_out": [dataclasses.asdict(row) for row in self.left_out],
            "source_rows": [row_to_json(row) for row in self.source_rows],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DraftPlan:
        return cls(
            title=data["title"],
            case_number=data["case_number"],
            document_number=data["document_number"],
            document_date=_date(data["document_date"]),
            sender_unit=data["sender_unit"],
            recipient=data["recipient"],
            annex_number=data.get("annex_number", ""),
            warnings=tuple(data["warnings"]),
            milestones=tuple(_milestone_from_json(item) for item in data["milestones"]),
            left_out=tuple(LeftOut(**item) for item in data["left_out"]),
            source_rows=tuple(row_from_json(item) for item in data["source_rows"]),
        )


def _when(reading: Reading) -> dict[str, Any]:
    span = reading.span
    if span is None:
        nothing = dict.fromkeys(("earliest", "latest", "precision", "modifier"))
        return {**nothing, "written": reading.written, "edtf": None}
    from kommuneplan.timespan import edtf

    return {
        "earliest": _iso(span.earliest_begin),
        "latest": _iso(span.latest_end),
        "precision": span.precision.value,
        "modifier": span.modifier.value,
        "written": span.written or reading.written,
        "edtf": edtf.to_edtf(span),
    }


def _milestone_to_json(milestone: DraftMilestone) -> dict[str, Any]:
    fields = {field.name: getattr(milestone, field.name) for field in dataclasses.fields(milestone)}
    fields = {
        key: list(value) if isinstance(value, tuple) else value for key, value in fields.items()
    }
    return {**fields, "reading": reading_to_json(milestone.reading)}


def _milestone_from_json(data: Mapping[str, Any]) -> DraftMilestone:
    lists = {key: tuple(data[key]) for key in ("bodies", "rows", "warnings")}
    return DraftMilestone(**{**data, **lists, "reading": reading_from_json(data["reading"])})


def reading_to_json(reading: Reading) -> dict[str, Any]:
    return {
        "status": reading.status.value,
        "spans": [_span_to_json(span) for span in reading.spans],
        "notes": list(reading.notes),
        "assumed_year": reading.assumed_year,
        "written": reading.written,
    }


def reading_from_json(data: Mapping[str, Any]) -> Reading:
    return Reading(
        status=ReadingStatus(data["status"]),
        spans=tuple(_span_from_json(span) for span in data["spans"]),
        notes=tuple(data["notes"]),
        assumed_year=data["assumed_year"],
        written=data["written"],
    )


def _span_to_json(span: TimeSpan) -> dict[str, Any]:
    return {
        "earliest_begin": _iso(span.earliest_begin),
        "latest_begin": _iso(span.latest_begin),
        "earliest_end": _iso(span.earliest_end),
        "latest_end": _iso(span.latest_end),
        "precision": span.precision.value,
        "modifier": span.modifier.value,
        "written": span.written,
    }


def _span_from_json(data: Mapping[str, Any]) -> TimeSpan:
    return TimeSpan(
        _date(data["earliest_begin"]),
        _date(data["latest_begin"]),
        _date(data["earliest_end"]),
        _date(data["latest_end"]),
        Precision(data["precision"]),
        Modifier(data["modifier"]),
        data["written"],
    )


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
