"""Words that remarks quote from the draft that was sent out, when they are hidden in that draft.

What a sender's receipt is the seal of (``ResponseRevision``) stays as it was received, and is read
by those alone who may read originals.
"""

from __future__ import annotations

from collections.abc import Collection

from consultations.models import DraftRemark, Remark
from plans.models import PlanVersion
from plans.versions.actions import redacting


def overwrite(version: PlanVersion, anchors: Collection[str], said: str) -> None:
    """Let every remark on these blocks of a version quote ``said``, in its history too."""
    DraftRemark.objects.filter(draft__round__frozen=version, anchor__in=anchors).update(quote=said)
    remarks = Remark.objects.filter(round__frozen=version, anchor__in=anchors).exclude(quote="")
    for remark in remarks.select_for_update():
        remark.quote = said
        remark.save()
    Remark.history.filter(round__frozen=version, anchor__in=anchors).exclude(quote="").update(
        quote=said
    )


def register_quotes() -> None:
    """Called once, when the app is ready."""
    redacting.register_quoting(overwrite)
