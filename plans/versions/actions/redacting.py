"""Personal data taken out of versions that are frozen, published or not.

The words and the salt of a block are destroyed, so that nobody can ever show or guess them; the
digest stays, so that the chain of versions still verifies. Words that were quoted from the block
go too. What stands in the draft is left to those who write it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import transaction

from kommuneplan import clock
from kommuneplan.core.models import User
from kommuneplan.core.privacy import hidden
from kommuneplan.core.site.page_cache import forget_pages
from kommuneplan.richtext.figures import image_uids
from plans.document import plan_document as doc
from plans.document.redaction import redacted, removed_words
from plans.document.told_dates import told_dates
from plans.models import (
    FrozenMilestone,
    Plan,
    PlanVersion,
    PrivateNote,
    Question,
    Redaction,
    VersionBlock,
    VersionImage,
)
from plans.public.searched import PLANS
from plans.public_search.indexing import refresh

from ..redaction_preview import BlockChoice, look
from .freezing import frozen_milestones, index_columns

BLOCKS = "plans.blocks"
"""What the ledger calls the blocks of a version that have lost their words."""

Quoting = Callable[[PlanVersion, Collection[str], str], None]
_quoting: list[Quoting] = []


class NothingToHide(Exception):
    """The blocks are gone already, or are not of this version: nothing was done."""


def register_quoting(quoting: Quoting) -> None:
    """Called in ``ready()`` by an app that keeps words quoted from frozen blocks: it is told of a
    version, the anchors that lost their words, and what stands there now. Twice is as once."""
    if quoting not in _quoting:
        _quoting.append(quoting)


@transaction.atomic
def redact_blocks(
    *, version: PlanVersion, anchors: Collection[str], reason: str, by: User | None
) -> Redaction:
    """Destroy the words of some blocks of a version and of their copies in the plan's other
    versions (``hiding.look``). Raises NothingToHide, ValueError without a reason.

    The plan row is locked, as for freezing: no version can carry the words over meanwhile.
    """
    reason = reason.strip()
    if not reason:
        raise ValueError("Hiding needs a reason")
    plan = Plan.objects.select_for_update().get(pk=version.plan_id)
    version = plan.versions.get(pk=version.pk)
    seen = look(version, anchors)
    if not seen.hidden:
        raise NothingToHide
    act = Redaction(
        plan=plan,
        frozen=version,
        places=seen.places,
        reason=reason,
        redacted_at=clock.now(),
        redacted_by=by,
    )
    act._history_user = by
    act.save()
    for copies in seen.hidden:
        _destroy(copies.version, copies.blocks, act)
        hidden.note(BLOCKS, copies.version.uid, anchors=_without_words(copies.version))
    refresh(PLANS, [copies.version.pk for copies in seen.hidden], takes_words=True)
    transaction.on_commit(forget_pages)  # pages have other keys now; the old ones are wiped too
    return act


def _without_words(version: PlanVersion) -> list[str]:
    gone = version.blocks.filter(redacted_at__isnull=False).order_by("anchor")
    return list(gone.values_list("anchor", flat=True))


def _destroy(version: PlanVersion, blocks: Collection[BlockChoice], act: Redaction) -> None:
    """In one version: content, index, blocks, calendar rows, images and quotes."""
    anchors = {block.anchor for block in blocks}
    day = clock.local_day(act.redacted_at)
    document = redacted(doc.from_json(version.content), dict.fromkeys(anchors, day))
    PlanVersion.objects.filter(pk=version.pk).update(
        content=doc.to_json(document), **index_columns(document)
    )
    for anchor, _kind, content in doc.blocks(document):
        if anchor in anchors:
            VersionBlock.objects.filter(version=version, anchor=anchor).update(
                salt="",
                redacted_at=act.redacted_at,
                redaction=act,
                left_digest=doc.block_digest("", content),
            )
    for row in frozen_milestones(version, document, told_dates([version.plan_id])):
        if str(row.uid) in anchors:
            FrozenMilestone.objects.filter(version=version, uid=row.uid).update(
                title=row.title, written=row.written, place=row.place
            )
    _let_go_of_images(version, document)
    _destroy_quotes(version, anchors, removed_words(day), act)


def _let_go_of_images(version: PlanVersion, document: doc.PlanDocument) -> None:
    """Images that stand in none of the version's blocks any more are no longer seen through it."""
    html = "".join(html for _anchor, html in document.html())
    VersionImage.objects.filter(version=version).exclude(image__uid__in=image_uids(html)).delete()


def _destroy_quotes(
    version: PlanVersion, anchors: Collection[str], said: str, act: Redaction
) -> None:
    """Words of the blocks that notes and questions quote, in the history of questions too."""
    quoted = {"frozen": version, "anchor__in": anchors}
    PrivateNote.objects.filter(**quoted).update(quote=said)
    questions = Question.objects.filter(**quoted)
    for question in questions:
        question.quote = said
        question._history_user = act.redacted_by
        question.save()
    Question.history.filter(id__in=[one.pk for one in questions]).update(quote=said)
    for quoting in _quoting:
        quoting(version, anchors, said)
