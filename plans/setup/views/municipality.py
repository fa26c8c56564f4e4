"""The first step: what the municipality is called, and what it has decided for itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import may
from kommuneplan.core.forms import page_status
from kommuneplan.core.models import Municipality
from kommuneplan.locking import Conflict
from plans.permissions import SET_UP

from ..actions.municipality import save_settings
from ..forms.municipality import SettingsForm


@may(SET_UP)
@require_http_methods(["GET", "POST"])
def municipality(request: HttpRequest) -> HttpResponse:
    """Every setting there is, in groups."""
    row = Municipality.objects.filter(pk=1).first() or Municipality(pk=1)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SettingsForm(*bound, instance=row)
    conflict = False
    if bound and form.is_valid():
        try:
            save_settings(form=form, seen=form.cleaned_data["seen"] or 0, by=request.user)
        except Conflict as theirs:
            conflict = True
            form.data = {**request.POST.dict(), "seen": str(theirs.mine.version)}
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("plans:setup")
    context = {"form": form, "conflict": conflict, "is_new": not Municipality.objects.exists()}
    status = page_status(form, conflict=conflict)
    return render(request, "plans/setup/municipality.html", context, status=status)
