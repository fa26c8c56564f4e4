"""What plans themselves let be found: plans and matters, for those who work with them and for the
members who may read them; and people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan.core.permissions import SEE_PEOPLE, people_seen_by
from plans.enums import PlanKind, Purpose
from plans.models import Matter, MatterPlan, Plan, PlanVersion
from plans.models.submitted import matters_for, versions_for
from plans.permissions import READ_AS_MEMBER

from .kinds import (
    MOST_NAMES,
    Asked,
    FoundAgain,
    Kind,
    by_keys,
    has_words,
    marked,
    named,
    register_kind,
    with_words,
)


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register_kind(Kind("planer", gettext_lazy("Plans"), 10, _plans, _plan_hits))
    register_kind(Kind("sager", gettext_lazy("Matters"), 20, _matters, _matter_hits))
    register_kind(
        Kind("udvalgets-planer", gettext_lazy("Plans of my bodies"), 30, _to_read, _read_hits)
    )
    register_kind(
        Kind("udvalgets-sager", gettext_lazy("Matters in my bodies"), 40, _treated, _treated_hits)
    )
    register_kind(Kind("personer", gettext_lazy("People"), 90, _people, _people_hits))


def _worked_with(asked: Asked) -> QuerySet[Plan]:
    return Plan.objects.filter(retired_at__isnull=True).readable_by(asked.user)


# --- for those who work with plans ----------------------------------------------------------------


def _plans(asked: Asked) -> QuerySet[Plan]:
    """By title or number, or by the words of their newest frozen version."""
    newest = PlanVersion.objects.filter(plan=OuterRef("plan")).order_by("-number").values("pk")[:1]
    frozen = PlanVersion.objects.filter(pk=Subquery(newest))
    in_text = with_words(frozen, asked.words).values("plan")
    by_name = with_words(Plan.objects.all(), asked.words).values("pk")
    rows = _worked_with(asked).filter(Q(pk__in=by_name) | Q(pk__in=in_text))
    return rows.select_related("body").order_by("sort_key", "pk")


def _plan_hits(rows: Iterable[Plan], asked: Asked) -> list[FoundAgain]:
    hits = []
    for plan in rows:
        about = f"{capfirst(PlanKind(plan.kind).label)} · {plan.body.name}"
        if not all(word in plan.search_text for word in asked.words):
            about = _("%(about)s · the words stand in its text") % {"about": about}
        hits.append(
            FoundAgain(
                marked(plan.title, asked.words), reverse("plans:overview", args=[plan.slug]), about
            )
        )
    return hits


def _matters(asked: Asked) -> list[Any]:
    """The matters of plans one works with, the newest first."""
    rows = Matter.objects.filter(plans__cycle__plan__in=_worked_with(asked)).distinct()
    return named(rows.order_by("-created_at", "-pk"), asked, "title")


def _matter_hits(keys: Iterable[Any], asked: Asked) -> list[FoundAgain]:
    rows = MatterPlan.objects.filter(
        matter__in=list(keys), cycle__plan__in=_worked_with(asked)
    ).select_related("matter", "cycle__plan")
    first: dict[int, MatterPlan] = {}
    for row in rows.order_by("-matter__created_at", "-matter", "cycle__plan__sort_key", "pk"):
        first.setdefault(row.matter_id, row)
    return [
        FoundAgain(
            marked(row.matter.title, asked.words),
            reverse("plans:matter", args=[row.cycle.plan.slug, row.matter.uid]),
            f"{row.cycle.plan.title} · {Purpose(row.matter.purpose).label}",
        )
        for row in first.values()
    ]


# --- for members ----------------------------------------------------------------------------------


def _to_read(asked: Asked) -> QuerySet[PlanVersion] | None:
    """The newest version of each plan that a member may read, and never the live plan."""
    if not asked.user.has_perm(READ_AS_MEMBER):
        return None
    readable = versions_for(asked.user, at=asked.at)
    newest = readable.filter(plan=OuterRef("plan")).order_by("-number").values("pk")[:1]
    rows = with_words(readable.filter(pk=Subquery(newest)), asked.words)
    return rows.select_related("plan").defer("content").order_by("sort_key", "pk")


def _read_hits(rows: Iterable[PlanVersion], asked: Asked) -> list[FoundAgain]:
    query = urlencode({"q": " ".join(asked.words)})
    hits = []
    for row in rows:
        page = reverse("plans:member-version", args=[row.plan.slug, row.uid])
        hits.append(FoundAgain(marked(row.title, asked.words), f"{page}?{query}", row.body_name))
    return hits


def _treated(asked: Asked) -> list[Any] | None:
    if not asked.user.has_perm(READ_AS_MEMBER):
        return None
    return named(matters_for(asked.user).order_by("-created_at", "-pk"), asked, "title")


def _treated_hits(keys: Iterable[Any], asked: Asked) -> list[FoundAgain]:
    return [
        FoundAgain(
            marked(row.title, asked.words),
            reverse("plans:member-matter", args=[row.uid]),
            str(capfirst(Purpose(row.purpose).label)),
        )
        for row in by_keys(matters_for(asked.user), keys)
    ]


# --- people ---------------------------------------------------------------------------------------


def _people(asked: Asked) -> list[Any] | None:
    """Those with an account whom one looks after."""
    if not asked.user.has_perm(SEE_PEOPLE):
        return None
    seen = people_seen_by(asked.user).order_by("name", "pk")
    rows = seen.values_list("uid", "name", "email")[:MOST_NAMES]
    return [row for row in rows if has_words(" ".join(row[1:]), asked.words)]


def _people_hits(rows: Iterable[Any], asked: Asked) -> list[FoundAgain]:
    return [
        FoundAgain(
            marked(name or email, asked.words),
            reverse("people:person", args=[uid]),
            email if name else "",
        )
        for uid, name, email in rows
    ]
