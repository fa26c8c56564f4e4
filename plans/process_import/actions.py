"""Importing a process plan: begun, corrected row by row, carried out once, or discarded."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.change_reason import because
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body, Meeting, StoredFile, User
from kommuneplan.locking import Outdated
from plans.enums import DraftState, MilestoneKind
from plans.lifecycle import cycles
from plans.models import ImportDraft, Milestone, Plan
from plans.models.imports import Incomplete, NotOpen
from plans.permissions import CREATE_BODY, bodies_for_new_plans
from plans.process.actions import milestones
from plans.readers.process_plan.draft import DraftPlan

from .merging import MilestoneFacts, MilestoneFate
from .preview import ImportPreview, PreviewRow, import_preview


def begin_import(
    *,
    by: User,
    read: DraftPlan,
    plan: Plan | None,
    head: Mapping[str, str],
    year: int | None,
    upload: tuple[str, bytes, str] | None = None,
    pasted: str = "",
    key: uuid.UUID | None = None,
) -> ImportDraft:
    """Keep what was handed in and what was understood of it; the plan is not touched.

    ``upload`` is (name, bytes, type). ``key`` comes with the form: the same form sent twice
    gives the same draft.
    """
    with transaction.atomic():
        if key and (known := ImportDraft.objects.filter(uid=key, owner=by).first()):
            return known
        stored = StoredFile.keep(upload[0], upload[1], upload[2], by) if upload else None
        draft = ImportDraft(
            owner=by,
            plan=plan,
            file=stored,
            pasted=pasted,
            year=year,
            source=read.to_json(),
            corrections={"plan": dict(head)} if plan is None else {},
        )
        if key and not ImportDraft.objects.filter(uid=key).exists():
            draft.uid = key
        draft._history_user = by
        draft.save()
        return draft


@transaction.atomic
def save_corrections(
    *, draft: ImportDraft, settle: Callable[[ImportPreview], Mapping[str, Any]], by: User
) -> ImportPreview:
    """Store corrections, and give the preview as it is with them.

    ``settle`` is given the preview as it stands under the lock and answers with what is to be
    stored, in the shape of ``ImportDraft.corrections``: rows replace the rows of the same key,
    other parts are merged. So two tabs never overwrite what the other has said unseen.
    """
    locked = _locked_open(draft)
    bodies = bodies_for_new_plans(by)
    look = import_preview(locked, bodies_for_plan=bodies)
    kept = dict(locked.corrections)
    for part, value in settle(look).items():
        kept[part] = {**kept.get(part, {}), **value} if isinstance(value, Mapping) else value
    if kept == locked.corrections:
        return look
    locked.corrections = kept
    locked._history_user = by
    locked.save()
    return import_preview(locked, bodies_for_plan=bodies)


def _locked_open(draft: ImportDraft) -> ImportDraft:
    locked = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.state != DraftState.OPEN:
        raise NotOpen
    return locked


@transaction.atomic
def discard_import(*, draft: ImportDraft, by: User | None) -> None:
    """Put the import aside. The plan is as it was; the file is kept with the draft."""
    locked = _locked_open(draft)
    locked.state = DraftState.DISCARDED
    locked._history_user = by
    locked.save()


@transaction.atomic
def apply_import(*, draft: ImportDraft, by: User, seen: str | None = None) -> Plan:
    """Carry the import out, once: the plan with its first cycle when it is new, phases,
    milestones (internal), bodies as confirmed, moved dates with their reason.

    A second call gives the same plan and writes nothing. ``seen`` is the fingerprint of the
    preview that was confirmed: Outdated when plan or corrections have moved on since. Raises
    Incomplete with what hinders, NotOpen when the draft was discarded.
    """
    draft = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.state == DraftState.APPLIED:
        return draft.plan
    if draft.state != DraftState.OPEN:
        raise NotOpen
    if draft.plan_id:
        draft.plan = Plan.objects.select_for_update().get(pk=draft.plan_id)
    look = import_preview(draft, bodies_for_plan=bodies_for_new_plans(by))
    if seen is not None and seen != look.fingerprint:
        raise Outdated
    if look.problems:
        raise Incomplete(look.problems)
    with because(_source(draft)):
        draft.plan = look.plan or _new_plan(look, by)
        _carry_out(look, draft, by)
    draft.state = DraftState.APPLIED
    draft.applied_at = clock.now()
    draft._history_user = by
    draft.save()
    return draft.plan


@transaction.atomic
def import_file(
    *, plan: Plan, name: str, read: DraftPlan, year: int | None, by: User | None
) -> ImportPreview:
    """Import a file into a plan without anybody looking: assumptions are accepted, what the file
    no longer has is kept, what was done by hand stays. Gives what was done.

    Published dates that move get the name of the file as their reason. Raises Incomplete.
    """
    draft = ImportDraft(
        plan=Plan.objects.select_for_update().get(pk=plan.pk),
        year=year,
        source=read.to_json(),
        corrections={"reason": _("According to %(file)s.") % {"file": name}},
    )
    look = import_preview(draft)
    if look.problems:
        raise Incomplete(look.problems)
    with because(_("Imported from %(file)s.") % {"file": name}):
        _carry_out(look, draft, by)
    return look


def _source(draft: ImportDraft) -> str:
    """Where the rows come from, for their history."""
    if draft.file is None:
        return _("Imported from pasted text.")
    return _("Imported from %(file)s.") % {"file": draft.file.name}


def _new_plan(look: ImportPreview, by: User) -> Plan:
    plan = Plan(
        title=look.head.title[:300],
        kind=look.head.kind,
        body=look.head.body,
        case_number=look.read.case_number[:60],
        document_number=look.read.document_number[:60],
        document_date=look.read.document_date,
        sender_unit=look.read.sender_unit[:200],
    )
    plan._history_user = by
    plan.save()
    return plan


def _carry_out(look: ImportPreview, draft: ImportDraft, by: User | None) -> None:
    cycle = cycles.cycle_to_edit(draft.plan)
    if cycle is None:
        sentence = _(
            "The work on this plan has ended. Open a revision before a process plan is imported."
        )
        raise Incomplete([("head-title", sentence)])
    bodies = _bodies(look, by)
    standing = {
        str(row.uid): row for row in cycle.milestones.select_for_update().prefetch_related("bodies")
    }
    meeting = Meeting.objects.filter(uid=look.draft.corrections.get("meeting") or None).first()
    for place, row in enumerate(look.rows):
        if not row.taken:
            continue
        memory = row.merged.theirs.to_json()
        facts, who = _facts(row.said, bodies)
        if row.fate is MilestoneFate.NEW:
            milestones.add_milestone(
                cycle=cycle,
                facts={**facts, "position": place, "imported": memory},
                bodies=who,
                by=by,
            )
        else:
            _change(row, standing[row.merged.standing.uid], facts, who, memory, meeting, by)
    for one in look.gone:
        milestone = standing[one.standing.uid]
        if one.choice == "cancel":
            milestones.cancel_milestone(milestone=milestone, by=by)
        elif one.choice == "remove":
            milestones.delete_milestone(milestone=milestone, by=by)


def _change(
    row: PreviewRow,
    milestone: Milestone,
    facts: Mapping[str, Any],
    who: list[Body],
    memory: Mapping[str, Any],
    meeting: Meeting | None,
    by: User,
) -> None:
    """Write only what changes; a row that says nothing new leaves no trace."""
    changes = row.merged.changes
    wanted = {name: facts[name] for name in changes if name in facts}
    if "when" in changes:
        wanted["written"] = facts["written"]
    if "bodies" in changes:
        wanted["others"] = facts["others"]
    if milestone.imported != memory:
        wanted["imported"] = memory
    if wanted or "bodies" in changes:
        milestones.edit_milestone(
            milestone=milestone,
            facts=wanted,
            bodies=who if "bodies" in changes else None,
            reason=row.reason,
            meeting=meeting,
            by=by,
        )


def _facts(said: MilestoneFacts, bodies: Mapping[str, Body]) -> tuple[dict[str, Any], list[Body]]:
    """Column values of a milestone, and its bodies; names without a body stay words."""
    facts = {
        "title": said.title,
        "description": said.description,
        "when": said.when,
        "written": said.written,
        "kind": MilestoneKind(said.kind),
        "phase": said.phase,
        "conditional": said.conditional,
        "others": ", ".join(name for name in said.bodies if name not in bodies),
    }
    return facts, [bodies[name] for name in said.bodies if name in bodies]


def _bodies(look: ImportPreview, by: User | None) -> dict[str, Body]:
    """Every body by name; those that were confirmed as new are created first."""
    for name, _decision in look.unknown:
        kind = look.names.becomes(name)
        if kind and not look.names.is_known(name):
            if by is None or not by.has_perm(CREATE_BODY):
                continue
            body = Body(name=name[:200], kind=BodyKind(kind))
            body._history_user = by
            body.save()
    return {body.name: body for body in Body.objects.all()}
