"""What everybody reads of the initiatives of a plan: from its published document alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kommuneplan.clock import local_day
from kommuneplan.core.site.metadata import PageMetadata, breadcrumbs, shortened
from plans.document.plan_document import PlanDocument
from plans.public import publications
from plans.public.gone import gone

from .drawing import drawing_of
from .lines import KEY, InitiativeLine, Initiatives

Page = dict[str, Any] | HttpResponseBase


def list_page(slug: str, *, at: dt.datetime) -> Page:
    """The initiatives of a published plan. Raises Http404 where it has none."""
    plan, document, _family = _published(slug, at)
    if plan is None or document is None:
        return _elsewhere(slug, "plans:public-initiatives", at=at)
    value: Initiatives = document.more.get(KEY, ())
    if not value:
        raise Http404
    title = _("Initiatives: %(plan)s") % {"plan": document.head.title}
    path = reverse("plans:public-initiatives", args=[slug])
    return {
        "slug": slug,
        "document": document,
        "plan_title": document.head.title,
        "value": value,
        "meta": _metadata(title, path, slug, document, _("Initiatives")),
    }


def initiative_page(slug: str, uid: str, *, at: dt.datetime) -> Page:
    """One of them, with its timeline. Raises Http404 where the plan has no such initiative."""
    plan, document, family = _published(slug, at)
    if plan is None or document is None:
        return _elsewhere(slug, "plans:public-initiative", uid, at=at)
    line = next((one for one in document.more.get(KEY, ()) if one.uid == uid), None)
    if line is None:
        raise Http404
    path = reverse("plans:public-initiative", args=[slug, uid])
    own = line.own_plan.uid if line.own_plan else ""
    return {
        "slug": slug,
        "document": document,
        "plan_title": document.head.title,
        "line": line,
        "own_plan": next((one for one in family if one.uid == own), None),
        "drawing": drawing_of(document, line, today=local_day(at)),
        "meta": _metadata(line.title, path, slug, document, line.title, line),
    }


def _published(slug: str, at: dt.datetime) -> tuple[Any, PlanDocument | None, list[Any]]:
    family = publications.family(slug, at=at)
    plan = publications.member(family, slug)
    if plan is None:
        return None, None, family
    return plan, publications.documents([plan], on=local_day(at))[plan.uid], family


def _metadata(
    title: str, path: str, slug: str, document: PlanDocument, here: str,
    line: InitiativeLine | None = None,
) -> PageMetadata:  # fmt: skip
    plan = (document.head.title, reverse("plans:plan", args=[slug]))
    above = [(_("Plans"), reverse("plans:list")), plan]
    if line:
        above.append((_("Initiatives"), reverse("plans:public-initiatives", args=[slug])))
    said = _("What is done under the plan “%(plan)s”.") % {"plan": document.head.title}
    return PageMetadata(
        title=title,
        description=shortened(line.aim if line else "", said),
        path=path,
        kind="article",
        things=[breadcrumbs(*above, (here, path))],
    )


def _elsewhere(slug: str, route: str, *more: str, at: dt.datetime) -> HttpResponseBase:
    """An earlier address leads on, what was taken back says so; else Http404."""
    taken_back = gone(slug, None, at=at)
    if taken_back is not None:
        return taken_back
    moved = publications.moved_address(slug, at=at)
    if moved is None:
        raise Http404
    return redirect(route, moved, *more, permanent=True)
