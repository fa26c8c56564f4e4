"""What an import would do to the plan if it were carried out now: the preview, as values.

Reads the draft, the bodies and the plan's milestones; writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan.collation import fold
from kommuneplan.core.models import Body
from kommuneplan.fingerprint import digest
from kommuneplan.timespan.span import Reading, Status
from plans.enums import Audience, MilestoneState, PlanKind
from plans.models import FrozenMilestone, ImportDraft, Milestone, Plan
from plans.readers.process_plan.draft import DraftPlan, untitled

from .merging import DocumentRow, MergedRow, MilestoneFacts, MilestoneFate, PlanMilestone, merge
from .proposals import Assumption, BodyNames, SourceItem, corrected, items, problems


@dataclass(frozen=True)
class PreviewRow:
    """A row of the document with everything the preview tells about it."""

    item: SourceItem
    merged: MergedRow
    taken: bool
    reading: Reading
    correction: Mapping[str, Any] = field(default_factory=dict)
    common_reason: str = ""

    @property
    def key(self) -> str:
        """The name of the row in forms and addresses."""
        return self.item.key

    @property
    def said(self) -> MilestoneFacts:
        """What the milestone will be."""
        return self.merged.result

    @property
    def now(self) -> MilestoneFacts | None:
        """What the milestone is, where it stands in the plan already."""
        return self.merged.standing.now if self.merged.standing else None

    @property
    def fate(self) -> MilestoneFate:
        """New, moved, changed or unchanged."""
        return self.merged.fate

    @property
    def reason(self) -> str:
        """Why a published date is moved: said for this row, or for all."""
        return self.correction.get("reason", "") or self.common_reason

    @property
    def needs_reason(self) -> bool:
        """Is this a published date that is moved?"""
        standing = self.merged.standing
        return (
            self.taken
            and self.fate is MilestoneFate.MOVED
            and bool(standing and standing.published)
        )

    @property
    def open_assumptions(self) -> list[Assumption]:
        """What was concluded and neither confirmed nor corrected; nothing of what stands."""
        if self.fate is MilestoneFate.UNCHANGED:
            return []
        settled = {*self.correction.get("confirmed", ())}
        settled |= {code for code, name in _SETTLES.items() if name in self.correction}
        return [one for one in self.item.assumptions if one.code not in settled]

    @property
    def confirmed_assumptions(self) -> list[Assumption]:
        """What the secretary has said yes to."""
        confirmed = self.correction.get("confirmed", ())
        return [one for one in self.item.assumptions if one.code in confirmed]

    @property
    def notes(self) -> list[str]:
        """What the reader remarks; of a corrected date, what is remarked of the new words."""
        if "when" not in self.correction:
            return list(self.item.notes)
        others = [note for note in self.item.notes if note not in self.item.reading.notes]
        return [*dict.fromkeys([*self.reading.notes, *others])]

    @property
    def date_is_lost(self) -> bool:
        """Were there words for a date, but no date in them that can be used?"""
        return self.said.when is None and self.reading.status not in (Status.NODATE, Status.OK)

    @property
    def problems(self) -> list[str]:
        """What hinders the row from being carried out."""
        if not self.taken:
            return []
        found = problems(self.said)
        if self.needs_reason and not self.reason:
            found.append(_("This date has been published. Write why it is moved."))
        return found


_SETTLES = {"year": "when", "kind": "kind", "body": "bodies"}


@dataclass(frozen=True)
class GoneMilestone:
    """An imported milestone that the new file does not have, and what is to be done with it."""

    standing: PlanMilestone
    choice: str

    @property
    def can_be_removed(self) -> bool:
        """Only what the public never read can be removed."""
        return not self.standing.published


@dataclass(frozen=True)
class PlanHead:
    """The plan the milestones go into: one that exists, or what a new one will be."""

    title: str
    kind: str
    body: Body | None
    body_assumed: bool = False


@dataclass(frozen=True)
class ImportPreview:
    """The whole preview. ``fingerprint`` is what the user has seen when they confirm."""

    draft: ImportDraft
    read: DraftPlan
    plan: Plan | None
    head: PlanHead
    rows: tuple[PreviewRow, ...]
    left_out: tuple[PreviewRow, ...]
    gone: tuple[GoneMilestone, ...]
    names: BodyNames
    unknown: tuple[tuple[str, str], ...]

    @property
    def taken(self) -> list[PreviewRow]:
        """The rows that will be carried out."""
        return [row for row in self.rows if row.taken]

    def count(self, *fates: MilestoneFate) -> int:
        """How many taken rows have one of these fates."""
        return sum(row.fate in fates for row in self.taken)

    @property
    def new(self) -> int:
        """How many milestones will be created."""
        return self.count(MilestoneFate.NEW)

    @property
    def changed(self) -> int:
        """How many milestones will be changed."""
        return self.count(MilestoneFate.MOVED, MilestoneFate.CHANGED)

    @property
    def ended(self) -> int:
        """How many milestones will be cancelled or removed."""
        return sum(one.choice != "keep" for one in self.gone)

    @property
    def warnings(self) -> list[str]:
        """What the reader says of the whole document; a missing title is asked for at its field."""
        return [words for words in self.read.warnings if words != untitled()]

    @property
    def open_assumptions(self) -> int:
        """How many assumptions nobody has said anything to."""
        return sum(len(row.open_assumptions) for row in self.taken)

    @property
    def moved_published(self) -> bool:
        """Is a published date moved, so that a reason is asked for?"""
        return any(row.needs_reason for row in self.rows)

    @cached_property
    def problems(self) -> list[tuple[str, str]]:
        """What hinders the import, as (anchor on the page, sentence)."""
        found = []
        if self.plan is None and not self.head.title:
            found.append(("id_title", _("The plan has no title. Write it.")))
        if self.plan is None and self.head.body is None:
            found.append(
                ("id_body", _("Choose the committee or other body that answers for the plan."))
            )
        for row in self.rows:
            found += [(f"row-{row.key}", problem) for problem in row.problems]
        return found

    @property
    def does_nothing(self) -> bool:
        """Would carrying it out change nothing at all in an existing plan?"""
        return self.plan is not None and not (self.new or self.changed or self.ended)

    @property
    def button(self) -> str:
        """The words on the button; the numbers are true."""
        parts = []
        if self.new or not (self.changed or self.ended):
            parts.append(
                ngettext("Create %(n)s milestone", "Create %(n)s milestones", self.new)
                % {"n": self.new}
            )
        if self.changed:
            parts.append(
                ngettext("change %(n)s milestone", "change %(n)s milestones", self.changed)
                % {"n": self.changed}
            )
        if self.ended:
            parts.append(
                ngettext("end %(n)s milestone", "end %(n)s milestones", self.ended)
                % {"n": self.ended}
            )
        words = ", ".join(parts)
        return words[:1].upper() + words[1:]

    @cached_property
    def fingerprint(self) -> str:
        """Changes when anything that would be written changes."""
        rows = [
            [row.key, row.fate, row.said.to_json(), row.merged.changes, row.reason]
            for row in self.taken
        ]
        gone = [[one.standing.uid, one.choice] for one in self.gone]
        head = [self.head.title, self.head.kind, self.head.body and self.head.body.pk]
        return digest([rows, gone, head, sorted(self.names.decided.items())])


# --- making it ---------------------------------------------------------------------------------


def import_preview(draft: ImportDraft, *, bodies_for_plan: Sequence[Body] = ()) -> ImportPreview:
    """The preview of a draft. ``bodies_for_plan``: those a new plan may be created for."""
    read = DraftPlan.from_json(draft.source)
    plan = draft.plan
    names = body_names(draft.corrections.get("bodies", {}))
    found = items(read)
    corrections = draft.corrections.get("rows", {})
    taken = {
        item.key: corrections.get(item.key, {}).get("taken", not item.reason) for item in found
    }
    active = [item for item in found if not item.reason or taken[item.key]]
    merged = merge(
        [_incoming(item, corrections.get(item.key, {}), names) for item in active],
        plan_milestones(plan) if plan else [],
    )
    reason = draft.corrections.get("reason", "")
    made = {row.key: row for row in merged.rows}
    rows = [
        _row(
            item, made.get(item.key), taken[item.key], corrections.get(item.key, {}), names, reason
        )
        for item in found
    ]
    choices = draft.corrections.get("gone", {})
    return ImportPreview(
        draft=draft,
        read=read,
        plan=plan,
        head=_head(draft, read, names, bodies_for_plan),
        rows=tuple(row for row in rows if row.key in made),
        left_out=tuple(row for row in rows if row.key not in made),
        gone=tuple(GoneMilestone(one, _gone_choice(one, choices)) for one in merged.gone),
        names=names,
        unknown=tuple(_unknown(rows, made, names)),
    )


def body_names(decided: Mapping[str, str]) -> BodyNames:
    """The bodies of the house by folded name and abbreviation, and what was decided of others."""
    known: dict[str, str] = {}
    bodies = list(Body.objects.all())
    for body in bodies:
        if body.abbreviation:
            known[fold(body.abbreviation)] = body.name
    for body in bodies:
        known[fold(body.name)] = body.name
    return BodyNames(known, decided)


def _incoming(item: SourceItem, correction: Mapping[str, Any], names: BodyNames) -> DocumentRow:
    said = replace(item.said, bodies=names.all_resolved(item.said.bodies))
    return DocumentRow(item.key, said, correction.get("choices", {}))


def _row(
    item: SourceItem,
    merged: MergedRow | None,
    taken: bool,
    correction: Mapping[str, Any],
    names: BodyNames,
    reason: str,
) -> PreviewRow:
    if merged is None:
        return PreviewRow(
            item, MergedRow(item.key, item.said, item.said), taken, item.reading, correction
        )
    said, reading = corrected(merged.result, correction, names)
    conflicts = tuple(name for name in merged.conflicts if name not in correction)
    merged = replace(merged, result=said, conflicts=conflicts)
    return PreviewRow(item, merged, taken, reading or item.reading, correction, reason)


def _gone_choice(standing: PlanMilestone, choices: Mapping[str, str]) -> str:
    choice = choices.get(standing.uid, "keep")
    return "cancel" if choice == "remove" and standing.published else choice


def _unknown(
    rows: Sequence[PreviewRow], made: Mapping[str, Any], names: BodyNames
) -> list[tuple[str, str]]:
    """Names no body answers to, with what was decided of each; in the order they come.

    A name that was mapped to a body is listed too, so that the choice can be changed.
    """
    found: dict[str, str] = {}
    for row in rows:
        if row.taken and row.key in made:
            written = row.correction.get("bodies", row.item.said.bodies)
            for name in written:
                if name in names.decided or not names.is_known(name):
                    found[name] = names.decided.get(name, "words")
    return list(found.items())


def _head(
    draft: ImportDraft, read: DraftPlan, names: BodyNames, bodies: Sequence[Body]
) -> PlanHead:
    if draft.plan:
        return PlanHead(draft.plan.title, draft.plan.kind, draft.plan.body)
    chosen = draft.corrections.get("plan", {})
    by_uid = {str(body.uid): body for body in bodies}
    body = by_uid.get(chosen.get("body") or "")
    assumed = None
    if body is None:
        likely = names.resolved(read.recipient)
        assumed = next((one for one in bodies if one.name == likely), None)
        assumed = assumed or (bodies[0] if len(bodies) == 1 else None)
    return PlanHead(
        title=(chosen.get("title") or read.title).strip(),
        kind=chosen.get("kind") or PlanKind.STRATEGY,
        body=body or assumed,
        body_assumed=body is None and assumed is not None,
    )


def plan_milestones(plan: Plan) -> list[PlanMilestone]:
    """The milestones of the open cycle as the merge compares them."""
    cycle = plan.open_cycle
    if cycle is None:
        return []
    rows = list(
        cycle.milestones.select_related("phase", "meeting")
        .prefetch_related("bodies")
        .order_by("position", "sort_begin", "pk")
    )
    public = set(
        FrozenMilestone.objects.filter(
            version__plan=plan, version__publications__audience=Audience.PUBLIC
        ).values_list("uid", flat=True)
    )
    return [
        PlanMilestone(
            uid=str(row.uid),
            now=milestone_facts(row),
            before=MilestoneFacts.from_json(row.imported) if row.imported else None,
            published=row.uid in public,
            planned=row.state == MilestoneState.PLANNED,
            meets=row.meeting_id is not None,
        )
        for row in rows
    ]


def milestone_facts(row: Milestone) -> MilestoneFacts:
    """The facts of a milestone in the plan."""
    names = [body.name for body in row.bodies.all()]
    return MilestoneFacts(
        title=row.title,
        description=row.description,
        when=row.takes_place,
        written=row.written,
        kind=row.kind,
        bodies=tuple([*names, row.others] if row.others else names),
        phase=row.phase.title if row.phase else "",
        conditional=row.conditional,
    )
