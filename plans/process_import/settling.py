"""What a page of the preview sent, settled against the preview as it stands under the lock.

A row that this tab has not touched is left as it is; one that only this tab has touched is
corrected; one that somebody else (or another tab) has changed meanwhile is a conflict: both are
shown, and nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError

from kommuneplan.core.models.municipality import year_parts
from kommuneplan.fingerprint import digest
from kommuneplan.timespan.forms import TimeSpanField
from kommuneplan.timespan.phrase import phrase
from kommuneplan.timespan.span import Reading, ReadingStatus
from plans.enums import MilestoneKind, PlanKind

from .corrections import NEW_BODIES, NewPlan, PlanCorrections, RowCorrection
from .plan_head import FILE, PLAN
from .preview import ImportPreview, PreviewRow
from .proposals import BodyNames, split_names

_CHOICES = {"keep", "cancel", "remove"}


@dataclass(frozen=True, slots=True)
class SentRow:
    """The inputs of one row as they were sent. ``seen``: the fingerprint of what was shown;
    ``reason`` is None when the page did not ask for one."""

    seen: str
    taken: bool
    title: str
    when: str
    when_from: str
    when_to: str
    kind: str
    bodies: str
    phase: str
    description: str
    conditional: bool
    reason: str | None
    confirmed: frozenset[str]
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SentPreview:
    """A whole page as it was sent; what was not on it is None or empty.

    ``take``: a row that is taken along after all. ``confirm_all``: the code of assumptions that
    are confirmed in every row. ``bodies``: name → what it is to stand for.
    """

    rows: Mapping[str, SentRow] = field(default_factory=dict)
    take: str = ""
    confirm_all: str = ""
    plan: NewPlan | None = None
    reason: str | None = None
    meeting: str | None = None
    bodies: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """The corrections as they are to be stored; ``conflicts``: values by row that are not;
    ``changed``: did the page say anything new."""

    corrections: PlanCorrections
    conflicts: Mapping[str, Mapping[str, Any]]
    changed: bool


def settled(preview: ImportPreview, sent: SentPreview) -> Settled:
    """Settle a page against the preview."""
    rows, conflicts = _rows(preview, sent)
    plan = _plan(preview, sent)
    bodies, gone, head = _bodies(preview, sent), _gone(preview, sent), _head(preview, sent)
    before = preview.corrections
    others = {
        name: value
        for name in ("reason", "meeting")
        if (value := getattr(sent, name)) is not None and value != getattr(before, name)
    }
    corrections = replace(
        before,
        plan=plan or before.plan,
        rows={**before.rows, **rows},
        bodies={**before.bodies, **bodies},
        gone={**before.gone, **gone},
        head={**before.head, **head},
        **others,
    )
    changed = bool(rows or plan or bodies or gone or head or others)
    return Settled(corrections, conflicts, changed)


# --- rows --------------------------------------------------------------------------------------


def shown_values(row: PreviewRow) -> dict[str, Any]:
    """The values of a row as its inputs show them."""
    said = row.said
    written = " ".join(said.written.split())
    if not written and said.when:
        written = phrase(said.when)
    first, last = row.correction.calendar
    return {
        "taken": row.taken,
        "title": " ".join(said.title.split()),
        "when": written,
        "when_from": first,
        "when_to": last,
        "kind": said.kind,
        "bodies": "; ".join(said.bodies),
        "phase": " ".join(said.phase.split()),
        "description": "\n".join(said.description.splitlines()),
        "conditional": said.conditional,
        "reason": row.correction.reason,
        "confirmed": sorted(row.correction.confirmed),
        "choices": {name: row.correction.choices.get(name, "hand")
                    for name in row.merged.conflicts},
    }  # fmt: skip


def sent_values(row: PreviewRow, sent: SentRow, names: BodyNames) -> dict[str, Any]:
    """The values of a row as they were sent, in the same shape."""
    assumed = {one.code for one in row.item.assumptions}
    return {
        "taken": sent.taken,
        "title": sent.title,
        "when": sent.when,
        "when_from": sent.when_from,
        "when_to": sent.when_to,
        "kind": sent.kind,
        "bodies": "; ".join(names.all_resolved(split_names(sent.bodies, names.known))),
        "phase": sent.phase,
        "description": sent.description,
        "conditional": sent.conditional,
        "reason": row.correction.reason.strip() if sent.reason is None else sent.reason,
        "confirmed": sorted(sent.confirmed & assumed),
        "choices": {name: sent.choices.get(name) or "hand" for name in row.merged.conflicts},
    }


def year_of(row: PreviewRow) -> int | None:
    """The year of corrected words that name none: the row's own, as it stands or was read."""
    for span in (row.said.when, row.now and row.now.when, row.item.said.when):
        day = span and (span.earliest or span.latest)
        if day:
            return day.year
    return None


