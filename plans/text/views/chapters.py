"""The text by target group and principle: the lists, the chapters made of them, what is missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kommuneplan.access import signed_in
from kommuneplan.core.forms import SeenForm, page_status
from kommuneplan.locking import Conflict, Outdated
from plans.access import plan_to_write
from plans.enums import ChapterPart
from plans.models import Plan, Principle, TargetGroup

from ..actions import chapters as acting
from ..chapter_templates import is_per_group
from ..completeness import FACTS, MatrixCell, cell_of, completeness, standing
from ..forms.chapters import ChaptersForm, LineForm, LinesForm, TieForm
from ..outline import outline
from .outline import section_to_write


@signed_in
@require_safe
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Target groups down, facts and principles across: what is missing, empty, begun, written."""
    plan = plan_to_write(request, slug)
    context = {"plan": plan, "here": _("Completeness"), "matrix": completeness(plan)}
    return render(request, "plans/text/matrix.html", context)


# --- one cell ----------------------------------------------------------------------------------


def _cell(request: HttpRequest, slug: str, group: str, part: str) -> tuple[Plan, MatrixCell]:
    plan = plan_to_write(request, slug)
    row = get_object_or_404(plan.target_groups.filter(retired_at__isnull=True), uid=group)
    if part == FACTS:
        return plan, cell_of(plan, row, None)
    found = [one for one in standing(plan)[1] if str(one.uid) == part]
    if not found:
        raise Http404("no such principle")
    return plan, cell_of(plan, row, found[0])


@signed_in
@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, slug: str, group: str, part: str) -> HttpResponse:
    """A part that is missing: made anew (``opret``), or a section that is written already. One
    that is there: its section."""
    plan, here = _cell(request, slug, group, part)
    if here.section is not None:
        return redirect("plans:section", slug=slug, section=here.section.uid)
    if request.method == "POST" and "opret" in request.POST:
        made = acting.create_part(
            plan=plan, group=here.group, principle=here.principle, by=request.user
        )
        return redirect("plans:section", slug=slug, section=made.uid)
    form = TieForm(request.POST if request.method == "POST" else None, outline=outline(plan))
    if request.method == "POST" and form.is_valid() and _tied(request, here, form):
        messages.success(request, _("The section stands in the matrix now."))
        return redirect("plans:matrix", slug=slug)
    context = {"plan": plan, "here": _("Completeness"), "cell": here, "form": form}
    status = 422 if form.errors else 200
    return render(request, "plans/text/cell.html", context, status=status)


def _tied(request: HttpRequest, here: MatrixCell, form: TieForm) -> bool:
    try:
        acting.tie_section(
            section=form.cleaned_data["section"],
            part=ChapterPart.PRINCIPLE if here.principle else ChapterPart.FACTS,
            target_group=here.group,
            principle=here.principle,
            by=request.user,
        )
    except acting.PlaceTaken:
        form.add_error("section", _("The section has another place already. Choose another."))
        return False
    return True


