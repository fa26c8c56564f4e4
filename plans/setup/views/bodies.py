"""The second step: committees, councils, and who else acts in plans."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommuneplan.access import may
from kommuneplan.core.forms import page_status
from kommuneplan.core.models import Body
from kommuneplan.locking import Conflict, Outdated
from plans.permissions import SET_UP

from ..actions.bodies import change_body, make_bodies
from ..forms.bodies import BodiesForm, BodyDetailsForm


@may(SET_UP)
@require_http_methods(["GET", "POST"])
def bodies(request: HttpRequest) -> HttpResponse:
    """Those that are there, and the usual ones that are not, to be ticked."""
    there = list(Body.objects.select_related("parent"))
    form = BodiesForm(request.POST if request.method == "POST" else None, there=there)
    if form.is_bound and form.is_valid():
        try:
            made = make_bodies(new=form.new, by=request.user)
        except Outdated:
            form.add_error(None, _("Somebody else has just made one of them. Look once more."))
        else:
            said = ngettext("%(n)s body is made.", "%(n)s bodies are made.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("plans:setup")
    context = {"form": form, "there": there}
    return render(request, "plans/setup/bodies.html", context, status=page_status(form))


@may(SET_UP)
@require_http_methods(["GET", "POST"])
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: its name, its kind, and how long before a meeting papers are due."""
    row = get_object_or_404(Body.objects.select_related("parent"), slug=slug)
    name = row.name
    form = BodyDetailsForm(request.POST if request.method == "POST" else None, instance=row)
    conflict = False
    if form.is_bound and form.is_valid():
        facts = {field: form.cleaned_data[field] for field in form.Meta.fields}
        try:
            change_body(body=row, facts=facts, seen=form.cleaned_data["seen"] or 0, by=request.user)
        except Conflict as theirs:
            conflict = True
            form.data = {**request.POST.dict(), "seen": str(theirs.mine.version)}
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": facts["name"]})
            return redirect("plans:setup-bodies")
    context = {"form": form, "name": name, "conflict": conflict}
    status = page_status(form, conflict=conflict)
    return render(request, "plans/setup/body.html", context, status=status)
