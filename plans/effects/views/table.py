"""The room *Forandringsteori*: the table with what is missing, and the picture of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kommuneplan.access import signed_in
from plans.models import Plan

from ..access import plan_of_chain
from ..forms import EffectThemeTitleForm
from ..page import effect_table
from ..theme_view import theme_views
from ..words import column_heads


@signed_in
@require_safe
def chain(request: HttpRequest, slug: str) -> HttpResponse:
    """The table: themes, their rows, and what is missing."""
    return table_page(request, plan_of_chain(request, slug))


def table_page(
    request: HttpRequest,
    plan: Plan,
    *,
    forms: Mapping[Any, Any] | None = None,
    lines: Mapping[tuple[Any, str], Any] | None = None,
    theme_line: EffectThemeTitleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page, with the rows that are being written as forms."""
    context = {
        "plan": plan,
        "here": _("Theory of change"),
        "table": effect_table(plan, user=request.user, forms=forms, lines=lines),
        "theme_line": theme_line or EffectThemeTitleForm(),
    }
    return render(request, "plans/effects/page.html", context, status=status)


@signed_in
@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """All of it as it stands, internal rows too: picture, list and table."""
    plan = plan_of_chain(request, slug)
    table = effect_table(plan, user=request.user)
    counts: dict[str, int] = {}
    for one in table.findings:
        counts[one.uid] = counts.get(one.uid, 0) + 1
    context = {
        "plan": plan,
        "here": _("Picture"),
        "chain": table.chain,
        "views": theme_views(table.chain, column_heads(), counts),
        "findings": table.findings,
    }
    return render(request, "plans/effects/picture.html", context)
