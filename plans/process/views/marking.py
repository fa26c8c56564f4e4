"""What the public may see of a plan: milestones and sections marked, many at once."""

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
from kommuneplan.timespan.fields import sort_days
from plans.access import plan_to_edit
from plans.models import Milestone, Plan, Section
from plans.permissions import PUBLISH_PROCESS_PLAN
from plans.text.outline import OutlineLine, outline

from ..actions.marking import Marked, mark_many
from ..forms.milestones import PublicForm

MILESTONES, SECTIONS = "milepaele", "afsnit"


@dataclass(frozen=True, slots=True)
class Choice:
    """A row with its box. ``was``: it was public when the page was shown first."""

    row: Milestone | Section
    is_ticked: bool
    was: bool
    line: OutlineLine | None = None


@signed_in
@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Which milestones and sections the public may see. As long as nothing is chosen or published,
    all milestones are proposed."""
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
        shown = {str(row.uid): row.is_public for row in _milestones(plan)}
    marked = mark_many(
        plan=plan, shown=shown, public=chosen["public"], reason=chosen["reason"], by=request.user
    )
    _tell(request, marked)
    if "publish" in request.POST and request.user.has_perm(PUBLISH_PROCESS_PLAN, plan):
        return redirect("plans:publish", slug=plan.slug)
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
    rows, lines = _milestones(plan), outline(plan)
    is_first = not form.is_bound and not any(row.is_public for row in rows)
    propose_all = is_first and not plan.publications.filter(audience="public").exists()
    ticked, was = _ticked(request, form, rows, lines, propose_all)
    context: dict[str, Any] = {
        "plan": plan,
        "form": form,
        "propose_all": propose_all,
        "milestones": [Choice(row, str(row.uid) in ticked, str(row.uid) in was) for row in rows],
        "sections": [
            Choice(line.section, (uid := str(line.section.uid)) in ticked, uid in was, line)
            for line in lines
        ],
        "gone": _gone(form, rows, lines),
        "may_publish": request.user.has_perm(PUBLISH_PROCESS_PLAN, plan),
    }
    return render(request, "plans/process/choose.html", context, status=status)


def _ticked(
    request: HttpRequest,
    form: PublicForm,
    rows: list[Milestone],
    lines: list[OutlineLine],
    propose_all: bool,
) -> tuple[set[str], set[str]]:
    """The uids whose box is ticked, and of those that were public when they were shown first."""
    public = {str(row.uid) for row in [*rows, *(line.section for line in lines)] if row.is_public}
    if not form.is_bound:
        return public | ({str(row.uid) for row in rows} if propose_all else set()), public
    shown = set(request.POST.getlist("shown"))
    ticked = set(request.POST.getlist("public")) | (public - shown)
    if request.POST.get("tick") == MILESTONES:
        ticked |= {str(row.uid) for row in rows}
    if request.POST.get("tick") == SECTIONS:
        ticked |= {str(line.section.uid) for line in lines}
    return ticked, set(request.POST.getlist("was")) | (public - shown)


def _gone(form: PublicForm, rows: list[Milestone], lines: list[OutlineLine]) -> list[str]:
    """What the page has shown and is not in the plan any more: the next answer tells of it."""
    if not form.is_bound:
        return []
    there = {str(row.uid) for row in [*rows, *(line.section for line in lines)]}
    return [uid for uid in form.data.getlist("shown") if uid not in there]


def _milestones(plan: Plan) -> list[Milestone]:
    """In the order of time. A meeting's day is not on the milestone's own row, so the database
    cannot put them in order."""
    cycle = plan.shown_cycle
    rows = cycle.milestones.select_related("meeting", "within") if cycle else ()
    return sorted(rows, key=lambda row: sort_days(row.takes_place))