@signed_in
@require_POST
def untie(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """A section that is a part of a target group's chapter becomes one by itself."""
    _plan, row = section_to_write(request, slug, section)
    acting.untie_section(section=row, by=request.user)
    messages.success(request, _("The section stands in the text by itself now."))
    return redirect("plans:section", slug=slug, section=row.uid)


# --- chapters from a template ------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """What a template would make of the text as it is; then, confirmed, the making."""
    plan = plan_to_write(request, slug)
    asked = request.POST if request.method == "POST" else request.GET
    form = ChaptersForm(asked if request.method == "POST" or "template" in asked else None)
    name = form.cleaned_data["template"] if form.is_bound and form.is_valid() else None
    if name and request.method == "POST":
        try:
            made = acting.create_chapters(
                plan=plan, template=name, seen=request.POST.get("seen", ""), by=request.user
            )
        except Outdated:
            messages.info(request, _("See what would be made, and then confirm."))
        else:
            words = ngettext("%(n)s section created.", "%(n)s sections created.", len(made))
            messages.success(request, words % {"n": len(made)})
            return redirect("plans:text", slug=slug)
    return _create_page(request, plan, form, name)


def _create_page(
    request: HttpRequest, plan: Plan, form: ChaptersForm, name: str | None
) -> HttpResponse:
    proposals = acting.proposed(plan, name) if name else None
    context = {
        "plan": plan,
        "here": _("Chapters from a template"),
        "form": form,
        "template": name,
        "proposals": proposals,
        "new": sum(one.is_new for one in proposals or ()),
        "changes": any(one.changes for one in proposals or ()),
        "no_groups": name and is_per_group(name) and not standing(plan)[0],
        "seen": SeenForm(initial={"seen": acting.fingerprint(proposals)}) if proposals else None,
    }
    status = page_status(form)
    return render(request, "plans/text/chapters.html", context, status=status)


# --- the lists ---------------------------------------------------------------------------------

_KINDS: dict[str, Any] = {"maalgrupper": TargetGroup, "principper": Principle}


@signed_in
@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest, slug: str) -> HttpResponse:
    """The target groups and the principles; a POST (``liste``) adds to one of them."""
    plan = plan_to_write(request, slug)
    groups, principles = standing(plan)
    labels = {"maalgrupper": _("More target groups"), "principper": _("More principles")}
    rows = {"maalgrupper": groups, "principper": principles}
    sent = request.POST.get("liste") if request.method == "POST" else None
    if request.method == "POST" and sent not in _KINDS:
        return redirect("plans:completeness-lists", slug=slug)
    forms = {
        name: LinesForm(request.POST if name == sent else None, label=labels[name],
                        there=len(rows[name]), auto_id=f"{name}_%s")
        for name in _KINDS
    }  # fmt: skip
    if sent and forms[sent].is_valid():
        titles = forms[sent].cleaned_data["lines"]
        acting.add_lines(plan=plan, kind=_KINDS[sent], titles=titles, by=request.user)
        return redirect("plans:completeness-lists", slug=slug)
    retired = [row for kind in _KINDS.values()
               for row in kind.objects.filter(plan=plan, retired_at__isnull=False)]  # fmt: skip
    context = {
        "plan": plan,
        "here": _("Target groups and principles"),
        "sides": [("maalgrupper", _("Target groups"), groups, forms["maalgrupper"]),
                  ("principper", _("Principles"), principles, forms["principper"])],
        "form": forms[sent] if sent else None,
        "retired": retired,
    }  # fmt: skip
    return render(request, "plans/text/lists.html", context, status=422 if sent else 200)


def _line(request: HttpRequest, slug: str, uid: str) -> tuple[Plan, Any]:
    plan = plan_to_write(request, slug)
    for kind in _KINDS.values():
        row = kind.objects.filter(plan=plan, uid=uid).select_related("plan").first()
        if row is not None:
            return plan, row
    raise Http404("no such line")


@signed_in
@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """Another name for a target group or a principle."""
    plan, row = _line(request, slug, uid)
    initial = {"title": row.title, "seen": row.version}
    form = LineForm(request.POST if request.method == "POST" else None, initial=initial)
    theirs, code = "", 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and code == 200:
        data = form.cleaned_data
        try:
            acting.rename_line(line=row, seen=data["seen"], title=data["title"], by=request.user)
        except Conflict:
            form.data = {"title": data["title"], "seen": str(row.version)}
            theirs, code = row.title, 409
        else:
            messages.success(request, _("“%(title)s” is saved.") % {"title": data["title"]})
            return redirect("plans:completeness-lists", slug=slug)
    context = {"plan": plan, "line": row, "form": form, "theirs": theirs}
    context["here"] = _("Target groups and principles")
    return render(request, "plans/text/list_line.html", context, status=code)


@signed_in
@require_POST
def act_on_line(request: HttpRequest, slug: str, uid: str) -> HttpResponse:
    """One place up (``op``) or down (``ned``), out of the list (``ud``) or back (``ind``)."""
    _plan, row = _line(request, slug, uid)
    if "op" in request.POST or "ned" in request.POST:
        acting.move_line(line=row, step=-1 if "op" in request.POST else 1, by=request.user)
    elif "ud" in request.POST or "ind" in request.POST:
        acting.set_retired(line=row, retired="ud" in request.POST, by=request.user)
        if "ud" in request.POST:
            said = _("“%(title)s” is taken out. Its sections stay in the text.")
            messages.success(request, said % {"title": row.title})
    return redirect("plans:completeness-lists", slug=slug)
