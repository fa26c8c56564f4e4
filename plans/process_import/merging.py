"""A process plan that was read, the corrections, and the plan as it is now, merged into one value:
what is previewed is what is applied. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kommuneplan.core.models import Body
from plans.enums import PlanKind
from plans.models import ImportDraft
from plans.readers.process_plan.draft import DraftPlan

from .corrections import PlanCorrections, RowCorrection
from .plan_head import head_fields
from .plan_process import PlanProcess, plan_process
from .preview import GoneMilestone, ImportPreview, PlanHead, PreviewRow
from .proposals import BodyNames, SourceItem, corrected, items
from .three_way import DocumentRow, MergedRow, PlanMilestone, merge


def import_preview(draft: ImportDraft, *, bodies_for_plan: Sequence[Body] = ()) -> ImportPreview:
    """The import as it stands, laid over its plan as it is now. ``bodies_for_plan``: those a new
    plan may be created for."""
    return merged(
        draft,
        DraftPlan.from_json(draft.source),
        PlanCorrections.from_json(draft.corrections),
        plan_process(draft.plan, offered_bodies=bodies_for_plan),
    )


def merged(
    draft: ImportDraft, read: DraftPlan, corrections: PlanCorrections, standing: PlanProcess
) -> ImportPreview:
    """What the document, with the corrections, makes of the plan."""
    names = BodyNames(standing.known_bodies, corrections.bodies)
    found = items(read)
    taken = {item.key: _is_taken(item, corrections.row(item.key)) for item in found}
    three_way = merge(
        [
            _document_row(item, corrections.row(item.key), names)
            for item in found
            if taken[item.key] or not item.reason
        ],
        standing.milestones,
    )
    by_key = {row.key: row for row in three_way.rows}
    rows = [_row(item, by_key.get(item.key), taken[item.key], corrections, names) for item in found]
    merged_rows = tuple(row for row in rows if row.key in by_key)
    return ImportPreview(
        draft=draft,
        read=read,
        corrections=corrections,
        plan=standing.plan,
        head=_head(read, corrections, standing, names),
        rows=merged_rows,
        left_out=tuple(row for row in rows if row.key not in by_key),
        gone=tuple(
            GoneMilestone(one, _gone_choice(one, corrections.gone)) for one in three_way.gone
        ),
        names=names,
        unknown=tuple(_unknown(merged_rows, names).items()),
        head_fields=tuple(head_fields(standing.plan, read, corrections.head))
        if standing.plan
        else (),
    )


def _is_taken(item: SourceItem, correction: RowCorrection) -> bool:
    return not item.reason if correction.taken is None else correction.taken


def _document_row(item: SourceItem, correction: RowCorrection, names: BodyNames) -> DocumentRow:
    said = replace(item.said, bodies=names.all_resolved(item.said.bodies))
    return DocumentRow(item.key, said, correction.choices)


def _row(
    item: SourceItem,
    row: MergedRow | None,
    taken: bool,
    corrections: PlanCorrections,
    names: BodyNames,
) -> PreviewRow:
    correction = corrections.row(item.key)
    if row is None:
        untouched = MergedRow(item.key, item.said, item.said)
        return PreviewRow(item, untouched, taken, item.reading, correction)
    said, reading = corrected(row.result, correction, names)
    conflicts = tuple(name for name in row.conflicts if not correction.says(name))
    row = replace(row, result=said, conflicts=conflicts)
    return PreviewRow(item, row, taken, reading or item.reading, correction, corrections.reason)


def _gone_choice(milestone: PlanMilestone, choices: Mapping[str, str]) -> str:
    choice = choices.get(milestone.uid, "keep")
    return "cancel" if choice == "remove" and milestone.published else choice


def _unknown(rows: Sequence[PreviewRow], names: BodyNames) -> dict[str, str]:
    """Names no body answers to, with what was decided of each; in the order they come.

    A name that was mapped to a body is listed too, so that the choice can be changed.
    """
    found: dict[str, str] = {}
    for row in rows:
        if not row.taken:
            continue
        corrected_names = row.correction.bodies
        for name in row.item.said.bodies if corrected_names is None else corrected_names:
            if name in names.decided or not names.is_known(name):
                found[name] = names.decided.get(name, "words")
    return found


def _head(
    read: DraftPlan, corrections: PlanCorrections, standing: PlanProcess, names: BodyNames
) -> PlanHead:
    if standing.plan:
        return PlanHead(standing.plan.title, standing.plan.kind, standing.plan.body)
    chosen, offered = corrections.plan, standing.offered_bodies
    body = next((one for one in offered if str(one.uid) == chosen.body), None)
    assumed = None if body else _likely_body(read, offered, names)
    return PlanHead(
        title=(chosen.title or read.title).strip(),
        kind=chosen.kind or PlanKind.STRATEGY,
        body=body or assumed,
        body_assumed=assumed is not None,
    )


def _likely_body(read: DraftPlan, offered: Sequence[Body], names: BodyNames) -> Body | None:
    """The body the document is addressed to, or the only one there is a choice of."""
    likely = names.resolved(read.recipient)
    named = next((one for one in offered if one.name == likely), None)
    return named or (offered[0] if len(offered) == 1 else None)
