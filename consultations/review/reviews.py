"""What has to be decided of responses, asked of the tables: of one, of many, of a list's page."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import (
    Count,
    Exists,
    JSONField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    Window,
)

from consultations.enums import PublicationState
from consultations.models import (
    Attachment,
    KeptFinding,
    Redaction,
    Response,
    ResponseRevision,
    Round,
)
from kommuneplan.core.house_names import HouseNames
from kommuneplan.core.models import Municipality

from .response_review import Clearance, KeptKey

BATCH = 100  # responses looked through at once


def with_parts(responses: QuerySet[Response]) -> QuerySet[Response]:
    """Responses with what ``clearances`` needs of them, in a fixed number of queries."""
    return responses.prefetch_related(
        Prefetch("revisions", ResponseRevision.objects.order_by("-number")),
        Prefetch(
            "redactions",
            Redaction.objects.filter(lifted_at__isnull=True)
            .select_related("revision", "by")
            .order_by("place", "begins", "pk"),
        ),
        Prefetch("kept_findings", KeptFinding.objects.select_related("by")),
        Prefetch(
            "attachments",
            Attachment.objects.select_related("file", "published", "decided_by").order_by("pk"),
        ),
    )


def clearances(responses: Iterable[Response]) -> list[Clearance]:
    """What has to be decided of each of some responses (``with_parts``)."""
    house = Municipality.current()
    return [_clearance(row, house) for row in responses]


def plain_waiting(
    round: Round, *, numbers: Collection[int] | None = None, most: int | None = None
) -> list[Clearance]:
    """The waiting responses of a round in which nothing at all was found, by number: what may be
    cleared without looking at each by itself. ``numbers``: of these alone; ``most``: the first."""
    waiting = round.responses.standing().filter(publication_state=PublicationState.WAITING)
    if numbers is not None:
        waiting = waiting.filter(number__in=list(numbers))
    rows = with_parts(waiting.order_by("number"))
    found: list[Clearance] = []
    for first in itertools.count(0, BATCH):
        batch = list(rows[first : first + BATCH])
        found += [one for one in clearances(batch) if one.is_plain]
        if len(batch) < BATCH or (most is not None and len(found) >= most):
            break
    for one in found:
        one.response.round = round
    return found[:most]


def with_newest(responses: QuerySet[Response]) -> QuerySet[Response]:
    """Responses with what their sender last left of them (``newest_content``), for ``listed``."""
    newest = ResponseRevision.objects.filter(response=OuterRef("pk")).order_by("-number")
    return responses.annotate(
        newest_pk=Subquery(newest.values("pk")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
        newest_content=Subquery(newest.values("content")[:1], output_field=JSONField()),
        has_annexes=Exists(Attachment.objects.filter(response=OuterRef("pk"))),
    )


def in_a_list(responses: QuerySet[Response]) -> QuerySet[Response]:
    """The same with ``total`` (how many there are): what a page of a list needs in one query."""
    return with_newest(responses).annotate(total=Window(Count("*")))


def listed(rows: Sequence[Any], house: Municipality) -> list[Clearance]:
    """What has to be decided of each response of a page (``with_newest``), in one query; in one
    more where there are annexes, and one where words had been taken out before the sender
    corrected a response."""
    keys, names = [row.pk for row in rows], HouseNames(house)
    annexes: dict[int, list[Attachment]] = {}
    holding = [row.pk for row in rows if row.has_annexes]
    files = Attachment.objects.filter(response__in=holding).select_related("file", "published")
    for annex in files.order_by("pk"):
        annexes.setdefault(annex.response_id, []).append(annex)
    redactions, kept = _decided(keys)
    newest = {row.newest_pk for row in rows}
    old = {one.revision_id for many in redactions.values() for one in many} - newest
    before = ResponseRevision.objects.in_bulk(old) if old else {}
    found = []
    for row in rows:
        revision = ResponseRevision(
            pk=row.newest_pk, response=row, number=row.newest_number, content=row.newest_content
        )
        taken_out = redactions.get(row.pk, [])
        for one in taken_out:
            one.revision = before.get(one.revision_id, revision)
        found.append(
            Clearance(
                response=row,
                revision=revision,
                redactions=[one for one in taken_out if one.revision_id == revision.pk],
                earlier=[one for one in taken_out if one.revision_id != revision.pk],
                kept=kept.get(row.pk, set()),
                handed_in=annexes.get(row.pk, []),
                house=house,
                house_names=names,
            )
        )
    return found


def _decided(keys: list[int]) -> tuple[dict[int, list[Redaction]], dict[int, set[KeptKey]]]:
    """What is taken out and what is left in of some responses, by response; in one query. The
    redactions are copies that know their place alone."""
    nothing, number = Value(""), Value(0)
    out = Redaction.objects.filter(response__in=keys, lifted_at__isnull=True).order_by()
    kept = KeptFinding.objects.filter(response__in=keys).order_by()
    rows = out.values_list(
        "response_id", "revision_id", "place", "begins", "ends", "ground", nothing
    ).union(
        kept.values_list("response_id", number, "place", number, number, "kind", "digest"),
        all=True,
    )
    redactions: dict[int, list[Redaction]] = {}
    left_in: dict[int, set[KeptKey]] = {}
    for response, revision, place, begins, ends, word, digest in rows:
        if digest:
            left_in.setdefault(response, set()).add((place, word, digest))
        else:
            row = Redaction(
                response_id=response, revision_id=revision, place=place,
                begins=begins, ends=ends, ground=word,
            )  # fmt: skip
            redactions.setdefault(response, []).append(row)
    return redactions, left_in


def clearance(response: Response) -> Clearance:
    """What has to be decided of one response, asked anew."""
    row = with_parts(Response.objects.filter(pk=response.pk)).get()
    row.round = response.round
    return _clearance(row, Municipality.current())


def _clearance(row: Response, house: Municipality) -> Clearance:
    revision = row.revisions.all()[0]
    revisions = {one.pk: one for one in row.revisions.all()}
    redactions: Sequence[Redaction] = row.redactions.all()
    for one in redactions:
        one.revision = revisions[one.revision_id]
    return Clearance(
        response=row,
        revision=revision,
        redactions=[one for one in redactions if one.revision_id == revision.pk],
        earlier=[one for one in redactions if one.revision_id != revision.pk],
        kept={(one.place, one.kind, one.digest) for one in row.kept_findings.all()},
        handed_in=list(row.attachments.all()),
        house=house,
    )
