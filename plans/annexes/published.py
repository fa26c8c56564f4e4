"""An annex as everybody reads it, or as it stands in a frozen version: found through publications
and versions alone, never through the live rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from kommuneplan.core.models import StoredFile
from kommuneplan.core.virus_scanner import safe_states
from plans.document.plan_document import from_json
from plans.models import AnnexFile, Publication
from plans.public.publications import published

from .lines import KEY, AnnexLine, line_in


@dataclass(frozen=True, slots=True)
class PublishedAnnex:
    """An annex in a version that everybody may open; ``title``: of the plan, as it was frozen."""

    line: AnnexLine
    slug: str
    title: str
    number: int
    is_newest: bool


def newest_annex(slug: str, uid: UUID, *, at: dt.datetime) -> PublishedAnnex | None:
    """As it stands in what is published now."""
    return _found(published(at=at).filter(plan__slug=slug), slug, uid, is_newest=True)


def annex_in(slug: str, number: int, uid: UUID, *, at: dt.datetime) -> PublishedAnnex | None:
    """As it stands in a version by its number."""
    newest = published(at=at).filter(plan__slug=slug, version__public_number=number)
    rows = _open(slug, at).filter(version__public_number=number)
    return _found(rows, slug, uid, is_newest=newest.exists())


def last_with(slug: str, uid: UUID, *, at: dt.datetime) -> int | None:
    """The number of the newest open version in which an annex stands, where it stands in none that
    holds now."""
    for row in _open(slug, at).newest_first():
        found = _found(Publication.objects.filter(pk=row.pk), slug, uid, is_newest=False)
        if found:
            return found.number
    return None


def _open(slug: str, at: dt.datetime) -> QuerySet[Publication]:
    rows = Publication.objects.published(at=at)
    return rows.filter(plan__slug=slug, plan__retired_at__isnull=True)


def _found(
    rows: QuerySet[Publication], slug: str, uid: UUID, *, is_newest: bool
) -> PublishedAnnex | None:
    row = rows.values_list("version__content", "version__title", "version__public_number").first()
    if row is None:
        return None
    content, title, number = row
    line = annex_line(content, uid)
    return line and PublishedAnnex(line, slug, title, number, is_newest)


def annex_line(content: str, uid: UUID) -> AnnexLine | None:
    """An annex in the content of a version."""
    return line_in(from_json(content).more.get(KEY, ()), str(uid))


def file_of(line: AnnexLine) -> StoredFile | None:
    """The bytes that a line names, as they were when it was frozen; None where the scanner has
    refused them since."""
    if not line.file:
        return None
    rows = AnnexFile.objects.filter(uid=line.file, file__sha256=line.sha256)
    found = rows.filter(file__scan_state__in=safe_states()).select_related("file").first()
    return found and found.file
