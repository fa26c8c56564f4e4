"""What an import would do to the plan if it were carried out now: the preview, as values.

Made in ``merging``; nothing is asked of the database here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan.core.models import Body
from kommuneplan.fingerprint import digest
from kommuneplan.timespan.span import Reading, ReadingStatus
from plans.models import ImportDraft, Plan
from plans.readers.process_plan.draft import DraftPlan, untitled

from .corrections import PlanCorrections, RowCorrection
from .plan_head import HeadField
from .proposals import Assumption, BodyNames, SourceItem, problems
from .three_way import MergedRow, MilestoneFacts, MilestoneFate, PlanMilestone


@dataclass(frozen=True)
class PreviewRow:
    """A row of the document with everything the preview tells about it."""

    item: SourceItem
    merged: MergedRow
    taken: bool
    reading: Reading
    correction: RowCorrection = field(default_factory=RowCorrection)
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
        return self.correction.reason or self.common_reason

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
        settled = {*self.correction.confirmed}
        if self.now:  # what stands in the plan already was looked through when it came there
            settled |= {code for code, name in _SETTLES.items()
                        if getattr(self.now, name) == getattr(self.said, name)}  # fmt: skip
        settled |= {code for code, name in _SETTLES.items() if self.correction.says(name)}
        return [one for one in self.item.assumptions if one.code not in settled]

    @property
    def confirmed_assumptions(self) -> list[Assumption]:
        """What the secretary has said yes to."""
        return [one for one in self.item.assumptions if one.code in self.correction.confirmed]

    @property
    def notes(self) -> list[str]:
        """What the reader remarks; of a corrected date, what is remarked of the new words."""
        if not self.correction.says("when"):
            return list(self.item.notes)
        others = [note for note in self.item.notes if note not in self.item.reading.notes]
        return [*dict.fromkeys([*self.reading.notes, *others])]

    @property
    def date_is_lost(self) -> bool:
        """Were there words for a date, but no date in them that can be used?"""
        return self.said.when is None and self.reading.status not in (
            ReadingStatus.NODATE,
            ReadingStatus.OK,
        )

    @property
    def problems(self) -> list[str]:
        """What hinders the row from being carried out."""
        if not self.taken:
            return []
        found = problems(self.said)
        if any(one.guessed for one in self.open_assumptions):
            found.append(_("The year is a guess. Say yes to it, or correct the date."))
        if self.needs_reason and not self.reason:
            found.append(_("This date has been published. Write why it is moved."))
        return found

    def told(self, problem: str) -> str:
        """A problem with the name of its milestone, for a list of all."""
        name = " ".join(self.said.title.split())[:80]
        return (
            _("“%(title)s”: %(problem)s") % {"title": name, "problem": problem} if name else problem
        )


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
    corrections: PlanCorrections
    plan: Plan | None
    head: PlanHead
    rows: tuple[PreviewRow, ...]
    left_out: tuple[PreviewRow, ...]
    gone: tuple[GoneMilestone, ...]
    names: BodyNames
    unknown: tuple[tuple[str, str], ...]
    head_fields: tuple[HeadField, ...] = ()

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
    def head_taken(self) -> list[HeadField]:
        """What of the plan's head becomes as the file has it."""
        return [one for one in self.head_fields if one.is_taken]

    @property
    def warnings(self) -> list[str]:
        """What the reader says of the whole document; a missing title is asked for at its field."""
        return [words for words in self.read.warnings if words != untitled()]

    @property
    def open_assumptions(self) -> int:
        """How many assumptions nobody has said anything to."""
        return sum(len(row.open_assumptions) for row in self.taken)

    @property
    def lost_dates(self) -> list[PreviewRow]:
        """The rows whose date could not be read: they need a look too."""
        return [row for row in self.taken if row.date_is_lost]

    @property
    def left_out_groups(self) -> list[tuple[str, list[PreviewRow]]]:
        """What was left out, by the reason, each told once; in the order of the document."""
        groups: dict[str, list[PreviewRow]] = {}
        for row in self.left_out:
            groups.setdefault(row.item.reason, []).append(row)
        return [*groups.items()]

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
            found += [(f"row-{row.key}", row.told(problem)) for problem in row.problems]
        return found

    @property
    def does_nothing(self) -> bool:
        """Would carrying it out change nothing at all in an existing plan?"""
        done = self.new or self.changed or self.ended or self.head_taken
        return self.plan is not None and not done

    @property
    def button(self) -> str:
        """The words on the button; the numbers are true."""
        parts = []
        if self.new or not (self.changed or self.ended or self.head_taken):
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
        if many := len(self.head_taken):
            parts.append(
                ngettext("take %(n)s field over", "take %(n)s fields over", many) % {"n": many}
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
        head += [[one.name, str(one.said), str(one.now)] for one in self.head_taken]
        return digest([rows, gone, head, sorted(self.names.decided.items())])
