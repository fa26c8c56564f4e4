"""What those who handle a round are told: that responses have come in, that remarks are theirs.

Nothing is said but how many; what anybody has written, and who, stands behind the link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from consultations.enums import LateDecision
from consultations.models import Response, Round
from kommuneplan.core.models import Notice, User
from kommuneplan.core.notices.kinds import NoticeKind, NoticeLine, register_notice

RESPONSES = "consultations.responses"
ASSIGNED = "consultations.assigned"


def _rounds(user: User, notices: Sequence[Notice]) -> dict[object, Round]:
    """The rounds of the notices that still run and that the person works with."""
    rows = Round.objects.standing().readable_by(user)
    rows = rows.filter(
        uid__in=[one.thing for one in notices],
        cycle__closed_at__isnull=True,
        plan__retired_at__isnull=True,
    )
    return {row.uid: row for row in rows.select_related("plan")}


def responses(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """Rounds to which something has come in that stands and nobody has gone through."""
    rounds = _rounds(user, notices)
    left = Response.objects.to_go_through().filter(round__in=[one.pk for one in rounds.values()])
    counted = left.order_by().values_list("round").annotate(n=Count("pk"))
    number: dict[int, int] = dict(counted)
    lines = {}
    for one in notices:
        row = rounds.get(one.thing)
        if row is not None and number.get(row.pk):
            said = ngettext(
                "Responses have come in; %(n)d is not gone through",
                "Responses have come in; %(n)d are not gone through",
                number[row.pk],
            ) % {"n": number[row.pk]}
            address = reverse("consultations:responses", args=[row.plan.slug, row.uid])
            lines[one.pk] = NoticeLine(said, address, row.plan.title)
    return lines


def assigned(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """Rounds with remarks that are the person's to answer, still."""
    rounds = _rounds(user, notices)
    wanted = user_remarks(user)
    counted = Round.objects.filter(pk__in=[one.pk for one in rounds.values()]).annotate(
        n=Count("remarks", filter=wanted)
    )
    number: dict[int, int] = dict(counted.order_by().values_list("pk", "n"))
    lines = {}
    for one in notices:
        row = rounds.get(one.thing)
        if row is not None and number.get(row.pk):
            said = ngettext(
                "%(n)d remark is yours to answer",
                "%(n)d remarks are yours to answer",
                number[row.pk],
            ) % {"n": number[row.pk]}
            address = reverse("consultations:remark-list", args=[row.plan.slug, row.uid])
            mine = f"{address}?ansvarlig=mig&stand=aaben"
            lines[one.pk] = NoticeLine(said, mine, row.plan.title)
    return lines


def user_remarks(user: User) -> Q:
    """Of a round's remarks those that wait for a person's answer."""
    stands = Q(remarks__response__withdrawn_at__isnull=True) & ~Q(
        remarks__response__late_decision=LateDecision.REFUSED
    )
    return Q(
        Q(remarks__response__isnull=True) | stands,
        remarks__assignee=user,
        remarks__handled_at__isnull=True,
        remarks__same_as__isnull=True,
        remarks__retired_at__isnull=True,
    )


def register_notices() -> None:
    """Called once, when the app is ready."""
    register_notice(
        NoticeKind(
            RESPONSES,
            gettext_lazy("responses to a consultation that I see to have come in"),
            responses,
        )
    )
    register_notice(
        NoticeKind(ASSIGNED, gettext_lazy("remarks are given to me to answer"), assigned)
    )
