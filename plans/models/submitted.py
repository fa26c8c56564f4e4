"""What a member of a body may know: what has been submitted to it, and what is published.

The one source of the members' lists, pages, searches, comparisons, files and 404s. A live draft
is never in it. A member who is inhabil in a matter knows nothing of the matter, nothing of the
versions in it, and of its plans only what other matters hold and what everybody may read.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from kommuneplan.core.enums import BodyKind, Role
from kommuneplan.core.models import Body, User
from plans.enums import Audience, InsightAnswer

from .agenda import InsightRequest, ItemRecusal
from .agenda_papers import PaperAnnex
from .cycle import Cycle
from .matter import Matter, MatterPlan, Treatment
from .publication import Publication
from .reading import Recusal
from .version import PlanVersion


def bodies_of(user: User) -> list[int]:
    """The bodies a person is a member of today, by primary key."""
    return sorted(body for body, role in user.roles() if role == Role.MEMBER and body is not None)


def _recused(user: User) -> QuerySet[Recusal]:
    return Recusal.objects.filter(user=user, lifted_at__isnull=True)


def recused_plans(user: User) -> QuerySet[Cycle]:
    """The plans of the matters a member is inhabil in, as primary keys: of them they read what
    everybody reads, and nothing is added to it."""
    held = MatterPlan.history.filter(matter__in=_recused(user).values("matter"))
    return Cycle.objects.filter(pk__in=held.values("cycle_id")).values("plan")


def treatments_for(user: User) -> QuerySet[Treatment]:
    """The treatments that a member's bodies have before them, or had.

    A matter comes to a body when the bodies before it in the chain are done with it; a body that
    a closed matter never reached has not had it.
    """
    earlier = Treatment.objects.filter(
        matter=OuterRef("matter"), position__lt=OuterRef("position"), outcome=""
    )
    reached = ~Q(outcome="") | (Q(matter__closed_at__isnull=True) & ~Exists(earlier))
    return Treatment.objects.filter(reached, body__in=bodies_of(user)).exclude(
        matter__in=_recused(user).values("matter")
    )


def matters_for(user: User) -> QuerySet[Matter]:
    """The matters of those treatments."""
    return Matter.objects.filter(pk__in=treatments_for(user).values("matter"))


def versions_for(user: User, *, at: dt.datetime) -> QuerySet[PlanVersion]:
    """The frozen versions a member may read at an instant: submitted to their bodies, published
    to the members of them, or published to everybody of plans that are theirs.

    A version that amendments have replaced in a matter is still what the body had before it; the
    history of the matter's plans knows it. So is what went with a paper that was handed in.
    """
    turns = treatments_for(user)
    matters = turns.values("matter")
    barred_items = ItemRecusal.objects.filter(user=user, lifted_at__isnull=True).values("item")
    of_items = (
        Q(paper__item__own_meeting__body__in=bodies_of(user))
        & ~Q(paper__item__in=barred_items)
        & ~Q(paper__plan__in=recused_plans(user))
    )
    with_papers = PaperAnnex.objects.filter(
        Q(paper__treatment__in=turns.values("pk")) | of_items,
        version__isnull=False,
        paper__handed_in_at__isnull=False,
        paper__retired_at__isnull=True,
    )
    recused = _recused(user).values("matter")
    submitted = MatterPlan.history.filter(matter__in=matters).values("version")
    theirs = Q(plan__body__in=bodies_of(user)) | Q(plan__cycles__matters__matter__in=matters)
    everybody = Publication.objects.published(at=at).values("version")
    members = Publication.objects.published(at=at, audience=Audience.MEMBERS).values("version")
    barred = Q(plan__cycles__matters__matter__in=recused)
    allowed = (
        Q(pk__in=submitted)
        | Q(pk__in=with_papers.values("version"))
        | Q(pk__in=insight_of(user).values("versions"))
        | Q(pk__in=_of_plans(theirs, everybody))
        | Q(pk__in=_of_plans(theirs, members).exclude(pk__in=_of_plans(barred, members)))
    )
    return PlanVersion.objects.filter(allowed, plan__retired_at__isnull=True).exclude(
        pk__in=MatterPlan.history.filter(matter__in=recused).values("version")
    )


def insight_of(user: User) -> QuerySet[InsightRequest]:
    """The requests by which a member of the council was given material to see
    (kommunestyrelsesloven § 9); it ends with the seat."""
    council = Body.objects.filter(pk__in=bodies_of(user), kind=BodyKind.COUNCIL)
    given = InsightRequest.objects.filter(asked_by=user, answer=InsightAnswer.GIVEN)
    return given.filter(Exists(council))


def _of_plans(whose: Q, versions: QuerySet) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(whose, pk__in=versions).values("pk")


def body_for(user: User, version: PlanVersion) -> Body:
    """The body for which a member reads a version: the one that answers for the plan where they
    are in it, else the first of theirs in the chain that has it.

    Raises ValueError for a version they may not read.
    """
    mine = bodies_of(user)
    plan_body = version.plan.body
    if plan_body.pk in mine:
        return plan_body
    matters = Matter.objects.filter(plans__cycle__plan=version.plan_id)
    first = treatments_for(user).filter(matter__in=matters).select_related("body")
    treatment = first.order_by("position", "pk").first()
    if treatment is None and insight_of(user).filter(versions=version).exists():
        return Body.objects.filter(pk__in=mine, kind=BodyKind.COUNCIL).ranked()[0]
    if treatment is None:
        raise ValueError("The version was not submitted to any body of this member")
    return treatment.body