def _rows(
    preview: ImportPreview, sent: SentPreview
) -> tuple[dict[str, RowCorrection], dict[str, dict[str, Any]]]:
    rows = {row.key: row for row in (*preview.rows, *preview.left_out)}
    found: dict[str, RowCorrection] = {}
    conflicts: dict[str, dict[str, Any]] = {}
    for key, sent_row in sent.rows.items():
        if key not in rows:
            continue
        row = rows[key]
        now, mine = shown_values(row), sent_values(row, sent_row, preview.names)
        if mine == now or sent_row.seen == digest(mine):
            continue
        if sent_row.seen == digest(now):
            found[key] = _correction(row, now, mine, preview)
        else:
            conflicts[key] = mine
    if left_out := rows.get(sent.take):
        before = found.get(left_out.key, left_out.correction)
        found[left_out.key] = replace(before, taken=True)
    if sent.confirm_all:
        _confirm_all(preview, sent.confirm_all, found)
    return found, conflicts


def _correction(
    row: PreviewRow, now: Mapping[str, Any], mine: Mapping[str, Any], preview: ImportPreview
) -> RowCorrection:
    """The row's correction with every value that is not as it was shown."""
    said: dict[str, Any] = {
        name: mine[name]
        for name in ("title", "description", "phase", "taken", "conditional", "reason")
        if mine[name] != now[name]
    }
    if mine["confirmed"] != now["confirmed"]:
        said["confirmed"] = tuple(mine["confirmed"])
    if mine["kind"] != now["kind"] and mine["kind"] in MilestoneKind.values:
        said["kind"] = mine["kind"]
    if mine["bodies"] != now["bodies"]:
        said["bodies"] = split_names(mine["bodies"], preview.names.known)
    if any(mine[name] != now[name] for name in ("when", "when_from", "when_to")):
        said["when"] = _read_words(row, mine, preview.draft.year)
        said["calendar"] = (mine["when_from"], mine["when_to"])
    if mine["choices"] != now["choices"]:
        said["choices"] = {**row.correction.choices, **mine["choices"]}
    return replace(row.correction, **said)


def _read_words(row: PreviewRow, mine: Mapping[str, Any], year: int | None) -> Reading:
    """The corrected words as a reading; what cannot be used is kept with the reason."""
    reader = TimeSpanField(
        required=False, undated=True, year=year_of(row) or year, year_parts=year_parts()
    )
    words = mine["when"]
    try:
        chosen = reader.clean([words, mine["when_from"], mine["when_to"]])
    except ValidationError as error:
        return Reading(ReadingStatus.REJECT, (), tuple(error.messages), written=words)
    spans = (chosen.span,) if chosen.span else ()
    status = ReadingStatus.OK if spans else ReadingStatus.NODATE
    return Reading(status, spans, chosen.notes, written=chosen.written)


def _confirm_all(preview: ImportPreview, code: str, found: dict[str, RowCorrection]) -> None:
    for row in preview.taken:
        if any(one.code == code for one in row.open_assumptions):
            before = found.get(row.key, row.correction)
            confirmed = tuple(sorted({*before.confirmed, code}))
            found[row.key] = replace(before, confirmed=confirmed)


# --- the rest of the page ----------------------------------------------------------------------


def _plan(preview: ImportPreview, sent: SentPreview) -> NewPlan | None:
    """What was said of a new plan, when it is not what was shown."""
    if preview.plan is not None or sent.plan is None:
        return None
    head = preview.head
    shown = NewPlan(head.title, str(head.body.uid) if head.body else "", head.kind)
    kind = sent.plan.kind if sent.plan.kind in PlanKind.values else PlanKind.STRATEGY.value
    mine = replace(sent.plan, kind=kind)
    return mine if mine != shown else None


def _bodies(preview: ImportPreview, sent: SentPreview) -> dict[str, str]:
    """Decisions about names that the preview offers, other than those shown."""
    offered = dict(preview.unknown)
    allowed = {"words", *(f"new:{kind}" for kind in NEW_BODIES)}
    allowed |= {f"body:{name}" for name in preview.names.known.values()}
    return {
        name: decision
        for name, decision in sent.bodies.items()
        if decision in allowed and offered.get(name, decision) != decision
    }


def _head(preview: ImportPreview, sent: SentPreview) -> dict[str, str]:
    """Whose words hold in the plan's head, where it is not as it was shown."""
    return {
        one.name: choice
        for one in preview.head_fields
        if (choice := sent.head.get(one.name)) in {FILE, PLAN} and choice != one.choice
    }


def _gone(preview: ImportPreview, sent: SentPreview) -> dict[str, str]:
    chosen = {one.standing.uid: sent.gone.get(one.standing.uid, "") for one in preview.gone}
    shown = {one.standing.uid: one.choice for one in preview.gone}
    return {
        uid: choice for uid, choice in chosen.items() if choice in _CHOICES and choice != shown[uid]
    }
