"""One initiative's page, on which its rows are written: phases, activities, money, partners, links.

Without a script each row's form is the same page with that row open; what is sent goes to the row's
own address, and comes back to the page at that row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.clock import today
from kommuneplan.core.forms import SeenVersionForm, page_status
from kommuneplan.locking import Conflict
from plans.models import Initiative, Plan

from .. import queries
from ..actions import rows as acts
from ..forms.facts import FactsForm
from ..forms.rows import ROW_KINDS, RowKind
from .initiatives import initiative_to_edit


@dataclass(frozen=True, slots=True)
class RowSection:
    """A kind of rows on the page: those there are, the open one's form, and the form of a new
    one."""

    kind: RowKind
    rows: list[Any]
    open_row: Any
    form: FactsForm | None
    new: FactsForm
    new_fields: list[Any]
    conflict: list[Any] | None = None

    @property
    def template(self) -> str:
        """How a row of the kind is shown."""
        return f"plans/initiatives/row_{self.kind.many}.html"


@signed_in
@require_safe
def initiative(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """All that is known of an initiative."""
    plan, row = initiative_to_edit(request, slug, uid)
    return _page(request, plan, row)


def _page(
    request: HttpRequest, plan: Plan, initiative: Initiative, *, kind: str = "",
    open_row: Any = None, form: FactsForm | None = None, conflict: list[Any] | None = None,
    code: int = 200,
) -> HttpResponse:  # fmt: skip
    sections = [
        _section(initiative, one, open_row, form, conflict if one.key == kind else None)
        if one.key == kind
        else _section(initiative, one)
        for one in ROW_KINDS.values()
    ]
    context = {
        "plan": plan,
        "initiative": initiative,
        "here": initiative.title,
        "listed": queries.listed(initiative, today()),
        "sections": sections,
        "open": form if form is not None and form.is_bound and form.errors else None,
        "today": today(),
    }
    return render(request, "plans/initiatives/initiative.html", context, status=code)


def _section(
    initiative: Initiative, kind: RowKind, open_row: Any = None, form: FactsForm | None = None,
    conflict: list[Any] | None = None,
) -> RowSection:  # fmt: skip
    is_new = form is not None and open_row is None
    new = form if is_new and form else kind.form(initiative=initiative, auto_id=new_id(kind))
    return RowSection(
        kind=kind,
        rows=list(getattr(initiative, kind.many).all()),
        open_row=open_row,
        form=None if is_new else form,
        new=new,
        new_fields=[new[name] for name in kind.short],
        conflict=conflict,
    )


def new_id(kind: RowKind) -> str:
    """The ids of the fields of a new row: there are several forms on the page."""
    return f"ny-{kind.key}-%s"


def _kind(key: str) -> RowKind:
    if key not in ROW_KINDS:
        raise Http404
    return ROW_KINDS[key]


def _row(initiative: Initiative, kind: RowKind, uid: str) -> Any:
    row = get_object_or_404(kind.model.objects.filter(initiative=initiative), uid=uid)
    row.initiative = initiative
    return row


def _back(plan: Plan, initiative: Initiative, anchor: str) -> HttpResponse:
    page = reverse("plans:initiative", args=[plan.slug, initiative.uid])
    return redirect(f"{page}#{anchor}")


@signed_in
@require_http_methods(["GET", "POST"])
def add_row(request: HttpRequest, slug: str, uid: str, kind: str) -> HttpResponse:
    """A new row of a kind."""
    plan, initiative = initiative_to_edit(request, slug, uid)
    of = _kind(kind)
    if request.method != "POST":
        return _page(request, plan, initiative)
    form = of.form(_whole(of, request), initiative=initiative, auto_id=new_id(of))
    if not form.is_valid():
        return _page(request, plan, initiative, kind=kind, form=form, code=page_status(form))
    row = acts.add_row(initiative=initiative, model=of.model, facts=form.facts, by=request.user)
    messages.success(request, _("“%(title)s” is added.") % {"title": row})
    return _back(plan, initiative, kind)


def _whole(kind: RowKind, request: HttpRequest) -> Any:
    """What was sent, with what the line of a new row does not ask."""
    sent = request.POST.copy()
    if kind.key == "aktiviteter":
        sent.setdefault("kind", "other")
        sent.setdefault("state", "planned")
        sent.setdefault("is_public", "on")
    sent.setdefault("seen", "0")
    return sent


@signed_in
@require_http_methods(["GET", "POST"])
def edit_row(request: HttpRequest, slug: str, uid: str, kind: str, row: str) -> HttpResponse:
    """Change a row, in its place on the page."""
    plan, initiative = initiative_to_edit(request, slug, uid)
    of = _kind(kind)
    found = _row(initiative, of, row)
    sent = request.POST if request.method == "POST" else None
    form = of.form(sent, initiative=initiative, row=found)
    at: dict[str, Any] = {"kind": kind, "open_row": found, "form": form}
    if request.method != "POST" or not form.is_valid():
        return _page(request, plan, initiative, **at, code=page_status(form))
    try:
        acts.edit_row(
            row=found,
            seen=form.cleaned_data["seen"],
            facts=form.facts,
            reason=form.cleaned_data.get("reason", ""),
            by=request.user,
        )
    except acts.MoveNeedsReason:
        form.add_error("reason", _("This date has been published. Write why it is moved."))
        return _page(request, plan, initiative, **at, code=422)
    except Conflict as conflict:
        form.data = form.data.copy()
        form.data["seen"] = str(conflict.mine.version)
        differing = form.differs(conflict.mine)
        return _page(request, plan, initiative, **at, conflict=differing, code=409)
    messages.success(request, _("“%(title)s” is saved.") % {"title": found})
    return _back(plan, initiative, f"r-{found.uid}")


@signed_in
@require_POST
def delete_row(request: HttpRequest, slug: str, uid: str, kind: str, row: str) -> HttpResponse:
    """Take a row away; an activity that everybody has read is dropped instead."""
    plan, initiative = initiative_to_edit(request, slug, uid)
    found = _row(initiative, _kind(kind), row)
    form = SeenVersionForm(request.POST)
    try:
        if not form.is_valid():
            raise Conflict(found)
        acts.delete_row(row=found, seen=form.cleaned_data["seen"], by=request.user)
    except Conflict:
        messages.warning(
            request,
            _("“%(title)s” has been changed meanwhile, so nothing was done. Look at it again.")
            % {"title": found},
        )
    except acts.ActivityIsPublished:
        messages.warning(
            request,
            _(
                "“%(title)s” has been published, so it is not deleted. Say that it is dropped, and "
                "why."
            )
            % {"title": found},
        )
        return redirect("plans:initiative-row", plan.slug, initiative.uid, kind, found.uid)
    else:
        messages.success(request, _("“%(title)s” is deleted.") % {"title": found})
    return _back(plan, initiative, kind)
