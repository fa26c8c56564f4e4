"""Importing a process plan: begun, corrected row by row, carried out once, or discarded."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommuneplan.change_reason import because
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body, Meeting, User
from kommuneplan.core.models.municipality import year_parts
from kommuneplan.locking import Outdated
from plans.enums import MilestoneKind
from plans.imports.actions import begin, begun_before, locked, locked_open, mark_applied, save
from plans.imports.documents import UploadedDocument, document_of
from plans.lifecycle import cycles
from plans.lifecycle.usual_people import appoint_usual
from plans.models import ImportDraft, Milestone, Plan
from plans.models.imports import Incomplete
from plans.permissions import CREATE_BODY, bodies_for_new_plans
from plans.process.actions import milestones
from plans.readers.files import text
from plans.readers.files import upload as door
from plans.readers.files.messages import gettext_noop
from plans.readers.files.source import RefusedFile
from plans.readers.process_plan.draft import DraftPlan
from plans.readers.process_plan.known import Known, understood

from .corrections import NewPlan, PlanCorrections
from .known_bodies import known_bodies
from .merging import import_preview, merged
from .plan_head import head_said
from .plan_process import plan_process
from .preview import ImportPreview, PreviewRow
from .settling import SentPreview, Settled, settled
from .three_way import MilestoneFacts, MilestoneFate

NOTHING_READ = gettext_noop(
    "There is no text in it that can be read. Is it a scanned picture? Paste the text instead."
)


@dataclass(frozen=True, slots=True)
class ReadProcessPlan:
    """A document, uploaded or pasted, and the process plan that was read in it. ``year``: of
    dates that name none."""

    plan: DraftPlan
    year: int | None = None
    document: UploadedDocument | None = None
    pasted: str = ""


def read_upload(upload: UploadedFile, *, year: int | None) -> ReadProcessPlan:
    """Read an uploaded file in the sandbox. Raises RefusedFile with what to do."""
    document = document_of(upload, at_most=door.MAX_BYTES, too_large=door.too_large)
    shown, format = door.outside(document.name, document.data)
    return ReadProcessPlan(_understood(format, document.data, shown, year), year, document=document)


def read_paste(pasted: str, *, year: int | None) -> ReadProcessPlan:
    """Read a pasted text. Raises RefusedFile with what to do."""
    text.check_paste(pasted)
    return ReadProcessPlan(
        _understood("text", pasted.encode("utf-8", "replace"), "", year), year, pasted=pasted
    )


def _understood(format: str, data: bytes, name: str, year: int | None) -> DraftPlan:
    known = Known(tuple(known_bodies()), year_parts(), year)
    read = understood(format, data, name, language=get_language() or "da", known=known)
    if not read.milestones and not read.left_out:
        raise RefusedFile(NOTHING_READ)
    return read


@transaction.atomic
def begin_import(
    *,
    by: User,
    read: ReadProcessPlan,
    plan: Plan | None,
    new_plan: NewPlan | None = None,
    key: uuid.UUID | None = None,
) -> ImportDraft:
    """Keep what was handed in and what was understood of it; the plan is not touched.

    ``new_plan`` is what was said of it when there is no ``plan``. ``key`` comes with the form:
    the same form sent twice gives the same draft.
    """
    if before := begun_before(ImportDraft.objects.all(), key=key, by=by):
        return before
    said = PlanCorrections(plan=new_plan) if new_plan and plan is None else PlanCorrections()
    draft = ImportDraft(
        owner=by,
        plan=plan,
        file=read.document.stored(by=by) if read.document else None,
        pasted=read.pasted,
        year=read.year,
        source=read.plan.to_json(),
        corrections=said.to_json(),
    )
    return begin(draft, key=key, by=by)


@transaction.atomic
def save_corrections(
    *, draft: ImportDraft, sent: SentPreview, by: User
) -> tuple[ImportPreview, Settled]:
    """Settle what a page sent against the preview under the lock, and store it; gives the preview
    as it is then. So two tabs never overwrite unseen what the other has said."""
    draft = locked_open(draft)
    bodies = bodies_for_new_plans(by)
    preview = import_preview(draft, bodies_for_plan=bodies)
    result = settled(preview, sent)
    if result.corrections == preview.corrections:
        return preview, result
    draft.corrections = result.corrections.to_json()
    save(draft, by=by)
    return import_preview(draft, bodies_for_plan=bodies), result


@transaction.atomic
def apply_import(*, draft: ImportDraft, by: User, seen: str | None = None) -> Plan:
    """Carry the import out, once: the plan with its first cycle when it is new, phases,
    milestones (internal), bodies as confirmed, moved dates with their reason.

    A second call gives the same plan and writes nothing. ``seen`` is the fingerprint of the
    preview that was confirmed: Outdated when plan or corrections have moved on since. Raises
    Incomplete with what hinders, NotOpen when the draft was discarded.
    """
    draft = locked(draft)
    if draft.is_applied:
        return draft.plan
    if draft.plan_id:
        draft.plan = Plan.objects.select_for_update().get(pk=draft.plan_id)
    preview = import_preview(draft, bodies_for_plan=bodies_for_new_plans(by))
    if seen is not None and seen != preview.fingerprint:
        raise Outdated
    if preview.problems:
        raise Incomplete(preview.problems)
    with because(_source(draft)):
        draft.plan = preview.plan or _new_plan(preview, by)
        _carry_out(preview, draft.plan, by)
    mark_applied(draft, by=by)
    return draft.plan


@transaction.atomic
def import_file(
    *, plan: Plan, name: str, read: DraftPlan, year: int | None, by: User | None
) -> ImportPreview:
    """Import a file into a plan without anybody looking: assumptions are accepted, what the file
    no longer has is kept, what was done by hand stays. Gives what was done.

    Published dates that move get the name of the file as their reason. Raises Incomplete.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    accepted = PlanCorrections(reason=_("According to %(file)s.") % {"file": name})
    preview = merged(ImportDraft(plan=plan, year=year), read, accepted, plan_process(plan))
    if preview.problems:
        raise Incomplete(preview.problems)
    with because(_("Imported from %(file)s.") % {"file": name}):
        _carry_out(preview, plan, by)
    return preview


