"""What stands beside a section while it is written: the remarks that want it changed. Told to those
who handle them; registered in ``ready()``, and asked by the room of the text.
"""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.text import capfirst

from consultations.enums import Proposal
from consultations.handling.remarks import gone_with_their_responses
from consultations.models import Remark
from consultations.permissions import HANDLE
from kommuneplan.core.models import User
from kommuneplan.richtext.blocks import plain
from plans.consultations import WantedChange, register_rounds
from plans.models import Plan

WITHOUT_CHANGE = (Proposal.NOT_MET, Proposal.NO_CHANGE)


def register_text_room() -> None:
    """Called once, when the app is ready."""
    register_rounds(wanted=wanted)


def wanted(plan: Plan, user: User, anchors: Collection[str]) -> list[WantedChange]:
    """The remarks of the open cycle's rounds that name one of these places as what is to change,
    unless it is proposed that nothing does; by number."""
    rows = Remark.objects.filter(
        round__plan=plan,
        round__cycle__closed_at__isnull=True,
        wanted_anchor__in=list(anchors),
        retired_at__isnull=True,
        same_as__isnull=True,
    ).exclude(proposal__in=WITHOUT_CHANGE)
    gone = gone_with_their_responses().values("pk")
    rows = rows.exclude(pk__in=gone).select_related("round", "response")
    told = []
    for row in rows.order_by("round", "number"):
        row.round.plan = plan
        if user.has_perm(HANDLE, row.round):
            told.append(_told(row, plan))
    return told


def _told(row: Remark, plan: Plan) -> WantedChange:
    if row.response is None:
        address = reverse("consultations:remark", args=[plan.slug, row.round.uid, row.uid])
    else:
        args = [plan.slug, row.round.uid, row.response.number]
        address = reverse("consultations:workbench-response", args=args) + f"#b{row.number}"
    return WantedChange(
        number=row.number,
        anchor=row.wanted_anchor,
        proposal=capfirst(str(Proposal(row.proposal).label)),
        change=row.wanted_change,
        reply=plain(row.reply),
        address=address,
    )
