"""Many measurements at once: pasted from a spreadsheet or read from a CSV file, looked at, saved.

Nothing is kept between: what was read stands in the box, and what is saved is what was shown.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from kommuneplan.locking import Outdated
from plans.access import plan_to_edit
from plans.models import Plan
from plans.permissions import EDIT_INDICATORS

from ..actions.pasting import save_pasted
from ..forms import PasteForm
from ..paste_preview import PastePreview, preview, text_of_file


@signed_in
@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, slug: str) -> HttpResponse:
    """Paste or hand in; what is wrong is told by row and column, and nothing is lost."""
    plan = plan_to_edit(request, slug, EDIT_INDICATORS)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PasteForm(*bound)
    if request.method != "POST" or not form.is_valid():
        return _page(request, plan, form, None)
    text = _text(form)
    if form.errors:
        return _page(request, plan, form, None)
    if "save" in request.POST:
        try:
            saved = save_pasted(
                plan=plan, text=text, seen=request.POST.get("seen", ""), by=request.user
            )
        except Outdated:
            form.add_error(None, _("Something has changed since you looked. Look once more."))
            return _page(request, plan, form, preview(plan, text, request.user), text)
        said = ngettext("%(n)s measurement is saved.", "%(n)s measurements are saved.", saved)
        messages.success(request, said % {"n": saved})
        left = preview(plan, text, request.user)
        if not left.faults:
            return redirect("plans:indicators", slug=plan.slug)
        return _page(request, plan, form, left, text)
    return _page(request, plan, form, preview(plan, text, request.user), text)


def _text(form: PasteForm) -> str:
    """The lines: as pasted, or those of the file."""
    file = form.cleaned_data["file"]
    if file:
        try:
            return text_of_file(file.name, file.read())
        except ValueError as wrong:
            form.add_error("file", str(wrong))
            return ""
    text = str(form.cleaned_data["text"])
    if not text.strip():
        form.add_error("text", _("Paste the measurements, or choose a file."))
    return text


def _page(
    request: HttpRequest, plan: Plan, form: PasteForm, shown: PastePreview | None, text: str = ""
) -> HttpResponse:
    if shown is not None:  # what a file said stands in the box, so that it can be corrected
        form.data = {**form.data.dict(), "text": text}
    context: dict[str, Any] = {
        "plan": plan,
        "above": _("Indicators"),
        "above_address": reverse("plans:indicators", args=[plan.slug]),
        "here": _("Paste measurements"),
        "form": form,
        "preview": shown,
    }
    return render(request, "plans/indicators/paste.html", context, status=page_status(form))
