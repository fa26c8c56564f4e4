"""What the public may see of a plan: rows of all kinds marked, many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kommuneplan.access import signed_in
from plans.access import plan_to_edit
from plans.models import Plan
from plans.permissions import PUBLISH_PROCESS_PLAN
from plans.versions.unpublished import unpublished_of

from ..actions.marking import Marked, mark_many
from ..forms.milestones import PublicForm
from ..marking import MarkKind, MarkLine, mark_kinds

MILESTONES = "milepaele"

Lines = dict[MarkKind, list[MarkLine]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A row with its box. ``was``: it was public when the page was shown first."""

    line: MarkLine
    is_ticked: bool
    was: bool


@signed_in
@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """What the public may see of all kinds. As long as nothing is chosen or published, all
    milestones are proposed."""
    plan = plan_to_edit(request, slug)
    return _page(request, plan, PublicForm())


@signed_in
@require_POST
def mark_public(request: HttpRequest, slug: str) -> HttpResponse:
    """Store what the public may see; or tick all of a kind and show the page again."""
    plan = plan_to_edit(request, slug)
    form = PublicForm(request.POST)
    if not form.is_valid() or "tick" in request.POST:
        return _page(request, plan, form, status=200 if form.is_valid() else 422)
    chosen = form.cleaned_data
    shown = {uid: uid in chosen["was"] for uid in chosen["shown"]}
    if not shown:  # a form that says nothing of what it showed speaks of what there is
        milestones = next(kind for kind in mark_kinds() if kind.key == MILESTONES)
        shown = {str(line.row.uid): line.row.is_public for line in milestones.lines(plan)}
    marked = mark_many(
        plan=plan, shown=shown, public=chosen["public"], reason=chosen["reason"], by=request.user
    )
    _tell(request, marked)
    if "publish" in request.POST and request.user.has_perm(PUBLISH_PROCESS_PLAN, plan):
        has_dates = unpublished_of(plan).ready or plan.open_cycle is None
        return redirect("plans:publish" if has_dates else "plans:publish-draft", slug=plan.slug)
    return redirect("plans:work-plan", slug=plan.slug)


def _tell(request: HttpRequest, marked: Marked) -> None:
    done = ngettext("%(n)s is changed.", "%(n)s are changed.", len(marked.changed))
    after = _("What the public sees changes with the next publication.")
    if marked.changed:
        messages.success(request, f"{done % {'n': len(marked.changed)}} {after}")
    else:
        messages.info(request, _("Nothing was changed: all stood as you chose."))
    if marked.theirs:
        told = _("Somebody else has marked these meanwhile. They stay as they are now: %(titles)s.")
        messages.warning(request, told % {"titles": ", ".join(marked.theirs)})
    if marked.gone:
        told = ngettext(
            "%(n)s of those you saw is not in the plan any more.",
            "%(n)s of those you saw are not in the plan any more.",
            marked.gone,
        )
        messages.warning(request, told % {"n": marked.gone})


def _page(request: HttpRequest, plan: Plan, form: PublicForm, status: int = 200) -> HttpResponse:
    lines = {kind: kind.lines(plan) for kind in mark_kinds()}
    milestones = next(found for kind, found in lines.items() if kind.key == MILESTONES)
    is_first = not form.is_bound and not any(line.row.is_public for line in milestones)
    propose_all = is_first and not plan.publications.filter(audience="public").exists()
    ticked, was = _ticked(request, form, lines, propose_all)
    kinds = [
        (
            kind,
            [
                Choice(line, (uid := str(line.row.uid)) in ticked, uid in was)
                for line in lines[kind]
            ],
        )
        for kind in lines
    ]
    context: dict[str, Any] = {
        "plan": plan,
        "form": form,
        "propose_all": propose_all,
        "kinds": [(kind, choices) for kind, choices in kinds if choices],
        "gone": _gone(form, lines),
        "may_publish": request.user.has_perm(PUBLISH_PROCESS_PLAN, plan),
    }
    return render(request, "plans/process/choose.html", context, status=status)


def _uids(lines: Lines, key: str = "") -> set[str]:
    return {
        str(line.row.uid)
        for kind, found in lines.items()
        for line in found
        if not key or kind.key == key
    }


def _ticked(
    request: HttpRequest, form: PublicForm, lines: Lines, propose_all: bool
) -> tuple[set[str], set[str]]:
    """The uids whose box is ticked, and of those that were public when they were shown first."""
    public = {str(line.row.uid) for found in lines.values() for line in found if line.row.is_public}
    if not form.is_bound:
        return public | (_uids(lines, MILESTONES) if propose_all else set()), public
    shown = set(request.POST.getlist("shown"))
    ticked = set(request.POST.getlist("public")) | (public - shown)
    if tick := request.POST.get("tick"):
        ticked |= _uids(lines, tick)
    return ticked, set(request.POST.getlist("was")) | (public - shown)


def _gone(form: PublicForm, lines: Lines) -> list[str]:
    """What the page has shown and is not in the plan any more: the next answer tells of it."""
    if not form.is_bound:
        return []
    there = _uids(lines)
    return [uid for uid in form.data.getlist("shown") if uid not in there]
