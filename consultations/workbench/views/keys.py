"""The keys a person works with on the workbench."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status

from ..actions import keep_keys
from ..forms import KeysForm
from ..keys import Keys
from .page import address_of, queue_of


@signed_in
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Change the keys, or turn them off."""
    queue = queue_of(request, slug, uid)
    kept = Keys.read(queue.round.kept_keys)
    form = KeysForm(request.POST if request.method == "POST" else None, keys=kept)
    if form.is_bound and form.is_valid():
        keep_keys(keys=form.keys, by=request.user)
        messages.success(request, _("Your keys are saved."))
        return redirect(address_of(queue))
    context = {"plan": queue.round.plan, "round": queue.round, "form": form}
    page = "consultations/workbench/keys.html"
    return render(request, page, context, status=page_status(form))