def _source(draft: ImportDraft) -> str:
    """Where the rows come from, for their history."""
    if draft.file is None:
        return _("Imported from pasted text.")
    return _("Imported from %(file)s.") % {"file": draft.file.name}


def _new_plan(preview: ImportPreview, by: User) -> Plan:
    plan = Plan(
        title=preview.head.title[:300],
        kind=preview.head.kind,
        body=preview.head.body,
        **head_said(preview.read),
    )
    plan._history_user = by
    plan.save()
    appoint_usual(plan=plan, by=by)
    return plan


def _carry_out(preview: ImportPreview, plan: Plan, by: User | None) -> None:
    cycle = cycles.cycle_to_edit(plan)
    if cycle is None:
        sentence = _(
            "The work on this plan has ended. Open a revision before a process plan is imported."
        )
        raise Incomplete([("head-title", sentence)])
    _take_head(preview, plan, by)
    bodies = _bodies(preview, by)
    standing = {
        str(row.uid): row for row in cycle.milestones.select_for_update().prefetch_related("bodies")
    }
    meeting = Meeting.objects.filter(uid=preview.corrections.meeting or None).first()
    for place, row in enumerate(preview.rows):
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
    for one in preview.gone:
        milestone = standing[one.standing.uid]
        if milestone.follows_consultation:
            continue  # a consultation that was announced is withdrawn, not left out of a file
        if one.choice == "cancel":
            milestones.cancel_milestone(milestone=milestone, by=by)
        elif one.choice == "remove":
            milestones.delete_milestone(milestone=milestone, by=by)


def _take_head(preview: ImportPreview, plan: Plan, by: User | None) -> None:
    """What was chosen of the file's words about the plan itself."""
    if not preview.head_taken:
        return
    for one in preview.head_taken:
        setattr(plan, one.name, one.said)
    plan._history_user = by
    plan.save()


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


def _bodies(preview: ImportPreview, by: User | None) -> dict[str, Body]:
    """Every body by name; those that were confirmed as new are created first."""
    for name, _decision in preview.unknown:
        kind = preview.names.becomes(name)
        if kind and not preview.names.is_known(name):
            if by is None or not by.has_perm(CREATE_BODY):
                continue
            body = Body(name=name[:200], kind=BodyKind(kind))
            body._history_user = by
            body.save()
    return {body.name: body for body in Body.objects.all()}
