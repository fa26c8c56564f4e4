"""What became of the paragraphs that remarks were to change: looked up each time the text of the
plan is frozen. A paragraph that is gone is an answer too, and so is one that stands unchanged."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from simple_history.utils import bulk_update_with_history

from consultations.models import Remark, Round
from plans.document import plan_document as doc
from plans.enums import Part, Stage
from plans.models import Cycle, PlanVersion

from ..changes import Words, change, words_of

STAGES = frozenset({Stage.SUBMITTED, Stage.CONSULTATION, Stage.ADOPTED})


def resolve_changes(version: PlanVersion, document: doc.PlanDocument) -> None:
    """Told by the freezing of a version, in its transaction: note on each remark of the rounds
    before it, in the same cycle, what its paragraph has become."""
    if version.stage not in STAGES or Part.TEXT not in version.parts:
        return
    newest = Cycle.objects.filter(plan=OuterRef("plan")).order_by("-number").values("pk")[:1]
    rounds = Round.objects.filter(plan=version.plan_id, frozen__number__lt=version.number)
    after = None
    for round in rounds.filter(cycle=Subquery(newest)).select_related("frozen"):
        rows = list(wanting(round).select_for_update())
        if rows:
            after = after if after is not None else words_of(document)
            _resolve(round, rows, version, after)


def wanting(round: Round) -> QuerySet[Remark]:
    """The remarks of a round that name a paragraph that is to change."""
    return round.remarks.filter(retired_at__isnull=True).exclude(wanted_anchor="")


def _resolve(round: Round, rows: list[Remark], version: PlanVersion, after: Words) -> None:
    before = words_of(doc.from_json(round.frozen.content))
    for row in rows:
        found = change(before, after, row.wanted_anchor)
        row.changed_in = version
        row.change = found.kind if found else ""
        row.changed_anchor = row.wanted_anchor if row.wanted_anchor in after else ""
        row.version += 1
    names = ["changed_in", "change", "changed_anchor", "version"]
    bulk_update_with_history(rows, Remark, names, batch_size=200, default_user=version.frozen_by)
