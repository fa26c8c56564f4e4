"""Rows typed in place: a line more, a theme or a node as its form, saved, or kept beside what a
colleague has saved meanwhile. With htmx the row alone is drawn; without it the page around it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Conflict
from plans.models import EffectNode, EffectTheme, Plan

from ..access import node_to_edit, plan_of_chain, theme_to_edit
from ..actions import chain as acts
from ..building import goals_known_to
from ..forms import EffectLineForm, EffectThemeForm, EffectThemeTitleForm, NodeForm
from ..page import effect_table
from .table import table_page


@signed_in
@require_POST
def add_theme(request: HttpRequest, slug: str) -> HttpResponse:
    """A theme more, by its title."""
    plan = plan_of_chain(request, slug)
    form = EffectThemeTitleForm(request.POST)
    if not form.is_valid():
        return table_page(request, plan, theme_line=form, status=422)
    theme = acts.add_theme(plan=plan, facts=form.cleaned_data, by=request.user)
    messages.success(request, _("“%(title)s” is added.") % {"title": theme.title})
    return back(plan, f"tema-{theme.uid}")


@signed_in
@require_POST
def add_node(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """A row more in a theme, by one line; it is internal until it is marked public."""
    plan = plan_of_chain(request, slug)
    theme = theme_to_edit(plan, uid)
    form = EffectLineForm(request.POST)
    if not form.is_valid():
        kind = request.POST.get("kind", "")
        return table_page(request, plan, lines={(theme.uid, kind): form}, status=422)
    node = acts.add_node(theme=theme, by=request.user, **form.cleaned_data)
    if request.htmx:
        return _new_row(request, plan, node)
    return back(plan, f"ny-{theme.uid}-{node.kind}")


@signed_in
@require_http_methods(["GET", "POST"])
def node(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """A row as its form, and its saving; (``?luk``) the row again."""
    plan = plan_of_chain(request, slug)
    row = node_to_edit(plan, uid)
    if request.method == "GET" and "luk" in request.GET:
        return _row(request, plan, row) if request.htmx else back(plan, f"led-{row.uid}")
    above = goals_known_to(plan, request.user)
    form = NodeForm(
        request.POST if request.method == "POST" else None,
        node=row,
        above=above,
        auto_id=f"id_{str(row.uid)[:8]}_%s",
    )
    if request.method != "POST" or not form.is_valid():
        return _row_form(request, plan, row, form)
    try:
        saved = acts.edit_node(
            node=row,
            seen=form.cleaned_data["seen"],
            facts=form.facts,
            serves=form.contributions,
            by=request.user,
        )
    except Conflict as conflict:
        return _in_conflict(request, plan, row, form, conflict)
    if request.htmx:
        return _row(request, plan, saved)
    messages.success(request, _("“%(title)s” is saved.") % {"title": saved.title})
    return back(plan, f"led-{saved.uid}")


@signed_in
@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """A theme as its form, in its place on the page, and its saving."""
    plan = plan_of_chain(request, slug)
    row = theme_to_edit(plan, uid)
    form = EffectThemeForm(
        request.POST if request.method == "POST" else None,
        theme=row,
        auto_id=f"id_{str(row.uid)[:8]}_%s",
    )
    if request.method != "POST" or not form.is_valid():
        return table_page(request, plan, forms={row.uid: form}, status=page_status(form))
    try:
        acts.edit_theme(
            theme=row, seen=form.cleaned_data["seen"], facts=form.facts, by=request.user
        )
    except Conflict as conflict:
        return _in_conflict(request, plan, row, form, conflict)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.facts["title"]})
    return back(plan, f"tema-{row.uid}")


def _in_conflict(
    request: HttpRequest, plan: Plan, row: Any, form: Any, conflict: Conflict
) -> HttpResponse:
    """Both texts: what was typed in the fields, what the other saved beside it."""
    stored: Any = conflict.mine
    form.data = form.data.copy()
    form.data["seen"] = str(stored.version)
    form.conflict = form.differs(stored)
    if isinstance(row, EffectTheme):
        return table_page(request, plan, forms={row.uid: form}, status=409)
    return _row_form(request, plan, row, form, status=409)


def back(plan: Plan, anchor: str) -> HttpResponse:
    """The table, at the row in question."""
    response = redirect("plans:effects", slug=plan.slug)
    response["Location"] += f"#{anchor}"
    return response


# --- one row, for htmx -------------------------------------------------------------------------


def _row_form(
    request: HttpRequest, plan: Plan, row: EffectNode, form: NodeForm, status: int = 0
) -> HttpResponse:
    status = status or page_status(form)
    if not request.htmx:
        return table_page(request, plan, forms={row.uid: form}, status=status)
    context = _row_context(request, plan, row)
    context["form"] = form
    response = render(request, "plans/effects/row_form.html", context, status=status)
    response["HX-Retarget"] = f"#led-{row.uid}"
    response["HX-Reswap"] = "outerHTML"
    return response


def _row(request: HttpRequest, plan: Plan, row: EffectNode) -> HttpResponse:
    context = _row_context(request, plan, row)
    context["focus"] = row.uid
    return render(request, "plans/effects/row_alone.html", context)


def _new_row(request: HttpRequest, plan: Plan, row: EffectNode) -> HttpResponse:
    context = _row_context(request, plan, row)
    context["is_new"] = True
    return render(request, "plans/effects/row_alone.html", context)


def _row_context(request: HttpRequest, plan: Plan, row: EffectNode) -> dict[str, Any]:
    table = effect_table(plan, user=request.user)
    found = table.row(row.uid)
    assert found is not None  # it was loaded from this plan
    theme, part, shown = found
    return {"plan": plan, "table": table, "theme": theme, "part": part, "row": shown}
