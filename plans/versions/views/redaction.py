"""Hiding personal data in a frozen version: choose, see what it does, and do it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kommuneplan.access import signed_in
from kommuneplan.core.forms import page_status
from plans.access import plan_to_edit
from plans.models import PlanVersion
from plans.permissions import REDACT_VERSION

from ..actions.redacting import NothingToHide, redact_blocks
from ..forms.redaction import HideBlocksForm
from ..redaction_preview import blocks_of, look


@signed_in
@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, slug: str, key: UUID | int) -> HttpResponse:
    """Where personal data seems to stand, what hiding it would do, and the hiding itself."""
    plan = plan_to_edit(request, slug, REDACT_VERSION)
    version = get_object_or_404(plan.versions.at(key))
    blocks = blocks_of(version)
    form = HideBlocksForm(
        request.POST if request.method == "POST" else None,
        blocks=blocks,
        initial={"blocks": request.GET.getlist("blok")},
    )
    seen = None
    if form.is_bound and form.is_valid() and form.cleaned_data["agreed"] and not form.wants_more:
        return _hide(request, version, form.cleaned_data)
    if form.is_bound and {"blocks", "reason"} <= form.cleaned_data.keys():
        seen = look(version, form.cleaned_data["blocks"])
        if form.wants_more:
            form.choose(seen.beside(version))
            seen = look(version, form["blocks"].value())
    chosen = set(form["blocks"].value() or ())
    marked = [block for block in blocks if block.findings or block.anchor in chosen]
    context = {
        "plan": plan,
        "version": version,
        "form": form,
        "chosen": chosen,
        "marked": marked,
        "others": [block for block in blocks if block not in marked],
        "look": seen,
        "more": seen and seen.beside(version),
    }
    status = page_status(form)
    return render(request, "plans/versions/hide.html", context, status=status)


def _hide(request: HttpRequest, version: PlanVersion, data: dict[str, Any]) -> HttpResponse:
    """Do it, and tell what was done; a second click finds it done."""
    try:
        act = redact_blocks(
            version=version, anchors=data["blocks"], reason=data["reason"], by=request.user
        )
    except NothingToHide:
        messages.info(request, _("It was hidden already. Nothing was done."))
    else:
        done = ngettext(
            "%(n)s place is hidden for ever.", "%(n)s places are hidden for ever.", act.places
        )
        messages.success(request, done % {"n": act.places})
    return redirect("plans:versions", slug=version.plan.slug)
