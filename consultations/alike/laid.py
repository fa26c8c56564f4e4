"""The groups of a round as they were last laid together: how many, and who is in one. A response
that was corrected or withdrawn since is not shown in its group until it has been looked at anew."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from consultations.enums import AlikeKind
from consultations.models import AlikeGroup, AlikeMember, Response, ResponseRevision, Round


def newest_of(round: Round) -> QuerySet[ResponseRevision]:
    """The newest revision of each response of a round that stands."""
    newer = ResponseRevision.objects.filter(
        response=OuterRef("response"), number__gt=OuterRef("number")
    )
    standing = Response.objects.filter(round=round).standing().values("pk")
    return ResponseRevision.objects.filter(~Exists(newer), response__in=standing)


def standing_members() -> QuerySet[AlikeMember]:
    """The responses of groups that stand, as their senders left them."""
    newer = ResponseRevision.objects.filter(
        response=OuterRef("response"), number__gt=OuterRef("revision__number")
    )
    standing = Response.objects.standing().values("pk")
    return AlikeMember.objects.filter(~Exists(newer), response__in=standing)


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """A group in a list: how many responses, and how many of them are still to be gone through."""

    group: AlikeGroup
    responses: int
    waiting: int


@dataclass(frozen=True, slots=True)
class AlikeResponses:
    """The groups of a round, the largest first; those that say nothing stand last."""

    lines: tuple[AlikeLine, ...] = ()

    @property
    def same(self) -> list[AlikeLine]:
        """Those that say the same."""
        return [one for one in self.lines if one.group.kind == AlikeKind.SAME]

    @property
    def nothing(self) -> AlikeLine | None:
        """Those that have no remarks."""
        return next((one for one in self.lines if one.group.kind == AlikeKind.NOTHING), None)

    @property
    def responses(self) -> int:
        """How many say the same as another."""
        return sum(one.responses for one in self.same)


def alike_responses(round: Round) -> AlikeResponses:
    """The groups of a round; in one query. A group of which one is left is none."""
    waiting = Response.objects.filter(round=round).to_go_through().values("pk")
    rows = standing_members().filter(group__round=round).order_by()
    counted = rows.values("group_id", "group__uid", "group__kind").annotate(
        n=Count("pk"), waiting=Count("pk", filter=Q(response__in=waiting))
    )
    lines = [
        AlikeLine(
            AlikeGroup(
                pk=one["group_id"], uid=one["group__uid"], kind=one["group__kind"], round=round
            ),
            one["n"],
            one["waiting"],
        )
        for one in counted
        if one["n"] > 1
    ]
    lines.sort(key=lambda one: (one.group.kind == AlikeKind.NOTHING, -one.responses, one.group.pk))
    return AlikeResponses(tuple(lines))
