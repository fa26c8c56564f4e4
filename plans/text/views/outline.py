"""The room *Tekst*: the outline of sections, and what is done to each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from plans.access import plan_to_write
from plans.models import Plan, Section

from ..actions import outline as outlining
from ..actions.outline import CannotMove, Direction
from ..forms.sections import AddForm
from ..outline import drafts_of, open_comments, outline


def section_to_write(
    request: HttpRequest, slug: str, section: str, *, retired: bool = False
) -> tuple[Plan, Section]:
    """A section of this plan; another plan's is 404, and so is one that has been taken out."""
    plan = plan_to_write(request, slug)
    rows = plan.sections.select_related("plan", "parent").filter(retired_at__isnull=not retired)
    return plan, get_object_or_404(rows, uid=section)


@signed_in
@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The sections with their numbers, and what can be done to them."""
    plan = plan_to_write(request, slug)
    return _page(request, plan, _add_form(plan))


def _add_form(plan: Plan, data: Any = None) -> AddForm:
    sections = plan.sections.filter(retired_at__isnull=True)
    return AddForm(data, outline=outline(plan), sections=sections, auto_id="add_%s")


def _page(request: HttpRequest, plan: Plan, form: AddForm, status: int = 200) -> HttpResponse:
    lines = outline(plan)
    retired = plan.sections.filter(retired_at__isnull=False)
    tops = [row for row in retired.select_related("parent") if _is_top(row)]
    context = {
        "plan": plan,
        "here": _("Text"),
        "lines": lines,
        "form": form,
        "drafts": drafts_of(plan, request.user),
        "comments": open_comments(plan),
        "retired": sorted(tops, key=lambda row: row.retired_at, reverse=True),
        "internal": sum(not line.section.is_public for line in lines),
    }
    return render(request, "plans/text/outline.html", context, status=status)


def _is_top(row: Section) -> bool:
    """Was taken out by itself, not with the section above."""
    return row.parent is None or row.parent.retired_at != row.retired_at


@signed_in
@require_POST
def add_section(request: HttpRequest, slug: str) -> HttpResponse:
    """A new section, and on to writing in it."""
    plan = plan_to_write(request, slug)
    form = _add_form(plan, request.POST)
    if not form.is_valid():
        return _page(request, plan, form, status=422)
    section = outlining.add_section(
        plan=plan,
        title=form.cleaned_data["title"],
        parent=form.cleaned_data["parent"],
        by=request.user,
    )
    return redirect("plans:section", slug=plan.slug, section=section.uid)


@signed_in
@require_POST
def move_section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """One step (``retning``), or to a place among those under another section, as dragging asks
    (``under``, ``plads``)."""
    plan, row = section_to_write(request, slug, section)
    try:
        if "plads" in request.POST:
            _place(request, plan, row)
        else:
            direction = Direction(request.POST.get("retning", ""))
            outlining.move_section(section=row, direction=direction, by=request.user)
    except (CannotMove, ValueError):
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"moved": False}, status=409)
        messages.warning(request, _("“%(title)s” cannot be moved there.") % {"title": row.title})
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"moved": True})
    return redirect(_at(plan, row))


def _place(request: HttpRequest, plan: Plan, row: Section) -> None:
    under = request.POST.get("under", "")
    sections = plan.sections.filter(retired_at__isnull=True)
    parent = None
    if under:
        parent = next((one for one in sections if str(one.uid) == under), None)
        if parent is None:
            raise CannotMove
    place = int(request.POST["plads"])
    outlining.place_section(section=row, parent=parent, position=place, by=request.user)


def _at(plan: Plan, row: Section) -> str:
    return f"{reverse('plans:text', kwargs={'slug': plan.slug})}#afsnit-{row.uid}"


@signed_in
@require_POST
def mark_section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Public next time, or internal."""
    plan, row = section_to_write(request, slug, section)
    public = request.POST.get("offentlig") == "1"
    outlining.mark_section(section=row, public=public, by=request.user)
    return redirect(_at(plan, row))


@signed_in
@require_http_methods(["GET", "POST"])
def retire_section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Take a section out, with all under it; asked once, and undone with one press."""
    plan, row = section_to_write(request, slug, section)
    if request.method == "POST":
        taken = outlining.retire_section(section=row, by=request.user)
        done = _(
            "“%(title)s” is taken out. It stands at the bottom of the page and can be put back."
        )
        if len(taken) > 1:
            done = _(
                "“%(title)s” is taken out with the sections under it. They stand at the bottom of "
                "the page and can be put back."
            )
        messages.success(request, done % {"title": row.title})
        return redirect("plans:text", slug=plan.slug)
    line = next(line for line in outline(plan) if line.section.pk == row.pk)
    below = [other for other in outline(plan) if other.number.startswith(f"{line.number}.")]
    context = {"plan": plan, "section": row, "line": line, "below": below, "here": _("Take out")}
    return render(request, "plans/text/retire.html", context)


@signed_in
@require_POST
def restore_section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Put a section back where it stood."""
    plan, row = section_to_write(request, slug, section, retired=True)
    outlining.restore_section(section=row, by=request.user)
    messages.success(request, _("“%(title)s” is back in the text.") % {"title": row.title})
    return redirect(_at(plan, row))
