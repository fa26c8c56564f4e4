"""The one door from public pages to plans: what is published, and a small public status.

Nothing here reads a live plan's text or milestones. A family is a tree of plans of which each is
known only by its current public publication.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kommuneplan.core.models import ReservedSlug
from kommuneplan.prepared import PreparedColumns
from plans.document import plan_document as doc
from plans.document.told_dates import as_given_up, told_dates, with_told_dates
from plans.enums import CycleState, PublicState
from plans.lifecycle.state import public_state
from plans.models import Cycle, Plan, Publication

from .treated import is_treated


@dataclass(frozen=True, slots=True)
class PublicPlan:
    """A published plan as lists and figures know it. ``state`` is the CycleState value that was
    frozen, ``public_state`` the PublicState value of the day; ``plan_id`` never leaves the
    house."""

    uid: str
    plan_id: int
    slug: str
    title: str
    kind: str
    state: str
    body: str
    parent_uid: str | None
    publication_id: int
    number: int
    version_id: int
    digest: str
    visible_from: dt.datetime
    repealed_on: dt.date | None
    expires_on: dt.date | None
    public_state: str = ""
    frozen_at: dt.datetime | None = None
    is_treated: bool = False


_FIELDS = {
    "uid": F("plan__uid"),
    "frozen_at": F("version__frozen_at"),
    "slug": F("plan__slug"),
    "parent_uid": F("plan__parent__uid"),
    "title": F("version__title"),
    "kind": F("version__kind"),
    "state": F("version__state"),
    "body": F("version__body_name"),
    "number": F("version__public_number"),
    "digest": F("version__digest"),
    "repealed_on": F("plan__repealed_on"),
    "expires_on": F("plan__expires_on"),
}


def published(*, at: dt.datetime) -> QuerySet[Publication]:
    """The current public publications at an instant; of plans that are not retired."""
    return Publication.objects.current(at=at).filter(plan__retired_at__isnull=True)


def with_public_state(
    publications: QuerySet[Publication], *, at: dt.datetime
) -> QuerySet[Publication]:
    """Publications with ``public_state``: where a plan stands for a reader."""
    return _STATED.added_to(publications, at=at)


def _with_public_state(at: dt.datetime) -> QuerySet[Publication]:
    # Asked once for the whole list; asked of each row, the databases go through every publication.
    replaced = _adopted(at=at).values("plan__replaces")
    replaced = replaced.filter(plan__replaces__isnull=False)
    state = public_state(at=at, is_replaced=Q(plan__in=replaced))
    return Publication.objects.annotate(public_state=state)


_STATED = PreparedColumns(_with_public_state, joined=("plan__repealed_on", "version__state"))


def _adopted(*, at: dt.datetime) -> QuerySet[Publication]:
    """Those of plans that were adopted, whether or not the adopted text is what is published."""
    adopted = Cycle.objects.filter(plan=OuterRef("plan_id"), state=CycleState.ADOPTED)
    return published(at=at).filter(Exists(adopted))


@dataclass(frozen=True, slots=True)
class Successor:
    """The plan that has replaced another."""

    title: str
    slug: str


def successors(slugs: Iterable[str], *, at: dt.datetime) -> dict[str, Successor]:
    """By the address of each replaced plan, the newest adopted and published plan in its place."""
    rows = (
        _adopted(at=at)
        .filter(plan__replaces__slug__in=list(slugs))
        .order_by("visible_from", "pk")
        .values_list("plan__replaces__slug", "version__title", "plan__slug")
    )
    return {replaced: Successor(title, slug) for replaced, title, slug in rows}


def family(slug: str, *, at: dt.datetime) -> list[PublicPlan]:
    """The published plans of the tree that the plan with this address stands in, in one query.

    Empty when there is no such plan, or nothing of its tree is published.
    """
    top = Plan.objects.filter(slug=slug).values(top=Coalesce("root_id", "pk"))[:1]
    rows = (
        with_public_state(published(at=at), at=at)
        .filter(Q(plan__root=Subquery(top)) | Q(plan=Subquery(top)))
        .order_by("plan__sort_key", "plan__pk")
        .values("version_id", "plan_id", "visible_from", publication_id=F("pk"),
                _public_state=F("public_state"), _is_treated=is_treated(),
                **{f"_{name}": source for name, source in _FIELDS.items()})
    )  # fmt: skip
    return [_public_plan(row) for row in rows]


def _public_plan(row: dict[str, object]) -> PublicPlan:
    values = {key.removeprefix("_"): value for key, value in row.items()}
    for key in ("uid", "parent_uid"):
        values[key] = str(values[key]) if values[key] else None
    return PublicPlan(**values)  # type: ignore[arg-type]


def member(plans: list[PublicPlan], slug: str) -> PublicPlan | None:
    """The plan with this address among a family."""
    return next((plan for plan in plans if plan.slug == slug), None)


def fingerprint(plans: list[PublicPlan], *more: object) -> str:
    """A short digest of a family's public state, for a cache key or an ETag."""
    parts = [f"{p.slug} {p.digest} {p.number} {p.public_state}" for p in plans]
    return hashlib.sha256("\n".join([*parts, *map(str, more)]).encode()).hexdigest()[:32]


def documents(plans: list[PublicPlan], *, on: dt.date) -> dict[str, doc.PlanDocument]:
    """The frozen documents of some published plans, by uid, with their consultations as they are
    told on a day; three queries."""
    told = told_dates([plan.plan_id for plan in plans])
    wanted = {plan.version_id: plan for plan in plans}
    rows = Publication.objects.filter(pk__in=[plan.publication_id for plan in plans])
    contents = rows.values_list("version_id", "version__content")
    found = {}
    for version, content in contents:
        plan, document = wanted[version], with_told_dates(doc.from_json(content), told, on=on)
        withdrawn = plan.public_state == PublicState.WITHDRAWN
        found[plan.uid] = as_given_up(document) if withdrawn else document
    return found


def number_now(slug: str, former: int, *, at: dt.datetime) -> int | None:
    """The number of the version that was once numbered so as well; None where none was."""
    rows = Publication.objects.published(at=at).filter(
        plan__slug=slug, plan__retired_at__isnull=True, former_number=former
    )
    return rows.values_list("version__public_number", flat=True).first()


def moved_address(slug: str, *, at: dt.datetime) -> str | None:
    """Where a published plan that once had this address is now; None when there is none."""
    owner = ReservedSlug.objects.filter(scope="plan", slug=slug).values("owner")[:1]
    return (
        published(at=at)
        .filter(plan__uid=Subquery(owner))
        .exclude(plan__slug=slug)
        .values_list("plan__slug", flat=True)
        .first()
    )
