"""Recomputes what every frozen version promises: its blocks, its images, its index, its place in
the chain.

A version that was the newest of its plan, was never published, and was deleted with its blocks
leaves no trace here; everything else that is changed behind the program's back does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from kommuneplan.clock import local_day
from kommuneplan.core.models import StoredFile
from kommuneplan.richtext.figures import image_uids
from plans.document import plan_document as doc
from plans.document.redaction import redacted
from plans.document.told_dates import ToldDates, told_dates
from plans.enums import Audience
from plans.models import FrozenMilestone, Plan, PlanVersion, Publication, VersionBlock
from plans.models.images import uid_of

from .actions.freezing import frozen_milestones, index_columns

_ROW = (
    "position", "title", "kind", "bodies", "conditional", "state", "written", "precision",
    "modifier", "earliest_begin", "latest_begin", "earliest_end", "latest_end", "sort_begin",
    "sort_end", "begins_at", "place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was frozen: in which version, at which block, what."""

    plan: str
    version: int
    what: str
    block: str = ""

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(slots=True)
class VerificationReport:
    """What was looked at, and what was found."""

    versions: int
    blocks: int
    faults: list[Fault]


def verify() -> VerificationReport:
    """Look at every version of every plan."""
    report = VerificationReport(0, 0, [])
    for plan in Plan.objects.order_by("slug"):
        before: PlanVersion | None = None
        digests: dict[str, str | None] = {}
        told = told_dates([plan.pk])
        rows = plan.versions.order_by("number")
        for version in rows.prefetch_related("blocks", "milestones", "images__image__file"):
            version.plan = plan
            report.versions += 1
            report.blocks += len(version.blocks.all())
            report.faults += (
                Fault(plan.slug, version.number, what, block)
                for what, block in _version_faults(version, before, digests, told)
            )
            before = version
    report.faults += [*_lost_versions(), *_number_faults()]
    return report


def _version_faults(
    version: PlanVersion,
    before: PlanVersion | None,
    digests: dict[str, str | None],
    told: ToldDates,
) -> Iterator[tuple[str, str]]:
    expected = before.number + 1 if before else 1
    if version.number != expected:
        yield _("version %(number)d is missing before this one") % {"number": expected}, ""
    if version.previous_id != (before.pk if before else None):
        yield _("it does not point to the version before it"), ""
    rows = list(version.blocks.all())
    sealed = doc.version_digest(
        before.digest if before else "",
        version.seal_facts,
        [(row.anchor, row.digest) for row in rows],
    )
    if sealed != version.digest:
        yield _("the seal does not fit: facts, blocks, their order or the seal before"), ""
    try:
        document = doc.from_json(version.content)
    except (ValueError, KeyError, TypeError):
        yield _("the content cannot be read"), ""
        return
    is_written_anew = version.schema == doc.SCHEMA and doc.to_json(document) != version.content
    if is_written_anew or document.unknown:
        yield _("the content is not written as it was frozen"), ""
    yield from _block_faults(document, rows)
    yield from _index_faults(version, document, told)
    yield from _image_faults(version, document, digests)


def _image_faults(
    version: PlanVersion, document: doc.PlanDocument, digests: dict[str, str | None]
) -> Iterator[tuple[str, str]]:
    """Images that are gone or are no longer what their address, which is sealed, was made from.
    ``digests`` holds those of the files that have been read."""
    held = {str(row.image.uid): row.image.file for row in version.images.all()}
    for anchor, html in document.html():
        for uid in image_uids(html):
            file = held.get(uid)
            if file is None:
                yield _("an image of the text is not held by the version"), anchor
                continue
            name = file.content.name
            if name not in digests:
                digests[name] = _digest(file)
            digest = digests[name]
            if digest is None:
                yield _("the file of an image is gone"), anchor
            elif str(uid_of(version.plan.uid, digest)) != uid:
                yield _("an image has been changed"), anchor


def _digest(file: StoredFile) -> str | None:
    try:
        with file.content.open("rb") as stored:
            return hashlib.sha256(stored.read()).hexdigest()
    except OSError:
        return None


def _block_faults(
    document: doc.PlanDocument, rows: list[VersionBlock]
) -> Iterator[tuple[str, str]]:
    content = list(doc.blocks(document))
    sealed = {row.anchor: row for row in rows}
    gone = {row.anchor: local_day(row.redacted_at) for row in rows if row.redacted_at}
    if gone and redacted(document, gone) != document:
        yield _("words stand where words were hidden"), ""
    for anchor, kind, text in content:
        row = sealed.get(anchor)
        if row is None:
            yield _("the content has a block that was not frozen"), anchor
        elif row.redacted_at is None and doc.block_digest(row.salt, text) != row.digest:
            yield _("the block has been changed"), anchor
        elif row.redacted_at is not None and doc.block_digest("", text) != row.left_digest:
            yield _("what was left where words were hidden has been changed"), anchor
        elif row.kind != kind:
            yield _("the block is registered as something else"), anchor
    there = [anchor for anchor, _kind, _text in content]
    for anchor in sealed.keys() - set(there):
        yield _("a frozen block is gone from the content"), anchor
    if sorted(there) == sorted(sealed) and there != [row.anchor for row in rows]:
        yield _("the blocks stand in another order"), ""
    if [row.position for row in rows] != list(range(len(rows))):
        yield _("the places of the blocks have gaps"), ""


def _index_faults(
    version: PlanVersion, document: doc.PlanDocument, told: ToldDates
) -> Iterator[tuple[str, str]]:
    for column, value in index_columns(document).items():
        if getattr(version, column) != value:
            yield (
                _("the index says something else than the content: %(column)s")
                % {"column": column},
                "",
            )
    expected = {str(row.uid): _row(row) for row in frozen_milestones(version, document, told)}
    stored = {str(row.uid): _row(row) for row in version.milestones.all()}
    # A consultation that the document knows nothing of is told beside it while it is asked about.
    beside = told.keys() - {line.uid for line in document.process_plan.milestones}
    for uid in sorted((expected.keys() | stored.keys()) - beside):
        if expected.get(uid) != stored.get(uid):
            yield _("the milestone in the calendar is not the one in the content"), uid


def _row(row: FrozenMilestone) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _ROW)


def _lost_versions() -> Iterator[Fault]:
    """Versions that publications, or the history of publications, remember and that are gone."""
    there = set(PlanVersion.objects.values_list("pk", flat=True))
    plans = dict(Plan.objects.values_list("pk", "slug"))
    remembered = {
        *Publication.objects.values_list("version_id", "plan_id"),
        *Publication.history.values_list("version_id", "plan_id"),
    }
    for version, plan in sorted(remembered):
        if version not in there:
            yield Fault(plans.get(plan, "?"), 0, _("a version that was published is gone"))


def _number_faults() -> Iterator[Fault]:
    """Versions that everybody can read, could read or will, without a public number; and numbers
    of those that nobody ever could."""
    seen = Publication.objects.filter(audience=Audience.PUBLIC).exclude(
        withdrawn_at__isnull=False, withdrawn_at__lte=F("visible_from")
    )
    rows = PlanVersion.objects.annotate(seen=Exists(seen.filter(version=OuterRef("pk"))))
    wrong = rows.filter(Q(seen=True, public_number=None) | Q(seen=False, public_number__gt=0))
    for plan, number in wrong.order_by("plan", "number").values_list("plan__slug", "number"):
        yield Fault(plan, number, _("its public number and its publications do not fit"))
